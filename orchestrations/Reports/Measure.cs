using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Reports;

/// <summary>What must have happened to a case for it to be counted.</summary>
public enum CountedEvent
{
    /// <summary>It was registered in the month.</summary>
    Opened,

    /// <summary>It ended in the month, however long ago it was registered.</summary>
    Ended,

    /// <summary>It was registered by the month's end and had not ended then.</summary>
    OpenAtEnd,
}

/// <summary>What a measure's number is.</summary>
public enum MeasureUnit
{
    /// <summary>How many cases.</summary>
    Cases,

    /// <summary>The cases of the numerator per hundred cases of the denominator.</summary>
    Percent,

    /// <summary>The mean of the calendar days from registration to end; the day of registration is day 0.</summary>
    Days,
}

/// <summary>Which cases are counted: an event and conditions that must all hold. A condition that is absent holds.</summary>
/// <param name="Event">When.</param>
/// <param name="Status">How the case ended: one of these words; for ended cases only.</param>
/// <param name="Levels">Where it ended: one of these levels; for ended cases only.</param>
/// <param name="WentUp">Whether a handler has passed it on to the next level; for ended cases only.</param>
/// <param name="TermMissed">Whether a term was missed on its way; for ended cases only.</param>
/// <param name="Repeat">
/// Whether another case of the same place and category was registered shortly before
/// (<see cref="MeasureBook.RepeatWithinDays"/>); for registered cases only.
/// </param>
public sealed record Tally(
    CountedEvent Event,
    IReadOnlyList<string>? Status = null,
    IReadOnlyList<Level>? Levels = null,
    bool? WentUp = null,
    bool? TermMissed = null,
    bool? Repeat = null);

/// <summary>A number of the product, defined once (seeds/measures.json).</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Name">English.</param>
/// <param name="NameZh">Chinese.</param>
/// <param name="Unit">What the number is.</param>
/// <param name="Count">The cases counted; for a percentage those above the line, for days those averaged.</param>
/// <param name="ExplanationZh">How it is counted, printed with every table.</param>
/// <param name="Of">The cases below the line; for percentages only.</param>
/// <param name="HigherIsBetter">Null when neither direction is good.</param>
/// <param name="Source">The article or paper that asks for it; null: operator default.</param>
public sealed record Measure(
    string Id,
    string Name,
    string NameZh,
    MeasureUnit Unit,
    Tally Count,
    string ExplanationZh,
    Tally? Of = null,
    bool? HigherIsBetter = null,
    string? Source = null);

/// <summary>All measures of a rule set, in the order in which they are printed.</summary>
/// <param name="RepeatWithinDays">How many days before a registration another one makes it a repeat.</param>
/// <param name="All">The measures.</param>
public sealed record MeasureBook(int RepeatWithinDays, IReadOnlyList<Measure> All)
{
    /// <summary>A rule set from before there were measures.</summary>
    public static MeasureBook None { get; } = new(1, []);

    public Measure? Find(string id) => All.FirstOrDefault(measure => measure.Id == id);
}
