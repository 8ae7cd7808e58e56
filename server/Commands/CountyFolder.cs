using Workflows.Activities.Storage;

namespace Workflows.Server.Commands;

/// <summary>A data folder as the commands of operation find it.</summary>
internal static class CountyFolder
{
    public static System.CommandLine.Option<string> Data() => new("--data")
    {
        Description = "Folder of the county.",
        DefaultValueFactory = _ => "data",
    };

    /// <exception cref="InvalidOperationException">The county's tables are elsewhere; what lies in the folder may be old.</exception>
    public static CountyOptions Options(string data)
    {
        var options = new CountyOptions(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data)), CountyOptions.PublishedSeeds);
        return StorageOptions.Read(Environment.GetEnvironmentVariable, options.Local) is StorageOptions.Sqlite
            ? options
            : throw new InvalidOperationException(
                $"{StorageOptions.Prefix}KIND says azure; this command is for a county whose tables are in its data folder.");
    }

    /// <exception cref="InvalidOperationException">There is no county in the folder.</exception>
    public static void Require(CountyOptions options)
    {
        if (!File.Exists(options.EngineFile) || !File.Exists(options.TablesFile))
        {
            throw new InvalidOperationException($"There is no county in {options.Data}: engine.db or tables.db is missing.");
        }
    }
}
