using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Supervision;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Rules;

/// <summary>The files of seeds/, the schema of each, and what the product's own loaders say of a changed one.</summary>
internal static class SeedSchemas
{
    /// <summary>Kind of file to the record that the loader reads it as; of a list, its entries.</summary>
    public static IReadOnlyDictionary<string, string> Roots { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["calendar-year"] = "CalendarYear",
        ["county"] = "CountyFile",
        ["disputes"] = "DisputesFile",
        ["divisions"] = "DivisionsFile",
        ["measures"] = "MeasuresFile",
        ["notices"] = "NoticesFile",
        ["personal-data"] = "PersonalFile",
        ["plan"] = "PlanFile",
        ["policies"] = "DeadlinePolicy",
        ["supervision"] = "SupervisionFile",
        ["units"] = "UnitsFile",
    };

    private static readonly string Seeds = Path.Combine(ReferenceCounty.Root, "seeds");

    private static readonly RuleFiles Good = RuleFiles.Read(Seeds);

    private static readonly Dictionary<string, JsonSchema> Schemas =
        Roots.Keys.ToDictionary(kind => kind, kind => JsonSchema.FromText(Text($"schema/{kind}.schema.json")));

    /// <summary>Every file of data, by its name under seeds/.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Directory
        .EnumerateFiles(Seeds, "*.json", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Seeds, path).Replace('\\', '/'))
        .Where(name => !name.StartsWith("schema/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    public static JsonNode Content(string file) => JsonNode.Parse(Text(file))!;

    private static string Text(string name) => File.ReadAllText(Path.Combine(Seeds, name));

    public static JsonNode SchemaText(string kind) => JsonNode.Parse(Text($"schema/{kind}.schema.json"))!;

    public static string KindOf(string file) =>
        file.StartsWith("calendar/", StringComparison.Ordinal) ? "calendar-year" : Path.GetFileNameWithoutExtension(file);

    public static bool SchemaRefuses(string file, JsonNode content) =>
        !Schemas[KindOf(file)].Evaluate(JsonSerializer.SerializeToElement(content)).IsValid;

    /// <summary>The greater files alone, the others with their whole set.</summary>
    public static IReadOnlyList<DataError> LoaderErrors(string file, JsonNode content)
    {
        var text = content.ToJsonString();
        var json = Encoding.UTF8.GetBytes(text);
        return file switch
        {
            "plan.json" => PlanData.Parse(file, json, ReferenceCounty.Units).Errors,
            "disputes.json" => DisputeData.Parse(file, json, ReferenceCounty.Policies).Errors,
            "supervision.json" => SupervisionData.Parse(file, json, ReferenceCounty.Policies, ReferenceCounty.Units).Errors,
            _ => SetErrors(file, text),
        };
    }

    private static IReadOnlyList<DataError> SetErrors(string file, string text)
    {
        try
        {
            RuleSet.Parse(Good.With(new Dictionary<string, string?> { [file] = text }));
            return [];
        }
        catch (RuleSetRefusedException refused)
        {
            return refused.Errors;
        }
    }
}
