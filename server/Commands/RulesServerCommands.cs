using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Workflows.Activities.Rules;
using Workflows.Web.Rules;

namespace Workflows.Server.Commands;

/// <summary>The rules of a running county: what is there, what a version would move, and its activation.</summary>
internal static class RulesServerCommands
{
    private const string Path = "api/rules";
    private const string PreviewReason = "Looked at before anybody decides.";

    /// <summary>Exit code of an activation that only showed what it would move.</summary>
    private const int NotConfirmed = 2;

    public static Command List(Option<string> url)
    {
        var command = new Command("list", "Lists the versions of the running server's rules and what was activated when.");
        command.SetAction((parsed, cancellation) => ServerCall.Run(parsed.GetRequiredValue(url), server => List(server, cancellation), cancellation));
        return command;
    }

    public static Command Preview(Option<string> url)
    {
        var set = Set();
        var by = By();
        var command = new Command("preview", "Shows every running case whose dates a set of rules would move; a folder is kept as a version and nothing lives under it.") { set, by };
        command.SetAction((parsed, cancellation) => ServerCall.Run(
            parsed.GetRequiredValue(url),
            async server =>
            {
                var version = await Version(server, parsed.GetRequiredValue(set), parsed.GetValue(by), PreviewReason, cancellation);
                await Show(server, version, cancellation);
            },
            cancellation));
        return command;
    }

    public static Command Activate(Option<string> url)
    {
        var set = Set();
        var by = By();
        var reason = new Option<string?>("--reason") { Description = "Why, without personal data." };
        var running = new Option<string>("--running") { Description = "What becomes of running cases.", Required = true };
        running.AcceptOnlyFromAmong("keep", "recompute");
        var confirm = new Option<string?>("--confirm") { Description = "With recompute: the stamp that the preview shows; without it the preview is printed and nothing changes." };
        var command = new Command("activate", "Makes a set of rules current.") { set, by, reason, running, confirm };
        command.SetAction((parsed, cancellation) => ServerCall.Run(
            parsed.GetRequiredValue(url),
            async server =>
            {
                var (who, why, what) = (parsed.GetValue(by), parsed.GetValue(reason), parsed.GetRequiredValue(running));
                var version = await Version(server, parsed.GetRequiredValue(set), who, why, cancellation);
                return await Activate(server, version, new ActivateVersion(who, why, what, parsed.GetValue(confirm)), cancellation);
            },
            cancellation));
        return command;
    }

    private static Argument<string> Set() => new("set") { Description = "A folder of rule files, or the address of a version that the server has." };

    private static Option<string?> By() => new("--by") { Description = "Id of the unit whose administrator acts." };

    private static async Task List(ServerCall server, CancellationToken cancellation)
    {
        var rules = (await server.Get(Path, cancellation)).Json;
        var current = rules.GetProperty("current").GetString();
        foreach (var version in rules.GetProperty("versions").EnumerateArray())
        {
            var mark = Text(version, "version") == current ? "*" : " ";
            Console.WriteLine($"{mark} {Text(version, "version")}  {Day(version, "addedAt")}  {Text(version, "by"),-12}  {Text(version, "reason")}");
        }

        Console.WriteLine();
        foreach (var activation in rules.GetProperty("activations").EnumerateArray())
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{activation.GetProperty("number").GetInt32(),3}  {Text(activation, "version")}  {Day(activation, "at")}  {Text(activation, "by"),-12}  {Text(activation, "running"),-9}  {Text(activation, "reason")}{Progress(activation)}"));
        }
    }

    private static string Progress(JsonElement activation) =>
        activation.TryGetProperty("change", out var change) && change.TryGetProperty("tally", out var tally)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $" ({Text(change, "state")}: {tally.GetProperty("told").GetInt32()} cases told, {tally.GetProperty("dates").GetInt32()} dates moved, {tally.GetProperty("kept").GetInt32()} keep their rules)")
            : "";

    /// <summary>The version's address; a folder is checked here and there, and kept as one.</summary>
    private static async Task<string> Version(ServerCall server, string set, string? by, string? reason, CancellationToken cancellation)
    {
        if (!Directory.Exists(set))
        {
            // The address of a version holds neither.
            return set.IndexOfAny(['/', '\\']) < 0 ? set : throw new InvalidDataException($"There is no folder {set}.");
        }

        var files = RuleFiles.Read(set).Files.ToDictionary(file => file.Name, file => (string?)Encoding.UTF8.GetString(file.Json.Span));
        var added = (await server.Post(Path, new AddRules(by, reason, Files: files), cancellation)).Json;
        return Text(added, "version");
    }

    /// <summary>Prints what would move; gives the stamp.</summary>
    private static async Task<string> Show(ServerCall server, string version, CancellationToken cancellation)
    {
        var path = $"{Path}/{Uri.EscapeDataString(version)}/preview?size=200";
        var page = (await server.Get(path, cancellation)).Json;
        var totals = page.GetProperty("totals");
        while (true)
        {
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                Show(item);
            }

            if (!page.TryGetProperty("next", out var next))
            {
                break;
            }

            page = (await server.Get($"{path}&after={Uri.EscapeDataString(next.GetString()!)}", cancellation)).Json;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{version}: {Count(totals, "cases")} running cases: {Count(totals, "dates")} dates of {Count(totals, "moved")} cases move, {Count(totals, "overdue")} are over at once, {Count(totals, "kept")} cases keep their rules. Stamp {Text(totals, "confirm")}."));
        return Text(totals, "confirm");
    }

    private static void Show(JsonElement item)
    {
        if (item.TryGetProperty("keeps", out var keeps))
        {
            Console.WriteLine($"{Text(item, "case")}  keeps its rules: {Text(keeps, "reason")}");
            return;
        }

        foreach (var date in item.GetProperty("dates").EnumerateArray())
        {
            var clock = date.TryGetProperty("of", out var of) ? $"{Text(date, "clock")} {of.GetString()}" : Text(date, "clock");
            var over = date.GetProperty("overdue").GetBoolean() ? ", over at once" : "";
            Console.WriteLine($"{Text(item, "case")}  {clock}: {Text(date, "from")} -> {Text(date, "to")}{over}");
        }
    }

    private static async Task<int> Activate(ServerCall server, string version, ActivateVersion request, CancellationToken cancellation)
    {
        if (request is { Running: "recompute", Confirm: null })
        {
            var stamp = await Show(server, version, cancellation);
            Console.WriteLine($"Nothing was changed. To activate: --confirm {stamp}");
            return NotConfirmed;
        }

        await server.Post($"{Path}/{Uri.EscapeDataString(version)}/activate", request, cancellation);
        Console.WriteLine(request.Running == "keep"
            ? $"{version} is current; running cases keep their rules."
            : $"{version} is current; running cases are being told: rules list shows how far it has come.");
        return 0;
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static int Count(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static string Day(JsonElement json, string name) =>
        json.GetProperty(name).GetDateTimeOffset().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
