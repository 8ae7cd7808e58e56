using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions.Authentication;

namespace Workflows.Activities.Tests.Notices;

/// <summary>A mailbox behind the part of Microsoft Graph that mail needs, on a port of this machine.</summary>
internal sealed class GraphSink : IAsyncDisposable
{
    public const string Mailbox = "duban@county.example";
    public const string Token = "a-token-that-nobody-may-see";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, JsonObject> messages = new();
    private int next;
    private int underway;

    private GraphSink(WebApplication app) => this.app = app;

    /// <summary>Runs before a step is answered: create, find, change, send or delete. Null or false: it takes its course.</summary>
    public Func<string, HttpContext, Task<bool>>? Before { get; set; }

    /// <summary>Runs after a step was carried out and before its answer: throwing breaks the connection.</summary>
    public Action<string>? After { get; set; }

    public ConcurrentQueue<string> Steps { get; } = new();

    public ConcurrentQueue<string?> SignIns { get; } = new();

    public int AtOnceMost { get; private set; }

    public IReadOnlyList<JsonObject> Sent => [.. messages.Values.Where(message => !(bool)message["isDraft"]!)];

    public IReadOnlyList<JsonObject> Drafts => [.. messages.Values.Where(message => (bool)message["isDraft"]!)];

    public static async Task<GraphSink> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var sink = new GraphSink(app);
        var messages = app.MapGroup($"/v1.0/users/{Mailbox}/messages");
        messages.MapPost("", context => sink.Step("create", context, sink.Create));
        messages.MapGet("", context => sink.Step("find", context, sink.Find));
        messages.MapPatch("{id}", context => sink.Step("change", context, sink.Change));
        messages.MapPost("{id}/send", context => sink.Step("send", context, sink.Send));
        messages.MapDelete("{id}", context => sink.Step("delete", context, sink.Delete));
        app.MapFallback(context => Refuse(context, 404, "ErrorInvalidUser"));
        await app.StartAsync();
        return sink;
    }

    public GraphServiceClient Client() => new(
        new BaseBearerTokenAuthenticationProvider(new Tokens()),
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1.0");

    public static Task Refuse(HttpContext context, int status, string code, string text = "No.")
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = new { code, message = text } });
    }

    public void Clear() => messages.Clear();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static Task Answer(HttpContext context, int status, JsonNode body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body);
    }

    private async Task Step(string name, HttpContext context, Func<HttpContext, Task<Func<Task>>> carryOut)
    {
        lock (Steps)
        {
            AtOnceMost = Math.Max(AtOnceMost, ++underway);
        }

        try
        {
            Steps.Enqueue(name);
            SignIns.Enqueue(context.Request.Headers.Authorization);
            if (Before is { } before && await before(name, context))
            {
                return;
            }

            var answer = await carryOut(context);
            After?.Invoke(name);
            await answer();
        }
        catch (IOException)
        {
            context.Abort();
        }
        finally
        {
            lock (Steps)
            {
                underway--;
            }
        }
    }

    private async Task<Func<Task>> Create(HttpContext context)
    {
        var message = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        var id = $"AAMk{Interlocked.Increment(ref next)}=";
        message["id"] = id;
        message["isDraft"] = true;
        messages[id] = message;
        return () => Answer(context, 201, message);
    }

    private Task<Func<Task>> Find(HttpContext context)
    {
        var filter = context.Request.Query["$filter"].ToString();
        var found = messages.Values
            .Where(message => filter == $"internetMessageId eq '{message["internetMessageId"]}'")
            .Select(message => (JsonNode)new JsonObject { ["id"] = (string)message["id"]!, ["isDraft"] = (bool)message["isDraft"]! })
            .ToArray();
        return Task.FromResult<Func<Task>>(() => Answer(context, 200, new JsonObject { ["value"] = new JsonArray(found) }));
    }

    private async Task<Func<Task>> Change(HttpContext context)
    {
        var change = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        var message = Named(context);
        foreach (var (name, value) in change)
        {
            message[name] = value?.DeepClone();
        }

        return () => Answer(context, 200, message);
    }

    private Task<Func<Task>> Send(HttpContext context)
    {
        var message = Named(context);
        var people = message["toRecipients"]!.AsArray().Concat(message["ccRecipients"]!.AsArray())
            .Select(to => (string)to!["emailAddress"]!["address"]!);
        if (people.FirstOrDefault(to => to.StartsWith("perm-", StringComparison.Ordinal)) is { } bad)
        {
            return Task.FromResult<Func<Task>>(
                () => Refuse(context, 400, "ErrorInvalidRecipients", $"Recipient '{bad}' is not resolved."));
        }

        message["isDraft"] = false;
        return Task.FromResult<Func<Task>>(() => Task.FromResult(context.Response.StatusCode = 202));
    }

    private Task<Func<Task>> Delete(HttpContext context)
    {
        messages.TryRemove((string)context.Request.RouteValues["id"]!, out _);
        return Task.FromResult<Func<Task>>(() => Task.FromResult(context.Response.StatusCode = 204));
    }

    private JsonObject Named(HttpContext context) => messages[(string)context.Request.RouteValues["id"]!];

    private sealed class Tokens : IAccessTokenProvider
    {
        public AllowedHostsValidator AllowedHostsValidator { get; } = new();

        public Task<string> GetAuthorizationTokenAsync(
            Uri uri, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(Token);
    }
}
