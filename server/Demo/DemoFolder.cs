namespace Workflows.Server.Demo;

/// <summary>The demo's own data folder: made new each time, and never anybody else's.</summary>
internal static class DemoFolder
{
    private const string Mark = "this-is-a-demo";

    /// <summary>Empties or makes the folder; a resumed demo keeps it.</summary>
    /// <exception cref="InvalidOperationException">The folder holds something that no demo made.</exception>
    public static void Prepare(CountyOptions options, bool resume)
    {
        var mark = Path.Combine(options.Data, Mark);
        if (resume)
        {
            if (!File.Exists(mark))
            {
                throw new InvalidOperationException($"There is no demo to resume in {options.Data}.");
            }

            return;
        }

        if (Directory.Exists(options.Data) && Directory.EnumerateFileSystemEntries(options.Data).Any())
        {
            if (!File.Exists(mark))
            {
                throw new InvalidOperationException($"{options.Data} is not empty and no demo made it; choose another --data folder.");
            }

            Directory.Delete(options.Data, recursive: true);
            if (Directory.Exists(options.Keys))
            {
                Directory.Delete(options.Keys, recursive: true);
            }
        }

        Directory.CreateDirectory(options.Data);
        File.WriteAllText(mark, "Made by the demo, which empties this folder when it runs again.\n");
    }
}
