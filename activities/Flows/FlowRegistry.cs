using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Flows;

/// <summary>
/// Every flow that was ever asked for, with what it began with. A flow is registered before a platform hears of it, so a
/// start that was acknowledged is never lost; whatever a platform forgets can be started again from here.
/// </summary>
public sealed class FlowRegistry(ITables tables)
{
    private const int AttemptsMax = 20;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    public async Task<FlowRow?> Find(string id, CancellationToken cancellation = default) =>
        FlowLimits.IsId(id) && await tables.Get(FlowRows.Flows, id, FlowRows.Flow, cancellation) is { } entity
            ? FlowRow.Of(entity)
            : null;

    /// <summary>What the present generation began with.</summary>
    public async Task<byte[]?> Input(string id, CancellationToken cancellation = default) =>
        await tables.Get(FlowRows.Flows, id, FlowRows.Input, cancellation) is { } entity ? FlowRows.Whole(entity) : null;

    /// <summary>What it gave when it completed.</summary>
    public async Task<byte[]?> Result(FlowRow row, CancellationToken cancellation = default) =>
        row.State == FlowState.Completed && await tables.Get(FlowRows.Flows, row.Id, FlowRows.Result, cancellation) is { } entity
            ? FlowRows.Whole(entity)
            : null;

    /// <summary>Registers a flow whose id was never used.</summary>
    /// <returns>False when the id is used; nothing was changed.</returns>
    public async Task<bool> Register(FlowRow row, byte[] input, CancellationToken cancellation = default)
    {
        await MarkStarting(row.Id, row.BegunAt, cancellation);
        await Put(FlowRows.ListsOf(row), row.Id, cancellation);
        try
        {
            await tables.Submit(
                FlowRows.Flows,
                row.Id,
                [
                    new TableOperation.Insert(FlowRows.Flow, row.Properties()),
                    new TableOperation.Put(FlowRows.Input, FlowRows.Parts(input)),
                    new TableOperation.Put(FlowRows.Box, FlowInbox.Empty(row.Read)),
                ],
                cancellation);
            return true;
        }
        catch (TableConflictException)
        {
            return false;
        }
    }

    /// <summary>Begins another generation: a restart, a start in the place of another flow, a lost flow found again.</summary>
    /// <param name="id">The flow's id.</param>
    /// <param name="begin">Gives the row of the new generation; null begins nothing.</param>
    /// <param name="input">What it begins with.</param>
    /// <param name="scheduled">The platform has it already.</param>
    /// <param name="cancellation">Gives up waiting; it may still happen.</param>
    /// <returns>The new row; null when nothing was begun.</returns>
    public async Task<FlowRow?> Begin(
        string id, Func<FlowRow, FlowRow?> begin, byte[] input, bool scheduled = false, CancellationToken cancellation = default)
    {
        if (!scheduled)
        {
            await MarkStarting(id, null, cancellation);
        }

        return await Change(
            id,
            row => begin(row) is { } next ? next with { Generation = row.Generation + 1, Step = 0, Scheduled = scheduled } : null,
            _ =>
            [
                new TableOperation.Put(FlowRows.Input, FlowRows.Parts(input)),
                new TableOperation.Delete(FlowRows.Result),
            ],
            isOpen: true,
            cancellation);
    }

    /// <summary>Ends a flow and closes its inbox in one batch: what is sent afterwards hears so.</summary>
    /// <returns>The row as it ended; null when <paramref name="end"/> did not want to.</returns>
    public Task<FlowRow?> End(
        string id, Func<FlowRow, FlowRow?> end, byte[]? result, CancellationToken cancellation = default) => Change(
            id,
            row => end(row) is { } ended ? ended with { WaitsFor = null, Due = null } : null,
            _ => result is null ? [] : [new TableOperation.Put(FlowRows.Result, FlowRows.Parts(result))],
            isOpen: false,
            cancellation);

    /// <summary>Changes a flow's row, again and again until nobody else did at the same time.</summary>
    /// <returns>The row as it became; null when there is no such flow or <paramref name="change"/> gave none.</returns>
    public Task<FlowRow?> Change(string id, Func<FlowRow, FlowRow?> change, CancellationToken cancellation = default) =>
        Change(id, change, _ => [], isOpen: null, cancellation);

    /// <summary>Writes down what an operator did and why.</summary>
    public Task Note(string id, string kind, string reason, DateTimeOffset at, CancellationToken cancellation = default) =>
        tables.Submit(
            FlowRows.Flows,
            id,
            [new TableOperation.Put(FlowRows.Act(at, kind), new Dictionary<string, object> { ["Kind"] = kind, ["Reason"] = reason, ["At"] = at })],
            cancellation);

    /// <summary>What operators did, oldest first.</summary>
    public async Task<IReadOnlyList<(string Kind, string Reason, DateTimeOffset At)>> Acts(
        string id, CancellationToken cancellation = default)
    {
        var acts = new List<(string, string, DateTimeOffset)>();
        await foreach (var entity in Rows(FlowRows.Flows, RowRange.Prefix(id, FlowRows.ActPrefix), cancellation))
        {
            acts.Add((entity.Text("Kind"), entity.Text("Reason"), (DateTimeOffset)entity.Properties["At"]));
        }

        return acts;
    }

    /// <summary>The flows that a flow started.</summary>
    public async Task<IReadOnlyList<string>> StartedBy(string id, CancellationToken cancellation = default)
    {
        var children = new List<string>();
        await foreach (var entity in Rows(FlowRows.Lists, new RowRange(FlowRows.StartedBy(id)), cancellation))
        {
            children.Add(entity.Row);
        }

        return children;
    }

    /// <summary>The platform has the present generation.</summary>
    public async Task MarkScheduled(string id, int generation, CancellationToken cancellation = default)
    {
        await Change(
            id, row => row.Generation == generation && !row.Scheduled ? row with { Scheduled = true } : null, cancellation);
        if (await Find(id, cancellation) is null or { Scheduled: true })
        {
            await tables.Submit(FlowRows.Lists, FlowRows.Starting, [new TableOperation.Delete(id)], cancellation);
        }
    }

    /// <summary>Removes an ended flow with all its rows; its own row goes last, so a removal that was cut off goes on.</summary>
    public async Task Remove(FlowRow row, CancellationToken cancellation = default)
    {
        await Clear(row.Id, "", cancellation);
        await Delete(FlowRows.ListsOf(row), cancellation);
        await tables.Submit(FlowRows.Flows, row.Id, [new TableOperation.Delete(FlowRows.Flow)], cancellation);
    }

    /// <summary>Deletes the rows of a flow whose keys begin so, all but the flow's own.</summary>
    public async Task Clear(string id, string prefix, CancellationToken cancellation = default)
    {
        var doomed = new List<string>();
        var range = prefix.Length == 0 ? new RowRange(id) : RowRange.Prefix(id, prefix);
        await foreach (var entity in Rows(FlowRows.Flows, range, cancellation))
        {
            if (entity.Row != FlowRows.Flow)
            {
                doomed.Add(entity.Row);
            }
        }

        await DeleteRows(tables, FlowRows.Flows, id, doomed, cancellation);
    }

    internal static async Task DeleteRows(
        ITables tables, string table, string partition, IEnumerable<string> rows, CancellationToken cancellation)
    {
        foreach (var batch in rows.Chunk(TableLimits.BatchMax))
        {
            await tables.Submit(table, partition, [.. batch.Select(row => new TableOperation.Delete(row))], cancellation);
        }
    }

    internal async IAsyncEnumerable<Entity> Rows(
        string table, RowRange range, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        string? cursor = null;
        do
        {
            var page = await tables.Query(table, range, FlowLimits.PageSizeMax, cursor, cancellation);
            foreach (var entity in page.Entities)
            {
                yield return entity;
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private async Task<FlowRow?> Change(
        string id,
        Func<FlowRow, FlowRow?> change,
        Func<FlowRow, IEnumerable<TableOperation>> beside,
        bool? isOpen,
        CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await tables.Get(FlowRows.Flows, id, FlowRows.Flow, cancellation) is not { } entity)
            {
                return null;
            }

            var old = FlowRow.Of(entity);
            if (change(old) is not { } next)
            {
                return null;
            }

            var (before, after) = (FlowRows.ListsOf(old), FlowRows.ListsOf(next));
            await Put(after.Except(before), id, cancellation);
            try
            {
                var operations = new List<TableOperation> { new TableOperation.Replace(FlowRows.Flow, next.Properties(), entity.ETag!) };
                operations.AddRange(beside(next));
                if (isOpen is { } open && await tables.Get(FlowRows.Flows, id, FlowRows.Box, cancellation) is { } box)
                {
                    operations.Add(new TableOperation.Replace(FlowRows.Box, FlowInbox.Opened(box, open), box.ETag!));
                }

                await tables.Submit(FlowRows.Flows, id, operations, cancellation);
            }
            catch (TableConflictException) when (attempt < AttemptsMax)
            {
                await Task.Delay(LongestWait * Random.Shared.NextDouble(), cancellation);
                continue;
            }

            await Delete(before.Except(after), cancellation);
            return next;
        }
    }

    private Task MarkStarting(string id, DateTimeOffset? at, CancellationToken cancellation) => tables.Submit(
        FlowRows.Lists,
        FlowRows.Starting,
        [new TableOperation.Put(id, new Dictionary<string, object> { ["At"] = at ?? DateTimeOffset.UnixEpoch })],
        cancellation);

    private Task Put(IEnumerable<(string List, string Row)> rows, string id, CancellationToken cancellation) => Task.WhenAll(
        rows.Select(place => tables.Submit(
            FlowRows.Lists,
            place.List,
            [new TableOperation.Put(place.Row, new Dictionary<string, object> { ["Flow"] = id })],
            cancellation)));

    private Task Delete(IEnumerable<(string List, string Row)> rows, CancellationToken cancellation) => Task.WhenAll(
        rows.Select(place => tables.Submit(FlowRows.Lists, place.List, [new TableOperation.Delete(place.Row)], cancellation)));
}
