using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Testing;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Supervision;

/// <summary>A task of the reference plan for one county unit, and the units it meets.</summary>
internal static class Samples
{
    public const string Unit = "mzj";
    public const string Office = "dcs";

    /// <summary>A Friday; the Sunday after it is worked, and the National Day holiday begins on the Wednesday.</summary>
    public static DateTimeOffset Issued { get; } = Local("2025-09-26 09:00");

    public static Assignment Services { get; } = new(
        "2023-3.T18.mzj",
        ReferenceCounty.Version,
        "2023-3",
        "T18",
        "社区服务",
        Unit,
        AssignmentRole.Participant,
        Issued,
        Day("2025-10-31"));

    public static CaseRun<Assignment, AssignmentFact, SupervisionRules> Planned(Assignment? assignment = null) =>
        new(new TaskSupervision(), assignment ?? Services, ReferenceCounty.Supervision);

    public static CaseRun<Assignment, AssignmentFact, SupervisionRules> Open(Assignment? assignment = null)
    {
        var run = Planned(assignment);
        run.Open();
        return run;
    }

    /// <summary>A task until the end of the year that asks feedback by the month, with two indicators, under the shipped rules as a whole.</summary>
    public static Assignment Reported { get; } = Services with
    {
        Rules = ReferenceCounty.FollowedVersion,
        Due = Day("2025-12-31"),
        Cadence = Cadence.Monthly,
        Indicators =
        [
            new PlanIndicator("I01", "T18", "覆盖率", Comparator.Gte, 100, "%", Day("2025-12-31"), "once", "county"),
            new PlanIndicator("I02", "T18", "争取数", Comparator.Gte, 10, "个", Day("2025-12-31"), "once", "county", IndicatorForce.Aspirational),
        ],
    };

    /// <summary>Under the shipped rules as a whole; signed at once when a moment is given.</summary>
    public static CaseRun<Assignment, AssignmentFact, SupervisionRules> Supervised(Assignment? assignment = null, string? signed = "2025-09-28 10:00")
    {
        var run = new CaseRun<Assignment, AssignmentFact, SupervisionRules>(new TaskSupervision(), assignment ?? Reported, ReferenceCounty.Supervised);
        run.Open();
        if (signed is not null)
        {
            run.RunUntil(Local(signed));
            run.Tell(Local(signed), Unit, new AssignmentFact.SignedFor());
        }

        return run;
    }

    public static string Code(Step<Assignment, AssignmentFact> step) => Assert.IsType<Step<Assignment, AssignmentFact>.Refused>(step).Code;

    public static void Taken(Step<Assignment, AssignmentFact> step) =>
        Assert.True(step is Step<Assignment, AssignmentFact>.Taken, step is Step<Assignment, AssignmentFact>.Refused refused ? refused.Reason : "Nothing happened.");

    /// <summary>The unit signed on Sunday 2025-09-28, a working day.</summary>
    public static CaseRun<Assignment, AssignmentFact, SupervisionRules> Active()
    {
        var run = Open();
        run.Tell(Local("2025-09-28 10:00"), Unit, new AssignmentFact.SignedFor());
        return run;
    }

    /// <summary>The unit claimed on Thursday 2025-10-23; the check is due on the 30th.</summary>
    public static CaseRun<Assignment, AssignmentFact, SupervisionRules> Claimed()
    {
        var run = Active();
        run.RunUntil(Local("2025-10-23 15:00"));
        run.Tell(Local("2025-10-23 15:00"), Unit, new AssignmentFact.Claimed());
        return run;
    }
}
