using System.CommandLine;
using System.Globalization;
using Workflows.Engine.Operations;

namespace Workflows.Server.Commands;

/// <summary>Says of a county that does not run, or of a backup, whether it is whole.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var data = CountyFolder.Data();
        var command = new Command("verify", "Checks everything a county keeps; it must not run.") { data };
        command.SetAction((parsed, cancellation) => CommonOptions.Run(() => Verify(
            CountyFolder.Options(parsed.GetRequiredValue(data)), cancellation)));
        return command;
    }

    private static async Task<int> Verify(CountyOptions options, CancellationToken cancellation)
    {
        CountyFolder.Require(options);
        var manifest = BackupManifest.Of(options);
        using var owned = manifest is null ? StoreFile.Own(options.EngineFile, DateTimeOffset.UtcNow) : null;
        var problems = 0;
        foreach (var finding in await CountyCheck.Run(options, manifest, cancellation))
        {
            Console.WriteLine($"{(finding.Problems.Count == 0 ? "ok " : "BAD")}  {finding.Checked}");
            foreach (var problem in finding.Problems)
            {
                Console.WriteLine($"     {problem}");
            }

            problems += finding.Problems.Count;
        }

        Console.WriteLine(problems == 0
            ? "Nothing is wrong."
            : string.Create(CultureInfo.InvariantCulture, $"{problems:N0} problems."));
        return problems == 0 ? 0 : 1;
    }
}
