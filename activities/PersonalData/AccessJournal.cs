using System.Globalization;
using System.Text.Json;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.PersonalData;

/// <summary>
/// Who was shown the personal data of a case, who was refused, and when it was erased: entries that are only added,
/// each chained to the one before by its hash. It holds ids only and outlives the data.
/// </summary>
/// <remarks>Table <c>PersonalAccesses</c>: a partition per case, a row per entry, and one with the chain's end.</remarks>
public sealed class AccessJournal(ITables tables)
{
    private const string Table = "PersonalAccesses";
    private const string EntryPrefix = "entry-";
    private const string HeadRow = "head";
    private const int PageSize = 200;
    private const int AttemptsMax = 50;

    /// <summary>Adds an entry; it is durable when this returns, so hand out nothing before.</summary>
    /// <exception cref="TableConflictException">Others were faster every time.</exception>
    public async Task Add(string caseId, Occasion occasion, JournalLine line, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TryAdd(caseId, occasion, line, cancellation);
                return;
            }
            catch (TableConflictException) when (attempt < AttemptsMax)
            {
                // Another entry came first; this one builds on it.
            }
        }
    }

    /// <summary>The entries of a case, oldest first.</summary>
    public async Task<IReadOnlyList<JournalEntry>> Read(string caseId, CancellationToken cancellation = default)
    {
        var entries = new List<JournalEntry>();
        string? cursor = null;
        do
        {
            var page = await tables.Query(Table, RowRange.Prefix(caseId, EntryPrefix), PageSize, cursor, cancellation);
            entries.AddRange(page.Entities.Select(row => JsonSerializer.Deserialize<JournalEntry>(row.Text("Entry"), Wire.Options)!));
            cursor = page.Next;
        }
        while (cursor is not null);
        return entries;
    }

    /// <summary>What the last entry of a case says happened; null without any.</summary>
    public async Task<string?> Last(string caseId, CancellationToken cancellation = default) =>
        (await tables.Get(Table, caseId, HeadRow, cancellation))?.Text("What");

    private async Task TryAdd(string caseId, Occasion occasion, JournalLine line, CancellationToken cancellation)
    {
        var head = await tables.Get(Table, caseId, HeadRow, cancellation);
        var entry = Journal.Append((int)(head?.Number("Length") ?? 0), head?.Text("Hash") ?? Journal.Beginning, occasion, [line])[0];
        var next = new Dictionary<string, object> { ["Length"] = entry.Number, ["Hash"] = entry.Hash, ["What"] = line.What };
        var row = EntryPrefix + entry.Number.ToString("D6", CultureInfo.InvariantCulture);
        await tables.Submit(
            Table,
            caseId,
            [
                head is null ? new TableOperation.Insert(HeadRow, next) : new TableOperation.Replace(HeadRow, next, head.ETag!),
                new TableOperation.Insert(row, new Dictionary<string, object> { ["Entry"] = JsonSerializer.Serialize(entry, Wire.Options) }),
            ],
            cancellation);
    }
}
