namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>
/// A stretch of the text in one form: full-width digits, letters and marks as half-width ones, odd blanks as blanks. Every
/// character knows where it stood, so that words can always be shown as they were printed.
/// </summary>
internal sealed class Passage
{
    private readonly string full;
    private readonly int[] at;

    private Passage(string full, string text, int[] at, int line)
    {
        this.full = full;
        Text = text;
        this.at = at;
        Line = line;
    }

    /// <summary>Folded, without blanks at both ends.</summary>
    public string Text { get; }

    /// <summary>Of the first character, from 1.</summary>
    public int Line { get; }

    public int? Level { get; init; }

    public bool Bold { get; init; }

    public bool IsEmpty => Text.Length == 0;

    public static Passage Of(string full, int start, int length, int line, int? level = null, bool bold = false)
    {
        var (from, to) = (start, start + length);
        while (from < to && IsBlank(full[from]))
        {
            if (full[from] == '\n')
            {
                line++;
            }

            from++;
        }

        while (to > from && IsBlank(full[to - 1]))
        {
            to--;
        }

        var text = string.Create(to - from, (full, from), static (chars, source) =>
        {
            for (var index = 0; index < chars.Length; index++)
            {
                chars[index] = Fold(source.full[source.from + index]);
            }
        });
        var places = new int[to - from];
        for (var index = 0; index < places.Length; index++)
        {
            places[index] = from + index;
        }

        return new Passage(full, text, places, line) { Level = level, Bold = bold };
    }

    /// <summary>Lines that are one paragraph: a text editor broke it.</summary>
    public static Passage Join(IReadOnlyList<Passage> parts) => parts.Count == 1
        ? parts[0]
        : new Passage(
            parts[0].full,
            string.Concat(parts.Select(part => part.Text)),
            [.. parts.SelectMany(part => part.at)],
            parts[0].Line)
        {
            Level = parts[0].Level,
            Bold = parts[0].Bold,
        };

    /// <summary>A part of it, without blanks at both ends.</summary>
    public Passage Part(int from, int to)
    {
        while (from < to && IsBlank(Text[from]))
        {
            from++;
        }

        while (to > from && IsBlank(Text[to - 1]))
        {
            to--;
        }

        return new Passage(full, Text[from..to], at[from..to], LineAt(from));
    }

    /// <summary>The words as printed from one character to before another.</summary>
    public string Words(int from, int to) => to <= from ? "" : full[at[from]..(at[to - 1] + 1)];

    /// <summary>Where a value came from.</summary>
    public Source Source(int from, int to, double confidence, string reason) =>
        new(Words(from, to), LineAt(from), confidence, reason);

    public Source Whole(double confidence, string reason) => Source(0, Text.Length, confidence, reason);

    /// <summary>Half-width, one character for one.</summary>
    public static char Fold(char letter) => letter switch
    {
        >= '！' and <= '～' => (char)(letter - 0xFEE0),
        '\u3000' or '\u00a0' or '\t' or (>= '\u2000' and <= '\u200a') or '\u202f' or '\ufeff' or '\u200b' => ' ',
        '\n' => ' ',
        '﹝' => '〔',
        '﹞' => '〕',
        '≧' => '≥',
        '≦' => '≤',
        '∶' => ':',
        '﹑' => '、',
        '｡' => '。',
        '○' => '〇',
        _ => letter,
    };

    private int LineAt(int index)
    {
        if (at.Length == 0 || index <= 0)
        {
            return Line;
        }

        var end = at[Math.Min(index, at.Length - 1)];
        return Line + full.AsSpan(at[0], end - at[0]).Count('\n');
    }

    private static bool IsBlank(char letter) => char.IsWhiteSpace(letter) || letter is '\ufeff' or '\u200b';
}
