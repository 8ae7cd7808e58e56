using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workflows.Activities.Tests.Rules;

/// <summary>One slip of a person who edits a file of data.</summary>
/// <param name="File">Under seeds/.</param>
/// <param name="Path">JSON path of the value, as the loaders write it.</param>
/// <param name="Slip">Drops the value (null), adds an unknown member, or puts another value in its place.</param>
/// <param name="Text">The slip in words.</param>
internal sealed record SeedChange(string File, string Path, Func<JsonNode, string, JsonNode> Slip, string Text)
{
    public override string ToString() => $"{File} {Path}: {Text}";

    /// <summary>The file with the slip in it; the given content stays as it is.</summary>
    public JsonNode Of(JsonNode content) => Slip(content.DeepClone(), Path);

    /// <summary>Every slip at every value; with <paramref name="eachPlaceOnce"/> at the first value of each place, whatever its index.</summary>
    public static IEnumerable<SeedChange> All(string file, JsonNode content, IReadOnlyCollection<decimal> numbers, bool eachPlaceOnce)
    {
        HashSet<string> places = new(StringComparer.Ordinal);
        foreach (var (path, place, node) in Values("$", "$", content))
        {
            if (!eachPlaceOnce || places.Add(place))
            {
                foreach (var change in At(file, path, node, numbers))
                {
                    yield return change;
                }
            }
        }
    }

    private static IEnumerable<(string Path, string Place, JsonNode Node)> Values(string path, string place, JsonNode node)
    {
        var below = node switch
        {
            JsonObject members => members.SelectMany(member => Values($"{path}.{member.Key}", $"{place}.{member.Key}", member.Value!)),
            JsonArray elements => elements.SelectMany((element, index) =>
                Values(string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), $"{place}[]", element!)),
            _ => [],
        };
        return below.Prepend((path, place, node));
    }

    private static IEnumerable<SeedChange> At(string file, string path, JsonNode node, IReadOnlyCollection<decimal> numbers)
    {
        if (path.Contains('.', StringComparison.Ordinal) && path[^1] != ']')
        {
            yield return new(file, path, (root, at) => Put(root, at, (owner, key) => owner.AsObject().Remove(key)), "left out");
        }

        if (node is JsonObject)
        {
            yield return new(file, path, (root, at) => Change(root, at, value => value.AsObject()["noSuchMember"] = 1), "an unknown member");
            yield return Instead(file, path, "[]");
            yield break;
        }

        var kind = node.GetValueKind();
        IEnumerable<string> instead =
            kind == JsonValueKind.Array ? ["{}", "[]", "\"text\"", Doubled(node)]
            : kind == JsonValueKind.Number ? [.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)), "0.5", "\"7\"", "true"]
            : kind == JsonValueKind.String ? ["7", "\" \"", "\"No such word!\"", "\"2026-02-30\"", "[]"]
            : ["\"true\"", "0", "7"];
        foreach (var json in instead)
        {
            yield return Instead(file, path, json);
        }
    }

    private static string Doubled(JsonNode list) =>
        new JsonArray([.. list.AsArray().Concat(list.AsArray().Take(1)).Select(element => element!.DeepClone())]).ToJsonString();

    private static SeedChange Instead(string file, string path, string json) =>
        new(file, path, (root, at) => at == "$" ? JsonNode.Parse(json)! : Put(root, at, (owner, key) =>
        {
            if (owner is JsonArray elements)
            {
                elements[int.Parse(key, CultureInfo.InvariantCulture)] = JsonNode.Parse(json);
            }
            else
            {
                owner[key] = JsonNode.Parse(json);
            }
        }), json.Length < 40 ? json : "an entry twice");

    private static JsonNode Change(JsonNode root, string path, Action<JsonNode> change)
    {
        change(Steps(path).Aggregate(root, Below));
        return root;
    }

    private static JsonNode Put(JsonNode root, string path, Action<JsonNode, string> put)
    {
        var steps = Steps(path);
        put(steps.SkipLast(1).Aggregate(root, Below), steps[^1]);
        return root;
    }

    private static JsonNode Below(JsonNode node, string step) =>
        node is JsonArray elements ? elements[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!;

    private static string[] Steps(string path) => path.Split(['$', '.', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
}
