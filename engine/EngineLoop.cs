using Microsoft.Extensions.Logging;
using Workflows.Engine.Operations;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>
/// The engine's one thread: it takes what came in, runs the flows that it reaches, writes all of it in one commit, and
/// only then answers callers and lets calls go out. Here is the turning of the loop; the other parts hold what a batch
/// does.
/// </summary>
internal sealed partial class EngineLoop : IExecutionHost, IDisposable
{
    private readonly EngineOptions options;
    private readonly FlowTable flows;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly EngineStore store;
    private readonly EngineTelemetry telemetry = new();
    private readonly CallRunner runner;
    private readonly Wheel wheel;
    private readonly TimeSpan heartbeat;
    private readonly ITimer? heart;
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread thread;
    private readonly Lock idleGate = new();
    private readonly List<TaskCompletionSource> idleWaiters = [];
    private readonly object gate = new();

    private List<EngineInput> queue = [];
    private List<EngineInput> inputs = [];
    private Exception? ending;
    private long commits;
    private int failures;
    private bool isStale;
    private bool isParked;
    private bool isOver;
    private long lastMoment;

    public EngineLoop(
        EngineOptions options, FlowTable flows, ActivityTable activities, IRuleShelf rules, TimeProvider time, ILogger logger)
    {
        this.options = options;
        this.flows = flows;
        this.time = time;
        this.logger = logger;
        Rules = rules;
        store = new EngineStore(options.File, options.CacheMegabytes);
        runner = new CallRunner(
            activities,
            time,
            options.CallsMax,
            telemetry,
            outcome => TryPost(new CallEnded(outcome)),
            options.Seam,
            stop.Token);
        wheel = new Wheel(time, () => TryPost(new DateCame()));
        heartbeat = options.Heartbeat ?? (time is VirtualClock ? TimeSpan.Zero : EngineOptions.HeartbeatUsual);
        if (heartbeat > TimeSpan.Zero)
        {
            heart = time.CreateTimer(_ => TryPost(new HeartbeatCame()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        lastMoment = store.LastMoment();
        thread = new Thread(Turn) { IsBackground = true, Name = "Workflows engine" };
    }

    public IRuleShelf Rules { get; }

    /// <summary>UTC ticks of the newest commit; 0 in a fresh file.</summary>
    public long LastMoment => Interlocked.Read(ref lastMoment);

    public int CallsWaiting => runner.Waiting;

    public EngineTelemetry Telemetry => telemetry;

    /// <summary>Counts for gauges; read from any thread, so a moment old.</summary>
    public int InputsQueued => queue.Count;

    public int FlowsReady => ready.Count;

    public int FlowsResident => byNumber.Count;

    /// <summary>Null while it runs.</summary>
    public Exception? Ending => Volatile.Read(ref ending);

    public void Watch(Func<long> blocked, Func<long> deadLetters) => telemetry.Watch(this, runner, blocked, deadLetters);

    public Task Start()
    {
        if (options.Seam is { } seam)
        {
            seam.Opened(this, store.Connection);
            TurnOnce();
        }
        else
        {
            thread.Start();
        }

        return opened.Task;
    }

    /// <exception cref="ObjectDisposedException">The engine has stopped.</exception>
    public void Post(EngineInput input)
    {
        if (!TryPost(input))
        {
            throw new ObjectDisposedException("The engine has stopped: " + ending!.Message, ending);
        }
    }

    /// <summary>Waits for the present batch, then stops; what waits in memory is in the file or was never promised.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            ending ??= new ObjectDisposedException(nameof(EmbeddedEngine));
            Monitor.Pulse(gate);
        }

        stop.Cancel();
        if (thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            End(ending);
        }
        else
        {
            thread.Join();
        }

        wheel.Dispose();
        heart?.Dispose();
        stop.Dispose();
        telemetry.Dispose();
    }

    public Task WhenIdle(CancellationToken cancellation)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (idleGate)
        {
            idleWaiters.Add(waiter);
        }

        Post(new Request<bool>(_ => true));
        return waiter.Task.WaitAsync(cancellation);
    }

    /// <summary>False when the engine has stopped.</summary>
    public bool TryPost(EngineInput input)
    {
        lock (gate)
        {
            if (ending is not null)
            {
                return false;
            }

            queue.Add(input);
            isParked = false;
            if (queue.Count == 1)
            {
                Monitor.Pulse(gate);
            }

            return true;
        }
    }

    /// <summary>One turn of the thread on the caller's, the first of which opens; false when there is nothing to do.</summary>
    public bool TurnOnce()
    {
        var isWorking = true;
        var reason = ReasonToStop(() =>
        {
            if (!opened.Task.IsCompleted)
            {
                Recover();
                opened.SetResult();
            }
            else if (!isParked && TakeInputs())
            {
                Batch();
            }
            else
            {
                isWorking = false;
            }
        });
        if (reason is not null)
        {
            End(reason);
        }

        return isWorking && reason is null;
    }

    private void Turn() => End(ReasonToStop(() =>
    {
        Recover();
        opened.SetResult();
        while (TakeInputs())
        {
            Batch();
        }
    }) ?? ending!);

    private Exception? ReasonToStop(Action work)
    {
        try
        {
            work();
            return null;
        }
#pragma warning disable CA1031 // Whatever it is, those who wait must hear of it.
        catch (Exception fatal)
#pragma warning restore CA1031
        {
            if (fatal is not CrashException)
            {
                logger.LogCritical(fatal, "The engine has stopped");
            }

            return fatal;
        }
    }

    /// <summary>False when the engine ends.</summary>
    private bool TakeInputs()
    {
        lock (gate)
        {
            while (ending is null && queue.Count == 0 && inputs.Count == 0 && ready.Count == 0 && !isStale && !IsDue())
            {
                if (options.Seam is not null)
                {
                    isParked = true;
                    return false;
                }

                Monitor.Wait(gate);
            }

            if (ending is not null)
            {
                return false;
            }

            // The repeated ones of a failed batch are still there and come first.
            inputs.AddRange(queue);
            queue.Clear();
            return true;
        }
    }

    private bool IsDue() => nextDue <= time.GetUtcNow().UtcTicks;

    private void Batch()
    {
        try
        {
            if (isStale)
            {
                Reload();
                isStale = false;
            }

            store.Begin();
            Fill();
            if (wrote)
            {
                options.AtCommit?.Invoke(CommitPoint.Before, ++commits);
                var began = telemetry.CommitBegins();
                store.Commit(moment);
                telemetry.CommitEnds(began);
                Interlocked.Exchange(ref lastMoment, moment);
                options.AtCommit?.Invoke(CommitPoint.After, commits);
            }
            else
            {
                store.Rollback();
            }

            failures = 0;
        }
        catch (Exception failure) when (failure is not CrashException and not StoreOwnedException)
        {
            Fail(failure);
            return;
        }

        Publish();
        foreach (var input in inputs)
        {
            input.Committed(this);
        }

        inputs.Clear();
        Evict();
        wheel.Arm(nextDue);
        TellIdle();
    }

    /// <summary>Nothing was written, so nothing happened: memory goes back to what the file says.</summary>
    private void Fail(Exception failure)
    {
        logger.LogError(failure, "A commit failed; {Count} inputs are refused or repeated", inputs.Count);
        store.Rollback();
        Forget();
        isStale = true;
        foreach (var input in inputs.Where(input => !input.IsRepeated))
        {
            input.Failed(new IOException("The store could not be written: " + failure.Message, failure));
        }

        inputs.RemoveAll(input => !input.IsRepeated);
        failures = Math.Min(failures + 1, 10);
        lock (gate)
        {
            if (ending is null && queue.Count == 0 && options.Seam is null)
            {
                // The one wait by the clock: a store that fails is not asked again at once.
                Monitor.Wait(gate, TimeSpan.FromMilliseconds(5 << failures));
            }
        }
    }

    private void TellIdle()
    {
        if (ready.Count > 0 || activeCalls > 0 || IsDue())
        {
            return;
        }

        List<TaskCompletionSource> idle;
        lock (gate)
        {
            if (queue.Count > 0)
            {
                return;
            }

            lock (idleGate)
            {
                idle = [.. idleWaiters];
                idleWaiters.Clear();
            }
        }

        foreach (var waiter in idle)
        {
            waiter.TrySetResult();
        }
    }

    private void End(Exception reason)
    {
        if (isOver)
        {
            return;
        }

        isOver = true;
        List<EngineInput> left;
        bool isClosed;
        lock (gate)
        {
            isClosed = ReferenceEquals(reason, ending);
            ending ??= new ObjectDisposedException("The engine has stopped: " + reason.Message, reason);
            left = [.. inputs, .. queue];
            inputs.Clear();
            queue.Clear();
        }

        store.Rollback();
        if (isClosed)
        {
            store.CloseLease();
        }

        store.Dispose();
        opened.TrySetException(reason);
        foreach (var input in left)
        {
            input.Failed(reason);
        }

        lock (idleGate)
        {
            foreach (var waiter in idleWaiters)
            {
                waiter.TrySetException(reason);
            }

            idleWaiters.Clear();
        }

        foreach (var waiter in resultWaiters.Values.SelectMany(waiters => waiters))
        {
            waiter.TrySetException(reason);
        }
    }
}
