using System.CommandLine;
using System.Globalization;
using Workflows.Activities.Storage;
using Workflows.Engine.Operations;

namespace Workflows.Server.Commands;

/// <summary>Gives back the space of what was purged and erased.</summary>
internal static class CompactCommand
{
    public static Command Create()
    {
        var data = CountyFolder.Data();
        var command = new Command("compact", "Shrinks the files of a county that does not run.") { data };
        command.SetAction((parsed, _) => CommonOptions.Run(() => Task.FromResult(
            Compact(CountyFolder.Options(parsed.GetRequiredValue(data))))));
        return command;
    }

    private static int Compact(CountyOptions options)
    {
        CountyFolder.Require(options);
        if (BackupManifest.Of(options) is not null)
        {
            throw new InvalidOperationException($"{options.Data} is a backup and stays as it is.");
        }

        using var owned = StoreFile.Own(options.EngineFile, DateTimeOffset.UtcNow);
        Shrink(options.EngineFile, StoreFile.Compact);
        Shrink(options.TablesFile, TablesFile.Compact);
        return 0;
    }

    private static void Shrink(string file, Action<string> compact)
    {
        var before = Size(file);
        compact(file);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}: {before:N0} bytes before, {Size(file):N0} after."));
    }

    /// <summary>With the log that a killed process has left.</summary>
    private static long Size(string file) =>
        new[] { file, file + "-wal" }.Where(File.Exists).Sum(part => new FileInfo(part).Length);
}
