using System.IO.Compression;
using System.Text.Json;

namespace Workflows.Web.Tests.Supervision;

/// <summary>Supervision sheets over HTTP: by themselves when something is missed, and by hand.</summary>
public sealed class SheetTests
{
    private const string Sheet = "/api/sheets/sfj.s1";

    [Fact]
    public async Task What_nobody_signs_for_gets_a_sheet_that_is_signed_for_answered_returned_and_closed()
    {
        await using var county = await Missed();

        var issued = (await county.Get(Sheet)).Is(200).Json;
        var signed = (await county.Post($"{Sheet}/sign-for", new { by = "sfj" })).Is(200).Json;
        var answered = (await county.Post($"{Sheet}/feedback", new { by = "sfj", text = "已排期。" })).Is(200);
        var returned = (await county.Post($"{Sheet}/return", new { by = "dcs", reason = "缺少时间表。" })).Is(200).Json;
        (await county.Post($"{Sheet}/feedback", new { by = "sfj", text = "附时间表。" })).Is(200);
        var closed = (await county.Post($"{Sheet}/close", new { by = "dcs", reason = "已核实。" })).Is(200).Json;

        Assert.Equal("issued blue 仙政督〔2025〕", Line(issued));
        Assert.Equal("small.T1", issued.GetProperty("matters")[0].GetProperty("matter").GetString());
        Assert.Equal("signedFor", signed.GetProperty("status").GetString());
        Assert.DoesNotContain("已排期", answered.Text, StringComparison.Ordinal);
        Assert.Equal(1, returned.GetProperty("returns").GetInt32());
        Assert.Equal("closed", closed.GetProperty("status").GetString());
        (await county.Post($"{Sheet}/close", new { by = "dcs", reason = "再次。" })).IsProblem(409, "ended");
        Assert.Equal(
            ["Issued", "SignedFor", "Answered", "Returned", "Answered", "Closed"],
            (await county.Get($"{Sheet}/journal")).Is(200).Json.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("line").GetProperty("what").GetString()));
    }

    [Fact]
    public async Task Lists_go_by_unit_colour_status_matter_and_what_is_open()
    {
        await using var county = await Missed();

        foreach (var (filter, count) in new[] { ("unit=sfj", 1), ("unit=mzj", 1), ("unit=jyj", 0), ("color=blue", 2), ("color=red", 0), ("status=issued", 2), ("matter=small.T1", 2), ("open=true", 2) })
        {
            Assert.Equal(count, (await county.All($"/api/sheets?{filter}")).Count);
        }

        var numbers = (await county.All("/api/sheets")).Select(row => row.GetProperty("number").GetString()!.Split('〕')[1]).Order(StringComparer.Ordinal);
        Assert.Equal(["1号", "2号"], numbers);
        (await county.Get("/api/sheets/sfj.s9")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task The_document_stands_in_the_form_of_an_official_letter_word_and_page()
    {
        await using var county = await Missed();

        var page = await county.Http.GetStringAsync(new Uri("/sheets/sfj.s1/sheet.html", UriKind.Relative), TestContext.Current.CancellationToken);
        var word = await county.Http.GetByteArrayAsync(new Uri("/sheets/sfj.s1/sheet.docx", UriKind.Relative), TestContext.Current.CancellationToken);

        using var archive = new ZipArchive(new MemoryStream(word));
        using var reader = new StreamReader(archive.GetEntry("word/document.xml")!.Open());
        var document = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        foreach (var said in (string[])["仙游县人民政府督查室", "仙政督〔2025〕", "蓝色提醒单", "县司法局：", "逾期未签收（期限2025年9月18日）", "《政府督查工作条例》", "请于2025年9月25日前签收，2025年9月29日前书面反馈", "至2025年10月13日期满未反馈且事项未办结的，将发出橙色警示单。", "联系单位：县政府督查室。", "印发"])
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
            Assert.Contains(said, document, StringComparison.Ordinal);
        }

        (await county.Get("/sheets/none.s1/sheet.docx")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task The_issuer_wants_a_sheet_by_hand_and_whoever_else_asks_is_refused()
    {
        await using var county = await ServedCounty.Start();
        await county.ActivateSmallPlan();
        object Ask(string by, string? color = null) => new { by, assignment = "small.T1.sfj", color, reason = "县长批示。" };

        (await county.Post("/api/sheets", new { })).IsInvalid(("by", "is required: the id of the unit that acts"), ("assignment", "is required"), ("reason", "is required"));
        (await county.Post("/api/sheets", new { by = "dcs", assignment = "none", reason = "批示。" })).IsInvalid(("assignment", "is not known"));
        (await county.Post("/api/sheets/important", new { by = "dcs", assignment = "small.T1.sfj", reason = "批示。" })).IsInvalid(("color", "is required"));
        (await county.Post("/api/sheets", Ask("jyj"))).IsProblem(409, "not-the-issuer");
        (await county.Post("/api/sheets", Ask("dcs", "green"))).IsProblem(409, "unknown-color");
        (await county.Get("/api/sheets/units/sfj")).IsProblem(404, "not-found");

        var unit = (await county.Post("/api/sheets", Ask("dcs", "orange"))).Is(200);
        Assert.DoesNotContain("县长", unit.Text, StringComparison.Ordinal);
        await county.Until("2025-09-15 10:00");
        Assert.Equal("issued orange 仙政督〔2025〕", Line((await county.Get(Sheet)).Is(200).Json));
        (await county.Post("/api/sheets", Ask("dcs"))).IsProblem(409, "sheet-open");
    }

    [Fact]
    public async Task A_unit_shows_what_it_misses_and_until_when_a_sheet_waits()
    {
        await using var county = await ServedCounty.Start();
        await county.ActivateSmallPlan();
        await county.Until("2025-09-19 10:00");

        var unit = (await county.Get("/api/sheets/units/sfj")).Is(200).Json;
        var matter = unit.GetProperty("matters")[0];
        Assert.Equal("small.T1 blue signFor", $"{matter.GetProperty("key")} {matter.GetProperty("color")} {matter.GetProperty("items")[0].GetProperty("causes")[0].GetProperty("cause")}");
        Assert.Equal(matter.GetProperty("ready").GetString(), unit.GetProperty("next").GetString());

        (await county.Post("/api/assignments/small.T1.sfj/sign-for", new { by = "sfj" })).Is(200);
        await county.Until("2025-09-30 10:00");
        Assert.Empty(await county.All("/api/sheets?unit=sfj"));
    }

    private static async Task<ServedCounty> Missed()
    {
        var county = await ServedCounty.Start();
        await county.ActivateSmallPlan();
        await county.Until("2025-09-23 09:00");
        return county;
    }

    private static string Line(JsonElement sheet) =>
        $"{sheet.GetProperty("status")} {sheet.GetProperty("color")} {sheet.GetProperty("number").GetString()![..9]}";
}
