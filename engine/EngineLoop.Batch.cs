using Microsoft.Extensions.Logging;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>What one batch holds: the flows in memory, what it touched, and what follows its commit.</summary>
internal sealed partial class EngineLoop
{
    private const int TimersPerBatchMax = 4_000;

    private readonly Dictionary<long, FlowEntry> byNumber = [];
    private readonly Dictionary<string, FlowEntry> byId = new(StringComparer.Ordinal);
    private readonly LinkedList<FlowEntry> recent = [];
    private readonly Queue<FlowEntry> ready = new();
    private readonly List<FlowEntry> touched = [];
    private readonly List<FlowEntry> endedLoaded = [];
    private readonly List<Action> afterCommit = [];
    private readonly Dictionary<string, List<TaskCompletionSource<FlowInfo?>>> resultWaiters = new(StringComparer.Ordinal);

    private long moment;
    private long residentBytes;
    private long? nextDue;
    private long lastFlow;
    private bool wrote;
    private int episodes;
    private int bytes;

    private void Recover()
    {
        lastFlow = store.LastFlow();
        store.Begin();
        moment = LastMoment;
        var isClean = store.TakeLease(time.GetUtcNow().UtcTicks);
        Reload();
        var isFirstSuspect = true;
        foreach (var number in store.AwakeFlows())
        {
            foreach (var job in OpenCalls(number))
            {
                if (job.Due == 0 && !isClean && GiveUp(job, ref isFirstSuspect))
                {
                    continue;
                }

                Remember(job);
                if (job.Due == 0)
                {
                    afterCommit.Add(() => Dispatch(job));
                }
            }
        }

        foreach (var entry in touched.Where(entry => entry.State == FlowState.Blocked))
        {
            Save(entry);
        }

        // The counts are durable before anything runs again.
        store.Commit(moment);
        Publish();
        wheel.Arm(nextDue);
        ArmHeartbeat();
    }

    public void Renew()
    {
        wrote = true;
        store.RenewLease(time.GetUtcNow().UtcTicks);
    }

    public void ArmHeartbeat() => heart?.Change(heartbeat, Timeout.InfiniteTimeSpan);

    private void Reload()
    {
        foreach (var number in store.ReadyFlows())
        {
            if (Entry(number) is { } entry)
            {
                entry.IsReadyStored = true;
                MarkReady(entry);
            }
        }

        touched.ForEach(entry => entry.IsTouched = false);
        touched.Clear();
        nextDue = store.NextDue();
    }

    private void Fill()
    {
        moment = Math.Max(LastMoment, time.GetUtcNow().UtcTicks);
        wrote = false;
        episodes = 0;
        bytes = 0;
        foreach (var input in inputs)
        {
            input.Apply(this);
        }

        foreach (var (due, flow, call) in nextDue <= moment ? store.DueTimers(moment, TimersPerBatchMax) : [])
        {
            Fire(due, flow, call);
        }

        while (episodes < options.EpisodesPerCommitMax && bytes < options.BytesPerCommitMax
            && ready.TryDequeue(out var entry))
        {
            entry.IsReady = false;
            if (entry.IsReadyStored)
            {
                Touch(entry);
            }

            if (!entry.IsGone && entry.State == FlowState.Running)
            {
                episodes++;
                var span = telemetry.EpisodeBegins(entry);
                RunEpisode(entry);
                telemetry.EpisodeEnds(span, entry);
            }
        }

        foreach (var entry in touched)
        {
            Save(entry);
        }

        nextDue = store.NextDue();
    }

    private FlowEntry? Entry(string id) => byId.TryGetValue(id, out var entry) ? Used(entry) : Add(store.Flow(id));

    private FlowEntry? Entry(long number) =>
        byNumber.TryGetValue(number, out var entry) ? Used(entry) : Add(store.Flow(number));

    private FlowEntry Used(FlowEntry entry)
    {
        recent.Remove(entry.Node);
        recent.AddFirst(entry.Node);
        return entry;
    }

    private FlowEntry? Add(FlowEntry? entry)
    {
        if (entry is not null)
        {
            byNumber.Add(entry.Number, entry);
            byId.Add(entry.Id, entry);
            Weigh(entry);
            recent.AddFirst(entry.Node);
            if (entry.IsEnded)
            {
                endedLoaded.Add(entry);
            }
        }

        return entry;
    }

    private void Drop(FlowEntry entry)
    {
        if (byNumber.Remove(entry.Number))
        {
            recent.Remove(entry.Node);
            byId.Remove(entry.Id);
            residentBytes -= entry.Bytes;
            entry.Bytes = 0;
        }
    }

    private void Touch(FlowEntry entry)
    {
        wrote = true;
        if (!entry.IsTouched)
        {
            entry.IsTouched = true;
            touched.Add(entry);
        }
    }

    private void MarkReady(FlowEntry entry)
    {
        if (entry.State == FlowState.Running && !entry.IsReady)
        {
            entry.IsReady = true;
            ready.Enqueue(entry);
            Touch(entry);
        }
    }

    /// <summary>Writes what differs from the file.</summary>
    private void Save(FlowEntry entry)
    {
        if (entry.IsGone)
        {
            return;
        }

        var due = entry.State == FlowState.Running ? entry.Due : null;
        if (due != entry.DueStored)
        {
            if (entry.DueStored is { } old)
            {
                store.DeleteTimer(old, entry.Number, 0);
            }

            if (due is { } next)
            {
                store.AddTimer(next, entry.Number, 0);
            }

            entry.DueStored = due;
        }

        if (entry.IsDirty || !entry.IsStored)
        {
            store.Save(entry);
            entry.IsStored = true;
            entry.IsDirty = false;
        }

        foreach (var item in entry.Unstored)
        {
            // What a step read in the same commit needs no row.
            if (!item.IsTaken)
            {
                store.AddInbox(entry, item, moment);
            }
        }

        entry.Unstored.Clear();
        // One that does not run is ready again when it resumes, and has no row until then.
        var isReady = entry.IsReady && entry.State == FlowState.Running;
        if (isReady != entry.IsReadyStored)
        {
            if (isReady)
            {
                store.AddReady(entry.Number);
            }
            else
            {
                store.DeleteReady(entry.Number);
            }

            entry.IsReadyStored = isReady;
        }
    }

    private void Publish()
    {
        foreach (var action in afterCommit)
        {
            action();
        }

        afterCommit.Clear();
        foreach (var entry in touched)
        {
            entry.IsTouched = false;
            if (entry.IsEnded || entry.IsGone)
            {
                Drop(entry);
            }
            else
            {
                Weigh(entry);
            }
        }

        touched.Clear();
        foreach (var entry in endedLoaded)
        {
            // One that was restarted lives again.
            if (entry.IsEnded)
            {
                Drop(entry);
            }
        }

        endedLoaded.Clear();
    }

    private void Weigh(FlowEntry entry)
    {
        var bytes = entry.Estimate();
        residentBytes += bytes - entry.Bytes;
        entry.Bytes = bytes;
    }

    /// <summary>The flows in memory and what they are taken to weigh.</summary>
    public (int Flows, long Bytes) Residents => (byNumber.Count, residentBytes);

    private bool IsCrowded() =>
        byNumber.Count > options.ResidentFlowsMax || residentBytes >> 20 >= options.ResidentMegabytesMax;

    private void Evict()
    {
        for (var node = recent.Last; node is not null && IsCrowded();)
        {
            var entry = node.Value;
            node = node.Previous;
            if (!entry.IsReady)
            {
                Drop(entry);
            }
        }
    }

    private void Forget()
    {
        byNumber.Clear();
        byId.Clear();
        residentBytes = 0;
        recent.Clear();
        ready.Clear();
        touched.Clear();
        endedLoaded.Clear();
        afterCommit.Clear();
    }

    /// <summary>Logs once the batch is durable, so that a line says nothing that did not happen.</summary>
    private void LogAfter(LogLevel level, Exception? cause, string template, params object?[] values) =>
        afterCommit.Add(() =>
        {
            try
            {
#pragma warning disable CA2254 // The template comes from a flow or from one of the few callers here.
                logger.Log(level, cause, template, values);
#pragma warning restore CA2254
            }
#pragma warning disable CA1031 // A flow's template that fits no values, or a log that is full, stops no engine.
            catch (Exception)
#pragma warning restore CA1031
            {
                // There is nowhere left to say it.
            }
        });
}
