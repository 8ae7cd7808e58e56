using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Workflows.Orchestrations.Durable;

/// <summary>What a decider says happened.</summary>
/// <param name="What">A stable word, PascalCase.</param>
/// <param name="Text">One English sentence without personal data.</param>
/// <param name="TextZh">The same in Chinese, for pages and mails.</param>
/// <param name="Due">The date it set, if any.</param>
/// <param name="Why">The steps that led to the date, in English.</param>
/// <param name="TextId">The protected text that belongs to it, if any.</param>
public sealed record JournalLine(
    string What,
    string Text,
    string TextZh,
    DateOnly? Due = null,
    IReadOnlyList<string>? Why = null,
    string? TextId = null);

/// <summary>A line of a case's journal, chained to the one before by its hash.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="At">UTC.</param>
/// <param name="By">Who.</param>
/// <param name="Via">From where.</param>
/// <param name="Line">What.</param>
/// <param name="Previous">The hash of the entry before; <see cref="Journal.Beginning"/> for the first.</param>
/// <param name="Hash">SHA-256 of all the above, hexadecimal.</param>
public sealed record JournalEntry(
    int Number,
    DateTimeOffset At,
    string By,
    string Via,
    JournalLine Line,
    string Previous,
    string Hash);

/// <summary>The chain: an entry changed, removed or slipped in later breaks every hash after it.</summary>
public static class Journal
{
    /// <summary>What the first entry builds on.</summary>
    public const string Beginning = "";

    /// <summary>Adds lines to a chain.</summary>
    public static IReadOnlyList<JournalEntry> Append(
        int length, string hash, Occasion occasion, IReadOnlyList<JournalLine> lines)
    {
        var entries = new List<JournalEntry>(lines.Count);
        foreach (var line in lines)
        {
            length++;
            var sealedHash = HashOf(length, occasion.At, occasion.By, occasion.Via, line, hash);
            entries.Add(new JournalEntry(length, occasion.At, occasion.By, occasion.Via, line, hash, sealedHash));
            hash = sealedHash;
        }

        return entries;
    }

    /// <summary>The number of the first entry that does not fit, or null when the chain holds.</summary>
    public static int? FirstBroken(IReadOnlyList<JournalEntry> entries)
    {
        var previous = Beginning;
        for (var index = 0; index < entries.Count; index++)
        {
            var entry = entries[index];
            var expected = HashOf(index + 1, entry.At, entry.By, entry.Via, entry.Line, previous);
            if (entry.Number != index + 1 || entry.Previous != previous || entry.Hash != expected)
            {
                return index + 1;
            }

            previous = entry.Hash;
        }

        return null;
    }

    private static string HashOf(int number, DateTimeOffset at, string by, string via, JournalLine line, string previous)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"{previous}\n{number}\n{at.UtcTicks}\n{by}\n{via}\n");
        return Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(head), .. Wire.Write(line)]));
    }
}
