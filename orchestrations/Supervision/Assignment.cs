using System.Text.Json.Serialization;
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

    /// <summary>Checked and found done.</summary>
    StruckOff,

    /// <summary>Ended without being done, for a reason of its plan's: nobody waits for it any more.</summary>
    Closed,
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
/// <param name="Matter">The task, as plan.task, whose matter it is when another plan named the same one first; null: its own.</param>
/// <param name="Basis">Why the unit has it although the plan does not name it; null for a unit of the plan.</param>
/// <param name="Cadence">How often the plan itself wants feedback; null: as the rules say for the role.</param>
/// <param name="Milestones">Days of the plan at which feedback is due, ascending.</param>
/// <param name="Indicators">The plan's indicators that the unit reports.</param>
/// <param name="Feedback">The period whose feedback is waited for.</param>
/// <param name="Feedbacks">The feedback that was given, oldest first; the latest <see cref="AssignmentFeedback.KeptMax"/>.</param>
/// <param name="Missed">Periods that were over without feedback when the next one was; it may still be given.</param>
/// <param name="Figures">The value of each indicator that was reported last.</param>
/// <param name="Files">Evidence, oldest first.</param>
/// <param name="Extension">The unit's wish for more time, until it is decided.</param>
/// <param name="Extensions">Wishes for more time that were decided or dropped.</param>
/// <param name="Granted">How often more time was granted.</param>
/// <param name="Standstill">Why and until when it stands still.</param>
/// <param name="Standstills">Counts how often it stood still.</param>
/// <param name="LastCheck">The check that returned the last claim, as long as an objection may be about it.</param>
/// <param name="Objection">The unit's objection, until it is decided.</param>
/// <param name="Objections">Counts the objections.</param>
/// <param name="Closing">Why it was closed without being done.</param>
/// <param name="Seen">The day of the last step, local; with indicators only, whose light depends on the day.</param>
/// <param name="Important">The plan says that sheets about it begin at a graver colour; null: they do not.</param>
/// <param name="Stands">How its binding indicators stood when the journal last said so; on schedule when null.</param>
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
    DateTimeOffset? StruckOffAt = null,
    string? Matter = null,
    UnitBasis? Basis = null,
    Cadence? Cadence = null,
    IReadOnlyList<DateOnly>? Milestones = null,
    IReadOnlyList<PlanIndicator>? Indicators = null,
    FeedbackTerm? Feedback = null,
    IReadOnlyList<Feedback>? Feedbacks = null,
    IReadOnlyList<string>? Missed = null,
    IReadOnlyList<Figure>? Figures = null,
    IReadOnlyList<EvidenceFile>? Files = null,
    TimeWish? Extension = null,
    int? Extensions = null,
    int? Granted = null,
    Standstill? Standstill = null,
    int? Standstills = null,
    CheckResult? LastCheck = null,
    Objection? Objection = null,
    int? Objections = null,
    Closing? Closing = null,
    DateOnly? Seen = null,
    bool? Important = null,
    IndicatorState? Stands = null)
{
    public bool Ended => Status is AssignmentStatus.StruckOff or AssignmentStatus.Closed;

    /// <summary>Until when it must be done: the plan's date, or a later one that was granted or that a standstill led to.</summary>
    [JsonIgnore]
    public DateOnly FinishBy => Finish?.Deadline.Date ?? Due;

    /// <summary>What tells its matter from others, over all plans: at most one sheet is open for a matter and a unit.</summary>
    [JsonIgnore]
    public string MatterKey => Matter ?? $"{Plan}.{Task}";

    /// <summary>When somebody must look again, UTC; while it stands still, when that is over.</summary>
    [JsonIgnore]
    public DateTimeOffset? Next => Standstill?.Ends ?? Earlier(Clocks.Min(clock => clock.Next), AssignmentFeedback.NextOpens(this));

    /// <summary>The clocks that speak now. It is part of what histories hold, which name the term to sign for first.</summary>
    public IEnumerable<Clock> Clocks => AssignmentClocks.Of(this)
        .Where(running => !running.Held)
        .OrderByDescending(running => running.Name == AssignmentClocks.SignFor)
        .Select(running => running.Clock);

    /// <summary>Everything that runs has ended with it.</summary>
    internal Assignment Over(AssignmentStatus status) => this with
    {
        Status = status,
        SignFor = null,
        Finish = null,
        Check = null,
        Feedback = null,
        Extension = null,
        Standstill = null,
        LastCheck = null,
        Objection = null,
    };

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;
}
