using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>Calls and dates: what is under way outside the engine's thread.</summary>
internal sealed partial class EngineLoop
{
    // By flow; several calls of one flow hang together. Changed only after a commit.
    private readonly Dictionary<long, CallJob> jobs = [];

    // Calls during which the process may have died, one at a time.
    private readonly Queue<CallJob> suspects = new();
    private CallJob? suspect;
    private int activeCalls;

    /// <summary>Its outcome is durable; the next suspect may run.</summary>
    public void CallIsOver(CallJob job)
    {
        activeCalls--;
        if (job == suspect)
        {
            suspect = null;
            if (suspects.TryDequeue(out var next))
            {
                suspect = next;
                runner.Submit(next);
            }
        }
    }

    public void Rang() => wheel.Rang();

    /// <summary>Takes what an attempt gave: a next attempt, or the call's one answer.</summary>
    public void Answer(CallOutcome outcome)
    {
        var job = outcome.Job;
        if (Entry(job.Flow) is not { IsEnded: false } entry || entry.Generation != job.Generation)
        {
            return;
        }

        if (outcome.IsUnknown)
        {
            afterCommit.Add(() => Forget(job));
            Block(entry, $"No activity is called {job.Name}.", null);
            return;
        }

        if (outcome.Error is not null && job.DueAfter(moment) is { } due)
        {
            var next = job.Attempt + 1;
            store.SetAttempt(job.Flow, job.Number, next, due);
            store.AddTimer(due, job.Flow, job.Number);
            entry.HasAttempts = true;
            wrote = true;
            afterCommit.Add(() =>
            {
                job.Attempt = next;
                job.Due = due;
            });
            return;
        }

        if (job.Attempt > 1)
        {
            store.DeleteAttempt(job.Flow, job.Number);
        }

        afterCommit.Add(() => Forget(job));
        Put(entry, outcome.Error is null
            ? new FlowEventRecord(EventKind.Result, job.Number, Name: job.Name, Data: outcome.Result)
            : new FlowEventRecord(
                EventKind.Failed, job.Number, job.Attempt, job.Name, job.Key, outcome.Error));
        MarkReady(entry);
    }

    private void Fire(long due, long flow, int call)
    {
        if (call > 0)
        {
            wrote = true;
            store.DeleteTimer(due, flow, call);
            if (Find(flow, call) is { } job && job.Due == due)
            {
                telemetry.DateFired(moment - due);
                store.SetAttempt(flow, call, job.Attempt, 0);
                afterCommit.Add(() =>
                {
                    job.Due = 0;
                    Dispatch(job);
                });
            }
        }
        else if (Entry(flow) is { State: FlowState.Running } entry && entry.DueStored == due)
        {
            if (!entry.IsReady)
            {
                telemetry.DateFired(moment - due);
            }

            MarkReady(entry);
        }
        else
        {
            wrote = true;
            store.DeleteTimer(due, flow, call);
        }
    }

    private void Dispatch(CallJob job)
    {
        activeCalls++;
        if (job.IsSuspect)
        {
            if (suspect is not null)
            {
                suspects.Enqueue(job);
                return;
            }

            suspect = job;
        }

        runner.Submit(job);
    }

    private void Remember(CallJob job)
    {
        job.Other = jobs.GetValueOrDefault(job.Flow);
        jobs[job.Flow] = job;
    }

    private CallJob? Find(long flow, int call)
    {
        var job = jobs.GetValueOrDefault(flow);
        while (job is not null && job.Number != call)
        {
            job = job.Other;
        }

        return job;
    }

    private void Forget(CallJob job)
    {
        if (!jobs.TryGetValue(job.Flow, out var first))
        {
            return;
        }

        if (first == job)
        {
            if (job.Other is null)
            {
                jobs.Remove(job.Flow);
            }
            else
            {
                jobs[job.Flow] = job.Other;
            }

            return;
        }

        for (var before = first; before.Other is not null; before = before.Other)
        {
            if (before.Other == job)
            {
                before.Other = job.Other;
                return;
            }
        }
    }

    /// <summary>Nobody waits for them any more; what they answer is dropped.</summary>
    private void DropCalls(FlowEntry entry)
    {
        if (entry.HasAttempts)
        {
            store.ClearAttempts(entry.Number);
        }

        if (entry.HasTries)
        {
            store.ClearTries(entry.Number);
            store.DeleteDeadCalls(entry.Number);
        }

        afterCommit.Add(() => jobs.Remove(entry.Number));
    }

    /// <summary>The calls that the history holds without an answer, read without running flow code.</summary>
    private List<CallJob> OpenCalls(long number)
    {
        if (Entry(number) is not { } entry)
        {
            return [];
        }

        var open = new Dictionary<int, CallJob>();
        try
        {
            foreach (var item in store.Episodes(number).SelectMany(episode => episode.Events)
                .Concat(entry.Inbox.Select(item => item.Content)))
            {
                if (item.Kind == EventKind.Called)
                {
                    open[item.Number] = new CallJob(number, entry.Generation, item) { FlowId = entry.Id };
                }
                else if (item.Kind is EventKind.Result or EventKind.Failed)
                {
                    open.Remove(item.Number);
                }
            }
        }
        catch (InvalidDataException)
        {
            // The flow's next step meets the same damage and is blocked by it.
            return [];
        }

        foreach (var given in store.DeadCalls(number))
        {
            open.Remove(given);
        }

        foreach (var (call, attempt, due) in store.Attempts(number))
        {
            if (open.TryGetValue(call, out var job))
            {
                job.Attempt = attempt;
                job.Due = due;
            }
        }

        return [.. open.Values.OrderBy(job => job.Number)];
    }
}
