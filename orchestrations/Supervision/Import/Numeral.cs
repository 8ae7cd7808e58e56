using System.Globalization;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>A number of the text.</summary>
/// <param name="Value">In the words' own measure; a fraction in percent.</param>
/// <param name="End">After its last character.</param>
/// <param name="IsChinese">Written with Chinese numerals.</param>
/// <param name="Percent">A fraction such as 三分之二, 一半 or 百分之八十.</param>
internal readonly record struct Numeral(decimal Value, int End, bool IsChinese, bool Percent = false)
{
    private const string Digits = "零一二三四五六七八九";
    private const string Chinese = "零〇一二两三四五六七八九十百千万亿";
    private const int CharactersMax = 15;

    /// <summary>The number that begins here, without its measure; null when none does.</summary>
    public static Numeral? Read(string text, int start)
    {
        if (start >= text.Length)
        {
            return null;
        }

        return char.IsAsciiDigit(text[start]) ? Arabic(text, start) : Fraction(text, start) ?? Han(text, start);
    }

    /// <summary>The value of Chinese numerals alone, such as 十二 or 二〇二三; null when it is none.</summary>
    public static int? Whole(ReadOnlySpan<char> numerals)
    {
        if (numerals.Length is 0 or > 9)
        {
            return null;
        }

        return numerals.IndexOfAny("十百千万亿") < 0 ? Positional(numerals) : Additive(numerals) is { } value and < int.MaxValue ? (int)value : null;
    }

    private static Numeral? Arabic(string text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        // 1,200 but not a list: exactly three digits follow each comma.
        if (end - start <= 3)
        {
            while (end + 3 < text.Length && text[end] == ',' && AreDigits(text, end + 1, 3)
                && (end + 4 >= text.Length || !char.IsAsciiDigit(text[end + 4])))
            {
                end += 4;
            }
        }

        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            end++;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }
        }

        var digits = text[start..end].Replace(",", "", StringComparison.Ordinal);
        return digits.Length <= CharactersMax ? new Numeral(decimal.Parse(digits, CultureInfo.InvariantCulture), end, false) : null;
    }

    private static Numeral? Han(string text, int start)
    {
        var end = start;
        while (end < text.Length && end - start < CharactersMax && Chinese.Contains(text[end]))
        {
            end++;
        }

        // 万 and 亿 at the end are left to the measure, which knows 万元.
        while (end > start && text[end - 1] is '万' or '亿' && end - start > 1)
        {
            end--;
        }

        return end > start && text[start] is not ('百' or '千' or '万' or '亿') && Whole(text.AsSpan(start, end - start)) is { } value
            ? new Numeral(value, end, true)
            : null;
    }

    /// <summary>百分之八十, 三分之二, 八成, 一半, 半数, 过半.</summary>
    private static Numeral? Fraction(string text, int start)
    {
        foreach (var half in (ReadOnlySpan<string>)["一半", "半数", "过半数", "过半"])
        {
            if (string.CompareOrdinal(text, start, half, 0, half.Length) == 0)
            {
                return new Numeral(50, start + half.Length, true, true);
            }
        }

        var middle = text.AsSpan(start, Math.Min(12, text.Length - start)).IndexOf("分之");
        if (middle > 0)
        {
            var below = text.AsSpan(start, middle) is "百" ? 100 : Whole(text.AsSpan(start, middle));
            var top = Top(text, start + middle + 2);
            return below is > 0 && top is { } upper
                ? new Numeral(decimal.Round(upper.Value * 100 / below.Value, 2) / 1.000000m, upper.End, true, true)
                : null;
        }

        return start + 1 < text.Length && text[start + 1] == '成' && Digits.IndexOf(text[start]) is > 0 and var tenths
            && (start + 2 >= text.Length || text[start + 2] is '以' or '的' or '左' or ',' or '。' or '、')
            ? new Numeral(tenths * 10, start + 2, true, true)
            : null;
    }

    private static Numeral? Top(string text, int start) =>
        start >= text.Length ? null : text[start] == '百' ? new Numeral(100, start + 1, true) : char.IsAsciiDigit(text[start]) ? Arabic(text, start) : Han(text, start);

    private static int? Positional(ReadOnlySpan<char> numerals)
    {
        var value = 0;
        foreach (var letter in numerals)
        {
            var digit = Digit(letter);
            if (digit < 0 || value > 100_000_000)
            {
                return null;
            }

            value = (value * 10) + digit;
        }

        return value;
    }

    private static long? Additive(ReadOnlySpan<char> numerals)
    {
        long total = 0, section = 0;
        var digit = -1;
        foreach (var letter in numerals)
        {
            long scale = letter switch { '十' => 10, '百' => 100, '千' => 1000, '万' => 10_000, '亿' => 100_000_000, _ => 0 };
            if (scale == 0)
            {
                digit = Digit(letter);
                if (digit < 0)
                {
                    return null;
                }
            }
            else if (scale < 10_000)
            {
                section += Math.Max(digit, digit < 0 ? 1 : 0) * scale;
                digit = -1;
            }
            else
            {
                total = (total + section + Math.Max(digit, 0)) * scale;
                (section, digit) = (0, -1);
            }

            if (total > 1_000_000_000_000)
            {
                return null;
            }
        }

        return total + section + Math.Max(digit, 0);
    }

    private static int Digit(char letter) => letter switch { '〇' => 0, '两' => 2, _ => Digits.IndexOf(letter) };

    private static bool AreDigits(string text, int start, int count) =>
        start + count <= text.Length && text.AsSpan(start, count).IndexOfAnyExceptInRange('0', '9') < 0;
}
