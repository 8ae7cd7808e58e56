using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>What clients and operators ask, within a batch.</summary>
internal sealed partial class EngineLoop
{
    public StartOutcome Start(FlowDefinition definition, string id, byte[] data, UsedId whenUsed)
    {
        if (Entry(id) is { } old)
        {
            if (whenUsed == UsedId.Refuse || (whenUsed == UsedId.ReplaceEnded && !old.IsEnded))
            {
                return StartOutcome.Exists;
            }

            Remove(old);
        }

        Begin(definition, id, data);
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

    public OperateOutcome Suspend(string id) => Operate(id, entry => entry.State == FlowState.Running, entry =>
    {
        entry.State = FlowState.Suspended;
        Changed(entry);
    });

    public OperateOutcome Resume(string id) => Operate(id, entry => entry.State == FlowState.Suspended, entry =>
    {
        entry.State = FlowState.Running;
        Changed(entry);
        MarkReady(entry);
    });

    public OperateOutcome Terminate(string id, string reason) =>
        Operate(id, entry => !entry.IsEnded, entry => End(entry, FlowState.Terminated, null, reason));

    public OperateOutcome Retry(string id) => Operate(id, entry => entry.State == FlowState.Blocked, entry =>
    {
        entry.State = FlowState.Running;
        entry.Incident = null;
        Changed(entry);
        MarkReady(entry);
        var lost = entry.IsAwake ? OpenCalls(entry.Number).Where(job => job.Due == 0 && Find(job.Flow, job.Number) is null) : [];
        foreach (var job in lost)
        {
            afterCommit.Add(() =>
            {
                Remember(job);
                Dispatch(job);
            });
        }
    });

    public OperateOutcome Purge(string id) => Operate(id, entry => entry.IsEnded, Remove);

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

    private void Changed(FlowEntry entry)
    {
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
        if (entry.DueStored is { } due)
        {
            store.DeleteTimer(due, entry.Number, 0);
        }

        entry.IsGone = true;
        Drop(entry);
    }
}
