using System.Text.RegularExpressions;

namespace Workflows.Architecture.Tests;

/// <summary>Documents do not rot: what they name is there, and every room says what it is.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Projects = ["activities", "engine", "functions", "orchestrations", "server", "web"];

    /// <summary>Put together here so that this file does not hold what it forbids.</summary>
    private static readonly string[] Banned =
    [
        "/wo" + "rk/",
        "registry." + "npmjs",
        "api.nuget" + ".org",
        "pypi" + ".org",
        "proxy.golang" + ".org",
    ];

    public static TheoryData<string> Documents => [.. SourceTree.Files.Where(path => path.EndsWith(".md", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_that_a_document_names_exists(string document)
    {
        var folder = Path.GetDirectoryName(document)!.Replace('\\', '/');
        var text = CodeBlock().Replace(SourceTree.Read(document), "");
        var paths = Backquoted().Matches(text).Select(match => match.Groups[1].Value)
            .Concat(TableFolder().Matches(text).Select(match => match.Groups[1].Value))
            .Where(IsPath)
            .Concat(Link().Matches(text).Select(match => match.Groups[1].Value))
            .Concat(Project().Matches(SourceTree.Read(document)).Select(match => match.Groups[1].Value));

        var missing = paths.Where(path => !SourceTree.Exists(path)
            && !SourceTree.Exists($"{folder}/{path}")
            && !(IsRoom(document) && (MadeByRunning(path) || SourceTree.HasFile(path))));

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_project_and_every_room_has_a_README()
    {
        var folders = SourceTree.CSharp
            .Select(path => path.Split('/'))
            .Where(parts => Projects.Contains(parts[0]))
            .SelectMany(parts => parts.Length > 2 ? new[] { parts[0], $"{parts[0]}/{parts[1]}" } : [parts[0]])
            .Distinct();

        Assert.Equal([], folders.Select(folder => $"{folder}/README.md").Where(path => !SourceTree.Exists(path)));
    }

    [Fact]
    public void No_file_names_the_machine_it_was_written_on_or_where_its_packages_came_from()
    {
        var named = SourceTree.Files
            .Where(path => !IsBinary(path))
            .SelectMany(path => Banned.Where(SourceTree.Read(path).Contains).Select(word => $"{path}: {word}"));

        Assert.Empty(named);
    }

    /// <summary>README.md and docs/ name everything from the root; a room may also name a file by its bare name.</summary>
    private static bool IsRoom(string document) =>
        document.Contains('/') && !document.StartsWith("docs/", StringComparison.Ordinal);

    /// <summary>A room that writes files names the folders it makes; they end with a slash and begin with no project.</summary>
    private static bool MadeByRunning(string path) =>
        path.EndsWith('/') && !SourceTree.Exists(path.Split('/')[0]);

    /// <summary>A path has a slash or names a file; an address of the API begins with a slash, a command has blanks.</summary>
    private static bool IsPath(string text) =>
        !text.StartsWith('/')
        && PathForm().IsMatch(text)
        && (text.Contains('/') || FileForm().IsMatch(text))
        // Made by running the system, and not committed.
        && !text.StartsWith("data/", StringComparison.Ordinal)
        && !text.StartsWith("demo-data/", StringComparison.Ordinal);

    private static bool IsBinary(string path) =>
        Path.GetExtension(path) is ".docx" or ".xlsx" or ".png" or ".db" or ".zip" or ".sqlite";

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Backquoted();

    /// <summary>The first cell of a code map: a folder without a slash.</summary>
    [GeneratedRegex(@"^\| `([a-z]+)` \|", RegexOptions.Multiline)]
    private static partial Regex TableFolder();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"--project ([\w./-]+)")]
    private static partial Regex Project();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^[\w.][\w./-]*$")]
    private static partial Regex PathForm();

    [GeneratedRegex(@"\.(cs|md|json|sh|liquid|csproj|txt|yml|yaml|html|css)$")]
    private static partial Regex FileForm();
}
