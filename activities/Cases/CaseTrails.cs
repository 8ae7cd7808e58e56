using System.Globalization;
using System.Text;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Cases;

/// <summary>A case's journal in one row, as far as somebody reads many of them at once.</summary>
/// <param name="Partition">What reads them, such as <c>scores</c>.</param>
/// <param name="Row">Begins with what they are looked for by; ends with the case's id.</param>
/// <param name="Facts">What never changes about the case, JSON.</param>
/// <param name="Lines">By the entry's number: a line of text for each entry that is looked at.</param>
public sealed record TrailRow(string Partition, string Row, string Facts, IReadOnlyDictionary<int, string> Lines)
{
    /// <summary>Where it lies; no key of a table holds a slash.</summary>
    public string Key => $"{Partition}/{Row}";

    public bool IsSame(TrailRow other) =>
        Facts == other.Facts && Lines.Count == other.Lines.Count && Lines.All(line => other.Lines.GetValueOrDefault(line.Key) == line.Value);
}

/// <summary>What a case's trail gets by some entries of its journal; null when its kind has none. Pure.</summary>
/// <param name="kind">The flow's name.</param>
/// <param name="record">The whole record of the case.</param>
/// <param name="journal">The entries of a step, or all.</param>
public delegate TrailRow? CaseTrailing(string kind, System.Text.Json.JsonElement record, IReadOnlyList<JournalEntry> journal);

/// <summary>
/// The trails. An entry of a journal never changes, and a row only ever gets more of them; so it ends up the same
/// whatever was repeated, cut off or overtaken on the way.
/// </summary>
internal sealed class CaseTrails(ITables tables)
{
    public const string Table = "Trails";

    private const int TriesMax = 10;
    private const int PageSize = 200;

    /// <summary>Adds what the row does not hold yet.</summary>
    public async Task Write(TrailRow trail, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            var there = await tables.Get(Table, trail.Partition, trail.Row, cancellation);
            var known = there is null ? null : Of(trail.Partition, there);
            var whole = known is null ? trail : trail with { Lines = known.Lines.Concat(trail.Lines).DistinctBy(line => line.Key).ToDictionary() };
            if (known?.IsSame(whole) == true)
            {
                return;
            }

            try
            {
                await tables.Submit(
                    Table,
                    trail.Partition,
                    [there is null ? new TableOperation.Insert(trail.Row, Properties(whole)) : new TableOperation.Replace(trail.Row, Properties(whole), there.ETag!)],
                    cancellation);
                return;
            }
            catch (TableConflictException) when (tries < TriesMax)
            {
                // Another attempt was faster; what it wrote is looked at again.
            }
        }
    }

    /// <summary>The trails of a partition whose rows begin so.</summary>
    public async Task<IReadOnlyList<TrailRow>> Read(string partition, string prefix, CancellationToken cancellation)
    {
        var rows = new List<TrailRow>();
        string? cursor = null;
        do
        {
            var range = prefix.Length == 0 ? new RowRange(partition) : RowRange.Prefix(partition, prefix);
            var page = await tables.Query(Table, range, PageSize, cursor, cancellation);
            rows.AddRange(page.Entities.Select(row => Of(partition, row)));
            cursor = page.Next;
        }
        while (cursor is not null);
        return rows;
    }

    public Task Drop(TrailRow trail, CancellationToken cancellation) =>
        tables.Submit(Table, trail.Partition, [new TableOperation.Delete(trail.Row)], cancellation);

    private static Dictionary<string, object> Properties(TrailRow trail)
    {
        var properties = new Dictionary<string, object> { ["Facts"] = trail.Facts };
        var text = string.Join('\n', trail.Lines.OrderBy(line => line.Key).Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Key} {line.Value}")));
        var part = 0;
        foreach (var bytes in Encoding.UTF8.GetBytes(text).Chunk(TableLimits.PropertyBytesMax))
        {
            properties[Part(part++)] = bytes;
        }

        return properties;
    }

    private static TrailRow Of(string partition, Entity row)
    {
        var bytes = new MemoryStream();
        for (var part = 0; row.Properties.TryGetValue(Part(part), out var piece); part++)
        {
            bytes.Write((byte[])piece);
        }

        var lines = Encoding.UTF8.GetString(bytes.ToArray())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .ToDictionary(parts => int.Parse(parts[0], CultureInfo.InvariantCulture), parts => parts[1]);
        return new TrailRow(partition, row.Row, row.Text("Facts"), lines);
    }

    private static string Part(int number) => string.Create(CultureInfo.InvariantCulture, $"Trail{number:D2}");
}
