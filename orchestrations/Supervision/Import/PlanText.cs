namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>A plan as somebody else read it from a file: its whole text, and what a file's format says about parts of it.</summary>
/// <param name="Text">Lines end with a line feed; cells of a table's row are parted by tabs.</param>
/// <param name="Blocks">In the text's order, without overlap; every character of a paragraph or table lies in one.</param>
public sealed record PlanText(string Text, IReadOnlyList<PlanBlock> Blocks)
{
    /// <summary>Longer texts are refused: no plan of a county is a hundredth of it.</summary>
    public const int CharactersMax = 2_000_000;

    /// <summary>A plain text: every line is a block.</summary>
    public static PlanText Of(string text)
    {
        var unix = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace('\f', '\n').Replace('\v', '\n');
        List<PlanBlock> blocks = [];
        for (var start = 0; start <= unix.Length;)
        {
            var end = unix.IndexOf('\n', start);
            end = end < 0 ? unix.Length : end;
            blocks.Add(new PlanBlock(start, end - start));
            start = end + 1;
        }

        return new PlanText(unix, blocks) { IsPlain = true };
    }

    /// <summary>Whether lines may have been broken by a text editor in the middle of a sentence.</summary>
    public bool IsPlain { get; init; }
}

/// <summary>A paragraph, or a table when it has rows.</summary>
/// <param name="Start">First character within the text.</param>
/// <param name="Length">Characters.</param>
/// <param name="Level">1 for the highest heading style; null when the format says nothing.</param>
/// <param name="Bold">The whole paragraph stands in bold.</param>
/// <param name="Rows">The rows of a table.</param>
public sealed record PlanBlock(
    int Start, int Length, int? Level = null, bool Bold = false, IReadOnlyList<IReadOnlyList<PlanCell>>? Rows = null);

/// <summary>A cell of a table.</summary>
/// <param name="Start">First character within the text.</param>
/// <param name="Length">Characters.</param>
/// <param name="Continued">It belongs to the cell above it.</param>
public sealed record PlanCell(int Start, int Length, bool Continued = false);
