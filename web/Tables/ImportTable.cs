using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using CsvHelper;
using CsvHelper.Configuration;
using DocumentFormat.OpenXml.Packaging;

namespace Workflows.Web.Tables;

/// <summary>A table as it lies in a file: the first row are the headings. Rows are numbered as a spreadsheet shows them.</summary>
/// <param name="Headings">Of the columns.</param>
/// <param name="Rows">Each with its number, from 2; blank ones left out.</param>
internal sealed record ImportTable(IReadOnlyList<string> Headings, IReadOnlyList<(int Number, IReadOnlyList<string> Cells)> Rows)
{
    /// <summary>A year of a large township; a caller waits for the whole file.</summary>
    public const int RowsMax = 5000;

    internal const string Damaged = "is a damaged .xlsx file";
    internal const string NoTable = "must be UTF-8 or GB 18030 text, or an .xlsx file";

    /// <summary>What an archive may hold unpacked; more is no table of so many rows.</summary>
    private const long UnpackedBytesMax = 200L * 1024 * 1024;

    /// <exception cref="InvalidDataException">It is no such file, or too large; the message is a rule.</exception>
    public static ImportTable Read(byte[] file) => IsArchive(file) ? Sheet(file) : Of(Text(file));

    private static bool IsArchive(byte[] file) => file.AsSpan().StartsWith("PK\u0003\u0004"u8);

    private static ImportTable Of(IEnumerable<(int Number, string[] Cells)> lines)
    {
        string[]? headings = null;
        var rows = new List<(int, IReadOnlyList<string>)>();
        foreach (var (number, line) in lines)
        {
            if (headings is null)
            {
                headings = [.. line.Reverse().SkipWhile(string.IsNullOrWhiteSpace).Reverse()];
            }
            else if (line.Skip(headings.Length).Any(cell => !string.IsNullOrWhiteSpace(cell)))
            {
                throw new InvalidDataException($"row {number} has more cells than there are headings");
            }
            else if (line.Any(cell => !string.IsNullOrWhiteSpace(cell)))
            {
                rows.Add((number, [.. line.Take(headings.Length), .. Enumerable.Repeat("", Math.Max(0, headings.Length - line.Length))]));
            }

            if (rows.Count > RowsMax)
            {
                throw new InvalidDataException($"must have at most {RowsMax} rows; import it in parts");
            }
        }

        return headings is { Length: > 0 } ? new ImportTable(headings, rows) : throw new InvalidDataException("must begin with a row of headings");
    }

    private static IEnumerable<(int Number, string[] Cells)> Text(byte[] file)
    {
        using var reader = new StringReader(Decode(file));
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = false,
            IgnoreBlankLines = false,
            BadDataFound = bad => throw new InvalidDataException($"row {bad.Context.Parser!.Row} is no CSV: a quotation mark stands where none may"),
        });
        for (var number = 1; parser.Read(); number++)
        {
            yield return (number, parser.Record!);
        }
    }

    /// <summary>UTF-8, or GB 18030, in which a Chinese Excel saves CSV.</summary>
    private static string Decode(byte[] file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException)
        {
            var chinese = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
            try
            {
                return chinese.GetString(file);
            }
            catch (DecoderFallbackException)
            {
                throw new InvalidDataException(NoTable);
            }
        }
    }

    private static ImportTable Sheet(byte[] file)
    {
        if (UnpackedBytes(file) > UnpackedBytesMax)
        {
            throw new InvalidDataException($"must hold at most {UnpackedBytesMax} bytes unpacked");
        }

        try
        {
            // Whole, before the first row is registered: a damaged sheet must be found by then.
            using var stream = new MemoryStream(file, writable: false);
            return Of(SheetRows.Read(stream));
        }
        catch (Exception damaged) when (damaged is OpenXmlPackageException or XmlException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException(Damaged);
        }
    }

    private static long UnpackedBytes(byte[] file)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            return archive.Entries.Sum(entry => entry.Length);
        }
        catch (InvalidDataException)
        {
            throw new InvalidDataException(Damaged);
        }
    }
}
