using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>How a heading is numbered. The order here says nothing about depth: a document nests them as it likes.</summary>
internal enum MarkerKind
{
    Part,
    Chapter,
    Section,
    Article,
    Han,
    HanParen,
    Digit,
    DigitParen,
    Circle,
    Decimal,
    Style,

    /// <summary>A short line of its own without a number.</summary>
    Bare,
}

/// <summary>The number at the beginning of a heading.</summary>
/// <param name="Kind">Its form.</param>
/// <param name="Number">Its value; 0 when it is not numbered.</param>
/// <param name="Length">Characters to skip to the heading's words.</param>
/// <param name="Printed">For the path, such as （四）.</param>
/// <param name="Depth">Of decimal numbers and styles; else 0.</param>
/// <param name="Numbers">All numbers of a decimal marker.</param>
internal sealed partial record Marker(
    MarkerKind Kind, int Number, int Length, string Printed, int Depth = 0, IReadOnlyList<int>? Numbers = null)
{
    private const string Numerals = "一二三四五六七八九十百零〇";

    /// <summary>Two markers of one level.</summary>
    public bool IsLike(Marker other) => Kind == other.Kind && Depth == other.Depth;

    /// <summary>The marker that a paragraph begins with; null when it begins with none.</summary>
    public static Marker? Read(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (text[0] == '#' && Markdown().Match(text) is { Success: true } sharp)
        {
            var depth = sharp.Groups[1].Length;
            var inner = Read(text[sharp.Length..]);
            return inner is null
                ? new Marker(MarkerKind.Style, 0, sharp.Length, "", depth)
                : inner with { Length = inner.Length + sharp.Length };
        }

        // Bold in markdown.
        if (text.StartsWith("**", StringComparison.Ordinal) && Read(text[2..]) is { } bold)
        {
            return bold with { Length = bold.Length + 2 };
        }

        return Ordinal(text) ?? Enclosed(text[0]) ?? HanNumber(text) ?? Parenthesised(text) ?? DecimalNumber(text) ?? DigitNumber(text);
    }

    private static Marker? Ordinal(string text)
    {
        var match = OrdinalForm().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var number = char.IsAsciiDigit(match.Groups[1].ValueSpan[0])
            ? int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
            : Numeral.Whole(match.Groups[1].ValueSpan);
        MarkerKind? kind = match.Groups[2].ValueSpan switch
        {
            "编" or "篇" or "部分" => MarkerKind.Part,
            "章" => MarkerKind.Chapter,
            "节" => MarkerKind.Section,
            "条" => MarkerKind.Article,
            _ => null,
        };
        return kind is { } known && number is { } value
            ? new Marker(known, value, match.Length, $"第{match.Groups[1].Value}{match.Groups[2].Value}")
            : null;
    }

    /// <summary>①, ⑴, ⒈ and ㈠ are one character each.</summary>
    private static Marker? Enclosed(char letter) => letter switch
    {
        >= '①' and <= '⑳' => new(MarkerKind.Circle, letter - '①' + 1, 1, letter.ToString()),
        >= '⑴' and <= '⒇' => new(MarkerKind.DigitParen, letter - '⑴' + 1, 1, letter.ToString()),
        >= '⒈' and <= '⒛' => new(MarkerKind.Digit, letter - '⒈' + 1, 1, $"{letter - '⒈' + 1}"),
        >= '㈠' and <= '㈩' => new(MarkerKind.HanParen, letter - '㈠' + 1, 1, letter.ToString()),
        _ => null,
    };

    private static Marker? HanNumber(string text)
    {
        var match = HanForm().Match(text);
        return match.Success && Numeral.Whole(match.Groups[1].ValueSpan) is { } number
            ? new Marker(MarkerKind.Han, number, match.Length, match.Groups[1].Value)
            : null;
    }

    private static Marker? Parenthesised(string text)
    {
        var match = ParenForm().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var inner = match.Groups[1].Value;
        return char.IsAsciiDigit(inner[0])
            ? new Marker(MarkerKind.DigitParen, int.Parse(inner, System.Globalization.CultureInfo.InvariantCulture), match.Length, $"（{inner}）")
            : Numeral.Whole(inner) is { } number ? new Marker(MarkerKind.HanParen, number, match.Length, $"（{inner}）") : null;
    }

    private static Marker? DecimalNumber(string text)
    {
        var match = DecimalForm().Match(text);
        if (!match.Success || (match.Length == match.Groups[1].Length && Measure.Read(text, match.Length) is not null))
        {
            return null;
        }

        int[] numbers = [.. match.Groups[1].Value.Split('.').Select(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture))];
        return new Marker(MarkerKind.Decimal, numbers[^1], match.Length, match.Groups[1].Value, numbers.Length, numbers);
    }

    private static Marker? DigitNumber(string text)
    {
        var match = DigitForm().Match(text);
        return match.Success
            ? new Marker(
                match.Groups[2].ValueSpan is ")" ? MarkerKind.DigitParen : MarkerKind.Digit,
                int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture),
                match.Length,
                match.Groups[1].Value)
            : null;
    }

    [GeneratedRegex(@"^(#{1,6})\s*")]
    private static partial Regex Markdown();

    [GeneratedRegex(@"^第\s?([" + Numerals + @"]{1,5}|[0-9]{1,3})\s?(编|篇|部分|章|节|条)(?![款例约件])[\s:、.]*")]
    private static partial Regex OrdinalForm();

    [GeneratedRegex(@"^([" + Numerals + @"]{1,3})\s?[、.,．]\s*(?![" + Numerals + @"]、)")]
    private static partial Regex HanForm();

    [GeneratedRegex(@"^\(\s?([" + Numerals + @"]{1,3}|[0-9]{1,2})\s?\)[\s、.]*")]
    private static partial Regex ParenForm();

    [GeneratedRegex(@"^([0-9]{1,2}(?:\.[0-9]{1,2}){1,4})(?:[.、]?\s+|[.、]?(?=\p{IsCJKUnifiedIdeographs}))")]
    private static partial Regex DecimalForm();

    [GeneratedRegex(@"^([0-9]{1,3})\s?([.、)]|,(?=\s?\p{IsCJKUnifiedIdeographs}))\s*(?![0-9])")]
    private static partial Regex DigitForm();
}
