using System.CommandLine;
using System.Text;
using System.Text.Json;
using Workflows.Activities.Rules;
using Workflows.Activities.Supervision.Import;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision.Import;

namespace Workflows.Server.Commands;

/// <summary>Plans on the command line: a file becomes a draft.</summary>
internal static class PlanCommand
{
    private static readonly JsonSerializerOptions Indented = new(Wire.Options) { WriteIndented = true };

    public static Command Create()
    {
        var command = new Command("plan", "Plans: from a text to a draft, and from a draft to work.");
        var url = ServerCall.Url();
        command.Options.Add(url);
        command.Subcommands.Add(Import(url));
        command.Subcommands.Add(PlanDraftCommands.List(url));
        command.Subcommands.Add(PlanDraftCommands.Activate(url));
        return command;
    }

    private static Command Import(Option<string> url)
    {
        var file = new Argument<string>("file") { Description = "A plan as .txt or .docx." };
        var units = new Option<string?>("--units") { Description = "Another register of units: a file like units.json." };
        var json = new Option<bool>("--json") { Description = "Prints the whole draft as JSON." };
        var seeds = CommonOptions.Seeds();
        var draft = new Option<bool>("--draft") { Description = "Keeps the draft with the running server instead of printing it." };
        var by = PlanDraftCommands.By();
        var command = new Command("import", "Reads a plan and prints the draft; without --draft nothing is kept.") { file, units, json, seeds, draft, by };
        command.SetAction((parsed, cancellation) => parsed.GetValue(draft)
            ? ServerCall.Run(
                parsed.GetRequiredValue(url),
                server => PlanDraftCommands.Upload(server, parsed.GetRequiredValue(file), parsed.GetValue(by), cancellation),
                cancellation)
            : CommonOptions.Run(() => Import(
                parsed.GetRequiredValue(file), parsed.GetValue(units), parsed.GetRequiredValue(seeds), parsed.GetValue(json), cancellation)));
        return command;
    }

    private static async Task<int> Import(string file, string? units, string seeds, bool json, CancellationToken cancellation)
    {
        var register = await Register(units, seeds, cancellation);
        var reading = PlanImport.Read(await PlanFile.Read(file, cancellation), register);
        if (reading.Draft is not { } draft)
        {
            throw new InvalidDataException($"{file}: {reading.Reason}");
        }

        Console.OutputEncoding = Encoding.UTF8;
        Console.WriteLine(json ? JsonSerializer.Serialize(draft, Indented) : PlanSummary.Of(draft));
        return 0;
    }

    private static async Task<ImportRegister> Register(string? units, string seeds, CancellationToken cancellation)
    {
        if (units is null)
        {
            var rules = RuleSet.Parse(RuleFiles.Read(seeds));
            return ImportRegister.Of(rules.County.Name, rules.Units);
        }

        var parsed = ImportRegister.Parse(Path.GetFileName(units), await File.ReadAllBytesAsync(units, cancellation));
        return parsed.Value ?? throw new InvalidDataException(string.Join('\n', parsed.Errors));
    }
}
