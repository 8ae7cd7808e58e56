using System.Text.Json.Serialization;

namespace Workflows.Orchestrations.Supervision.Sheets;

/// <summary>What can happen to the sheets of a unit.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Opened), nameof(Opened))]
[JsonDerivedType(typeof(DateReached), nameof(DateReached))]
[JsonDerivedType(typeof(MatterChanged), nameof(MatterChanged))]
[JsonDerivedType(typeof(SheetReleased), nameof(SheetReleased))]
[JsonDerivedType(typeof(IssueAsked), nameof(IssueAsked))]
[JsonDerivedType(typeof(ImportantRegistered), nameof(ImportantRegistered))]
[JsonDerivedType(typeof(NumberTaken), nameof(NumberTaken))]
[JsonDerivedType(typeof(NumberFailed), nameof(NumberFailed))]
[JsonDerivedType(typeof(RulesChanged), nameof(RulesChanged))]
public abstract record UnitSheetsFact
{
    private UnitSheetsFact()
    {
    }

    public sealed record Opened : UnitSheetsFact;

    public sealed record DateReached : UnitSheetsFact;

    /// <summary>An assignment says what it misses now: all of it, so that an order of tells cannot matter within one.</summary>
    /// <param name="Assignment">Its id.</param>
    /// <param name="Matter">Its matter, as plan.task.</param>
    /// <param name="Title">The task in words.</param>
    /// <param name="Causes">What it misses; none when everything is made good.</param>
    /// <param name="Ended">It is struck off or closed.</param>
    /// <param name="Important">Its plan says that it is.</param>
    public sealed record MatterChanged(
        string Assignment, string Matter, string Title, IReadOnlyList<MissedCause> Causes, bool Ended = false, bool? Important = null) : UnitSheetsFact;

    /// <summary>A sheet lets matters go: they are no longer under it.</summary>
    /// <param name="Sheet">Its id.</param>
    /// <param name="Keys">The matters.</param>
    /// <param name="Result">Why.</param>
    /// <param name="Number">As printed.</param>
    /// <param name="Color">Its colour.</param>
    /// <param name="IssuedOn">Local.</param>
    public sealed record SheetReleased(
        string Sheet, IReadOnlyList<string> Keys, SheetResult Result, string Number, string Color, DateOnly IssuedOn) : UnitSheetsFact;

    /// <summary>The issuer has its own reason, kept as text, and wants a sheet at once.</summary>
    /// <param name="Assignment">The assignment it is about.</param>
    /// <param name="Matter">Its matter.</param>
    /// <param name="Title">The task in words.</param>
    /// <param name="Color">The colour; the mildest when absent.</param>
    /// <param name="Important">Its plan says that it is.</param>
    public sealed record IssueAsked(string Assignment, string Matter, string Title, string? Color = null, bool? Important = null) : UnitSheetsFact;

    /// <summary>The issuer says that a matter begins at a graver colour, for a reason kept as text.</summary>
    public sealed record ImportantRegistered(string Matter, string Color) : UnitSheetsFact;

    /// <summary>The number that was asked for.</summary>
    public sealed record NumberTaken(long Number) : UnitSheetsFact;

    /// <summary>No number could be had for now.</summary>
    public sealed record NumberFailed(string Reason) : UnitSheetsFact;

    /// <summary>The county recounts its running cases under another version of its rules.</summary>
    public sealed record RulesChanged(string Version) : UnitSheetsFact;
}
