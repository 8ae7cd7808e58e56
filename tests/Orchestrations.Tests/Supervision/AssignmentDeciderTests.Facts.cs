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
        fact        by   | Planned             | Issued              | Active              | Claimed             | StruckOff
        Opened      unit | Issued              | nothing             | nothing             | nothing             | struck-off
        DateReached unit | nothing             | nothing             | nothing             | nothing             | nothing
        SignedFor   unit | already-signed-for  | Active              | already-signed-for  | already-signed-for  | struck-off
        SignedFor   dcs  | not-the-unit        | not-the-unit        | not-the-unit        | not-the-unit        | struck-off
        Claimed     unit | already-claimed     | not-signed-for      | Claimed             | already-claimed     | struck-off
        Claimed     dcs  | not-the-unit        | not-the-unit        | not-the-unit        | not-the-unit        | struck-off
        Done        dcs  | not-claimed         | not-claimed         | not-claimed         | StruckOff           | struck-off
        Done        unit | not-the-supervision | not-the-supervision | not-the-supervision | not-the-supervision | struck-off
        Done        zfw  | not-the-supervision | not-the-supervision | not-the-supervision | not-the-supervision | struck-off
        Returned    dcs  | not-claimed         | not-claimed         | not-claimed         | Active              | struck-off
        Returned    unit | not-the-supervision | not-the-supervision | not-the-supervision | not-the-supervision | struck-off
        Changed     dcs  | other-rules         | other-rules         | other-rules         | other-rules         | struck-off
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
            default:
                throw new ArgumentOutOfRangeException(nameof(status));
        }
    }
}
