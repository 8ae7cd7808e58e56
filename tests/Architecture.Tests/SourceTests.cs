using System.Reflection;
using System.Text.RegularExpressions;
using Workflows.Orchestrations;

namespace Workflows.Architecture.Tests;

/// <summary>Where a thing is found: folder, namespace, file and type say the same word.</summary>
public sealed partial class SourceTests
{
    [Fact]
    public void Folder_and_namespace_are_the_same()
    {
        var differ = SourceTree.CSharp
            .Select(path => (Path: path, Declared: Namespace().Match(SourceTree.Read(path)).Groups[1].Value))
            .Where(file => file.Declared != Expected(file.Path) && !IsEntryPoint(file.Path) && !IsDeclaration(file.Path))
            .Select(file => $"{file.Path}: {file.Declared}");

        Assert.Empty(differ);
    }

    [Fact]
    public void A_flow_is_in_the_file_of_its_name()
    {
        var flows = typeof(FlowCatalogue).Assembly.GetTypes()
            .Where(type => type.GetField("FlowName", BindingFlags.Public | BindingFlags.Static) is not null)
            .ToList();

        Assert.All(flows, flow => Assert.Equal(flow.Name, flow.GetField("FlowName")!.GetValue(null)));
        Assert.Equal(
            flows.Select(flow => $"{FolderOf(flow)}/{flow.Name}.flow.cs").Order(StringComparer.Ordinal),
            SourceTree.Files.Where(path => path.EndsWith(".flow.cs", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_decider_is_in_the_file_of_its_name()
    {
        var deciders = typeof(FlowCatalogue).Assembly.GetTypes().Where(type => type.Name.EndsWith("Decider", StringComparison.Ordinal));

        Assert.Equal(
            deciders.Select(type => $"{FolderOf(type)}/{type.Name}.cs").Order(StringComparer.Ordinal),
            SourceTree.Files.Where(path => path.EndsWith("Decider.cs", StringComparison.Ordinal)));
    }

    [Fact]
    public void Dates_in_orchestrations_are_never_worded_by_the_machines_culture()
    {
        var worded = SourceTree.CSharp
            .Where(path => path.StartsWith("orchestrations/", StringComparison.Ordinal))
            .SelectMany(path => SourceTree.Read(path).Split('\n').Select((line, index) => (path, index, line)))
            .Where(found => FormattedDate().IsMatch(found.line) && !found.line.Contains("InvariantCulture", StringComparison.Ordinal))
            .Select(found => $"{found.path}:{found.index + 1}");

        Assert.Empty(worded);
    }

    [Fact]
    public void Usings_stand_in_order_those_of_the_system_first()
    {
        var disorderly = SourceTree.CSharp.Where(path => !InOrder(SourceTree.Read(path).Split('\n')
            .TakeWhile(line => !line.StartsWith("namespace ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('=', StringComparison.Ordinal))));

        Assert.Empty(disorderly);
    }

    /// <summary>What the compiler's format rule says of usings; the build checks all of it but this.</summary>
    private static bool InOrder(IEnumerable<string> usings)
    {
        var keys = usings.Select(line => (IsStatic: line.StartsWith("using static ", StringComparison.Ordinal), Name: line.TrimEnd(';').Split(' ')[^1])).ToList();
        return keys.SequenceEqual(keys
            .OrderBy(key => key.IsStatic)
            .ThenBy(key => key.Name != "System" && !key.Name.StartsWith("System.", StringComparison.Ordinal))
            .ThenBy(key => key.Name, Segments));
    }

    /// <summary>Name by name, so that a namespace stands before those in it.</summary>
    private static Comparer<string> Segments { get; } = Comparer<string>.Create((one, other) => string.CompareOrdinal(one.Replace('.', '\0'), other.Replace('.', '\0')));

    private static string FolderOf(Type type) =>
        "orchestrations" + type.Namespace!["Workflows.Orchestrations".Length..].Replace('.', '/');

    /// <summary>orchestrations/Disputes/X.cs is in Workflows.Orchestrations.Disputes; tests/Testing/X.cs in Workflows.Testing.</summary>
    private static string Expected(string path)
    {
        var folders = path.Split('/')[..^1];
        var below = folders[0] == "tests" ? folders[1..] : [char.ToUpperInvariant(folders[0][0]) + folders[0][1..], .. folders[1..]];
        return "Workflows." + string.Join('.', below);
    }

    /// <summary>Top-level statements have no namespace.</summary>
    private static bool IsEntryPoint(string path) => Path.GetFileName(path) == "Program.cs";

    /// <summary>The platform's types stand in the platform's namespaces.</summary>
    private static bool IsDeclaration(string path) => path.StartsWith("tests/AzureContracts/", StringComparison.Ordinal);

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\{[^{}""]*:(yyyy|MM|dd|HH|[dDfFgGoOrRstTuUyY]\})")]
    private static partial Regex FormattedDate();
}
