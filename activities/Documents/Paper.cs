namespace Workflows.Activities.Documents;

/// <summary>A paper for people, without its form.</summary>
/// <param name="Title">Centred, 22 pt.</param>
/// <param name="Number">The line under the title, such as a case's code.</param>
/// <param name="Blocks">What follows, in order.</param>
/// <param name="Header">Who issues an official letter: the red header (发文机关标志), then the number, the red rule and the title.</param>
public sealed record Paper(string Title, string Number, IReadOnlyList<PaperBlock> Blocks, string? Header = null);

/// <summary>A part of a paper.</summary>
public abstract record PaperBlock
{
    private PaperBlock()
    {
    }

    /// <summary>A heading of the first level, such as 一、当事人.</summary>
    public sealed record Heading(string Words) : PaperBlock;

    /// <summary>Body text; every line break begins a paragraph. The first line is set in by two characters.</summary>
    public sealed record Text(string Words) : PaperBlock;

    /// <summary>A text that begins at the margin, such as whom a letter is for.</summary>
    public sealed record Address(string Words) : PaperBlock;

    /// <summary>A line to sign on: who to the left, the day to the right.</summary>
    /// <param name="Who">Such as 申请人（签名、盖章或者按指印）：.</param>
    /// <param name="Day">The day in Chinese form; empty blanks when it is not known.</param>
    public sealed record Signature(string Who, string Day) : PaperBlock;

    /// <summary>The last lines, to the right: who gives the paper and when.</summary>
    public sealed record Closing(string Words) : PaperBlock;

    /// <summary>The imprint of an official letter (版记), between rules: copies, and who printed it when.</summary>
    /// <param name="Copies">抄送：…; none when absent.</param>
    /// <param name="Printed">The last line.</param>
    public sealed record Imprint(string? Copies, string Printed) : PaperBlock;
}
