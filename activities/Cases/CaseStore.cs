using System.Text.Json;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Cases;

/// <summary>The projections of all cases: written by the flows after every step, read by everybody else.</summary>
/// <param name="tables">Where they lie.</param>
/// <param name="counting">What measures count; nothing when not given.</param>
/// <param name="trailing">What is kept of journals to be read by the hundred; nothing when not given.</param>
/// <param name="announcing">Told of every step before its save is done, maybe more than once; nobody when not given.</param>
public sealed class CaseStore(
    ITables tables,
    CaseCounting? counting = null,
    CaseTrailing? trailing = null,
    Func<SaveCase, CancellationToken, Task>? announcing = null) : IActivityHandler<SaveCase, Saved>
{
    /// <summary>The table of what measures add up.</summary>
    public const string CountsTable = CaseCounts.Table;

    private const int JournalPage = 200;

    private readonly CaseCounts counts = new(tables);
    private readonly CaseTrails trails = new(tables);

    /// <summary>
    /// Told of every step right after it is saved, on the thread that saved it; a repeated save is told again. For
    /// waiting callers and the demo, not for anything that must not be missed.
    /// </summary>
    public event Action<SaveCase>? StepSaved;

    /// <summary>
    /// Saves a step, idempotently by version: first the case itself in one batch, then its list rows, what it counts
    /// for and its trail.
    /// </summary>
    public async Task<Saved> Run(SaveCase request, CancellationToken cancellation)
    {
        var known = await tables.Get(CaseRows.Cases, request.Id, CaseRows.State, cancellation);
        var version = (int)(known?.Number("Version") ?? 0);
        if (version > request.Version)
        {
            return new Saved(version);
        }

        IReadOnlyList<CountedRow> counted = counting?.Invoke(request.Kind, request.Record) ?? [];
        string[] countedBy = [.. (known is null ? [] : CaseRows.CountedOf(known)).Union(counted.Select(row => row.Key))];

        // The same version again means that an earlier attempt died between the case and its list rows.
        var stale = version == request.Version
            ? CaseRows.StaleOf(known!)
            : [.. (known is null ? [] : CaseRows.CardOf(known).Lists).Except(request.Card.Lists)];
        if (version < request.Version)
        {
            await SaveCase(request, known, stale, countedBy, cancellation);
        }

        await Task.WhenAll(
            SaveLists(request, stale, cancellation),
            counts.Write(request.Version, countedBy, counted, cancellation),
            trailing?.Invoke(request.Kind, request.Record, request.Journal) is { Lines.Count: > 0 } trail ? trails.Write(trail, cancellation) : Task.CompletedTask,
            announcing?.Invoke(request, cancellation) ?? Task.CompletedTask);
        StepSaved?.Invoke(request);
        return new Saved(request.Version);
    }

    /// <summary>The case as it was saved last; null when there is none of this kind.</summary>
    public async Task<CaseRecord<TState>?> Get<TState>(string kind, string id, CancellationToken cancellation = default)
    {
        var state = await tables.Get(CaseRows.Cases, id, CaseRows.State, cancellation);
        return state?.Text("Kind") == kind ? Wire.Read<CaseRecord<TState>>(CaseRows.RecordOf(state)) : null;
    }

    /// <summary>The whole record as it was saved last, whatever its state's type; a flow can be started from it.</summary>
    public async Task<JsonElement?> Record(string kind, string id, CancellationToken cancellation = default)
    {
        var state = await tables.Get(CaseRows.Cases, id, CaseRows.State, cancellation);
        return state?.Text("Kind") == kind ? JsonSerializer.Deserialize<JsonElement>(CaseRows.RecordOf(state), Wire.Options) : null;
    }

    /// <summary>The case's journal, oldest first.</summary>
    public async Task<IReadOnlyList<JournalEntry>> Journal(string id, CancellationToken cancellation = default)
    {
        var entries = new List<JournalEntry>();
        string? cursor = null;
        do
        {
            var page = await tables.Query(CaseRows.Cases, RowRange.Prefix(id, CaseRows.JournalPrefix), JournalPage, cursor, cancellation);
            entries.AddRange(page.Entities.Select(row => JsonSerializer.Deserialize<JournalEntry>(row.Text("Entry"), Wire.Options)!));
            cursor = page.Next;
        }
        while (cursor is not null);
        return entries;
    }

    /// <summary>One page of a list, newest case first.</summary>
    /// <param name="list">Such as <c>disputes.open</c>.</param>
    /// <param name="size">1 to 200.</param>
    /// <param name="after">The cursor of the page before.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async Task<CardPage> List(string list, int size, string? after = null, CancellationToken cancellation = default)
    {
        var page = await tables.Query(CaseRows.Lists, new RowRange(list), size, after, cancellation);
        return new CardPage([.. page.Entities.Select(row => new CardRow(row.Text("Case"), CaseRows.CardOf(row)))], page.Next);
    }

    /// <summary>A whole list, page by page.</summary>
    public async IAsyncEnumerable<CardRow> All(
        string list, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? cursor = null;
        do
        {
            var page = await List(list, JournalPage, cursor, cancellation);
            foreach (var row in page.Rows)
            {
                yield return row;
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    /// <summary>The rows by which cases are counted, from <paramref name="from"/> (included) to <paramref name="to"/> (not included).</summary>
    public Task<IReadOnlyList<CountedRow>> Counted(
        string partition, string? from = null, string? to = null, CancellationToken cancellation = default) =>
        counts.Read(partition, from, to, cancellation);

    /// <summary>Counts a case anew, as it was saved last: after the counting has changed, or from before there was any.</summary>
    /// <returns>False when there is no such case.</returns>
    public async Task<bool> Recount(string id, CancellationToken cancellation = default)
    {
        if (await tables.Get(CaseRows.Cases, id, CaseRows.State, cancellation) is not { } state)
        {
            return false;
        }

        var counted = CountedOf(state);
        await counts.Write(
            (int)state.Number("Version"), CaseRows.CountedOf(state).Union(counted.Select(row => row.Key)), counted, cancellation);
        return true;
    }

    /// <summary>Removes a row, by its key, that no case is counted by.</summary>
    public Task DropCount(string key, CancellationToken cancellation = default) => counts.Drop(key, cancellation);

    /// <summary>The rows by which a case must be counted as it was saved last; null when there is no such case.</summary>
    public async Task<IReadOnlyList<CountedRow>?> CountedBy(string id, CancellationToken cancellation = default) =>
        await tables.Get(CaseRows.Cases, id, CaseRows.State, cancellation) is { } state ? CountedOf(state) : null;

    /// <summary>The trails of a partition whose rows begin so.</summary>
    public Task<IReadOnlyList<TrailRow>> Trails(string partition, string prefix = "", CancellationToken cancellation = default) =>
        trails.Read(partition, prefix, cancellation);

    /// <summary>The trail that a case's journal gives; null when there is no such case, or its kind has none.</summary>
    public async Task<TrailRow?> TrailBy(string id, CancellationToken cancellation = default) =>
        trailing is not null && await tables.Get(CaseRows.Cases, id, CaseRows.State, cancellation) is { } state
            ? trailing(
                state.Text("Kind"),
                JsonSerializer.Deserialize<JsonElement>(CaseRows.RecordOf(state), Wire.Options),
                await Journal(id, cancellation))
            : null;

    /// <summary>Adds to a trail what is missing of it.</summary>
    public Task FillTrail(TrailRow trail, CancellationToken cancellation = default) => trails.Write(trail, cancellation);

    /// <summary>Removes a trail.</summary>
    public Task DropTrail(TrailRow trail, CancellationToken cancellation = default) => trails.Drop(trail, cancellation);

    private IReadOnlyList<CountedRow> CountedOf(Entity state) =>
        counting?.Invoke(state.Text("Kind"), JsonSerializer.Deserialize<JsonElement>(CaseRows.RecordOf(state), Wire.Options)) ?? [];

    private Task SaveCase(SaveCase request, Entity? known, string[] stale, string[] countedBy, CancellationToken cancellation)
    {
        var state = CaseRows.StateOf(request, stale, countedBy);
        return tables.Submit(
            CaseRows.Cases,
            request.Id,
            [
                known is null
                    ? new TableOperation.Insert(CaseRows.State, state)
                    : new TableOperation.Replace(CaseRows.State, state, known.ETag!),
                .. request.Journal.Select(entry => new TableOperation.Put(
                    CaseRows.JournalRow(entry.Number),
                    new Dictionary<string, object> { ["Entry"] = JsonSerializer.Serialize(entry, Wire.Options) })),
            ],
            cancellation);
    }

    private Task SaveLists(SaveCase request, string[] stale, CancellationToken cancellation)
    {
        var row = CaseRows.ListRow(request.Card.OpenedAt, request.Id);
        var properties = new Dictionary<string, object>
        {
            ["Case"] = request.Id,
            ["Card"] = JsonSerializer.Serialize(request.Card with { Lists = [] }, Wire.Options),
        };
        return Task.WhenAll(
        [
            .. request.Card.Lists.Select(list =>
                tables.Submit(CaseRows.Lists, list, [new TableOperation.Put(row, properties)], cancellation)),
            .. stale.Select(list =>
                tables.Submit(CaseRows.Lists, list, [new TableOperation.Delete(row)], cancellation)),
        ]);
    }
}

/// <summary>A case in a list.</summary>
public sealed record CardRow(string Case, CaseCard Card);

/// <param name="Rows">At most as many as asked.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record CardPage(IReadOnlyList<CardRow> Rows, string? Next);
