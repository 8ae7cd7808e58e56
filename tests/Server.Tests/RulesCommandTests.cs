using Workflows.Testing;

namespace Workflows.Server.Tests;

public sealed class RulesCommandTests
{
    private static readonly string Seeds = Path.Combine(ReferenceCounty.Root, "seeds");

    [Fact]
    public async Task A_good_set_is_named_by_its_address()
    {
        var (code, said, errors) = await ServerProcess.Run("rules", "check", Seeds);

        Assert.True(code == 0, errors);
        Assert.Matches("^r-[0-9a-f]{16}: [0-9]+ files are good: [0-9]+ policies, [0-9]+ units, 20 measures\\.\n$", said);
    }

    [Fact]
    public async Task Everything_wrong_with_a_set_is_named_by_file_path_and_rule()
    {
        using var folder = new TempFolder();
        var copy = folder.File("rules");
        foreach (var file in Directory.EnumerateFiles(Seeds, "*.json", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(Seeds, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            text = Path.GetFileName(file) switch
            {
                "measures.json" => text.Replace("\"repeatWithinDays\": 90", "\"repeatWithinDays\": 0", StringComparison.Ordinal),
                "supervision.json" => text.Replace("SUPERVISION-DUE", "NO-SUCH", StringComparison.Ordinal),
                _ => text,
            };
            await File.WriteAllTextAsync(to, text, TestContext.Current.CancellationToken);
        }

        var (code, said, errors) = await ServerProcess.Run("rules", "check", copy);

        Assert.Equal((1, ""), (code, said));
        Assert.Contains("measures.json $.repeatWithinDays: days-range: ", errors, StringComparison.Ordinal);
        Assert.Contains("supervision.json $.finish: ", errors, StringComparison.Ordinal);
    }
}
