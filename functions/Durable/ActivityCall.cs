using System.Text.Json;
using Workflows.Activities.Flows;
using Workflows.Orchestrations.Durable;

namespace Workflows.Functions.Durable;

/// <summary>A request on its way to an activity function.</summary>
/// <param name="Flow">Who asks.</param>
/// <param name="Key">The request's idempotency key; the platform has none of its own.</param>
/// <param name="Timeout">One attempt is given up after this time; zero or less waits without end.</param>
/// <param name="Request">What is asked.</param>
public sealed record ActivityCall(string Flow, string Key, TimeSpan Timeout, JsonElement Request);

/// <summary>One attempt failed. Only the message reaches the flow, so the type's name is part of it.</summary>
public sealed class AttemptFailedException(string reason, Exception? cause = null) : Exception(reason, cause);

/// <summary>Carries out one attempt of a call.</summary>
public sealed class ActivityRunner(ActivityTable activities, TimeProvider time)
{
    private const int ReasonCharactersMax = 2_000;

    /// <exception cref="AttemptFailedException">Not this time; the call's retry policy decides.</exception>
    public async Task<JsonElement> Run(string name, JsonElement call)
    {
        var asked = Plain.Of(call).Deserialize<ActivityCall>(Wire.Options) ?? throw new AttemptFailedException("Nothing was asked.");
        var timeout = asked.Timeout;
        using var cancellation = timeout > TimeSpan.Zero && timeout.TotalMilliseconds < int.MaxValue
            ? new CancellationTokenSource(timeout, time)
            : new CancellationTokenSource();
        try
        {
            var answer = await activities.Run(name, Wire.Write(asked.Request), cancellation.Token).WaitAsync(cancellation.Token);
            return FlowLimits.PayloadProblem($"The result of {name}", answer) is { } problem
                ? throw new AttemptFailedException(problem)
                : JsonSerializer.Deserialize<JsonElement>(answer, Wire.Options);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new AttemptFailedException(FormattableString.Invariant($"No answer within {timeout}."));
        }
        catch (Exception failure) when (failure is not AttemptFailedException)
        {
            var reason = $"{failure.GetType().Name}: {failure.Message}";
            throw new AttemptFailedException(reason.Length <= ReasonCharactersMax ? reason : reason[..ReasonCharactersMax], failure);
        }
    }
}
