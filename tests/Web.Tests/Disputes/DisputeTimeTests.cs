using System.Text.Json;

namespace Workflows.Web.Tests.Disputes;

/// <summary>Standstill, more time, help, returns and the board over HTTP.</summary>
public sealed class DisputeTimeTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private static readonly string[] Parties = ["p1", "p2"];

    [Fact]
    public async Task A_suspended_case_shows_its_reason_and_stands_in_the_list_until_it_goes_on()
    {
        var id = await county.RegisterMediated();

        var dispute = (await county.Post($"/api/disputes/{id}/suspend", new { by = Requests.Village, kind = "appraisal", reason = "委托鉴定墙体。" })).Is(200);

        Assert.Equal("appraisal", dispute.Json.GetProperty("suspension").GetProperty("kind").GetString());
        Assert.DoesNotContain("委托鉴定墙体", dispute.Text, StringComparison.Ordinal);
        Assert.Contains(id, Ids(await county.All("/api/disputes?suspended=true")));
        (await county.Post($"/api/disputes/{id}/sessions", new { by = Requests.Village, on = "2025-09-15", record = "到场。" }))
            .IsProblem(409, "suspended", "The case stands still: appraisal. It must go on first.");
        (await county.Post($"/api/disputes/{id}/resume", new { by = Requests.Village })).Is(200);
        Assert.DoesNotContain(id, Ids(await county.All("/api/disputes?suspended=true")));
    }

    [Fact]
    public async Task More_time_is_asked_for_and_granted_and_the_date_says_why()
    {
        var id = await county.RegisterMediated();
        var asked = (await county.Post($"/api/disputes/{id}/extensions", new { by = Requests.Village, days = 3, agreedBy = Parties, reason = "待补证。" })).Is(200).Json;
        Assert.Equal((Requests.Township, 3), (asked.GetProperty("extension").GetProperty("decider").GetProperty("id").GetString(), asked.GetProperty("extension").GetProperty("days").GetInt32()));
        Assert.Contains(id, Ids(await county.All($"/api/disputes?deciding={Requests.Township}")));

        var granted = (await county.Post($"/api/disputes/{id}/extensions/decide", new { by = Requests.Township, approved = true, reason = "同意。" })).Is(200).Json;

        var level = granted.GetProperty("clocks").EnumerateArray().Single(clock => clock.GetProperty("clock").GetString() == "level");
        Assert.Contains("extended by 3 working days", level.GetProperty("why").GetRawText(), StringComparison.Ordinal);
        Assert.False(granted.TryGetProperty("extension", out _));
    }

    [Fact]
    public async Task A_unit_that_helps_has_a_clock_in_the_case_and_the_case_in_its_list()
    {
        var id = await county.RegisterMediated();

        var dispute = (await county.Post($"/api/disputes/{id}/assists", new { by = Requests.Village, unit = "mzj", request = "核实低保。" })).Is(200).Json;

        Assert.Equal("assist.h1", dispute.GetProperty("clocks")[0].GetProperty("clock").GetString());
        Assert.Contains(id, Ids(await county.All("/api/disputes?assisting=mzj")));
        var given = (await county.Post($"/api/disputes/{id}/assists/give", new { by = "mzj", report = "已核实。" })).Is(200).Json;
        Assert.True(given.GetProperty("assists")[0].TryGetProperty("givenText", out _));
        Assert.DoesNotContain(id, Ids(await county.All("/api/disputes?assisting=mzj")));
    }

    [Fact]
    public async Task A_return_is_asked_for_and_decided()
    {
        var id = await county.Register();
        (await county.Post($"/api/disputes/{id}/return", new { by = Requests.Village, reason = "不属本村。" })).Is(200);

        var refused = (await county.Post($"/api/disputes/{id}/return/decide", new { by = Requests.Township, accepted = false, reason = "属本村。" })).Is(200).Json;

        Assert.Equal("offered", refused.GetProperty("status").GetString());
        (await county.Post($"/api/disputes/{id}/return", new { by = Requests.Village, reason = "再退。" }))
            .IsProblem(409, "return-refused", "The superior has refused to take this offer back.");
    }

    [Fact]
    public async Task The_board_counts_cases_by_cause_and_leads_to_them()
    {
        var id = await county.Register(Requests.Register(place: "350322001002").With("by", Requests.Township));

        var causes = (await county.Get("/api/disputes/board")).Is(200).Json.GetProperty("causes").EnumerateArray().ToList();

        Assert.Equal(["nobody-there", "not-signed-for", "duty-box", "return-silent", "provisional-date", "session-unrecorded", "session-to-move", "merge-unanswered"], causes.Select(cause => cause.GetProperty("cause").GetString()));
        Assert.True(causes[0].GetProperty("count").GetInt32() >= 1);
        Assert.Contains(id, Ids(await county.All(causes[0].GetProperty("cases").GetString()!)));
    }

    private static IEnumerable<string?> Ids(IEnumerable<JsonElement> items) => items.Select(item => item.GetProperty("id").GetString());
}
