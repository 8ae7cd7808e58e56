using System.Text.Json;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Flows;

/// <summary>Reads flows from the registry. The platform is not asked: it has no list by name, state or date.</summary>
public sealed class FlowReader(ITables tables, FlowRegistry registry, FlowInbox inbox, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    public async Task<FlowInfo?> Get(string id, CancellationToken cancellation = default) =>
        await registry.Find(id, cancellation) is { } row ? row.Info(await registry.Result(row, cancellation)) : null;

    /// <summary>One page; of several restrictions the tag, the dates, the state or the flow is the index, the rest is looked through.</summary>
    public async Task<FlowPage> List(
        FlowFilter filter, int size = 50, string? after = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, FlowLimits.PageSizeMax);
        var range = Index(filter);
        var found = new List<FlowInfo>();
        var cursor = after;
        do
        {
            var page = await tables.Query(FlowRows.Lists, range, size - found.Count, cursor, cancellation);
            var rows = await Task.WhenAll(page.Entities.Select(entry => registry.Find(entry.Text("Flow"), cancellation)));
            foreach (var (row, entry) in rows.Zip(page.Entities))
            {
                if (row is not null && FlowRows.ListsOf(row).Contains((range.Partition, entry.Row)) && Matches(row, filter))
                {
                    found.Add(row.Info(await registry.Result(row, cancellation)));
                }
            }

            cursor = page.Next;
        }
        while (found.Count < size && cursor is not null);
        return new FlowPage(found, cursor);
    }

    /// <summary>
    /// What the registry knows: the beginning, the commands that the present generation may read, the end, and what
    /// operators did. Calls and dates are in the platform's own history only.
    /// </summary>
    public async Task<IReadOnlyList<FlowEvent>?> History(string id, CancellationToken cancellation = default)
    {
        if (await registry.Find(id, cancellation) is not { } row)
        {
            return null;
        }

        var events = new List<FlowEvent>
        {
            new(1, row.BegunAt, row.Generation == 1 ? "started" : "restarted", row.Flow, Json(await registry.Input(id, cancellation))),
        };
        foreach (var command in await Commands(id, row.After, cancellation))
        {
            if (command.Number <= row.Read)
            {
                events.Add(new FlowEvent(events.Count + 1, command.AcceptedAt, "command", command.Name, command.Body));
            }
        }

        if (row.State == FlowState.Completed)
        {
            events.Add(new FlowEvent(events.Count + 1, row.UpdatedAt, "completed", null, Json(await registry.Result(row, cancellation))));
        }

        events.AddRange((await registry.Acts(id, cancellation)).Select(act =>
            new FlowEvent(0, act.At, act.Kind, null, JsonSerializer.SerializeToElement(act.Reason, Wire.Options))));
        return [.. events.OrderBy(recorded => recorded.At)];
    }

    /// <exception cref="TimeoutException">It has not ended within <paramref name="patience"/>.</exception>
    public async Task<FlowInfo?> Result(string id, TimeSpan patience, CancellationToken cancellation = default)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var info = await Get(id, cancellation);
            if (info is null or { State: FlowState.Completed or FlowState.Terminated })
            {
                return info;
            }

            var left = patience - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                throw new TimeoutException($"{id} has not ended within {patience}.");
            }

            await Task.Delay(left < LookAgain ? left : LookAgain, time, cancellation);
        }
    }

    public async Task<JsonElement?> Export(string id, CancellationToken cancellation = default)
    {
        if (await registry.Find(id, cancellation) is not { } row)
        {
            return null;
        }

        return JsonSerializer.SerializeToElement(
            new
            {
                Flow = row,
                Input = Json(await registry.Input(id, cancellation)),
                Result = Json(await registry.Result(row, cancellation)),
                Inbox = await Commands(id, row.After, cancellation),
                History = await History(id, cancellation),
            },
            Wire.Options);
    }

    /// <summary>Flows that ended before a moment, oldest first.</summary>
    internal async Task<IReadOnlyList<string>> EndedBefore(DateTimeOffset moment, int max, CancellationToken cancellation)
    {
        var ids = new List<string>();
        var range = new RowRange(FlowRows.Ended, null, FlowRows.Moment(moment));
        await foreach (var entry in registry.Rows(FlowRows.Lists, range, cancellation))
        {
            if (ids.Count == max)
            {
                break;
            }

            if (await registry.Find(entry.Text("Flow"), cancellation) is { } row && FlowRows.ListsOf(row).Contains((FlowRows.Ended, entry.Row)))
            {
                ids.Add(row.Id);
            }
        }

        return ids;
    }

    private static RowRange Index(FlowFilter filter)
    {
        if (filter.Tag is { } tag)
        {
            var cut = tag.IndexOf('=', StringComparison.Ordinal);
            return new RowRange(cut < 0 ? FlowRows.OfTag(tag, "") : FlowRows.OfTag(tag[..cut], tag[(cut + 1)..]));
        }

        if (filter.DueFrom is not null || filter.DueTo is not null)
        {
            return new RowRange(
                FlowRows.Due,
                filter.DueFrom is { } from ? FlowRows.Moment(from) : null,
                filter.DueTo is { } to ? FlowRows.Moment(to) : null);
        }

        return new RowRange(filter switch
        {
            { State: { } state } => FlowRows.OfState(state),
            { Flow: { } flow } => FlowRows.OfFlow(flow),
            _ => FlowRows.All,
        });
    }

    private static bool Matches(FlowRow row, FlowFilter filter) =>
        (filter.Flow is null || row.Flow == filter.Flow)
        && (filter.State is null || row.State == filter.State)
        && (filter.WaitsFor is null || row.WaitsFor == filter.WaitsFor)
        && (filter.DueFrom is null || row.Due >= filter.DueFrom)
        && (filter.DueTo is null || row.Due < filter.DueTo)
        && (filter.Tag is null || (row.Tags ?? new Dictionary<string, string>()).Any(tag => $"{tag.Key}={tag.Value}" == filter.Tag));

    private static JsonElement? Json(byte[]? data) =>
        data is null ? null : JsonSerializer.Deserialize<JsonElement>(data, Wire.Options);

    private async Task<IReadOnlyList<InboxCommand>> Commands(string id, long after, CancellationToken cancellation)
    {
        var commands = new List<InboxCommand>();
        while (await inbox.Read(id, after, cancellation) is { Count: > 0 } page)
        {
            commands.AddRange(page);
            after = page[^1].Number;
        }

        return commands;
    }
}
