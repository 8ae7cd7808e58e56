using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Activities.Webhooks;

namespace Workflows.Web.Tests.Webhooks;

/// <summary>Another system hears of steps; it listens on a loopback port, so the post is a real one.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private static readonly string[] Disputes = ["disputes"];
    private static readonly string[] Some = ["disputes", "people"];
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(IHeaderDictionary Headers, string Body)> taken = [];
    private ServedCounty county = null!;
    private WebApplication receiver = null!;
    private int answer = StatusCodes.Status204NoContent;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Url => $"{receiver.Urls.Single()}/receiver";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        receiver = builder.Build();
        receiver.MapPost("/receiver", (Delegate)Take);
        await receiver.StartAsync(Stop);
        county = await ServedCounty.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await county.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task Every_step_of_a_dispute_is_posted_once_in_order_and_signed()
    {
        var webhook = await Add("disputes");
        var id = await county.RegisterMediated();
        await Post();

        var messages = taken.Select(one => JsonSerializer.Deserialize<JsonElement>(one.Body)).ToList();
        Assert.Equal(["Registered", "SignedFor"], new[] { messages[0], messages[^1] }.Select(message => message.GetProperty("entries")[0].GetProperty("what").GetString()));
        Assert.All(messages, message => Assert.Equal(("dispute.changed", id), (message.GetProperty("type").GetString(), message.GetProperty("case").GetString())));
        Assert.Equal(Enumerable.Range(1, messages.Count), messages.Select(message => message.GetProperty("version").GetInt32()));
        Assert.Equal("mediating", messages[^1].GetProperty("status").GetString());
        (await county.Get(messages[0].GetProperty("url").GetString()!)).Is(200);
        Assert.All(taken, one => Assert.Equal(Signature(webhook.GetProperty("secret").GetString()!, one.Headers, one.Body), one.Headers["webhook-signature"]));
        Assert.All(taken, one => Assert.Equal(county.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), one.Headers["webhook-timestamp"]));
        await Post();
        Assert.Equal(messages.Count, taken.Count);
    }

    [Fact]
    public async Task Nothing_personal_is_posted_and_only_the_kinds_that_were_asked_for()
    {
        await Add("assignments", "sheets");
        await county.RegisterMediated();
        await county.ActivateSmallPlan();
        await Post();
        Assert.All(taken, one => Assert.Contains("assignment.changed", one.Body, StringComparison.Ordinal));
        Assert.NotEmpty(taken);

        taken.Clear();
        await Add("disputes");
        await county.RegisterMediated();
        await Post();
        Assert.NotEmpty(taken);
        Assert.All(taken, one => Assert.DoesNotContain(Requests.Applicant, Unescaped(one.Body), StringComparison.Ordinal));
        Assert.All(taken, one => Assert.DoesNotContain(Requests.ApplicantPhone, Unescaped(one.Body), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_another_system_does_not_take_waits_over_a_restart_and_comes_in_order_when_it_does()
    {
        var id = (await Add("disputes")).GetProperty("id").GetString();
        answer = StatusCodes.Status503ServiceUnavailable;
        await county.RegisterMediated();
        await Post();
        var failing = await Known(id);
        Assert.Equal(("failing", 1, "HTTP 503."), (failing.GetProperty("status").GetString(), failing.GetProperty("failures").GetInt32(), failing.GetProperty("lastError").GetString()));

        answer = StatusCodes.Status200OK;
        await county.Restart();
        county.Clock.Set(county.Clock.GetUtcNow().AddSeconds(59));
        await Post();
        Assert.Empty(taken);

        county.Clock.Set(county.Clock.GetUtcNow().AddSeconds(1));
        await Post();
        Assert.Equal(Enumerable.Range(1, taken.Count), taken.Select(one => JsonSerializer.Deserialize<JsonElement>(one.Body).GetProperty("version").GetInt32()));
        Assert.NotEmpty(taken);
        Assert.Equal("ok", (await Known(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Who_does_not_answer_for_three_days_is_stopped_until_somebody_lets_it_go_on()
    {
        var id = (await Add("disputes")).GetProperty("id").GetString();
        answer = StatusCodes.Status500InternalServerError;
        await county.Register();
        await Post();
        for (var hour = 0; hour < 71; hour++)
        {
            county.Clock.Set(county.Clock.GetUtcNow().AddHours(1));
            await Post();
        }

        Assert.Equal("failing", (await Known(id)).GetProperty("status").GetString());
        county.Clock.Set(county.Clock.GetUtcNow().AddHours(1));
        await Post();
        Assert.Equal("stopped", (await Known(id)).GetProperty("status").GetString());

        answer = StatusCodes.Status200OK;
        await Post();
        Assert.Empty(taken);
        (await county.Post($"/api/webhooks/{id}/resume", new { by = Requests.Supervision })).Is(200);
        await Post();
        Assert.NotEmpty(taken);
    }

    [Fact]
    public async Task Who_says_that_it_is_gone_is_stopped_at_once()
    {
        var id = (await Add("disputes")).GetProperty("id").GetString();
        answer = StatusCodes.Status410Gone;
        await county.Register();
        await Post();

        Assert.Equal("stopped", (await Known(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Who_was_removed_hears_of_nothing_more()
    {
        var id = (await Add("disputes")).GetProperty("id").GetString();
        answer = StatusCodes.Status503ServiceUnavailable;
        await county.Register();
        (await county.Post($"/api/webhooks/{id}/remove", new { by = Requests.Supervision })).Is(200);
        answer = StatusCodes.Status200OK;
        await county.Register();
        await Post();

        Assert.Empty(taken);
        (await county.Post($"/api/webhooks/{id}/resume", new { by = Requests.Supervision })).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task The_secret_is_shown_once_and_the_same_key_gives_the_same_webhook()
    {
        object body = new { by = Requests.Supervision, url = Url, kinds = Disputes };
        var first = (await county.Post("/api/webhooks", body, "once")).Is(201).Json;
        var again = (await county.Post("/api/webhooks", body, "once")).Is(201).Json;
        Assert.Equal(first.GetProperty("secret").GetString(), again.GetProperty("secret").GetString());

        var listed = Assert.Single((await county.Get("/api/webhooks")).Is(200).Json.GetProperty("webhooks").EnumerateArray());
        Assert.Equal(first.GetProperty("id").GetString(), listed.GetProperty("id").GetString());
        Assert.False(listed.TryGetProperty("secret", out _));
    }

    [Theory]
    [InlineData("ftp://example.org/x", "must be an absolute https address")]
    [InlineData("receiver", "must be an absolute https address")]
    [InlineData("http://example.org/x", "must be https; http is for this machine only")]
    [InlineData("https://user:word@example.org/x", "must name no user and no fragment")]
    public async Task A_wrong_address_is_refused_with_the_rule(string url, string rule) =>
        (await county.Post("/api/webhooks", new { by = Requests.Supervision, url, kinds = Disputes })).IsInvalid(("url", rule));

    [Fact]
    public async Task Everything_wrong_is_named_at_once() => (await county.Post("/api/webhooks", new { kinds = Some })).IsInvalid(
        ("by", "is required: the id of the unit that acts"), ("url", "is required"), ("kinds[1]", "must be one of disputes, assignments, sheets"));

    private async Task<IResult> Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(Stop);
        if (answer < StatusCodes.Status300MultipleChoices)
        {
            taken.Add((new HeaderDictionary(http.Request.Headers.ToDictionary(header => header.Key, header => header.Value)), body));
        }

        return Results.StatusCode(answer);
    }

    private async Task<JsonElement> Add(params string[] kinds) =>
        (await county.Post("/api/webhooks", new { by = Requests.Supervision, url = Url, kinds })).Is(201).Json;

    private async Task<JsonElement> Known(string? id) =>
        (await county.Get("/api/webhooks")).Is(200).Json.GetProperty("webhooks").EnumerateArray().Single(one => one.GetProperty("id").GetString() == id);

    private async Task Post()
    {
        await county.Idle();
        await county.Services.GetRequiredService<WebhookSender>().Run(Stop);
    }

    private static string Unescaped(string body) => JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(body), AsWritten);

    private static string Signature(string secret, IHeaderDictionary headers, string body) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(
        Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}")));
}
