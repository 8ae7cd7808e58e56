namespace Workflows.Activities.Documents;

/// <summary>What people wrote, cut into paragraphs that a document can hold.</summary>
internal static class PaperLines
{
    /// <summary>Without empty lines, and without characters that XML cannot carry.</summary>
    public static IEnumerable<string> Of(string words) => words.ReplaceLineEndings("\n").Split('\n')
        .Select(line => Clean(line).Trim())
        .Where(line => line.Length > 0);

    /// <summary>Control characters and halves of a pair would make a file that no reader opens.</summary>
    public static string Clean(string text)
    {
        var clean = new System.Text.StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value >= 0x20 && rune.Value is not (0xFFFE or 0xFFFF) && rune != System.Text.Rune.ReplacementChar)
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }
}
