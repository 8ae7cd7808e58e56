using Workflows.Testing;

namespace Workflows.Architecture.Tests;

/// <summary>The files as they are committed, without what builds and tools put among them.</summary>
internal static class SourceTree
{
    private static readonly HashSet<string> NotOurs =
        ["artifacts", "bin", "obj", "node_modules", ".git", ".vs", ".idea", "TestResults", "data", "demo-data"];

    /// <summary>Paths below the root with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Below(new DirectoryInfo(ReferenceCounty.Root)).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> CSharp => Files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal));

    public static string Read(string path) => File.ReadAllText(Path.Combine(ReferenceCounty.Root, path));

    public static bool Exists(string path) =>
        File.Exists(Path.Combine(ReferenceCounty.Root, path)) || Directory.Exists(Path.Combine(ReferenceCounty.Root, path));

    /// <summary>Whether a file of this name is anywhere; a README may name one without its folder.</summary>
    public static bool HasFile(string name) => Files.Any(path => path.EndsWith("/" + name, StringComparison.Ordinal));

    private static IEnumerable<string> Below(DirectoryInfo folder)
    {
        // In a work tree .git is a file.
        foreach (var file in folder.EnumerateFiles().Where(file => !NotOurs.Contains(file.Name)))
        {
            yield return Path.GetRelativePath(ReferenceCounty.Root, file.FullName).Replace('\\', '/');
        }

        foreach (var path in folder.EnumerateDirectories().Where(inner => !NotOurs.Contains(inner.Name)).SelectMany(Below))
        {
            yield return path;
        }
    }
}
