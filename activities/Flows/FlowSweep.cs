using Microsoft.Extensions.Logging;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Flows;

/// <summary>
/// The net under a platform that may lose what it is told. Every minute it looks at the flows that may need something:
/// those not known to be started, those with commands, those with a passed date, and a part of all living ones, so that
/// each is seen in turn.
/// </summary>
public sealed class FlowSweep(
    ITables tables,
    FlowRegistry registry,
    FlowInbox inbox,
    IFlowPlatform platform,
    FlowRecovery recovery,
    TimeProvider time,
    ILogger<FlowSweep> logger)
{
    /// <summary>Living flows looked at in turn, beside those on a list.</summary>
    public const int InTurnMax = 200;

    /// <summary>Flows of one list that one sweep looks at; the next goes on.</summary>
    public const int ListMax = 1_000;

    /// <summary>An inbox stays on the list of unread ones so long, since its command is written after its entry.</summary>
    private static readonly TimeSpan ListedMax = TimeSpan.FromMinutes(10);

    private const int AtOnceMax = 8;
    private const string Partition = "sweep";
    private const string Cursor = "cursor";

    /// <summary>Looks once and does what is needed.</summary>
    /// <returns>How many flows needed what.</returns>
    public async Task<IReadOnlyDictionary<FlowNeed, int>> Run(CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var seen = new Dictionary<FlowNeed, int>();
        foreach (var some in (await Candidates(now, cancellation)).Chunk(AtOnceMax))
        {
            foreach (var need in await Task.WhenAll(some.Select(id => Tend(id, now, cancellation))))
            {
                seen[need] = seen.GetValueOrDefault(need) + 1;
            }
        }

        await Unlist(now, cancellation);
        foreach (var (need, count) in seen.Where(entry => entry.Key != FlowNeed.Nothing))
        {
            logger.LogInformation("{Flows} flows needed {Need}", count, need);
        }

        return seen;
    }

    private async Task<IReadOnlyCollection<string>> Candidates(DateTimeOffset now, CancellationToken cancellation)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var entry in registry.Rows(FlowRows.Lists, new RowRange(FlowRows.Starting), cancellation))
        {
            Add(ids, entry.Row, "At", entry, now);
        }

        await foreach (var entry in registry.Rows(FlowRows.Lists, new RowRange(FlowRows.Unread), cancellation))
        {
            Add(ids, entry.Row, "At", entry, now);
        }

        var late = new RowRange(FlowRows.Due, null, FlowRows.Moment(now - FlowNeeds.Late));
        var latest = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await foreach (var entry in registry.Rows(FlowRows.Lists, late, cancellation))
        {
            var id = entry.Text("Flow");
            latest.TryAdd(id.Split('-')[0], FlowRows.MomentOf(entry.Row));
            Add(ids, id, null, entry, now);
        }

        foreach (var (process, due) in latest)
        {
            logger.LogWarning("The oldest overdue {Process} is late by {Minutes} minutes", process, (long)(now - due).TotalMinutes);
        }

        ids.UnionWith(await InTurn(cancellation));
        return ids;
    }

    private static void Add(HashSet<string> ids, string id, string? at, Entity entry, DateTimeOffset now)
    {
        if (ids.Count < ListMax && (at is null || now - (DateTimeOffset)entry.Properties[at] >= FlowNeeds.Underway))
        {
            ids.Add(id);
        }
    }

    private async Task<IEnumerable<string>> InTurn(CancellationToken cancellation)
    {
        var kept = await tables.Get(FlowRows.Lists, Partition, Cursor, cancellation);
        var range = new RowRange(FlowRows.OfState(FlowState.Running), kept?.TextOrNull("Last"));
        var page = await tables.Query(FlowRows.Lists, range, InTurnMax, null, cancellation);
        var last = page.Next is null ? null : page.Entities[^1].Row;
        await tables.Submit(
            FlowRows.Lists,
            Partition,
            [new TableOperation.Put(Cursor, last is null ? [] : new Dictionary<string, object> { ["Last"] = last })],
            cancellation);
        return page.Entities.Select(entry => entry.Text("Flow"));
    }

    private async Task<FlowNeed> Tend(string id, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            if (await registry.Find(id, cancellation) is not { } row)
            {
                return FlowNeed.Nothing;
            }

            var need = FlowNeeds.Of(row, await inbox.Last(id, cancellation), await platform.Look(id, cancellation), now);
            await Meet(need, row, now, cancellation);
            return need;
        }
#pragma warning disable CA1031 // One flow's trouble is no other's; the next sweep looks again.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            logger.LogError(failure, "{Flow} could not be tended", id);
            return FlowNeed.Nothing;
        }
    }

    private async Task Meet(FlowNeed need, FlowRow row, DateTimeOffset now, CancellationToken cancellation)
    {
        switch (need)
        {
            case FlowNeed.Start:
                await recovery.Schedule(row, await registry.Input(row.Id, cancellation) ?? [], cancellation);
                break;
            case FlowNeed.MarkScheduled:
                await registry.MarkScheduled(row.Id, row.Generation, cancellation);
                break;
            case FlowNeed.Poke:
                await platform.Poke(row.Id, cancellation);
                break;
            case FlowNeed.Recover:
                await recovery.Recover(row, cancellation);
                break;
            case FlowNeed.Terminate:
                await platform.Terminate(row.Id, "A newer generation takes its place.", cancellation);
                break;
            case FlowNeed.MarkBlocked:
                var incident = await platform.Failure(row.Id, cancellation);
                await Mark(row, marked => marked with { State = FlowState.Blocked, Incident = incident, WaitsFor = null, Due = null });
                break;
            case FlowNeed.MarkTerminated:
                await registry.End(
                    row.Id,
                    marked => marked.Generation == row.Generation && !marked.IsEnded
                        ? marked with { State = FlowState.Terminated, UpdatedAt = now, Incident = "Terminated on the platform." }
                        : null,
                    null,
                    cancellation);
                break;
            case FlowNeed.MarkSuspended:
                await Mark(row, marked => marked with { State = FlowState.Suspended });
                break;
            case FlowNeed.MarkRunning:
                await Mark(row, marked => marked with { State = FlowState.Running });
                break;
            case FlowNeed.Nothing:
            default:
                break;
        }

        Task Mark(FlowRow seen, Func<FlowRow, FlowRow> mark) => registry.Change(
            seen.Id,
            marked => marked.Generation == seen.Generation && marked.State == seen.State ? mark(marked) with { UpdatedAt = now } : null,
            cancellation);
    }

    /// <summary>
    /// Takes inboxes off the list that are read; by ETag, so that one which got a command meanwhile stays. Starts whose
    /// flow was never registered go likewise.
    /// </summary>
    private async Task Unlist(DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var list in new[] { FlowRows.Unread, FlowRows.Starting })
        {
            await foreach (var entry in registry.Rows(FlowRows.Lists, new RowRange(list), cancellation))
            {
                if (now - (DateTimeOffset)entry.Properties["At"] >= ListedMax && await IsDone(entry.Row, list, cancellation))
                {
                    try
                    {
                        await tables.Submit(FlowRows.Lists, list, [new TableOperation.Delete(entry.Row, entry.ETag)], cancellation);
                    }
                    catch (TableConflictException)
                    {
                        // It got another entry, which the next sweep looks at.
                    }
                }
            }
        }
    }

    private async Task<bool> IsDone(string id, string list, CancellationToken cancellation) =>
        await registry.Find(id, cancellation) is not { } row
        || row.IsEnded
        || (list == FlowRows.Unread ? await inbox.Last(id, cancellation) <= row.Read : row.Scheduled);
}
