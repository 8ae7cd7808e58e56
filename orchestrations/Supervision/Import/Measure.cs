using System.Collections.Frozen;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>What a number counts.</summary>
/// <param name="Unit">As plans print it: %, 个, 万元, 元/人·月.</param>
/// <param name="Scale">2万户 are 20000 户; money keeps its 万元.</param>
/// <param name="End">After its last character.</param>
/// <param name="Kind">What kind of quantity.</param>
internal readonly record struct Measure(string Unit, decimal Scale, int End, MeasureKind Kind)
{
    private static readonly FrozenDictionary<string, MeasureKind> Words = Build();
    private static readonly int Longest = Words.Keys.Max(word => word.Length);

    /// <summary>The measure that stands right after a number; null when there is none.</summary>
    public static Measure? Read(string text, int start)
    {
        var at = Skip(text, start);
        decimal scale = 1;
        if (at < text.Length && text[at] is '万' or '亿' or '千' or '百' && !IsMoney(text, at))
        {
            // 20万 or 3千 of something; a lone 千 before 克 or 米 belongs to the measure.
            if (Find(text, at) is { } own)
            {
                return new Measure(Canonical(own), 1, Tail(text, at + own.Length), Words[own]);
            }

            scale = text[at] switch { '万' => 10_000, '亿' => 100_000_000, '千' => 1000, _ => 100 };
            at = Skip(text, at + 1);
        }

        if (at < text.Length && text[at] is '余' or '多' or '来')
        {
            at = Skip(text, at + 1);
        }

        if (Find(text, at) is not { } word)
        {
            return null;
        }

        var end = Tail(text, at + word.Length);
        var unit = Canonical(word) + text[(at + word.Length)..end];
        return new Measure(unit, scale, end, Words[word]);
    }

    private static string? Find(string text, int at)
    {
        for (var length = Math.Min(Longest, text.Length - at); length > 0; length--)
        {
            if (Words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text.AsSpan(at, length), out _))
            {
                return text.Substring(at, length);
            }
        }

        return null;
    }

    private static bool IsMoney(string text, int at) => text[at] is '万' or '亿' && at + 1 < text.Length && text[at + 1] == '元';

    private static int Skip(string text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at;
    }

    /// <summary>元/亩, 微克/立方米, 人/年: what stands after a stroke belongs to it.</summary>
    private static int Tail(string text, int at)
    {
        if (at >= text.Length || text[at] != '/')
        {
            return at;
        }

        var end = at + 1;
        if (Find(text, end) is { } word)
        {
            return end + word.Length;
        }

        while (end < text.Length && end - at < 5 && text[end] is >= '\u4e00' and <= '\u9fff')
        {
            end++;
        }

        return end - at > 1 ? end : at;
    }

    private static string Canonical(string word) => word switch
    {
        "km" => "公里",
        "㎡" or "平方" => "平方米",
        "个百分点" => "个百分点",
        _ => word,
    };

    private static FrozenDictionary<string, MeasureKind> Build()
    {
        Dictionary<string, MeasureKind> words = [];
        Add(MeasureKind.Percent, "% ‰ 个百分点");
        Add(MeasureKind.Money, "元 万元 亿元 千元 美元 万美元 亿美元");
        Add(MeasureKind.Person, "名 人 位 人次 万人次 人/次");
        Add(MeasureKind.Count,
            "个 户 项 次 场 场次 件 家 所 处 座 台 套 辆 间 栋 幢 张 份 册 部 篇 期 批 支 只 头 株 棵 盏 块 片 段 根 例 宗 起 班次 课时 学时 "
            + "床 条 对 组 门 本 幅 艘 架 班 车次 辆次 件次 户次 家次 批次 村 箱 吨次 眼 口 孔 道 标箱 路 款 首 档 封 节 人份 株次 场会 站 小时课");
        Add(MeasureKind.Amount,
            "公里 千米 km 米 厘米 平方米 ㎡ 平方 平方公里 立方米 亿立方米 方 亩 公顷 吨 公斤 千克 斤 升 毫升 度 千瓦 万千瓦 兆瓦 千瓦时 "
            + "吨标准煤 微克 毫克 倍 立方 兆");
        Add(MeasureKind.Score, "分");
        Add(MeasureKind.Time, "分钟 小时 天 日 个工作日 工作日 个月 月 年 周 秒 个小时 学期");
        Add(MeasureKind.Age, "岁 周岁");
        Add(MeasureKind.Class, "级 类 大 种 届 号 层 线 星 等 期工程 部门 方面 环节 板块 领域 维度 套班子 代 G");
        return words.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(MeasureKind kind, string list)
        {
            foreach (var word in list.Split(' '))
            {
                words.TryAdd(word, kind);
            }
        }
    }
}

/// <summary>What kind of quantity a measure is; it decides which words may make a target of it.</summary>
internal enum MeasureKind
{
    Percent,
    Money,
    Person,
    Count,
    Amount,
    Score,

    /// <summary>A duration: a target only with a comparator.</summary>
    Time,

    /// <summary>Says who is meant, never a target.</summary>
    Age,

    /// <summary>Numbers that name: 三级, 五类.</summary>
    Class,
}
