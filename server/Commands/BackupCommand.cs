using System.CommandLine;
using System.Globalization;

namespace Workflows.Server.Commands;

/// <summary>A copy of a county that another machine can start on.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var data = CountyFolder.Data();
        var to = new Option<string>("--to") { Description = "Folder of the backup; empty or missing.", Required = true };
        var command = new Command("backup", "Copies a county, running or not, to a folder.") { data, to };
        command.SetAction((parsed, _) => CommonOptions.Run(() => Task.FromResult(Backup(
            CountyFolder.Options(parsed.GetRequiredValue(data)), parsed.GetRequiredValue(to)))));
        return command;
    }

    private static int Backup(CountyOptions options, string to)
    {
        var manifest = CountyBackup.Make(options, to);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Data} as of {manifest.MadeAt:u} is in {Path.GetFullPath(to)}: {manifest.Files.Count:N0} files, {manifest.Files.Sum(file => file.Bytes):N0} bytes."));
        Console.WriteLine($"The keys of personal data are not in it. Keep {options.Keys}, or the key vault, apart: without them no name can be read.");
        return 0;
    }
}
