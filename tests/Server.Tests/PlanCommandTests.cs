using System.Text.Json;
using Workflows.Testing;

namespace Workflows.Server.Tests;

/// <summary>Import of a plan on the command line.</summary>
public sealed class PlanCommandTests
{
    private static string Plan => Path.Combine(ReferenceCounty.Root, "tests", "Activities.Tests", "Supervision", "Plans", "01-lines.txt");

    [Fact]
    public async Task A_plan_is_printed_as_json_and_its_questions_are_no_failure()
    {
        var (code, output, errors) = await ServerProcess.Run("plan", "import", Plan, "--json");

        Assert.Equal(("", 0), (errors, code));
        var draft = JsonDocument.Parse(output).RootElement;
        Assert.Equal("泽政办发〔2024〕17号", draft.GetProperty("document").GetProperty("number").GetString());
        Assert.Equal(6, draft.GetProperty("tasks").GetArrayLength());
        Assert.NotEqual(0, draft.GetProperty("questions").GetArrayLength());
    }

    [Fact]
    public async Task Another_register_answers_the_questions_about_units()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder.File("units.json"),
            """{ "units": [{ "id": "edu", "name": "县教育局", "kind": "government" }, { "id": "rs", "name": "县人社局", "aliases": ["人社局"] }] }""",
            TestContext.Current.CancellationToken);

        var (code, output, _) = await ServerProcess.Run("plan", "import", Plan, "--units", folder.File("units.json"));

        Assert.Equal(0, code);
        Assert.Contains("6 tasks", output, StringComparison.Ordinal);
        Assert.Contains("县教育局 (lead), 县人社局", output, StringComparison.Ordinal);
        Assert.DoesNotContain("“县人社局”不在单位名册中", output, StringComparison.Ordinal);
        Assert.Contains("“县财政局”不在单位名册中", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_file_is_one_line_and_a_failure()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("story.txt"), "今天天气很好。", TestContext.Current.CancellationToken);

        var (code, output, errors) = await ServerProcess.Run("plan", "import", folder.File("story.txt"), "--json");

        Assert.Equal((1, ""), (code, output));
        Assert.EndsWith("There is no heading with a responsible unit, no numbered heading and no table of tasks in it.\n", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_kept_listed_and_not_begun_without_its_confirmation()
    {
        using var folder = new TempFolder();
        using var server = ServerProcess.Start("--data", folder.File("data"), "--port", "0");
        var url = await server.Address();
        Task<(int Code, string Output, string Errors)> Run(params string[] words) => ServerProcess.Run(["plan", .. words, "--url", url]);

        var (code, output, errors) = await Run("import", Plan, "--draft", "--by", "dcs");
        Assert.Equal(("", 0), (errors, code));
        var id = output.Split(' ')[1].TrimEnd(':');
        Assert.Contains(": 6 tasks, ", output, StringComparison.Ordinal);
        (_, output, _) = await Run("drafts");
        Assert.StartsWith($"{id}  6 tasks, ", output, StringComparison.Ordinal);

        (code, output, _) = await Run("activate", id, "--by", "dcs");
        Assert.Equal(2, code);
        Assert.Contains("Nothing was begun. To begin: --confirm ", output, StringComparison.Ordinal);
        (code, _, errors) = await Run("activate", id, "--by", "dcs", "--confirm", "no-such");
        Assert.Equal(1, code);
        Assert.NotEqual("", errors);
        (_, output, _) = await Run("drafts");
        Assert.DoesNotContain("active", output, StringComparison.Ordinal);

        (code, _, errors) = await ServerProcess.Run("plan", "drafts", "--url", "http://localhost:1");
        Assert.Equal(3, code);
        Assert.StartsWith("http://localhost:1 does not answer: ", errors, StringComparison.Ordinal);
    }
}
