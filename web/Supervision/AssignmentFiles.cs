using Microsoft.AspNetCore.Http;
using Workflows.Activities.Attachments;
using Workflows.Activities.PersonalData;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Supervision;

/// <summary>
/// Evidence of assignments, and the words that came with what was said. Both may name people, so they are handed out to
/// those concerned only, and every access is on record before.
/// </summary>
public sealed class AssignmentFiles(Desk desk, AssignmentDesk assignments, AccessJournal accesses, CaseFiles files) : IFileOwner
{
    /// <summary>Adds a file; the same command id finds the one it added before.</summary>
    public async Task<Reply> Add(string id, string commandId, string by, UploadedFile uploaded, CancellationToken cancellation)
    {
        if (await Find(id, cancellation) is not { } record)
        {
            return Missing(id);
        }

        var fileId = await files.IdOf(id, commandId, cancellation);
        var file = new StoredFile(
            fileId, uploaded.Name, uploaded.Form.ContentType, uploaded.Content.Length, CaseFiles.Sha256(uploaded.Content.Span), by, desk.Time.GetUtcNow());
        var fact = new AssignmentFact.FileAdded(fileId, uploaded.Kind, file.Sha256);
        var added = Reply.Created(
            $"{AssignmentDesk.Path}/{id}/files/{fileId}", new FileView(fileId, uploaded.Kind, file.ContentType, file.Bytes, file.Sha256, file.At));
        if (Knows(record.State, fileId))
        {
            return added;
        }

        // Asked before anything is stored, so that a refusal leaves nothing behind.
        if (assignments.Refusal(record.State, fact, by, commandId) is { } refused)
        {
            return refused;
        }

        await files.Put(id, file, uploaded.Content, cancellation);
        var reply = await assignments.Say(id, commandId, by, fact, null, cancellation);
        if (reply.Status == StatusCodes.Status409Conflict)
        {
            // The assignment changed in between. What a death leaves here the sweep removes.
            await files.Remove(id, fileId, CancellationToken.None);
        }

        return reply.Status == StatusCodes.Status200OK ? added : reply;
    }

    public async Task<Reply> List(string id, CancellationToken cancellation)
    {
        if (await Find(id, cancellation) is not { } record)
        {
            return Missing(id);
        }

        var views = new List<FileView>();
        foreach (var file in record.State.Files ?? [])
        {
            var known = await files.Find(id, file.File, cancellation);
            views.Add(new FileView(file.File, file.Kind, known?.ContentType, known?.Bytes, file.Sha256, file.At));
        }

        return Reply.Ok<IReadOnlyList<FileView>>(views);
    }

    /// <summary>Hands a file out to a unit that may have it.</summary>
    public async Task<IResult> Download(string id, string fileId, string by, CancellationToken cancellation)
    {
        if (await Find(id, cancellation) is not { } record || !Knows(record.State, fileId) || await files.Find(id, fileId, cancellation) is not { } file)
        {
            return Reply.NotFound($"There is no file {fileId} of an assignment {id}.");
        }

        if (await NotConcerned(record.State, by, "Downloaded", $"file {fileId}", $"下载附件{fileId}", cancellation) is { } refusal)
        {
            return refusal;
        }

        return await files.Read(id, file, cancellation) is { } content
            ? Results.File(content, file.ContentType, file.Name)
            : Reply.NotFound($"There is no file {fileId} of an assignment {id}.");
    }

    /// <summary>The words that came with a command, for a unit that may read them.</summary>
    public async Task<Reply> Text(string id, string textId, string by, CancellationToken cancellation)
    {
        if (!CaseReads.CanBeId(textId) || await Find(id, cancellation) is not { } record || await desk.Personal.GetText(id, textId, cancellation) is not { } text)
        {
            return Reply.NotFound($"There is no text {textId} of an assignment {id}.");
        }

        return await NotConcerned(record.State, by, "Shown", $"text {textId}", $"查看文字{textId}", cancellation) ?? Reply.Ok(new TextView(textId, text));
    }

    public async Task<IReadOnlySet<string>?> Known(string id, CancellationToken cancellation) =>
        await Find(id, cancellation) is { } record
            ? (record.State.Files ?? []).Select(file => file.File).ToHashSet(StringComparer.Ordinal)
            : null;

    /// <summary>Null for the unit, those who check, review or approve, and the unit's superiors; either way it is on record when this returns.</summary>
    private async Task<Reply?> NotConcerned(Assignment assignment, string by, string what, string asked, string askedZh, CancellationToken cancellation)
    {
        var units = desk.Rules.Get<SupervisionRules>(assignment.Rules).Units;
        HashSet<string?> concerned = [assignment.Unit, units.Duties.Supervision, units.Duties.Leaders, assignment.Objection?.Reviewer, assignment.Extension?.Approver];
        for (var unit = units.SuperiorOf(assignment.Unit); unit is not null; unit = units.SuperiorOf(unit.Id))
        {
            concerned.Add(unit.Id);
        }

        var isLetIn = concerned.Contains(by);
        await accesses.Add(
            assignment.Id,
            new Occasion(desk.Time.GetUtcNow(), by, "api", $"a-{Guid.CreateVersion7():N}"),
            isLetIn
                ? new JournalLine(what, $"{by} was shown {asked}.", $"{askedZh}。")
                : new JournalLine("Refused", $"{by} was refused {asked}.", $"申请{askedZh}，未获允许。"),
            cancellation);
        return isLetIn
            ? null
            : Reply.Of(StatusCodes.Status403Forbidden, "not-concerned", "Not for this unit.", $"Only {assignment.Unit}, those above it and those who check, review or approve are shown {asked}; {by} is not. The attempt is on record.");
    }

    private Task<CaseRecord<Assignment>?> Find(string id, CancellationToken cancellation) =>
        desk.Cases.Find<Assignment>(TaskSupervision.FlowName, id, cancellation);

    private static Reply Missing(string id) => Reply.NotFound($"There is no assignment {id}.");

    private static bool Knows(Assignment assignment, string fileId) => assignment.Files?.Any(file => file.File == fileId) == true;
}
