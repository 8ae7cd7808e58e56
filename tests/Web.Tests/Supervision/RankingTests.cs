using System.Text.Json;
using MiniExcelLibs;

namespace Workflows.Web.Tests.Supervision;

/// <summary>Scores and ranks over HTTP and on pages: every number opens its record, every table says its rule.</summary>
public sealed class RankingTests
{
    [Fact]
    public async Task Departments_are_ranked_by_what_their_journals_say()
    {
        await using var county = await Served();

        var september = (await county.Get("/api/supervision/ranking?month=2025-09")).Is(200).Json;
        var units = september.GetProperty("groups").EnumerateArray().Single(group => group.GetProperty("id").GetString() == "departments").GetProperty("units").EnumerateArray().ToList();

        Assert.Equal(["1 mzj 100 excellent", "2 sfj 97.5 excellent"], units.Select(Line));
        Assert.Equal(("2025-09-01", "2025-09-30"), (september.GetProperty("month").GetString(), september.GetProperty("until").GetString()));
        Assert.StartsWith("r-", september.GetProperty("version").GetString(), StringComparison.Ordinal);
        var deductions = units[1].GetProperty("month").GetProperty("deductions").EnumerateArray().ToList();
        Assert.Equal(
            [
                "sign-overdue signForOverdue small.T1.sfj 2025-09-19 0.5",
                "sheet-blue sheetIssued sfj.s1 2025-09-23 0.5",
                "sign-overdue signForOverdue small.T1.sfj 2025-09-25 1",
                "sheet-unanswered sheetAnswerOverdue sfj.s1 2025-09-30 0.5",
            ],
            deductions.Select(Points));
        foreach (var deduction in deductions)
        {
            var entry = (await county.Get(deduction.GetProperty("journal").GetString()!)).Is(200).Json.GetProperty("entries")[deduction.GetProperty("entry").GetInt32() - 1];
            Assert.Contains(entry.GetProperty("line").GetProperty("what").GetString(), (string[])["NotSignedFor", "Issued", "NotAnswered"]);
        }

        Assert.Contains(september.GetProperty("rule").EnumerateArray(), line => line.GetString()!.Contains("收到蓝色提醒单，当月第1次扣0.5分", StringComparison.Ordinal));
        Assert.Empty((await county.Get("/api/supervision/ranking?month=2025-08")).Is(200).Json.GetProperty("groups")[1].GetProperty("units").EnumerateArray());
    }

    [Fact]
    public async Task A_month_that_is_over_keeps_its_numbers_and_the_running_one_counts_to_today()
    {
        await using var county = await Served();
        var september = (await county.Get("/api/supervision/ranking?month=2025-09&group=departments")).Is(200).Text;

        await county.Until("2025-10-20 09:00");

        Assert.Equal(september, (await county.Get("/api/supervision/ranking?month=2025-09&group=departments")).Is(200).Text);
        Assert.Equal("2025-10-20", (await county.Get("/api/supervision/ranking?month=2025-10")).Is(200).Json.GetProperty("until").GetString());
    }

    [Fact]
    public async Task A_unit_shows_its_trend_its_open_tasks_and_its_sheets()
    {
        await using var county = await Served();

        var unit = (await county.Get("/api/supervision/units/sfj")).Is(200).Json;

        var months = unit.GetProperty("months").EnumerateArray().ToList();
        Assert.Equal((12, "2024-11-01", "2025-10-01"), (months.Count, months[0].GetProperty("month").GetString(), months[^1].GetProperty("month").GetString()));
        Assert.False(months[9].TryGetProperty("score", out _));
        Assert.Equal(97.5m, months[10].GetProperty("score").GetProperty("score").GetDecimal());
        Assert.Equal("departments", unit.GetProperty("group").GetString());
        Assert.Equal((1, "small.T1.sfj"), (unit.GetProperty("lights").GetProperty("red").GetInt32(), unit.GetProperty("open")[0].GetProperty("id").GetString()));
        Assert.Equal("sfj.s1", unit.GetProperty("sheets")[0].GetProperty("id").GetString());
        (await county.Get("/api/supervision/units/none")).IsProblem(404, "not-found");
        Assert.Contains("350322103 answers", (await county.Get("/api/supervision/units/350322103203")).IsProblem(404, "not-found").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_for_people_has_the_rule_below_it()
    {
        await using var county = await Served();

        var answer = await county.Get("/api/supervision/ranking.csv?month=2025-09&group=departments");

        Assert.Equal((200, "text/csv; charset=utf-8"), (answer.Status, answer.ContentType));
        var lines = answer.Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("组别,名次,单位,得分,等次,任务数,已完成,超进度,达进度,欠进度,其他,扣分,加分,扣分记录,加分记录", lines[0]);
        Assert.Equal("政府部门组,2,县司法局,97.5,优秀,1,0,0,1,0,0,2.5,0,2025-09-19 small.T1.sfj 任务逾期未签收，以逾期通知计 0.5分；2025-09-23 sfj.s1 收到蓝色提醒单 0.5分；2025-09-25 small.T1.sfj 任务逾期未签收，以逾期通知计 1分；2025-09-30 sfj.s1 督办单逾期未反馈，以逾期通知计 0.5分,", lines[2]);
        Assert.StartsWith("计分规则（版本r-", lines[3], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(letter => letter == ','), line.Count(letter => letter == ',')));
        Assert.Contains(lines.Skip(4), line => line.Contains("等次：优秀（95分及以上）", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_workbook_says_the_same_as_the_table()
    {
        await using var county = await Served();

        var bytes = await county.Http.GetByteArrayAsync(new Uri("/api/supervision/ranking.xlsx?month=2025-09&group=departments", UriKind.Relative), TestContext.Current.CancellationToken);

        var rows = new MemoryStream(bytes).Query(useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal("2 县司法局 97.5", $"{rows[1]["名次"]} {rows[1]["单位"]} {rows[1]["得分"]}");
        Assert.StartsWith("计分规则", (string)rows[2]["组别"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "month")]
    [InlineData("?month=2025-13", "month")]
    [InlineData("?month=2025-11", "month")]
    [InlineData("?month=2025-09&group=clubs", "group")]
    [InlineData("?month=2025-09&unit=sfj", "unit")]
    public async Task What_is_wrong_with_a_question_is_named_by_field(string query, string field)
    {
        await using var county = await Served(activate: false);

        foreach (var path in (string[])["/api/supervision/ranking", "/api/supervision/ranking.csv", "/api/supervision/ranking.xlsx"])
        {
            var answer = (await county.Get(path + query)).IsProblem(400, "invalid-request");
            Assert.True(answer.Json.GetProperty("errors").TryGetProperty(field, out _), answer.Text);
        }
    }

    [Fact]
    public async Task A_county_without_a_rule_says_so_and_shows_its_units_all_the_same()
    {
        await using var county = await ServedCounty.Start(changeSeeds: seeds =>
        {
            var file = Path.Combine(seeds, "supervision.json");
            var rules = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            rules.Remove("score");
            File.WriteAllText(file, rules.ToJsonString());
        });

        (await county.Get("/api/supervision/ranking?month=2025-09")).IsProblem(404, "not-found");
        (await county.Get("/supervision/ranking")).IsProblem(404, "not-found");
        Assert.Empty((await county.Get("/api/supervision/units/sfj")).Is(200).Json.GetProperty("months").EnumerateArray());
        Assert.Contains("没有在办任务", (await county.Get("/supervision/units/sfj")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_lead_from_the_board_to_the_ranking_with_its_rule_and_to_a_unit_with_its_trend()
    {
        await using var county = await Served();

        var home = (await county.Get("/")).Text;
        var board = (await county.Get("/supervision")).Text;
        var ranking = (await county.Get("/supervision/ranking/2025-09")).Text;
        var unit = await county.Get("/supervision/units/sfj");

        Assert.Contains("href=\"/supervision\"", home, StringComparison.Ordinal);
        foreach (var word in (string[])["督办一览", "href=\"/supervision/ranking\"", "<a href=\"/supervision/units/sfj\">县司法局</a>", "逾期未签收"])
        {
            Assert.Contains(word, board, StringComparison.Ordinal);
        }

        foreach (var word in (string[])["2025年9月单位督办排名", "政府部门组", "县司法局", "每月基础分100分", "href=\"/api/assignments/small.T1.sfj/journal\"", "href=\"/api/supervision/ranking.csv?month=2025-09\"", "href=\"/supervision/ranking/2025-08\""])
        {
            Assert.Contains(word, ranking, StringComparison.Ordinal);
        }

        Assert.Equal((200, "text/html; charset=utf-8"), (unit.Status, unit.ContentType));
        foreach (var word in (string[])["<h1>县司法局</h1>", "<svg ", "2025年9月：97.5分", "蓝色提醒单", "任务逾期未签收。", "计分规则"])
        {
            Assert.Contains(word, unit.Text, StringComparison.Ordinal);
        }

        // The title of the small plan's task holds markup.
        Assert.DoesNotContain("<试点>", board + ranking + unit.Text, StringComparison.Ordinal);
        (await county.Get("/supervision/ranking/2025-11")).IsProblem(404, "not-found");
        (await county.Get("/supervision/units/none")).IsProblem(404, "not-found");
    }

    /// <summary>It is October: one unit has signed for the small plan in time, the other one has not.</summary>
    private static async Task<ServedCounty> Served(bool activate = true)
    {
        var county = await ServedCounty.Start();
        if (activate)
        {
            await county.ActivateSmallPlan();
            (await county.Post("/api/assignments/small.T1.mzj/sign-for", new { by = "mzj" })).Is(200);
        }

        await county.Until("2025-10-01 09:00");
        return county;
    }

    private static string Line(JsonElement unit) =>
        $"{unit.GetProperty("rank")} {unit.GetProperty("unit").GetProperty("id")} {unit.GetProperty("month").GetProperty("score")} {unit.GetProperty("month").GetProperty("class")}";

    private static string Points(JsonElement one) =>
        $"{one.GetProperty("item")} {one.GetProperty("cause")} {one.GetProperty("case")} {one.GetProperty("on")} {one.GetProperty("points")}";
}
