using System.Globalization;
using System.Text.Json;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Cases;

/// <summary>
/// How cases lie in tables. <c>Cases</c>: a partition per case with its state and its journal. <c>Lists</c>: a
/// partition per list with a row per case, newest first, so that every list is a range scan.
/// </summary>
internal static class CaseRows
{
    public const string Cases = "Cases";
    public const string Lists = "Lists";
    public const string State = "state";
    public const string JournalPrefix = "journal-";

    public static string JournalRow(int number) => JournalPrefix + number.ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>Newest first: what is left of time sorts before.</summary>
    public static string ListRow(DateTimeOffset openedAt, string caseId) =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.MaxValue.UtcTicks - openedAt.UtcTicks:D19}-{caseId}");

    /// <summary>The state row. The record is cut into parts, since one property holds 64 KiB and a row 1 MiB.</summary>
    /// <param name="save">What is saved.</param>
    /// <param name="stale">Lists the case stood in before and no longer does; their rows are deleted afterwards.</param>
    /// <param name="countedBy">Every row of counts that the case has ever had.</param>
    public static Dictionary<string, object> StateOf(SaveCase save, IEnumerable<string> stale, IReadOnlyList<string> countedBy)
    {
        var properties = new Dictionary<string, object>
        {
            ["Kind"] = save.Kind,
            ["Version"] = save.Version,
            ["Card"] = JsonSerializer.Serialize(save.Card, Wire.Options),
            ["Stale"] = JsonSerializer.Serialize(stale, Wire.Options),
        };
        if (countedBy.Count > 0)
        {
            properties["Counted"] = JsonSerializer.Serialize(countedBy, Wire.Options);
        }

        var part = 0;
        foreach (var bytes in Wire.Write(save.Record).Chunk(TableLimits.PropertyBytesMax))
        {
            properties[Part(part++)] = bytes;
        }

        return properties;
    }

    public static byte[] RecordOf(Entity state)
    {
        var record = new MemoryStream();
        for (var part = 0; state.Properties.TryGetValue(Part(part), out var bytes); part++)
        {
            record.Write((byte[])bytes);
        }

        return record.ToArray();
    }

    public static CaseCard CardOf(Entity entity) => JsonSerializer.Deserialize<CaseCard>(entity.Text("Card"), Wire.Options)!;

    public static string[] StaleOf(Entity state) => JsonSerializer.Deserialize<string[]>(state.Text("Stale"), Wire.Options)!;

    /// <summary>A case saved before there were counts has none yet.</summary>
    public static string[] CountedOf(Entity state) =>
        state.TextOrNull("Counted") is { } counted ? JsonSerializer.Deserialize<string[]>(counted, Wire.Options)! : [];

    private static string Part(int number) => string.Create(CultureInfo.InvariantCulture, $"Record{number:D2}");
}
