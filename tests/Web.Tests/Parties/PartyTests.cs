using System.Text.Json;
using Workflows.Activities.PersonalData;
using Workflows.Orchestrations.Disputes;
using Workflows.Web.Parties;

namespace Workflows.Web.Tests.Parties;

/// <summary>A party's own side over the API.</summary>
public sealed class PartyTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    [Fact]
    public async Task A_registration_gives_each_party_a_code_once_and_again_when_it_is_retried()
    {
        var first = (await county.Post("/api/disputes", Requests.Register(), "codes")).Is(201).Json;
        var again = (await county.Post("/api/disputes", Requests.Register(), "codes")).Is(201).Json;

        var codes = first.GetProperty("codes");
        Assert.Equal(["p1", "p2"], codes.EnumerateObject().Select(code => code.Name));
        Assert.All(codes.EnumerateObject(), code => Assert.NotNull(PartyCode.Read(code.Value.GetString())));
        Assert.Equal(codes.GetRawText(), again.GetProperty("codes").GetRawText());
        var read = (await county.Get($"/api/disputes/{first.GetProperty("id").GetString()}")).Is(200).Json;
        Assert.False(read.TryGetProperty("codes", out _));
    }

    [Fact]
    public async Task A_party_sees_where_its_case_stands_the_next_date_and_why()
    {
        var code = await Code("p1");

        var view = (await county.Get($"/api/party/{code}")).Is(200).Json;

        Assert.Equal(("p1", "applicant", "陈**"), (Text(view.GetProperty("you"), "id"), Text(view.GetProperty("you"), "role"), Text(view.GetProperty("you"), "name")));
        Assert.Equal(("offered", "已登记，等待调解组织接手"), (Text(view, "status"), Text(view, "statusText")));
        var next = view.GetProperty("dates")[0];
        Assert.Equal(("调解组织接手的期限", "2025-09-17"), (Text(next, "title"), Text(next, "date")));
        Assert.Contains("计2个工作日，至2025年9月17日", next.GetProperty("why").EnumerateArray().Select(step => step.GetString()));
        Assert.Equal(["纠纷已登记受理。", "已交调解组织办理。"], view.GetProperty("history").EnumerateArray().Select(line => Text(line, "text")));
    }

    [Fact]
    public async Task A_case_that_stands_still_says_so_and_that_its_dates_will_move()
    {
        var registered = (await county.Post("/api/disputes", Requests.Register())).Is(201).Json;
        var (path, code) = ($"/api/disputes/{Text(registered, "id")}", Text(registered.GetProperty("codes"), "p1"));
        (await county.Post($"{path}/sign-for", new { by = Requests.Village })).Is(200);
        (await county.Post($"{path}/suspend", new { by = Requests.Village, kind = "appraisal", reason = "鉴定。" })).Is(200);
        Assert.Equal("调解暂时中止，恢复后各项期限相应顺延", Text((await county.Get($"/api/party/{code}")).Is(200).Json, "statusText"));

        (await county.Post($"{path}/resume", new { by = Requests.Village })).Is(200);

        Assert.Equal("正在调解", Text((await county.Get($"/api/party/{code}")).Is(200).Json, "statusText"));
    }

    [Fact]
    public async Task Who_has_answered_is_not_asked_to_answer_by_a_date()
    {
        var registered = (await county.Post("/api/disputes", Requests.Register())).Is(201).Json;
        var (path, codes) = ($"/api/disputes/{Text(registered, "id")}", registered.GetProperty("codes"));
        (await county.Post($"{path}/sign-for", new { by = Requests.Village })).Is(200);
        (await county.Post($"{path}/escalate", new { by = Requests.Village, reason = "难。" })).Is(200);
        (await county.Post($"/api/party/{Text(codes, "p1")}/go-up", new { choice = "once" })).Is(200);

        Assert.DoesNotContain("您答复的期限", (await county.Get($"/api/party/{Text(codes, "p1")}")).Is(200).Text, StringComparison.Ordinal);
        Assert.Contains("您答复的期限", (await county.Get($"/api/party/{Text(codes, "p2")}")).Is(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_the_other_party_and_nothing_that_units_write_is_shown()
    {
        var registered = (await county.Post("/api/disputes", Requests.Register().With("danger", true))).Is(201).Json;

        var text = (await county.Get($"/api/party/{registered.GetProperty("codes").GetProperty("p1").GetString()}")).Is(200).Text;

        foreach (var hidden in (string[])[Requests.Applicant, Requests.Respondent, "林**", Requests.RespondentPhone, "p2", "排水沟", "激化", "公安", registered.GetProperty("codes").GetProperty("p2").GetString()!])
        {
            Assert.DoesNotContain(hidden, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_wrong_code_and_an_unknown_one_get_the_same_answer()
    {
        await using var own = await ServedCounty.Start();
        var unknown = PartyCode.Print(PartyCode.Draw());

        var answers = new[]
        {
            await own.Get($"/api/party/{unknown}"),
            await own.Get($"/api/party/{unknown[..^1]}2"),
            await own.Get("/api/party/%E4%B8%80"),
            await own.Post($"/api/party/{unknown}/refuse", new { choice = "refuse" }),
        };

        Assert.All(answers, answer => answer.IsProblem(404, "unknown-code", "There is no case with this code."));
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
    }

    [Fact]
    public async Task A_wrong_request_is_named()
    {
        var code = await Code("p1");

        (await county.Post($"/api/party/{code}/dance", new { choice = "x" })).IsProblem(404, "not-found");
        (await county.Post($"/api/party/{code}/go-up", new { })).IsInvalid(("choice", "is required; one of once, blanket, no"));
        (await county.Post($"/api/party/{code}/go-up", new { choice = "maybe", text = "a" })).IsInvalid(
            ("choice", "must be one of once, blanket, no"), ("text", "is not taken by this act"));
        (await county.Post($"/api/party/{code}/go-up", new { by = "p2" })).IsInvalid(("by", "is not a field of this request"));
    }

    [Fact]
    public async Task A_party_is_offered_what_the_case_would_take_from_it_now_and_no_more()
    {
        var body = Requests.Register().With("parties[0].consent", "notAsked");
        var codes = (await county.Post("/api/disputes", body)).Is(201).Json.GetProperty("codes");

        Assert.Equal(["consent yes,no", "go-up once,blanket,no", "refuse refuse", "withdraw withdraw"], await Can(Text(codes, "p1")!));
        // A respondent has nothing to withdraw, and this one has consented.
        Assert.Equal(["go-up once,blanket,no", "refuse refuse"], await Can(Text(codes, "p2")!));

        (await county.Post($"/api/party/{Text(codes, "p1")}/consent", new { choice = "yes" })).Is(200);
        (await county.Post($"/api/party/{Text(codes, "p1")}/go-up", new { choice = "once" })).Is(200);

        Assert.Equal(["go-up blanket,no", "refuse refuse", "withdraw withdraw"], await Can(Text(codes, "p1")!));
        (await county.Post($"/api/party/{Text(codes, "p2")}/withdraw", new { choice = "withdraw" })).IsProblem(409, "not-an-applicant");
    }

    [Fact]
    public async Task A_party_that_refuses_ends_the_case_and_is_told_the_other_ways()
    {
        var registered = (await county.Post("/api/disputes", Requests.Register())).Is(201).Json;
        var code = Text(registered.GetProperty("codes"), "p2");

        var view = (await county.Post($"/api/party/{code}/refuse", new { choice = "refuse" })).Is(200).Json;

        Assert.Equal(("refused", "有一方不愿意调解，调解已终止"), (Text(view, "status"), Text(view, "statusText")));
        Assert.Equal(["向人民法院提起民事诉讼。"], view.GetProperty("otherWays").EnumerateArray().Select(way => way.GetString()));
        Assert.Equal(["您可以评价，至", "您可以申请复查，至"], view.GetProperty("dates").EnumerateArray().Select(date => Text(date, "title")));
        var journal = (await county.Get($"/api/disputes/{Text(registered, "id")}/journal")).Is(200).Json.GetProperty("entries");
        Assert.Contains("Refused party:p2 party", journal.EnumerateArray().Select(entry =>
            $"{entry.GetProperty("line").GetProperty("what")} {entry.GetProperty("by")} {entry.GetProperty("via")}"));
    }

    [Fact]
    public async Task The_same_word_under_the_same_key_is_said_once_and_the_key_of_one_party_is_not_that_of_another()
    {
        var codes = (await county.Post("/api/disputes", Requests.Register())).Is(201).Json.GetProperty("codes");
        var (first, second) = (Text(codes, "p1")!, Text(codes, "p2")!);

        (await county.Post($"/api/party/{first}/go-up", new { choice = "once" }, "word")).Is(200);
        var again = (await county.Post($"/api/party/{first.ToLowerInvariant()}/go-up", new { choice = "once" }, "word")).Is(200);
        var other = (await county.Post($"/api/party/{second}/go-up", new { choice = "once" }, "word")).Is(200);

        Assert.True(again.Replayed);
        Assert.False(other.Replayed);
        Assert.Equal("p2", Text(other.Json.GetProperty("you"), "id"));
    }

    [Fact]
    public void Every_status_of_a_dispute_has_plain_words() =>
        Assert.All(Enum.GetValues<DisputeStatus>(), status => Assert.Matches("^\\p{IsCJKUnifiedIdeographs}", PartyWords.Status(status)));

    private async Task<IEnumerable<string>> Can(string code) =>
        (await county.Get($"/api/party/{code}")).Is(200).Json.GetProperty("can").EnumerateArray().Select(act =>
            $"{Text(act, "act")} {string.Join(',', act.GetProperty("choices").EnumerateArray().Select(choice => Text(choice, "choice")))}");

    private async Task<string> Code(string party) =>
        (await county.Post("/api/disputes", Requests.Register())).Is(201).Json.GetProperty("codes").GetProperty(party).GetString()!;

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
