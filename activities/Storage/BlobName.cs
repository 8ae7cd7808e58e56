namespace Workflows.Activities.Storage;

/// <summary>Names of blobs, and where they lie under a folder.</summary>
/// <remarks>
/// A part of the name is a folder and the last part a file with '~' after it. No name holds '~', so "a" and "a/b" do not
/// meet, and nothing a caller says can name a file of ours or leave the folder. Parts longer than file systems allow are
/// cut into folders with "~~" after them.
/// </remarks>
internal static class BlobName
{
    private const int CharactersMax = 1024;
    private const int PartsMax = 254;
    private const int PieceMax = 200;
    private const string Cut = "~~";
    private const char End = '~';

    public static void Check(string name)
    {
        if (name.Length is < 1 or > CharactersMax)
        {
            throw new ArgumentException($"A blob name of {name.Length} characters is not 1 to {CharactersMax}.");
        }

        CheckCharacters(name);
        var parts = name.Split('/');
        if (parts.Any(part => part is "" || part[^1] == '.'))
        {
            throw new ArgumentException($"Blob name '{name}' has a part that is empty or ends with a dot.", nameof(name));
        }

        if (parts.Length > PartsMax)
        {
            throw new ArgumentException($"A blob name of {parts.Length} parts is over {PartsMax}.", nameof(name));
        }
    }

    public static void CheckContentType(string contentType)
    {
        if (contentType.Length == 0 || contentType.Any(c => char.IsControl(c) || !char.IsAscii(c)))
        {
            throw new ArgumentException($"Content type '{contentType}' is empty or holds more than printable ASCII.");
        }
    }

    /// <summary>A prefix may end anywhere, even within a part.</summary>
    public static void CheckPrefix(string prefix)
    {
        CheckCharacters(prefix);
        if (prefix.Split('/')[..^1].Any(part => part is "" or "." or ".."))
        {
            throw new ArgumentException($"Blob prefix '{prefix}' has a part that is empty, '.' or '..'.", nameof(prefix));
        }
    }

    public static string Path(string folder, string name)
    {
        var pieces = name.Split('/').SelectMany(Pieces);
        return System.IO.Path.Combine([folder, .. pieces]) + End;
    }

    /// <summary>The deepest folder that holds every name with the prefix.</summary>
    public static string PrefixFolder(string folder, string prefix)
    {
        var pieces = prefix.Split('/')[..^1].SelectMany(Pieces);
        return System.IO.Path.Combine([folder, .. pieces]);
    }

    /// <summary>The name of the blob in a file, given the file's path relative to the folder.</summary>
    public static string Read(string relativePath) => relativePath[..^1]
        .Replace(System.IO.Path.DirectorySeparatorChar, '/')
        .Replace(Cut + "/", "", StringComparison.Ordinal);

    public static bool IsBlob(string path) => path[^1] == End;

    private static IEnumerable<string> Pieces(string part)
    {
        var rest = part;
        while (rest.Length > PieceMax)
        {
            yield return $"{rest.AsSpan(0, PieceMax)}{Cut}";
            rest = rest[PieceMax..];
        }

        yield return rest;
    }

    private static void CheckCharacters(string name)
    {
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/'))
        {
            throw new ArgumentException($"Blob name '{name}' holds more than ASCII letters, digits and . _ - /");
        }
    }
}
