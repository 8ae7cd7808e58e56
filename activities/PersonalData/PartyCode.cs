using System.Security.Cryptography;
using System.Text;

namespace Workflows.Activities.PersonalData;

/// <summary>
/// The code by which a party finds its case without an account: ten random characters and a check character, written
/// <c>XXXX-XXXX-XXX</c>. 31^10 is 49.5 bits.
/// </summary>
/// <remarks>
/// The check is a pure system in the manner of ISO/IEC 7064, with modulus 31 and radix 3: a prime number of characters
/// and a primitive root of it. So every single wrong character is found, and every exchange of two characters, wherever
/// they stand; MOD 37,36 of the standard misses some exchanges and needs 0, 1, I and O.
/// </remarks>
public static class PartyCode
{
    /// <summary>Digits and letters without 0, 1, I, L and O, which are taken for each other.</summary>
    public const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    public const int Length = 11;

    private const int Radix = 3;
    private const int GroupLength = 4;

    /// <summary>A new code, as <see cref="Read"/> gives it: without hyphens.</summary>
    public static string Draw()
    {
        var drawn = RandomNumberGenerator.GetString(Alphabet, Length - 1);
        return drawn + CheckOf(drawn);
    }

    /// <summary>What a person typed, without blanks and hyphens and in capitals; null when it cannot be a code.</summary>
    public static string? Read(string? typed)
    {
        if (typed is null || typed.Length > 4 * Length)
        {
            return null;
        }

        var code = Plain(typed);
        return code.Length == Length && code.All(letter => Alphabet.Contains(letter)) && code[^1] == CheckOf(code[..^1]) ? code : null;
    }

    /// <summary>As it is printed, in groups that can be read aloud.</summary>
    public static string Print(string code) =>
        string.Join('-', code.Chunk(GroupLength).Select(group => new string(group)));

    /// <summary>
    /// What stands for a typed text when it is looked up. A text that is no code is looked up all the same, and not found,
    /// so that its answer takes as long as that of an unknown code.
    /// </summary>
    internal static string LookedUp(string? typed) => Read(typed) ?? "no code";

    private static string Plain(string typed)
    {
        var plain = new StringBuilder(Length);
        foreach (var letter in IsWhole(typed) ? typed.Normalize(NormalizationForm.FormKC) : "")
        {
            if (!char.IsWhiteSpace(letter) && letter is not ('-' or '\u2010' or '\u2013' or '\u2014' or '\u2212'))
            {
                plain.Append(char.ToUpperInvariant(letter));
            }
        }

        return plain.ToString();
    }

    /// <summary>Half a character cannot be normalised.</summary>
    private static bool IsWhole(string text) => !text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar);

    /// <summary>The character that makes the weighted sum 1: weights are powers of the radix, 1 for the check character.</summary>
    private static char CheckOf(string drawn)
    {
        var sum = 0;
        foreach (var letter in drawn)
        {
            sum = (sum + Alphabet.IndexOf(letter)) * Radix % Alphabet.Length;
        }

        return Alphabet[(1 - sum + Alphabet.Length) % Alphabet.Length];
    }
}
