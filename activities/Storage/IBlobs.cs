namespace Workflows.Activities.Storage;

/// <summary>Files by name, with a content type. Names are paths with '/', at most 1,024 characters.</summary>
public interface IBlobs
{
    /// <summary>Stores a file, durable when it returns.</summary>
    /// <param name="name">1 to 1,024 characters of letters, digits and <c>. _ - /</c>; at most 254 parts, none of them empty or with a dot at its end.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="contentType">MIME type.</param>
    /// <param name="once">True: refused with <see cref="BlobExistsException"/> when the name is taken by other bytes; the same bytes again are fine.</param>
    /// <param name="cancellation">Gives up.</param>
    Task Put(string name, ReadOnlyMemory<byte> content, string contentType, bool once = false, CancellationToken cancellation = default);

    /// <summary>The file, or null.</summary>
    Task<Blob?> Get(string name, CancellationToken cancellation = default);

    /// <summary>Names that begin with <paramref name="prefix"/>, in ordinal order.</summary>
    IAsyncEnumerable<string> List(string prefix, CancellationToken cancellation = default);

    /// <summary>Deletes the file; a missing one is fine.</summary>
    Task Delete(string name, CancellationToken cancellation = default);
}

public sealed record Blob(string Name, ReadOnlyMemory<byte> Content, string ContentType);

/// <summary>A name that may be written once is taken by other bytes.</summary>
public sealed class BlobExistsException(string name) : Exception($"{name} exists with other content.");
