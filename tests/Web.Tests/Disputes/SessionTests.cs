using System.Text.Json;
using Workflows.Web.Tests.Mediators;

namespace Workflows.Web.Tests.Disputes;

/// <summary>Planned sessions and mediators over HTTP, on the units' side and on the parties'. The county stands at Monday 2025-09-15 09:00.</summary>
public sealed class SessionTests
{
    private const string Place = "圣山村委会二楼调解室";
    private static readonly string[] Both = ["p1", "p2"];
    private static readonly string[] First = ["m-350322103203-1"];
    private static readonly string[] Nobody = ["m-350322103203-9"];

    [Fact]
    public async Task A_planned_session_is_shown_without_its_place_which_those_of_the_case_see()
    {
        await using var county = await ServedCounty.Start();
        var (id, codes) = await Mediated(county);

        var planned = (await county.Post($"/api/disputes/{id}/session-plans", Plan)).Is(200);

        var session = planned.Json.GetProperty("sessionPlans")[0];
        Assert.Equal(
            (1, "2025-09-20", "19:30:00", "onSite", false),
            (session.GetProperty("number").GetInt32(), session.GetProperty("on").GetString(), session.GetProperty("from").GetString(), session.GetProperty("form").GetString(), session.GetProperty("needsMoving").GetBoolean()));
        Assert.DoesNotContain(Place, planned.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Place, (await county.Get($"/api/disputes/{id}/journal")).Text, StringComparison.Ordinal);
        var shown = (await county.Post($"/api/disputes/{id}/personal-data", new { by = Requests.Village, purpose = "准备调解" })).Is(200).Json;
        Assert.Equal(Place, shown.GetProperty("places").GetProperty("1").GetString());
        foreach (var code in codes)
        {
            var next = (await county.Get($"/api/party/{code}")).Is(200).Json.GetProperty("nextSession");
            Assert.Equal(("2025-09-20", "现场", Place), (next.GetProperty("on").GetString(), next.GetProperty("form").GetString(), next.GetProperty("place").GetString()));
        }

        using var form = new FormUrlEncodedContent([new("code", codes[0])]);
        using var page = await county.Http.PostAsync("/party", form, TestContext.Current.CancellationToken);
        Assert.Contains($"<h2>下一次调解</h2><p><strong>2025年9月20日 19:30至21:00</strong>（现场）<br>{Place}</p>", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_moved_cancelled_and_held_and_the_party_sees_what_comes_next()
    {
        await using var county = await ServedCounty.Start();
        var (id, codes) = await Mediated(county);
        (await county.Post($"/api/disputes/{id}/session-plans", Plan)).Is(200);
        (await county.Post($"/api/disputes/{id}/session-plans", Plan.With("on", "2025-09-19"))).Is(200);

        var moved = (await county.Post($"/api/disputes/{id}/session-plans/move", new { by = Requests.Village, session = 1, on = "2025-09-18", from = "20:00", to = "21:00", form = "online", place = "视频会议室" })).Is(200).Json;
        Assert.Equal([1, 2], moved.GetProperty("sessionPlans").EnumerateArray().Select(plan => plan.GetProperty("number").GetInt32()));
        Assert.Equal("视频会议室", (await Party(county, codes[0])).GetProperty("nextSession").GetProperty("place").GetString());
        (await county.Post($"/api/disputes/{id}/session-plans/cancel", new { by = Requests.Village, session = 1, reason = "一方有事。" })).Is(200);
        Assert.Equal("2025-09-19", (await Party(county, codes[0])).GetProperty("nextSession").GetProperty("on").GetString());

        var held = (await county.Post($"/api/disputes/{id}/sessions", new { by = Requests.Village, on = "2025-09-15", record = "双方到场。", session = 2, present = Both })).Is(200).Json;

        Assert.False(held.TryGetProperty("sessionPlans", out _));
        Assert.Equal(2, held.GetProperty("sessionsHeld")[0].GetProperty("planned").GetInt32());
        var seen = await Party(county, codes[0]);
        Assert.False(seen.TryGetProperty("nextSession", out _));
        Assert.Contains("约定的调解改期。", seen.GetProperty("history").GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("一方有事", seen.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_standing_case_shows_what_must_be_moved_and_stands_on_the_board()
    {
        await using var county = await ServedCounty.Start();
        var (id, codes) = await Mediated(county);
        (await county.Post($"/api/disputes/{id}/session-plans", Plan)).Is(200);

        var suspended = (await county.Post($"/api/disputes/{id}/suspend", new { by = Requests.Village, kind = "appraisal", reason = "鉴定。" })).Is(200).Json;

        Assert.True(suspended.GetProperty("sessionPlans")[0].GetProperty("needsMoving").GetBoolean());
        Assert.Equal([id], (await county.All("/api/disputes?board=session-to-move")).Select(item => item.GetProperty("id").GetString()));
        Assert.False((await Party(county, codes[0])).TryGetProperty("nextSession", out _));
    }

    [Fact]
    public async Task Of_plans_of_one_instant_that_want_the_same_mediator_one_goes_through()
    {
        await using var county = await ServedCounty.Start();
        await MediatorTests.Add(county);
        var cases = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Mediated(county)));
        foreach (var day in new[] { "2025-09-17", "2025-09-18", "2025-09-19", "2025-09-20" })
        {
            var answers = await Task.WhenAll(cases.Select(one => county.Post($"/api/disputes/{one.Id}/session-plans", Plan.With("mediators", First).With("on", day))));

            Assert.Single(answers, answer => answer.Status == 200);
            Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.IsProblem(409, "mediator-busy"));
        }
    }

    [Fact]
    public async Task A_mediator_is_not_planned_in_two_cases_at_one_time()
    {
        await using var county = await ServedCounty.Start();
        var mediator = await MediatorTests.Add(county);
        var (one, _) = await Mediated(county);
        var (two, _) = await Mediated(county);
        (await county.Post($"/api/disputes/{one}/session-plans", Plan.With("mediators", First))).Is(200);
        Assert.Equal([one], (await county.All($"/api/disputes?mediator={mediator}")).Select(item => item.GetProperty("id").GetString()));
        var busy = $"{mediator} mediates {one} on 2025-09-20 from 19:30 to 21:00.";

        (await county.Post($"/api/disputes/{two}/session-plans", Plan.With("mediators", First).With("from", "20:59").With("to", "22:00"))).IsProblem(409, "mediator-busy", busy);
        (await county.Post($"/api/disputes/{two}/session-plans", Plan.With("from", "20:30").With("to", "22:00"))).Is(200);
        // Whoever is named for the case mediates what is planned without a name.
        (await county.Post($"/api/disputes/{two}/mediators", new { by = Requests.Village, mediators = First })).IsProblem(409, "mediator-busy", busy);
        (await county.Post($"/api/disputes/{two}/session-plans/move", new { by = Requests.Village, session = 1, on = "2025-09-20", from = "21:00", to = "22:00" })).Is(200);
        (await county.Post($"/api/disputes/{two}/mediators", new { by = Requests.Village, mediators = First })).Is(200);
        (await county.Post($"/api/disputes/{two}/session-plans/move", new { by = Requests.Village, session = 1, on = "2025-09-20", from = "20:00", to = "22:00" })).IsProblem(409, "mediator-busy", busy);
        (await county.Post($"/api/disputes/{two}/session-plans", Plan.With("mediators", Nobody))).IsProblem(409, "mediator-not-active", "m-350322103203-9 is not on the roster.");
    }

    [Fact]
    public async Task Whom_all_parties_choose_leads_and_a_session_at_which_that_mediator_is_elsewhere_is_cancelled()
    {
        await using var county = await ServedCounty.Start();
        var mediator = await MediatorTests.Add(county);
        var (one, _) = await Mediated(county);
        var (two, codes) = await Mediated(county);
        (await county.Post($"/api/disputes/{one}/session-plans", Plan.With("mediators", First))).Is(200);
        (await county.Post($"/api/disputes/{two}/session-plans", Plan.With("from", "20:30").With("to", "22:00"))).Is(200);
        (await county.Post($"/api/disputes/{two}/session-plans", Plan.With("from", "22:00").With("to", "23:00"))).Is(200);

        foreach (var code in codes)
        {
            (await county.Post($"/api/party/{code}/choose-mediator", new { choice = mediator })).Is(200);
        }

        var view = (await county.Get($"/api/disputes/{two}")).Is(200).Json;
        Assert.Equal(mediator, view.GetProperty("mediators")[0].GetProperty("id").GetString());
        Assert.Equal([2], view.GetProperty("sessionPlans").EnumerateArray().Select(plan => plan.GetProperty("number").GetInt32()));
    }

    [Fact]
    public async Task Parties_choose_among_the_roster_see_who_mediates_and_ask_for_an_avoidance()
    {
        await using var county = await ServedCounty.Start();
        var mediator = await MediatorTests.Add(county, name: "郑国华");
        var (id, codes) = await Mediated(county);

        var can = (await Party(county, codes[0])).GetProperty("can").EnumerateArray().ToDictionary(act => act.GetProperty("act").GetString()!);
        Assert.Equal("郑国华", can["choose-mediator"].GetProperty("choices")[0].GetProperty("title").GetString());
        Assert.False(can.ContainsKey("avoid-mediator"));
        foreach (var code in codes)
        {
            (await county.Post($"/api/party/{code}/choose-mediator", new { choice = mediator })).Is(200);
        }

        var seen = await Party(county, codes[0]);
        Assert.Equal(["郑国华"], seen.GetProperty("mediators").EnumerateArray().Select(name => name.GetString()));
        var view = (await county.Get($"/api/disputes/{id}")).Json.GetProperty("mediators")[0];
        Assert.Equal((mediator, "郑**", true), (view.GetProperty("id").GetString(), view.GetProperty("name").GetString(), view.GetProperty("leads").GetBoolean()));

        (await county.Post($"/api/party/{codes[1]}/avoid-mediator", new { choice = $"{mediator}.relative" })).IsInvalid(("text", "is required"));
        (await county.Post($"/api/party/{codes[1]}/avoid-mediator", new { choice = $"{mediator}.relative", text = "是申请人的表兄。" })).Is(200);
        Assert.Equal([id], (await county.All($"/api/disputes?deciding={Requests.Township}")).Select(item => item.GetProperty("id").GetString()));
        (await county.Post($"/api/disputes/{id}/sessions", new { by = Requests.Village, on = "2025-09-15", record = "到场。" })).IsProblem(409, "avoidance-open");
        var decided = (await county.Post($"/api/disputes/{id}/avoidances/decide", new { by = Requests.Township, mediator, accepted = true, reason = "属实。" })).Is(200);

        Assert.False(decided.Json.TryGetProperty("mediators", out _));
        Assert.True(decided.Json.GetProperty("avoidances")[0].GetProperty("accepted").GetBoolean());
        Assert.DoesNotContain("表兄", decided.Text, StringComparison.Ordinal);
        Assert.Contains("决定：调解员回避。", (await Party(county, codes[1])).GetRawText(), StringComparison.Ordinal);
        (await county.Post($"/api/disputes/{id}/mediators", new { by = Requests.Village, mediators = First })).IsProblem(409, "mediator-removed");
    }

    [Fact]
    public async Task The_agreement_carries_the_name_of_who_mediated_it()
    {
        await using var county = await ServedCounty.Start();
        await MediatorTests.Add(county, name: "郑国华");
        var (id, _) = await Mediated(county);
        (await county.Post($"/api/disputes/{id}/mediators", new { by = Requests.Village, mediators = First })).Is(200);
        (await county.Post($"/api/disputes/{id}/settle", new { by = Requests.Village, form = "oral", on = "2025-09-15", terms = "各让一步。" })).Is(200);

        var paper = await county.Get($"/disputes/{id}/agreement.html?by={Requests.Village}");

        Assert.Contains("调解员郑国华（签名）：", paper.Text, StringComparison.Ordinal);
    }

    private static System.Text.Json.Nodes.JsonObject Plan => Requests.Node(new { by = Requests.Village, on = "2025-09-20", from = "19:30", to = "21:00", form = "onSite", place = Place });

    private static async Task<(string Id, string[] Codes)> Mediated(ServedCounty county)
    {
        var registered = (await county.Post("/api/disputes", Requests.Register())).Is(201).Json;
        var id = registered.GetProperty("id").GetString()!;
        (await county.Post($"/api/disputes/{id}/sign-for", new { by = Requests.Village })).Is(200);
        return (id, [.. registered.GetProperty("codes").EnumerateObject().Select(code => code.Value.GetString()!)]);
    }

    private static async Task<JsonElement> Party(ServedCounty county, string code) => (await county.Get($"/api/party/{code}")).Is(200).Json;
}
