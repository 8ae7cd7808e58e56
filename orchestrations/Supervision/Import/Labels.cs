using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>What a label announces.</summary>
internal enum LabelKind
{
    Lead,
    Participant,
    Due,

    /// <summary>Names people: never drafted.</summary>
    Person,

    /// <summary>Units that watch and do not act.</summary>
    Watcher,
}

/// <summary>A label with the stretch it announces.</summary>
/// <param name="Kind">What follows.</param>
/// <param name="Start">First character of the label, with its bracket.</param>
/// <param name="From">First character of the value.</param>
/// <param name="To">After the value.</param>
/// <param name="End">After the whole, with its closing bracket.</param>
internal readonly record struct Label(LabelKind Kind, int Start, int From, int To, int End);

/// <summary>Finds labels: 责任单位：, 【牵头单位】, （完成时限：…）.</summary>
internal static partial class Labels
{
    /// <summary>A bracket that is not closed within so many characters was forgotten.</summary>
    private const int BracketMax = 600;

    public static List<Label> Read(string text)
    {
        List<Label> labels = [];
        var matches = Form().Matches(text);
        var closed = 0;
        for (var index = 0; index < matches.Count; index++)
        {
            var match = matches[index];
            var next = index + 1 < matches.Count ? matches[index + 1].Index : text.Length;
            var bracket = match.Index > 0 ? text[match.Index - 1] : ' ';
            var inBracket = bracket is '(' or '【' or '[' && text[match.Index + match.Length - 1] is not ('】' or ']');
            var start = inBracket ? match.Index - 1 : match.Index;
            if (inBracket)
            {
                closed = Close(text, match.Index, bracket);
            }
            else if (match.Index >= closed)
            {
                closed = 0;
            }

            var from = match.Index + match.Length;
            var to = Math.Min(next, closed > 0 ? closed : text.Length);
            var stop = text.AsSpan(from, to - from).IndexOf('。');
            to = stop < 0 ? to : from + stop;
            if (next < text.Length && to == next && from < to && text[to - 1] is '(' or '【' or '[')
            {
                to--;
            }

            var end = closed > 0 && to == closed ? to + 1 : stop < 0 ? to : to + 1;
            labels.Add(new Label(KindOf(match), start, from, to, Math.Min(Math.Max(end, from), text.Length)));
        }

        return labels;
    }

    private static LabelKind KindOf(Match match) =>
        match.Groups["lead"].Success ? LabelKind.Lead
        : match.Groups["due"].Success ? LabelKind.Due
        : match.Groups["person"].Success ? LabelKind.Person
        : match.Groups["watch"].Success ? LabelKind.Watcher
        : LabelKind.Participant;

    /// <summary>The bracket that closes the one before; the end when none does.</summary>
    private static int Close(string text, int from, char open)
    {
        var close = open switch { '(' => ')', '【' => '】', _ => ']' };
        var depth = 1;
        var far = Math.Min(text.Length, from + BracketMax);
        for (var at = from; at < far; at++)
        {
            depth += text[at] == open ? 1 : text[at] == close ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        return far;
    }

    [GeneratedRegex(@"(?<=^|[。;,、\s(【\[)\*】])(?:\*\*)?(?:(?<lead>牵头(?:责任|负责|落实|实施)?(?:单位|部门|科室|机关)|主办(?:单位|部门)|主责(?:单位|部门)|主要责任(?:单位|部门)|第一责任(?:单位|部门)|责任牵头(?:单位|部门)|(?:牵头|主办)(?=\s?:))"
        + @"|(?<part>责任(?:单位|部门|主体|科室|机关)(?:\((?:单位|部门|主体)\))?|责任分工|(?:配合|协办|协同|协作|参与|参加|落实|实施|承办|负责|主管|组织实施|成员)(?:责任)?(?:单位|部门|主体)|(?:配合|协办|责任|落实|责任方)(?=\s?:))"
        + @"|(?<due>(?:完成|办结|办理|推进|落实|工作|整改|实施)(?:时限|期限|时间)(?:要求|节点)?|时间(?:安排|要求|节点)|进度(?:安排|要求)|(?:完成|办结)?时限(?:要求)?|完成节点)"
        + @"|(?<person>责任人|责任领导|牵头领导|分管领导|包保领导|挂钩领导|挂点领导|县领导|市领导|区领导|联系人|联系电话|督办领导|负责人|包抓领导)"
        + @"|(?<watch>(?:督办|督查|监督|督导|考核|验收)(?:单位|部门)))"
        + @"(?:\([^)]{0,10}\))?(?:\*\*)?(?:[】\]]\s?:?|\s?:)\s?(?:\*\*)?")]
    private static partial Regex Form();
}
