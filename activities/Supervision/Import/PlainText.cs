using System.Text;

namespace Workflows.Activities.Supervision.Import;

/// <summary>Bytes to text: UTF-8 or UTF-16 by their mark, UTF-8 without one, UTF-16 by its zeros, else GB18030.</summary>
internal static class PlainText
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <exception cref="PlanFileException">It is no text in any of them.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOfAnyExcept((byte)' ', (byte)'\n', (byte)'\r') < 0)
        {
            throw new PlanFileException("empty", "The file is empty.");
        }

        var text = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => Try(Utf8, bytes[3..]),
            [0xFF, 0xFE, ..] => Try(new UnicodeEncoding(false, false, true), bytes[2..]),
            [0xFE, 0xFF, ..] => Try(new UnicodeEncoding(true, false, true), bytes[2..]),
            _ => WithoutMark(bytes),
        };
        return text is not null && IsText(text)
            ? text
            : throw new PlanFileException("not-text", "This is no text in UTF-8, UTF-16 or GB18030; a plan is read from .txt or .docx.");
    }

    private static string? WithoutMark(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0))
        {
            // Of the two orders of bytes the one counts in which more is Chinese or ASCII.
            var orders = bytes.Length % 2 == 0
                ? new[] { Try(new UnicodeEncoding(false, false, true), bytes), Try(new UnicodeEncoding(true, false, true), bytes) }
                : [];
            return orders.OfType<string>().Where(text => Usual(text) * 2 > text.Length).MaxBy(Usual);
        }

        return Try(Utf8, bytes) ?? Try(Gb18030, bytes);
    }

    private static int Usual(string text) =>
        text.Count(letter => letter is (>= '\u4e00' and <= '\u9fff') or (>= '\u3000' and <= '\u303f') or (>= ' ' and <= '~') or '\n' or (>= '\uff00' and <= '\uff5e'));

    private static string? Try(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Control characters, private ones and characters that do not exist make no text.</summary>
    private static bool IsText(string text)
    {
        var odd = 0;
        foreach (var letter in text)
        {
            if (letter == '\0')
            {
                return false;
            }

            odd += (char.IsControl(letter) && letter is not ('\n' or '\r' or '\t' or '\f' or '\v' or '\u0085'))
                || letter is '\uFFFD' or (>= '\uE000' and <= '\uF8FF') || (char.IsSurrogate(letter) is false && char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.OtherNotAssigned)
                ? 1 : 0;
        }

        return odd * 50 <= text.Length;
    }
}
