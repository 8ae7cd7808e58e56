using System.Globalization;
using System.IO.Compression;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision.Import;

namespace Workflows.Activities.Supervision;

/// <summary>What was done to a draft.</summary>
/// <param name="Version">Of the draft after it.</param>
/// <param name="At">UTC.</param>
/// <param name="By">The unit that did it.</param>
/// <param name="Act">upload, accept, change, split, merge, answer or activate.</param>
/// <param name="About">The item or question; for an upload the file's hash.</param>
/// <param name="Value">What it became; null when there is nothing to say.</param>
public sealed record DraftEntry(int Version, DateTimeOffset At, string By, string Act, string About, string? Value = null);

/// <summary>A draft in the list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">The document's number.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Tasks">How many.</param>
/// <param name="Indicators">How many.</param>
/// <param name="OpenQuestions">Those that must be answered first.</param>
/// <param name="Version">Counts its changes.</param>
/// <param name="ActivatedAt">UTC.</param>
public sealed record DraftSummary(
    string Id, string? Number, string? Subject, int Tasks, int Indicators, int OpenQuestions, int Version, DateTimeOffset? ActivatedAt);

/// <summary>A draft does not fit into a row of a table.</summary>
public sealed class DraftTooLargeException() : Exception("The draft is too large to be kept.");

/// <summary>Drafts of plans under review: each a document with an ETag; the change, its journal entry and the line of the list are one write.</summary>
public sealed class PlanDrafts(ITables tables)
{
    /// <summary>More drafts than this are not listed.</summary>
    public const int ListMax = 200;

    private const string Table = "PlanDrafts";
    private const string Partition = "drafts";
    private const string Whole = "draft.";
    private const string Line = "list.";
    private const string Journal = "journal.";
    private const int PieceBytes = TableLimits.PropertyBytesMax;

    /// <summary>The draft with the ETag that a change of it needs; null when there is none.</summary>
    public async Task<(PlanReview Review, string ETag)?> Find(string id, CancellationToken cancellation)
    {
        if (await tables.Get(Table, Partition, Whole + id, cancellation) is not { } row)
        {
            return null;
        }

        using var packed = new MemoryStream();
        for (var piece = 0; row.Properties.TryGetValue(Piece(piece), out var bytes); piece++)
        {
            packed.Write((byte[])bytes);
        }

        packed.Position = 0;
        using var unpacked = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionMode.Decompress))
        {
            await brotli.CopyToAsync(unpacked, cancellation);
        }

        return (Wire.Read<PlanReview>(unpacked.ToArray()), row.ETag!);
    }

    public async Task<IReadOnlyList<DraftSummary>> List(CancellationToken cancellation) =>
        [.. (await tables.Query(Table, RowRange.Prefix(Partition, Line), ListMax, cancellation: cancellation)).Entities.Select(row => Wire.Read<DraftSummary>((byte[])row.Properties["Json"]))];

    /// <summary>What was done, oldest first; at most the first thousand acts.</summary>
    public async Task<IReadOnlyList<DraftEntry>> JournalOf(string id, CancellationToken cancellation) =>
        [.. (await tables.Query(Table, RowRange.Prefix(Partition, $"{Journal}{id}."), 1000, cancellation: cancellation)).Entities.Select(row => Wire.Read<DraftEntry>((byte[])row.Properties["Json"]))];

    /// <summary>Keeps a new draft, or the next version of one.</summary>
    /// <param name="review">What it is now.</param>
    /// <param name="entry">What was done.</param>
    /// <param name="etag">As it was read; null for a new one.</param>
    /// <exception cref="TableConflictException">Somebody else changed it meanwhile, or the id is taken.</exception>
    /// <exception cref="DraftTooLargeException">Nothing was kept.</exception>
    public Task Save(PlanReview review, DraftEntry entry, string? etag)
    {
        var document = Packed(review);
        var open = review.OpenQuestions().Count;
        var draft = review.Draft;
        var line = new DraftSummary(review.Id, draft.Document.Number, draft.Document.Subject, draft.Tasks.Count, draft.Indicators.Count, open, review.Version, review.ActivatedAt);
        return tables.Submit(Table, Partition,
        [
            etag is null ? new TableOperation.Insert(Whole + review.Id, document) : new TableOperation.Replace(Whole + review.Id, document, etag),
            new TableOperation.Put(Line + review.Id, Json(line)),
            new TableOperation.Put($"{Journal}{review.Id}.{entry.Version.ToString("000000", CultureInfo.InvariantCulture)}", Json(entry)),
        ], CancellationToken.None);
    }

    private static Dictionary<string, object> Packed(PlanReview review)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            brotli.Write(Wire.Write(review));
        }

        // Half of what a row may hold, so that the list's line and the journal's entry always fit beside it.
        var bytes = packed.ToArray();
        return bytes.Length <= TableLimits.EntityBytesMax / 2
            ? bytes.Chunk(PieceBytes).Select((piece, index) => (piece, index)).ToDictionary(entry => Piece(entry.index), object (entry) => entry.piece)
            : throw new DraftTooLargeException();
    }

    private static Dictionary<string, object> Json<T>(T value) => new() { ["Json"] = Wire.Write(value) };

    private static string Piece(int index) => $"P{index.ToString("00", CultureInfo.InvariantCulture)}";
}
