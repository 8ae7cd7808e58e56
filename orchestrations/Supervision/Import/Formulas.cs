using System.Globalization;
using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>Fixed turns that carry a number of their own: 15分钟生活圈, “六有”标准, 一村一顾问, 24小时服务.</summary>
internal static partial class Formulas
{
    /// <summary>The targets of a sentence's fixed turns with the stretch that each takes up.</summary>
    public static IEnumerable<(int Start, int End, Target Target)> Read(Passage passage, int from, int to, bool isHoped)
    {
        var text = passage.Text;
        var sentence = text.AsSpan(from, to - from).ToString();
        foreach (Match match in Circle().Matches(sentence))
        {
            yield return Fixed(match, match.Groups[2].Value, Lexicon.Lte, int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), "分钟", "standing",
                Scopes.OfShare(Before(sentence, match.Index)) is "urban-communities" ? "urban-communities" : Scopes.County, 0.85, "a circle of walking time");
        }

        foreach (Match match in Standard().Matches(sentence))
        {
            var thing = sentence.AsSpan(match.Index + match.Length);
            if (Numeral.Whole(match.Groups[1].ValueSpan) is { } count)
            {
                yield return Fixed(match, "“" + match.Groups[1].Value + "有”要素", Lexicon.Eq, count, "项", "once", Scopes.OfThing(thing[..Math.Min(40, thing.Length)]), 0.75, "a standard of so many items");
            }
        }

        foreach (Match match in AllDay().Matches(sentence))
        {
            yield return Fixed(match, match.Value, Lexicon.Eq, 24, "小时/天", "standing", Scopes.County, 0.8, "served all day");
        }

        foreach (Match match in Formula().Matches(sentence))
        {
            var quoted = match.Index > 0 && sentence[match.Index - 1] == '“';
            var urban = Before(sentence, match.Index).Contains("城区", StringComparison.Ordinal);
            foreach (Capture item in match.Groups[2].Captures)
            {
                var scope = Scopes.OfFormula(match.Groups[1].Value, urban, match.Groups[2].Value.Contains('警') || match.Value.Contains('警'));
                yield return Fixed(match, item.Value[1..], quoted ? Lexicon.Eq : Lexicon.Gte, item.Value[0] == '两' ? 2 : 1, "名", "standing", scope, 0.7, "a formula of one for each");
            }
        }

        (int, int, Target) Fixed(Match match, string name, string comparator, decimal value, string unit, string cadence, string scope, double confidence, string reason) => (
            from + match.Index,
            from + match.Index + match.Length,
            new Target(name, comparator, value, null, unit, null, null, cadence, scope, isHoped,
                passage.Source(from + match.Index, from + match.Index + match.Length, confidence, reason)));
    }

    private static ReadOnlySpan<char> Before(string sentence, int index)
    {
        var start = sentence.AsSpan(0, index).LastIndexOfAny(",;");
        return sentence.AsSpan(start + 1, index - start - 1);
    }

    [GeneratedRegex(@"([0-9]{1,3})\s?分钟([^,。;、0-9]{1,12}圈)")]
    private static partial Regex Circle();

    [GeneratedRegex(@"“([二三四五六七八九十]{1,2})有”(?:标准|要求|目标)|“([二三四五六七八九十]{1,2})有”")]
    private static partial Regex Standard();

    [GeneratedRegex(@"24\s?小时(?:不间断|线上|在线|全天|值班|值守|自助|开放|热线|响应|电话|受理|应急|政务)[^,。;、]{0,8}")]
    private static partial Regex AllDay();

    /// <summary>Persons only: 一村一品 is a slogan.</summary>
    [GeneratedRegex(@"一(村\(社区\)|村\(居\)|村|社区|乡镇|镇|街道|网格|格|区|校|企|园|站)((?:[一两](?:法律顾问|警务助理|辅导员|[^一两,。;、”“\s]{0,6}?(?:员|顾问|助理|师|医生|医|警|辅|律师|干部|民警|辅警|专干))))+(?=”|制度|机制|全覆盖|工作|配备|[,。;、]|$|服务)")]
    private static partial Regex Formula();
}
