using Microsoft.Extensions.Logging;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>What happens to one flow within a batch.</summary>
internal sealed partial class EngineLoop
{
    private const string WaitsForStart = "start";

    public FlowDefinition? Newest(string flow) => flows.Newest(flow);

    public bool HasActivity(string name) => runner.Has(name);

    public SendOutcome OutcomeOf(string id, string commandId, IReadOnlyList<FlowEventRecord> before)
    {
        if (before.Any(action => action is { Kind: EventKind.Sent, Number: 0 }
            && action.Key == id && action.Text == commandId))
        {
            return SendOutcome.Repeated;
        }

        if (Entry(id) is not { } entry)
        {
            return before.Any(action => action.Kind == EventKind.FlowStarted && action.Key == id)
                ? SendOutcome.Accepted
                : SendOutcome.NotFound;
        }

        return entry.IsEnded ? SendOutcome.Ended
            : store.HasCommand(entry.Number, commandId) ? SendOutcome.Repeated
            : SendOutcome.Accepted;
    }

    public void Foreign(FlowExecution execution) => TryPost(new ForeignTouch(execution));

    public void StopForeign(FlowExecution execution)
    {
        if (Entry(execution.Id) is { State: FlowState.Running or FlowState.Suspended } entry
            && entry.Execution == execution)
        {
            execution.StopForeign();
            Block(entry, execution.Incident!, execution.Cause);
        }
    }

    private FlowEntry Begin(
        FlowDefinition definition, string id, byte[] data, string? starter = null, byte[]? tags = null, long at = 0)
    {
        var entry = new FlowEntry
        {
            Number = ++lastFlow,
            Id = id,
            Definition = definition.Name,
            Version = definition.Version,
            Created = moment,
            Updated = moment,
            Starter = starter,
            Tags = tags,
        };
        Add(entry);
        Put(entry, new FlowEventRecord(EventKind.Started, Name: definition.Name, Data: data));
        if (at > moment)
        {
            Stand(entry, WaitsForStart, at, isAwake: false);
        }
        else
        {
            MarkReady(entry);
        }

        return entry;
    }

    private void Put(FlowEntry entry, FlowEventRecord content)
    {
        var item = new InboxItem(content);
        entry.Inbox.AddLast(item);
        entry.Unstored.Add(item);
        Touch(entry);
    }

    private void Accept(FlowEntry entry, string commandId, string name, byte[] data)
    {
        Put(entry, new FlowEventRecord(EventKind.Command, Moment: moment, Name: name, Key: commandId, Data: data));
        entry.HasCommands = true;
        if (entry.WaitsFor is "command" or "command or date")
        {
            MarkReady(entry);
        }
    }

    private void RunEpisode(FlowEntry entry)
    {
        Touch(entry);
        if (entry.Execution is null && Awaken(entry) is { } problem)
        {
            Block(entry, problem.Incident, problem.Cause);
            return;
        }

        var execution = entry.Execution!;
        execution.RunEpisode(moment, entry.Inbox);
        if (execution.Incident is null && options.VerifyReplay)
        {
            Verify(entry, execution);
        }

        if (execution.Incident is { } incident)
        {
            if (execution.Unreadable is not { } unreadable || !GiveUp(entry, unreadable, incident))
            {
                Block(entry, incident, execution.Cause);
            }

            return;
        }

        Record(entry, execution);
    }

    /// <summary>Brings a flow's code to where its history ends; gives what stands in the way.</summary>
    private (string Incident, Exception? Cause)? Awaken(FlowEntry entry)
    {
        if (entry.Damage is { } damage)
        {
            return (damage, null);
        }

        if (flows.Find(entry.Definition, entry.Version) is not { } definition)
        {
            return (FormattableString.Invariant($"No flow is called {entry.Definition} with version {entry.Version}."), null);
        }

        telemetry.Replayed();
        var execution = new FlowExecution(entry.Id, definition, this);
        var largest = 0L;
        try
        {
            execution.Replay(store.Episodes(entry.Number).Select(episode =>
            {
                largest = Math.Max(largest, episode.Events.Sum(item => (long)(item.Data?.Length ?? 0)));
                return episode;
            }));
        }
        catch (InvalidDataException damaged)
        {
            return (damaged.Message, damaged);
        }

        if (execution.Incident is { } incident)
        {
            return (incident, execution.Cause);
        }

        entry.Execution = execution;
        entry.CodeBytes = 2 * largest;
        return null;
    }

    private void Verify(FlowEntry entry, FlowExecution execution)
    {
        var again = new FlowExecution(entry.Id, flows.Find(entry.Definition, entry.Version)!, this);
        again.Replay(store.Episodes(entry.Number)
            .Append(new Episode(moment, execution.EpisodeEvents)));
        if (again.Incident is not null || again.Standing() != execution.Standing())
        {
            execution.StopUnlike(again);
        }
    }

    private void Block(FlowEntry entry, string incident, Exception? cause)
    {
        foreach (var item in entry.Inbox)
        {
            item.IsTaken = false;
        }

        entry.Execution = null;
        entry.State = FlowState.Blocked;
        entry.Incident = incident;
        entry.WaitsFor = null;
        entry.Due = null;
        entry.Updated = moment;
        entry.IsDirty = true;
        Touch(entry);
        LogAfter(LogLevel.Error, cause, "Flow {Flow} {Id} is blocked: {Incident}", entry.Definition, entry.Id, incident);
    }

    /// <summary>Writes what the step recorded and does what it asked for.</summary>
    private void Record(FlowEntry entry, FlowExecution execution)
    {
        foreach (var item in execution.Taken)
        {
            entry.Inbox.Remove(item);
            if (item.Place > 0)
            {
                store.DeleteInbox(entry.Number, item.Place);
            }
        }

        var events = execution.EpisodeEvents;
        if (events.Count > 0)
        {
            var size = store.AddEpisode(entry, moment, events);
            bytes += size;
            entry.CodeBytes = Math.Max(entry.CodeBytes, 2 * size);
            entry.Updated = moment;
            if (execution.Recorded >= Limits.EventsWarning && execution.Recorded - events.Count < Limits.EventsWarning)
            {
                LogAfter(LogLevel.Warning, null, "Flow {Flow} {Id} has recorded {Count} events; it blocks at {Max}",
                    entry.Definition, entry.Id, execution.Recorded, Limits.EventsMax);
            }
        }

        foreach (var action in events)
        {
            Do(entry, action);
        }

        foreach (var (template, values) in execution.Lines)
        {
            LogAfter(LogLevel.Information, null, template, values);
        }

        if (execution.StatusData is not null && execution.StatusData != entry.Status)
        {
            entry.Status = execution.StatusData;
            entry.IsDirty = true;
        }

        if (execution.RestartData is not null)
        {
            Restart(entry, execution.RestartData);
        }
        else if (execution.IsCompleted)
        {
            entry.Kept = events[^1].Payload;
            End(entry, FlowState.Completed, execution.ResultData, null);
        }
        else
        {
            Stand(entry, execution.WaitsFor(), execution.Until, execution.Pending.Count > 0);
            if (execution.WaitsForCommand && entry.Inbox.Count > 0)
            {
                // The step sent itself a command, after its wait had looked.
                MarkReady(entry);
            }
        }
    }

    private void Do(FlowEntry entry, FlowEventRecord action)
    {
        switch (action.Kind)
        {
            case EventKind.Called:
                var job = new CallJob(entry.Number, entry.Generation, action) { FlowId = entry.Id };
                afterCommit.Add(() =>
                {
                    Remember(job);
                    Dispatch(job);
                });
                break;
            case EventKind.FlowStarted when Entry(action.Key!) is null:
                Begin(flows.Newest(action.Name!)!, action.Key!, action.Data!, entry.Id);
                break;
            case EventKind.Sent when Codes.Outcome(action.Number) == SendOutcome.Accepted:
                var other = Entry(action.Key!)!;
                store.AddCommand(other.Number, action.Text!);
                Accept(other, action.Text!, action.Name!, action.Data!);
                break;
            default:
                break;
        }
    }

    private static void Stand(FlowEntry entry, string? waitsFor, long? due, bool isAwake)
    {
        if (entry.WaitsFor != waitsFor || entry.Due != due || entry.IsAwake != isAwake)
        {
            entry.WaitsFor = waitsFor;
            entry.Due = due;
            entry.IsAwake = isAwake;
            entry.IsDirty = true;
        }
    }

    private void Restart(FlowEntry entry, byte[] data)
    {
        // What reached the old generation and was not read is nothing to the next; commands are.
        foreach (var item in entry.Inbox.Where(item => item.Content.Kind != EventKind.Command).ToList())
        {
            entry.Inbox.Remove(item);
            entry.Unstored.Remove(item);
            if (item.Place > 0)
            {
                store.DeleteInbox(entry.Number, item.Place);
            }
        }

        store.DeleteHistory(entry.Number);
        if (entry.Payloads > 0)
        {
            store.DeletePayloads(
                entry, entry.Inbox.Select(item => item.Content).Concat(store.DeadOf(entry.Number).Select(letter => letter.Content)));
        }

        DropCalls(entry);
        entry.Kept = 0;
        entry.Generation++;
        entry.Episodes = 0;
        entry.Execution = null;
        entry.IsDirty = true;
        Stand(entry, null, null, isAwake: false);
        Put(entry, new FlowEventRecord(EventKind.Restarted, Name: entry.Definition, Data: data));
        MarkReady(entry);
    }

    private void End(FlowEntry entry, FlowState state, byte[]? result, string? incident)
    {
        Touch(entry);
        DropCalls(entry);
        if (entry.Inbox.Any(item => item.Place > 0))
        {
            store.ClearInbox(entry.Number);
        }

        foreach (var unread in entry.Inbox.Where(item => item.Content.Payload > 0))
        {
            store.DeletePayload(entry.Number, unread.Content.Payload);
        }

        if (entry.HasCommands)
        {
            store.ClearCommands(entry.Number);
        }

        entry.Inbox.Clear();
        entry.Unstored.Clear();
        entry.Execution = null;
        entry.State = state;
        entry.Result = result;
        entry.Incident = incident;
        entry.Updated = moment;
        entry.IsDirty = true;
        Stand(entry, null, null, isAwake: false);
        afterCommit.Add(() =>
        {
            if (resultWaiters.Remove(entry.Id, out var waiters))
            {
                var info = Info(entry);
                waiters.ForEach(waiter => waiter.TrySetResult(info));
            }
        });
    }

    private static FlowInfo Info(FlowEntry entry) => new(
        entry.Id,
        entry.Definition,
        entry.Version,
        entry.State,
        Codes.Time(entry.Created),
        Codes.Time(entry.Updated),
        entry.WaitsFor,
        entry.Due is { } due ? Codes.Time(due) : null,
        StoreReader.Json(entry.Status),
        StoreReader.Json(entry.Result),
        entry.Incident,
        entry.Starter,
        Tags.Shown(entry.Tags));
}
