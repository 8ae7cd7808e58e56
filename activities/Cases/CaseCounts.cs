using Workflows.Activities.Storage;

namespace Workflows.Activities.Cases;

/// <summary>A row by which a case is counted. Rows of a partition are in the order of time.</summary>
/// <param name="Partition">What is counted, such as <c>disputes.ended</c>.</param>
/// <param name="Row">Begins with the day, so that a month is a range; ends with the case's id.</param>
/// <param name="Facts">What counting needs to know, JSON.</param>
public sealed record CountedRow(string Partition, string Row, string Facts)
{
    /// <summary>Where it lies; no key of a table holds a slash.</summary>
    public string Key => $"{Partition}/{Row}";
}

/// <summary>The rows by which a case is counted as it stands; none when its kind is not counted. Pure.</summary>
/// <param name="kind">The flow's name.</param>
/// <param name="record">The whole record of the case.</param>
public delegate IReadOnlyList<CountedRow> CaseCounting(string kind, System.Text.Json.JsonElement record);

/// <summary>
/// The rows that measures add up. Each row only ever takes a higher version of its case, so it ends up the same
/// whatever was repeated, cut off or overtaken on the way; a row that a case no longer counts by stays as an empty one,
/// or a late writer would bring it back.
/// </summary>
internal sealed class CaseCounts(ITables tables)
{
    public const string Table = "Counts";

    private const int TriesMax = 10;
    private const int PageSize = 500;

    /// <summary>Makes the rows say what a version of a case says.</summary>
    /// <param name="version">Which.</param>
    /// <param name="keys">All rows that it has ever been counted by.</param>
    /// <param name="rows">Those that it is counted by now.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task Write(int version, IEnumerable<string> keys, IReadOnlyList<CountedRow> rows, CancellationToken cancellation)
    {
        var now = rows.ToDictionary(row => row.Key, row => row.Facts, StringComparer.Ordinal);
        return Task.WhenAll(keys.Select(key => Write(version, key, now.GetValueOrDefault(key), cancellation)));
    }

    /// <summary>The rows of a stretch of a partition.</summary>
    public async Task<IReadOnlyList<CountedRow>> Read(
        string partition, string? from, string? to, CancellationToken cancellation)
    {
        var rows = new List<CountedRow>();
        string? cursor = null;
        do
        {
            var page = await tables.Query(Table, new RowRange(partition, from, to), PageSize, cursor, cancellation);
            rows.AddRange(page.Entities
                .Where(row => row.TextOrNull("Facts") is not null)
                .Select(row => new CountedRow(partition, row.Row, row.Text("Facts"))));
            cursor = page.Next;
        }
        while (cursor is not null);
        return rows;
    }

    /// <summary>Removes a row of no case.</summary>
    public Task Drop(string key, CancellationToken cancellation)
    {
        var (partition, row) = Parts(key);
        return tables.Submit(Table, partition, [new TableOperation.Delete(row)], cancellation);
    }

    private static (string Partition, string Row) Parts(string key)
    {
        var cut = key.IndexOf('/', StringComparison.Ordinal);
        return (key[..cut], key[(cut + 1)..]);
    }

    private async Task Write(int version, string key, string? facts, CancellationToken cancellation)
    {
        var (partition, row) = Parts(key);
        var properties = new Dictionary<string, object> { ["Version"] = version };
        if (facts is not null)
        {
            properties["Facts"] = facts;
        }

        for (var tries = 1; ; tries++)
        {
            var there = await tables.Get(Table, partition, row, cancellation);
            if (there is not null
                && (there.Number("Version") > version || (there.Number("Version") == version && there.TextOrNull("Facts") == facts)))
            {
                return;
            }

            try
            {
                await tables.Submit(
                    Table,
                    partition,
                    [there is null ? new TableOperation.Insert(row, properties) : new TableOperation.Replace(row, properties, there.ETag!)],
                    cancellation);
                return;
            }
            catch (TableConflictException) when (tries < TriesMax)
            {
                // Another attempt of the same or of another version was faster; what it wrote is looked at again.
            }
        }
    }
}
