using System.IO.Compression;
using System.Text;

namespace Workflows.Activities.Attachments;

/// <summary>A form of file that a case takes.</summary>
/// <param name="Name">Its usual ending, without the dot.</param>
/// <param name="ContentType">MIME type.</param>
/// <param name="Endings">Every ending that means it, lower case.</param>
public sealed record FileForm(string Name, string ContentType, params IReadOnlyList<string> Endings);

/// <summary>
/// The forms that a case takes and how each is told by its first bytes. Papers, pictures and recordings are what a
/// mediation leaves; whatever can run or holds others (archives, pages, old office files with macros) is not taken.
/// </summary>
/// <remarks>
/// A .docx or .xlsx is an archive. Its list of names is read, and no entry is opened, so nothing is unpacked that might
/// unpack without end.
/// </remarks>
public static class FileForms
{
    private static readonly FileForm Pdf = new("pdf", "application/pdf", "pdf");
    private static readonly FileForm Jpeg = new("jpg", "image/jpeg", "jpg", "jpeg");
    private static readonly FileForm Png = new("png", "image/png", "png");
    private static readonly FileForm Docx = new("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx");
    private static readonly FileForm Xlsx = new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");
    private static readonly FileForm Mp3 = new("mp3", "audio/mpeg", "mp3");
    private static readonly FileForm M4a = new("m4a", "audio/mp4", "m4a");
    private static readonly FileForm Mp4 = new("mp4", "video/mp4", "mp4");

    /// <summary>Brands of ISO base media files with pictures that players on phones write.</summary>
    private static readonly string[] VideoBrands = ["isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "dash", "M4V ", "MSNV"];

    public static IReadOnlyList<FileForm> All { get; } = [Pdf, Jpeg, Png, Docx, Xlsx, Mp3, M4a, Mp4];

    /// <summary>The form that a file's name says; null for one that is not taken.</summary>
    public static FileForm? OfName(string name)
    {
        var dot = name.LastIndexOf('.');
        var ending = dot < 0 ? "" : name[(dot + 1)..].ToLowerInvariant();
        return All.FirstOrDefault(form => form.Endings.Contains(ending));
    }

    /// <summary>The form that the bytes have; null for one that is not taken.</summary>
    public static FileForm? OfContent(ReadOnlyMemory<byte> content)
    {
        var bytes = content.Span;
        return bytes.StartsWith("%PDF-"u8) ? Pdf
            : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? Png
            : bytes.StartsWith("PK\u0003\u0004"u8) ? Office(content)
            : bytes.Length >= 12 && bytes[4..8].SequenceEqual("ftyp"u8) ? Media(bytes)
            : IsMp3(bytes) ? Mp3
            : null;
    }

    private static FileForm? Office(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(content.ToArray(), writable: false), ZipArchiveMode.Read);
            var names = archive.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.Ordinal);
            return !names.Contains("[Content_Types].xml") || names.Any(name => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)) ? null
                : names.Contains("word/document.xml") ? Docx
                : names.Contains("xl/workbook.xml") ? Xlsx
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The first box names the brands: its own, a version, and those it is compatible with.</summary>
    private static FileForm? Media(ReadOnlySpan<byte> bytes)
    {
        var length = (int)Math.Min(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes), (uint)Math.Min(bytes.Length, 256));
        var brands = new List<string>();
        for (var at = 8; at + 4 <= length; at += 4)
        {
            brands.Add(Encoding.Latin1.GetString(bytes.Slice(at, 4)));
        }

        return brands.Any(brand => brand is "M4A " or "M4B ") ? M4a : brands.Any(VideoBrands.Contains) ? Mp4 : null;
    }

    /// <summary>A tag, or the head of a frame of layer III with a bit rate and a sampling rate that exist.</summary>
    private static bool IsMp3(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("ID3"u8)
        || (bytes.Length >= 4
            && bytes[0] == 0xFF
            && (bytes[1] & 0xE6) == 0xE2
            && (bytes[1] & 0x18) != 0x08
            && (bytes[2] & 0xF0) is not (0xF0 or 0x00)
            && (bytes[2] & 0x0C) != 0x0C);
}
