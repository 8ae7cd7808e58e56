namespace Workflows.Orchestrations.Calendar;

/// <remarks>
/// A date that was set moves when its matter stood still or when more time was granted. What it moves by is counted as
/// its policy counts: working days for a policy in working days, hours for one in hours, else days of the calendar. In
/// a year without data Monday to Friday are taken as workdays, and the date says so.
/// </remarks>
public static partial class Deadlines
{
    /// <summary>
    /// The date after a standstill. Every day that ended while the matter stood still is a day it took, so the day on
    /// which it stopped is one and the day on which it went on is none; a day that is not counted, such as the first, is none.
    /// The day counting had reached moves, and only then rolls: a rest day at the end is not counted twice.
    /// </summary>
    /// <param name="policy">Whose deadline it is.</param>
    /// <param name="deadline">Not over at <paramref name="from"/>.</param>
    /// <param name="from">When it stopped.</param>
    /// <param name="to">When it went on.</param>
    /// <param name="calendar">The county's.</param>
    public static Deadline Moved(
        DeadlinePolicy policy, Deadline deadline, DateTimeOffset from, DateTimeOffset to, CountyCalendar calendar)
    {
        if (policy.Period.Unit == PeriodUnit.Hour)
        {
            // An hour clock that began during the standstill began where its hours are counted from.
            var began = deadline.At.AddHours(-policy.Period.Amount);
            var at = deadline.At + (to - (began > from ? began : from));
            var last = calendar.LocalDate(at);
            return deadline with { Date = last, At = at, Why = [.. deadline.Why, Why.SuspendedHours(from, to, at, last, calendar.Zone)] };
        }

        var first = calendar.LocalDate(from);
        var counted = FirstCounted(policy, deadline);
        first = first < counted ? counted : first;
        var resumed = calendar.LocalDate(to);
        return DaysCounted(policy, deadline, first, resumed, calendar) == 0 ? deadline : StoodStill(policy, deadline, first, resumed, calendar);
    }

    /// <summary>The date after more time was granted, counted from the day everybody had been told.</summary>
    /// <param name="policy">Whose deadline it is; in hours, the days are days of the calendar.</param>
    /// <param name="deadline">What is extended.</param>
    /// <param name="days">1 or more, of the kind that the policy counts.</param>
    /// <param name="calendar">The county's.</param>
    public static Deadline Extended(DeadlinePolicy policy, Deadline deadline, int days, CountyCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var date = After(policy, deadline.Date, days, calendar);
        return Settle(
            policy,
            deadline,
            [.. deadline.Why.Where(step => step.Rule != "ends"), Why.Extended(days, policy.Period.Unit, date)],
            date,
            calendar);
    }

    /// <summary>The date after a standstill from one local date to another; the step is on record even when it took no day.</summary>
    private static Deadline StoodStill(
        DeadlinePolicy policy, Deadline deadline, DateOnly first, DateOnly resumed, CountyCalendar calendar)
    {
        // Where counting stood before the roll: its steps are on record.
        var days = DaysCounted(policy, deadline, first, resumed, calendar);
        var reached = deadline.Why.Last(step => step.Rule is not ("roll" or "ends" or "assumed-week")).Date;
        var date = After(policy, reached, days, calendar);
        return Settle(
            policy,
            deadline,
            [.. deadline.Why.Where(step => step.Rule is not ("roll" or "ends")), Why.Suspended(first, resumed, days, policy.Period.Unit, date)],
            date,
            calendar);
    }

    private static int DaysCounted(
        DeadlinePolicy policy, Deadline deadline, DateOnly first, DateOnly resumed, CountyCalendar calendar)
    {
        var days = 0;
        var counted = FirstCounted(policy, deadline);
        for (var day = first < counted ? counted : first; day < resumed; day = day.AddDays(1))
        {
            days += Counts(policy, day, calendar) ? 1 : 0;
        }

        return days;
    }

    private static DateOnly FirstCounted(DeadlinePolicy policy, Deadline deadline) =>
        policy.Period.Start == StartDay.Included ? deadline.From : deadline.From.AddDays(1);

    private static Deadline Settle(
        DeadlinePolicy policy, Deadline deadline, List<WhyStep> why, DateOnly date, CountyCalendar calendar)
    {
        if (policy.Period.Roll == Roll.NextWorkday && !calendar.IsWorkday(date))
        {
            var last = calendar.WorkdayFrom(date);
            why.Add(Why.Roll(date, calendar.KindOf(date), last, calendar.KindOf(last)));
            date = last;
        }

        why.Add(Why.Ends(date));
        if (!calendar.Knows(date) && !IsProvisional(deadline))
        {
            why.Add(Why.AssumedWeek(date.Year, date));
        }

        return deadline with { Date = date, At = calendar.EndOf(date), Why = why };
    }

    private static bool Counts(DeadlinePolicy policy, DateOnly day, CountyCalendar calendar) =>
        policy.Period.Unit != PeriodUnit.WorkingDay || calendar.IsWorkday(day);

    private static DateOnly After(DeadlinePolicy policy, DateOnly date, int days, CountyCalendar calendar) =>
        policy.Period.Unit == PeriodUnit.WorkingDay ? WorkdayAfter(date, days, calendar) : date.AddDays(days);
}
