namespace Workflows.Orchestrations.Tests.Supervision.Import;

/// <summary>Headings, whatever their numbers look like.</summary>
public sealed class OutlineTests
{
    [Theory]
    [InlineData("一、甲\n（一）乙\n1.丙。做。\n责任单位：县教育局\n2.丁。做。\n责任单位：县教育局", "1.1.1 一（一）1", "1.1.2 一（一）2")]
    [InlineData("第一章 甲\n第一条 乙。\n责任单位：县教育局\n第二章 丙\n第二条 丁。\n责任单位：县教育局", "1.1 第一章第一条", "2.2 第二章第二条")]
    [InlineData("一、甲\n1、乙\n（1）丙。做。\n责任单位：县教育局\n①丁。做。\n责任单位：县教育局", "1.1.1 一1（1）", "1.1.1.1 一1（1）①")]
    [InlineData("1 甲\n1.1 乙乙\n责任单位：县教育局\n1.2 丙丙\n责任单位：县教育局", "1.1 1.1", "1.2 1.2")]
    [InlineData("## 甲\n### 乙\n责任单位：县教育局\n### 丙\n责任单位：县教育局", "1.1 ", "1.2 ")]
    public void Numbers_of_any_form_nest_as_they_are_opened(string text, params string[] expected) =>
        Assert.Equal(expected, Drafts.Of(text + "\n有效期至2026年12月31日。").Tasks.Select(task => $"{task.Path} {task.PathText}"));

    [Fact]
    public void A_heading_without_its_number_gets_the_one_that_is_missing_and_a_question()
    {
        var draft = Drafts.Of(
            """
            一、服务
            （一）便民
            1.网点。新建3个。
            责任单位：县商务局
            兜底民生保障服务
            1.救助。新建4个。
            责任单位：县民政局
            （三）安民
            1.警务。新建5个。
            责任单位：县公安局
            有效期至2026年12月31日。
            """);

        Assert.Equal(["1.1.1", "1.2.1", "1.3.1"], draft.Tasks.Select(task => task.Path));
        Assert.Contains(draft.Questions, question => question.Kind == "heading-number" && question.Suggestions.SequenceEqual(["1.2"]));
    }

    [Fact]
    public void A_rule_for_every_township_holds_for_all_tasks_after_it()
    {
        var draft = Drafts.Of(
            """
            一、甲
            （一）乙。做。
            责任单位：县教育局
            （二）丙。做。
            责任单位：县教育局。以下任务均由各乡镇人民政府落实，不再列出。
            （三）丁。做。
            责任单位：县教育局
            """);

        Assert.Equal([false, true, true], draft.Tasks.Select(task => task.TownshipsImplied));
        Assert.Equal(["T02..T03"], draft.StandingRules.Select(rule => rule.AppliesTo));
    }

    [Fact]
    public void A_table_drawn_with_strokes_is_read_row_by_row()
    {
        var draft = Drafts.Of(
            """
            2025年重点任务清单
            | 序号 | 任务 | 牵头单位 | 配合单位 | 完成时限 |
            |------|------|----------|----------|----------|
            | 1 | 新建公园5个 | 县住建局 | 县财政局 | 2025年6月底 |
            | 2 | 改造小区8个 | 县住建局 | 县城市管理局等 | 2025年底 |
            """);

        Assert.Equal(["县住建局* 县财政局", "县住建局* 县城市管理局 +"], draft.Tasks.Select(Drafts.Line));
        Assert.Equal(["gte 5个 2025-06-30 once county", "gte 8个 2025-12-31 once county"], draft.Indicators.Select(Drafts.Line));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \n\n\u3000\n", "empty")]
    [InlineData("今天天气很好。我们去公园。", "no-tasks")]
    public void A_text_without_tasks_is_refused(string text, string code)
    {
        var reading = Workflows.Orchestrations.Supervision.Import.PlanImport.Read(Workflows.Orchestrations.Supervision.Import.PlanText.Of(text), Drafts.Register);

        Assert.Null(reading.Draft);
        Assert.Equal(code, reading.Code);
    }

    [Theory]
    [InlineData("自印发之日起施行，有效期至2025年12月31日。", "2024-03-01", "2025-12-31")]
    [InlineData("自2024年4月1日起施行，有效期3年。", "2024-04-01", "2027-03-31")]
    [InlineData("自印发之日起施行，有效期两年。", "2024-03-01", "2026-02-28")]
    public void The_term_of_a_plan_is_read(string term, string from, string to)
    {
        var document = Drafts.Of($"一、甲\n（一）乙。做。\n责任单位：县教育局\n本方案{term}\n仙游县人民政府\n2024年3月1日").Document;

        Assert.Equal((from, to), ($"{document.EffectiveFrom:yyyy-MM-dd}", $"{document.Expires:yyyy-MM-dd}"));
    }
}
