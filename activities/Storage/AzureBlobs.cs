using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Workflows.Activities.Storage;

/// <summary>Blobs in one container of an Azure storage account. The container is made by its first write.</summary>
/// <remarks>The account has no hierarchical namespace: it would list by folders and not by names.</remarks>
public sealed class AzureBlobs : IBlobs
{
    /// <summary>Beginnings of one try: the container is missing, or a name is taken and free again when it is looked at.</summary>
    private const int TurnsMax = 5;

    private const int PageNames = 1000;

    private readonly BlobContainerClient container;
    private readonly AzureTries tries;

    /// <param name="account">Where.</param>
    /// <param name="container">3 to 63 lower-case letters, digits and single '-'.</param>
    public AzureBlobs(AzureAccount account, string container)
    {
        this.container = account.OpenBlobs().GetBlobContainerClient(container);
        tries = new AzureTries(account.Patience);
    }

    public Task Put(
        string name,
        ReadOnlyMemory<byte> content,
        string contentType,
        bool once = false,
        CancellationToken cancellation = default)
    {
        BlobName.Check(name);
        BlobName.CheckContentType(contentType);
        return tries.Write("Writing a blob", _ => Upload(name, content, contentType, once), cancellation);
    }

    public Task<Blob?> Get(string name, CancellationToken cancellation = default)
    {
        BlobName.Check(name);
        return tries.Read("Reading a blob", stop => Download(name, stop), cancellation);
    }

    public async IAsyncEnumerable<string> List(
        string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        BlobName.CheckPrefix(prefix);
        var last = "";
        string? token = null;
        do
        {
            var from = token;
            var page = await tries.Read("Listing blobs", stop => Page(prefix, from, stop), cancellation);
            foreach (var name in page.Names)
            {
                if (string.CompareOrdinal(last, name) > 0)
                {
                    throw new InvalidDataException("The account lists blobs by folders; it must have no hierarchical namespace.");
                }

                yield return last = name;
            }

            token = page.Token;
        }
        while (token is not null);
    }

    public Task Delete(string name, CancellationToken cancellation = default)
    {
        BlobName.Check(name);
        return tries.Write(
            "Deleting a blob",
            _ => container.GetBlobClient(name).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots),
            cancellation);
    }

    private async Task Upload(string name, ReadOnlyMemory<byte> content, string contentType, bool once)
    {
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
            Conditions = once ? new BlobRequestConditions { IfNoneMatch = ETag.All } : null,
        };
        for (var turn = 1; ; turn++)
        {
            try
            {
                await container.GetBlobClient(name).UploadAsync(new BinaryData(content), options);
                return;
            }
            catch (RequestFailedException missing) when (turn < TurnsMax && missing.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                await container.CreateIfNotExistsAsync();
            }
            catch (RequestFailedException taken) when (once && turn < TurnsMax && IsTaken(taken))
            {
                // The same bytes are fine, whoever wrote them; so an own try whose answer was lost is fine too.
                var there = await Download(name, CancellationToken.None);
                if (there is not null)
                {
                    if (!there.Content.Span.SequenceEqual(content.Span))
                    {
                        throw new BlobExistsException(name);
                    }

                    return;
                }
            }
        }
    }

    private static bool IsTaken(RequestFailedException refused) =>
        refused.ErrorCode == BlobErrorCode.BlobAlreadyExists || refused.ErrorCode == BlobErrorCode.ConditionNotMet;

    private async Task<Blob?> Download(string name, CancellationToken cancellation)
    {
        try
        {
            var result = (await container.GetBlobClient(name).DownloadContentAsync(cancellation)).Value;
            return new Blob(name, result.Content.ToMemory(), result.Details.ContentType);
        }
        catch (RequestFailedException missing)
            when (missing.ErrorCode == BlobErrorCode.BlobNotFound || missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            return null;
        }
    }

    private async Task<(IReadOnlyList<string> Names, string? Token)> Page(string prefix, string? token, CancellationToken cancellation)
    {
        try
        {
            var options = new GetBlobsOptions { Prefix = prefix.Length == 0 ? null : prefix };
            await foreach (var page in container.GetBlobsAsync(options, cancellation).AsPages(token, PageNames))
            {
                return ([.. page.Values.Select(blob => blob.Name)], page.ContinuationToken is { Length: > 0 } next ? next : null);
            }

            return ([], null);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            return ([], null);
        }
    }
}
