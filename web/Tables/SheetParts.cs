using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Workflows.Web.Tables;

/// <summary>The parts of a workbook that its first sheet needs.</summary>
/// <param name="Sheet">Its cells.</param>
/// <param name="Strings">Texts that cells name by number; null when there are none.</param>
/// <param name="Styles">Null when there are none.</param>
/// <param name="From1904">Whether days are counted from 1904, as old spreadsheets do.</param>
internal sealed record SheetParts(ZipArchiveEntry Sheet, ZipArchiveEntry? Strings, ZipArchiveEntry? Styles, bool From1904)
{
    private const string Workbook = "xl/workbook.xml";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static SheetParts Find(ZipArchive archive)
    {
        var book = archive.GetEntry(Workbook) ?? throw new InvalidDataException(ImportTable.NoTable);
        var (first, from1904) = ((string?)null, false);
        using (var reader = Open(book))
        {
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "workbookPr" })
                {
                    from1904 = reader.GetAttribute("date1904") is "1" or "true";
                }
                else if (first is null && reader is { NodeType: XmlNodeType.Element, LocalName: "sheet" })
                {
                    first = reader.GetAttribute("id", Relations) ?? reader.GetAttribute("r:id");
                }
            }
        }

        ZipArchiveEntry? sheet = null, strings = null, styles = null;
        using var relations = Open(archive.GetEntry("xl/_rels/workbook.xml.rels") ?? throw new InvalidDataException(ImportTable.Damaged));
        while (relations.Read())
        {
            if (relations is not { NodeType: XmlNodeType.Element, LocalName: "Relationship" } || relations.GetAttribute("Target") is not { } target)
            {
                continue;
            }

            var entry = archive.GetEntry(target.StartsWith('/') ? target[1..] : $"xl/{target}");
            var type = relations.GetAttribute("Type") ?? "";
            (sheet, strings, styles) = (
                relations.GetAttribute("Id") == first ? entry : sheet,
                type.EndsWith("/sharedStrings", StringComparison.Ordinal) ? entry : strings,
                type.EndsWith("/styles", StringComparison.Ordinal) ? entry : styles);
        }

        return new SheetParts(sheet ?? throw new InvalidDataException(ImportTable.Damaged), strings, styles, from1904);
    }

    public static List<string> Shared(SheetParts parts)
    {
        List<string> shared = [];
        if (parts.Strings is { } entry)
        {
            using var reader = Open(entry);
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "si" })
                {
                    shared.Add(Words(reader));
                }
            }
        }

        return shared;
    }

    /// <summary>Of each style of a cell whether it shows a day.</summary>
    public static List<bool> Dates(SheetParts parts)
    {
        List<bool> dates = [];
        if (parts.Styles is { } entry)
        {
            HashSet<int> own = [];
            var isOfCells = false;
            using var reader = Open(entry);
            while (reader.Read())
            {
                if (reader.LocalName == "cellXfs")
                {
                    isOfCells = reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false };
                }
                else if (reader is { NodeType: XmlNodeType.Element, LocalName: "numFmt" } && IsDay(reader.GetAttribute("formatCode") ?? ""))
                {
                    own.Add(Id(reader));
                }
                else if (isOfCells && reader is { NodeType: XmlNodeType.Element, LocalName: "xf" })
                {
                    // The others are the built-in days, the Chinese ones among them.
                    dates.Add(Id(reader) is (>= 14 and <= 17) or 22 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58 || own.Contains(Id(reader)));
                }
            }
        }

        return dates;
    }

    public static XmlReader Open(ZipArchiveEntry entry) =>
        XmlReader.Create(entry.Open(), new XmlReaderSettings { CloseInput = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });

    /// <summary>The runs of a text, without the readings above them.</summary>
    public static string Words(XmlReader reader)
    {
        var words = new StringBuilder();
        using var text = reader.ReadSubtree();
        var isReading = false;
        while (text.Read())
        {
            if (text.LocalName == "rPh")
            {
                isReading = text is { NodeType: XmlNodeType.Element, IsEmptyElement: false };
            }
            else if (!isReading && text is { NodeType: XmlNodeType.Element, LocalName: "t" })
            {
                words.Append(TextOf(text));
            }
        }

        return words.ToString();
    }

    /// <summary>What stands in an element; the reader is then at its end, and misses nothing behind it.</summary>
    public static string TextOf(XmlReader reader)
    {
        var text = new StringBuilder();
        using var inner = reader.ReadSubtree();
        while (inner.Read())
        {
            if (inner.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                text.Append(inner.Value);
            }
        }

        return text.ToString();
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

    private static int Id(XmlReader reader) =>
        int.TryParse(reader.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}
