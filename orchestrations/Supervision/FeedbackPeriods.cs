using System.Globalization;

namespace Workflows.Orchestrations.Supervision;

/// <summary>A stretch of days of which a unit says how its task goes.</summary>
/// <param name="Id">2025-10, 2025-Q4, or the day of a milestone.</param>
/// <param name="From">Its first day.</param>
/// <param name="To">Its last day.</param>
public sealed record FeedbackPeriod(string Id, DateOnly From, DateOnly To);

/// <summary>Which periods there are. Pure arithmetic of the calendar; when feedback is due is the policy's.</summary>
public static class FeedbackPeriods
{
    private const int MonthsOfQuarter = 3;

    /// <summary>The first period of a task that a unit took on: the one it falls into, or the next when too little of that is left.</summary>
    /// <param name="cadence">How often.</param>
    /// <param name="milestones">The plan's days, ascending; for <see cref="Cadence.Milestones"/> only.</param>
    /// <param name="day">The day on which it was taken on.</param>
    /// <param name="daysMin">A period of which fewer days are left, that day among them, is not asked for.</param>
    public static FeedbackPeriod? First(Cadence cadence, IReadOnlyList<DateOnly> milestones, DateOnly day, int daysMin) =>
        Containing(cadence, milestones, day) is not { } period ? null
        : period.To.DayNumber - day.DayNumber + 1 >= daysMin ? period
        : After(cadence, milestones, period);

    /// <summary>The period after; null after the last milestone.</summary>
    public static FeedbackPeriod? After(Cadence cadence, IReadOnlyList<DateOnly> milestones, FeedbackPeriod period) =>
        Containing(cadence, milestones, period.To.AddDays(1));

    private static FeedbackPeriod? Containing(Cadence cadence, IReadOnlyList<DateOnly> milestones, DateOnly day)
    {
        switch (cadence)
        {
            case Cadence.Monthly:
                var month = new DateOnly(day.Year, day.Month, 1);
                return new FeedbackPeriod(month.ToString("yyyy-MM", CultureInfo.InvariantCulture), month, month.AddMonths(1).AddDays(-1));
            case Cadence.Quarterly:
                var number = (day.Month - 1) / MonthsOfQuarter;
                var quarter = new DateOnly(day.Year, (number * MonthsOfQuarter) + 1, 1);
                return new FeedbackPeriod(
                    string.Create(CultureInfo.InvariantCulture, $"{day.Year}-Q{number + 1}"), quarter, quarter.AddMonths(MonthsOfQuarter).AddDays(-1));
            case Cadence.Milestones:
                return milestones.Any(known => known >= day)
                    ? new FeedbackPeriod(Id(milestones.First(known => known >= day)), day, milestones.First(known => known >= day))
                    : null;
            case Cadence.None:
            default:
                return null;
        }
    }

    private static string Id(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
