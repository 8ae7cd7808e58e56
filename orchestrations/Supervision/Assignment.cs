using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Supervision;

/// <summary>How a plan words a unit's part. Peers are never called lead.</summary>
public enum AssignmentRole
{
    /// <summary>牵头负责: the one unit that answers for the task.</summary>
    Lead,

    /// <summary>按职责分工负责: one of several peers.</summary>
    Participant,

    /// <summary>A township, by the plan's standing rule.</summary>
    Implementer,
}

/// <summary>Where an assignment stands.</summary>
public enum AssignmentStatus
{
    Planned,

    /// <summary>The unit has been told and has not signed for it yet.</summary>
    Issued,
    Active,

    /// <summary>The unit says it is done; the supervising office checks.</summary>
    Claimed,

    /// <summary>Checked and found done; only this ends it.</summary>
    StruckOff,
}

/// <summary>One task of a plan for one unit.</summary>
/// <param name="Id">plan.task.unit.</param>
/// <param name="Rules">The rule set it lives under.</param>
/// <param name="Plan">The plan's id.</param>
/// <param name="Task">The task's id in the plan.</param>
/// <param name="Title">The task in words.</param>
/// <param name="Unit">The responsible unit.</param>
/// <param name="Role">Its part.</param>
/// <param name="IssuedAt">UTC.</param>
/// <param name="Due">The plan's own date for the task.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="SignFor">Runs until the unit signs or the finish date passes.</param>
/// <param name="Finish">Runs from issue until a claim; runs on when the claim is returned.</param>
/// <param name="Check">Runs while the supervising office checks.</param>
/// <param name="Claims">How often completion was claimed.</param>
/// <param name="StruckOffAt">UTC.</param>
public sealed record Assignment(
    string Id,
    string Rules,
    string Plan,
    string Task,
    string Title,
    string Unit,
    AssignmentRole Role,
    DateTimeOffset IssuedAt,
    DateOnly Due,
    AssignmentStatus Status = AssignmentStatus.Planned,
    Clock? SignFor = null,
    Clock? Finish = null,
    Clock? Check = null,
    int Claims = 0,
    DateTimeOffset? StruckOffAt = null)
{
    public bool Ended => Status == AssignmentStatus.StruckOff;

    /// <summary>The clocks that speak now, the gravest first.</summary>
    public IEnumerable<Clock> Clocks => AssignmentClocks.Of(this).Where(running => !running.Held).Select(running => running.Clock);
}
