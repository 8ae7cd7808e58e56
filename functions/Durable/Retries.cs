using Microsoft.DurableTask;
using Workflows.Orchestrations.Durable;

namespace Workflows.Functions.Durable;

/// <summary>Our retries in the platform's words.</summary>
internal static class Retries
{
    /// <summary>The platform refuses a first wait of nothing.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    /// <summary>Every minute for about a day: a flow does not give up because its store was down for an afternoon.</summary>
    public static TaskOptions Patient { get; } = TaskOptions.FromRetryPolicy(
        new RetryPolicy(1_440, TimeSpan.FromSeconds(1), 2.0, TimeSpan.FromMinutes(1)));

    /// <summary>
    /// Null for a single attempt. The platform demands that the longest wait is no shorter than the first; ours cuts the
    /// first by the longest. It has no time limit of one attempt; that is in the call.
    /// </summary>
    public static TaskOptions? Of(Retry retry)
    {
        if (retry.AttemptsMax <= 1)
        {
            return null;
        }

        var longest = retry.LongestWait > ShortestWait ? retry.LongestWait : ShortestWait;
        var first = retry.FirstWait < longest ? retry.FirstWait : longest;
        return TaskOptions.FromRetryPolicy(new RetryPolicy(
            retry.AttemptsMax, first > ShortestWait ? first : ShortestWait, Math.Max(1, retry.Factor), longest));
    }
}
