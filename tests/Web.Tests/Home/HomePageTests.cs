namespace Workflows.Web.Tests.Home;

public sealed class HomePageTests
{
    [Fact]
    public async Task Before_anything_has_happened_the_page_says_where_to_look()
    {
        await using var county = await ServedCounty.Start();

        var page = await county.Get("/");

        Assert.Equal((200, "text/html; charset=utf-8"), (page.Status, page.ContentType));
        Assert.StartsWith("<!doctype html>", page.Text, StringComparison.Ordinal);
        Assert.Contains("<title>仙游县纠纷化解与任务督办</title>", page.Text, StringComparison.Ordinal);
        Assert.Contains("今天是2025年9月15日。", page.Text, StringComparison.Ordinal);
        foreach (var link in (string[])["/reports/2025-09", "/openapi/v1.json", "/api/notices", "/api/flows"])
        {
            Assert.Contains($"href=\"{link}\"", page.Text, StringComparison.Ordinal);
            Assert.Equal(200, (await county.Get(link)).Status);
        }
    }

    [Fact]
    public async Task Disputes_and_assignments_are_shown_in_Chinese_with_their_next_dates()
    {
        await using var county = await ServedCounty.Start();
        var id = await county.Register();
        await county.ActivateSmallPlan();

        var page = (await county.Get("/")).Text;

        Assert.Contains($"<a href=\"/disputes/{id}\">仙调〔2025〕1号</a>", page, StringComparison.Ordinal);
        foreach (var word in (string[])["待签收", "村级", "圣山村委会", "邻里纠纷", "2025-09-15", "2025-09-17", "small.T1.sfj", "县司法局", "2025-09-18"])
        {
            Assert.Contains(word, page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("阿明", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_a_caller_sent_becomes_markup()
    {
        await using var county = await ServedCounty.Start();
        const string script = "<script>alert(1)</script>";
        await county.Register(Requests.Register().With("summary", script).With("parties[0].name", script).With("parties[0].address", script));
        (await county.Post("/api/disputes", Requests.Register().With("category", script))).IsProblem(400, "invalid-request");
        (await county.Post("/api/disputes", Requests.Register().With("by", script))).IsProblem(400, "invalid-request");

        Assert.DoesNotContain("<script", (await county.Get("/")).Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", (await county.Get("/reports/2025-09")).Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", (await county.Get($"/{Uri.EscapeDataString(script)}")).Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", (await county.Get($"/api/disputes/{Uri.EscapeDataString(script)}")).Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Names_of_units_and_tasks_are_escaped()
    {
        await using var county = await ServedCounty.Start(changeSeeds: seeds =>
        {
            var units = Path.Combine(seeds, "units.json");
            File.WriteAllText(units, File.ReadAllText(units).Replace("\"name\": \"县司法局\"", "\"name\": \"<b>县司法局</b>\"", StringComparison.Ordinal));
        });
        await county.ActivateSmallPlan();

        var page = (await county.Get("/")).Text;

        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;县司法局&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<试点>", page, StringComparison.Ordinal);
        Assert.Contains("疏导机制&lt;试点&gt;&amp;&quot;一站式&quot;", page, StringComparison.Ordinal);
    }
}
