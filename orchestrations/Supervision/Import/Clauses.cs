using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>Reads the targets of a stretch of text: sentence by sentence, clause by clause, number by number.</summary>
internal sealed partial class Clauses(Passage passage, PlanDates plan)
{
    private readonly Targets found = new([], [], []);

    // What one sentence leaves to the next.
    private DateOnly? lastDue;
    private string lastSubject = "";
    private string? lastPer;

    private string Text => passage.Text;

    public static Targets Read(Passage passage, int from, int to, PlanDates plan)
    {
        var reader = new Clauses(passage, plan);
        for (var start = from; start < to;)
        {
            var stop = passage.Text.AsSpan(start, to - start).IndexOfAny('。', '!', '?');
            var end = stop < 0 ? to : start + stop;
            if (end > start)
            {
                reader.Sentence(start, end);
            }

            start = end + 1;
        }

        return reader.found;
    }

    private void Sentence(int from, int to)
    {
        var tokens = PlanLexer.Read(Text, from, to, plan);
        var before = found.Numbers.Count;
        var state = new SentenceState { From = from, Per = tokens is [{ Kind: TokenKind.Make }, ..] ? lastPer : null };
        if (tokens.All(token => token.Kind != TokenKind.When) && lastDue is not null && Shares(from, to))
        {
            state.Due = lastDue;
        }

        var taken = new List<(int Start, int End)>();
        var isHoped = tokens.Any(token => token.Kind == TokenKind.Hope);
        foreach (var (start, end, target) in Formulas.Read(passage, from, to, isHoped))
        {
            taken.Add((start, end));
            var due = tokens.LastOrDefault(token => token.Kind == TokenKind.When && !token.When.IsBackground && token.End <= start)?.When.Due;
            found.Numbers.Add(target with { Due = due });
        }

        for (var first = 0; first < tokens.Count;)
        {
            var last = tokens.FindIndex(first, token => token.Kind == TokenKind.Break);
            last = last < 0 ? tokens.Count : last;
            if (last > first)
            {
                new Clause(passage, tokens, first, last, state, found, taken).Read();
            }

            // 到2025年 goes on after a semicolon, 10月底前 does not.
            if (last < tokens.Count && tokens[last].Text == ";" && state.Due is { Month: < 12 })
            {
                (state.Due, state.Doubt) = (null, null);
            }

            first = last + 1;
        }

        Aims(from, to, tokens, found.Numbers.Count > before);
        if (found.Numbers.Count > before || state.Per is not null)
        {
            lastDue = found.Numbers.Count > before ? found.Numbers[^1].Due : null;
            lastSubject = Text[from..to];
            lastPer = state.SawPer;
        }
        else
        {
            (lastDue, lastPer) = (null, null);
        }
    }

    /// <summary>A sentence of one clause whose noun was the last one's goes on under its date.</summary>
    private bool Shares(int from, int to)
    {
        var sentence = Text.AsSpan(from, to - from);
        if (sentence.Length > 60 || sentence.Contains(','))
        {
            return false;
        }

        for (var start = 0; start + 3 <= sentence.Length; start++)
        {
            var part = sentence.Slice(start, 3);
            if (part.IndexOfAnyExceptInRange('\u4e00', '\u9fff') < 0 && lastSubject.AsSpan().Contains(part, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A promise without a number.</summary>
    private void Aims(int from, int to, List<Token> tokens, bool hasNumbers)
    {
        if (hasNumbers && !AimAnyway().IsMatch(Text.AsSpan(from, to - from)))
        {
            return;
        }

        var hasDate = tokens.Any(token => token.Kind == TokenKind.When && !token.When.IsBackground);
        for (var start = from; start < to;)
        {
            var stop = Text.AsSpan(start, to - start).IndexOf(';');
            var end = stop < 0 ? to : start + stop;
            var part = Text.AsSpan(start, end - start);
            if (AimAnyway().IsMatch(part) || (hasDate && AimByDate().IsMatch(part)))
            {
                found.Aims.Add(passage.Source(start, end, 0.6, hasDate ? "a date and no number" : "a word of completeness and no number"));
            }

            start = end + 1;
        }
    }

    [GeneratedRegex("村村[有通]|普遍建立|普遍设立|普遍开展|全域覆盖|不出村|不出镇|不上交|动态清零|零事故|零发生|应[\u4e00-\u9fff]尽[\u4e00-\u9fff]|(?:推动|推进|因地制宜)[^。]{0,60}全覆盖")]
    private static partial Regex AimAnyway();

    [GeneratedRegex("显著|明显|基本(?:建成|形成|实现|建立|完成|健全|消除)|大幅|普遍|全面(?:建成|建立|实现|完成|形成|提升)|一批|更加|进一步|持续|稳步|初步|完成|建成|形成|实现|建立")]
    private static partial Regex AimByDate();
}

/// <summary>What the clauses of one sentence hand on.</summary>
internal sealed class SentenceState
{
    public int From { get; init; }

    public DateOnly? Due { get; set; }

    public string? Doubt { get; set; }

    public bool IsHoped { get; set; }

    public string? Rhythm { get; set; }

    public string? Per { get; set; }

    public string? SawPer { get; set; }

    public bool IsBackground { get; set; }
}
