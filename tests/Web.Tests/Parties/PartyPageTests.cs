using System.Net;
using System.Text.RegularExpressions;

namespace Workflows.Web.Tests.Parties;

/// <summary>The party's pages, as a browser without scripts uses them.</summary>
public sealed partial class PartyPageTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_page_asks_for_a_code_and_holds_nothing_that_runs()
    {
        var page = await county.Get("/party");

        Assert.Equal((200, "text/html; charset=utf-8"), (page.Status, page.ContentType));
        Assert.Contains("<label for=\"code\">查询码</label>", page.Text, StringComparison.Ordinal);
        Assert.Contains("lang=\"zh-CN\"", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" on", Attributes().Replace(page.Text, ""), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("form-action 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("same-origin", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(page.Headers.CacheControl!.NoStore);
        Assert.False(page.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_code_opens_the_case_and_stands_in_no_address()
    {
        var code = await Code("p2");

        var page = await Post("/party", ("code", code.ToLowerInvariant()));

        Assert.Equal(200, page.Status);
        Assert.Contains("已登记，等待调解组织接手", page.Text, StringComparison.Ordinal);
        Assert.Contains("2025年9月17日", page.Text, StringComparison.Ordinal);
        Assert.Contains("被申请人林**", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("陈**", page.Text, StringComparison.Ordinal);
        Assert.All(Links().Matches(page.Text), link => Assert.DoesNotContain(code, link.Value, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_wrong_code_is_said_where_it_is_typed()
    {
        var page = await Post("/party", ("code", "<b>x</b>"));

        Assert.Equal(404, page.Status);
        Assert.Contains("没有找到与此查询码对应的纠纷", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>x", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_says_what_the_party_chose_and_says_it_once_when_it_is_sent_twice()
    {
        var code = await Code("p1");
        var once = Once().Match((await Post("/party", ("code", code))).Text).Groups[1].Value;

        var first = await Post("/party/act", ("code", code), ("act", "go-up"), ("choice", "once"), ("once", once));
        var again = await Post("/party/act", ("code", code), ("act", "go-up"), ("choice", "once"), ("once", once));

        Assert.Equal((200, 200), (first.Status, again.Status));
        Assert.Contains("已收到您的意见。", again.Text, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(again.Text, "有一方答复了是否同意由上一级继续调解"));
    }

    [Fact]
    public async Task A_form_without_a_choice_or_too_late_is_said_and_changes_nothing()
    {
        var code = await Code("p1");

        Assert.Contains("请选择一项", (await Post("/party/act", ("code", code), ("act", "go-up"))).Text, StringComparison.Ordinal);
        await Post("/party/act", ("code", code), ("act", "withdraw"), ("choice", "withdraw"));
        var late = await Post("/party/act", ("code", code), ("act", "go-up"), ("choice", "once"));

        Assert.Contains("现在不能这样办理", late.Text, StringComparison.Ordinal);
        Assert.Contains("申请已撤回，调解已终止", late.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("是否同意由上一级调解组织继续调解", late.Text, StringComparison.Ordinal);
        Assert.Contains("<legend>申请重新调解</legend>", late.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Origin", "https://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "", 200)]
    public async Task A_form_of_another_site_is_refused(string header, string value, int status)
    {
        var code = await Code("p1");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/party") { Content = new FormUrlEncodedContent([new("code", code)]) };
        request.Headers.TryAddWithoutValidation(header, value.Length == 0 ? county.Address.GetLeftPart(UriPartial.Authority) : value);

        Assert.Equal(status, (await county.Send(request)).Status);
    }

    [Fact]
    public async Task What_is_no_form_or_too_large_is_a_page_that_says_so()
    {
        Assert.Equal(415, (await county.Post("/party", new { code = "x" })).Status);
        Assert.Equal(400, (await Post("/party", ("code", new string('x', 100_000)))).Status);
        Assert.Equal(400, (await Post("/party", [.. Enumerable.Range(0, 50).Select(number => ($"f{number}", "x"))])).Status);
        Assert.Equal(404, (await Post("/party")).Status);
    }

    private async Task<string> Code(string party) =>
        (await county.Post("/api/disputes", Requests.Register())).Is(201).Json.GetProperty("codes").GetProperty(party).GetString()!;

    private async Task<Answer> Post(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await county.Http.PostAsync(path, form, Cancellation);
        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        return await Answer.Of(response);
    }

    [GeneratedRegex(">[^<]*<|<style.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Attributes();

    [GeneratedRegex("name=\"once\" value=\"([0-9a-f]{32})\"")]
    private static partial Regex Once();

    [GeneratedRegex("(action|href)=\"[^\"]*\"")]
    private static partial Regex Links();
}
