using Workflows.Engine.Operations;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>A call that the outside still owes an answer.</summary>
internal sealed class CallJob(long flow, int generation, FlowEventRecord called)
{
    public required string FlowId { get; init; }

    public long Flow { get; } = flow;

    public int Generation { get; } = generation;

    /// <summary>As the history holds it.</summary>
    public FlowEventRecord Called { get; } = called;

    public int Number { get; } = called.Number;

    public string Name { get; } = called.Name!;

    public string Key { get; } = called.Key!;

    public byte[] Request { get; } = called.Data!;

    public Retry Retry { get; } = called.Retry ?? Retry.Standard;

    /// <summary>The attempt that runs or comes next, from 1.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>When the next attempt comes; 0 while one runs or waits for a slot.</summary>
    public long Due { get; set; }

    /// <summary>When the next attempt comes if this one failed now; null when it was the last.</summary>
    public long? DueAfter(long moment)
    {
        try
        {
            return Retry.WaitAfter(Attempt) is { } wait
                ? moment + Math.Clamp(wait.Ticks, 0, DateTimeOffset.MaxValue.UtcTicks - moment)
                : null;
        }
        catch (Exception absurd) when (absurd is OverflowException or ArgumentException)
        {
            // Longer than any clock counts.
            return DateTimeOffset.MaxValue.UtcTicks;
        }
    }

    /// <summary>The process died more than once while it was open, so it runs alone among its like.</summary>
    public bool IsSuspect { get; set; }

    /// <summary>Another one of the same flow.</summary>
    public CallJob? Other { get; set; }
}

/// <summary>How one attempt ended: with a result, with an error, or because nobody here can run it.</summary>
internal sealed record CallOutcome(CallJob Job, byte[]? Result, string? Error, bool IsUnknown = false);

/// <summary>Runs attempts on the thread pool, a limited number at once, and reports each exactly once.</summary>
internal sealed class CallRunner(
    ActivityTable activities,
    TimeProvider time,
    int callsMax,
    EngineTelemetry telemetry,
    Action<CallOutcome> report,
    EngineSeam? seam,
    CancellationToken stop)
{
    private const int ReasonCharactersMax = 2_000;

    private readonly HashSet<string> names = new(activities.Names, StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly Queue<CallJob> waiting = new();
    private int running;

    /// <summary>Slots that are taken.</summary>
    public int Running => Volatile.Read(ref running);

    /// <summary>Attempts that wait for a free slot.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    public bool Has(string name) => names.Contains(name);

    public void Submit(CallJob job)
    {
        lock (gate)
        {
            if (running >= callsMax)
            {
                waiting.Enqueue(job);
                return;
            }

            running++;
        }

        Queue(job);
    }

    private void Queue(CallJob job)
    {
        if (seam is not null)
        {
            seam.Dispatch(job, () => _ = Run(job));
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static work => _ = work.Runner.Run(work.Job), (Runner: this, Job: job), false);
    }

    private async Task Run(CallJob job)
    {
        // One slot works on until nothing waits, which saves a turn through the pool.
        for (CallJob? next = job; next is not null; next = Following())
        {
            var span = telemetry.CallBegins(next);
            var outcome = await Attempt(next).ConfigureAwait(false);
            telemetry.CallEnds(span, outcome);
            if (!stop.IsCancellationRequested)
            {
                report(outcome);
            }

            if (seam is not null)
            {
                if (Following() is { } after)
                {
                    Queue(after);
                }

                return;
            }
        }
    }

    private CallJob? Following()
    {
        lock (gate)
        {
            if (!stop.IsCancellationRequested && waiting.TryDequeue(out var next))
            {
                return next;
            }

            running--;
            return null;
        }
    }

    private async Task<CallOutcome> Attempt(CallJob job)
    {
        if (!names.Contains(job.Name))
        {
            return new CallOutcome(job, null, null, IsUnknown: true);
        }

        var timeout = job.Retry.Timeout;
        using var cancellation = timeout > TimeSpan.Zero && timeout.TotalMilliseconds < int.MaxValue
            ? new CancellationTokenSource(timeout, time)
            : new CancellationTokenSource();
        try
        {
            using var stopping = stop.UnsafeRegister(
                static source => ((CancellationTokenSource)source!).Cancel(), cancellation);
            var answer = activities.Run(job.Name, job.Request, cancellation.Token);

            // Given up even when the handler does not listen; what it says later is lost, and it may be asked again.
            var result = answer.IsCompletedSuccessfully
                ? answer.Result
                : await answer.WaitAsync(cancellation.Token).ConfigureAwait(false);
            return Limits.PayloadProblem($"The result of {job.Name}", result) is { } problem
                ? new CallOutcome(job, null, problem)
                : new CallOutcome(job, result, null);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new CallOutcome(job, null, FormattableString.Invariant($"No answer within {timeout}."));
        }
#pragma warning disable CA1031 // A handler may throw anything; the retry policy decides.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var reason = $"{failure.GetType().Name}: {failure.Message}";
            return new CallOutcome(job, null, reason.Length <= ReasonCharactersMax ? reason : reason[..ReasonCharactersMax]);
        }
    }
}
