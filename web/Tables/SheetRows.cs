using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Workflows.Web.Tables;

/// <summary>
/// The rows of a workbook's first sheet, read as they lie in its file. What a sheet says of its own size is not believed:
/// one that was formatted to its last column and row costs what its cells cost.
/// </summary>
internal static class SheetRows
{
    public const int ColumnsMax = 1000;

    /// <summary>From this on a spreadsheet has lost digits, such as those of an identity number that was typed as a number.</summary>
    private const double WholeMax = 1e15;

    /// <summary>Rows that hold something, each with its number; a row's cells end with the last that does.</summary>
    /// <exception cref="InvalidDataException">It is no such file; the message is a rule.</exception>
    public static IEnumerable<(int Number, string[] Cells)> Read(ZipArchive archive)
    {
        var parts = SheetParts.Find(archive);
        var shared = SheetParts.Shared(parts);
        var isDate = SheetParts.Dates(parts);
        var number = 0;
        using var reader = SheetParts.Open(parts.Sheet);
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                number = int.TryParse(reader.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var said) && said > number ? said : number + 1;
                using var row = reader.ReadSubtree();
                if (Cells(row, number, shared, isDate, parts.From1904) is { Count: > 0 } cells)
                {
                    yield return (number, [.. cells]);
                }
            }
        }
    }

    private static List<string> Cells(XmlReader row, int number, IReadOnlyList<string> shared, IReadOnlyList<bool> isDate, bool from1904)
    {
        List<string> cells = [];
        var column = 0;
        while (row.Read())
        {
            if (row is not { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                continue;
            }

            column = Column(row.GetAttribute("r")) ?? column + 1;
            var (type, style) = (row.GetAttribute("t"), row.GetAttribute("s"));
            using var cell = row.ReadSubtree();
            var (raw, inline) = Content(cell);
            var text = type switch
            {
                "s" => Shared(raw, shared),
                "inlineStr" => inline,
                "b" => raw == "1" ? "true" : "false",
                "e" => throw new InvalidDataException($"row {number.ToString(CultureInfo.InvariantCulture)} has a formula that failed in the place of a value"),
                "str" => raw,
                _ => Number(raw, IsDate(style, isDate), from1904),
            };
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (column > ColumnsMax)
            {
                throw new InvalidDataException($"row {number.ToString(CultureInfo.InvariantCulture)} has a cell beyond column {ColumnsMax.ToString(CultureInfo.InvariantCulture)}");
            }

            while (cells.Count < column)
            {
                cells.Add("");
            }

            cells[column - 1] = text;
        }

        return cells;
    }

    private static (string Value, string Inline) Content(XmlReader cell)
    {
        var (value, inline) = ("", "");
        while (cell.Read())
        {
            if (cell is { NodeType: XmlNodeType.Element, LocalName: "v" })
            {
                value = SheetParts.TextOf(cell);
            }
            else if (cell is { NodeType: XmlNodeType.Element, LocalName: "is" })
            {
                inline = SheetParts.Words(cell);
            }
        }

        return (value, inline);
    }

    private static string Shared(string index, IReadOnlyList<string> shared) =>
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < shared.Count
            ? shared[at]
            : throw new InvalidDataException(ImportTable.Damaged);

    private static bool IsDate(string? style, IReadOnlyList<bool> isDate) =>
        int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < isDate.Count && isDate[at];

    private static string Number(string raw, bool isDate, bool from1904)
    {
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return raw;
        }

        var day = number + (from1904 ? 1462 : 0);
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
}
