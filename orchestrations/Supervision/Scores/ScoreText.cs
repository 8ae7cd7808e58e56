using System.Globalization;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Supervision.Scores;

/// <summary>The rule in Chinese, line by line, as it is printed with every table; made from the data, so that it says what is counted.</summary>
public static class ScoreText
{
    public static IReadOnlyList<string> Zh(ScoreRule rule) =>
    [
        rule.TextZh,
        $"每月基础分{Number(rule.Base)}分，最低{Number(rule.Floor)}分，最高{Number(rule.Ceiling)}分。",
        .. rule.Deductions.Select(item => Item("扣分", "扣", item)),
        .. rule.Additions.Select(item => Item("加分", "加", item)),
        $"等次：{string.Join("，", rule.Classes.Select(one => $"{one.NameZh}（{Number(one.From)}分及以上）"))}。",
        $"分组排名：{string.Join("；", rule.Groups.Select(group => $"{group.NameZh}（{string.Join("、", group.Kinds.Select(KindZh))}）"))}。当月无任务的单位不参加排名。",
        $"同分同名次，按单位名称排列，其后名次{(rule.Ties == TieRule.Skip ? "顺延跳过" : "连续计算")}。任务中止期间不扣分；异议成立的退回不扣分；力争性、争取性指标不扣分。",
        $"依据：{SourceZh(rule.Source)}。",
    ];

    /// <summary>A number of points without zeros that say nothing.</summary>
    public static string Number(decimal points) => points.ToString("0.##", CultureInfo.InvariantCulture);

    public static string ProgressZh(ProgressClass one) => one switch
    {
        ProgressClass.Done => "已完成",
        ProgressClass.Ahead => "超进度",
        ProgressClass.OnSchedule => "达进度",
        ProgressClass.Behind => "欠进度",
        ProgressClass.Other => "其他",
        _ => throw new ArgumentOutOfRangeException(nameof(one)),
    };

    /// <summary>How the five classes of tasks are told apart.</summary>
    public const string ClassesZh = "任务分类：已完成为核查销号；超进度为期限前已申请销号、待核查，或者约束性指标均已达到或超前；达进度为未到期限且约束性指标不滞后；欠进度为逾期未销号，或者约束性指标滞后；其他为中止办理或者未完成即终止。";

    private static string Item(string kind, string verb, ScoreItem item)
    {
        var scope = item.Repeat == RepeatScope.Unit ? "当月" : "同一事项当月";
        var times = item.Points.Count == 1
            ? $"每次{verb}{Number(item.Points[0])}分"
            : scope + string.Join("，", item.Points.Select((points, index) =>
                string.Create(CultureInfo.InvariantCulture, $"第{index + 1}次{(index == item.Points.Count - 1 ? "及以后每次" : "")}{verb}{Number(points)}分")));
        var most = item.MonthMax is { } max ? $"，每月最多{verb}{Number(max)}分" : "";
        return $"{kind}：{item.TextZh}，{times}{most}（{SourceZh(item.Source)}）。";
    }

    /// <summary>Data say in English that a number is nobody's but the operator's.</summary>
    private static string SourceZh(string source) => source.Replace("operator default", "运行方默认值", StringComparison.Ordinal);

    private static string KindZh(UnitKind kind) => kind switch
    {
        UnitKind.Party => "党委工作机关",
        UnitKind.Government => "政府部门",
        UnitKind.Institution => "事业单位",
        UnitKind.MassOrganisation => "群团组织",
        UnitKind.Enterprise => "企业",
        UnitKind.Township => "乡镇（街道）",
        UnitKind.Village => "村民委员会",
        UnitKind.Community => "居民委员会",
        UnitKind.Office => "办事机构",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
