using System.Text;

namespace Workflows.Activities.Storage;

/// <summary>
/// A range as Azure's query language says it: always within one partition, so that no query scans a table. U+FFFE and
/// U+FFFF, with which ranges of the port may end, are no characters on the wire; the next key that can be takes their place.
/// </summary>
internal static class AzureRange
{
    private static readonly char[] NoCharacters = ['\ufffe', '\uffff'];

    /// <summary>The filter; null when no key lies in the range.</summary>
    /// <param name="range">What is asked for.</param>
    /// <param name="after">The last row of the page before.</param>
    public static string? Filter(RowRange range, string? after)
    {
        var filter = $"PartitionKey eq {Text(range.Partition)}";
        if (range.From is { Length: > 0 } && (after is null || string.CompareOrdinal(after, range.From) < 0))
        {
            if (Bound(range.From) is not { } from)
            {
                return null;
            }

            filter += $" and RowKey ge {Text(from)}";
        }
        else if (after is not null)
        {
            filter += $" and RowKey gt {Text(after)}";
        }

        if (range.To is null || Bound(range.To) is not { } to)
        {
            return filter;
        }

        var begin = after ?? range.From ?? "";
        return string.CompareOrdinal(begin, to) < 0 ? filter + $" and RowKey lt {Text(to)}" : null;
    }

    /// <summary>
    /// The same bound without what no key holds. Every key with the prefix "a" comes before "a" and U+FFFF, and "b" is
    /// the first key after them. Null: after all keys.
    /// </summary>
    private static string? Bound(string bound)
    {
        var end = bound.IndexOfAny(NoCharacters);
        return end < 0 ? bound : AfterAllWith(bound[..end]);
    }

    private static string? AfterAllWith(string prefix)
    {
        while (prefix.Length > 0)
        {
            var last = Rune.GetRuneAt(prefix, prefix.Length - (char.IsLowSurrogate(prefix[^1]) ? 2 : 1));
            prefix = prefix[..^last.Utf16SequenceLength];
            if (Next(last) is { } next)
            {
                return prefix + next;
            }
        }

        return null;
    }

    /// <summary>The next character that a key may hold, in the order of UTF-16: surrogate pairs come before U+E000.</summary>
    private static Rune? Next(Rune rune)
    {
        do
        {
            switch (rune.Value)
            {
                case 0xFFFD:
                    return null;
                case 0xD7FF:
                    rune = new Rune(0x10000);
                    break;
                case 0x10FFFF:
                    rune = new Rune(0xE000);
                    break;
                default:
                    rune = new Rune(rune.Value + 1);
                    break;
            }
        }
        while (Rune.IsControl(rune) || rune.Value is '/' or '\\' or '#' or '?');
        return rune;
    }

    private static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
