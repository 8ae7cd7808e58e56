using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Web.Tests.Mediators;

namespace Workflows.Web.Tests.Disputes;

/// <summary>A side of five that speaks by representatives, over HTTP and on its parties' pages: p1 to p5 against p6, at the township.</summary>
public sealed class GroupTests
{
    private static readonly string[] Two = ["p1", "p2"];
    private static readonly string[] All = ["p1", "p2", "p3", "p4", "p5"];
    private static readonly string[] Represented = ["p4", "p5", "p6"];
    private static readonly string[] Other = ["p3", "p6"];
    private static readonly string[] Nobody = ["p7"];

    [Fact]
    public async Task Representatives_choose_the_mediator_and_those_they_represent_are_not_offered_to()
    {
        await using var county = await ServedCounty.Start();
        var mediator = await MediatorTests.Add(county, Requests.Township);
        var (path, codes) = await Mediated(county);

        Assert.Contains("choose-mediator", await Acts(county, codes[0]));
        Assert.DoesNotContain("choose-mediator", await Acts(county, codes[2]));
        Assert.Contains("refuse", await Acts(county, codes[2]));
        (await county.Post($"/api/party/{codes[2]}/choose-mediator", new { choice = mediator })).IsProblem(409, "represented", "p3 is spoken for by p1 (民事诉讼法(2023)第五十六条).");
        (await county.Post($"/api/party/{codes[0]}/choose-mediator", new { choice = mediator })).Is(200);
        (await county.Post($"/api/party/{codes[5]}/choose-mediator", new { choice = mediator })).Is(200);

        Assert.Equal(mediator, (await county.Get(path)).Is(200).Json.GetProperty("mediators")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task When_all_who_speak_choose_a_mediator_who_is_elsewhere_at_a_planned_session_it_is_cancelled()
    {
        await using var county = await ServedCounty.Start();
        var mediator = await MediatorTests.Add(county, Requests.Township);
        var (one, _) = await Mediated(county);
        var (two, codes) = await Mediated(county);
        object plan = new { by = Requests.Township, on = "2025-09-20", from = "19:30", to = "21:00", form = "onSite", place = "镇调解室" };
        (await county.Post($"{one}/session-plans", Requests.Node(plan).With("mediators", new[] { mediator }))).Is(200);
        (await county.Post($"{two}/session-plans", plan)).Is(200);

        (await county.Post($"/api/party/{codes[5]}/choose-mediator", new { choice = mediator })).Is(200);
        Assert.True((await county.Get(two)).Json.TryGetProperty("sessionPlans", out _));
        (await county.Post($"/api/party/{codes[0]}/choose-mediator", new { choice = mediator })).Is(200);

        Assert.False((await county.Get(two)).Json.TryGetProperty("sessionPlans", out _));
    }

    [Fact]
    public async Task Other_representatives_are_named_after_the_registration_and_shown_to_units_and_by_number_to_parties()
    {
        await using var county = await ServedCounty.Start();
        var (path, codes) = await Mediated(county);
        Assert.Equal(["p1"], Representatives((await county.Get(path)).Is(200).Json));

        var body = new { by = Requests.Township, role = "applicant", parties = Two };
        var named = (await county.Post($"{path}/representatives", body, "named")).Is(200).Json;
        (await county.Post($"{path}/representatives", body, "named")).Is(200);

        Assert.Equal(Two, Representatives(named));
        (await county.Post($"{path}/representatives", body)).IsProblem(409, "already-named");
        (await county.Post($"{path}/representatives", new { by = Requests.Township, role = "applicant", parties = Nobody })).IsProblem(409, "unknown-party");
        (await county.Post($"{path}/representatives", new { by = Requests.Township, role = "respondent", parties = Two })).IsProblem(409, "side-too-small");
        (await county.Post($"{path}/representatives", new { by = "mzj", role = "applicant", parties = Two })).IsProblem(409, "not-the-handler");
        var journal = (await county.Get($"{path}/journal")).Is(200).Text;
        Assert.Contains("申请人一方推选p1、p2为代表人（信访工作条例第二十条；民事诉讼法(2023)第五十六条）。", journal, StringComparison.Ordinal);
        Assert.Equal(2, (await county.Get(path.Replace("/api", "", StringComparison.Ordinal))).Text.Split("申请人（代表人）").Length - 1);
        Assert.StartsWith("您是您方的代表人，代表您方选择调解员、同意延长期限。", await Group(county, codes[1]), StringComparison.Ordinal);
        Assert.StartsWith("您方已推选2名代表人，由其代表您方选择调解员、同意延长期限。", await Group(county, codes[4]), StringComparison.Ordinal);
        Assert.Null(await Group(county, codes[5]));
        var seen = (await county.Get($"/api/party/{codes[4]}")).Text;
        Assert.Contains("有一方推选了代表人。", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("p1", seen, StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent([new("code", codes[4])]);
        using var page = await county.Http.PostAsync("/party", form, TestContext.Current.CancellationToken);
        Assert.Contains("<p>您方已推选2名代表人", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_time_goes_by_the_representatives()
    {
        await using var county = await ServedCounty.Start();
        var (path, _) = await Mediated(county);

        (await county.Post($"{path}/extensions", new { by = Requests.Township, days = 3, agreedBy = Other, reason = "待补证。" })).IsProblem(409, "agreement-missing");
        (await county.Post($"{path}/extensions", new { by = Requests.Township, days = 3, agreedBy = Other.Append("p1"), reason = "待补证。" })).Is(200);
    }

    private static async Task<(string Path, string[] Codes)> Mediated(ServedCounty county)
    {
        var request = Requests.Register(people: 6);
        var parties = request["parties"]!.AsArray();
        parties.RemoveAt(0);
        for (var number = 5; number > 0; number--)
        {
            parties.Insert(0, new JsonObject { ["role"] = "applicant", ["name"] = $"某{number}", ["consent"] = "yes", ["represents"] = number == 1 });
        }

        var registered = (await county.Post("/api/disputes", request)).Is(201).Json;
        var path = $"/api/disputes/{registered.GetProperty("id").GetString()}";
        (await county.Post($"{path}/sign-for", new { by = Requests.Township })).Is(200);
        return (path, [.. registered.GetProperty("codes").EnumerateObject().Select(code => code.Value.GetString()!)]);
    }

    private static IEnumerable<string?> Representatives(JsonElement dispute) => dispute.GetProperty("parties").EnumerateArray()
        .Where(party => party.TryGetProperty("represents", out var represents) && represents.GetBoolean())
        .Select(party => party.GetProperty("id").GetString());

    private static async Task<IEnumerable<string?>> Acts(ServedCounty county, string code) =>
        (await county.Get($"/api/party/{code}")).Is(200).Json.GetProperty("can").EnumerateArray().Select(act => act.GetProperty("act").GetString());

    private static async Task<string?> Group(ServedCounty county, string code) =>
        (await county.Get($"/api/party/{code}")).Is(200).Json.TryGetProperty("group", out var group) ? group.GetString() : null;
}
