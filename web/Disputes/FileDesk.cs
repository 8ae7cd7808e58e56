using System.Globalization;
using Microsoft.AspNetCore.Http;
using Workflows.Activities.Attachments;
using Workflows.Orchestrations.Disputes;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <summary>
/// The files of a dispute. A file's own name may be somebody's, so it is shown only where the file is handed out, which
/// is an access to personal data.
/// </summary>
public sealed class FileDesk(Desk desk, DisputeDesk disputes, PersonalDesk people, CaseFiles files) : IFileOwner
{
    /// <summary>Adds a file; the same command id finds the one it added before.</summary>
    public async Task<Reply> Add(string id, string commandId, string by, UploadedFile uploaded, CancellationToken cancellation)
    {
        if (await desk.Cases.Find<Dispute>(DisputeEscalation.FlowName, id, cancellation) is not { } record)
        {
            return Reply.NotFound($"There is no case {id}.");
        }

        var fileId = await files.IdOf(id, commandId, cancellation);
        var file = new StoredFile(
            fileId,
            uploaded.Name,
            uploaded.Form.ContentType,
            uploaded.Content.Length,
            CaseFiles.Sha256(uploaded.Content.Span),
            by,
            desk.Time.GetUtcNow());
        var fact = new DisputeFact.FileAdded(fileId, uploaded.Kind, file.Sha256);
        var added = Reply.Created(
            $"{DisputeDesk.Path}/{id}/files/{fileId}",
            new FileView(fileId, uploaded.Kind, file.ContentType, file.Bytes, file.Sha256, file.At));
        if (Knows(record.State, fileId))
        {
            return added;
        }

        // Asked before anything is stored, so that a refusal leaves nothing behind.
        if (disputes.Refusal(record.State, fact, by, commandId) is { } refused)
        {
            return refused;
        }

        await files.Put(id, file, uploaded.Content, cancellation);
        var reply = await disputes.Say(id, commandId, by, fact, null, cancellation);
        if (reply.Status == StatusCodes.Status409Conflict)
        {
            // The case changed in between. What a death leaves here the sweep removes.
            await files.Remove(id, fileId, CancellationToken.None);
        }

        return reply.Status == StatusCodes.Status200OK ? added : reply;
    }

    public async Task<Reply> List(string id, CancellationToken cancellation)
    {
        if (await desk.Cases.Find<Dispute>(DisputeEscalation.FlowName, id, cancellation) is not { } record)
        {
            return Reply.NotFound($"There is no case {id}.");
        }

        var views = new List<FileView>();
        foreach (var file in record.State.Files ?? [])
        {
            var known = await files.Find(id, file.File, cancellation);
            views.Add(new FileView(file.File, file.Kind, known?.ContentType, known?.Bytes, file.Sha256, file.At));
        }

        return Reply.Ok<IReadOnlyList<FileView>>(views);
    }

    /// <summary>Hands a file out to a unit that may have it; written down before, as every access is.</summary>
    public async Task<IResult> Download(string id, string fileId, string by, CancellationToken cancellation)
    {
        if (await desk.Cases.Find<Dispute>(DisputeEscalation.FlowName, id, cancellation) is not { } known
            || !Knows(known.State, fileId)
            || await files.Find(id, fileId, cancellation) is not { } file)
        {
            return Reply.NotFound($"There is no file {fileId} of a case {id}.");
        }

        var (record, refusal) = await people.Enter(
            id, by, "Downloaded", $"file {fileId}", string.Create(CultureInfo.InvariantCulture, $"下载附件{fileId}"), null, cancellation);
        if (record is null)
        {
            return refusal!;
        }

        return await files.Read(id, file, cancellation) is { } content
            ? Results.File(content, file.ContentType, file.Name)
            : Reply.NotFound($"There is no file {fileId} of a case {id}.");
    }

    /// <summary>The ids of the files that a dispute knows; null when there is no such dispute.</summary>
    public async Task<IReadOnlySet<string>?> Known(string id, CancellationToken cancellation) =>
        await desk.Cases.Find<Dispute>(DisputeEscalation.FlowName, id, cancellation) is { } record
            ? (record.State.Files ?? []).Select(file => file.File).ToHashSet(StringComparer.Ordinal)
            : null;

    private static bool Knows(Dispute dispute, string fileId) => dispute.Files?.Any(file => file.File == fileId) == true;
}
