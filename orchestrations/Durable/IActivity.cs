namespace Workflows.Orchestrations.Durable;

/// <summary>
/// A request to the outside. It may be carried out more than once, so it says which time this is: a handler that meets
/// a <see cref="Key"/> again does nothing the second time and gives the same answer.
/// </summary>
/// <typeparam name="TResult">What comes back. An expected refusal is a result, not an exception.</typeparam>
public interface IActivity<TResult>
{
    /// <summary>Stable over all attempts and replays of the same request. Derived from the other members; not in the JSON.</summary>
    string Key { get; }
}

/// <summary>Carries out one kind of request.</summary>
public interface IActivityHandler<TRequest, TResult>
    where TRequest : IActivity<TResult>
{
    /// <summary>Does it, idempotently by the request's key. Throws when it could not be done this time.</summary>
    Task<TResult> Run(TRequest request, CancellationToken cancellation);
}

/// <summary>How often a call is tried before it counts as failed, and how long to wait in between.</summary>
/// <param name="AttemptsMax">At least 1; counts the first attempt.</param>
/// <param name="FirstWait">Before the second attempt.</param>
/// <param name="Factor">Each further wait is this many times the one before; at least 1.</param>
/// <param name="LongestWait">No wait is longer.</param>
/// <param name="Timeout">One attempt is given up after this time.</param>
public sealed record Retry(int AttemptsMax, TimeSpan FirstWait, double Factor, TimeSpan LongestWait, TimeSpan Timeout)
{
    /// <summary>Six attempts over about ten minutes: 1 s, 5 s, 25 s, 125 s, 300 s apart; a minute each.</summary>
    public static Retry Standard { get; } =
        new(6, TimeSpan.FromSeconds(1), 5, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1));

    /// <summary>The wait after the given failed attempt (1 for the first), or null when that was the last.</summary>
    public TimeSpan? WaitAfter(int attempt)
    {
        if (attempt >= AttemptsMax)
        {
            return null;
        }

        var seconds = FirstWait.TotalSeconds * Math.Pow(Factor, attempt - 1);
        return TimeSpan.FromSeconds(Math.Min(seconds, LongestWait.TotalSeconds));
    }
}

/// <summary>The last allowed attempt of a call failed. A decider gets it as a fact.</summary>
public sealed class ActivityFailedException(string activity, string key, int attempts, string reason)
    : Exception($"{activity} {key} failed after {attempts} attempts: {reason}")
{
    public string Activity { get; } = activity;

    public string Key { get; } = key;

    public int Attempts { get; } = attempts;

    public string Reason { get; } = reason;
}

/// <summary>No rule set has this address: the flow stops where it stands until somebody brings it back.</summary>
public sealed class RulesMissingException(string version, Type rules)
    : Exception($"No rule set {version} with {rules.Name} is held here.");

/// <summary>Where a host finds rule sets. Content-addressed: an address never changes its content.</summary>
public interface IRuleShelf
{
    /// <summary>The rule set, loaded if need be.</summary>
    /// <exception cref="RulesMissingException">Nothing is stored under the address.</exception>
    TRules Get<TRules>(string version)
        where TRules : class;
}
