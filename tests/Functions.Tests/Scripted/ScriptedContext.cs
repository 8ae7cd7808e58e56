using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Workflows.Functions.Tests.Scripted;

/// <summary>
/// An orchestration run again from its beginning over its whole history, as the platform does at every episode: one
/// counter for all ids, each action compared with the recorded one, no end while a task or a timer is open.
/// </summary>
internal sealed class ScriptedContext(string id, string name, IReadOnlyList<Recorded> history) : TaskOrchestrationContext
{
    /// <summary>As the platform's own converter: fields too, and everything but ASCII escaped.</summary>
    public static readonly JsonSerializerOptions Json = new() { IncludeFields = true };

    private readonly Queue<(SendOrPostCallback Callback, object? State)> posted = new();
    private readonly Dictionary<int, TaskCompletionSource<string>> tasks = [];
    private readonly Dictionary<int, TaskCompletionSource> timers = [];
    private readonly Stack<TaskCompletionSource<string>> waiters = [];
    private readonly Queue<string> buffered = [];
    private readonly Dictionary<int, Recorded> recorded = history
        .Where(said => said is Recorded.TaskScheduled or Recorded.TimerCreated)
        .ToDictionary(said => said switch { Recorded.TaskScheduled task => task.Id, Recorded.TimerCreated timer => timer.Id, _ => -1 });

    private string input = "null";
    private DateTime now;
    private bool isReplaying;
    private int nextId;
    private Task<JsonElement>? code;

    public override TaskName Name => name;

    public override string InstanceId => id;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => now;

    public override bool IsReplaying => isReplaying;

    /// <summary>What the code did beyond its history.</summary>
    public List<Recorded> Actions { get; } = [];

    public string? CustomStatus { get; private set; }

    public string? NextInput { get; private set; }

    public bool PreservesEvents { get; private set; }

    /// <summary>Whether the code has ended and nothing is open.</summary>
    public bool HasEnded => code is { IsCompleted: true } && tasks.Count == 0 && timers.Count == 0;

    /// <summary>Whether the code has ended with something open, which keeps the instance running.</summary>
    public bool IsHeldOpen => code is { IsCompleted: true } && !HasEnded;

    public Task<JsonElement> Code => code!;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public void Run(Func<TaskOrchestrationContext, Task<JsonElement>> orchestrator)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Pump(posted));
        try
        {
            var last = LastEpisode();
            for (var index = 0; index < history.Count; index++)
            {
                isReplaying = index < last;
                Feed(history[index], orchestrator);
                while (posted.TryDequeue(out var next))
                {
                    next.Callback(next.State);
                }
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }

        // Code that ended by what a test must see is no incident of the flow.
        if (code?.Exception?.InnerException is NonDeterminismException differs)
        {
            throw differs;
        }
    }

    public override T? GetInput<T>()
        where T : default => JsonSerializer.Deserialize<T>(input, Json);

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        var data = JsonSerializer.Serialize(input, Json);
        var policy = options?.Retry?.Policy;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return JsonSerializer.Deserialize<TResult>(await Schedule(name, data), Json)!;
            }
            catch (TaskFailedException) when (policy is not null)
            {
                // The platform sets a timer of no length after the last attempt too.
                var isLast = attempt == policy.MaxNumberOfAttempts;
                var seconds = policy.FirstRetryInterval.TotalSeconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
                var wait = TimeSpan.FromSeconds(Math.Min(seconds, policy.MaxRetryInterval.TotalSeconds));
                await CreateTimer(isLast ? now : now + wait, CancellationToken.None);
                if (isLast)
                {
                    throw;
                }
            }
        }
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var action = new Recorded.TimerCreated(nextId++, fireAt);
        Act(action.Id, action, said => said is Recorded.TimerCreated);
        var source = new TaskCompletionSource();
        timers.Add(action.Id, source);
        cancellationToken.Register(() =>
        {
            timers.Remove(action.Id);
            source.TrySetCanceled(cancellationToken);
        });
        return source.Task;
    }

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        if (!buffered.TryDequeue(out var payload))
        {
            var waiter = new TaskCompletionSource<string>();
            waiters.Push(waiter);
            payload = await waiter.Task;
        }

        return JsonSerializer.Deserialize<T>(payload, Json)!;
    }

    public override void SetCustomStatus(object? customStatus) => CustomStatus = JsonSerializer.Serialize(customStatus, Json);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        NextInput = JsonSerializer.Serialize(newInput, Json);
        PreservesEvents = preserveUnprocessedEvents;
    }

    public override ILogger CreateReplaySafeLogger(string categoryName) => NullLogger.Instance;

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();

    private void Feed(Recorded said, Func<TaskOrchestrationContext, Task<JsonElement>> orchestrator)
    {
        switch (said)
        {
            case Recorded.EpisodeStarted episode:
                now = episode.At;
                break;
            case Recorded.Started started:
                input = started.Input;
                code = orchestrator(this);
                break;
            case Recorded.TaskCompleted completed when tasks.Remove(completed.Id, out var task):
                task.SetResult(completed.Result);
                break;
            case Recorded.TaskFailed failed when tasks.Remove(failed.Id, out var task):
                task.SetException(new TaskFailedException(
                    NameOf(failed.Id), failed.Id, new TaskFailureDetails("(unknown)", failed.Message, null, null, null)));
                break;
            case Recorded.TimerFired fired when timers.Remove(fired.Id, out var timer):
                timer.SetResult();
                break;
            case Recorded.EventRaised raised:
                if (waiters.TryPop(out var waiter))
                {
                    waiter.SetResult(raised.Payload);
                }
                else
                {
                    buffered.Enqueue(raised.Payload);
                }

                break;
            default:
                // Actions are compared when the code acts; a completion that nobody waits for is ignored.
                break;
        }
    }

    private string NameOf(int task) => recorded.GetValueOrDefault(task) is Recorded.TaskScheduled scheduled ? scheduled.Name : "?";

    private Task<string> Schedule(string name, string data)
    {
        var action = new Recorded.TaskScheduled(nextId++, name, data);
        Act(action.Id, action, said => said is Recorded.TaskScheduled scheduled && scheduled.Name == name);
        var source = new TaskCompletionSource<string>();
        tasks.Add(action.Id, source);
        return source.Task;
    }

    private void Act(int id, Recorded action, Func<Recorded, bool> isSame)
    {
        if (recorded.TryGetValue(id, out var said))
        {
            if (!isSame(said))
            {
                throw new NonDeterminismException(said.ToString()!, action.ToString()!);
            }
        }
        else if (isReplaying)
        {
            throw new NonDeterminismException("nothing", action.ToString()!);
        }
        else
        {
            Actions.Add(action);
        }
    }

    private int LastEpisode()
    {
        for (var index = history.Count - 1; index > 0; index--)
        {
            if (history[index] is Recorded.EpisodeStarted)
            {
                return index;
            }
        }

        return 0;
    }

    private sealed class Pump(Queue<(SendOrPostCallback, object?)> posted) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => posted.Enqueue((d, state));

        public override SynchronizationContext CreateCopy() => this;
    }
}
