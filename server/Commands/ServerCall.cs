using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Workflows.Orchestrations.Durable;

namespace Workflows.Server.Commands;

/// <summary>A good answer of the server.</summary>
internal sealed record ServerAnswer(byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Bytes);
}

/// <summary>The server refused, and said why.</summary>
internal sealed class ServerRefusedException(string message) : Exception(message);

/// <summary>Asks a running server; its problems become sentences.</summary>
internal sealed class ServerCall(HttpClient http)
{
    private const int NoAnswer = 3;

    /// <summary>A file of five thousand rows takes its time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static JsonSerializerOptions Readable { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Where the running server is.</summary>
    public static Option<string> Url() => new("--url")
    {
        Description = "Where the server is.",
        DefaultValueFactory = _ => $"http://localhost:{CommonOptions.DefaultPort}",
        Recursive = true,
    };

    /// <summary>Runs a command; its expected troubles end in a line on standard error and an exit code.</summary>
    public static Task<int> Run(string url, Func<ServerCall, Task> command, CancellationToken cancellation) => Run(
        url,
        async server =>
        {
            await command(server);
            return 0;
        },
        cancellation);

    public static async Task<int> Run(string url, Func<ServerCall, Task<int>> command, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            await Console.Error.WriteLineAsync("--url must be an address such as http://localhost:5080.");
            return 1;
        }

        using var http = new HttpClient { BaseAddress = address, Timeout = Patience };
        try
        {
            return await CommonOptions.Run(() => command(new ServerCall(http)));
        }
        catch (ServerRefusedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
        catch (Exception trouble) when (trouble is HttpRequestException || (trouble is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            await Console.Error.WriteLineAsync($"{url} does not answer: {trouble.Message}");
            return NoAnswer;
        }
    }

    public Task<ServerAnswer> Get(string path, CancellationToken cancellation) => Send(new HttpRequestMessage(HttpMethod.Get, path), cancellation);

    public Task<ServerAnswer> Post(string path, object body, CancellationToken cancellation) =>
        Post(path, Wire.Write(body), "application/json", cancellation);

    public Task<ServerAnswer> Post(string path, byte[] body, string type, CancellationToken cancellation) => Send(
        new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
        },
        cancellation);

    private async Task<ServerAnswer> Send(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            using var response = await http.SendAsync(request, cancellation);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
            return response.IsSuccessStatusCode
                ? new ServerAnswer(bytes)
                : throw new ServerRefusedException(Words(response.StatusCode, bytes));
        }
    }

    /// <summary>A problem as a person reads it: each field with its rules, or the reason.</summary>
    private static string Words(HttpStatusCode status, byte[] body)
    {
        try
        {
            var problem = JsonDocument.Parse(body).RootElement;
            if (problem.TryGetProperty("errors", out var errors))
            {
                return string.Join('\n', errors.EnumerateObject().SelectMany(field => field.Value.EnumerateArray().Select(rule => $"{field.Name} {rule.GetString()}.")));
            }

            return $"{problem.GetProperty("detail").GetString()} ({problem.GetProperty("code").GetString()})";
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"The server answered {(int)status}.";
        }
    }
}
