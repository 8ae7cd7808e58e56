using System.Globalization;
using System.Text.Json.Nodes;

namespace Workflows.Web.Tests.Disputes;

/// <summary>The one code of a case, wherever it is shown, and the case by its code.</summary>
public sealed class OfficialCodeTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_case_shows_its_code_in_its_view_in_lists_on_pages_in_tables_and_in_mails()
    {
        var registered = (await county.Post("/api/disputes", Requests.Register())).Is(201).Json;
        var id = registered.GetProperty("id").GetString()!;
        var code = Code(id);

        Assert.Equal(code, registered.GetProperty("code").GetString());
        Assert.Equal(code, (await county.Get($"/api/disputes/{id}")).Json.GetProperty("code").GetString());
        Assert.Equal(code, (await county.All("/api/disputes")).First(item => item.GetProperty("id").GetString() == id).GetProperty("code").GetString());
        Assert.Contains($">{code}</a>", (await county.Get("/")).Text, StringComparison.Ordinal);
        var table = await county.Http.GetStringAsync("/api/disputes/export.csv?from=2025-09-15&to=2025-09-15", Cancellation);
        Assert.Contains(table.Split("\r\n"), line => line.StartsWith(id, StringComparison.Ordinal) && line.EndsWith($",{code}", StringComparison.Ordinal));

        var own = registered.GetProperty("codes").GetProperty("p1").GetString()!;
        Assert.Equal(code, (await county.Get($"/api/party/{own}")).Is(200).Json.GetProperty("code").GetString());
        using var form = new FormUrlEncodedContent([new("code", own)]);
        using var page = await county.Http.PostAsync("/party", form, Cancellation);
        Assert.Contains($"<dt>编号</dt><dd>{code}</dd>", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        await county.Idle();
        var mails = Directory.EnumerateFiles(county.County.Options.Outbox, "*.eml", SearchOption.AllDirectories)
            .Select(file => MimeKit.MimeMessage.Load(file, Cancellation));
        Assert.Contains(mails, mail => mail.Subject!.Contains(code, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("仙调〔2025〕{0}号")]
    [InlineData("仙调 [2025] {0} 号")]
    [InlineData("仙调（２０２５）{0}号")]
    public async Task A_case_is_found_by_its_code_however_it_is_typed(string typed)
    {
        var id = await county.Register();

        var found = (await county.Post("/api/disputes/search", new { code = string.Format(CultureInfo.InvariantCulture, typed, Number(id)) })).Is(200).Json;

        Assert.Equal(
            [(id, "p1", Code(id)), (id, "p2", Code(id))],
            found.GetProperty("items").EnumerateArray().Select(item =>
                (item.GetProperty("case").GetString()!, item.GetProperty("party").GetString()!, item.GetProperty("code").GetString()!)));
        Assert.DoesNotContain(Requests.Applicant, found.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_of_no_case_finds_nothing_and_is_not_looked_for_with_something_else()
    {
        Assert.Equal(0, (await county.Post("/api/disputes/search", new { code = "仙调〔2025〕99999号" })).Is(200).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await county.Post("/api/disputes/search", new { code = "什么" })).Is(200).Json.GetProperty("items").GetArrayLength());
        (await county.Post("/api/disputes/search", new { code = " " })).IsInvalid(("code", "is required"));
        (await county.Post("/api/disputes/search", new { code = "仙调〔2025〕1号", name = "甲" }))
            .IsInvalid(("name", "one of name, phone, identityNumber and code is looked for, and no more"));
    }

    [Fact]
    public async Task A_set_of_rules_without_words_is_served_and_its_cases_go_by_their_ids()
    {
        await using var old = await ServedCounty.Start(changeSeeds: seeds =>
        {
            var file = Path.Combine(seeds, "disputes.json");
            var disputes = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            disputes.Remove("codes");
            File.WriteAllText(file, disputes.ToJsonString());
        });
        var id = await old.Register();

        Assert.Equal(id, (await old.Get($"/api/disputes/{id}")).Json.GetProperty("code").GetString());
        Assert.Equal(2, (await old.Post("/api/disputes/search", new { code = id })).Is(200).Json.GetProperty("items").GetArrayLength());
    }

    private static int Number(string id) => int.Parse(id[6..], CultureInfo.InvariantCulture);

    private static string Code(string id) => $"仙调〔2025〕{Number(id)}号";
}
