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
        Assert.Matches("^r-[0-9a-f]{16}: [0-9]+ files are good: [0-9]+ policies, [0-9]+ units, 21 measures\\.\nJSON Schemas of these files, for editors: .+\n$", said);
        Assert.True(File.Exists(Path.Combine(said.TrimEnd().Split(": ")[^1], "policies.schema.json")));
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
        Assert.StartsWith("JSON Schemas of these files, for editors: ", errors, StringComparison.Ordinal);
        Assert.Contains("measures.json $.repeatWithinDays: days-range: ", errors, StringComparison.Ordinal);
        Assert.Contains("supervision.json $.finish: ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_set_is_previewed_activated_and_listed_by_commands()
    {
        using var folder = new TempFolder();
        var copy = folder.File("rules");
        foreach (var file in Directory.EnumerateFiles(Seeds, "*.json", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(Seeds, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                to, text.Replace("\"peopleFrom\": 5", "\"peopleFrom\": 12", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        }

        var version = (await ServerProcess.Run("rules", "check", copy)).Output.Split(':')[0];
        using var server = ServerProcess.Start("--data", folder.File("data"), "--port", "0");
        var url = await server.Address();
        Task<(int Code, string Output, string Errors)> Run(params string[] words) => ServerProcess.Run(["rules", .. words, "--url", url]);

        var (code, output, errors) = await Run("preview", copy);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("by is required", errors, StringComparison.Ordinal);
        (code, output, errors) = await Run("preview", folder.File("nowhere"), "--by", "dcs");
        Assert.Equal((1, "", $"There is no folder {folder.File("nowhere")}.\n"), (code, output, errors));
        (code, output, errors) = await Run("preview", copy, "--by", "dcs");
        Assert.True(code == 0, errors);
        Assert.StartsWith($"{version}: 0 running cases: 0 dates of 0 cases move, 0 are over at once, 0 cases keep their rules. Stamp ", output, StringComparison.Ordinal);
        var stamp = output.TrimEnd('.', '\n').Split(' ')[^1];

        (code, output, _) = await Run("activate", version, "--by", "dcs", "--reason", "larger groups", "--running", "recompute");
        Assert.Equal(2, code);
        Assert.EndsWith($"Nothing was changed. To activate: --confirm {stamp}\n", output, StringComparison.Ordinal);
        (code, _, errors) = await Run("activate", version, "--by", "dcs", "--reason", "larger groups", "--running", "recompute", "--confirm", "other");
        Assert.Equal(1, code);
        Assert.Contains("(preview-changed)", errors, StringComparison.Ordinal);
        (code, output, errors) = await Run("activate", copy, "--by", "dcs", "--reason", "larger groups", "--running", "recompute", "--confirm", stamp);
        Assert.Equal((0, $"{version} is current; running cases are being told: rules list shows how far it has come.\n", ""), (code, output, errors));

        (code, output, _) = await Run("list");
        Assert.Equal(0, code);
        Assert.Contains($"* {version}  ", output, StringComparison.Ordinal);
        Assert.Matches($"  2  {version}  [0-9-]{{10}} [0-9:]{{5}}  dcs           recompute  larger groups", output);
        Assert.Equal(2, output.Split('\n').Count(line => line.Contains("  files ", StringComparison.Ordinal)));
    }
}
