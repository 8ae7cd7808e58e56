using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Storage;

namespace Workflows.Activities.Attachments;

/// <summary>What is known of a file. Its name is personal data, so this is kept encrypted.</summary>
/// <param name="Id">Within its case; cannot be guessed.</param>
/// <param name="Name">As the person called it.</param>
/// <param name="ContentType">MIME type, told by the content.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Of the content, 64 hexadecimal digits.</param>
/// <param name="By">Who gave it.</param>
/// <param name="At">UTC.</param>
public sealed record StoredFile(
    string Id, string Name, string ContentType, long Bytes, string Sha256, string By, DateTimeOffset At)
{
    /// <summary>Only the id: a record that is printed by mistake tells nothing.</summary>
    public override string ToString() => $"file {Id}";
}

/// <summary>
/// The files of cases: the content encrypted in a blob <c>files/CASE/ID</c> that is written once, what is known of it
/// with the case's personal data.
/// </summary>
public sealed class CaseFiles(IBlobs blobs, PersonalDataTable personal, IDataProtectionProvider protection)
{
    private const string BlobPrefix = "files/";
    private const string RowPrefix = "file:";
    private const string Purpose = "Workflows.Attachments.v1";

    /// <summary>Of the keyed hash; nobody guesses 128 bits.</summary>
    private const int IdDigits = 32;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The id of the file that a command brings: the same for the same command, and known to nobody before.</summary>
    public async Task<string> IdOf(string caseId, string commandId, CancellationToken cancellation = default) =>
        "f-" + (await personal.Hash.Of("file-id", $"{caseId}\n{commandId}", cancellation))[..IdDigits];

    /// <summary>Stores a file; the same file again under its id is fine.</summary>
    /// <exception cref="BlobExistsException">The id has another content.</exception>
    public async Task Put(string caseId, StoredFile file, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        // First what is known of it: a blob without it would be nobody's, and never be looked at.
        await personal.Rows.Put(caseId, RowPrefix + file.Id, JsonSerializer.SerializeToUtf8Bytes(file, Json), cancellation);
        if (await blobs.Get(Blob(caseId, file.Id), cancellation) is { } there)
        {
            // Encrypted twice is never the same twice, so the store cannot compare.
            if (Sha256(Open(caseId, file.Id, there)) != file.Sha256)
            {
                throw new BlobExistsException(there.Name);
            }

            return;
        }

        var secret = Protector(caseId, file.Id).Protect(content.ToArray());
        await blobs.Put(Blob(caseId, file.Id), secret, "application/octet-stream", once: true, cancellation);
    }

    /// <summary>What is known of a file; null for one that is not there or was erased.</summary>
    public async Task<StoredFile?> Find(string caseId, string fileId, CancellationToken cancellation = default) =>
        await personal.Rows.Get(caseId, RowPrefix + fileId, cancellation) is { } plain ? JsonSerializer.Deserialize<StoredFile>(plain, Json) : null;

    /// <summary>The content; null for one that is not there or was erased.</summary>
    /// <exception cref="InvalidDataException">It is not what was stored.</exception>
    public async Task<byte[]?> Read(string caseId, StoredFile file, CancellationToken cancellation = default)
    {
        if (await blobs.Get(Blob(caseId, file.Id), cancellation) is not { } blob)
        {
            return null;
        }

        var content = Open(caseId, file.Id, blob);
        return Sha256(content) == file.Sha256 ? content : throw new InvalidDataException($"File {file.Id} of case {caseId} has another hash than when it was stored.");
    }

    /// <summary>Removes one file; a missing one is fine.</summary>
    public async Task Remove(string caseId, string fileId, CancellationToken cancellation = default)
    {
        await blobs.Delete(Blob(caseId, fileId), cancellation);
        await personal.Rows.Delete(caseId, RowPrefix + fileId, cancellation);
    }

    /// <summary>Removes the contents of a case. What was known of them goes with its personal data.</summary>
    public async Task Erase(string caseId, CancellationToken cancellation = default)
    {
        await foreach (var name in blobs.List($"{BlobPrefix}{caseId}/", cancellation))
        {
            await blobs.Delete(name, cancellation);
        }
    }

    /// <summary>
    /// Removes what no case knows: contents whose fact was refused, or whose upload died, or whose case was erased.
    /// </summary>
    /// <param name="before">Younger files stay, since their fact may be on its way.</param>
    /// <param name="known">The ids of the files that a case knows; null for a case that cannot be read now.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <returns>How many were removed.</returns>
    public async Task<int> Sweep(
        DateTimeOffset before, Func<string, Task<IReadOnlySet<string>?>> known, CancellationToken cancellation = default)
    {
        var removed = 0;
        (string Case, IReadOnlySet<string>? Files) looked = ("", null);
        await foreach (var name in blobs.List(BlobPrefix, cancellation))
        {
            var parts = name.Split('/');
            if (looked.Case != parts[1])
            {
                looked = (parts[1], await known(parts[1]));
            }

            var file = await Find(parts[1], parts[2], cancellation);
            if (file is null || (file.At < before && looked.Files?.Contains(file.Id) == false))
            {
                await Remove(parts[1], parts[2], cancellation);
                removed++;
            }
        }

        return removed;
    }

    public static string Sha256(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private byte[] Open(string caseId, string fileId, Blob blob)
    {
        try
        {
            return Protector(caseId, fileId).Unprotect(blob.Content.ToArray());
        }
        catch (CryptographicException e)
        {
            throw new PersonalDataKeyException(caseId, e);
        }
    }

    /// <summary>Bound to its place, as rows are.</summary>
    private IDataProtector Protector(string caseId, string fileId) => protection.CreateProtector(Purpose, caseId, fileId);

    private static string Blob(string caseId, string fileId) => $"{BlobPrefix}{caseId}/{fileId}";
}
