using System.Text.Json;

namespace Workflows.Web.Tests.Parties;

/// <summary>What a party can still say by its code when the mediation has ended, and what it is told.</summary>
public sealed class PartyAfterTheEndTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    [Fact]
    public async Task A_party_rates_its_settled_case_and_is_told_what_came_of_a_poor_rating()
    {
        var (id, first, second) = await Settled();
        Assert.Equal(["rate 5,4,3,2,1", "review review"], Can(await See(second)));

        await Say(second, "rate", new { choice = "1", text = "等得太久。" });
        Assert.Equal(["rate 5,4,3,2", "review review"], Can(await See(second)));
        (await county.Post($"/api/disputes/{id}/mend-told", new { by = Requests.Township, party = "p2", told = "已说明原因并改进。" })).Is(200);

        Assert.Equal(["对您评价的反馈：已说明原因并改进。"], Told(await See(second)));
        // What one party was answered is not for the other.
        Assert.Empty(Told(await See(first)));
        Assert.Contains("责任单位反馈了对评价的处理情况。", History(await See(first)));
    }

    [Fact]
    public async Task What_a_party_rated_itself_no_unit_writes_over()
    {
        var (id, first, _) = await Settled();
        (await county.Post($"/api/disputes/{id}/ratings", new { by = Requests.Village, party = "p1", stars = 4 })).Is(200);
        await Say(first, "rate", new { choice = "1" });

        (await county.Post($"/api/disputes/{id}/ratings", new { by = Requests.Village, party = "p1", stars = 5 }))
            .IsProblem(409, "rated-by-itself");
        (await county.Post($"/api/disputes/{id}/ratings", new { by = Requests.Village, party = "p2", stars = 3 })).Is(200);
        Assert.Equal(["rate 4,3,2,1", "review review"], Can(await Say(first, "rate", new { choice = "5" })));
    }

    [Fact]
    public async Task A_party_asks_for_a_review_once_and_reads_the_answer()
    {
        var (id, first, _) = await Settled();

        (await county.Post($"/api/party/{first}/review", new { choice = "review" })).IsInvalid(("text", "is required"));
        var asked = await Say(first, "review", new { choice = "review", text = "认为处理不公。" });
        Assert.Contains("答复您复查申请的期限 2025-10-15", Dates(asked));
        Assert.Equal(["rate 5,4,3,2,1"], Can(asked));
        (await county.Post($"/api/disputes/{id}/review-answers", new { by = Requests.Township, party = "p1", outcome = "upheld", answer = "经复查维持。" })).Is(200);

        Assert.Equal(["对您复查申请的答复：经复查维持。"], Told(await See(first)));
        (await county.Post($"/api/party/{first}/review", new { choice = "review", text = "再查。" })).IsProblem(409, "review-asked");
    }

    [Fact]
    public async Task A_party_that_took_its_case_back_has_it_taken_up_again()
    {
        var (_, first, second) = await Mediated();
        await Say(first, "withdraw", new { choice = "withdraw" });
        Assert.Equal(["rate 5,4,3,2,1", "review review", "reopen reopen"], Can(await See(first)));

        var again = await Say(first, "reopen", new { choice = "reopen", text = "对方反悔。" });

        Assert.Equal("offered", again.GetProperty("status").GetString());
        // Mediation is voluntary each time: the other is asked anew.
        Assert.Equal(["consent yes,no", "go-up once,blanket,no", "refuse refuse"], Can(await See(second)));
    }

    [Fact]
    public async Task Until_when_it_may_do_so_stands_among_the_dates_and_in_the_page()
    {
        var (_, first, _) = await Settled();

        var dates = Dates(await See(first));
        Assert.Contains(dates, date => date.StartsWith("您可以评价，至 2025-", StringComparison.Ordinal));
        Assert.Contains(dates, date => date.StartsWith("共同申请司法确认的期限 2025-10-15", StringComparison.Ordinal));
        using var form = new FormUrlEncodedContent([new("code", first)]);
        var page = await Answer.Of(await county.Http.PostAsync("/party", form, TestContext.Current.CancellationToken));
        Assert.Contains("<legend>评价本次调解</legend>", page.Text, StringComparison.Ordinal);
        Assert.Contains("您的意见和建议（可不填）", page.Text, StringComparison.Ordinal);
        Assert.Contains("您对哪些方面有异议（必填）", page.Text, StringComparison.Ordinal);
    }

    private async Task<(string Id, string First, string Second)> Mediated()
    {
        var registered = (await county.Post("/api/disputes", Requests.Register())).Is(201).Json;
        var id = registered.GetProperty("id").GetString()!;
        (await county.Post($"/api/disputes/{id}/sign-for", new { by = Requests.Village })).Is(200);
        var codes = registered.GetProperty("codes");
        return (id, codes.GetProperty("p1").GetString()!, codes.GetProperty("p2").GetString()!);
    }

    private async Task<(string Id, string First, string Second)> Settled()
    {
        var mediated = await Mediated();
        (await county.Post($"/api/disputes/{mediated.Id}/settle", new { by = Requests.Village, form = "oral", on = "2025-09-15", terms = "恢复原排水方向。" })).Is(200);
        return mediated;
    }

    private async Task<JsonElement> See(string code) => (await county.Get($"/api/party/{code}")).Is(200).Json;

    private async Task<JsonElement> Say(string code, string act, object says) => (await county.Post($"/api/party/{code}/{act}", says)).Is(200).Json;

    private static List<string> Can(JsonElement view) => Each(view, "can", act =>
        $"{act.GetProperty("act").GetString()} {string.Join(',', act.GetProperty("choices").EnumerateArray().Select(choice => choice.GetProperty("choice").GetString()))}");

    private static List<string> Told(JsonElement view) => Each(view, "told", told => $"{told.GetProperty("title").GetString()}：{told.GetProperty("text").GetString()}");

    private static List<string> Dates(JsonElement view) => Each(view, "dates", date => $"{date.GetProperty("title").GetString()} {date.GetProperty("date").GetString()}");

    private static List<string> History(JsonElement view) => Each(view, "history", line => line.GetProperty("text").GetString()!);

    private static List<string> Each(JsonElement view, string list, Func<JsonElement, string> text) => [.. view.GetProperty(list).EnumerateArray().Select(text)];
}
