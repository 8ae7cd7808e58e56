using System.Globalization;
using System.Text;
using CsvHelper;
using MiniExcelLibs;

namespace Workflows.Web.Tables;

/// <summary>A table for people: no cell that a spreadsheet would take for a formula.</summary>
/// <param name="Name">Of the sheet, Chinese.</param>
/// <param name="Headings">Of the columns.</param>
/// <param name="Rows">Read as they are written, so that their number does not matter.</param>
internal sealed record ExportTable(string Name, IReadOnlyList<string> Headings, IAsyncEnumerable<string[]> Rows)
{
    public const string CsvType = "text/csv";
    public const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Writes as the rows come.</summary>
    public async Task Csv(Stream to, CancellationToken cancellation)
    {
        // With the mark Excel reads it as UTF-8.
        await using var text = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { AutoFlush = false };
        await using var csv = new CsvWriter(text, CultureInfo.InvariantCulture, leaveOpen: true);
        await Line(csv, Headings);
        await foreach (var row in Rows.WithCancellation(cancellation))
        {
            await Line(csv, row.Select(Guard));
        }

        await csv.FlushAsync();
        await text.FlushAsync(cancellation);
    }

    /// <summary>A workbook of one sheet. An archive is finished at its end, so it is written to a file first.</summary>
    public async Task<Stream> Xlsx(CancellationToken cancellation)
    {
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            var rows = Rows.ToBlockingEnumerable(cancellation)
                .Select(row => Headings.Zip(row).ToDictionary(pair => pair.First, pair => (object)Guard(pair.Second)))
                .DefaultIfEmpty(Headings.ToDictionary(heading => heading, _ => (object)""));
            await file.SaveAsAsync(rows, sheetName: Name, cancellationToken: cancellation);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>What begins like a formula gets an apostrophe in front, which spreadsheets take for "this is text".</summary>
    internal static string Guard(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;

    private static async Task Line(CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }

        await csv.NextRecordAsync();
    }
}
