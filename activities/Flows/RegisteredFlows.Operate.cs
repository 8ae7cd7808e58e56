using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Flows;

/// <summary>What operators do.</summary>
public sealed partial class RegisteredFlows
{
    /// <summary>How long an instance may take to end before its successor is left to the sweep.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    public Task<OperateOutcome> Suspend(string id, string reason, CancellationToken cancellation = default) => Operate(
        id,
        "suspend",
        reason,
        async row => row.State == FlowState.Running
            && (await platform.Suspend(id, reason, cancellation) || await platform.Look(id, cancellation) == PlatformState.Suspended)
            && await Mark(row, FlowState.Suspended, cancellation),
        cancellation);

    public Task<OperateOutcome> Resume(string id, string reason, CancellationToken cancellation = default) => Operate(
        id,
        "resume",
        reason,
        async row => row.State == FlowState.Suspended
            && (await platform.Resume(id, reason, cancellation)
                || await platform.Look(id, cancellation) is PlatformState.Running or PlatformState.Pending)
            && await Mark(row, FlowState.Running, cancellation),
        cancellation);

    public async Task<OperateOutcome> Terminate(
        string id, string reason, bool withChildren = false, CancellationToken cancellation = default)
    {
        FlowLimits.Refuse(FlowLimits.ReasonProblem(reason));
        if (await registry.Find(id, cancellation) is null)
        {
            return OperateOutcome.NotFound;
        }

        var isDone = false;
        var seen = new HashSet<string>(StringComparer.Ordinal) { id };
        var reached = new Queue<string>([id]);
        while (reached.TryDequeue(out var next))
        {
            isDone |= await TerminateOne(next, reason, cancellation);
            foreach (var child in withChildren ? await registry.StartedBy(next, cancellation) : [])
            {
                if (seen.Add(child))
                {
                    reached.Enqueue(child);
                }
            }
        }

        return isDone ? OperateOutcome.Done : OperateOutcome.Conflict;
    }

    /// <summary>Begins a blocked flow anew, as <see cref="FlowRecovery.Recover"/> does a lost one.</summary>
    public Task<OperateOutcome> Retry(string id, string reason, CancellationToken cancellation = default) => Operate(
        id,
        "retry",
        reason,
        async row => row.State == FlowState.Blocked && await recovery.Recover(row, cancellation),
        cancellation);

    public async Task<OperateOutcome> Restart(
        string id, object input, string reason, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (await registry.Find(id, cancellation) is not { } row)
        {
            return OperateOutcome.NotFound;
        }

        var definition = flows.Find(row.Flow, row.Version) ?? throw new FlowRefusedException(
            FormattableString.Invariant($"No flow is called {row.Flow} with version {row.Version}."));
        var data = FlowLimits.Input(definition, input);
        return await Operate(
            id,
            "restart",
            reason,
            async _ =>
            {
                await EndOnPlatform(row, reason, cancellation);
                var begun = await registry.Begin(
                    id,
                    now => now.Generation == row.Generation ? recovery.Fresh(now, now.Read) : null,
                    data,
                    cancellation: cancellation);
                if (begun is null)
                {
                    return false;
                }

                await recovery.Schedule(begun, data, cancellation);
                return true;
            },
            cancellation);
    }

    public Task<OperateOutcome> Purge(string id, CancellationToken cancellation = default) => Operate(
        id,
        null,
        "",
        async row =>
        {
            if (!row.IsEnded)
            {
                return false;
            }

            await platform.Purge(id, cancellation);
            await registry.Remove(row, cancellation);
            return true;
        },
        cancellation);

    public async Task<int> PurgeEnded(DateTimeOffset endedBefore, int max, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        var purged = 0;
        foreach (var id in await reader.EndedBefore(endedBefore, max, cancellation))
        {
            purged += await Purge(id, cancellation) == OperateOutcome.Done ? 1 : 0;
        }

        return purged;
    }

    /// <summary>Always empty: here a command or a call that fails again and again blocks its flow, and nothing is put aside.</summary>
    public Task<DeadLetterPage> DeadLetters(int size = 50, string? after = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, FlowLimits.PageSizeMax);
        return Task.FromResult(new DeadLetterPage([], null));
    }

    public Task<OperateOutcome> RetryDeadLetter(long id, string reason, CancellationToken cancellation = default) =>
        Task.FromResult(OperateOutcome.NotFound);

    public Task<OperateOutcome> DropDeadLetter(long id, string reason, CancellationToken cancellation = default) =>
        Task.FromResult(OperateOutcome.NotFound);

    private async Task<OperateOutcome> Operate(
        string id, string? kind, string reason, Func<FlowRow, Task<bool>> operate, CancellationToken cancellation)
    {
        FlowLimits.Refuse(FlowLimits.ReasonProblem(reason));
        if (await registry.Find(id, cancellation) is not { } row)
        {
            return OperateOutcome.NotFound;
        }

        if (!await operate(row))
        {
            return OperateOutcome.Conflict;
        }

        if (kind is not null)
        {
            await registry.Note(id, kind, reason, time.GetUtcNow(), cancellation);
        }

        return OperateOutcome.Done;
    }

    private async Task<bool> TerminateOne(string id, string reason, CancellationToken cancellation)
    {
        if (await registry.Find(id, cancellation) is not { IsEnded: false })
        {
            return false;
        }

        await platform.Terminate(id, reason, cancellation);
        var ended = await registry.End(
            id,
            row => row.IsEnded ? null : row with { State = FlowState.Terminated, UpdatedAt = time.GetUtcNow(), Incident = reason },
            null,
            cancellation);
        if (ended is null)
        {
            return false;
        }

        await registry.Note(id, "terminate", reason, time.GetUtcNow(), cancellation);
        return true;
    }

    private async Task<bool> Mark(FlowRow row, FlowState state, CancellationToken cancellation) =>
        await registry.Change(
            row.Id,
            now => now.Generation == row.Generation && now.State == row.State ? now with { State = state, UpdatedAt = time.GetUtcNow() } : null,
            cancellation) is not null;

    /// <summary>Ends a living instance and waits a little, so that its successor can take the id.</summary>
    private async Task EndOnPlatform(FlowRow row, string reason, CancellationToken cancellation)
    {
        if (row.IsEnded)
        {
            return;
        }

        await platform.Terminate(row.Id, reason, cancellation);
        for (var left = EndPatience; left > TimeSpan.Zero; left -= LookAgain)
        {
            if (await platform.Look(row.Id, cancellation) is null or PlatformState.Completed or PlatformState.Failed or PlatformState.Terminated)
            {
                return;
            }

            await Task.Delay(LookAgain, time, cancellation);
        }
    }
}
