namespace Workflows.Orchestrations.Supervision;

/// <summary>How a reported value is compared with the target.</summary>
public enum Comparator
{
    Eq,
    Gte,
    Lte,
    Gt,
    Lt,
}

/// <summary>Whether a target must be reached.</summary>
public enum IndicatorForce
{
    Binding,

    /// <summary>力争, 争取: aimed at; never shown red.</summary>
    Aspirational,
}

/// <summary>How an indicator stands on a day.</summary>
public enum IndicatorState
{
    /// <summary>The target is met.</summary>
    Done,
    Ahead,
    OnSchedule,
    Behind,

    /// <summary>Nothing can be said: no value yet, or a value that the target does not foresee.</summary>
    Other,
}

/// <summary>A target of a plan with a number.</summary>
/// <param name="Id">I01, I02, …</param>
/// <param name="Task">The task it belongs to.</param>
/// <param name="Name">In our own words.</param>
/// <param name="Comparator">How values are compared.</param>
/// <param name="Value">The target.</param>
/// <param name="Unit">Such as %, 个.</param>
/// <param name="Due">The last day, local.</param>
/// <param name="Cadence">once, standing, annual, quarterly, monthly …</param>
/// <param name="Scope">county, per-village, …</param>
/// <param name="Force">Whether it must be reached.</param>
/// <param name="ValueTo">The upper end of a range; null for a plain target.</param>
/// <param name="Curve">Expected values by day, ascending; a straight line from zero at issue when absent.</param>
public sealed record PlanIndicator(
    string Id,
    string Task,
    string Name,
    Comparator Comparator,
    decimal Value,
    string Unit,
    DateOnly Due,
    string Cadence,
    string Scope,
    IndicatorForce Force = IndicatorForce.Binding,
    decimal? ValueTo = null,
    IReadOnlyList<CurvePoint>? Curve = null);

/// <summary>A value that is expected by a day.</summary>
public sealed record CurvePoint(DateOnly On, decimal Value);

/// <summary>How an indicator stands, and the rule that says so.</summary>
/// <param name="State">In one word.</param>
/// <param name="Expected">The value expected by the day; null when none is.</param>
/// <param name="Text">The rule in words, English.</param>
/// <param name="TextZh">The same in Chinese.</param>
public sealed record IndicatorStanding(IndicatorState State, decimal? Expected, string Text, string TextZh);
