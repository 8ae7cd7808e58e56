using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Cases;

/// <summary>
/// What a policy must satisfy before a case's clock may run by it. A flow would find out only when the clock starts,
/// or never, so the data are checked as a whole before.
/// </summary>
internal static class PolicyUse
{
    /// <summary>A clock that a case starts.</summary>
    /// <param name="file">The label of the file that names the policy.</param>
    /// <param name="path">Where it is named.</param>
    /// <param name="id">The policy.</param>
    /// <param name="policies">The policies there are.</param>
    /// <param name="errors">Where to add.</param>
    /// <param name="repeats">The end is said again and again until somebody acts, so the policy must say how often.</param>
    /// <param name="fromDate">The clock starts from a date without a time, so hours cannot be counted.</param>
    public static void Check(
        string file,
        string path,
        string id,
        PolicyBook policies,
        List<DataError> errors,
        bool repeats = false,
        bool fromDate = false)
    {
        if (!policies.TryGet(id, out var policy))
        {
            errors.Add(new(file, path, "unknown-policy", $"There is no policy {id}."));
            return;
        }

        if (policy.CountedBack)
        {
            errors.Add(new(file, path, "policy-back", $"{id} is counted back; a clock runs forward."));
        }

        if (policy.ValidTo is not null)
        {
            errors.Add(new(file, path, "policy-ends", $"{id} is valid to a day only; a case may start on any later one."));
        }

        if (repeats && policy.RepeatOverdue is null)
        {
            errors.Add(new(file, path, "no-repeat", $"{id} says its end once; here it must be said until somebody acts."));
        }

        if (fromDate && policy.Period.Unit == PeriodUnit.Hour)
        {
            errors.Add(new(file, path, "policy-hours", $"{id} is counted in hours; here it starts from a date."));
        }
    }
}
