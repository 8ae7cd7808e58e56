namespace Workflows.Web.Tests.Disputes;

/// <summary>What units see of disputes in a browser.</summary>
public sealed class DisputePageTests
{
    [Fact]
    public async Task The_open_disputes_are_on_one_page_those_first_that_need_somebody_first()
    {
        await using var county = await ServedCounty.Start();
        var first = await county.Register();
        var second = await county.Register();
        (await county.Post($"/api/disputes/{first}/sign-for", new { by = Requests.Village })).Is(200);
        await county.Until("2025-09-18 12:00");

        var page = await county.Get("/disputes");

        Assert.Equal((200, "text/html; charset=utf-8"), (page.Status, page.ContentType));
        foreach (var word in (string[])["在办纠纷<a href=\"/api/disputes?open=true\">2</a>件", "村级2件，镇级0件", "未按期签收：<a href=\"/api/disputes?board=not-signed-for\">1</a>件", "征询移送意见", "圣山村委会"])
        {
            Assert.Contains(word, page.Text, StringComparison.Ordinal);
        }

        Assert.True(page.Text.IndexOf($"/disputes/{second}\"", StringComparison.Ordinal) < page.Text.IndexOf($"/disputes/{first}\"", StringComparison.Ordinal));
        Assert.DoesNotContain(Requests.Applicant, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dispute_has_a_page_with_its_terms_why_they_end_when_they_do_and_what_happened()
    {
        await using var county = await ServedCounty.Start();
        var id = await county.Register();
        (await county.Post($"/api/disputes/{id}/sign-for", new { by = Requests.Village })).Is(200);

        var page = await county.Get($"/disputes/{id}");

        Assert.Equal(200, page.Status);
        foreach (var word in (string[])["<h1>仙调〔2025〕1号</h1>", "调处中", "本级调处期限", "总期限", "2025-12-15", "<summary>自2025-09-15起算</summary>", "申请人", "陈**", "登记受理：圣山村委会，邻里纠纷，涉及2人。", $"/api/disputes/{id}/journal"])
        {
            Assert.Contains(word, page.Text, StringComparison.Ordinal);
        }

        foreach (var secret in (string[])[Requests.Applicant, Requests.Respondent, Requests.ApplicantPhone, "排水沟"])
        {
            Assert.DoesNotContain(secret, page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task After_its_end_the_page_shows_what_is_followed_and_by_when()
    {
        await using var county = await ServedCounty.Start();
        var id = await county.Register();
        (await county.Post($"/api/disputes/{id}/sign-for", new { by = Requests.Village })).Is(200);
        (await county.Post($"/api/disputes/{id}/settle", new { by = Requests.Village, form = "oral", on = "2025-09-15", terms = "各半。" })).Is(200);

        var page = (await county.Get($"/disputes/{id}")).Text;

        foreach (var word in (string[])["达成协议", "共同申请司法确认", "2025-10-15", "回访当事人", "评价"])
        {
            Assert.Contains(word, page, StringComparison.Ordinal);
        }

        Assert.Contains("<p class=\"none\">没有在办纠纷。</p>", (await county.Get("/disputes")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_a_dispute_has_no_page()
    {
        await using var county = await ServedCounty.Start();

        foreach (var id in (string[])["D2025-00009", "x", "a%20b"])
        {
            (await county.Get($"/disputes/{id}")).IsProblem(404, "not-found");
        }
    }
}
