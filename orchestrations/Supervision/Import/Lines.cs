using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>A paragraph or a table, in the text's order.</summary>
internal sealed record Item(Passage Passage, IReadOnlyList<IReadOnlyList<Passage>>? Rows = null, IReadOnlyList<IReadOnlyList<bool>>? Continued = null);

/// <summary>From lines to paragraphs: puts together what a text editor broke, and finds tables drawn with tabs or strokes.</summary>
internal static partial class Lines
{
    private const int TitleMax = 40;

    public static List<Item> Read(PlanText plan)
    {
        var lines = Passages(plan);
        List<Item> items = [];
        for (var at = 0; at < lines.Count;)
        {
            var (passage, block) = lines[at];
            if (block.Rows is { } rows)
            {
                items.Add(Table(plan, rows, passage));
                at++;
            }
            else if (plan.IsPlain && RowsFrom(lines, at) is > 1 and var count)
            {
                items.Add(Drawn([.. lines.Skip(at).Take(count).Select(line => line.Passage)], plan));
                at += count;
            }
            else if (passage.IsEmpty)
            {
                at++;
            }
            else
            {
                List<Passage> parts = [passage];
                at++;
                while (plan.IsPlain && at < lines.Count && GoesOn(parts[^1], lines[at].Passage, parts.Count > 1 || parts[0].Text.Length > TitleMax))
                {
                    parts.Add(lines[at].Passage);
                    at++;
                }

                items.Add(new Item(Passage.Join(parts)));
            }
        }

        return items;
    }

    private static List<(Passage Passage, PlanBlock Block)> Passages(PlanText plan)
    {
        List<(Passage, PlanBlock)> lines = [];
        var (line, seen) = (1, 0);
        foreach (var block in plan.Blocks)
        {
            line += plan.Text.AsSpan(seen, block.Start - seen).Count('\n');
            seen = block.Start;
            lines.Add((Passage.Of(plan.Text, block.Start, block.Length, line, block.Level, block.Bold), block));
        }

        return lines;
    }

    /// <summary>Whether the second line is the rest of the first one's sentence.</summary>
    private static bool GoesOn(Passage one, Passage two, bool isLong)
    {
        if (two.IsEmpty || one.IsEmpty || one.Level is not null || two.Level is not null)
        {
            return false;
        }

        var (first, second) = (one.Text, two.Text);
        if (Marker.Read(second) is not null || Labels.Read(second) is [{ Start: 0 }, ..] || second[0] is '【' or '#' or '|' || Dates.Line(second) is not null)
        {
            return false;
        }

        var open = Open(first);
        if (first[^1] is ',' or '、' or '和' or '与' or '及' or '的' || second[0] is ',' or '、' or '。' or ';' or ')' || open)
        {
            return true;
        }

        if (first[^1] is '。' or ';' or ':' or '!' or '?' or ')' or '”' or '】' || second[0] is '(')
        {
            return false;
        }

        if (Signature().IsMatch(second))
        {
            return false;
        }

        var label = Labels.Read(first) is [.., { } last] && last.To >= first.Length;
        return label
            ? BreaksName(first, second)
            : isLong || first.Contains('。') || (Marker.Read(first) is not null && first.Contains(',') && first.Length > 24);
    }

    private static bool Open(string text) =>
        text.Count(letter => letter is '(' or '“' or '《') > text.Count(letter => letter is ')' or '”' or '》');

    private static Item Table(PlanText plan, IReadOnlyList<IReadOnlyList<PlanCell>> rows, Passage whole)
    {
        var line = whole.Line;
        var seen = rows.SelectMany(row => row).FirstOrDefault()?.Start ?? 0;
        List<IReadOnlyList<Passage>> cells = [];
        foreach (var row in rows)
        {
            List<Passage> passages = [];
            foreach (var cell in row)
            {
                if (cell.Start > seen)
                {
                    line += plan.Text.AsSpan(seen, cell.Start - seen).Count('\n');
                    seen = cell.Start;
                }

                passages.Add(Passage.Of(plan.Text, cell.Start, cell.Length, line));
            }

            cells.Add(passages);
        }

        return new Item(whole, cells, [.. rows.Select(row => (IReadOnlyList<bool>)[.. row.Select(cell => cell.Continued)])]);
    }

    /// <summary>How many lines from here are rows of one drawn table; 0 when this one is none.</summary>
    private static int RowsFrom(List<(Passage Passage, PlanBlock Block)> lines, int at)
    {
        var count = 0;
        while (at + count < lines.Count && lines[at + count].Block.Rows is null && Cells(lines[at + count].Passage, out _) >= 3)
        {
            count++;
        }

        return count;
    }

    private static int Cells(Passage line, out List<(int Start, int End)> cells)
    {
        cells = [];
        if (line.IsEmpty)
        {
            return 0;
        }

        // Blanks were folded, so tabs are told from the words as printed.
        var printed = line.Words(0, line.Text.Length);
        var separator = line.Text[0] == '|' || line.Text.Count(letter => letter == '|') >= 3 ? '|'
            : line.Text[0] == '│' || line.Text.Contains('│') ? '│'
            : printed.Contains('\t') ? '\t' : '\0';
        if (separator == '\0' || printed.Contains('\n'))
        {
            return 0;
        }

        var start = 0;
        for (var index = 0; index <= printed.Length; index++)
        {
            if (index == printed.Length || printed[index] == separator)
            {
                cells.Add((start, index));
                start = index + 1;
            }
        }

        if (separator != '\t')
        {
            if (cells is [{ } head, ..] && head.Start == head.End)
            {
                cells.RemoveAt(0);
            }

            if (cells is [.., { } tail] && tail.Start >= tail.End)
            {
                cells.RemoveAt(cells.Count - 1);
            }
        }

        return cells.Count;
    }

    private static Item Drawn(List<Passage> lines, PlanText plan)
    {
        List<IReadOnlyList<Passage>> rows = [];
        foreach (var line in lines)
        {
            Cells(line, out var cells);
            if (!Rule().IsMatch(line.Text))
            {
                rows.Add([.. cells.Select(cell => line.Part(cell.Start, cell.End))]);
            }
        }

        return new Item(Passage.Join([lines[0]]), rows, [.. rows.Select(row => (IReadOnlyList<bool>)[.. row.Select(_ => false)])]);
    }

    /// <summary>In a list of units only a name that is cut in two goes on: 财政 and 局.</summary>
    private static bool BreaksName(string first, string second)
    {
        var begin = first.LastIndexOfAny(['、', ',', ';', ':', ' ']) + 1;
        var end = NameEnd().Match(second);
        var one = first[begin..];
        return end.Success && !UnitWords.LooksLikeUnit(one) && UnitWords.LooksLikeUnit(one + second[..end.Index]);
    }

    [GeneratedRegex(@"[、,;。\s]|等|按|牵头|配合|负责|落实|\z")]
    private static partial Regex NameEnd();

    [GeneratedRegex(@"^[\u4e00-\u9fff ]{2,20}(?:人民政府|办公室|委员会)\z")]
    private static partial Regex Signature();

    [GeneratedRegex(@"^[|│\s:+\-─┼├┤=]+\z")]
    private static partial Regex Rule();
}
