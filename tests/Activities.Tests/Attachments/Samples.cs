using System.IO.Compression;
using System.Text;

namespace Workflows.Activities.Tests.Attachments;

/// <summary>The smallest files of each form.</summary>
internal static class Samples
{
    public static byte[] Pdf { get; } = Encoding.ASCII.GetBytes("%PDF-1.7\n");

    public static byte[] Png { get; } = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0];

    public static byte[] Jpeg { get; } = [0xFF, 0xD8, 0xFF, 0xE0, 0];

    public static byte[] Docx { get; } = Zip("[Content_Types].xml", "word/document.xml");

    public static byte[] Xlsx { get; } = Zip("[Content_Types].xml", "xl/workbook.xml");

    public static byte[] Mp3 { get; } = [0xFF, 0xFB, 0x90, 0x64, 0];

    public static byte[] Box(string brand, params string[] compatible) =>
        [0, 0, 0, (byte)(16 + (4 * compatible.Length)), .. Encoding.ASCII.GetBytes($"ftyp{brand}\0\0\0\0{string.Concat(compatible)}"), 1, 2, 3];

    public static byte[] Zip(params string[] names)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                archive.CreateEntry(name);
            }
        }

        return stream.ToArray();
    }
}
