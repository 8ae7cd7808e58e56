using System.Text.Json;
using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// The categories as a tree of any depth. A category has the other ways of its ancestors beside its own, and whatever
/// names a category means its descendants too: both are worked out here once, so nobody else walks the tree.
/// </summary>
internal sealed class CategoryTree
{
    private readonly Dictionary<string, Entry> byId;

    private CategoryTree(
        Dictionary<string, Entry> byId, IReadOnlyList<CategoryRule> rules, IReadOnlyList<(string Path, string? Bar)> bars)
    {
        this.byId = byId;
        Rules = rules;
        Bars = bars;
    }

    /// <summary>In the order of the file, each with its ancestors' other ways after its own.</summary>
    public IReadOnlyList<CategoryRule> Rules { get; }

    /// <summary>What each category itself says of confirmation by a court, with its place in the file.</summary>
    public IReadOnlyList<(string Path, string? Bar)> Bars { get; }

    public HashSet<string> Ids => [.. byId.Keys];

    public static CategoryTree Read(string file, IReadOnlyList<JsonElement> elements, List<DataError> errors)
    {
        var entries = DataJson.Elements<Entry>(file, "$.categories", elements, errors);
        if (entries.Count == 0)
        {
            errors.Add(new(file, "$.categories", "no-category", "A dispute needs a category."));
        }

        Dictionary<string, Entry> byId = new(StringComparer.Ordinal);
        Dictionary<string, string> firstPath = new(StringComparer.Ordinal);
        foreach (var (path, entry) in entries)
        {
            if (!firstPath.TryAdd(entry.Id, path))
            {
                errors.Add(new(file, $"{path}.id", "duplicate-id", $"{entry.Id} is also at {firstPath[entry.Id]}."));
            }

            byId.TryAdd(entry.Id, entry);
        }

        List<CategoryRule> rules = [];
        foreach (var (path, entry) in entries)
        {
            Words(file, path, entry, errors);
            var line = Line(file, path, entry, byId, errors);
            List<string> ways = [.. line.SelectMany(ancestor => ancestor.OtherWays ?? []).Distinct(StringComparer.Ordinal)];

            // Mediation that ends without an agreement must name the other ways (人民调解法 26).
            // One below another lacks them only because that one does.
            if (ways.Count == 0 && entry.Parent is null)
            {
                errors.Add(new(file, $"{path}.otherWays", "no-other-way", $"{entry.Id} leaves the parties no other way."));
            }

            rules.Add(new CategoryRule(
                entry.Id, entry.Name, entry.NameZh, ways, entry.Parent, line.Select(above => above.Bar).FirstOrDefault(bar => bar is not null)));
        }

        return new CategoryTree(byId, rules, [.. entries.Select(entry => (entry.Path, entry.Value.Bar))]);
    }

    /// <summary>The categories with all their descendants, in the order of the file; unknown ones as they are.</summary>
    public IReadOnlyList<string>? WithDescendants(IReadOnlyList<string>? named) => named is null
        ? null
        : [.. named.Where(id => !byId.ContainsKey(id)), .. Rules.Select(rule => rule.Id).Where(id => IsUnder(id, named))];

    private bool IsUnder(string id, IReadOnlyList<string> named)
    {
        // A cycle is an error of the data; it must not hang the check that finds it.
        var (at, steps) = ((string?)id, 0);
        while (at is not null && byId.TryGetValue(at, out var entry) && steps++ <= byId.Count)
        {
            if (named.Contains(at))
            {
                return true;
            }

            at = entry.Parent;
        }

        return false;
    }

    /// <summary>The category and its ancestors, from below.</summary>
    private static List<Entry> Line(
        string file, string path, Entry entry, Dictionary<string, Entry> byId, List<DataError> errors)
    {
        List<Entry> line = [entry];
        while (line[^1].Parent is { } parent)
        {
            if (!byId.TryGetValue(parent, out var above))
            {
                // Said once, where it is written, and not at every descendant.
                if (line.Count == 1)
                {
                    errors.Add(new(file, $"{path}.parent", "unknown-parent", $"There is no category {parent}."));
                }

                break;
            }

            if (line.Contains(above))
            {
                errors.Add(new(file, $"{path}.parent", "parent-cycle", $"{entry.Id} would be above itself."));
                break;
            }

            line.Add(above);
        }

        return line;
    }

    private static void Words(string file, string path, Entry entry, List<DataError> errors)
    {
        DisputeData.Kebab(file, $"{path}.id", entry.Id, errors);
        DataJson.RequireText(file, $"{path}.name", entry.Name, errors);
        DataJson.RequireText(file, $"{path}.nameZh", entry.NameZh, errors);
        for (var index = 0; index < entry.OtherWays?.Count; index++)
        {
            DataJson.RequireText(file, $"{path}.otherWays[{index}]", entry.OtherWays[index], errors);
        }
    }

    /// <summary>A category as it is written.</summary>
    private sealed record Entry(
        string Id, string Name, string NameZh, IReadOnlyList<string>? OtherWays = null, string? Parent = null, string? Bar = null);
}
