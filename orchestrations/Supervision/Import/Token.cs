namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>What a stretch of a sentence is.</summary>
internal enum TokenKind
{
    /// <summary>Anything without a meaning of its own here.</summary>
    Word,

    /// <summary>A clause ends: , ; :</summary>
    Break,

    /// <summary>Parts of one clause: 、 和 及 与.</summary>
    Joint,

    /// <summary>A quoted or titled stretch; numbers in it name something.</summary>
    Quote,

    /// <summary>A date.</summary>
    When,

    /// <summary>每年, 每月, …</summary>
    Rhythm,

    /// <summary>每个村, 单个机构, …</summary>
    Per,

    /// <summary>A comparator before its number.</summary>
    Before,

    /// <summary>A comparator after its number.</summary>
    After,

    /// <summary>A number with its measure.</summary>
    Amount,

    /// <summary>力争, 争取.</summary>
    Hope,

    /// <summary>A verb that reaches an end: 实现, 完成.</summary>
    Reach,

    /// <summary>A verb that makes countable things: 新建, 培训.</summary>
    Make,

    /// <summary>A verb that makes less of something: 下降, 压减.</summary>
    Less,

    /// <summary>A verb of trying: 推动, 鼓励; nothing after it is promised.</summary>
    Soft,

    /// <summary>全覆盖.</summary>
    Cover,

    /// <summary>How things stand already: 现有, 目前.</summary>
    Known,
}

/// <summary>A stretch of a sentence with its meaning.</summary>
/// <param name="Kind">Its meaning.</param>
/// <param name="Start">First character within the passage.</param>
/// <param name="End">After its last character.</param>
/// <param name="Text">Its characters, or what they stand for: a comparator, a scope.</param>
internal sealed record Token(TokenKind Kind, int Start, int End, string Text)
{
    public decimal Value { get; init; }

    public decimal? ValueTo { get; init; }

    public MeasureKind Measure { get; init; }

    public bool IsChinese { get; init; }

    /// <summary>A number that counts around: 余, 左右.</summary>
    public bool IsRough { get; init; }

    public When When { get; init; }
}
