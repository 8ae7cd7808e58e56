namespace Workflows.Orchestrations.Tests.Supervision.Import;

/// <summary>What a sentence promises, in numbers.</summary>
public sealed class IndicatorTests
{
    [Theory]
    [InlineData("到2025年，覆盖率达到90%以上。", "gte 90% 2025-12-31 once county")]
    [InlineData("2024年6月底前新建足球场3个。", "gte 3个 2024-06-30 once county")]
    [InlineData("力争到2025年底签约率达到60％。", "gte 60% 2025-12-31 once county ~")]
    [InlineData("争取上级资金500万元。", "gte 500万元 2026-12-31 once county")]
    [InlineData("每年至少开展2次演练。", "gte 2次/年 2026-12-31 annual county")]
    [InlineData("每季度开展一次检查。", "gte 1次/季 2026-12-31 quarterly county")]
    [InlineData("每个村（社区）至少配备1名网格员。", "gte 1名 2026-12-31 standing per-village")]
    [InlineData("单个班级规模控制在45人以内。", "lte 45人 2026-12-31 standing county")]
    [InlineData("占比不低于40%。", "gte 40% 2026-12-31 standing county")]
    [InlineData("人口占比超过18%。", "gt 18% 2026-12-31 once county")]
    [InlineData("满意率≥95%。", "gte 95% 2026-12-31 standing county")]
    [InlineData("全县完成2万户改造。", "gte 20000户 2026-12-31 once county")]
    [InlineData("培训合格率达到百分之百。", "gte 100% 2026-12-31 once county")]
    [InlineData("实现一半以上社区至少建立1个工作室。", "gte 50% 2026-12-31 once county")]
    [InlineData("三分之二以上的村达到标准。", "gte 66.67% 2026-12-31 once county")]
    [InlineData("培育示范户10—15户。", "gte 10-15户 2026-12-31 once county")]
    [InlineData("实现视频监控全覆盖。", "gte 100% 2026-12-31 once county")]
    [InlineData("18个乡镇实现站点全覆盖。", "eq 18个 2026-12-31 once county")]
    [InlineData("打造15分钟生活圈。", "lte 15分钟 2026-12-31 standing county")]
    [InlineData("给予补贴每人每月200元。", "eq 200元/人·月 2026-12-31 monthly per-person")]
    [InlineData("能耗下降3%。", "gte 3% 2026-12-31 once county")]
    [InlineData("审批时间压缩至5个工作日以内。", "lte 5个工作日 2026-12-31 once county")]
    [InlineData("“十四五”期末森林覆盖率稳定在70%以上。", "gte 70% 2025-12-31 once county")]
    public void A_number_with_its_words_is_an_indicator(string sentence, string expected) =>
        Assert.Equal([expected], Drafts.Task(sentence).Indicators.Select(Drafts.Line));

    [Theory]
    [InlineData("推动服务城乡社区全覆盖。")]
    [InlineData("因地制宜设立警务站，实现重点部位全覆盖。")]
    [InlineData("做好3岁以下婴幼儿照护。")]
    [InlineData("运用5G技术，开展“三下乡”活动。")]
    [InlineData("落实《关于加强管理的十三条措施》（某委〔2023〕38号）。")]
    [InlineData("健全县、乡两级平台和四级网络。")]
    [InlineData("目前全县已有学校35所。")]
    [InlineData("对50人以上的企业开展检查。")]
    [InlineData("自2021年以来成效明显。")]
    public void A_number_that_names_or_tells_what_is_already_so_is_no_indicator(string sentence) =>
        Assert.Empty(Drafts.Task(sentence).Indicators);

    [Fact]
    public void A_date_goes_on_through_a_sentence_and_ends_with_it() =>
        Assert.Equal(
            ["gte 90% 2025-12-31 once county", "gte 80% 2025-12-31 once county", "gte 5个 2026-12-31 once county"],
            Drafts.Task("到2025年，普及率达到90%；合格率达到80%。新建公园5个。").Indicators.Select(Drafts.Line));

    [Fact]
    public void The_tasks_own_date_counts_before_the_plans_end()
    {
        var draft = Drafts.Task("新建公园5个。", "责任单位：县住建局；完成时限：2025年6月底");

        Assert.Equal(new DateOnly(2025, 6, 30), draft.Tasks[0].Due);
        Assert.Equal(("task", new DateOnly(2025, 6, 30)), (draft.Indicators[0].DueSource, draft.Indicators[0].Due!.Value));
    }

    [Fact]
    public void A_month_without_a_year_is_taken_for_the_next_one_and_asked_about()
    {
        var draft = Drafts.Task("2月底前建成公园5个。");

        Assert.Equal(new DateOnly(2025, 2, 28), draft.Indicators[0].Due);
        Assert.Equal(["ambiguous-date"], draft.Questions.Select(question => question.Kind));
    }
}
