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
