namespace Workflows.Orchestrations.Calendar;

/// <remarks>
/// Another version of the rules counts a running date anew. A deadline says from when it was counted and, step by step,
/// what it went through since, so nothing else need be kept to count it again.
/// </remarks>
public static partial class Deadlines
{
    /// <summary>
    /// The date under another policy and calendar: from its own start, with every standstill and extension it really had, in
    /// their order. A date that was set and not counted stays as it was set.
    /// </summary>
    /// <param name="deadline">As it stands.</param>
    /// <param name="policy">By which it is counted from now on.</param>
    /// <param name="calendar">Likewise.</param>
    /// <returns>A date, provisional where a year has no data; or <see cref="DeadlineAnswer.NotValid"/>.</returns>
    public static DeadlineAnswer Recounted(Deadline deadline, DeadlinePolicy policy, CountyCalendar calendar)
    {
        var first = deadline.Why[0];
        if (first.Rule != "given")
        {
            if (Refusal(policy, deadline.From) is { } refusal)
            {
                return refusal;
            }

            if (policy.Period.Unit == PeriodUnit.Hour)
            {
                return RecountedHours(deadline, policy, calendar);
            }
        }

        var counted = first.Rule == "given"
            ? Given(policy, deadline.From, first.Date, calendar)
            : Always(policy, deadline.From, calendar);
        foreach (var step in deadline.Why)
        {
            if (Why.StandstillOf(step) is { } stood)
            {
                counted = StoodStill(policy, counted, DateOnly.FromDateTime(stood.From), DateOnly.FromDateTime(stood.To), calendar);
            }
            else if (Why.ExtensionOf(step) is { } days)
            {
                counted = Extended(policy, counted, days, calendar);
            }
        }

        return new DeadlineAnswer.Due(counted);
    }

    /// <summary>
    /// Hours are counted from a moment, which only a deadline in hours knows. Its end moves by the hours that the policy has
    /// more or less; one that was extended ends with the day that was granted.
    /// </summary>
    private static DeadlineAnswer RecountedHours(Deadline deadline, DeadlinePolicy policy, CountyCalendar calendar)
    {
        if (deadline.Why.Select(Why.HoursOf).FirstOrDefault(hours => hours is not null) is not { } was)
        {
            return new DeadlineAnswer.NotValid($"{policy.Id} is counted in hours; the day of the start is known and not the moment.");
        }

        if (was.Amount == policy.Period.Amount || deadline.Why.Any(step => Why.ExtensionOf(step) is not null))
        {
            return new DeadlineAnswer.Due(deadline with { Policy = policy.Id });
        }

        var begins = Instant(was.From, calendar);
        var end = begins.AddHours(policy.Period.Amount);
        List<WhyStep> why =
        [
            Why.Start(deadline.From, policy.StartEvent),
            Why.Hours(policy.Period.Amount, begins, end, calendar.LocalDate(end), calendar.Zone),
        ];
        foreach (var stood in deadline.Why.Select(Why.StandstillOf).OfType<(DateTime From, DateTime To)>())
        {
            var (from, to) = (Instant(stood.From, calendar), Instant(stood.To, calendar));
            end += to - (from < begins ? begins : from);
            why.Add(Why.SuspendedHours(from, to, end, calendar.LocalDate(end), calendar.Zone));
        }

        var at = deadline.At.AddHours(policy.Period.Amount - was.Amount);
        return new DeadlineAnswer.Due(new Deadline(policy.Id, deadline.From, calendar.LocalDate(at), at, why));
    }

    private static DateTimeOffset Instant(DateTime local, CountyCalendar calendar) =>
        new DateTimeOffset(local, calendar.Zone.GetUtcOffset(local)).ToUniversalTime();
}
