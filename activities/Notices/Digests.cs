using System.Text.Json;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;

namespace Workflows.Activities.Notices;

/// <summary>
/// The table Digests: what was gathered for a unit's mail of a day. A partition per digest, a row per notice, and a row
/// that says that nothing more is taken.
/// </summary>
/// <remarks>
/// A notice is put in first and the closing row is looked at afterwards; the closing row is written first and the
/// notices are read afterwards, in this order whoever wrote it. So whoever comes at the moment of closing either is read,
/// or sees that it was too late.
/// </remarks>
public sealed class Digests(ITables tables) : IActivityHandler<GatherNotice, DeliveryFact>
{
    private const string Table = "Digests";
    private const string Closing = "closing";
    private const string ItemPrefix = "item-";
    private const string Notice = "Notice";
    private const string Taken = "Taken";
    private const string Done = "Done";

    /// <summary>Days that a notice is put off for because their digests have gone out.</summary>
    private const int DaysMax = 400;

    /// <summary>Enough for some 20,000 notices in one digest.</summary>
    private const int RoundsMax = 200;

    /// <summary>Puts the notice into the first digest that is not closed: the addressee's and that of each copy.</summary>
    public async Task<DeliveryFact> Run(GatherNotice request, CancellationToken cancellation)
    {
        var places = new List<DigestPlace>();
        foreach (var unit in request.Notice.Copies.Prepend(request.Notice.To).Distinct(StringComparer.Ordinal))
        {
            places.Add(await Put(unit, request, cancellation));
        }

        return new DeliveryFact.Gathered(places);
    }

    /// <summary>Takes nothing more into the digest, and gives what is in it, in the order in which it was decided.</summary>
    public async Task<IReadOnlyList<Notice>> Close(string digest, CancellationToken cancellation)
    {
        for (var round = 0; round < RoundsMax; round++)
        {
            if (await tables.Get(Table, digest, Closing, cancellation) is not { } closing)
            {
                await Submit(digest, [new TableOperation.Insert(Closing, State(isDone: false))], cancellation);
                continue;
            }

            // Only now: what is read before the closing row was there may lack a notice that was told it is in.
            var items = await Items(digest, cancellation);
            if (IsDone(closing))
            {
                return
                [
                    .. items.Where(IsTaken)
                        .Select(item => JsonSerializer.Deserialize<Notice>(item.Text(Notice), Wire.Options)!)
                        .OrderBy(notice => notice.DecidedAt).ThenBy(notice => notice.Key, StringComparer.Ordinal),
                ];
            }
            else
            {
                // One batch with the closing row, so that nobody takes anything once somebody else has said "done".
                var left = items.Where(item => !IsTaken(item)).ToList();
                await Submit(
                    digest,
                    [
                        new TableOperation.Replace(Closing, State(isDone: left.Count < TableLimits.BatchMax), closing.ETag!),
                        .. left.Take(TableLimits.BatchMax - 1)
                            .Select(item => new TableOperation.Replace(item.Row, Item(item.Text(Notice), isTaken: true), item.ETag!)),
                    ],
                    cancellation);
            }
        }

        throw new MailUnavailableException($"{digest} could not be closed in {RoundsMax} rounds.");
    }

    private async Task<DigestPlace> Put(string unit, GatherNotice request, CancellationToken cancellation)
    {
        for (var days = 0; days < DaysMax; days++)
        {
            var place = new DigestPlace(unit, request.Day.AddDays(days));
            if (await IsPut(Digest.KeyOf(unit, place.Day), request.Notice, cancellation))
            {
                return place;
            }
        }

        throw new InvalidOperationException($"The digests of {unit} are closed for {DaysMax} days from {request.Day:yyyy-MM-dd}.");
    }

    private async Task<bool> IsPut(string digest, Notice notice, CancellationToken cancellation)
    {
        var row = ItemPrefix + notice.Key;
        if (await tables.Get(Table, digest, row, cancellation) is null)
        {
            await tables.Submit(
                Table,
                digest,
                [new TableOperation.Put(row, Item(JsonSerializer.Serialize(notice, Wire.Options), isTaken: false))],
                cancellation);
        }

        if (await tables.Get(Table, digest, Closing, cancellation) is not { } closing)
        {
            return true;
        }

        if (!IsDone(closing))
        {
            throw new MailUnavailableException($"{digest} is being closed at this moment.", TimeSpan.FromSeconds(5));
        }

        if (await tables.Get(Table, digest, row, cancellation) is not { } late)
        {
            return false;
        }

        if (IsTaken(late))
        {
            return true;
        }

        await tables.Submit(Table, digest, [new TableOperation.Delete(row, late.ETag)], cancellation);
        return false;
    }

    /// <summary>A conflict means that somebody else closes the same digest; the next round sees what became of it.</summary>
    private async Task Submit(string digest, IReadOnlyList<TableOperation> operations, CancellationToken cancellation)
    {
        try
        {
            await tables.Submit(Table, digest, operations, cancellation);
        }
        catch (TableConflictException)
        {
        }
    }

    private async Task<List<Entity>> Items(string digest, CancellationToken cancellation)
    {
        var items = new List<Entity>();
        string? cursor = null;
        do
        {
            var page = await tables.Query(Table, RowRange.Prefix(digest, ItemPrefix), TableLimits.BatchMax, cursor, cancellation);
            items.AddRange(page.Entities);
            cursor = page.Next;
        }
        while (cursor is not null);
        return items;
    }

    private static bool IsDone(Entity closing) => (bool)closing.Properties[Done];

    private static bool IsTaken(Entity item) => (bool)item.Properties[Taken];

    private static Dictionary<string, object> Item(string notice, bool isTaken) => new() { [Notice] = notice, [Taken] = isTaken };

    private static Dictionary<string, object> State(bool isDone) => new() { [Done] = isDone };
}
