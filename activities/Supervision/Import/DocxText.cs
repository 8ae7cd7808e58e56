using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Workflows.Orchestrations.Supervision.Import;

namespace Workflows.Activities.Supervision.Import;

/// <summary>
/// The text of a .docx with what its format says: heading levels by style or outline, bold paragraphs, numbers of lists,
/// tables with merged cells. Deleted text of tracked changes is left out, inserted text is in.
/// </summary>
internal sealed class DocxText
{
    public static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private const int DepthMax = 12;
    private readonly StringBuilder text = new();
    private readonly List<PlanBlock> blocks = [];
    private readonly DocxNumbering numbering;
    private readonly Dictionary<string, XElement> styles;

    private DocxText(DocxNumbering numbering, Dictionary<string, XElement> styles)
    {
        this.numbering = numbering;
        this.styles = styles;
    }

    /// <exception cref="PlanFileException">It is no Word document or too large.</exception>
    public static PlanText Read(ReadOnlyMemory<byte> bytes)
    {
        using var package = DocxPackage.Open(bytes);
        var body = package.Part("word/document.xml")?.Root?.Element(W + "body")
            ?? throw new PlanFileException("not-text", "This is a package but no Word document.");
        var styles = (package.Part("word/styles.xml")?.Root?.Elements(W + "style") ?? [])
            .Where(style => style.Attribute(W + "styleId") is not null)
            .DistinctBy(style => style.Attribute(W + "styleId")!.Value)
            .ToDictionary(style => style.Attribute(W + "styleId")!.Value, StringComparer.Ordinal);
        var reader = new DocxText(new DocxNumbering(package.Part("word/numbering.xml")), styles);
        reader.Blocks(body, 0);
        return reader.text.ToString().Trim().Length == 0
            ? throw new PlanFileException("empty", "The document has no text.")
            : new PlanText(reader.text.ToString(), reader.blocks);
    }

    /// <summary>The value of a property element.</summary>
    public static string? Value(XElement? parent, string name) => parent?.Element(W + name)?.Attribute(W + "val")?.Value;

    private void Blocks(XElement parent, int depth)
    {
        foreach (var element in parent.Elements())
        {
            if (element.Name == W + "p")
            {
                Paragraph(element);
            }
            else if (element.Name == W + "tbl")
            {
                Table(element);
            }
            else if (depth < DepthMax && (element.Name == W + "sdt" || element.Name == W + "sdtContent" || element.Name == W + "customXml" || element.Name == W + "ins"))
            {
                Blocks(element, depth + 1);
            }
        }
    }

    private void Paragraph(XElement paragraph)
    {
        var start = text.Length;
        var properties = paragraph.Element(W + "pPr");
        var style = Value(properties, "pStyle");
        text.Append(Numbered(properties, style));
        Runs(paragraph, 0);
        var level = Outline(properties, style);
        if (text.ToString(start, text.Length - start).Contains('\n', StringComparison.Ordinal) && level is null)
        {
            // A line broken by hand begins a paragraph of its own for the reader.
            foreach (var (from, length) in Split(start))
            {
                blocks.Add(new PlanBlock(from, length));
            }
        }
        else
        {
            blocks.Add(new PlanBlock(start, text.Length - start, level, text.Length > start && IsBold(paragraph, style)));
        }

        text.Append('\n');
    }

    private IEnumerable<(int From, int Length)> Split(int start)
    {
        var from = start;
        for (var at = start; at <= text.Length; at++)
        {
            if (at == text.Length || text[at] == '\n')
            {
                yield return (from, at - from);
                from = at + 1;
            }
        }
    }

    private void Runs(XElement parent, int depth)
    {
        foreach (var element in parent.Elements())
        {
            if (element.Name == W + "r")
            {
                foreach (var part in element.Elements())
                {
                    text.Append(part.Name == W + "t" ? part.Value.Replace('\n', ' ')
                        : part.Name == W + "tab" ? " "
                        : part.Name == W + "br" || part.Name == W + "cr" ? "\n"
                        : part.Name == W + "noBreakHyphen" ? "-"
                        : "");
                }
            }
            else if (depth < DepthMax && element.Name != W + "pPr" && element.Name != W + "del" && element.Name.Namespace == W)
            {
                Runs(element, depth + 1);
            }
        }
    }

    private void Table(XElement table)
    {
        var start = text.Length;
        List<IReadOnlyList<PlanCell>> rows = [];
        foreach (var row in table.Elements(W + "tr"))
        {
            List<PlanCell> cells = [];
            foreach (var cell in row.Elements(W + "tc"))
            {
                var properties = cell.Element(W + "tcPr");
                var merged = properties?.Element(W + "vMerge");
                var from = text.Length;
                CellText(cell, 0);
                cells.Add(new PlanCell(from, text.Length - from, merged is not null && merged.Attribute(W + "val")?.Value != "restart"));
                text.Append('\t');
                var span = int.TryParse(Value(properties, "gridSpan"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) ? Math.Min(columns, 64) : 1;
                for (var column = 1; column < span; column++)
                {
                    cells.Add(new PlanCell(text.Length - 1, 0));
                }
            }

            text.Append('\n');
            rows.Add(cells);
        }

        blocks.Add(new PlanBlock(start, text.Length - start, Rows: rows));
    }

    /// <summary>The paragraphs of a cell, parted by blanks, so that a cell stays on one line.</summary>
    private void CellText(XElement cell, int depth)
    {
        foreach (var paragraph in cell.Elements(W + "p"))
        {
            var from = text.Length;
            Runs(paragraph, 0);
            text.Replace('\n', ' ', from, text.Length - from).Append(' ');
        }

        foreach (var inner in depth < DepthMax ? cell.Elements(W + "tbl").Elements(W + "tr").Elements(W + "tc") : [])
        {
            CellText(inner, depth + 1);
        }
    }

    private string Numbered(XElement? properties, string? style)
    {
        var own = properties?.Element(W + "numPr");
        var from = own ?? Styles(style).Select(entry => entry.Element(W + "pPr")?.Element(W + "numPr")).FirstOrDefault(entry => entry is not null);
        return from is not null && Value(from, "numId") is { } list
            ? numbering.Next(list, int.TryParse(Value(from, "ilvl"), NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : 0)
            : "";
    }

    private int? Outline(XElement? properties, string? style)
    {
        var value = Value(properties, "outlineLvl")
            ?? Styles(style).Select(entry => Value(entry.Element(W + "pPr"), "outlineLvl")).FirstOrDefault(level => level is not null);
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var outline) && outline < 9 ? outline + 1 : null;
    }

    private bool IsBold(XElement paragraph, string? style)
    {
        var byStyle = Styles(style).Any(entry => IsOn(entry.Element(W + "rPr")?.Element(W + "b")));
        var runs = paragraph.Elements(W + "r").Where(run => run.Elements(W + "t").Any(part => !string.IsNullOrWhiteSpace(part.Value))).ToList();
        return runs.Count > 0 && runs.TrueForAll(run => run.Element(W + "rPr")?.Element(W + "b") is { } bold ? IsOn(bold) : byStyle);
    }

    private static bool IsOn(XElement? toggle) => toggle is not null && toggle.Attribute(W + "val")?.Value is not ("0" or "false" or "off");

    /// <summary>A style and those it is based on, nearest first.</summary>
    private IEnumerable<XElement> Styles(string? id)
    {
        for (var depth = 0; depth < DepthMax && id is not null && styles.TryGetValue(id, out var style); depth++)
        {
            yield return style;
            id = Value(style, "basedOn");
        }
    }
}
