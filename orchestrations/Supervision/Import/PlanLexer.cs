using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>Cuts a sentence of a plan into tokens. Every character lies in exactly one; the time is linear in the length.</summary>
internal static partial class PlanLexer
{
    private const int QuoteMax = 60;

    /// <summary>The tokens of one sentence, which lies from one character to before another.</summary>
    public static List<Token> Read(string text, int from, int to, PlanDates plan)
    {
        List<Token> tokens = [];
        var at = from;
        while (at < to)
        {
            var token = Next(text, at, to, plan, tokens);
            if (token.Kind == TokenKind.Word && tokens is [.., { Kind: TokenKind.Word } last])
            {
                tokens[^1] = last with { End = token.End };
            }
            else
            {
                tokens.Add(token);
            }

            at = token.End;
        }

        return tokens;
    }

    private static Token Next(string text, int at, int to, PlanDates plan, List<Token> before)
    {
        var letter = text[at];
        if (letter is ',' or ';' or ':' or '!' or '?')
        {
            return new Token(TokenKind.Break, at, at + 1, text[at..(at + 1)]);
        }

        if (letter == '、')
        {
            return new Token(TokenKind.Joint, at, at + 1, "、");
        }

        if (letter is '“' or '《' or '"' or '「' && Dates.Read(text, at, plan) is null && Quoted(text, at, to) is { } quote)
        {
            return quote;
        }

        if (Dates.Read(text, at, plan) is { } when && when.End <= to)
        {
            return new Token(TokenKind.When, at, when.End, text[at..when.End]) { When = when };
        }

        if (Per(text, at, to) is { } per)
        {
            return per;
        }

        if (Amount(text, at, to, before) is { } amount)
        {
            return amount;
        }

        if (Lexicon.Read(text, at) is { } entry && at + entry.Word.Length <= to && Means(text, at, entry.Word))
        {
            return new Token(entry.Kind, at, at + entry.Word.Length, entry.Means.Length > 0 ? entry.Means : entry.Word);
        }

        return letter is '和' or '及' or '与' && before is [.., { Kind: TokenKind.Amount or TokenKind.Word or TokenKind.After }]
            ? new Token(TokenKind.Joint, at, at + 1, text[at..(at + 1)])
            : new Token(TokenKind.Word, at, at + 1, "");
    }

    private static Token? Quoted(string text, int at, int to)
    {
        var close = text[at] switch { '“' => '”', '《' => '》', '「' => '」', _ => '"' };
        var end = text.IndexOf(close, at + 1, Math.Min(QuoteMax, to - at - 1));
        return end < 0 ? null : new Token(TokenKind.Quote, at, end + 1, text[(at + 1)..end]);
    }

    private static Token? Per(string text, int at, int to)
    {
        if (text[at] is not ('每' or '单' or '各' or '所' or '户' or '人'))
        {
            return null;
        }

        if (Ratio().Match(text, at) is { Success: true } ratio && at + ratio.Length <= to)
        {
            return new Token(TokenKind.Per, at, at + ratio.Length, "ratio:" + ratio.Groups[1].Value);
        }

        return Scopes.Each(text, at) is { } each && at + each.Length <= to
            ? new Token(TokenKind.Per, at, at + each.Length, each.Scope)
            : null;
    }

    /// <summary>A number with a measure; two numbers that make a range are one amount.</summary>
    private static Token? Amount(string text, int at, int to, List<Token> before)
    {
        // A digit in the middle of a name, 5G or D2025, begins no number; 第三 names.
        if (at > 0 && (char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] is '第' or '.' or '·')
            && before is not [.., { Kind: not TokenKind.Word }])
        {
            return null;
        }

        if (Numeral.Read(text, at) is not { } number || number.End > to)
        {
            return null;
        }

        if (number.Percent)
        {
            return new Token(TokenKind.Amount, at, number.End, "%") { Value = number.Value, Measure = MeasureKind.Percent, IsChinese = true };
        }

        decimal? upper = null;
        var end = number.End;
        var first = Supervision.Import.Measure.Read(text, end);
        var dash = first is { Kind: MeasureKind.Percent or MeasureKind.Count or MeasureKind.Person } early ? early.End : end;
        if (Dash().Match(text, dash) is { Success: true } sign && Numeral.Read(text, dash + sign.Length) is { Percent: false } second && second.End <= to)
        {
            (upper, end) = (second.Value, second.End);
            first = Supervision.Import.Measure.Read(text, end) ?? first;
        }

        if (first is not { } measure || measure.End > to || measure.End < end)
        {
            return upper is null && !number.IsChinese ? Bare(text, at, number) : null;
        }

        var rough = text.AsSpan(end, measure.End - end).ContainsAny('余', '多', '来') || (at > 0 && text[at - 1] == '约');
        return new Token(TokenKind.Amount, at, measure.End, measure.Unit)
        {
            Value = number.Value * measure.Scale,
            ValueTo = upper * measure.Scale,
            Measure = measure.Kind,
            IsChinese = number.IsChinese,
            IsRough = rough,
        };
    }

    /// <summary>A number without a measure is kept as such: it may be reported.</summary>
    private static Token Bare(string text, int at, Numeral number) =>
        new(TokenKind.Word, at, number.End, "");

    /// <summary>One-character words mean something only right before a number.</summary>
    private static bool Means(string text, int at, string word) =>
        word.Length > 1 || word[0] is '≥' or '≤' or '>' or '<' or '='
        || (Numeral.Read(text, at + 1) is { IsChinese: false } && !(at > 0 && text[at - 1] is '可' or '直'));

    [GeneratedRegex(@"\G每(百人|千人|万人|千名|万名|百名|百户|千户|万户|亩|平方公里|公里|百万人)(?:口|常住人口|人口|户籍人口|名人口|居民|服务人口|老年人|老年人口)?")]
    private static partial Regex Ratio();

    [GeneratedRegex(@"\G\s?(?:[-—–~]{1,2}|至|到)\s?")]
    private static partial Regex Dash();
}
