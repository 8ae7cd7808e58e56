using System.CommandLine;
using Workflows.Web.Supervision;

namespace Workflows.Server.Commands;

/// <summary>Drafts of plans that the running server keeps; these commands speak to it.</summary>
internal static class PlanDraftCommands
{
    private const string Path = "api/plans/drafts";

    /// <summary>Exit code of an activation that only showed its summary.</summary>
    private const int NotConfirmed = 2;

    public static Option<string?> By() => new("--by") { Description = "Id of the unit that acts: the supervising office." };

    public static Command List(Option<string> url)
    {
        var command = new Command("drafts", "Lists the drafts that the running server keeps.");
        command.SetAction((parsed, cancellation) => ServerCall.Run(
            parsed.GetRequiredValue(url),
            async server =>
            {
                foreach (var draft in (await server.Get(Path, cancellation)).Json.EnumerateArray())
                {
                    var state = draft.TryGetProperty("activatedAt", out _) ? "active" : $"{draft.GetProperty("openQuestions").GetInt32()} open questions";
                    Console.WriteLine($"{draft.GetProperty("id").GetString()}  {draft.GetProperty("tasks").GetInt32()} tasks, {draft.GetProperty("indicators").GetInt32()} indicators, {state}");
                }
            },
            cancellation));
        return command;
    }

    public static Command Activate(Option<string> url)
    {
        var id = new Argument<string>("draft") { Description = "Id of the draft." };
        var by = By();
        var confirm = new Option<string?>("--confirm") { Description = "The confirmation that the summary shows; without it the summary is printed and nothing begins." };
        var command = new Command("activate", "Starts the supervision of everything a draft means.") { id, by, confirm };
        command.SetAction((parsed, cancellation) => ServerCall.Run(
            parsed.GetRequiredValue(url),
            server => Activate(server, parsed.GetRequiredValue(id), parsed.GetValue(by), parsed.GetValue(confirm), cancellation),
            cancellation));
        return command;
    }

    public static async Task Upload(ServerCall server, string file, string? by, CancellationToken cancellation)
    {
        var content = Convert.ToBase64String(await File.ReadAllBytesAsync(file, cancellation));
        var draft = (await server.Post(Path, new UploadPlan(by, content), cancellation)).Json;
        Console.WriteLine($"Draft {draft.GetProperty("id").GetString()}: {draft.GetProperty("draft").GetProperty("tasks").GetArrayLength()} tasks, {draft.GetProperty("open").GetArrayLength()} open questions.");
    }

    private static async Task<int> Activate(ServerCall server, string id, string? by, string? confirm, CancellationToken cancellation)
    {
        var path = $"{Path}/{Uri.EscapeDataString(id)}";
        var summary = (await server.Get($"{path}/summary", cancellation)).Json;
        Console.WriteLine($"{summary.GetProperty("tasks").GetInt32()} tasks, {summary.GetProperty("assignments").GetInt32()} assignments, {summary.GetProperty("indicators").GetInt32()} indicators; "
            + $"first dates {string.Join(", ", summary.GetProperty("firstDates").EnumerateArray().Select(date => date.GetString()))}.");
        if (confirm is null)
        {
            Console.WriteLine($"Nothing was begun. To begin: --confirm {summary.GetProperty("confirm").GetString()}");
            return NotConfirmed;
        }

        await server.Post($"{path}/activate", new ActivateDraft(by, confirm), cancellation);
        Console.WriteLine($"Plan {id} is active.");
        return 0;
    }
}
