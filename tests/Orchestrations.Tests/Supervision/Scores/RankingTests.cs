using Workflows.Orchestrations.Supervision.Scores;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Supervision.Scores.ScoreSamples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Supervision.Scores;

public sealed class RankingTests
{
    private static readonly ScoreTrail[] Trails =
    [
        Task("350322100", "T01", "09-01 Issued", "11-01 Overdue"),
        Task("350322101", "T01", "09-01 Issued"),
        Task("350322102", "T01", "09-01 Issued"),
        Task("350322103", "T01", "09-01 Issued", "11-01 Overdue", "11-08 Overdue"),
        Task("350322104", "T01", "09-01 Issued", "10-20 StruckOff"),
        Task("mzj", "T01", "09-01 Issued", "11-02 FeedbackMissed"),
        Task("zfw", "T01", "09-01 Issued"),
        Task("gone", "T01", "09-01 Issued"),
    ];

    [Fact]
    public void Townships_are_ranked_among_townships_and_departments_among_departments()
    {
        var ranking = Of(Trails);

        Assert.Equal(["townships", "departments", "party"], ranking.Groups.Select(group => group.Group.Id));
        Assert.Equal([1, 1, 3, 4], ranking.Groups[0].Units.Select(unit => unit.Rank));
        Assert.Equal(["350322100", "350322103"], ranking.Groups[0].Units.Skip(2).Select(unit => unit.Unit.Id));
        Assert.Equal([("mzj", 99m)], ranking.Groups[1].Units.Select(unit => (unit.Unit.Id, unit.Score.Score)));
        Assert.Equal(["zfw"], ranking.Groups[2].Units.Select(unit => unit.Unit.Id));
    }

    [Fact]
    public void Units_of_one_score_share_a_rank_and_stand_by_name()
    {
        var tied = Of(Trails).Groups[0].Units.Take(2).Select(unit => unit.Unit.Name).ToList();

        Assert.Equal(tied.Order(StringComparer.Ordinal), tied);
        Assert.Equal([1, 1, 2, 3], Of(Trails, Rule with { Ties = TieRule.Dense }).Groups[0].Units.Select(unit => unit.Rank));
    }

    [Fact]
    public void A_unit_without_a_task_in_the_month_is_not_ranked() =>
        Assert.DoesNotContain("350322104", Of(Trails).Groups.SelectMany(group => group.Units).Select(unit => unit.Unit.Id));

    [Fact]
    public void A_village_is_never_ranked_its_township_answers()
    {
        var group = Of([.. Trails, Task("350322103203", "T02", "09-01 Issued", "11-02 FeedbackMissed")]).Groups[0];

        Assert.Equal(2, Assert.Single(group.Units, unit => unit.Unit.Id == "350322103").Score.Progress.All);
        Assert.All(group.Units, unit => Assert.Equal(9, unit.Unit.Id.Length));
    }

    [Fact]
    public void Who_is_in_no_group_is_named()
    {
        var rule = Rule with { Groups = [.. Rule.Groups.Where(group => group.Id != "party")] };

        Assert.Equal(["gone", "zfw"], Of(Trails, rule).Unranked);
    }

    [Fact]
    public void The_printed_rule_says_every_number_of_the_data()
    {
        var text = string.Join('\n', ScoreText.Zh(Rule));

        Assert.Contains("每月基础分100分，最低0分，最高105分。", text, StringComparison.Ordinal);
        Assert.Contains("任务逾期未完成，以逾期通知计，当月第1次扣0.5分，第2次扣1分，第3次扣2分，第4次及以后每次扣5分，每月最多扣30分", text, StringComparison.Ordinal);
        Assert.Contains("收到红色督办单，每次扣5分", text, StringComparison.Ordinal);
        Assert.Contains("同分同名次，按单位名称排列，其后名次顺延跳过", text, StringComparison.Ordinal);
        Assert.All(Rule.Deductions.Concat(Rule.Additions), item => Assert.Contains(item.TextZh, text, StringComparison.Ordinal));
    }

    private static Ranking Of(ScoreTrail[] trails, ScoreRule? rule = null) =>
        Ranking.Of(rule ?? Rule, ReferenceCounty.Units, trails, Day("2025-11-01"), Day("2025-11-30"));
}
