namespace Workflows.Orchestrations.Tests.Supervision.Import;

/// <summary>Who does a task, in every spelling.</summary>
public sealed class ResponsibilityTests
{
    [Theory]
    [InlineData("责任单位：县教育局、卫健局等按职责分工负责", "县教育局 县卫健局 +")]
    [InlineData("责任单位：县教育局、卫健局按职责分工等负责", "县教育局 县卫健局 +")]
    [InlineData("责任单位：县司法局牵头负责", "县司法局*")]
    [InlineData("责任单位：县委组织部、纪委、宣传部", "县委组织部 县纪委 县委宣传部")]
    [InlineData("牵头单位：县教育局\n配合单位：县财政局 人社局", "县教育局* 县财政局 县人社局")]
    [InlineData("责任单位：县教育局（牵头），县财政局", "县教育局* 县财政局")]
    [InlineData("（县民政局牵头，县残联、妇联配合）", "县民政局* 县残联 县妇联")]
    [InlineData("【责任单位】县民政局和县住建局", "县民政局 县住建局")]
    [InlineData("县民政局牵头；县残联、县妇联等单位配合。", "县民政局* 县残联 县妇联 +")]
    [InlineData("由县民政局会同县残联负责。", "县民政局 县残联")]
    [InlineData("责任单位：县民政局，各乡镇（街道）", "县民政局 T")]
    [InlineData("责任单位：各乡镇人民政府、鲤城街道办事处", "T")]
    [InlineData("责任单位：县民政局、县直有关单位", "县民政局 +")]
    [InlineData("责任单位:\n县民政局、县残联", "县民政局 县残联")]
    [InlineData("牵头单位：县教育局；责任单位：县财政局；完成时限：长期坚持", "县教育局* 县财政局")]
    public void A_responsibility_is_read(string line, string expected) =>
        Assert.Equal([expected], Drafts.Task("做好工作。", line).Tasks.Select(Drafts.Line));

    [Fact]
    public void Peers_are_never_called_lead() =>
        Assert.Equal("division", Drafts.Task("做好工作。", "责任单位：县教育局、县财政局共同负责").Tasks[0].Mode);

    [Fact]
    public void A_unit_that_no_register_knows_is_drafted_by_its_name_and_asked_about()
    {
        var draft = Drafts.Task("做好工作。", "责任单位：县教育局、人力资源和社会保障局");

        Assert.Equal("县教育局 县人力资源和社会保障局", Drafts.Line(draft.Tasks[0]));
        var question = Assert.Single(draft.Questions);
        Assert.Equal(("unknown-unit", true, "u1"), (question.Kind, question.Matters, question.About));
        Assert.Equal(["rsj"], question.Suggestions);
    }

    [Fact]
    public void Another_countys_units_are_unknown_even_by_the_same_name()
    {
        var draft = Drafts.Of(
            """
            云泽县人民政府办公室关于印发试点方案的通知
            一、试点
            （一）试点。到2026年覆盖率达到90%。
            责任单位：县教育局、卫健局
            """);

        Assert.Equal(["u1", "u2"], draft.Tasks[0].Responsible.Select(unit => unit.Unit));
        Assert.Equal(["jyj"], draft.Questions.First(question => question.About == "u1").Suggestions);
    }

    [Fact]
    public void Two_spellings_that_look_alike_are_not_merged_but_asked_about()
    {
        var draft = Drafts.Of(
            """
            一、试点
            （一）试点。新建站点3个。
            责任单位：县民政局、医保局
            （二）推广。新建站点6个。
            责任单位：县民政局、市医保仙游分局
            有效期至2026年12月31日。
            """);

        Assert.Equal(["mzj", "ybj", "ybfj"], draft.Units.Select(unit => unit.Id));
        Assert.Contains(draft.Questions, question => question.Kind == "look-alike" && question.Suggestions.SequenceEqual(["ybj", "ybfj"]));
    }

    [Fact]
    public void Names_of_people_are_not_drafted_and_not_kept()
    {
        var draft = Drafts.Task("做好工作。", "责任单位：县教育局\n责任领导：甲某某");

        Assert.DoesNotContain("甲某某", System.Text.Json.JsonSerializer.Serialize(draft), StringComparison.Ordinal);
        Assert.Contains(draft.NotUnderstood, gap => gap.Words == "责任领导：");
    }
}
