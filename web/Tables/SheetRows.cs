using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Workflows.Web.Tables;

/// <summary>
/// The rows of a workbook's first sheet, one after the other as they lie in its file. What a sheet says of its own size is
/// not believed: one that was formatted to its last column and row costs what its cells cost.
/// </summary>
internal static class SheetRows
{
    public const int ColumnsMax = 1000;

    /// <summary>From this on a spreadsheet has lost digits, such as those of an identity number that was typed as a number.</summary>
    private const double WholeMax = 1e15;

    /// <summary>Days between the two beginnings from which spreadsheets count.</summary>
    private const int DaysTo1904 = 1462;

    /// <summary>Rows that hold something, each with its number; a row's cells end with the last that does.</summary>
    /// <exception cref="InvalidDataException">A cell holds nothing that could be kept; the message is a rule.</exception>
    /// <exception cref="OpenXmlPackageException">It is no workbook; so say some exceptions of XML, formats and arguments too.</exception>
    public static IEnumerable<(int Number, string[] Cells)> Read(Stream file)
    {
        using var document = SpreadsheetDocument.Open(file, isEditable: false);
        var book = document.WorkbookPart ?? throw new InvalidDataException(ImportTable.Damaged);
        var first = book.Workbook.Descendants<Sheet>().FirstOrDefault()?.Id?.Value ?? throw new InvalidDataException(ImportTable.Damaged);
        var sheet = new SheetOf(
            [.. Each<SharedStringItem>(book.SharedStringTablePart).Select(Words)],
            [.. Dates(book.WorkbookStylesPart?.Stylesheet)],
            book.Workbook.WorkbookProperties?.Date1904?.Value == true);
        var number = 0;
        foreach (var row in Each<Row>(book.GetPartById(first)))
        {
            number = row.RowIndex?.Value is { } said && said > number ? (int)said : number + 1;
            if (sheet.Cells(row, number) is { Count: > 0 } cells)
            {
                yield return (number, [.. cells]);
            }
        }
    }

    /// <summary>Elements of one kind, one at a time in memory.</summary>
    private static IEnumerable<T> Each<T>(OpenXmlPart? part)
        where T : OpenXmlElement
    {
        if (part is null)
        {
            yield break;
        }

        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.IsStartElement && reader.ElementType == typeof(T))
            {
                yield return (T)reader.LoadCurrentElement()!;
            }
        }
    }

    /// <summary>The runs of a text, without the readings above them.</summary>
    private static string Words(OpenXmlElement? text) => string.Concat((text?.Elements() ?? []).Select(part => part switch
    {
        Text words => words.Text,
        Run run => run.Text?.Text,
        _ => "",
    }));

    /// <summary>Of each style of a cell whether it shows a day.</summary>
    private static IEnumerable<bool> Dates(Stylesheet? styles)
    {
        var own = (styles?.NumberingFormats?.Elements<NumberingFormat>() ?? [])
            .Where(format => IsDay(format.FormatCode?.Value ?? "")).Select(format => format.NumberFormatId?.Value).ToHashSet();
        // The others are the built-in days, the Chinese ones among them (ECMA-376 18.8.30).
        return (styles?.CellFormats?.Elements<CellFormat>() ?? []).Select(format => format.NumberFormatId?.Value)
            .Select(id => id is (>= 14 and <= 17) or 22 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58 || (id is not null && own.Contains(id)));
    }

    /// <summary>Whether a format has a year or a day outside of quotation marks and brackets.</summary>
    private static bool IsDay(string format)
    {
        var quoted = '\0';
        foreach (var sign in format)
        {
            if (quoted != '\0')
            {
                quoted = sign == quoted ? '\0' : quoted;
            }
            else if (sign is 'y' or 'Y' or 'd' or 'D')
            {
                return true;
            }
            else
            {
                quoted = sign switch { '"' => '"', '[' => ']', _ => '\0' };
            }
        }

        return false;
    }

    /// <param name="Shared">Texts that cells name by number.</param>
    /// <param name="IsDate">Of each style whether it shows a day.</param>
    /// <param name="From1904">Whether days are counted from 1904, as old spreadsheets do.</param>
    private sealed record SheetOf(IReadOnlyList<string> Shared, IReadOnlyList<bool> IsDate, bool From1904)
    {
        public List<string> Cells(Row row, int number)
        {
            List<string> cells = [];
            var column = 0;
            foreach (var cell in row.Elements<Cell>())
            {
                column = Column(cell.CellReference?.Value) ?? column + 1;
                var text = TextOf(cell, number);
                if (string.IsNullOrWhiteSpace(text))
                {
                    continue;
                }

                if (column > ColumnsMax)
                {
                    throw Wrong(number, $"has a cell beyond column {ColumnsMax.ToString(CultureInfo.InvariantCulture)}");
                }

                cells.AddRange(Enumerable.Repeat("", Math.Max(0, column - cells.Count)));
                cells[column - 1] = text;
            }

            return cells;
        }

        private string TextOf(Cell cell, int row)
        {
            var raw = cell.CellValue?.Text ?? "";
            var type = cell.DataType?.Value;
            return type == CellValues.SharedString ? SharedOf(raw)
                : type == CellValues.InlineString ? Words(cell.InlineString)
                : type == CellValues.Boolean ? (raw == "1" ? "true" : "false")
                : type == CellValues.Error ? throw Wrong(row, "has a formula that failed in the place of a value")
                : type == CellValues.String ? raw
                : Number(raw, cell.StyleIndex?.Value is { } style && style < IsDate.Count && IsDate[(int)style]);
        }

        private string SharedOf(string index) =>
            int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < Shared.Count
                ? Shared[at]
                : throw new InvalidDataException(ImportTable.Damaged);

        private string Number(string raw, bool isDate)
        {
            if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                return raw;
            }

            var day = number + (From1904 ? DaysTo1904 : 0);
            return isDate && day is >= 1 and < 2_958_466 ? DateTime.FromOADate(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : Math.Abs(number) < WholeMax ? number.ToString("0.##########", CultureInfo.InvariantCulture)
                : number.ToString("E6", CultureInfo.InvariantCulture);
        }

        /// <summary>1 for A1, 27 for AA1; null when nothing or something else is said.</summary>
        private static int? Column(string? reference)
        {
            var column = 0;
            foreach (var letter in (reference ?? "").TakeWhile(char.IsAsciiLetterUpper).Take(4))
            {
                column = (column * 26) + letter - 'A' + 1;
            }

            return column > 0 ? column : null;
        }

        private static InvalidDataException Wrong(int row, string what) => new($"row {row.ToString(CultureInfo.InvariantCulture)} {what}");
    }
}
