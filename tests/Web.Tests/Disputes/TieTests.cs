using System.Text.Json;
using Workflows.Orchestrations.Disputes;

namespace Workflows.Web.Tests.Disputes;

/// <summary>Cases that are linked, taken in and split, over HTTP, and where a party's code leads then.</summary>
public sealed class TieTests
{
    private const string Third = "黄志强";
    private const string Why = "同一排水沟引起。";
    private static readonly string[] P3 = ["p3"];
    private static readonly string[] P1 = ["p1"];
    private static readonly object[] SameApplicant = [new { party = "p1", @is = "p1" }];

    [Fact]
    public async Task A_duplicate_hint_offers_to_link_and_to_merge_and_both_cases_know_it()
    {
        await using var county = await ServedCounty.Start();
        var (one, _) = await Mediated(county);
        var (two, _) = await Mediated(county);
        var hint = (await county.Get($"/api/disputes/{two}")).Json.GetProperty("duplicates")[0];
        Assert.Equal(["link", "merge"], hint.GetProperty("can").EnumerateArray().Select(word => word.GetString()));

        (await county.Post($"/api/disputes/{two}/links", new { by = Requests.Village, other = "仙调[2025]1号" })).Is(200);
        await county.Idle();

        Assert.Equal(("D2025-00001", "仙调〔2025〕1号"), Link(await View(county, two)));
        Assert.Equal((two, "仙调〔2025〕2号"), Link(await View(county, one)));
        Assert.Equal(["merge"], (await View(county, two)).GetProperty("duplicates")[0].GetProperty("can").EnumerateArray().Select(word => word.GetString()));
        (await county.Post($"/api/disputes/{one}/links/remove", new { by = Requests.Township, other = two })).Is(200);
        await county.Idle();
        Assert.False((await View(county, one)).TryGetProperty("links", out _));
        Assert.False((await View(county, two)).TryGetProperty("links", out _));
    }

    [Fact]
    public async Task A_merged_case_ends_names_the_other_and_its_codes_lead_there()
    {
        await using var county = await ServedCounty.Start();
        var (one, own) = await Mediated(county);
        var (two, codes) = await Mediated(county, Requests.Register().With("parties[1].name", Third).With("parties[1].phone", "0594-5550001"));

        (await county.Post($"/api/disputes/{two}/merge", new { by = Requests.Village, into = one, same = SameApplicant, reason = Why })).Is(200);
        await county.Idle();

        var (kept, merged) = (await View(county, one), await View(county, two));
        Assert.Equal(("merged", "merged", one), (merged.GetProperty("status").GetString(), merged.GetProperty("outcome").GetProperty("reason").GetString(), merged.GetProperty("outcome").GetProperty("case").GetString()));
        Assert.Equal(["陈**", "林**", "黄**"], kept.GetProperty("parties").EnumerateArray().Select(party => party.GetProperty("name").GetString()));
        Assert.Equal(3, kept.GetProperty("people").GetInt32());

        foreach (var (code, party) in new[] { (codes[0], "p1"), (codes[1], "p3") })
        {
            var seen = (await county.Get($"/api/party/{code}")).Is(200).Json;
            Assert.Equal((one, party, "mediating"), (seen.GetProperty("case").GetString(), seen.GetProperty("you").GetProperty("id").GetString(), seen.GetProperty("status").GetString()));
            Assert.Contains("仙调〔2025〕2号", seen.GetProperty("note").GetString(), StringComparison.Ordinal);
        }

        Assert.False((await county.Get($"/api/party/{own[0]}")).Is(200).Json.TryGetProperty("note", out _));
        (await county.Post($"/api/party/{codes[1]}/consent", new { choice = "no" })).Is(200);
        Assert.Equal(("refused", "p3"), ((await View(county, one)).GetProperty("status").GetString(), (await View(county, one)).GetProperty("outcome").GetProperty("party").GetString()));

        (await county.Get($"/disputes/{two}/rights-notice.html?by={Requests.Village}")).IsProblem(409, "no-rights-notice");
        (await county.Post($"/api/disputes/{two}/refuse", new { by = Requests.Village, party = "p1" })).IsProblem(409, "ended", "The dispute has ended: merged.");
        Assert.Equal([two], (await county.All("/api/disputes?status=merged")).Select(item => item.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_merged_case_is_a_class_of_its_own_in_the_measures_and_a_recount_agrees()
    {
        await using var county = await ServedCounty.Start();
        var (one, _) = await Mediated(county);
        var (two, _) = await Mediated(county);
        (await county.Post($"/api/disputes/{two}/merge", new { by = Requests.Village, into = one, reason = Why })).Is(200);
        await county.Idle();

        var counted = (await county.Get("/api/measures?month=2025-09")).Is(200).Text;
        Assert.Equal([two], await Cases(county, "merged"));
        foreach (var other in (string[])["ended", "settled", "refused", "withdrawn", "failed"])
        {
            Assert.Empty(await Cases(county, other));
        }

        Assert.Equal([one, two], await Cases(county, "opened"));
        Assert.True(await county.County.Cases.Recount(two, TestContext.Current.CancellationToken));
        Assert.Equal(counted, (await county.Get("/api/measures?month=2025-09")).Is(200).Text);
    }

    [Fact]
    public async Task What_the_other_case_would_refuse_is_refused_at_once_and_changes_neither()
    {
        await using var county = await ServedCounty.Start();
        var (one, _) = await Mediated(county);
        var (two, _) = await Mediated(county);
        object Merge(string by = Requests.Village, string? into = null, object? same = null) => new { by, into = into ?? one, same = same ?? SameApplicant, reason = Why };

        (await county.Post($"/api/disputes/{two}/merge", Merge(into: "D2025-99999"))).IsInvalid(("into", "is not a case of this county"));
        (await county.Post($"/api/disputes/{two}/merge", Merge(into: "什么"))).IsInvalid(("into", "is neither the id nor the official code of a case"));
        (await county.Post($"/api/disputes/{two}/merge", Merge(same: new[] { new { party = "p1", @is = "x" } }))).IsInvalid(("same[0].is", "must be the id of a party, such as p1"));
        (await county.Post($"/api/disputes/{two}/merge", Merge(same: new[] { new { party = "p1", @is = "p9" } }))).IsProblem(409, "unknown-party", $"{one} has no party p9.");
        (await county.Post($"/api/disputes/{two}/merge", Merge(by: "mzj"))).IsProblem(409, "not-the-handler");
        (await county.Post($"/api/disputes/{two}/merge", Merge(into: two))).IsProblem(409, "same-case");
        var far = await county.Register(Requests.Register(place: Requests.Township).With("place", "350322103201").With("by", Requests.Township));
        (await county.Post($"/api/disputes/{two}/merge", Merge(by: Requests.Township, into: far))).IsProblem(409, "other-place");
        (await county.Post($"/api/disputes/{one}/suspend", new { by = Requests.Village, kind = "appraisal", reason = "鉴定。" })).Is(200);
        (await county.Post($"/api/disputes/{two}/merge", Merge())).IsProblem(409, "suspended", $"{one} stands still. It must go on first.");
        (await county.Post("/api/disputes/D2025-99999/merge", Merge())).IsProblem(404, "not-found");

        Assert.Equal("mediating", (await View(county, two)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_split_moves_a_party_with_name_and_code_into_a_case_of_its_own()
    {
        await using var county = await ServedCounty.Start();
        var body = Requests.Register(people: 3);
        body["parties"]!.AsArray().Add(Requests.Node(new { role = "respondent", name = Third, phone = "0594-5550001", consent = "yes" }));
        var (one, codes) = await Mediated(county, body);
        var before = await View(county, one);

        (await county.Post($"/api/disputes/{one}/split", new { by = Requests.Township, parties = P3, also = P1, people = 2, category = "family", summary = "另一处排水口。" })).IsProblem(409, "not-the-handler");
        (await county.Post($"/api/disputes/{one}/split", new { by = Requests.Village, parties = P3, people = 2, summary = "另一处排水口。" })).IsProblem(409, "one-sided");
        var elsewhere = (await county.Post($"/api/disputes/{one}/split", new { by = Requests.Village, parties = P3, also = P1, people = 2, category = "family-status", summary = "确认亲子关系。" })).IsProblem(409, "not-acceptable");
        Assert.Contains("请向人民法院或者婚姻、收养登记机关提出", elsewhere.Text, StringComparison.Ordinal);
        var split = (await county.Post($"/api/disputes/{one}/split", new { by = Requests.Village, parties = P3, also = P1, people = 2, category = "family", summary = "另一处排水口。" }, "split")).Is(200);
        (await county.Post($"/api/disputes/{one}/split", new { by = Requests.Village, parties = P3, also = P1, people = 2, category = "family", summary = "另一处排水口。" }, "split")).Is(200);
        await county.Idle();

        Assert.DoesNotContain("另一处排水口", split.Text, StringComparison.Ordinal);
        // Refusals took no number.
        var two = await View(county, "D2025-00002");
        var rest = await View(county, one);
        Assert.Equal(("mediating", "family", one), (two.GetProperty("status").GetString(), two.GetProperty("category").GetString(), two.GetProperty("splitFrom").GetProperty("case").GetString()));
        Assert.Equal(["陈**", "黄**"], two.GetProperty("parties").EnumerateArray().Select(party => party.GetProperty("name").GetString()));
        Assert.Equal(["陈**", "林**"], rest.GetProperty("parties").EnumerateArray().Select(party => party.GetProperty("name").GetString()));
        Assert.Equal(Due(before, "total"), Due(two, "total"));
        Assert.Equal(Due(before, "level"), Due(two, "level"));

        var third = (await county.Get($"/api/party/{codes[2]}")).Is(200).Json;
        Assert.Equal(("D2025-00002", "p2"), (third.GetProperty("case").GetString(), third.GetProperty("you").GetProperty("id").GetString()));
        Assert.Equal(one, (await county.Get($"/api/party/{codes[0]}")).Is(200).Json.GetProperty("case").GetString());
        var found = (await county.Post("/api/disputes/search", new { name = Third })).Is(200).Json.GetProperty("items").EnumerateArray();
        Assert.Equal([("D2025-00002", "p2")], found.Select(item => (item.GetProperty("case").GetString()!, item.GetProperty("party").GetString()!)));
        Assert.DoesNotContain(Third, (await county.Post($"/api/disputes/{one}/personal-data", new { by = Requests.Village, purpose = "查阅" })).Is(200).Text, StringComparison.Ordinal);
        Assert.Contains("另一处排水口。", (await county.Post("/api/disputes/D2025-00002/personal-data", new { by = Requests.Village, purpose = "查阅" })).Is(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_in_both_cases_is_one_person_afterwards_though_nobody_says_so()
    {
        await using var county = await ServedCounty.Start();
        var body = Requests.Register(people: 3);
        body["parties"]!.AsArray().Add(Requests.Node(new { role = "respondent", name = Third, phone = "0594-5550001", consent = "yes" }));
        var (one, codes) = await Mediated(county, body);
        (await county.Post($"/api/disputes/{one}/split", new { by = Requests.Village, parties = P3, also = P1, people = 2, summary = "另一处排水口。" })).Is(200);
        await county.Idle();

        // Who stayed when the case was split is met again.
        (await county.Post($"/api/disputes/D2025-00002/merge", new { by = Requests.Village, into = one, reason = Why })).Is(200);
        await county.Idle();
        Assert.Equal(["陈**", "林**", "黄**"], (await View(county, one)).GetProperty("parties").EnumerateArray().Select(party => party.GetProperty("name").GetString()));
        Assert.Equal(one, (await county.Get($"/api/party/{codes[2]}")).Is(200).Json.GetProperty("case").GetString());

        // The same name and telephone, written otherwise; the applicant of one side is another's respondent and stays two.
        var (other, _) = await Mediated(county, Requests.Register().With("parties[0].phone", "0594 123 4567").With("parties[1].name", Third).With("parties[1].role", "respondent"));
        var before = (await View(county, one)).GetProperty("parties").GetArrayLength();
        (await county.Post($"/api/disputes/{other}/merge", new { by = Requests.Village, into = one, reason = Why })).Is(200);
        await county.Idle();
        Assert.Equal(before + 1, (await View(county, one)).GetProperty("parties").GetArrayLength());
    }

    [Fact]
    public async Task A_party_that_refuses_while_the_other_case_is_held_up_is_heard_at_once_and_leaves_that_one_when_it_goes_on()
    {
        await using var county = await ServedCounty.Start();
        var cancelled = TestContext.Current.CancellationToken;
        var (one, _) = await Mediated(county);
        var (two, codes) = await Mediated(county, Requests.Register().With("parties[1].name", Third).With("parties[1].phone", "0594-5550001"));
        var flow = new DisputeEscalation().FlowId(one);
        await county.County.Engine.Suspend(flow, "held", cancelled);
        (await county.Post($"/api/disputes/{two}/merge", new { by = Requests.Village, into = one, reason = Why })).Is(200);

        (await county.Post($"/api/disputes/{two}/suspend", new { by = Requests.Village, kind = "appraisal", reason = "鉴定。" })).IsProblem(409, "merging");
        (await county.Post($"/api/party/{codes[1]}/consent", new { choice = "no" })).Is(200);

        Assert.Equal("refused", (await View(county, two)).GetProperty("status").GetString());
        await county.County.Engine.Resume(flow, "on", cancelled);
        await county.Idle();
        Assert.Equal(["陈**", "林**"], (await View(county, one)).GetProperty("parties").EnumerateArray().Select(party => party.GetProperty("name").GetString()));
        var found = (await county.Post("/api/disputes/search", new { name = Third })).Is(200).Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("case").GetString());
        Assert.Equal([two], found);
    }

    [Fact]
    public async Task A_party_that_refuses_in_the_instant_in_which_its_case_is_taken_in_is_mediated_nowhere()
    {
        await using var county = await ServedCounty.Start();
        for (var round = 0; round < 8; round++)
        {
            var (one, _) = await Mediated(county);
            var (two, codes) = await Mediated(county, Requests.Register().With("parties[1].name", Third).With("parties[1].phone", "0594-5550001"));

            var merge = county.Post($"/api/disputes/{two}/merge", new { by = Requests.Village, into = one, reason = Why });
            await Task.Delay(round, TestContext.Current.CancellationToken);
            (await county.Post($"/api/party/{codes[1]}/consent", new { choice = "no" })).Is(200);
            await merge;
            await county.Idle();

            // Either its own case has ended before it was taken in, or the other has.
            var seen = (await county.Get($"/api/party/{codes[1]}")).Is(200).Json;
            Assert.Equal("refused", seen.GetProperty("status").GetString());
            var (first, second) = (await View(county, one), await View(county, two));
            var isMerged = second.GetProperty("status").GetString() == "merged";
            Assert.Equal(isMerged ? ("refused", one) : ("mediating", two), (first.GetProperty("status").GetString(), seen.GetProperty("case").GetString()));
            // And a name is nowhere but in the case of its party.
            var found = (await county.Post("/api/disputes/search", new { name = Third })).Is(200).Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("case").GetString()).ToList();
            Assert.Contains(two, found);
            Assert.Equal(isMerged, found.Contains(one));
        }
    }

    private static async Task<(string Id, string[] Codes)> Mediated(ServedCounty county, object? body = null)
    {
        var registered = (await county.Post("/api/disputes", body ?? Requests.Register())).Is(201).Json;
        var id = registered.GetProperty("id").GetString()!;
        (await county.Post($"/api/disputes/{id}/sign-for", new { by = Requests.Village })).Is(200);
        return (id, [.. registered.GetProperty("codes").EnumerateObject().Select(code => code.Value.GetString()!)]);
    }

    private static async Task<JsonElement> View(ServedCounty county, string id) => (await county.Get($"/api/disputes/{id}")).Is(200).Json;

    private static (string?, string?) Link(JsonElement view)
    {
        var link = view.GetProperty("links")[0];
        return (link.GetProperty("id").GetString(), link.GetProperty("code").GetString());
    }

    private static string? Due(JsonElement view, string clock) => view.GetProperty("clocks").EnumerateArray()
        .Single(known => known.GetProperty("clock").GetString() == clock).GetProperty("due").GetString();

    private static async Task<IEnumerable<string?>> Cases(ServedCounty county, string measure) =>
        (await county.All($"/api/measures/{measure}/cases?month=2025-09")).Select(item => item.GetString());
}
