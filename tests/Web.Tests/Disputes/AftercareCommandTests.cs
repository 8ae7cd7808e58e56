using System.Text.Json;

namespace Workflows.Web.Tests.Disputes;

/// <summary>What can be said to a dispute after its end, over HTTP, and what it shows then.</summary>
public sealed class AftercareCommandTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private const string ClauseText = "乙方修复围墙，不再堆放杂物。";

    private static object Written => new
    {
        by = Requests.Village,
        form = "written",
        on = "2025-09-15",
        clauses = new object[]
        {
            new { text = ClauseText, party = "p2", due = "2025-09-30" },
            new { text = "乙方补偿甲方损失。", party = "p2", amount = 1200.5, due = "2025-10-31" },
            new { text = "双方今后互谅互让。" },
        },
        signatures = new[] { new { by = "p1", on = "2025-09-15" }, new { by = "p2", on = "2025-09-15" }, new { by = "mediator", on = "2025-09-15" } },
    };

    [Theory]
    [InlineData("3000-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01")]
    public async Task A_clause_is_due_on_a_day_that_can_be_counted(string due)
    {
        var id = await county.RegisterMediated();

        (await county.Post($"/api/disputes/{id}/settle", new { by = Requests.Village, form = "oral", on = "2025-09-15", clauses = new[] { new { text = ClauseText, due } } }))
            .IsInvalid(("clauses[0].due", "must be from 1900-01-01 to 2999-12-31"));
    }

    [Fact]
    public async Task A_written_agreement_waits_for_the_seal_and_then_shows_its_clauses_and_clocks()
    {
        var id = await county.RegisterMediated();

        var waiting = (await county.Post($"/api/disputes/{id}/settle", Written)).Is(200);
        Assert.Equal(["signatures", "callBack", "rating", "reviewAsking", "reopening"], Kinds(waiting.Json));
        Assert.False(Agreement(waiting.Json).TryGetProperty("on", out _));

        var sealed_ = (await county.Post($"/api/disputes/{id}/signatures", new { by = Requests.Village, signatures = new[] { new { by = "seal", on = "2025-09-15" } } })).Is(200);

        Assert.Equal("2025-09-15", Agreement(sealed_.Json).GetProperty("on").GetString());
        Assert.Equal([1, 2, 3], Agreement(sealed_.Json).GetProperty("clauses").EnumerateArray().Select(clause => clause.GetProperty("number").GetInt32()));
        Assert.Equal(
            ["callBack", "rating", "reviewAsking", "reopening", "confirmation", "performance 1", "performance 2"], Kinds(sealed_.Json));
        Assert.DoesNotContain(ClauseText, sealed_.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(ClauseText, (await county.Get($"/api/disputes/{id}/journal")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_after_the_end_can_be_said_and_is_shown()
    {
        var id = await Settled();

        await Say(id, "confirmation-applied", new { by = Requests.Village, on = "2025-09-15" });
        await Say(id, "confirmation-decided", new { by = Requests.Village, decision = "rejected", on = "2025-09-15" });
        await Say(id, "clause-performed", new { by = Requests.Village, clause = 1 });
        await Say(id, "call-backs", new { by = Requests.Village, party = "p1", result = "satisfied", record = "已接通。" });
        await Say(id, "ratings", new { by = Requests.Village, party = "p2", stars = 1, comment = "等得太久。" });
        await Say(id, "mend-told", new { by = Requests.Township, party = "p2", told = "已说明原因并改进。" });
        await Say(id, "reviews", new { by = Requests.Village, party = "p2", reason = "认为处理不公。" });
        var shown = await Say(id, "review-answers", new { by = Requests.Township, party = "p2", outcome = "upheld", answer = "经复查维持。" });

        var aftercare = shown.GetProperty("aftercare");
        Assert.Equal("rejected", aftercare.GetProperty("confirmation").GetProperty("state").GetString());
        Assert.Equal("performed", aftercare.GetProperty("clauses")[0].GetProperty("state").GetString());
        Assert.Equal("satisfied", aftercare.GetProperty("parties")[0].GetProperty("callBack").GetString());
        var rater = aftercare.GetProperty("parties")[1];
        Assert.Equal((1, true, "upheld"), (rater.GetProperty("stars").GetInt32(), rater.GetProperty("mended").GetBoolean(), rater.GetProperty("reviewed").GetString()));
        var row = (await county.All("/api/disputes?aftercare=call-back")).Single(item => item.GetProperty("id").GetString() == id);
        Assert.Equal([1], row.GetProperty("ratings").EnumerateArray().Select(stars => stars.GetInt32()));
        Assert.Contains(id, (await county.All("/api/disputes?status=settled")).Select(item => item.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_withdrawn_case_is_taken_up_again_under_its_number()
    {
        var id = await county.RegisterMediated();
        (await county.Post($"/api/disputes/{id}/withdraw", new { by = Requests.Village, party = "p1" })).Is(200);

        var again = await Say(id, "reopen", new { by = Requests.Village, party = "p1", reason = "对方反悔。" });

        Assert.Equal(("offered", 1), (again.GetProperty("status").GetString(), again.GetProperty("reopenings").GetInt32()));
        Assert.False(again.TryGetProperty("outcome", out _));
    }

    [Theory]
    [InlineData("clause-performed", """{ "by": "350322103203", "clause": 0 }""", "clause")]
    [InlineData("clause-performed", """{ "by": "350322103203" }""", "clause")]
    [InlineData("clause-not-performed", """{ "by": "350322103203", "clause": 1, "party": "p2" }""", "reason")]
    [InlineData("ratings", """{ "by": "350322103203", "party": "p1", "stars": 6 }""", "stars")]
    [InlineData("ratings", """{ "by": "350322103203", "party": "陈某", "stars": 5 }""", "party")]
    [InlineData("ratings", """{ "by": "350322103203", "party": "p1", "stars": 5, "comment": "" }""", "comment")]
    [InlineData("call-backs", """{ "by": "350322103203", "party": "p1", "result": "happy", "record": "x" }""", "result")]
    [InlineData("confirmation-decided", """{ "by": "350322103203", "decision": "perhaps", "on": "2025-09-15" }""", "decision")]
    [InlineData("confirmation-applied", """{ "by": "350322103203", "on": "15.9.2025" }""", "on")]
    [InlineData("signatures", """{ "by": "350322103203" }""", "signatures")]
    [InlineData("signatures", """{ "by": "350322103203", "signatures": [ { "by": "judge", "on": "2025-09-15" } ] }""", "signatures[0].by")]
    [InlineData("reviews", """{ "by": "350322103203", "party": "p1" }""", "reason")]
    [InlineData("review-answers", """{ "by": "350322103", "party": "p1", "outcome": "maybe", "answer": "x" }""", "outcome")]
    [InlineData("mend-told", """{ "by": "350322103", "party": "p1" }""", "told")]
    [InlineData("reopen", """{ "by": "350322103", "party": "p1" }""", "reason")]
    [InlineData("settle", """{ "by": "350322103203", "form": "oral", "on": "2025-09-15" }""", "terms")]
    [InlineData("settle", """{ "by": "350322103203", "form": "oral", "on": "2025-09-15", "terms": "x", "clauses": [ { "text": "x" } ] }""", "terms")]
    [InlineData("settle", """{ "by": "350322103203", "form": "oral", "on": "2025-09-15", "terms": "x", "facts": "y" }""", "facts")]
    [InlineData("settle", """{ "by": "350322103203", "form": "oral", "on": "2025-09-15", "facts": "", "clauses": [ { "text": "x" } ] }""", "facts")]
    [InlineData("settle", """{ "by": "350322103203", "form": "oral", "on": "2025-09-15", "clauses": [ { "text": "x", "manner": " " } ] }""", "clauses[0].manner")]
    [InlineData("settle", """{ "by": "350322103203", "form": "oral", "on": "2025-09-15", "clauses": [] }""", "clauses")]
    [InlineData("settle", """{ "by": "350322103203", "form": "oral", "on": "2025-09-15", "clauses": [ null ] }""", "clauses[0]")]
    [InlineData("settle", """{ "by": "350322103203", "form": "oral", "on": "2025-09-15", "clauses": [ { "text": "" } ] }""", "clauses[0].text")]
    [InlineData("settle", """{ "by": "350322103203", "form": "oral", "on": "2025-09-15", "clauses": [ { "text": "x", "amount": 0.001 } ] }""", "clauses[0].amount")]
    [InlineData("settle", """{ "by": "350322103203", "form": "oral", "on": "2025-09-15", "clauses": [ { "text": "x", "due": "soon" } ] }""", "clauses[0].due")]
    public async Task A_bad_field_is_named(string command, string body, string field)
    {
        var answer = (await county.Post($"/api/disputes/D2025-00001/{command}", body)).IsProblem(400, "invalid-request");

        Assert.True(answer.Json.GetProperty("errors").TryGetProperty(field, out _), answer.Text);
    }

    [Fact]
    public async Task What_comes_after_the_end_is_refused_before_it()
    {
        var id = await county.RegisterMediated();

        (await county.Post($"/api/disputes/{id}/ratings", new { by = Requests.Village, party = "p1", stars = 5 }))
            .IsProblem(409, "not-ended", "This is said after the end only; the dispute is Mediating.");
    }

    [Fact]
    public async Task The_agreement_names_who_acts_for_a_party_and_in_what_capacity()
    {
        var id = await county.RegisterMediated(Requests.Register().With("parties[0].representedBy", "guardian").With("parties[0].representativeName", "陈大伯"));
        (await county.Post($"/api/disputes/{id}/settle", new { by = Requests.Village, form = "oral", on = "2025-09-15", terms = ClauseText })).Is(200);

        await IsPage($"/disputes/{id}/agreement.html?by={Requests.Village}", $"申请人：{Requests.Applicant}，联系电话{Requests.ApplicantPhone}，监护人陈大伯。", $"被申请人：{Requests.Respondent}，联系电话{Requests.RespondentPhone}。");
    }

    [Fact]
    public async Task The_agreement_holds_the_facts_each_ones_responsibility_and_how_and_until_when_each_clause_is_performed()
    {
        const string facts = "乙方施工时挖断甲方水管，双方对赔偿数额有争议。\n乙方承担主要责任，甲方未标明管线，承担次要责任。";
        var id = await county.RegisterMediated();
        var settled = (await county.Post($"/api/disputes/{id}/settle", new
        {
            by = Requests.Village,
            form = "written",
            on = "2025-09-15",
            facts,
            clauses = new object[]
            {
                new { text = "乙方修复水管。", party = "p2" },
                new { text = "乙方赔偿损失。", party = "p2", amount = 800, due = "2025-09-30", manner = "转账至甲方账户" },
                new { text = "甲方标明管线。", party = "p1", manner = "设置标识牌" },
            },
        })).Is(200);

        await IsPage(
            $"/disputes/{id}/agreement.html?by={Requests.Village}",
            "二、主要事实、争议事项和各方责任",
            "乙方施工时挖断甲方水管，双方对赔偿数额有争议。</p>",
            "乙方承担主要责任，甲方未标明管线，承担次要责任。</p>",
            "（一）乙方修复水管。</p>\n<p class=\"text\">履行人",
            "金额：800.00元；履行方式：转账至甲方账户；履行期限：2025年9月30日前（含当日）。",
            "履行方式：设置标识牌。",
            "前（含当日）共同申请司法确认",
            "各执一份，调解组织留存一份（人民调解法第二十九条）");
        await IsDocx($"/disputes/{id}/agreement.docx?by={Requests.Village}", "二、主要事实、争议事项和各方责任", "承担次要责任。", "履行方式：转账至甲方账户");
        Assert.DoesNotContain("水管", settled.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("账户", settled.Text, StringComparison.Ordinal);

        // The line that says it was settled leads to what was said with it.
        var said = Agreement(settled.Json).GetProperty("factsText").GetString();
        Assert.Equal(facts, (await county.Get($"/api/disputes/{id}/texts/{said}?by={Requests.Village}")).Is(200).Json.GetProperty("text").GetString());
        Assert.Contains($"\"textId\":\"{said}\"", (await county.Get($"/api/disputes/{id}/journal")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_acts_for_a_party_signs_in_its_place()
    {
        var id = await county.Register(Requests.Register().With("parties[1].representedBy", "guardian").With("parties[1].representativeName", "林国强"));
        (await county.Post($"/api/disputes/{id}/sign-for", new { by = Requests.Village })).Is(200);
        (await county.Post($"/api/disputes/{id}/settle", Written)).Is(200);

        await IsPage(
            $"/disputes/{id}/agreement.html?by={Requests.Village}",
            $"申请人{Requests.Applicant}（签章或者按指印）：", $"被申请人{Requests.Respondent}（由监护人林国强签章或者按指印）：", "（人民调解组织印章）：");
    }

    [Fact]
    public async Task The_agreement_and_the_rights_notice_are_given_as_Word_and_as_pages()
    {
        var id = await Settled();
        await IsPage($"/disputes/{id}/agreement.html?by={Requests.Village}", "人民调解协议书", Requests.Applicant, $"（一）{ClauseText}", "金额：1,200.50元；履行期限：2025年10月31日前", "人民调解法第三十一条");
        await IsDocx($"/disputes/{id}/agreement.docx?by={Requests.Village}", ClauseText, Requests.Respondent, $"编号：仙调〔2025〕{int.Parse(id[6..], System.Globalization.CultureInfo.InvariantCulture)}号", "2025年9月15日");
        (await county.Get($"/disputes/{id}/rights-notice.html?by={Requests.Village}")).IsProblem(409, "no-rights-notice");
        (await county.Get($"/disputes/{id}/agreement.html")).IsProblem(400, "invalid-request");
        Assert.Equal(403, (await county.Get($"/disputes/{id}/agreement.html?by=mzj")).Status);
        Assert.Contains("PaperGiven", (await county.Get($"/api/disputes/{id}/personal-data/accesses")).Text, StringComparison.Ordinal);

        var refused = await county.RegisterMediated();
        (await county.Post($"/api/disputes/{refused}/refuse", new { by = Requests.Village, party = "p2" })).Is(200);
        await IsPage($"/disputes/{refused}/rights-notice.html?by={Requests.Village}", "向人民法院提起民事诉讼", Requests.Respondent);
        await IsDocx($"/disputes/{refused}/rights-notice.docx?by={Requests.Village}", "调解终止权利告知书", "一方当事人明确拒绝调解", "人民调解法第十七条、第二十六条");
        (await county.Get($"/disputes/{refused}/agreement.docx?by={Requests.Village}")).IsProblem(409, "no-agreement");
        (await county.Get($"/disputes/D2025-99999/agreement.docx?by={Requests.Village}")).IsProblem(404, "not-found");
    }

    private async Task IsPage(string path, params string[] words)
    {
        var answer = await county.Get(path);
        Assert.Equal((200, "text/html; charset=utf-8"), (answer.Status, answer.ContentType));
        Assert.All(words, word => Assert.Contains(word, answer.Text, StringComparison.Ordinal));
    }

    private async Task IsDocx(string path, params string[] words)
    {
        using var response = await county.Http.GetAsync(path, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)response.StatusCode);
        using var document = DocumentFormat.OpenXml.Packaging.WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
        Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken));
        var text = document.MainDocumentPart!.Document!.Body!.InnerText;
        Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.Equal(bytes, await county.Http.GetByteArrayAsync(path, TestContext.Current.CancellationToken));
    }

    private async Task<string> Settled()
    {
        var id = await county.RegisterMediated();
        (await county.Post($"/api/disputes/{id}/settle", Written)).Is(200);
        (await county.Post($"/api/disputes/{id}/signatures", new { by = Requests.Village, signatures = new[] { new { by = "seal", on = "2025-09-15" } } })).Is(200);
        return id;
    }

    private async Task<JsonElement> Say(string id, string command, object body) =>
        (await county.Post($"/api/disputes/{id}/{command}", body)).Is(200).Json;

    private static JsonElement Agreement(JsonElement dispute) => dispute.GetProperty("outcome").GetProperty("agreement");

    private static IEnumerable<string> Kinds(JsonElement dispute) => dispute.GetProperty("aftercare").GetProperty("clocks").EnumerateArray()
        .Select(item => item.GetProperty("kind").GetString() + (item.TryGetProperty("about", out var about) ? $" {about.GetString()}" : ""));
}
