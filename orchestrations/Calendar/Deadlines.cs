using System.Diagnostics;

namespace Workflows.Orchestrations.Calendar;

/// <summary>
/// From a policy and a start to a due date with its reasons. Pure: the same data give the same date for ever.
/// </summary>
public static partial class Deadlines
{
    /// <summary>The due date of a period that is set running at an instant.</summary>
    public static DeadlineAnswer Compute(DeadlinePolicy policy, DateTimeOffset from, CountyCalendar calendar)
    {
        var date = calendar.LocalDate(from);
        return policy.Period.Unit != PeriodUnit.Hour ? Compute(policy, date, calendar)
            : Refusal(policy, date) is { } refusal ? refusal
            : CountHours(policy, from, date, calendar);
    }

    /// <summary>
    /// The due date of a period that is set running on a date. A period in hours needs the instant and is refused.
    /// </summary>
    public static DeadlineAnswer Compute(DeadlinePolicy policy, DateOnly from, CountyCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(policy.Period.Amount);
        if (Refusal(policy, from) is { } refusal)
        {
            return refusal;
        }

        if (policy.Period.Unit == PeriodUnit.Hour)
        {
            return new DeadlineAnswer.NotValid($"{policy.Id} is counted in hours and needs the moment of its start.");
        }

        if (policy.CountedBack)
        {
            return CountBack(policy.Id, policy.Period, from, calendar);
        }

        List<WhyStep> why = [Why.Start(from, policy.StartEvent)];
        if (policy.Period.Amount > 0)
        {
            why.Add(Why.FirstDay(from, policy.Period.Start));
        }

        return policy.Period.Unit switch
        {
            PeriodUnit.WorkingDay => CountWorkingDays(policy, from, calendar, why),
            PeriodUnit.Day => Finish(policy, from, CountDays(policy.Period, from, why), calendar, why),
            PeriodUnit.Month or PeriodUnit.Year =>
                Finish(policy, from, CountMonths(policy.Period, from, why), calendar, why),
            PeriodUnit.Hour => throw new UnreachableException(),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>
    /// A date that is fixed elsewhere, in a plan or by an agreement, as a deadline of the policy, so that the policy's
    /// reminders and repeats apply to it.
    /// </summary>
    /// <param name="policy">Whose reminders and repeats apply; its period is not counted.</param>
    /// <param name="from">The day on which the date was set; reminders before it are dropped.</param>
    /// <param name="date">The last day.</param>
    /// <param name="calendar">The county's.</param>
    public static Deadline Given(DeadlinePolicy policy, DateOnly from, DateOnly date, CountyCalendar calendar) =>
        new(policy.Id, from, date, calendar.EndOf(date), [Why.Given(date), Why.Ends(date)]);

    private static DeadlineAnswer.NotValid? Refusal(DeadlinePolicy policy, DateOnly from) =>
        from < policy.ValidFrom
            ? new($"{policy.Id} is valid from {Why.Iso(policy.ValidFrom.Value)}, not on {Why.Iso(from)}.")
        : from > policy.ValidTo
            ? new($"{policy.Id} was valid to {Why.Iso(policy.ValidTo.Value)}, not on {Why.Iso(from)}.")
        : null;

    private static DeadlineAnswer.Due CountHours(
        DeadlinePolicy policy, DateTimeOffset from, DateOnly date, CountyCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(policy.Period.Amount);
        var at = from.AddHours(policy.Period.Amount).ToUniversalTime();
        var last = calendar.LocalDate(at);
        WhyStep[] why =
        [
            Why.Start(date, policy.StartEvent),
            Why.Hours(policy.Period.Amount, from, at, last, calendar.Zone),
        ];
        return new(new Deadline(policy.Id, date, last, at, why));
    }

    private static DateOnly CountDays(Period period, DateOnly from, List<WhyStep> why)
    {
        var date = from.AddDays(WithoutFirst(period));
        why.Add(Why.CountDays(period.Amount, date));
        return date;
    }

    private static DateOnly CountMonths(Period period, DateOnly from, List<WhyStep> why)
    {
        var date = from.AddMonths(period.Unit == PeriodUnit.Year ? period.Amount * 12 : period.Amount);
        var clamped = date.Day != from.Day;

        // A month that counts its first day is over on the eve of the corresponding day; a month end is its own eve.
        if (period.Start == StartDay.Included && period.Amount > 0 && !clamped)
        {
            date = date.AddDays(-1);
        }

        why.Add(Why.CountMonths(period, date));
        if (clamped)
        {
            why.Add(Why.MonthEnd(date, from.Day));
        }

        return date;
    }

    private static DeadlineAnswer CountWorkingDays(
        DeadlinePolicy policy, DateOnly from, CountyCalendar calendar, List<WhyStep> why)
    {
        var date = policy.Period is { Start: StartDay.Included, Amount: > 0 } ? from.AddDays(-1) : from;
        List<(DateOnly Date, DayKind Kind)> passed = [];

        for (var counted = 0; counted < policy.Period.Amount;)
        {
            var next = date.AddDays(1);
            if (!calendar.Knows(next))
            {
                return new DeadlineAnswer.NoCalendar(next.Year, date, Why.NoCalendar(policy.Id, next.Year, date));
            }

            date = next;
            passed.Add((date, calendar.KindOf(date)));
            counted += calendar.IsWorkday(date) ? 1 : 0;
        }

        why.Add(Why.CountWorkingDays(policy.Period.Amount, date));
        if (Why.Skip(passed, date) is { } skip)
        {
            why.Add(skip);
        }

        return Finish(policy, from, date, calendar, why);
    }

    private static DeadlineAnswer Finish(
        DeadlinePolicy policy, DateOnly from, DateOnly date, CountyCalendar calendar, List<WhyStep> why)
    {
        if (policy.Period.Roll == Roll.NextWorkday)
        {
            var last = date;
            while (calendar.KindOf(last) is DayKind.Weekend or DayKind.Holiday)
            {
                last = last.AddDays(1);
            }

            if (!calendar.Knows(last))
            {
                return new DeadlineAnswer.NoCalendar(last.Year, date, Why.NoCalendar(policy.Id, last.Year, date));
            }

            if (last != date)
            {
                why.Add(Why.Roll(date, calendar.KindOf(date), last, calendar.KindOf(last)));
            }

            date = last;
        }

        why.Add(Why.Ends(date));
        return new DeadlineAnswer.Due(new Deadline(policy.Id, from, date, calendar.EndOf(date), why));
    }

    private static int WithoutFirst(Period period) =>
        period is { Start: StartDay.Included, Amount: > 0 } ? period.Amount - 1 : period.Amount;
}
