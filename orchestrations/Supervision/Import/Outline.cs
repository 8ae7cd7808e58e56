using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>
/// From paragraphs to headings that nest. No form of number has a fixed depth: one that is open is closed by the next of its
/// form, one that is not open lies below what is. Numbers that were left out are inferred from what follows.
/// </summary>
internal sealed partial class Outline
{
    private const int BareMax = 32;
    private const int FollowingMax = 60;

    private readonly List<Item> items;
    private readonly Head head;
    private readonly DutyReader duties;
    private readonly List<Node> open = [];
    private readonly Dictionary<MarkerKind, int> lastNumber = [];
    private readonly Dictionary<(Node? Parent, MarkerKind Kind, int Depth), int> siblings = [];
    private readonly Marker?[] markers;
    private readonly bool[] labelled;
    private LabelKind? awaited;

    private Outline(List<Item> items, Head head, DutyReader duties)
    {
        this.items = items;
        this.head = head;
        this.duties = duties;
        Kinds = new string[items.Count];
        markers = [.. items.Select(item => item.Rows is null ? MarkerOf(item.Passage) : null)];
        labelled = [.. items.Select(item => item.Rows is null && Labels.Read(item.Passage.Text).Count > 0)];
    }

    /// <summary>In the text's order.</summary>
    public List<Node> Nodes { get; } = [];

    /// <summary>Tables, each with the heading it stands under.</summary>
    public List<(Item Table, Node? Under, int Index)> Tables { get; } = [];

    /// <summary>Sentences that hold for many tasks.</summary>
    public List<(Node? At, Source Source)> Rules { get; } = [];

    /// <summary>Headings whose number was left out or does not follow.</summary>
    public List<(Node Node, string Why)> Numbering { get; } = [];

    /// <summary>What each item became; null while nobody knows.</summary>
    public string?[] Kinds { get; }

    public static Outline Read(List<Item> items, Head head, DutyReader duties)
    {
        var outline = new Outline(items, head, duties);
        for (var index = 0; index < items.Count; index++)
        {
            outline.Take(index);
        }

        return outline;
    }

    private Node? Top => open.Count > 0 ? open[^1] : null;

    private void Take(int index)
    {
        var passage = items[index].Passage;
        if (head.KindOf(index) is { } known)
        {
            Kinds[index] = known;
            if (known == "closing" && passage.Text.StartsWith('附'))
            {
                open.Clear();
            }

            if (known == "preamble")
            {
                FindRule(passage, 0, passage.Text.Length, null);
            }
        }
        else if (items[index].Rows is not null)
        {
            Tables.Add((items[index], Top, index));
            Kinds[index] = "table";
        }
        else if (markers[index] is { } marker)
        {
            Open(index, marker, marker.Number, marker.Printed);
        }
        else if (awaited is { } kind && Top is { } waiting && duties.ReadAwaited(passage, kind) is { } late)
        {
            waiting.Duty.Take(late);
            Kinds[index] = "responsibility";
            awaited = null;
        }
        else if (Inferred(index) is { } like)
        {
            Open(index, like.Marker with { Length = 0 }, like.Number, like.Printed);
            if (like.IsDoubtful)
            {
                Numbering.Add((Nodes[^1], "the number is left out"));
            }
        }
        else
        {
            Words(index, 0);
        }
    }

    private static Marker? MarkerOf(Passage passage) =>
        Marker.Read(passage.Text) ?? (passage.Level is { } level && !passage.Text.Contains('。') ? new Marker(MarkerKind.Style, 0, 0, "", level) : null);

    private void Open(int index, Marker marker, int number, string printed)
    {
        Close(marker);
        var parent = Top;
        var place = (parent, marker.Kind, marker.Depth);
        var expected = siblings.GetValueOrDefault(place) + 1;
        var why = "";
        if (number == 0)
        {
            number = expected;
        }
        else if (number != expected && number != lastNumber.GetValueOrDefault(marker.Kind) + 1)
        {
            why = $"{number} follows {expected - 1}";
            number = number < expected ? expected : number;
        }

        (lastNumber[marker.Kind], siblings[place]) = (number, number);
        var passage = items[index].Passage;
        var (from, to) = TitleOf(passage, marker.Length);
        var node = new Node(marker, number, printed, parent, index)
        {
            Title = passage.Words(from, to).Replace("\n", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal),
            Source = passage.Source(from, to, marker.Kind == MarkerKind.Bare || marker.Length == 0 ? 0.7 : 0.95, marker.Length == 0 ? "a line that stands as a heading" : "a numbered heading"),
        };
        parent?.Children.Add(node);
        Nodes.Add(node);
        open.Add(node);
        if (why.Length > 0)
        {
            Numbering.Add((node, why));
        }

        Kinds[index] = "heading";
        awaited = null;
        Words(index, marker.Length);
    }

    private void Close(Marker marker)
    {
        var at = open.FindIndex(node => marker.Kind <= MarkerKind.Article
            ? node.Marker.Kind <= MarkerKind.Article && node.Marker.Kind >= marker.Kind
            : node.Marker.Kind == marker.Kind && node.Marker.Depth >= marker.Depth);
        if (at >= 0)
        {
            open.RemoveRange(at, open.Count - at);
        }

        // Under a point that is closed by its responsibility, a heading in bold or style is no child of it.
        while (marker.Kind == MarkerKind.Style && open.Count > 0 && open[^1].Marker.Kind is MarkerKind.Digit or MarkerKind.DigitParen or MarkerKind.Bare)
        {
            open.RemoveAt(open.Count - 1);
        }
    }

    /// <summary>The words of a paragraph go to the heading that is open.</summary>
    private void Words(int index, int from)
    {
        var passage = items[index].Passage;
        var (duty, rest) = duties.Read(passage, from);
        awaited = duties.Awaited;
        if (Top is not { } node)
        {
            Kinds[index] ??= duty.IsSaid ? "not-understood" : "preamble";
            foreach (var (start, end) in rest)
            {
                FindRule(passage, start, end, null);
            }

            return;
        }

        node.Duty.Take(duty);
        var isRule = false;
        foreach (var (start, end) in rest)
        {
            if (FindRule(passage, start, end, node))
            {
                isRule = true;
            }
            else if (!passage.Text.AsSpan(start, end - start).Trim(" 。;,)】]").IsEmpty)
            {
                node.Texts.Add((passage, start, end, index));
            }
        }

        Kinds[index] ??= rest.Count == 0 || (duty.IsSaid && isRule) || awaited is not null ? "responsibility" : isRule ? "rule" : null;
    }

    private bool FindRule(Passage passage, int from, int to, Node? node)
    {
        var text = passage.Text;
        var any = false;
        for (var start = from; start < to;)
        {
            var stop = text.AsSpan(start, to - start).IndexOf('。');
            var end = stop < 0 ? to : start + stop;
            if (end - start < 120 && EveryTownship().IsMatch(text.AsSpan(start, end - start)) && ForAll().IsMatch(text.AsSpan(start, end - start))
                && Acts().IsMatch(text.AsSpan(start, end - start)))
            {
                Rules.Add((node, passage.Source(start, end, 0.9, "all tasks are for every township too")));
                any = true;
            }

            start = end + 1;
        }

        return any;
    }

    /// <summary>A heading without a number, when what stands around it says so.</summary>
    private (Marker Marker, int Number, string Printed, bool IsDoubtful)? Inferred(int index)
    {
        var passage = items[index].Passage;
        var text = passage.Text;
        var isShort = text.Length is >= 3 and <= BareMax && !Stop().IsMatch(text) && text[^1] is not ',' and not '、'
            && !labelled[index] && Dates.Line(text) is null;
        var next = index + 1;
        while (next < items.Count && head.KindOf(next) is not null)
        {
            next++;
        }

        if (next >= items.Count)
        {
            return null;
        }

        var following = markers[next];
        if (isShort && following is { Number: 1 } first)
        {
            var at = open.FindIndex(node => node.Marker.IsLike(first));
            if (at > 0)
            {
                return After(open[at - 1]);
            }

            if (at == 0)
            {
                return null;
            }
        }

        if (isShort && following is not null && open.FindLast(node => FollowingOf(index, node.Marker) == node.Number + 2) is { } gap)
        {
            return After(gap);
        }

        if (Top is { Duty.IsSaid: true } closed && FollowingOf(index, closed.Marker) == closed.Number + 2)
        {
            return After(closed);
        }

        if (isShort && EndsInDuty(index) && (Top is null || Top.Duty.IsSaid || Top.Texts.Count == 0 || (Top.Texts.Count == 1 && Top.Texts[0].Item == Top.Item)))
        {
            return Top is { Duty.IsSaid: true } done ? After(done) : (new Marker(MarkerKind.Bare, 0, 0, ""), 0, "", false);
        }

        return passage.Bold && isShort ? (new Marker(MarkerKind.Bare, 0, 0, ""), 0, "", false) : null;
    }

    private static (Marker, int, string, bool) After(Node node) => (
        node.Marker,
        node.Number + 1,
        Print(node.Marker.Kind, node.Number + 1),
        node.Marker.Kind is not (MarkerKind.Bare or MarkerKind.Style));

    private static string Print(MarkerKind kind, int number) =>
        kind == MarkerKind.Han ? Han(number)
        : kind == MarkerKind.HanParen ? $"（{Han(number)}）"
        : kind == MarkerKind.DigitParen ? $"（{number}）"
        : kind == MarkerKind.Article ? $"第{Han(number)}条"
        : kind is MarkerKind.Bare or MarkerKind.Style ? ""
        : $"{number}";

    private static string Han(int number) => number switch
    {
        <= 10 => "零一二三四五六七八九十"[number].ToString(),
        < 20 => "十" + "零一二三四五六七八九"[number - 10],
        < 100 => $"{"零一二三四五六七八九"[number / 10]}十{(number % 10 == 0 ? "" : "零一二三四五六七八九"[number % 10].ToString())}",
        _ => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>The number of the next heading of a form, when no wider one comes before it; 0 when there is none.</summary>
    private int FollowingOf(int index, Marker form)
    {
        var wider = open.FindIndex(node => node.Marker.IsLike(form));
        for (var next = index + 1; next < Math.Min(items.Count, index + FollowingMax); next++)
        {
            if (markers[next] is { } marker)
            {
                if (marker.IsLike(form))
                {
                    return marker.Number;
                }

                if (open.FindIndex(node => node.Marker.IsLike(marker)) is var at && at >= 0 && at < wider)
                {
                    return 0;
                }
            }
        }

        return 0;
    }

    /// <summary>Whether a responsibility comes before the next heading.</summary>
    private bool EndsInDuty(int index)
    {
        for (var next = index + 1; next < Math.Min(items.Count, index + 8); next++)
        {
            if (items[next].Rows is not null || head.KindOf(next) is not null || markers[next] is not null)
            {
                return false;
            }

            if (labelled[next])
            {
                return true;
            }
        }

        return false;
    }

    private static (int From, int To) TitleOf(Passage passage, int from)
    {
        var text = passage.Text;
        var labels = Labels.Read(text).Where(label => label.Start >= from).Select(label => label.Start).DefaultIfEmpty(text.Length).First();
        var to = labels;
        var stop = text.AsSpan(from, to - from).IndexOf('。');
        to = stop > 0 ? from + stop : to;
        var colon = text.AsSpan(from, to - from).IndexOf(':');
        to = colon is >= 4 and <= 30 ? from + colon : to;
        if (to - from > 60)
        {
            var cut = text.AsSpan(from, to - from).IndexOfAny(',', ';');
            to = cut is > 3 and < 60 ? from + cut : from + 60;
        }

        while (to > from && text[to - 1] is ' ' or '。' or ';' or ':' or '*' or '(')
        {
            to--;
        }

        return (from, Math.Max(from, to));
    }

    [GeneratedRegex("[。;:?!]")]
    private static partial Regex Stop();

    [GeneratedRegex(@"(?:各|全县|所有)\s?(?:乡|镇|街道)|乡镇人民政府|乡镇政府|乡镇\(街道\)")]
    private static partial Regex EveryTownship();

    [GeneratedRegex(@"(?:以下|下列|上述|以上|各项|所有|全部|每项|本(?:方案|计划|办法|意见|清单|表)(?:中|所列|内|各项|确定)?)[^。]{0,12}(?:任务|工作|事项|措施|项目)|不再(?:逐一|一一|另行|重复|单独|逐项)?(?:列|注|写|说)")]
    private static partial Regex ForAll();

    [GeneratedRegex("落实|实施|负责|执行|承担|完成|责任")]
    private static partial Regex Acts();
}
