using System.CommandLine;
using System.Globalization;
using Workflows.Activities.Rules;

namespace Workflows.Server.Commands;

/// <summary>Says of a folder of rule files whether a county could live under it, before anybody does.</summary>
internal static class RulesCommand
{
    public static Command Create()
    {
        var url = ServerCall.Url();
        var folder = new Argument<string>("folder") { Description = "Folder of rule files, as seeds/ is one." };
        var check = new Command("check", "Reads and checks a set of rule files as a whole; changes nothing.") { folder };
        check.SetAction((parsed, _) => CommonOptions.Run(() => Task.FromResult(Check(parsed.GetRequiredValue(folder)))));
        return new Command("rules", "Sets of rules.")
        {
            url,
            check,
            RulesServerCommands.List(url),
            RulesServerCommands.Preview(url),
            RulesServerCommands.Activate(url),
        };
    }

    private static int Check(string folder)
    {
        var files = RuleFiles.Read(folder);
        RuleSet rules;
        try
        {
            rules = RuleSet.Parse(files);
        }
        catch (RuleSetRefusedException)
        {
            Console.Error.WriteLine(WhereSchemasAre());
            throw;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rules.Version}: {files.Files.Count} files are good: {rules.Policies.All.Count} policies, {rules.Units.All.Count} units, {rules.Measures.All.Count} measures."));
        Console.WriteLine(WhereSchemasAre());
        return 0;
    }

    /// <summary>What an editor needs to check and complete the files while they are written.</summary>
    private static string WhereSchemasAre() => $"JSON Schemas of these files, for editors: {Path.Combine(CountyOptions.PublishedSeeds, "schema")}";
}
