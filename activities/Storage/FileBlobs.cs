using System.Runtime.CompilerServices;
using System.Text;

namespace Workflows.Activities.Storage;

/// <summary>Blobs as files in a folder: the store of the single machine.</summary>
/// <remarks>
/// A file is one line "workflows-blob 1", one line with the content type, and the bytes. Content and type in one file
/// change by one rename; <c>tail -n +3</c> gives an operator the bytes.
/// </remarks>
public sealed class FileBlobs : IBlobs, IDisposable
{
    private const string Head = "workflows-blob 1\n";

    // Holds unfinished files, apart from the names; a name never begins with '~'.
    private const string Incoming = "~incoming";
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim turn = new(1);
    private readonly string folder;
    private readonly string incoming;

    public FileBlobs(string folder)
    {
        this.folder = Path.GetFullPath(folder);
        incoming = Path.Combine(this.folder, Incoming);
        DurableFile.CreateFolder(incoming);
        foreach (var unfinished in new DirectoryInfo(incoming).EnumerateFiles())
        {
            if (unfinished.LastWriteTimeUtc < DateTime.UtcNow - AbandonedAfter)
            {
                unfinished.Delete();
            }
        }
    }

    public async Task Put(
        string name,
        ReadOnlyMemory<byte> content,
        string contentType,
        bool once = false,
        CancellationToken cancellation = default)
    {
        BlobName.Check(name);
        BlobName.CheckContentType(contentType);
        var path = BlobName.Path(folder, name);
        // One writer at a time, so that between the look for an older file and the rename nobody else comes.
        await turn.WaitAsync(cancellation);
        try
        {
            if (once && await Get(name, cancellation) is { } there)
            {
                if (!there.Content.Span.SequenceEqual(content.Span))
                {
                    throw new BlobExistsException(name);
                }

                // An earlier attempt may have died before its flush.
                DurableFile.SyncFolder(Path.GetDirectoryName(path)!);
                return;
            }

            DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
            DurableFile.Write(path, incoming, Encoding.ASCII.GetBytes($"{Head}{contentType}\n"), content);
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task<Blob?> Get(string name, CancellationToken cancellation = default)
    {
        BlobName.Check(name);
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(BlobName.Path(folder, name), cancellation);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        var ours = bytes.AsSpan().StartsWith(Encoding.ASCII.GetBytes(Head));
        var typeEnd = ours ? bytes.AsSpan(Head.Length).IndexOf((byte)'\n') : -1;
        if (typeEnd < 0)
        {
            throw new InvalidDataException($"The file of blob {name} was not written by this program.");
        }

        var contentType = Encoding.ASCII.GetString(bytes, Head.Length, typeEnd);
        return new Blob(name, bytes.AsMemory(Head.Length + typeEnd + 1), contentType);
    }

    public async IAsyncEnumerable<string> List(
        string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        BlobName.CheckPrefix(prefix);
        await Task.CompletedTask;
        var within = BlobName.PrefixFolder(folder, prefix);
        if (!Directory.Exists(within))
        {
            yield break;
        }

        // Sorted here: the order of a walk through folders is not that of the whole names ('-' and '.' sort before '/').
        var names = Directory.EnumerateFiles(within, "*", SearchOption.AllDirectories)
            .Where(BlobName.IsBlob)
            .Select(path => BlobName.Read(Path.GetRelativePath(folder, path)))
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        foreach (var name in names)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    public Task Delete(string name, CancellationToken cancellation = default)
    {
        BlobName.Check(name);
        DurableFile.Delete(BlobName.Path(folder, name));
        return Task.CompletedTask;
    }

    public void Dispose() => turn.Dispose();
}
