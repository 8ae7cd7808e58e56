using System.Text;
using System.Text.Json;
using Workflows.Activities.Supervision.Import;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision.Import;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Supervision;

/// <summary>Plans of made-up counties in many styles, each with the draft it must become.</summary>
public sealed class PlanFixtureTests
{
    private const string Folder = "tests/Activities.Tests/Supervision/Plans";

    private static readonly ImportRegister Register = ImportRegister.Of(ReferenceCounty.Settings.Name, ReferenceCounty.Units);

    public static TheoryData<string> Plans =>
        [.. Directory.EnumerateFiles(Path.Combine(ReferenceCounty.Root, Folder)).Select(path => Path.GetFileName(path)).Where(name => !name.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Plans))]
    public void A_plan_becomes_exactly_its_draft(string name)
    {
        var draft = PlanImport.Read(Text(name), Register).Draft!;

        var today = OneLineEach(draft);

        Assert.Equal(Golden.Text($"{Folder}/{Path.GetFileNameWithoutExtension(name)}.json", today), today);
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Every_value_shows_words_of_the_text_and_every_line_is_accounted_for(string name)
    {
        var text = Text(name);
        var draft = PlanImport.Read(text, Register).Draft!;

        Assert.All(draft.Indicators.Select(indicator => indicator.Source).Concat(draft.Tasks.Select(task => task.Source)).Concat(draft.Tasks.SelectMany(task => task.Responsible.Select(unit => unit.Source))), source =>
            Assert.Contains(source.Words, text.Text, StringComparison.Ordinal));
        Assert.Empty(draft.Paragraphs.Where(paragraph => paragraph.Kind == "not-understood").Select(paragraph => paragraph.Line).Except(draft.NotUnderstood.Select(gap => gap.Line)));
    }

    private static PlanText Text(string name) => PlanFile.Read(File.ReadAllBytes(Path.Combine(ReferenceCounty.Root, Folder, name)));

    /// <summary>The draft with every element of its lists on a line of its own, so that a difference is seen.</summary>
    private static string OneLineEach(PlanDraft draft)
    {
        var json = new StringBuilder("{\n");
        var members = JsonSerializer.SerializeToElement(draft, Wire.Options).EnumerateObject().ToList();
        foreach (var member in members)
        {
            json.Append("  \"").Append(member.Name).Append("\": ");
            json.Append(member.Value.ValueKind == JsonValueKind.Array
                ? "[\n" + string.Join(",\n", member.Value.EnumerateArray().Select(element => "    " + JsonSerializer.Serialize(element, Wire.Options))) + "\n  ]"
                : JsonSerializer.Serialize(member.Value, Wire.Options));
            json.Append(member.Name == members[^1].Name ? "\n" : ",\n");
        }

        return json.Append("}\n").ToString();
    }
}
