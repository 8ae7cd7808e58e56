using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Durable;

/// <summary>
/// The JSON that running cases carry. A golden file that changes is a breaking change unless a member was only added;
/// what was written yesterday must still be read.
/// </summary>
public sealed class WireTests
{
    private const string Folder = "tests/Orchestrations.Tests/Wire";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> Names => [.. WireSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_written_today_is_what_the_golden_file_says(string name)
    {
        var (type, value) = WireSamples.All[name];
        var today = Indented(JsonSerializer.Serialize(value, type, Wire.Options));

        Assert.Equal(Golden.Text($"{Folder}/{name}.golden.json", today), today);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_written_is_read_back_without_a_loss(string name)
    {
        var type = WireSamples.All[name].Type;
        var golden = File.ReadAllText(Path.Combine(ReferenceCounty.Root, Folder, $"{name}.golden.json"));

        var read = JsonSerializer.Deserialize(golden, type, Wire.Options);

        Assert.Equal(Indented(golden), Indented(JsonSerializer.Serialize(read, type, Wire.Options)));
    }

    [Fact]
    public void Everything_that_lands_in_a_history_has_a_golden_file()
    {
        var types = typeof(FlowCatalogue).Assembly.GetTypes();
        var written = WireSamples.All.Values.Select(sample => sample.Type).ToList();

        var activities = types.Where(type => type.IsClass && Activity(type) is not null).ToList();
        Assert.All(activities, type => Assert.Contains(type, written));
        var results = activities.Select(type => Activity(type)!.GetGenericArguments()[0]).Where(type => !type.IsAbstract);
        Assert.All(results, type => Assert.Contains(type, written));

        var kinds = types.Select(Kind).OfType<Type>().ToList();
        Assert.Equal(6, kinds.Count);
        Assert.All(kinds, kind => Assert.Contains(typeof(CaseRecord<>).MakeGenericType(kind.GetGenericArguments()[0]), written));

        foreach (var fact in types.Where(type => type.GetCustomAttribute<JsonPolymorphicAttribute>() is { TypeDiscriminatorPropertyName: "fact" }))
        {
            var said = string.Concat(WireSamples.All.Keys.Select(name => File.ReadAllText(Path.Combine(ReferenceCounty.Root, Folder, $"{name}.golden.json"))));
            Assert.All(
                fact.GetCustomAttributes<JsonDerivedTypeAttribute>(),
                derived => Assert.Contains($"\"fact\": \"{derived.TypeDiscriminator}\"", said, StringComparison.Ordinal));
            Assert.Equal(
                fact.GetNestedTypes().Select(type => type.Name).Order(StringComparer.Ordinal),
                fact.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(derived => (string)derived.TypeDiscriminator!).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Names_that_histories_carry_are_frozen()
    {
        var types = typeof(FlowCatalogue).Assembly.GetTypes().Where(type => type.IsPublic || type.IsNestedPublic).ToList();
        List<string> names =
        [
            .. types.Select(FlowName).OfType<string>().Select(name => $"flow {name} {FlowCatalogue.All.Newest(name)!.Version}"),
            .. types.Where(type => type.IsClass && Activity(type) is not null).Select(type => $"activity {type.Name}"),
            .. types.SelectMany(type => type.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(derived => $"fact {type.Name} {derived.TypeDiscriminator}")),
            .. types.Where(type => type.IsEnum).SelectMany(type => Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(value =>
                $"enum {type.Name} {JsonSerializer.Serialize(Enum.ToObject(type, value), type, Wire.Options).Trim('"')}")),
            .. Directory.EnumerateFiles(Path.Combine(ReferenceCounty.Root, "seeds", "templates"), "*.liquid").Select(path => $"template {Path.GetFileNameWithoutExtension(path)}"),
        ];
        names.Sort(StringComparer.Ordinal);
        var today = string.Join('\n', names) + "\n";

        Assert.Equal(Golden.Text("tests/Orchestrations.Tests/Wire/Names.golden.txt", today), today);
    }

    private static string? FlowName(Type type) =>
        type.GetField("FlowName", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as string;

    private static Type? Activity(Type type) => type.GetInterfaces()
        .FirstOrDefault(known => known.IsGenericType && known.GetGenericTypeDefinition() == typeof(IActivity<>));

    private static Type? Kind(Type type) => type.BaseType is { IsGenericType: true } known && known.GetGenericTypeDefinition() == typeof(CaseKind<,,>)
        ? known
        : null;

    private static string Indented(string json) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetBytes(json)), Readable) + "\n";
}
