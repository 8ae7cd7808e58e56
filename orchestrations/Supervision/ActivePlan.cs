using System.Text.Json.Serialization;

namespace Workflows.Orchestrations.Supervision;

/// <summary>Where a plan stands. Before activation it is a draft with open questions, or one that was checked.</summary>
public enum PlanStatus
{
    Active,

    /// <summary>Its last day is over.</summary>
    Expired,

    /// <summary>Another plan has taken its place.</summary>
    Superseded,
}

/// <summary>The state of an activated plan. What it says is kept elsewhere, written once under its version.</summary>
/// <param name="Id">The plan's id.</param>
/// <param name="Rules">The rule set its assignments were issued under.</param>
/// <param name="Version">Names its content.</param>
/// <param name="Number">The document's number.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Expires">Its last day, local.</param>
/// <param name="ExpiresAt">When that day is over, UTC.</param>
/// <param name="ActivatedAt">UTC.</param>
/// <param name="By">The unit that activated it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Added">Units that were added to tasks later, in the order they were.</param>
/// <param name="ExpiredAt">UTC; when it was found expired.</param>
/// <param name="Superseded">What took its place.</param>
public sealed record ActivePlan(
    string Id,
    string Rules,
    string Version,
    string Number,
    string Subject,
    DateOnly Expires,
    DateTimeOffset ExpiresAt,
    DateTimeOffset ActivatedAt,
    string By,
    PlanStatus Status = PlanStatus.Active,
    IReadOnlyList<AddedUnit>? Added = null,
    DateTimeOffset? ExpiredAt = null,
    Superseding? Superseded = null);

/// <summary>A unit that has a task although the plan does not name it.</summary>
/// <param name="Task">The task's id.</param>
/// <param name="Unit">The unit's id.</param>
/// <param name="At">UTC.</param>
/// <param name="Basis">Why.</param>
public sealed record AddedUnit(string Task, string Unit, DateTimeOffset At, UnitBasis Basis);

/// <summary>What took a plan's place, and what becomes of its open assignments.</summary>
/// <param name="Plan">The new plan's id.</param>
/// <param name="At">UTC.</param>
/// <param name="Open">Closed, or carried on.</param>
public sealed record Superseding(string Plan, DateTimeOffset At, ExpiryFate Open);

/// <summary>Two plans name the same matter.</summary>
/// <param name="Task">A task of the plan that is superseded.</param>
/// <param name="Matter">The task, as plan.task, whose matter it is.</param>
public sealed record MatterLink(string Task, string Matter);

/// <summary>What can happen to an activated plan.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Opened), nameof(Opened))]
[JsonDerivedType(typeof(DateReached), nameof(DateReached))]
[JsonDerivedType(typeof(UnitAdded), nameof(UnitAdded))]
[JsonDerivedType(typeof(Superseded), nameof(Superseded))]
public abstract record PlanFact
{
    private PlanFact()
    {
    }

    public sealed record Opened : PlanFact;

    public sealed record DateReached : PlanFact;

    /// <summary>The supervising office gives a task to a unit that the plan does not name; why may be kept as text.</summary>
    /// <param name="Assignment">What the unit gets.</param>
    /// <param name="IsOpen">The plan's own list of units is open (等).</param>
    /// <param name="Document">The number of the document that says so.</param>
    /// <param name="HasText">Whether a text came with it.</param>
    public sealed record UnitAdded(Assignment Assignment, bool IsOpen, string? Document = null, bool HasText = false) : PlanFact;

    /// <summary>Another plan takes its place.</summary>
    /// <param name="Plan">The new plan's id.</param>
    /// <param name="Open">What becomes of open assignments.</param>
    /// <param name="Links">Tasks whose matter the new plan names too; their assignments are carried on under it.</param>
    public sealed record Superseded(string Plan, ExpiryFate Open, IReadOnlyList<MatterLink>? Links = null) : PlanFact;
}
