using System.Text.Json;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Flows;

/// <summary>
/// The inboxes of all flows. A command is accepted when its row is written: it has the next number of its flow, its id
/// counts once, and a flow that has ended takes none. Rows stay until the flow begins its next generation, so that a
/// generation can be lived through again.
/// </summary>
public sealed class FlowInbox(ITables tables, TimeProvider time)
{
    private const int AttemptsMax = 50;

    /// <summary>What one look gives at most; the rest comes with the next.</summary>
    private const int PageMax = 50;
    private const int PageBytesMax = 500_000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    /// <summary>Puts a command into a flow's inbox; durable when it returns.</summary>
    /// <exception cref="TableConflictException">Others were faster every time; try later.</exception>
    public async Task<SendOutcome> Append(
        string id, string commandId, string name, byte[] body, CancellationToken cancellation = default)
    {
        if (!FlowLimits.IsId(id))
        {
            return SendOutcome.NotFound;
        }

        var listed = false;
        for (var attempt = 1; ; attempt++)
        {
            if (await tables.Get(FlowRows.Flows, id, FlowRows.Box, cancellation) is not { } box)
            {
                return SendOutcome.NotFound;
            }

            if ((bool)box.Properties["Ended"])
            {
                return SendOutcome.Ended;
            }

            if (await tables.Get(FlowRows.Flows, id, FlowRows.IdPrefix + commandId, cancellation) is not null)
            {
                return SendOutcome.Repeated;
            }

            var now = time.GetUtcNow();
            if (!listed)
            {
                // Before the command: the list of unread inboxes may say too much, never too little.
                await tables.Submit(
                    FlowRows.Lists,
                    FlowRows.Unread,
                    [new TableOperation.Put(id, new Dictionary<string, object> { ["At"] = now })],
                    cancellation);
                listed = true;
            }

            var number = box.Number("Next");
            try
            {
                await tables.Submit(
                    FlowRows.Flows,
                    id,
                    [
                        new TableOperation.Replace(FlowRows.Box, new Dictionary<string, object> { ["Next"] = number + 1, ["Ended"] = false }, box.ETag!),
                        new TableOperation.Insert(FlowRows.Command(number), FlowRows.Parts(body, ("Id", commandId), ("Name", name), ("At", now))),
                        new TableOperation.Insert(FlowRows.IdPrefix + commandId, new Dictionary<string, object> { ["Number"] = number }),
                    ],
                    cancellation);
                return SendOutcome.Accepted;
            }
            catch (TableConflictException) when (attempt < AttemptsMax)
            {
                await Task.Delay(LongestWait * Random.Shared.NextDouble(), cancellation);
            }
        }
    }

    /// <summary>The commands after a number, in the order of their acceptance; not always all of them.</summary>
    public async Task<IReadOnlyList<InboxCommand>> Read(string id, long after, CancellationToken cancellation = default)
    {
        var range = new RowRange(id, FlowRows.Command(after + 1), FlowRows.CommandPrefix + '~');
        var page = await tables.Query(FlowRows.Flows, range, PageMax, null, cancellation);
        var commands = new List<InboxCommand>();
        var bytes = 0;
        foreach (var entity in page.Entities)
        {
            var body = FlowRows.Whole(entity);
            if (commands.Count > 0 && bytes + body.Length > PageBytesMax)
            {
                break;
            }

            bytes += body.Length;
            commands.Add(new InboxCommand(
                long.Parse(entity.Row[FlowRows.CommandPrefix.Length..], System.Globalization.CultureInfo.InvariantCulture),
                entity.Text("Id"),
                entity.Text("Name"),
                (DateTimeOffset)entity.Properties["At"],
                JsonSerializer.Deserialize<JsonElement>(body, Wire.Options)));
        }

        return commands;
    }

    /// <summary>Deletes what earlier generations have read; the ids stay, since they count as long as the flow lives.</summary>
    public async Task Forget(string id, long through, CancellationToken cancellation = default)
    {
        while (true)
        {
            var range = new RowRange(id, FlowRows.CommandPrefix, FlowRows.Command(through + 1));
            var page = await tables.Query(FlowRows.Flows, range, TableLimits.BatchMax, null, cancellation);
            if (page.Entities.Count == 0)
            {
                return;
            }

            await FlowRegistry.DeleteRows(tables, FlowRows.Flows, id, page.Entities.Select(entity => entity.Row), cancellation);
        }
    }

    /// <summary>Takes commands out that something else has already dealt with.</summary>
    public Task Drop(string id, IEnumerable<InboxCommand> commands, CancellationToken cancellation = default) =>
        FlowRegistry.DeleteRows(tables, FlowRows.Flows, id, commands.Select(command => FlowRows.Command(command.Number)), cancellation);

    /// <summary>The number of the last command that was accepted; 0 when there was none.</summary>
    public async Task<long> Last(string id, CancellationToken cancellation = default) =>
        await tables.Get(FlowRows.Flows, id, FlowRows.Box, cancellation) is { } box ? box.Number("Next") - 1 : 0;

    internal static Dictionary<string, object> Empty(long read) => new() { ["Next"] = read + 1, ["Ended"] = false };

    internal static Dictionary<string, object> Opened(Entity box, bool isOpen) =>
        new() { ["Next"] = box.Number("Next"), ["Ended"] = !isOpen };
}

/// <summary>A command as it lies in an inbox.</summary>
/// <param name="Number">Its place; numbers grow, and some may be missing.</param>
/// <param name="Id">The command's id.</param>
/// <param name="Name">Its type.</param>
/// <param name="AcceptedAt">UTC.</param>
/// <param name="Body">What is asked.</param>
public sealed record InboxCommand(long Number, string Id, string Name, DateTimeOffset AcceptedAt, JsonElement Body);
