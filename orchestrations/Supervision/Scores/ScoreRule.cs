using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Supervision.Scores;

/// <summary>How units are scored by the month and ranked (the section <c>score</c> of seeds/supervision.json).</summary>
/// <param name="Base">Points with which every unit begins a month; 1 to 1000.</param>
/// <param name="Floor">No score is lower; 0 up to the base.</param>
/// <param name="Ceiling">No score is higher; the base or more.</param>
/// <param name="Deductions">What costs points; the first that fits an event counts.</param>
/// <param name="Additions">What gives points; likewise.</param>
/// <param name="Classes">Names for ranges of scores, the best first.</param>
/// <param name="Groups">Units that are ranked among each other; who is in none is not ranked.</param>
/// <param name="Ties">Who comes after units of one score.</param>
/// <param name="Text">The rule as published, English.</param>
/// <param name="TextZh">The same in Chinese, printed with every table.</param>
/// <param name="Source">Article, model or "operator default".</param>
public sealed record ScoreRule(
    decimal Base,
    decimal Floor,
    decimal Ceiling,
    IReadOnlyList<ScoreItem> Deductions,
    IReadOnlyList<ScoreItem> Additions,
    IReadOnlyList<ScoreClass> Classes,
    IReadOnlyList<ScoreGroup> Groups,
    TieRule Ties,
    string Text,
    string TextZh,
    string Source)
{
    /// <summary>The class of a score.</summary>
    public ScoreClass ClassOf(decimal score) => Classes.First(known => score >= known.From);

    /// <summary>The group in which a unit of the kind is ranked; null when it is not.</summary>
    public ScoreGroup? GroupOf(UnitKind kind) => Groups.FirstOrDefault(group => group.Kinds.Contains(kind));
}

/// <summary>Something that costs or gives points.</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Cause">One of <see cref="ScoreCauses"/>.</param>
/// <param name="Points">For the first time in the month, the second and so on; the last for all further ones. 0.1 to 100 each, never falling.</param>
/// <param name="Repeat">Whose times are counted together.</param>
/// <param name="Text">For what, English.</param>
/// <param name="TextZh">The same in Chinese.</param>
/// <param name="Source">Article, model or "operator default".</param>
/// <param name="MonthMax">At most so many points of this in a month; without end when absent.</param>
/// <param name="Color">For sheets: of this colour only; of every one when absent.</param>
/// <param name="DaysMin">For tasks finished early: at least so many days of the calendar before the date; 1 when absent.</param>
public sealed record ScoreItem(
    string Id,
    string Cause,
    IReadOnlyList<decimal> Points,
    RepeatScope Repeat,
    string Text,
    string TextZh,
    string Source,
    decimal? MonthMax = null,
    string? Color = null,
    int? DaysMin = null);

/// <summary>Whose repeats within a month are counted together.</summary>
public enum RepeatScope
{
    /// <summary>All tasks and sheets of the unit.</summary>
    Unit,

    /// <summary>Each task and each sheet for itself.</summary>
    Case,
}

/// <param name="Id">Kebab-case.</param>
/// <param name="From">The lowest score of the class.</param>
/// <param name="Name">English.</param>
/// <param name="NameZh">Chinese.</param>
public sealed record ScoreClass(string Id, decimal From, string Name, string NameZh);

/// <param name="Id">Kebab-case.</param>
/// <param name="Kinds">Of the units in it; never a committee of a village or community.</param>
/// <param name="Name">English.</param>
/// <param name="NameZh">Chinese.</param>
public sealed record ScoreGroup(string Id, IReadOnlyList<UnitKind> Kinds, string Name, string NameZh);

/// <summary>Which rank follows units of one score; they themselves share theirs and stand by name.</summary>
public enum TieRule
{
    /// <summary>1, 1, 3.</summary>
    Skip,

    /// <summary>1, 1, 2.</summary>
    Dense,
}
