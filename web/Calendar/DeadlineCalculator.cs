using System.Globalization;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Calendar;
using Workflows.Web.Http;

namespace Workflows.Web.Calendar;

/// <summary>Reads what a person asks of the calculator, for the API and the command line alike.</summary>
public static class DeadlineCalculator
{
    private static readonly DateOnly First = new(1900, 1, 1);
    private static readonly DateOnly Last = new(2999, 12, 31);

    /// <summary>An instant always says its offset: without one it would be another moment in every time zone.</summary>
    private static readonly string[] InstantForms =
    [
        "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
    ];

    /// <summary>The answer; null when <paramref name="errors"/> says what is wrong with the question.</summary>
    public static DeadlineAnswer? Compute(RuleSet rules, string? policyId, string? from, FieldErrors errors)
    {
        var policy = Policy(rules.Policies, policyId, errors);
        if (DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            InRange(date, errors);
            if (policy?.Period.Unit == PeriodUnit.Hour)
            {
                errors.Add("from", $"must be an instant such as 2025-09-26T10:00:00+08:00, since {policy.Id} is counted in hours");
            }

            return errors.Any ? null : Deadlines.Compute(policy!, date, rules.Calendar);
        }

        if (DateTimeOffset.TryParseExact(from, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            InRange(DateOnly.FromDateTime(instant.UtcDateTime), errors);
            return errors.Any ? null : Deadlines.Compute(policy!, instant, rules.Calendar);
        }

        errors.Add("from", from is null ? "is required: a date such as 2025-09-26" : "must be a date such as 2025-09-26 or an instant such as 2025-09-26T10:00:00+08:00");
        return null;
    }

    /// <summary>Far from the ends of what a date can hold, so that no count runs over them.</summary>
    private static void InRange(DateOnly date, FieldErrors errors)
    {
        if (date < First || date > Last)
        {
            errors.Add("from", "must be from 1900-01-01 to 2999-12-31");
        }
    }

    private static DeadlinePolicy? Policy(PolicyBook policies, string? id, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(id))
        {
            errors.Add("policy", "is required: the id of a policy");
            return null;
        }

        if (!policies.TryGet(id, out var policy))
        {
            errors.Add("policy", $"is not known; there are {string.Join(", ", policies.All.Select(known => known.Id))}");
        }

        return policy;
    }
}

/// <summary>A due date with its reasons.</summary>
/// <param name="Policy">The policy's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Source">The article it comes from.</param>
/// <param name="OperatorDefault">Whether no law fixes it.</param>
/// <param name="From">Counted from.</param>
/// <param name="Due">The last day.</param>
/// <param name="OverAt">When that day is over, UTC.</param>
/// <param name="Why">The steps.</param>
public sealed record DeadlineView(
    string Policy,
    string Name,
    string Source,
    bool OperatorDefault,
    DateOnly From,
    DateOnly Due,
    DateTimeOffset OverAt,
    IReadOnlyList<WhyStep> Why)
{
    public static DeadlineView Of(Deadline deadline, RuleSet rules)
    {
        var policy = rules.Policies[deadline.Policy];
        return new DeadlineView(
            policy.Id, policy.Name, policy.Source, policy.OperatorDefault, deadline.From, deadline.Date, deadline.At, deadline.Why);
    }
}
