using System.Diagnostics;

namespace Workflows.Orchestrations.Calendar;

/// <remarks>
/// Everything here serves notices. In a year without data it takes Monday to Friday as workdays and says so: a
/// reminder a day off is better than none.
/// </remarks>
public static partial class Deadlines
{
    /// <summary>
    /// The date that lies a period before another. With <see cref="Roll.NextWorkday"/> a rest day moves back, not on,
    /// because moving on would shorten the notice.
    /// </summary>
    /// <param name="policy">The id to put on the answer.</param>
    /// <param name="period">In days, working days, months or years.</param>
    /// <param name="from">The date counted from.</param>
    /// <param name="calendar">The county's.</param>
    /// <returns>Always <see cref="DeadlineAnswer.Due"/>, with a step "assumed-week" when a year had no data.</returns>
    public static DeadlineAnswer CountBack(string policy, Period period, DateOnly from, CountyCalendar calendar)
    {
        var (date, assumed) = Before(period, from, calendar);
        List<WhyStep> why = [Why.CountBack(period, from, date)];
        if (assumed is { } year)
        {
            why.Add(Why.AssumedWeek(year, date));
        }

        why.Add(Why.Ends(date));
        return new DeadlineAnswer.Due(new Deadline(policy, from, date, calendar.EndOf(date), why));
    }

    /// <summary>
    /// When to remind: office opening of the days that lie before the due date, moved to the workday before when it is
    /// a day of rest. Ascending, each once; none before the day the deadline runs from, none after it is over.
    /// </summary>
    public static IReadOnlyList<DateTimeOffset> RemindersOf(
        DeadlinePolicy policy, Deadline deadline, CountyCalendar calendar) =>
    [
        .. (policy.Reminders ?? [])
            .Select(reminder => calendar.WorkdayUpTo(Before(reminder, deadline.Date, calendar).Date))
            .Where(date => date >= deadline.From)
            .Select(calendar.OpeningOf)
            .Where(moment => moment < deadline.At)
            .Distinct()
            .Order(),
    ];

    /// <summary>When to say that a deadline is over: first when it is, then again and again until done.</summary>
    /// <param name="policy">Says how often.</param>
    /// <param name="deadline">What is over.</param>
    /// <param name="said">How many overdue notices have gone out.</param>
    /// <param name="calendar">The county's.</param>
    /// <returns>UTC; <see cref="DateTimeOffset.MaxValue"/> when the policy says it once and it has been said.</returns>
    public static DateTimeOffset NextOverdueNotice(
        DeadlinePolicy policy, Deadline deadline, int said, CountyCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(said);
        if (said == 0)
        {
            return deadline.At;
        }

        if (policy.RepeatOverdue is not { } repeat)
        {
            return DateTimeOffset.MaxValue;
        }

        // Walked from the due date, not from the notice before, so that a late notice does not shift the rest; and step
        // by step, so that the repeats of a long holiday are one notice after it and not a heap.
        var moment = deadline.At;
        var date = deadline.Date;
        for (var repeated = 0; repeated < said; repeated++)
        {
            if (repeat.Unit == PeriodUnit.Hour)
            {
                moment = calendar.NextOfficeMoment(moment.AddHours(repeat.Amount));
                continue;
            }

            date = repeat.Unit switch
            {
                PeriodUnit.WorkingDay => WorkdayAfter(date, repeat.Amount, calendar),
                PeriodUnit.Day => calendar.WorkdayFrom(date.AddDays(repeat.Amount)),
                PeriodUnit.Month => calendar.WorkdayFrom(date.AddMonths(repeat.Amount)),
                PeriodUnit.Year => calendar.WorkdayFrom(date.AddYears(repeat.Amount)),
                PeriodUnit.Hour => throw new UnreachableException(),
                _ => throw new UnreachableException(),
            };
            moment = calendar.OpeningOf(date);
        }

        return moment;
    }

    private static DateOnly WorkdayAfter(DateOnly date, int amount, CountyCalendar calendar)
    {
        for (var counted = 0; counted < amount; counted++)
        {
            date = calendar.WorkdayFrom(date.AddDays(1));
        }

        return date;
    }

    /// <returns>The date, and the latest year that had to be assumed.</returns>
    private static (DateOnly Date, int? Assumed) Before(Period period, DateOnly from, CountyCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(period.Amount);
        int? assumed = null;
        var date = from;
        switch (period.Unit)
        {
            case PeriodUnit.WorkingDay:
                date = period is { Start: StartDay.Included, Amount: > 0 } ? date.AddDays(1) : date;
                for (var counted = 0; counted < period.Amount;)
                {
                    date = date.AddDays(-1);
                    assumed ??= calendar.Knows(date) ? null : date.Year;
                    counted += calendar.IsWorkday(date) ? 1 : 0;
                }

                break;
            case PeriodUnit.Day:
                date = date.AddDays(-WithoutFirst(period));
                break;
            case PeriodUnit.Month:
                date = date.AddMonths(-period.Amount);
                break;
            case PeriodUnit.Year:
                date = date.AddYears(-period.Amount);
                break;
            case PeriodUnit.Hour:
            default:
                throw new ArgumentException("Hours are not counted back from a date.", nameof(period));
        }

        if (period.Roll == Roll.NextWorkday)
        {
            assumed ??= calendar.Knows(date) ? null : date.Year;
            date = calendar.WorkdayUpTo(date);
        }

        return (date, assumed);
    }
}
