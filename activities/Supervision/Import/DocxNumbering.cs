using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Workflows.Activities.Supervision.Import;

/// <summary>
/// Numbers that Word writes itself stand in no run of the text; they are counted here as Word counts them, so that
/// 一、 and （一） of a list are read like typed ones.
/// </summary>
internal sealed partial class DocxNumbering
{
    private static readonly XNamespace W = DocxText.W;
    private readonly Dictionary<string, string> abstractOf = [];
    private readonly Dictionary<(string Abstract, int Level), (string Format, string Text, int Start)> levels = [];
    private readonly Dictionary<string, int[]> counters = [];

    public DocxNumbering(XDocument? numbering)
    {
        foreach (var list in numbering?.Root?.Elements(W + "abstractNum") ?? [])
        {
            var id = list.Attribute(W + "abstractNumId")?.Value ?? "";
            foreach (var level in list.Elements(W + "lvl"))
            {
                if (int.TryParse(level.Attribute(W + "ilvl")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var depth) && depth < 9)
                {
                    levels[(id, depth)] = (
                        DocxText.Value(level, "numFmt") ?? "decimal",
                        DocxText.Value(level, "lvlText") ?? "",
                        int.TryParse(DocxText.Value(level, "start"), NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1);
                }
            }
        }

        foreach (var number in numbering?.Root?.Elements(W + "num") ?? [])
        {
            abstractOf[number.Attribute(W + "numId")?.Value ?? ""] = DocxText.Value(number, "abstractNumId") ?? "";
        }
    }

    /// <summary>What Word prints before the next paragraph of a list; empty for bullets and unknown lists.</summary>
    public string Next(string numId, int level)
    {
        if (level is < 0 or > 8 || !abstractOf.TryGetValue(numId, out var list) || !levels.TryGetValue((list, level), out var form))
        {
            return "";
        }

        if (!counters.TryGetValue(list, out var counts))
        {
            counters[list] = counts = [.. Enumerable.Range(0, 9).Select(depth => levels.TryGetValue((list, depth), out var own) ? own.Start - 1 : 0)];
        }

        counts[level]++;
        for (var below = level + 1; below < 9; below++)
        {
            counts[below] = levels.TryGetValue((list, below), out var own) ? own.Start - 1 : 0;
        }

        if (form.Format is "bullet" or "none")
        {
            return "";
        }

        return Place().Replace(form.Text, match =>
        {
            var depth = match.Value[1] - '1';
            var format = levels.TryGetValue((list, depth), out var own) ? own.Format : "decimal";
            return Format(format, Math.Max(counts[depth], 1));
        });
    }

    private static string Format(string format, int number) => format switch
    {
        "chineseCounting" or "chineseCountingThousand" or "taiwaneseCounting" or "taiwaneseCountingThousand" or "ideographDigital" or "japaneseCounting" => Han(number),
        "decimalEnclosedCircle" or "decimalEnclosedCircleChinese" when number <= 20 => ((char)('①' + number - 1)).ToString(),
        "upperLetter" => ((char)('A' + ((number - 1) % 26))).ToString(),
        "lowerLetter" => ((char)('a' + ((number - 1) % 26))).ToString(),
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    private static string Han(int number)
    {
        const string digits = "零一二三四五六七八九";
        return number switch
        {
            < 10 => digits[Math.Max(number, 0)].ToString(),
            10 => "十",
            < 20 => "十" + digits[number - 10],
            < 100 => $"{digits[number / 10]}十{(number % 10 == 0 ? "" : digits[number % 10].ToString())}",
            _ => number.ToString(CultureInfo.InvariantCulture),
        };
    }

    [GeneratedRegex("%[1-9]")]
    private static partial Regex Place();
}
