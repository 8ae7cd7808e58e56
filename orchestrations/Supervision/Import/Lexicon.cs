using System.Collections.Frozen;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>The words of plans that decide what a number means.</summary>
internal static class Lexicon
{
    public const string Gte = "gte";
    public const string Gt = "gt";
    public const string Lte = "lte";
    public const string Lt = "lt";
    public const string Eq = "eq";

    private static readonly FrozenDictionary<char, (string Word, TokenKind Kind, string Means)[]> ByFirst = Build();

    /// <summary>The longest word that begins here.</summary>
    public static (string Word, TokenKind Kind, string Means)? Read(string text, int at)
    {
        if (ByFirst.TryGetValue(text[at], out var words))
        {
            foreach (var entry in words)
            {
                if (string.CompareOrdinal(text, at, entry.Word, 0, entry.Word.Length) == 0)
                {
                    return entry;
                }
            }
        }

        return null;
    }

    private static FrozenDictionary<char, (string, TokenKind, string)[]> Build()
    {
        List<(string Word, TokenKind Kind, string Means)> words = [];
        Add(TokenKind.Before, Gte,
            "不低于 不少于 不小于 不得低于 不得少于 不能少于 至少 最少 最低 ≥ >= => 达到 提高到 提高至 提升到 提升至 增加到 增加至 增长到 增长至 "
            + "上升到 上升至 扩大到 扩大至 保持在 稳定在 维持在 保证在 达 高达");
        Add(TokenKind.Before, Gt, "超过 突破 大于 高于 多于 >");
        Add(TokenKind.Before, Lte,
            "不超过 不高于 不大于 不多于 不得超过 不得高于 不得多于 ≤ <= 至多 最多 控制在 压缩到 压缩至 压减到 压减至 降到 降至 下降到 下降至 "
            + "降低到 降低至 缩短到 缩短至 减少到 减少至 限制在 缩小到 缩减至 缩减到 压降至 控制到 严控在");
        Add(TokenKind.Before, Lt, "低于 小于 少于 <");
        Add(TokenKind.Before, Eq, "= 等于 统一为 均为");
        Add(TokenKind.After, Gte, "及以上 或以上 以上");
        Add(TokenKind.After, Lte, "及以内 以内 之内 及以下 或以下 以下");
        Add(TokenKind.After, Eq, "左右 上下");
        Add(TokenKind.Hope, "", "力争 争取 力求 努力 奋力");
        Add(TokenKind.Reach, "", "实现 完成 达成 确保 建成 保证 保持");
        Add(TokenKind.Make, "",
            "建设 建立 新建 改建 扩建 改造 新增 增加 增创 增设 增配 创建 创成 培育 培养 打造 设立 设置 配备 配置 配齐 引进 引育 举办 开展 组织 培训 发展 "
            + "修建 修复 修缮 治理 整治 拆除 种植 栽植 绿化 植树 发放 招募 招聘 招录 录用 认定 评选 命名 推出 开通 投放 购置 采购 提供 开发 安置 帮扶 救助 资助 "
            + "检查 巡查 抽查 督查 走访 排查 化解 盘活 流转 储备 开工 竣工 投产 出台 编制 制定 制作 创作 选派 选聘 遴选 聘用 布设 安装 铺设 敷设 接入 惠及 "
            + "带动 提升 提高 增长 扩大 申报 形成 制修订 新改扩建 转化 转移 引导 入库 推广 新植 造林 清淤 疏浚 硬化 维修 加固 更新 复垦 播种 种 植 "
            + "销售 播放 演出 放映 送戏 宣讲 宣传 义诊 筛查 体检 接种 走访慰问 慰问 签约 签订 落地 招引 孵化 升级 创办 开设 开办 建 设 配 增 聘 评 办");
        Add(TokenKind.Less, "", "下降 降低 压减 减少 缩减 压降 削减");
        Add(TokenKind.Soft, "", "推动 推进 促进 探索 鼓励 支持 因地制宜 有条件 逐步 引领 带动全 积极 优先");
        Add(TokenKind.Cover, "", "全覆盖 全面覆盖");
        Add(TokenKind.Known, "", "现有 目前 已有 已建 已完成 已达 共有 累计已 截至目前 上年 去年 原有 已建成");
        foreach (var (rhythm, list) in (ReadOnlySpan<(string, string)>)[
            ("annual", "每年度 每年 年均 逐年 一年"),
            ("half-yearly", "每半年 半年"),
            ("quarterly", "每季度 每季 每个季度"),
            ("monthly", "每个月 每月 月均"),
            ("weekly", "每周 每星期"),
            ("daily", "每日 每天"),
            ("per-term", "每学期 每学年")])
        {
            Add(TokenKind.Rhythm, rhythm, list);
        }

        return words.DistinctBy(entry => entry.Word).GroupBy(entry => entry.Word[0]).ToFrozenDictionary(
            group => group.Key,
            group => group.OrderByDescending(entry => entry.Word.Length).ToArray());

        void Add(TokenKind kind, string means, string list)
        {
            foreach (var word in list.Split(' '))
            {
                words.Add((word, kind, means));
            }
        }
    }
}
