using System.Globalization;
using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Supervision;

/// <summary>
/// Whether an indicator is where it should be. What must grow is expected to grow on a straight line from the day the
/// task was issued, or on the plan's own curve; what must not be exceeded must not be exceeded on any day.
/// </summary>
public static class IndicatorStandings
{
    /// <summary>The value expected by a day, to four decimals.</summary>
    /// <param name="indicator">Which.</param>
    /// <param name="issued">The day the straight line begins at zero.</param>
    /// <param name="day">The day.</param>
    public static decimal Expected(PlanIndicator indicator, DateOnly issued, DateOnly day)
    {
        if (day >= indicator.Due || (IsCap(indicator) && indicator.Curve is null))
        {
            return indicator.Value;
        }

        List<CurvePoint> points = indicator.Curve is { } curve
            ? [.. curve.Where(point => point.On < indicator.Due), new CurvePoint(indicator.Due, indicator.Value)]
            : [new CurvePoint(issued, 0), new CurvePoint(indicator.Due, indicator.Value)];
        var index = points.FindLastIndex(point => point.On <= day);
        if (index < 0)
        {
            return points[0].Value;
        }

        var (before, after) = (points[index], points[index + 1]);
        var share = (decimal)(day.DayNumber - before.On.DayNumber) / (after.On.DayNumber - before.On.DayNumber);
        return Math.Round(before.Value + ((after.Value - before.Value) * share), 4);
    }

    /// <summary>
    /// How it stands on a day. Until the plan's date a value is held against what was expected on the day for which it was
    /// reported: that it ages is no fault of the unit's, and a report that is missing is chased as one.
    /// </summary>
    /// <param name="indicator">Which.</param>
    /// <param name="figure">The latest value; null when none was reported.</param>
    /// <param name="issued">The day the task was issued, local.</param>
    /// <param name="day">The day, local.</param>
    /// <param name="tolerancePercent">How far from the expected value still counts as on schedule; 0 to 100.</param>
    public static IndicatorStanding At(PlanIndicator indicator, Figure? figure, DateOnly issued, DateOnly day, int tolerancePercent)
    {
        var on = figure is not null && figure.On < day && day <= indicator.Due ? figure.On : day;
        var expected = Expected(indicator, issued, on);
        if (figure is null)
        {
            return day > indicator.Due
                ? Standing(IndicatorState.Behind, expected, $"nothing was reported by {Iso(indicator.Due)}", $"至{Zh(indicator.Due)}未报数")
                : Standing(IndicatorState.Other, expected, "nothing has been reported", "尚未报数");
        }

        var value = figure.Value;
        var (said, saidZh) = ($"{Number(value)} on {Iso(figure.On)}, target {Sign(indicator)} {Target(indicator)} by {Iso(indicator.Due)}", $"{Zh(figure.On)}为{Number(value)}，目标{SignZh(indicator)}{Target(indicator)}（{Zh(indicator.Due)}前）");
        if (IsMet(indicator, value))
        {
            return Standing(IndicatorState.Done, expected, $"{said}: met", $"{saidZh}：已达到");
        }

        if (IsCap(indicator))
        {
            // A falling curve allows more than the target before its day.
            var allowed = expected * (100 + (indicator.Curve is null ? 0 : tolerancePercent)) / 100;
            return indicator.Curve is null || day > indicator.Due || value > allowed
                ? Standing(IndicatorState.Behind, expected, $"{said}: more than the {Number(expected)} allowed on {Iso(on)}", $"{saidZh}：超过{Zh(on)}上限{Number(expected)}")
                : Standing(value < expected ? IndicatorState.Ahead : IndicatorState.OnSchedule, expected, $"{said}: {Number(expected)} allowed on {Iso(on)}", $"{saidZh}：{Zh(on)}可为{Number(expected)}");
        }

        if (value > (indicator.ValueTo ?? indicator.Value))
        {
            return Standing(IndicatorState.Other, expected, $"{said}: beyond what the plan foresees", $"{saidZh}：超出方案所定数值，需人工核对");
        }

        if (day > indicator.Due)
        {
            return Standing(IndicatorState.Behind, expected, $"{said}: the date is over", $"{saidZh}：期满未达到");
        }

        var (low, high) = (expected * (100 - tolerancePercent) / 100, expected * (100 + tolerancePercent) / 100);
        var (expects, expectsZh) = ($"{Number(expected)} expected on {Iso(on)}, {tolerancePercent} % either way", $"{Zh(on)}应达{Number(expected)}，容许偏差{tolerancePercent}%");
        return value < low ? Standing(IndicatorState.Behind, expected, $"{said}: {expects}", $"{saidZh}：{expectsZh}")
            : value > high ? Standing(IndicatorState.Ahead, expected, $"{said}: {expects}", $"{saidZh}：{expectsZh}")
            : Standing(IndicatorState.OnSchedule, expected, $"{said}: {expects}", $"{saidZh}：{expectsZh}");
    }

    /// <summary>Whether a value meets the target.</summary>
    public static bool IsMet(PlanIndicator indicator, decimal value) => indicator.ValueTo is { } to
        ? value >= indicator.Value && value <= to
        : indicator.Comparator switch
        {
            Comparator.Eq => value == indicator.Value,
            Comparator.Gte => value >= indicator.Value,
            Comparator.Gt => value > indicator.Value,
            Comparator.Lte => value <= indicator.Value,
            Comparator.Lt => value < indicator.Value,
            _ => throw new ArgumentOutOfRangeException(nameof(indicator)),
        };

    private static bool IsCap(PlanIndicator indicator) => indicator.ValueTo is null && indicator.Comparator is Comparator.Lte or Comparator.Lt;

    private static IndicatorStanding Standing(IndicatorState state, decimal expected, string text, string textZh) => new(state, expected, text + ".", textZh + "。");

    private static string Target(PlanIndicator indicator) =>
        indicator.ValueTo is { } to ? $"{Number(indicator.Value)}–{Number(to)}{indicator.Unit}" : $"{Number(indicator.Value)}{indicator.Unit}";

    private static string Number(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Iso(DateOnly date) => Why.Iso(date);

    private static string Zh(DateOnly date) => DeadlineText.Zh(date);

    private static string Sign(PlanIndicator indicator) => indicator.ValueTo is not null ? "from" : indicator.Comparator switch
    {
        Comparator.Eq => "=",
        Comparator.Gte => "≥",
        Comparator.Gt => ">",
        Comparator.Lte => "≤",
        Comparator.Lt => "<",
        _ => throw new ArgumentOutOfRangeException(nameof(indicator)),
    };

    private static string SignZh(PlanIndicator indicator) => indicator.ValueTo is not null ? "" : indicator.Comparator switch
    {
        Comparator.Eq => "等于",
        Comparator.Gte => "不低于",
        Comparator.Gt => "高于",
        Comparator.Lte => "不超过",
        Comparator.Lt => "低于",
        _ => throw new ArgumentOutOfRangeException(nameof(indicator)),
    };
}
