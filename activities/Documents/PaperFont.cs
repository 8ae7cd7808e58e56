namespace Workflows.Activities.Documents;

/// <summary>A typeface of GB/T 9704 and what stands in for it where it is not installed.</summary>
/// <param name="Name">The standard's.</param>
/// <param name="Others">Other names and kin, best first.</param>
internal sealed record PaperFont(string Name, IReadOnlyList<string> Others)
{
    /// <summary>小标宋: titles.</summary>
    public static PaperFont Title { get; } = new("方正小标宋简体", ["方正小标宋_GBK", "STZhongsong", "华文中宋", "SimSun", "宋体"]);

    /// <summary>仿宋: the body.</summary>
    public static PaperFont Body { get; } = new("仿宋_GB2312", ["仿宋", "FangSong", "STFangsong", "华文仿宋"]);

    /// <summary>黑体: headings of the first level.</summary>
    public static PaperFont Heading { get; } = new("黑体", ["SimHei", "STHeiti", "WenQuanYi Zen Hei"]);

    /// <summary>宋体: page numbers.</summary>
    public static PaperFont PageNumber { get; } = new("宋体", ["SimSun", "STSong"]);

    public static IReadOnlyList<PaperFont> All { get; } = [Title, Body, Heading, PageNumber];

    /// <summary>For a page: the name and its kin, then whatever the reader has with serifs or without.</summary>
    public string Css(string generic) => string.Join(", ", Others.Prepend(Name).Select(name => $"\"{name}\"").Append(generic));
}
