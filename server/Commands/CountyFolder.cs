namespace Workflows.Server.Commands;

/// <summary>A data folder as the commands of operation find it.</summary>
internal static class CountyFolder
{
    public static System.CommandLine.Option<string> Data() => new("--data")
    {
        Description = "Folder of the county.",
        DefaultValueFactory = _ => "data",
    };

    public static CountyOptions Options(string data) =>
        new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data)), CountyOptions.PublishedSeeds);

    /// <exception cref="InvalidOperationException">There is no county in the folder.</exception>
    public static void Require(CountyOptions options)
    {
        if (!File.Exists(options.EngineFile) || !File.Exists(options.TablesFile))
        {
            throw new InvalidOperationException($"There is no county in {options.Data}: engine.db or tables.db is missing.");
        }
    }
}
