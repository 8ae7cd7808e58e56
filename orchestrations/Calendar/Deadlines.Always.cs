namespace Workflows.Orchestrations.Calendar;

/// <remarks>
/// A running case must look again at some date, calendar or not. What comes from here for a year without data is
/// provisional and says so in its steps; a calculator shows <see cref="DeadlineAnswer.NoCalendar"/> instead.
/// </remarks>
public static partial class Deadlines
{
    private const int AssumedYearsMax = 10;

    /// <summary>The due date; provisional, on plain weeks, where a year has no data yet.</summary>
    /// <exception cref="InvalidOperationException">The policy is not valid on the start date: an error of the rule set.</exception>
    public static Deadline Always(DeadlinePolicy policy, DateTimeOffset from, CountyCalendar calendar) =>
        Always(policy, calendar, known => Compute(policy, from, known));

    /// <summary>The same from a date.</summary>
    public static Deadline Always(DeadlinePolicy policy, DateOnly from, CountyCalendar calendar) =>
        Always(policy, calendar, known => Compute(policy, from, known));

    /// <summary>Whether a deadline rests on a year whose paper was not loaded when it was counted.</summary>
    public static bool IsProvisional(Deadline deadline) => deadline.Why.Any(step => step.Rule == "assumed-week");

    private static Deadline Always(
        DeadlinePolicy policy, CountyCalendar calendar, Func<CountyCalendar, DeadlineAnswer> compute)
    {
        List<WhyStep> assumed = [];
        for (var years = 0; years < AssumedYearsMax; years++)
        {
            switch (compute(calendar))
            {
                case DeadlineAnswer.Due { Deadline: var deadline }:
                    return deadline with { Why = [.. deadline.Why, .. assumed] };
                case DeadlineAnswer.NoCalendar missing:
                    assumed.Add(Why.AssumedWeek(missing.Year, missing.Reached));
                    calendar = calendar.With(new CalendarYear(missing.Year, [], [], []));
                    break;
                case DeadlineAnswer.NotValid refused:
                    throw new InvalidOperationException(refused.Reason);
                default:
                    throw new InvalidOperationException($"{policy.Id} gives no answer.");
            }
        }

        throw new InvalidOperationException($"{policy.Id} reaches more than {AssumedYearsMax} years without a calendar.");
    }
}
