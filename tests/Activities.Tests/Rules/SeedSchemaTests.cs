using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Calendar;

namespace Workflows.Activities.Tests.Rules;

public sealed class SeedSchemaTests
{
    private static readonly Type[] Types = [.. typeof(DataError).Assembly.GetTypes()
        .Concat(typeof(RuleFiles).Assembly.GetTypes())
        .Where(type => type.IsEnum || type.GetMethod("<Clone>$") is not null)];

    public static TheoryData<string> Kinds { get; } = [.. SeedSchemas.Roots.Keys];

    [Fact]
    public void Every_file_of_data_keeps_to_the_schema_of_its_kind()
    {
        Assert.Equal(SeedSchemas.Roots.Keys, SeedSchemas.Files.Select(SeedSchemas.KindOf).Distinct().Order(StringComparer.Ordinal));

        Assert.DoesNotContain(SeedSchemas.Files, file => SeedSchemas.SchemaRefuses(file, SeedSchemas.Content(file)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_schema_has_the_members_and_words_that_the_loader_knows_and_describes_each(string kind)
    {
        var schema = SeedSchemas.SchemaText(kind);
        var definitions = schema["$defs"]?.AsObject().ToDictionary(entry => entry.Key, entry => entry.Value!) ?? [];
        definitions.TryAdd(SeedSchemas.Roots[kind], schema);

        foreach (var (name, definition) in definitions)
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)definition["description"]), $"{kind}: {name} is not described.");
            var type = Assert.Single(Types, type => type.FullName!.Replace('+', '.').EndsWith($".{name}", StringComparison.Ordinal));
            if (type.IsEnum)
            {
                Assert.Equal(Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName), definition["enum"]!.AsArray().Select(word => (string?)word));
                continue;
            }

            var known = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .MaxBy(made => made.GetParameters().Length)!.GetParameters();
            var members = definition["properties"]!.AsObject();
            Assert.Equal(Names(known), members.Select(member => member.Key).Order(StringComparer.Ordinal));
            Assert.Equal(Names(known.Where(member => !member.HasDefaultValue)), Texts(definition["required"]!.AsArray()));
            Assert.False((bool)definition["additionalProperties"]!);
            Assert.All(members, member => Assert.True(
                member.Value!["$ref"] is not null || member.Value["description"] is not null, $"{kind}: {name}.{member.Key} is not described."));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Whatever_a_schema_refuses_the_loader_refuses_and_names_the_place(string kind)
    {
        var file = SeedSchemas.Files.Last(file => SeedSchemas.KindOf(file) == kind);
        var content = SeedSchemas.Content(file);
        var numbers = Numbers(kind);
        List<string> refused = [];
        List<string> wrong = [];

        foreach (var change in SeedChange.All(file, content, numbers, eachPlaceOnce: true).Where(change => SeedSchemas.SchemaRefuses(file, change.Of(content))))
        {
            refused.Add(change.Text);
            if (Objection(change, content) is { } objection)
            {
                wrong.Add(objection);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Subset(refused.ToHashSet(), new HashSet<string> { "left out", "an unknown member", "7" });
    }

    [Fact]
    public void So_it_is_at_any_place_of_any_file() => Gen.Select(Gen.OneOf(SeedSchemas.Files.Select(Gen.Const).ToArray()), Gen.Int[0, int.MaxValue]).Sample(
        (file, seed) =>
        {
            var content = SeedSchemas.Content(file);
            var changes = SeedChange.All(file, content, Numbers(SeedSchemas.KindOf(file)), eachPlaceOnce: false).ToList();
            var change = changes[seed % changes.Count];
            return !SeedSchemas.SchemaRefuses(file, change.Of(content)) || Objection(change, content) is null;
        },
        iter: 100,
        threads: 1);

    /// <summary>What is wrong with how the loader takes what the schema refuses; null when it refuses it as it must.</summary>
    private static string? Objection(SeedChange change, JsonNode content)
    {
        var errors = SeedSchemas.LoaderErrors(change.File, change.Of(content));
        return errors.Count == 0 ? $"{change}: the loader takes it."
            : !errors.Any(error => error.File == change.File && error.Rule.Length > 0 && IsAround(error.Path, change.Path)) ? $"{change}: said of {string.Join("; ", errors)}"
            : null;
    }

    /// <summary>At the value, within it, or at the list or object that holds it.</summary>
    private static bool IsAround(string said, string place) =>
        said == place || said.StartsWith($"{place}.", StringComparison.Ordinal) || said.StartsWith($"{place}[", StringComparison.Ordinal)
            || said == place[..Math.Max(1, place.LastIndexOfAny(['.', '[']))];

    /// <summary>The numbers just outside of all ranges of a schema.</summary>
    private static HashSet<decimal> Numbers(string kind)
    {
        HashSet<decimal> numbers = [-1];
        foreach (var node in Nodes(SeedSchemas.SchemaText(kind)).OfType<JsonObject>())
        {
            if (node["minimum"] is JsonValue least)
            {
                numbers.Add((decimal)least - 1);
            }

            if (node["maximum"] is JsonValue most)
            {
                numbers.Add((decimal)most + 1);
            }
        }

        return numbers;
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Value is null ? [] : Nodes(member.Value)).Prepend(node),
        JsonArray elements => elements.SelectMany(element => Nodes(element!)).Prepend(node),
        _ => [node],
    };

    private static IEnumerable<string> Names(IEnumerable<ParameterInfo> parameters) =>
        parameters.Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!)).Order(StringComparer.Ordinal);

    private static IEnumerable<string?> Texts(JsonArray words) => words.Select(word => (string?)word).Order(StringComparer.Ordinal);
}
