using System.Text;
using System.Text.Json;
using Workflows.Activities.Supervision.Import;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision.Import;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Supervision;

/// <summary>The plan of the reference county: its document becomes what seeds/plan.json says.</summary>
public sealed class CountyPlanImportTests
{
    /// <summary>
    /// The printed document's path, as text or .docx. Its sentences are not ours to copy, so without it the same plan is
    /// read from sentences of our own.
    /// </summary>
    public const string Document = "WORKFLOWS_TEST_PLAN_DOCUMENT";

    private static readonly JsonElement Facts =
        JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(ReferenceCounty.Root, "seeds", "plan.json")));

    private static readonly Lazy<PlanDraft> Draft = new(() => PlanImport.Read(
        PlanFile.Read(Environment.GetEnvironmentVariable(Document) is { Length: > 0 } path ? File.ReadAllBytes(path) : Encoding.UTF8.GetBytes(CountyPlanText.Write(Facts))),
        ImportRegister.Of(ReferenceCounty.Settings.Name, ReferenceCounty.Units)).Draft!);

    [Fact]
    public void It_gives_exactly_the_tasks_with_their_units_roles_and_flags() => Assert.Equal(
        Facts.GetProperty("tasks").EnumerateArray().Select(task => Task(task)),
        JsonSerializer.SerializeToElement(Draft.Value.Tasks, Wire.Options).EnumerateArray().Select(task => Task(task)));

    [Fact]
    public void It_names_exactly_the_units() => Assert.Equal(
        Facts.GetProperty("units").EnumerateArray().Select(unit => unit.GetString()).Order(StringComparer.Ordinal),
        Draft.Value.Units.Where(unit => unit.Kind != "township").Select(unit => unit.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void It_gives_at_least_45_of_the_50_indicators_and_none_wrong()
    {
        List<string> known = [.. Facts.GetProperty("indicators").EnumerateArray().Select(Indicator)];
        List<string> drafted = [.. JsonSerializer.SerializeToElement(Draft.Value.Indicators, Wire.Options).EnumerateArray().Select(Indicator)];

        Assert.Empty(Without(drafted, known));
        Assert.InRange(drafted.Count, 45, known.Count);
    }

    [Fact]
    public void It_gives_the_number_the_day_and_the_expiry_of_the_document()
    {
        var document = Facts.GetProperty("document");

        Assert.Equal(document.GetProperty("number").GetString(), Draft.Value.Document.Number);
        Assert.Equal(document.GetProperty("issued").GetString(), $"{Draft.Value.Document.Issued:yyyy-MM-dd}");
        Assert.Equal(document.GetProperty("expires").GetString(), $"{Draft.Value.Document.Expires:yyyy-MM-dd}");
    }

    private static string Task(JsonElement task) =>
        $"{task.GetProperty("id")} {task.GetProperty("path")} {task.GetProperty("pathText")} {task.GetProperty("mode")} etc={task.GetProperty("etc")} townships={task.GetProperty("townshipsImplied")}: "
        + string.Join(", ", task.GetProperty("responsible").EnumerateArray().Select(unit => $"{unit.GetProperty("unit")} {unit.GetProperty("role")}"));

    private static string Indicator(JsonElement indicator) =>
        string.Join(' ', ((string[])["task", "comparator", "value", "due", "dueSource", "force"]).Select(member => indicator.GetProperty(member).ToString()));

    /// <summary>What is left of the one when each of the other took its like away.</summary>
    private static List<string> Without(List<string> all, List<string> others)
    {
        var left = all.ToList();
        others.ForEach(other => left.Remove(other));
        return left;
    }
}
