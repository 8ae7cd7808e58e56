using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Supervision;

namespace Workflows.Server.Commands;

/// <summary>Drafts of plans that the running server keeps; these commands speak to it.</summary>
internal static class PlanDraftCommands
{
    private const string Path = "/api/plans/drafts";

    public static Option<string?> By() => new("--by") { Description = "Id of the unit that acts: the supervising office." };

    public static Option<string> Server() => new("--server")
    {
        Description = "Where the county is served.",
        DefaultValueFactory = _ => $"http://localhost:{CommonOptions.DefaultPort}",
    };

    public static Command List()
    {
        var server = Server();
        var command = new Command("drafts", "Lists the drafts that the running server keeps.") { server };
        command.SetAction((parsed, cancellation) => CommonOptions.Run(async () =>
        {
            foreach (var draft in (await Ask(parsed.GetRequiredValue(server), HttpMethod.Get, Path, null, cancellation)).EnumerateArray())
            {
                var state = draft.TryGetProperty("activatedAt", out _) ? "active" : $"{draft.GetProperty("openQuestions").GetInt32()} open questions";
                Console.WriteLine($"{draft.GetProperty("id").GetString()}  {draft.GetProperty("tasks").GetInt32()} tasks, {draft.GetProperty("indicators").GetInt32()} indicators, {state}");
            }

            return 0;
        }));
        return command;
    }

    public static Command Activate()
    {
        var id = new Argument<string>("draft") { Description = "Id of the draft." };
        var by = By();
        var confirm = new Option<string?>("--confirm") { Description = "The confirmation that the summary shows; without it the summary is printed and nothing begins." };
        var server = Server();
        var command = new Command("activate", "Starts the supervision of everything a draft means.") { id, by, confirm, server };
        command.SetAction((parsed, cancellation) => CommonOptions.Run(() => Activate(
            parsed.GetRequiredValue(server), parsed.GetRequiredValue(id), parsed.GetValue(by), parsed.GetValue(confirm), cancellation)));
        return command;
    }

    public static async Task<int> Upload(string server, string file, string? by, CancellationToken cancellation)
    {
        var content = Convert.ToBase64String(await File.ReadAllBytesAsync(file, cancellation));
        var draft = await Ask(server, HttpMethod.Post, Path, new UploadPlan(by, content), cancellation);
        Console.WriteLine($"Draft {draft.GetProperty("id").GetString()}: {draft.GetProperty("draft").GetProperty("tasks").GetArrayLength()} tasks, {draft.GetProperty("open").GetArrayLength()} open questions.");
        return 0;
    }

    private static async Task<int> Activate(string server, string id, string? by, string? confirm, CancellationToken cancellation)
    {
        var path = $"{Path}/{Uri.EscapeDataString(id)}";
        var summary = await Ask(server, HttpMethod.Get, $"{path}/summary", null, cancellation);
        Console.WriteLine($"{summary.GetProperty("tasks").GetInt32()} tasks, {summary.GetProperty("assignments").GetInt32()} assignments, {summary.GetProperty("indicators").GetInt32()} indicators; "
            + $"first dates {string.Join(", ", summary.GetProperty("firstDates").EnumerateArray().Select(date => date.GetString()))}.");
        if (confirm is null)
        {
            Console.WriteLine($"Nothing was begun. To begin: --confirm {summary.GetProperty("confirm").GetString()}");
            return 2;
        }

        await Ask(server, HttpMethod.Post, $"{path}/activate", new ActivateDraft(by, confirm), cancellation);
        Console.WriteLine($"Plan {id} is active.");
        return 0;
    }

    /// <exception cref="InvalidOperationException">The server refuses, or does not answer; the message says why.</exception>
    private static async Task<JsonElement> Ask(string server, HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out var address))
        {
            throw new InvalidOperationException($"--server {server} is no address.");
        }

        using var http = new HttpClient { BaseAddress = address };
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Wire.Write(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        try
        {
            using var response = await http.SendAsync(request, cancellation);
            var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation)).RootElement;
            return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException(answer.GetProperty("detail").GetString());
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"{server} does not answer like a county's server.");
        }
        catch (HttpRequestException nobody)
        {
            throw new InvalidOperationException($"{server} does not answer: {nobody.Message}");
        }
    }
}
