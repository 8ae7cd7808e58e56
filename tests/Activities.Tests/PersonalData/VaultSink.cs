using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Activities.PersonalData;

namespace Workflows.Activities.Tests.PersonalData;

/// <summary>
/// The part of a key vault that keys need, on a port of this machine. The client asks for <see cref="Address"/> as it
/// would in Azure, its check of the sign-in challenge included; only the connection is led here.
/// </summary>
internal sealed class VaultSink : IAsyncDisposable
{
    public const string Token = "a-token-that-nobody-may-see";
    private const int PageSize = 2;

    private readonly WebApplication app;

    private VaultSink(WebApplication app) => this.app = app;

    public static Uri Address { get; } = new("https://county.vault.azure.net");

    /// <summary>Every version of each secret, the first first.</summary>
    public ConcurrentDictionary<string, List<Secret>> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers instead, when it says so.</summary>
    public Func<HttpContext, bool>? Instead { get; set; }

    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<VaultSink> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var sink = new VaultSink(app);
        app.MapGet("/secrets", context => sink.Answer(context, sink.List));
        app.MapGet("/secrets/{name}/{version?}", context => sink.Answer(context, sink.Get));
        app.MapPut("/secrets/{name}", context => sink.Answer(context, sink.Set));
        await app.StartAsync();
        return sink;
    }

    /// <summary>A new client, as another host would have.</summary>
    public KeyVaultElements Client()
    {
        var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return new KeyVaultElements(Address, new Identity(), new HttpClientTransport(new HttpClient(new Detour(port))));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static string? Name(HttpContext context) => (string?)context.Request.RouteValues["name"];

    private static JsonObject Properties(string name, Secret secret) => new()
    {
        ["id"] = $"{Address}secrets/{name}",
        ["contentType"] = secret.ContentType,
        ["attributes"] = new JsonObject { ["enabled"] = secret.Enabled },
    };

    private async Task Answer(HttpContext context, Func<HttpContext, JsonNode, JsonObject?> answer)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.Headers.WWWAuthenticate =
                """Bearer authorization="https://login.microsoftonline.com/00000000-0000-0000-0000-000000000001", resource="https://vault.azure.net" """;
            context.Response.StatusCode = 401;
            return;
        }

        Requests.Enqueue($"{context.Request.Method} {Name(context)}".TrimEnd());
        if (Instead?.Invoke(context) == true)
        {
            return;
        }

        var asked = HttpMethods.IsPut(context.Request.Method) ? await JsonNode.ParseAsync(context.Request.Body) : null;
        var body = answer(context, asked ?? new JsonObject());
        context.Response.StatusCode = body is null ? 404 : 200;
        await context.Response.WriteAsJsonAsync(
            body ?? new JsonObject { ["error"] = new JsonObject { ["code"] = "SecretNotFound", ["message"] = "No." } });
    }

    private JsonObject? List(HttpContext context, JsonNode asked)
    {
        var from = int.TryParse(context.Request.Query["$skiptoken"], out var skip) ? skip : 0;
        var names = Secrets.Keys.Order(StringComparer.Ordinal).ToArray();
        var page = names.Skip(from).Take(PageSize).Select(name => (JsonNode)Properties(name, Secrets[name][^1])).ToArray();
        return new JsonObject
        {
            ["value"] = new JsonArray(page),
            ["nextLink"] = from + PageSize < names.Length
                ? $"{Address}secrets?api-version={context.Request.Query["api-version"]}&$skiptoken={from + PageSize}"
                : null,
        };
    }

    private JsonObject? Get(HttpContext context, JsonNode asked)
    {
        var name = Name(context)!;
        if (!Secrets.TryGetValue(name, out var versions))
        {
            return null;
        }

        var body = Properties(name, versions[^1]);
        body["value"] = versions[^1].Value;
        return body;
    }

    private JsonObject? Set(HttpContext context, JsonNode asked)
    {
        Secrets.GetOrAdd(Name(context)!, _ => []).Add(new Secret((string)asked["value"]!, (string?)asked["contentType"]));
        return Get(context, asked);
    }

    public sealed record Secret(string Value, string? ContentType = null, bool Enabled = true);

    private sealed class Identity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(Token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    private sealed class Detour(int port) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            base.Send(Lead(request), cancellationToken);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            base.SendAsync(Lead(request), cancellationToken);

        private HttpRequestMessage Lead(HttpRequestMessage request)
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = "http", Host = "127.0.0.1", Port = port }.Uri;
            return request;
        }
    }
}
