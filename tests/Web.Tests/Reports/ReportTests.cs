using System.Text.Json;

namespace Workflows.Web.Tests.Reports;

public sealed class ReportTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private const string Month = "must be a month such as 2025-10";

    [Fact]
    public async Task A_month_is_summed_up_with_the_records_behind_every_number()
    {
        await using var own = await ServedCounty.Start();
        var settled = await own.RegisterMediated();
        (await own.Post($"/api/disputes/{settled}/settle", new { by = Requests.Village, form = "oral", on = "2025-09-15", terms = "各半。" })).Is(200);
        var open = await own.Register();
        await own.ActivateSmallPlan();

        var summary = (await own.Get("/api/reports/monthly?month=2025-09")).Is(200).Json;

        Assert.Equal("2025-09-01", summary.GetProperty("month").GetString());
        Assert.Equal([settled, open], Records(summary, "opened"));
        Assert.Equal([settled], Records(summary, "settled"));
        Assert.Equal([settled], Records(summary, "settled-village"));
        Assert.Equal([open], Records(summary, "open"));
        Assert.Equal(["small.T1.mzj", "small.T1.sfj"], Records(summary, "assignments-open"));
        Assert.All(summary.GetProperty("figures").EnumerateArray(), figure => Assert.Equal(
            figure.GetProperty("records").GetArrayLength(), figure.GetProperty("value").GetInt32()));
        Assert.Equal(100m, summary.GetProperty("measures").EnumerateArray().First().GetProperty("value").GetDecimal());

        var page = await own.Get("/reports/2025-09");
        Assert.Equal((200, "text/html; charset=utf-8"), (page.Status, page.ContentType));
        Assert.Contains("仙游县2025年9月纠纷化解与任务督办月报", page.Text, StringComparison.Ordinal);
        Assert.Contains($"<li>{settled}</li>", page.Text, StringComparison.Ordinal);
        Assert.Contains("100.0%", page.Text, StringComparison.Ordinal);
        Assert.Contains("当月达成协议的件数除以当月终结的件数。", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ranking_of_units_stands_at_the_end_with_its_rule_and_its_records()
    {
        await using var own = await ServedCounty.Start();
        await own.ActivateSmallPlan();
        await own.Until("2025-09-20 09:00");

        var annex = (await own.Get("/api/reports/monthly?month=2025-09")).Is(200).Json.GetProperty("annex");
        var page = (await own.Get("/reports/2025-09")).Text;

        var row = annex.GetProperty("tables")[1].GetProperty("rows")[0];
        Assert.Equal(["1", "县司法局", "99.5", "优秀", "1", "0", "0", "1", "0", "0"], row.GetProperty("cells").EnumerateArray().Select(cell => cell.GetString()));
        Assert.Equal(["2025-09-19 small.T1.sfj 任务逾期未签收，以逾期通知计 扣0.5分"], row.GetProperty("records").EnumerateArray().Select(record => record.GetString()));
        foreach (var said in (string[])["附件：单位排名", "政府部门组", "<td>99.5</td>", "<li>2025-09-19 small.T1.sfj", "每月基础分100分", annex.GetProperty("version").GetString()!])
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }

        Assert.False((await own.Get("/api/reports/monthly?month=2025-10")).Is(200).Json.TryGetProperty("annex", out _));
        var ahead = await own.Get("/reports/2025-10");
        Assert.Equal((200, false), (ahead.Status, ahead.Text.Contains("附件", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_month_without_records_has_zeros_and_no_shares()
    {
        var summary = (await county.Get("/api/reports/monthly?month=2024-02")).Is(200).Json;
        var page = await county.Get("/reports/2024-02");

        Assert.All(summary.GetProperty("figures").EnumerateArray(), figure => Assert.Equal(0, figure.GetProperty("value").GetInt32()));
        Assert.All(summary.GetProperty("measures").EnumerateArray(), measure => Assert.False(measure.TryGetProperty("value", out _)));
        Assert.Equal(200, page.Status);
        Assert.Contains("—", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-13")]
    [InlineData("2025-00")]
    [InlineData("2025-1")]
    [InlineData("202510")]
    [InlineData("2025-10-01")]
    [InlineData("10.2025")]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("0001-01")]
    [InlineData("9999-12")]
    [InlineData("%3Cscript%3E")]
    public async Task What_is_no_month_of_a_calendar_is_refused(string month)
    {
        (await county.Get($"/api/reports/monthly?month={month}")).IsInvalid(("month", Month));
        if (month.Length > 0)
        {
            (await county.Get($"/reports/{month}")).IsProblem(404, "not-found");
        }
    }

    [Fact]
    public async Task Missing_unknown_and_doubled_parameters_are_named()
    {
        (await county.Get("/api/reports/monthly")).IsInvalid(("month", Month));
        (await county.Get("/api/reports/monthly?month=2025-10&unit=sfj")).IsInvalid(("unit", "is not a parameter; there are month"));
        (await county.Get("/api/reports/monthly?month=2025-10&month=2025-11")).IsInvalid(("month", "is given twice"));
    }

    private static IEnumerable<string?> Records(JsonElement summary, string key) => summary.GetProperty("figures").EnumerateArray()
        .Single(figure => figure.GetProperty("key").GetString() == key).GetProperty("records").EnumerateArray().Select(record => record.GetString());
}
