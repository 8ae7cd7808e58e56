using System.Text.Json.Serialization;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Reports;

/// <summary>What measures know of a case: facts of its state, and no other's.</summary>
/// <param name="Id">The case's code.</param>
/// <param name="Place">Division code; a township's code begins the codes of its villages.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Opened">The county's date of registration.</param>
/// <param name="Ended">The county's date of its end; null while it is open.</param>
/// <param name="Status">How it ended; null while it is open.</param>
/// <param name="Level">Where it ended; null while it is open.</param>
/// <param name="WentUp">Whether a handler of a lower level had it before; a return to another of the same level is none.</param>
/// <param name="TermMissed">Whether a term was missed.</param>
public sealed record CountedCase(
    string Id,
    string Place,
    string Category,
    DateOnly Opened,
    DateOnly? Ended = null,
    string? Status = null,
    Level? Level = null,
    bool WentUp = false,
    bool TermMissed = false)
{
    /// <summary>Calendar days from registration to end.</summary>
    [JsonIgnore]
    public int Days => Ended is { } ended ? ended.DayNumber - Opened.DayNumber : 0;

    /// <summary>What a dispute's state, as it is saved, says of it.</summary>
    /// <param name="state">The state.</param>
    /// <param name="localDate">The county's date at an instant.</param>
    public static CountedCase Of(DisputeState state, Func<DateTimeOffset, DateOnly> localDate)
    {
        var opened = new CountedCase(state.Id, state.Place, state.Category, localDate(state.OpenedAt));
        return state.Outcome is not { } outcome
            ? opened
            : opened with
            {
                Ended = localDate(outcome.At),
                Status = state.Status,
                Level = state.Level,
                WentUp = state.FormerHandlers?.Any(handler => LevelOf(handler) < state.Level) == true,
                TermMissed = state.Overdue > 0,
            };
    }

    /// <summary>Handlers of a village and a township go by their division codes, of 12 and 9 digits; all others are the county's.</summary>
    private static Level LevelOf(string handler) => handler.All(char.IsAsciiDigit)
        ? handler.Length switch { 12 => Units.Level.Village, 9 => Units.Level.Township, _ => Units.Level.County }
        : Units.Level.County;

    /// <summary>The case as it was registered: what never changes by its going on.</summary>
    public CountedCase AtOpening() => new(Id, Place, Category, Opened);
}

/// <summary>What is read of a dispute's saved state.</summary>
public sealed record DisputeState(
    string Id,
    string Place,
    string Category,
    DateTimeOffset OpenedAt,
    string Status,
    Level Level,
    int Overdue,
    IReadOnlyList<string>? FormerHandlers = null,
    DisputeOutcome? Outcome = null);

/// <summary>What is read of a dispute's end.</summary>
public sealed record DisputeOutcome(DateTimeOffset At);
