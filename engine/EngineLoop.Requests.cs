using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>What clients and operators ask, within a batch.</summary>
internal sealed partial class EngineLoop
{
    private const int ManyInputs = 500;
    private const int SmallSlice = 20;
    private const int LargeSlice = 200;

    public StartOutcome Start(FlowDefinition definition, string id, byte[] data, StartOptions asked)
    {
        if (Entry(id) is { } old)
        {
            if (asked.WhenUsed == UsedId.Refuse || (asked.WhenUsed == UsedId.ReplaceEnded && !old.IsEnded))
            {
                return StartOutcome.Exists;
            }

            Remove(old);
        }

        Begin(definition, id, data, starter: null, Tags.Write(asked.Tags), asked.At?.UtcTicks ?? 0);
        return StartOutcome.Started;
    }

    public SendOutcome Send(string id, string commandId, string name, byte[] data)
    {
        if (Entry(id) is not { } entry)
        {
            return SendOutcome.NotFound;
        }

        if (entry.IsEnded)
        {
            return SendOutcome.Ended;
        }

        if (!store.AddCommand(entry.Number, commandId))
        {
            return SendOutcome.Repeated;
        }

        Accept(entry, commandId, name, data);
        return SendOutcome.Accepted;
    }

    public OperateOutcome Suspend(string id, string reason) =>
        Operate(id, entry => entry.State == FlowState.Running, entry =>
        {
            entry.State = FlowState.Suspended;
            Act(entry, "suspend", reason);
        });

    public OperateOutcome Resume(string id, string reason) =>
        Operate(id, entry => entry.State == FlowState.Suspended, entry =>
        {
            entry.State = FlowState.Running;
            Act(entry, "resume", reason);
            if (entry.WaitsFor != WaitsForStart || entry.Due <= moment)
            {
                MarkReady(entry);
            }
        });

    public OperateOutcome Terminate(string id, string reason, bool withChildren)
    {
        if (Entry(id) is not { } entry)
        {
            return OperateOutcome.NotFound;
        }

        var isDone = false;
        var seen = new HashSet<long> { entry.Number };
        var reached = new Queue<FlowEntry>([entry]);
        while (reached.TryDequeue(out var next))
        {
            if (!next.IsEnded)
            {
                Act(next, "terminate", reason);
                End(next, FlowState.Terminated, null, reason);
                isDone = true;
            }

            foreach (var child in withChildren ? store.StartedBy(next) : [])
            {
                if (seen.Add(child) && Entry(child) is { } started)
                {
                    reached.Enqueue(started);
                }
            }
        }

        return isDone ? OperateOutcome.Done : OperateOutcome.Conflict;
    }

    public OperateOutcome Retry(string id, string reason) =>
        Operate(id, entry => entry.State == FlowState.Blocked, entry =>
        {
            Act(entry, "retry", reason);

            // Calls among the dead letters block it too, so they get another round.
            store.ClearCallTries(entry.Number);
            store.DeleteDeadCalls(entry.Number);
            GoOn(entry);
        });

    /// <param name="id">The flow's id.</param>
    /// <param name="definition">What the input was read for; the flow must still be of it.</param>
    /// <param name="data">The input.</param>
    /// <param name="reason">Why.</param>
    public OperateOutcome Restart(string id, FlowDefinition definition, byte[] data, string reason) =>
        Operate(id, entry => entry.Definition == definition.Name && entry.Version == definition.Version, entry =>
        {
            entry.State = FlowState.Running;
            entry.Incident = null;
            entry.Result = null;
            ForgetDamage(entry);
            Restart(entry, data);
            Act(entry, "restart", reason);
        });

    public OperateOutcome Purge(string id) => Operate(id, entry => entry.IsEnded, Remove);

    /// <summary>A slice that the batch can carry: small beside few callers who wait, larger beside none or many.</summary>
    public int PurgeEnded(long endedBefore, int max)
    {
        var slice = inputs.Count is > 1 and < ManyInputs ? SmallSlice : LargeSlice;
        var ended = store.EndedBefore(endedBefore, Math.Min(slice, max));
        foreach (var number in ended)
        {
            if (Entry(number) is { IsEnded: true } entry)
            {
                Remove(entry);
            }
        }

        return ended.Count;
    }

    /// <summary>The flow when it has ended or does not exist; otherwise the waiter hears of its end.</summary>
    public FlowInfo? Await(string id, TaskCompletionSource<FlowInfo?> waiter)
    {
        if (Entry(id) is not { } entry)
        {
            waiter.TrySetResult(null);
            return null;
        }

        if (entry.IsEnded)
        {
            var info = Info(entry);
            waiter.TrySetResult(info);
            return info;
        }

        if (!resultWaiters.TryGetValue(id, out var waiters))
        {
            resultWaiters.Add(id, waiters = []);
        }

        waiters.Add(waiter);
        return null;
    }

    public bool Leave(string id, TaskCompletionSource<FlowInfo?> waiter)
    {
        if (resultWaiters.TryGetValue(id, out var waiters) && waiters.Remove(waiter) && waiters.Count == 0)
        {
            resultWaiters.Remove(id);
        }

        return true;
    }

    public long? EarliestDue() => store.NextDue();

    private OperateOutcome Operate(string id, Func<FlowEntry, bool> isPossible, Action<FlowEntry> operate)
    {
        if (Entry(id) is not { } entry)
        {
            return OperateOutcome.NotFound;
        }

        if (!isPossible(entry))
        {
            return OperateOutcome.Conflict;
        }

        operate(entry);
        return OperateOutcome.Done;
    }

    /// <summary>A blocked flow runs again, with the calls that its history holds and nobody runs.</summary>
    private void GoOn(FlowEntry entry)
    {
        entry.State = FlowState.Running;
        entry.Incident = null;
        entry.IsDirty = true;
        MarkReady(entry);
        DispatchLost(entry);
    }

    private void DispatchLost(FlowEntry entry)
    {
        var lost = entry.IsAwake ? OpenCalls(entry.Number).Where(job => job.Due == 0 && Find(job.Flow, job.Number) is null) : [];
        foreach (var job in lost)
        {
            afterCommit.Add(() =>
            {
                Remember(job);
                Dispatch(job);
            });
        }
    }

    /// <summary>What can be read of a damaged inbox stays.</summary>
    private void ForgetDamage(FlowEntry entry)
    {
        if (entry.Damage is null)
        {
            return;
        }

        entry.Damage = null;
        store.ClearInbox(entry.Number);
        entry.Unstored.Clear();
        foreach (var item in entry.Inbox)
        {
            item.Place = 0;
            entry.Unstored.Add(item);
        }
    }

    private void Act(FlowEntry entry, string kind, string reason)
    {
        store.AddAct(entry, moment, kind, reason);
        entry.Updated = moment;
        entry.IsDirty = true;
        Touch(entry);
    }

    private void Remove(FlowEntry entry)
    {
        wrote = true;
        DropCalls(entry);
        store.DeleteFlow(entry.Number);
        store.DeleteHistory(entry.Number);
        store.ClearInbox(entry.Number);
        store.ClearCommands(entry.Number);
        store.DeleteReady(entry.Number);
        store.ClearActs(entry.Number);
        store.ClearDead(entry.Number);
        store.DeleteTags(entry);
        if (entry.Payloads > 0)
        {
            store.ClearPayloads(entry.Number);
        }

        if (entry.DueStored is { } due)
        {
            store.DeleteTimer(due, entry.Number, 0);
        }

        entry.IsGone = true;
        Drop(entry);
    }
}
