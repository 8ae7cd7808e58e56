using System.Globalization;
using System.Text;
using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Disputes;

/// <summary>The county's word in the codes of its disputes (机关代字).</summary>
/// <param name="FromYear">Counts for cases registered in this year and later, until the next entry's year.</param>
/// <param name="Word">1 to 10 Chinese characters.</param>
/// <param name="Source">Where the word comes from, or "operator default".</param>
public sealed record CodeWord(int FromYear, string Word, string Source);

/// <summary>
/// The one code of a case for life, as papers carry it: 仙调〔2026〕12号, with hexagonal brackets, the whole year, no
/// leading zero and no 第 (the habit of GB/T 9704). It follows from the case's id and the county's word for its year, so
/// every case has one, however old it is.
/// </summary>
public static class DisputeCode
{
    private const char Prefix = 'D';
    private const int YearDigits = 4;
    private const int WordMax = 10;

    /// <summary>No code that anybody types is longer.</summary>
    private const int TypedMax = 60;

    private const int NumberDigitsMax = 9;

    /// <summary>The id of the county's so-manieth case of a year: <c>D2026-00012</c>.</summary>
    public static string IdOf(int year, long number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{year}-{number:D5}");

    /// <summary>The official code; the id itself where it has no year and number, or the rules have no word for the year.</summary>
    public static string Of(string id, DisputeProcess process) =>
        Parts(id) is var (year, number) && WordOf(year, process) is { } word
            ? string.Create(CultureInfo.InvariantCulture, $"{word}〔{year}〕{number}号")
            : id;

    /// <summary>
    /// The id of the case whose code was typed: with brackets of any kind, in full or half width, with blanks or
    /// without. The id itself is taken too. Null when it cannot be a code of this county.
    /// </summary>
    public static string? Find(string typed, DisputeProcess process)
    {
        if (typed.Length > TypedMax || Plain(typed) is not { Length: > 0 } plain)
        {
            return null;
        }

        if (Parts(plain.ToUpperInvariant()) is var (year, number))
        {
            return IdOf(year, number);
        }

        var id = Typed(plain) is var (typedYear, typedNumber) ? IdOf(typedYear, typedNumber) : null;
        return id is not null && Of(id, process) == plain ? id : null;
    }

    internal static void Check(string file, IReadOnlyList<CodeWord>? words, List<DataError> errors)
    {
        for (var index = 0; index < words?.Count; index++)
        {
            var (path, word) = (string.Create(CultureInfo.InvariantCulture, $"$.codes[{index}]"), words[index]);
            DataJson.RequireText(file, $"{path}.source", word.Source, errors);
            if (word.Word.Length is 0 or > WordMax || !word.Word.All(letter => letter is >= '\u4E00' and <= '\u9FFF' and not '号'))
            {
                errors.Add(new(file, $"{path}.word", "code-word", $"{word.Word} is not 1 to {WordMax} Chinese characters without 号."));
            }

            if (word.FromYear is < 1949 or > 9999 || (index > 0 && word.FromYear <= words[index - 1].FromYear))
            {
                errors.Add(new(file, $"{path}.fromYear", "code-year", $"{word.FromYear} must be a year after that of the entry before."));
            }
        }
    }

    private static string? WordOf(int year, DisputeProcess process) =>
        process.Codes?.LastOrDefault(word => word.FromYear <= year)?.Word;

    private static (int Year, int Number)? Parts(string id) =>
        id.Length > YearDigits + 2 && id[0] == Prefix && id[YearDigits + 1] == '-'
            && Number(id[1..(YearDigits + 1)]) is { } year && Number(id[(YearDigits + 2)..]) is { } number
            ? (year, number)
            : null;

    /// <summary>Year and number of a code in its one form.</summary>
    private static (int Year, int Number)? Typed(string plain)
    {
        var (open, close) = (plain.IndexOf('〔', StringComparison.Ordinal), plain.IndexOf('〕', StringComparison.Ordinal));
        return open > 0 && close == open + YearDigits + 1 && plain[^1] == '号'
            && Number(plain[(open + 1)..close]) is { } year && Number(plain[(close + 1)..^1]) is { } number
            ? (year, number)
            : null;
    }

    /// <summary>From 1; null for what is no number of digits alone.</summary>
    private static int? Number(string digits) =>
        digits.Length is > 0 and <= NumberDigitsMax && digits.All(char.IsAsciiDigit) && int.Parse(digits, CultureInfo.InvariantCulture) is > 0 and var number
            ? number
            : null;

    /// <summary>Without blanks, in half width, with hexagonal brackets.</summary>
    private static string Plain(string typed)
    {
        // Half a character cannot be normalised, and stands in no code.
        if (typed.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar))
        {
            return "";
        }

        var plain = new StringBuilder(typed.Length);
        foreach (var letter in typed.Normalize(NormalizationForm.FormKC).Where(letter => !char.IsWhiteSpace(letter)))
        {
            plain.Append(letter switch
            {
                '[' or '(' or '{' or '【' or '〈' or '《' => '〔',
                ']' or ')' or '}' or '】' or '〉' or '》' => '〕',
                _ => letter,
            });
        }

        return plain.ToString();
    }
}
