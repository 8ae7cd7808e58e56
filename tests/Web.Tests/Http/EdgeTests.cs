using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Workflows.Web.Tests.Http;

/// <summary>What lies beside the endpoints.</summary>
public sealed class EdgeTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private static readonly string[] Pages = ["/", "/health", "/api/disputes", "/api/plans", "/api/policies", "/reports/2025-09", "/openapi/v1.json"];

    [Theory]
    [InlineData("/api/unknown")]
    [InlineData("/api")]
    [InlineData("/favicon.ico")]
    [InlineData("/api/disputes/D2025-00001/unknown")]
    [InlineData("/openapi/v2.json")]
    [InlineData("/%E6%9C%AA%E7%9F%A5")]
    public async Task An_unknown_path_is_a_problem(string path)
    {
        (await county.Get(path)).IsProblem(404, "not-found", $"Nothing is at {path}.");
        Assert.InRange((await county.Post(path, "{}")).Status, 404, 405);
    }

    [Theory]
    [InlineData("DELETE", "/api/disputes", "GET, POST")]
    [InlineData("PUT", "/api/disputes/D2025-00001", "GET")]
    [InlineData("POST", "/api/policies", "GET")]
    [InlineData("GET", "/api/disputes/D2025-00001/settle", "POST")]
    [InlineData("POST", "/", "GET")]
    [InlineData("PATCH", "/health", "GET")]
    [InlineData("OPTIONS", "/api/disputes", "GET, POST")]
    public async Task A_method_that_a_path_does_not_take_is_a_problem_that_names_those_it_takes(string method, string path, string allow)
    {
        var answer = await county.Send(new HttpRequestMessage(new HttpMethod(method), path));

        answer.IsProblem(405, "method-not-allowed", $"{path} does not take {method}.");
        Assert.Equal(allow, string.Join(", ", answer.ContentHeaders.Allow.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_head_gets_the_head_of_what_a_get_gets()
    {
        foreach (var path in Pages)
        {
            var get = await county.Get(path);
            var head = await county.Send(new HttpRequestMessage(HttpMethod.Head, path));

            Assert.Equal((200, get.ContentType, ""), (head.Status, head.ContentType, head.Text));
        }

        var missing = await county.Send(new HttpRequestMessage(HttpMethod.Head, "/api/disputes/D2025-99999"));
        Assert.Equal((404, "application/problem+json; charset=utf-8", ""), (missing.Status, missing.ContentType, missing.Text));
        Assert.Equal(404, (await county.Send(new HttpRequestMessage(HttpMethod.Head, "/nothing"))).Status);
        Assert.Equal(405, (await county.Send(new HttpRequestMessage(HttpMethod.Head, "/api/disputes/D2025-00001/settle"))).Status);
    }

    [Fact]
    public async Task A_slash_at_the_end_makes_no_difference()
    {
        foreach (var path in (string[])["/api/disputes", "/api/plans", "/api/plans/small", "/health"])
        {
            Assert.Equal((await county.Get(path)).Text, (await county.Get(path + "/")).Text);
        }
    }

    [Fact]
    public async Task The_county_is_healthy()
    {
        var health = await county.Get("/health");

        Assert.Equal((200, "text/plain; charset=utf-8", "ok"), (health.Status, health.ContentType, health.Text));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("localhost.evil.example")]
    [InlineData("192.168.0.7")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task A_foreign_host_is_refused(string host)
    {
        Assert.Equal(400, (await RawHttp.Send(county, ["GET / HTTP/1.1", $"Host: {host}"])).Status);
        Assert.Equal(400, (await RawHttp.Send(county, ["GET /api/disputes HTTP/1.1", $"Host: {host}"])).Status);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:9")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:8080")]
    public async Task This_machines_own_names_are_taken(string host) =>
        Assert.Equal(200, (await RawHttp.Send(county, ["GET /health HTTP/1.1", $"Host: {host}"])).Status);

    [Fact]
    public async Task Nothing_says_which_server_this_is()
    {
        foreach (var path in Pages)
        {
            Assert.False((await county.Get(path)).Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task What_goes_wrong_here_is_a_problem_that_tells_where_it_is_logged_and_nothing_else()
    {
        await using var own = await ServedCounty.Start(app =>
        {
            app.MapGet("/fails", string () => throw new InvalidOperationException("a secret of the inside"));
            app.MapGet("/fails-as-bad", string () => throw new BadHttpRequestException("too odd", StatusCodes.Status400BadRequest));
        });

        var answer = (await own.Get("/fails")).IsProblem(500, "error");
        (await own.Get("/fails-as-bad")).IsProblem(400, "bad-request", "too odd");

        var detail = answer.Json.GetProperty("detail").GetString()!;
        Assert.StartsWith("The error is logged under ", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", answer.Text, StringComparison.Ordinal);
        var line = Assert.Single(own.Logs.Lines, line => line.Contains("a secret of the inside", StringComparison.Ordinal));
        Assert.Contains(detail["The error is logged under ".Length..^1], line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_closed_is_a_problem_and_no_stack_trace()
    {
        await using var own = await ServedCounty.Start();
        var id = await own.Register();
        await ((IAsyncDisposable)own.County.Tables).DisposeAsync();

        foreach (var answer in (Answer[])[await own.Get($"/api/disputes/{id}"), await own.Get("/"), await own.Post("/api/disputes", Requests.Register())])
        {
            answer.IsProblem(500, "error");
            Assert.DoesNotContain("Disposed", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Workflows.", answer.Text, StringComparison.Ordinal);
        }
    }
}
