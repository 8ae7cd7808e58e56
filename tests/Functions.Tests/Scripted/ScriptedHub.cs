using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Workflows.Engine;

namespace Workflows.Functions.Tests.Scripted;

/// <summary>
/// A task hub on a clock that skips: it keeps histories, runs every orchestration again from its beginning at each
/// episode, runs activities, fires timers, and gets wrong what its <see cref="Disorder"/> says.
/// </summary>
internal sealed class ScriptedHub(VirtualClock clock)
{
    /// <summary>While an activity waits on the clock, the clock goes on in such steps.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, ScriptedInstance> instances = [];
    private readonly PriorityQueue<Due, (long Ticks, long Order)> queue = new();
    private readonly List<Running> running = [];
    private long order;

    public Disorder Disorder { get; set; } = new();

    /// <summary>Runs an orchestration by its name.</summary>
    public required Func<string, TaskOrchestrationContext, Task<JsonElement>> Orchestrator { get; init; }

    /// <summary>Runs an activity by its name.</summary>
    public required Func<string, JsonElement, Task<JsonElement>> Activity { get; init; }

    /// <summary>Every activity that was run, in order.</summary>
    public List<string> Runs { get; } = [];

    public DateTimeOffset Now => clock.GetUtcNow();

    public ScriptedInstance? Find(string id) => instances.GetValueOrDefault(id);

    /// <summary>The platform forgets an instance.</summary>
    public void Lose(string id) => instances.Remove(id);

    public void Create(string id, string name, string input, DateTimeOffset at)
    {
        var instance = new ScriptedInstance(id, name, Now) { Input = input, Execution = checked((int)++order) };
        instances[id] = instance;
        Enqueue(at, new Due.Message(instance, instance.Execution, new Recorded.Started(input)));
    }

    public void Raise(ScriptedInstance instance, string name, string payload)
    {
        foreach (var late in Disorder.Pokes())
        {
            Enqueue(Now + late, new Due.Message(instance, null, new Recorded.EventRaised(name, payload)));
        }
    }

    /// <summary>Does all that is due until a moment; afterwards the clock shows it.</summary>
    public void RunUntil(DateTimeOffset until)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (true)
            {
                RunDue();
                var next = queue.TryPeek(out _, out var at) ? new DateTimeOffset(at.Ticks, TimeSpan.Zero) : DateTimeOffset.MaxValue;
                if (running.Count > 0 && Now + Tick < next)
                {
                    next = Now + Tick;
                }

                if (next > until && Now >= until)
                {
                    break;
                }

                // On the way the clock may fire timers of its own, which raise pokes.
                var stop = next < until ? next : until;
                clock.Set(stop > Now ? stop : Now);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private void RunDue()
    {
        while (true)
        {
            Settle();
            var messages = new List<Due.Message>();
            while (queue.TryPeek(out var due, out var at) && at.Ticks <= Now.UtcTicks)
            {
                queue.Dequeue();
                if (due is Due.Message message)
                {
                    messages.Add(message);
                }
                else if (due is Due.Call call)
                {
                    Runs.Add(call.Name);
                    running.Add(new Running(call, Activity(call.Name, JsonSerializer.Deserialize<JsonElement>(call.Input, ScriptedContext.Json))));
                }
            }

            if (messages.Count == 0)
            {
                if (running.TrueForAll(call => !call.Work.IsCompleted))
                {
                    return;
                }

                continue;
            }

            foreach (var instance in messages.Select(message => message.Instance).Distinct())
            {
                Deliver(instance, [.. messages.Where(message => message.Instance == instance)]);
            }
        }
    }

    /// <summary>Activities that have come to an end tell their orchestrations.</summary>
    private void Settle()
    {
        for (var index = 0; index < running.Count; index++)
        {
            var (call, work) = running[index];
            if (work.IsCompleted)
            {
                running.RemoveAt(index--);
                Recorded said = work.IsCompletedSuccessfully
                    ? new Recorded.TaskCompleted(call.Id, JsonSerializer.Serialize(work.Result, ScriptedContext.Json))
                    : new Recorded.TaskFailed(call.Id, work.Exception!.InnerException!.Message);
                Enqueue(Now, new Due.Message(call.Instance, call.Execution, said));
            }
        }
    }

    private void Deliver(ScriptedInstance instance, List<Due.Message> waiting)
    {
        waiting.RemoveAll(message => message.Execution is { } execution && execution != instance.Execution);
        if (waiting.Count == 0 || instance.IsEnded || instances.GetValueOrDefault(instance.Id) != instance)
        {
            return;
        }

        if (instance.Status == OrchestrationRuntimeStatus.Suspended)
        {
            foreach (var message in waiting)
            {
                Enqueue(Now + TimeSpan.FromSeconds(1), message);
            }

            return;
        }

        // An event that comes before the start was picked up is deleted: that is how the real platform loses them.
        var begins = waiting.Find(message => message.Content is Recorded.Started);
        if (instance.History.Count == 0 && begins is null)
        {
            return;
        }

        var batch = begins is not null ? [begins] : Disorder.Batch(waiting);
        foreach (var later in waiting.Except(batch).Where(_ => begins is null))
        {
            Enqueue(Now + TimeSpan.FromMilliseconds(50), later);
        }

        Episode(instance, batch.Select(message => message.Content));
    }

    private void Episode(ScriptedInstance instance, IEnumerable<Recorded> contents)
    {
        instance.Status = OrchestrationRuntimeStatus.Running;
        instance.History.Add(new Recorded.EpisodeStarted(Now.UtcDateTime));
        instance.History.AddRange(contents);
        var context = new ScriptedContext(instance.Id, instance.Name, instance.History);
        context.Run(start => Orchestrator(instance.Name, start));
        instance.CustomStatus = context.CustomStatus ?? instance.CustomStatus;
        instance.History.AddRange(context.Actions);
        if (context.IsHeldOpen)
        {
            throw new InvalidOperationException($"{instance.Id} has ended with a task or a timer open, so the platform keeps it running.");
        }

        if (context.HasEnded)
        {
            End(instance, context);
            return;
        }

        foreach (var action in context.Actions)
        {
            Dispatch(instance, action);
        }
    }

    private void Dispatch(ScriptedInstance instance, Recorded action)
    {
        switch (action)
        {
            case Recorded.TaskScheduled task:
                foreach (var late in Disorder.Runs())
                {
                    Enqueue(Now + late, new Due.Call(instance, instance.Execution, task.Id, task.Name, task.Input));
                }

                break;
            case Recorded.TimerCreated timer:
                var at = new DateTimeOffset(timer.FireAt, TimeSpan.Zero) + Disorder.Timer();
                Enqueue(at > Now ? at : Now, new Due.Message(instance, instance.Execution, new Recorded.TimerFired(timer.Id)));
                break;
            default:
                throw new InvalidOperationException($"{action} is no action.");
        }
    }

    private void End(ScriptedInstance instance, ScriptedContext context)
    {
        if (context.Code.IsFaulted)
        {
            instance.Status = OrchestrationRuntimeStatus.Failed;
            instance.Failure = context.Code.Exception!.InnerException!.Message;
            instance.Output = context.Code.Exception.InnerException.ToString();
        }
        else if (context.NextInput is { } input)
        {
            instance.History = [];
            instance.Execution = checked((int)++order);
            instance.Restarts++;
            instance.Input = input;
            Enqueue(Now, new Due.Message(instance, instance.Execution, new Recorded.Started(input)));
        }
        else
        {
            instance.Status = OrchestrationRuntimeStatus.Completed;
            instance.Output = JsonSerializer.Serialize(context.Code.Result, ScriptedContext.Json);
        }
    }

    private void Enqueue(DateTimeOffset at, Due due) => queue.Enqueue(due, (at.UtcTicks, ++order));

    private abstract record Due
    {
        public sealed record Message(ScriptedInstance Instance, int? Execution, Recorded Content) : Due;

        public sealed record Call(ScriptedInstance Instance, int Execution, int Id, string Name, string Input) : Due;
    }

    private sealed record Running(Due.Call Call, Task<JsonElement> Work);
}
