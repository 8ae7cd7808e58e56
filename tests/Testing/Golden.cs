namespace Workflows.Testing;

/// <summary>
/// Files that tests compare with and keep. They are written again only when somebody asks for it by the environment
/// variable <see cref="Record"/>, and then the difference is read before it is committed.
/// </summary>
public static class Golden
{
    /// <summary>Set to 1 to write the golden files anew.</summary>
    public const string Record = "RECORD_GOLDEN";

    /// <summary>The file's text; when recording, <paramref name="today"/> becomes it first.</summary>
    /// <param name="path">Below the repository's root.</param>
    /// <param name="today">What the code gives today, with line feeds.</param>
    public static string Text(string path, string today)
    {
        var file = Path.Combine(ReferenceCounty.Root, path);
        if (Environment.GetEnvironmentVariable(Record) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, today);
        }

        return File.ReadAllText(file).ReplaceLineEndings("\n");
    }
}
