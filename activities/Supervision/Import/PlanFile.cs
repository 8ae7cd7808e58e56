using System.Text;
using Workflows.Orchestrations.Supervision.Import;

namespace Workflows.Activities.Supervision.Import;

/// <summary>A plan's file cannot be read.</summary>
/// <param name="code">Stable, kebab-case.</param>
/// <param name="reason">One sentence that says what to do.</param>
public sealed class PlanFileException(string code, string reason) : IOException(reason)
{
    public string Code { get; } = code;
}

/// <summary>Reads a plan's text out of a .txt or .docx file. What the file is, its bytes say and not its name.</summary>
public static class PlanFile
{
    /// <summary>Larger files are refused before they are read.</summary>
    public const int BytesMax = 20 * 1024 * 1024;

    private static readonly byte[] OleContainer = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <exception cref="PlanFileException">It is too large, encrypted, damaged, or no text.</exception>
    public static async Task<PlanText> Read(string path, CancellationToken cancellation = default)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new PlanFileException("no-file", $"There is no file {path}.");
        }

        if (file.Length > BytesMax)
        {
            throw TooLarge(file.Length);
        }

        return Read(await File.ReadAllBytesAsync(path, cancellation));
    }

    /// <exception cref="PlanFileException">It is too large, encrypted, damaged, or no text.</exception>
    public static PlanText Read(ReadOnlyMemory<byte> bytes)
    {
        var start = bytes.Span;
        if (start.Length > BytesMax)
        {
            throw TooLarge(start.Length);
        }

        if (start.StartsWith(OleContainer))
        {
            // Word wraps an encrypted .docx into the container of its old format; the entry's name tells them apart.
            throw start.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0
                ? new PlanFileException("encrypted", "The document is encrypted; save it without a password.")
                : new PlanFileException("old-doc", "This is a document of Word's old format (.doc); save it as .docx.");
        }

        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8))
        {
            return DocxText.Read(bytes);
        }

        if (start.StartsWith("%PDF"u8))
        {
            throw new PlanFileException("not-text", "This is a PDF; a plan is read from .txt or .docx.");
        }

        return start.StartsWith("{\\rtf"u8)
            ? throw new PlanFileException("not-text", "This is rich text (.rtf); save it as .docx or .txt.")
            : PlanText.Of(PlainText.Decode(start));
    }

    private static PlanFileException TooLarge(long bytes) =>
        new("too-large", $"The file has {bytes} bytes; at most {BytesMax} are read.");
}
