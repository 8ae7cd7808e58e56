using System.CommandLine;
using System.Text.Json;

namespace Workflows.Server.Commands;

/// <summary>Files of rows, sent to a running server and fetched from it.</summary>
internal static class TableCommands
{
    /// <summary>Sends a file and prints what became of each row; exit code 1 when one was refused.</summary>
    /// <param name="url">Where the server is.</param>
    /// <param name="what">What becomes of the rows, as help says it.</param>
    /// <param name="collection">The path of what is kept, such as api/disputes.</param>
    /// <param name="more">Options that are parameters of the query by their names.</param>
    public static Command Import(Option<string> url, string what, string collection, params Option<string>[] more)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A .csv or .xlsx file with a row of headings." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only says what would become of each row." };
        var allOrNothing = new Option<bool>("--all-or-nothing") { Description = "Keeps nothing when one row is wrong." };
        var command = new Command("import", what) { file, dryRun, allOrNothing };
        Add(command, more);
        command.SetAction((parsed, stop) => ServerCall.Run(parsed.GetRequiredValue(url), async server =>
        {
            var bytes = await File.ReadAllBytesAsync(parsed.GetRequiredValue(file).FullName, stop);
            var path = $"{collection}/import?dryRun={Word(parsed.GetValue(dryRun))}&allOrNothing={Word(parsed.GetValue(allOrNothing))}{Query(parsed, more, "&")}";
            return Tell(JsonDocument.Parse((await server.Post(path, bytes, "application/octet-stream", stop)).Text).RootElement);
        }, stop));
        return command;
    }

    /// <summary>Fetches a table and writes it to a file.</summary>
    /// <param name="url">Where the server is.</param>
    /// <param name="what">What the table holds, as help says it.</param>
    /// <param name="collection">The path of what is kept, such as api/disputes; its last word begins the file's name.</param>
    /// <param name="named">Options whose values are in the file's name.</param>
    /// <param name="more">Other options; all are parameters of the query by their names.</param>
    public static Command Export(Option<string> url, string what, string collection, Option<string>[] named, params Option<string>[] more)
    {
        var xlsx = new Option<bool>("--xlsx") { Description = "A workbook instead of CSV." };
        var name = $"{collection.Split('/')[^1]}-{string.Join('-', named.Select(option => option.Name[2..].ToUpperInvariant()))}";
        var output = new Option<FileInfo?>("--out") { Description = $"The file to write; {name} in this folder when not given." };
        var command = new Command("export", what) { xlsx, output };
        Add(command, [.. named, .. more]);
        command.SetAction((parsed, stop) => ServerCall.Run(parsed.GetRequiredValue(url), async server =>
        {
            var ending = parsed.GetValue(xlsx) ? "xlsx" : "csv";
            var answer = await server.Get($"{collection}/export.{ending}{Query(parsed, [.. named, .. more], "?")}", stop);
            var file = parsed.GetValue(output)?.FullName
                ?? Path.GetFullPath($"{collection.Split('/')[^1]}-{string.Join('-', named.Select(option => parsed.GetRequiredValue(option)))}.{ending}");
            await File.WriteAllBytesAsync(file, answer.Bytes, stop);
            Console.WriteLine($"{file}: {answer.Bytes.Length} bytes.");
        }, stop));
        return command;
    }

    private static int Tell(JsonElement report)
    {
        foreach (var row in report.GetProperty("items").EnumerateArray())
        {
            var errors = row.GetProperty("errors").EnumerateArray().Select(error => $"{Text(error, "field")} {Text(error, "rule")}");
            Console.WriteLine($"row {row.GetProperty("row")}: {Text(row, "outcome")} {Text(row, "id")}{string.Join("; ", errors)}".TrimEnd());
        }

        Console.WriteLine($"{report.GetProperty("rows")} rows, {report.GetProperty("registered")} registered, {report.GetProperty("refused")} refused.");
        return report.GetProperty("refused").GetInt32() == 0 ? 0 : 1;
    }

    private static void Add(Command command, IEnumerable<Option<string>> options)
    {
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    private static string Query(ParseResult parsed, Option<string>[] options, string before) => options.Length == 0
        ? ""
        : before + string.Join('&', options.Select(option => $"{option.Name[2..]}={Uri.EscapeDataString(parsed.GetRequiredValue(option))}"));

    private static string Word(bool truth) => truth ? "true" : "false";

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : null;
}
