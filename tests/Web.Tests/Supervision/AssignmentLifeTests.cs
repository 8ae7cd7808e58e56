using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Workflows.Web.Tests.Supervision;

/// <summary>Feedback, evidence, time, objections and the board, over HTTP.</summary>
public sealed class AssignmentLifeTests
{
    private const string Path = "/api/assignments/small.T1.sfj";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Feedback_is_given_with_a_file_and_read_by_those_concerned_on_record()
    {
        await using var county = await Signed();
        var file = (await Upload(county, "现场.pdf")).Is(201);
        var id = file.Json.GetProperty("id").GetString()!;

        var given = (await county.Post($"{Path}/feedback", new { by = "sfj", period = "2025-09", text = "窗口已设立。", files = new[] { id } })).Is(200);

        Assert.Equal("2025-10", given.Json.GetProperty("feedback").GetProperty("period").GetString());
        var said = given.Json.GetProperty("given")[0];
        Assert.Equal(("2025-09", false, id), (said.GetProperty("period").GetString(), said.GetProperty("isLate").GetBoolean(), said.GetProperty("files")[0].GetString()));
        Assert.DoesNotContain("窗口已设立", given.Text, StringComparison.Ordinal);
        var text = $"{Path}/texts/{said.GetProperty("text").GetString()}";
        Assert.Equal("窗口已设立。", (await county.Get($"{text}?by=dcs")).Is(200).Json.GetProperty("text").GetString());
        (await county.Get($"{text}?by=mzj")).IsProblem(403, "not-concerned");
        (await county.Get(text)).IsInvalid(("by", "is required: the id of the unit that acts"));
        (await county.Get($"{Path}/texts/none?by=dcs")).IsProblem(404, "not-found");

        Assert.Equal(1, (await county.Get($"{Path}/files")).Is(200).Json.GetArrayLength());
        Assert.DoesNotContain("现场", (await county.Get($"{Path}/files")).Text, StringComparison.Ordinal);
        using var got = await county.Http.GetAsync($"{file.Location}?by=sfj", Cancellation);
        Assert.StartsWith("%PDF", await got.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        (await county.Get($"{file.Location}?by=mzj")).IsProblem(403, "not-concerned");
        (await Upload(county, "现场.pdf", by: "mzj")).IsProblem(409, "not-the-unit");
    }

    [Theory]
    [InlineData("text", null, "is required")]
    [InlineData("by", "nobody", "is not a unit of this county")]
    [InlineData("period", "2025-10-01-and-more", "must be such as 2025-10, 2025-Q4 or 2025-11-15")]
    public async Task A_wrong_field_of_feedback_is_named(string field, string? value, string rule)
    {
        await using var county = await Signed();
        var request = Requests.Node(new { by = "sfj", period = "2025-09", text = "窗口已设立。" });

        (await county.Post($"{Path}/feedback", value is null ? request.Without(field) : request.With(field, value))).IsInvalid((field, rule));
    }

    [Fact]
    public async Task A_wrong_figure_is_named_by_its_place()
    {
        await using var county = await Signed();

        (await county.Post($"{Path}/feedback", new { by = "sfj", period = "2025-09", text = "进展。", figures = new object?[] { new { indicator = "I 1", on = "soon" }, null } }))
            .IsInvalid(("figures[0].value", "is required"), ("figures[0].indicator", "must be letters, digits, '.', '_' and '-'"), ("figures[0].on", "must be a date such as 2025-09-26"), ("figures[1]", "must not be null"));
        (await county.Post($"{Path}/feedback", new { by = "sfj", period = "2025-09", text = "进展。", figures = new[] { new { indicator = "I1", value = 3, on = "2025-09-15" } } }))
            .IsProblem(409, "unknown-indicator", "The assignment reports no indicator I1.");
    }

    [Fact]
    public async Task More_time_and_a_standstill_move_the_date_and_show_why()
    {
        await using var county = await Signed();
        (await county.Post($"{Path}/extensions", new { by = "sfj", until = "2025-11-14", reason = "设备未到。" })).Is(200);
        var granted = (await county.Post($"{Path}/extensions/decide", new { by = "dcs", approved = true, reason = "属实。" })).Is(200).Json;
        Assert.Equal(("2025-11-14", "2025-10-24"), (granted.GetProperty("finishBy").GetString(), granted.GetProperty("due").GetString()));

        var still = (await county.Post($"{Path}/suspend", new { by = "dcs", kind = "force-majeure", reason = "台风。" })).Is(200).Json;
        Assert.Equal(("yellow", "standing-still", "stands-still"), (
            still.GetProperty("light").GetProperty("color").GetString(), still.GetProperty("light").GetProperty("rule").GetString(), still.GetProperty("stuck")[0].GetProperty("cause").GetString()));
        Assert.Equal(["small.T1.sfj"], (await county.All("/api/assignments?stuck=stands-still")).Select(row => row.GetProperty("id").GetString()));
        await county.Until("2025-09-17 09:00");
        var resumed = (await county.Post($"{Path}/resume", new { by = "sfj" })).Is(200).Json;
        // The day of issue was not counted anyway.
        Assert.Equal("2025-11-15", resumed.GetProperty("finishBy").GetString());
        Assert.Empty(await county.All("/api/assignments?stuck=stands-still"));
    }

    [Fact]
    public async Task An_objection_is_decided_by_others_than_those_who_checked()
    {
        await using var county = await Signed();
        (await county.Post($"{Path}/claim", new { by = "sfj", evidence = "附名单。" })).Is(200);
        (await county.Post($"{Path}/check", new { by = "dcs", done = false, reason = "名单不全。" })).Is(200);
        var raised = (await county.Post($"{Path}/objections", new { by = "sfj", reason = "名单已报。" })).Is(200).Json;
        Assert.Equal("zfw", raised.GetProperty("objection").GetProperty("reviewer").GetProperty("id").GetString());
        (await county.Post($"{Path}/objections/decide", new { by = "dcs", accepted = true, done = true, reason = "同意。" })).IsProblem(409, "not-the-reviewer");
        (await county.Post($"{Path}/objections/decide", new { by = "zfw", reason = "同意。" })).IsInvalid(("accepted", "is required: true or false"));

        var done = (await county.Post($"{Path}/objections/decide", new { by = "zfw", accepted = true, done = true, reason = "名单属实。" })).Is(200).Json;

        Assert.Equal("struckOff", done.GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_board_counts_by_unit_task_light_week_and_cause_and_every_count_has_its_list()
    {
        await using var county = await Signed();
        await county.Until("2025-09-19 10:00");

        var board = (await county.Get("/api/supervision/board")).Is(200).Json;

        Assert.Equal(2, board.GetProperty("open").GetInt32());
        Assert.Equal("""{"green":1,"yellow":0,"red":1}""", board.GetProperty("lights").GetRawText());
        Assert.Equal(["mzj", "sfj"], board.GetProperty("units").EnumerateArray().Select(row => row.GetProperty("id").GetString()));
        Assert.Equal(0, board.GetProperty("townships").GetArrayLength());
        Assert.Equal(("small.T1", 1), (board.GetProperty("tasks")[0].GetProperty("id").GetString(), board.GetProperty("tasks")[0].GetProperty("stuck").GetInt32()));
        Assert.Equal(("2025-W38", 1), (board.GetProperty("week").GetProperty("id").GetString(), board.GetProperty("week").GetProperty("count").GetInt32()));
        List<JsonElement> counts = [board.GetProperty("week"), .. board.GetProperty("stuck").EnumerateArray()];
        foreach (var count in counts)
        {
            Assert.Equal(count.GetProperty("count").GetInt32(), (await county.All(count.GetProperty("list").GetString()!)).Count);
        }

        Assert.Equal(1, counts.Single(count => count.GetProperty("id").GetString() == "not-signed").GetProperty("count").GetInt32());
        var row = Assert.Single(await county.All("/api/assignments?stuck=not-signed"));
        Assert.Equal(("red", "not-signed", "任务逾期未签收。"), (row.GetProperty("light").GetString(), row.GetProperty("rule").GetString(), row.GetProperty("whyZh").GetString()));
    }

    private static async Task<ServedCounty> Signed()
    {
        var county = await ServedCounty.Start();
        await county.ActivateSmallPlan();
        (await county.Post($"{Path}/sign-for", new { by = "sfj" })).Is(200);
        return county;
    }

    private static async Task<Answer> Upload(ServedCounty county, string name, string by = "sfj")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/files?by={by}&kind=photo") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes("%PDF-1.7 现场")) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.Add("X-File-Name", Uri.EscapeDataString(name));
        return await county.Send(request);
    }
}
