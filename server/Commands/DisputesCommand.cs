using System.CommandLine;
using System.Text.Json;

namespace Workflows.Server.Commands;

/// <summary>
/// Disputes from the command line, asked of a running server over its API, so that a terminal can do nothing that the
/// API does not check. Refusals are told in words; exit code 1: refused or wrong; 3: the server does not answer.
/// </summary>
internal static class DisputesCommand
{
    private const string Collection = "api/disputes";

    public static Command Create()
    {
        var url = ServerCall.Url();
        var command = new Command("disputes", "Disputes of a running server.") { Show(url), Find(url), List(url), Say(url), Import(url), Export(url) };
        command.Options.Add(url);
        return command;
    }

    private static Command Import(Option<string> url) =>
        TableCommands.Import(url, "Registers the rows of a table; the same row again, also of a corrected file, is registered once.", Collection);

    private static Command Export(Option<string> url) => TableCommands.Export(
        url,
        "The disputes registered in a time as a table, names masked.",
        Collection,
        [
            new Option<string>("--from") { Description = "The first day of registration, such as 2025-09-01.", Required = true },
            new Option<string>("--to") { Description = "The last day.", Required = true },
        ]);

    private static Command Show(Option<string> url)
    {
        var id = new Argument<string>("ID") { Description = "Such as D2026-00001, or the official code, such as 仙调〔2026〕1号." };
        var command = new Command("show", "One dispute with its terms.") { id };
        command.SetAction((parsed, stop) => ServerCall.Run(parsed.GetRequiredValue(url), async server =>
            Pretty((await server.Get($"api/disputes/{Escape(await IdOf(server, parsed.GetRequiredValue(id), stop))}", stop)).Text), stop));
        return command;
    }

    private static Command Find(Option<string> url)
    {
        var code = new Argument<string>("CODE") { Description = "The official code, such as 仙调〔2026〕12号; brackets of any kind, blanks or none." };
        var command = new Command("find", "The dispute of an official code, one party a line, names masked.") { code };
        command.SetAction((parsed, stop) => ServerCall.Run(parsed.GetRequiredValue(url), async server =>
        {
            var found = JsonDocument.Parse((await server.Post("api/disputes/search", new { code = parsed.GetRequiredValue(code) }, stop)).Text).RootElement;
            foreach (var party in found.GetProperty("items").EnumerateArray())
            {
                Console.WriteLine($"{Text(party, "case")}  {Text(party, "code")}  {Text(party, "status"),-16} {Text(party, "party")}  {Text(party, "name")}".TrimEnd());
            }

            if (found.GetProperty("items").GetArrayLength() == 0)
            {
                await Console.Error.WriteLineAsync("There is no dispute with this code.");
                return 1;
            }

            return 0;
        }, stop));
        return command;
    }

    private static Command List(Option<string> url)
    {
        var filter = new Option<string?>("--filter") { Description = "One of status=…, handler=…, place=…, light=…, open=true; all when not given." };
        var command = new Command("list", "Disputes, newest first, one a line.") { filter };
        command.SetAction((parsed, stop) => ServerCall.Run(parsed.GetRequiredValue(url), async server =>
        {
            string? after = null;
            do
            {
                var query = string.Join('&', new[] { parsed.GetValue(filter) is { } given ? Filter(given) : null, "size=200", after is null ? null : $"after={Escape(after)}" }.OfType<string>());
                var page = JsonDocument.Parse((await server.Get($"api/disputes?{query}", stop)).Text).RootElement;
                foreach (var item in page.GetProperty("items").EnumerateArray())
                {
                    var due = item.TryGetProperty("due", out var end) ? end.GetDateTimeOffset().ToString("u", System.Globalization.CultureInfo.InvariantCulture) : "";
                    Console.WriteLine($"{Text(item, "id")}  {Text(item, "status"),-16} {Text(item, "level"),-9} {Text(item, "light"),-7} {Text(item, "handler"),-13} {due}".TrimEnd());
                }

                after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
            }
            while (after is not null);
        }, stop));
        return command;
    }

    private static Command Say(Option<string> url)
    {
        var id = new Argument<string>("ID") { Description = "Such as D2026-00001, or the official code, such as 仙调〔2026〕1号." };
        var what = new Argument<string>("COMMAND") { Description = "As the API calls it: sign-for, sessions, settle, escalate …" };
        var by = new Option<string>("--by") { Description = "The unit that acts.", Required = true };
        var data = new Option<string>("--data") { Description = "The other fields as a JSON object.", DefaultValueFactory = _ => "{}" };
        var command = new Command("say", "Says a command to a dispute.") { id, what, by, data };
        command.SetAction((parsed, stop) => ServerCall.Run(parsed.GetRequiredValue(url), async server =>
        {
            var body = Body(parsed.GetRequiredValue(data), parsed.GetRequiredValue(by));
            var path = $"api/disputes/{Escape(await IdOf(server, parsed.GetRequiredValue(id), stop))}/{Escape(parsed.GetRequiredValue(what))}";
            Pretty((await server.Post(path, body, "application/json", stop)).Text);
        }, stop));
        return command;
    }

    /// <summary>The id of the case that was named by its official code; what is no code of a case is left as it is, for the server to refuse.</summary>
    private static async Task<string> IdOf(ServerCall server, string typed, CancellationToken stop)
    {
        if (typed.All(char.IsAscii))
        {
            return typed;
        }

        var found = (await server.Post("api/disputes/search", new { code = typed }, stop)).Json.GetProperty("items");
        return found.GetArrayLength() > 0 ? Text(found[0], "case")! : typed;
    }

    private static string Filter(string given)
    {
        var cut = given.IndexOf('=', StringComparison.Ordinal);
        return cut > 0
            ? $"{Escape(given[..cut])}={Escape(given[(cut + 1)..])}"
            : throw new InvalidDataException("--filter must be a name and a value, such as status=offered.");
    }

    private static byte[] Body(string data, string by)
    {
        try
        {
            if (System.Text.Json.Nodes.JsonNode.Parse(data) is System.Text.Json.Nodes.JsonObject body)
            {
                body["by"] = by;
                return JsonSerializer.SerializeToUtf8Bytes(body);
            }
        }
        catch (JsonException)
        {
            // Told below as what else is no object.
        }

        throw new InvalidDataException("--data must be a JSON object, such as {\"on\": \"2026-03-02\"}.");
    }

    private static void Pretty(string json) => Console.WriteLine(JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement, ServerCall.Readable));

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
