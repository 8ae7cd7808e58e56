using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Supervision.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Supervision;

/// <summary>Every fact in every status: what is taken, and what is refused with which code.</summary>
public sealed partial class AssignmentDeciderTests
{
    private const string Table = """
        fact        by   | Planned             | Issued              | Active              | Claimed             | StruckOff  | Closed
        Opened      unit | Issued              | nothing             | nothing             | nothing             | struck-off | closed
        DateReached unit | nothing             | nothing             | nothing             | nothing             | nothing    | nothing
        SignedFor   unit | already-signed-for  | Active              | already-signed-for  | already-signed-for  | struck-off | closed
        SignedFor   dcs  | not-the-unit        | not-the-unit        | not-the-unit        | not-the-unit        | struck-off | closed
        Claimed     unit | already-claimed     | not-signed-for      | Claimed             | already-claimed     | struck-off | closed
        Claimed     dcs  | not-the-unit        | not-the-unit        | not-the-unit        | not-the-unit        | struck-off | closed
        Done        dcs  | not-claimed         | not-claimed         | not-claimed         | StruckOff           | struck-off | closed
        Done        unit | not-the-supervision | not-the-supervision | not-the-supervision | not-the-supervision | struck-off | closed
        Done        zfw  | not-the-supervision | not-the-supervision | not-the-supervision | not-the-supervision | struck-off | closed
        Returned    dcs  | not-claimed         | not-claimed         | not-claimed         | Active              | struck-off | closed
        Returned    unit | not-the-supervision | not-the-supervision | not-the-supervision | not-the-supervision | struck-off | closed
        Feedback    unit | not-signed-for      | not-signed-for      | Active              | Claimed             | struck-off | closed
        Feedback    dcs  | not-the-unit        | not-the-unit        | not-the-unit        | not-the-unit        | struck-off | closed
        File        unit | Planned             | Issued              | Active              | Claimed             | struck-off | closed
        File        dcs  | not-the-unit        | not-the-unit        | not-the-unit        | not-the-unit        | struck-off | closed
        MoreTime    unit | not-in-these-rules  | not-in-these-rules  | not-in-these-rules  | not-in-these-rules  | struck-off | closed
        MoreTime    dcs  | not-the-unit        | not-the-unit        | not-the-unit        | not-the-unit        | struck-off | closed
        Granted     dcs  | not-asked           | not-asked           | not-asked           | not-asked           | struck-off | closed
        Suspended   dcs  | not-in-these-rules  | not-in-these-rules  | not-in-these-rules  | not-in-these-rules  | struck-off | closed
        Suspended   unit | not-the-supervision | not-the-supervision | not-the-supervision | not-the-supervision | struck-off | closed
        Resumed     dcs  | not-suspended       | not-suspended       | not-suspended       | not-suspended       | struck-off | closed
        Resumed     unit | not-suspended       | not-suspended       | not-suspended       | not-suspended       | struck-off | closed
        Resumed     zfw  | not-the-supervision | not-the-supervision | not-the-supervision | not-the-supervision | struck-off | closed
        Objects     unit | not-in-these-rules  | not-in-these-rules  | not-in-these-rules  | not-in-these-rules  | struck-off | closed
        Objects     dcs  | not-the-unit        | not-the-unit        | not-the-unit        | not-the-unit        | struck-off | closed
        Reviewed    zfw  | no-objection        | no-objection        | no-objection        | no-objection        | struck-off | closed
        Linked      dcs  | Planned             | Issued              | Active              | Claimed             | struck-off | closed
        Linked      unit | not-the-supervision | not-the-supervision | not-the-supervision | not-the-supervision | struck-off | closed
        Closed      dcs  | Closed              | Closed              | Closed              | Closed              | struck-off | closed
        Closed      unit | not-the-supervision | not-the-supervision | not-the-supervision | not-the-supervision | struck-off | closed
        Changed     dcs  | other-rules         | other-rules         | other-rules         | other-rules         | struck-off | closed
        """;

    private static readonly Dictionary<string, AssignmentFact> Facts = new()
    {
        ["Opened"] = new AssignmentFact.Opened(),
        ["DateReached"] = new AssignmentFact.DateReached(),
        ["SignedFor"] = new AssignmentFact.SignedFor(),
        ["Claimed"] = new AssignmentFact.Claimed(),
        ["Done"] = new AssignmentFact.Checked(true),
        ["Returned"] = new AssignmentFact.Checked(false),
        ["Changed"] = new AssignmentFact.RulesChanged("r-0123456789abcdef"),
        ["Feedback"] = new AssignmentFact.FeedbackGiven(),
        ["File"] = new AssignmentFact.FileAdded("f1", "photo", new string('0', 64)),
        ["MoreTime"] = new AssignmentFact.ExtensionAsked(Day("2025-11-10")),
        ["Granted"] = new AssignmentFact.ExtensionDecided(true),
        ["Suspended"] = new AssignmentFact.Suspended("force-majeure"),
        ["Resumed"] = new AssignmentFact.Resumed(),
        ["Objects"] = new AssignmentFact.ObjectionRaised(),
        ["Reviewed"] = new AssignmentFact.ObjectionDecided(true),
        ["Linked"] = new AssignmentFact.MatterLinked("2026-1.T02"),
        ["Closed"] = new AssignmentFact.Closed("expired"),
    };

    public static TheoryData<string, string, string, string> Cells
    {
        get
        {
            var rows = Table.Split('\n').Select(row => row.Split('|', StringSplitOptions.TrimEntries)).ToList();
            var data = new TheoryData<string, string, string, string>();
            foreach (var row in rows.Skip(1))
            {
                var said = row[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                for (var column = 1; column < row.Length; column++)
                {
                    data.Add(said[0], said[1], rows[0][column], row[column]);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_fact_has_an_answer_in_every_status(string fact, string by, string status, string answer)
    {
        var (run, at) = In(status);
        var before = run.State;

        var step = run.Tell(at, by == "unit" ? Unit : by, Facts[fact]);

        Assert.Equal(answer, step switch
        {
            Step<Assignment, AssignmentFact>.Taken taken => taken.State.Status.ToString(),
            Step<Assignment, AssignmentFact>.Refused refused => refused.Code,
            _ => "nothing",
        });
        if (step is Step<Assignment, AssignmentFact>.Refused { Reason: var reason })
        {
            Assert.EndsWith(".", reason, StringComparison.Ordinal);
            Assert.Same(before, run.State);
        }
    }

    [Fact]
    public void The_table_names_every_fact_and_every_status()
    {
        Assert.Equal(
            typeof(AssignmentFact).GetNestedTypes().Select(type => type.Name).Order(StringComparer.Ordinal),
            Facts.Values.Select(fact => fact.GetType().Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            Enum.GetNames<AssignmentStatus>(), Cells.Select(row => row.Data.Item3).Distinct());
    }

    private static (CaseRun<Assignment, AssignmentFact, SupervisionRules> Run, DateTimeOffset At) In(string status)
    {
        switch (status)
        {
            case "Planned":
                return (Planned(), Issued);
            case "Issued":
                return (Open(), Local("2025-09-26 18:00"));
            case "Active":
                return (Active(), Local("2025-09-28 18:00"));
            case "Claimed":
                return (Claimed(), Local("2025-10-23 18:00"));
            case "StruckOff":
                var run = Claimed();
                run.Tell(Local("2025-10-24 09:00"), Office, new AssignmentFact.Checked(true));
                return (run, Local("2025-10-24 10:00"));
            case "Closed":
                var closed = Claimed();
                closed.Tell(Local("2025-10-24 09:00"), Office, new AssignmentFact.Closed("expired"));
                return (closed, Local("2025-10-24 10:00"));
            default:
                throw new ArgumentOutOfRangeException(nameof(status));
        }
    }
}
