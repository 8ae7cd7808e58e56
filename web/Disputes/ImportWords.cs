using Workflows.Activities.Rules;

namespace Workflows.Web.Disputes;

/// <summary>
/// What a clerk writes in a table where the API takes an id: the Chinese name of a category, of a unit and of a channel. A
/// name that two have says neither; it stays as it is and is refused as any unknown id.
/// </summary>
internal sealed class ImportWords(RuleSet rules)
{
    private static readonly Dictionary<string, string> Channels = new(StringComparer.Ordinal)
    {
        ["窗口"] = "window",
        ["网格"] = "grid",
        ["热线"] = "hotline",
        ["网上"] = "online",
        ["公安"] = "police",
        ["信访"] = "petitions",
        ["法院"] = "court",
    };

    private readonly Dictionary<string, string> categories = Unique(rules.Disputes.Process.Categories.Select(category => (category.NameZh, category.Id)));
    private readonly Dictionary<string, string> units = Unique(rules.Units.All.Select(unit => (unit.Name, unit.Id)));

    public RuleSet Rules => rules;

    public string Id(string field, string cell) => (field switch
    {
        "category" => categories,
        "channel" => Channels,
        "by" => units,
        _ => null,
    })?.GetValueOrDefault(cell) ?? cell;

    private static Dictionary<string, string> Unique(IEnumerable<(string Name, string Id)> known) => known
        .GroupBy(pair => pair.Name, StringComparer.Ordinal)
        .Where(group => group.Count() == 1)
        .ToDictionary(group => group.Key, group => group.Single().Id, StringComparer.Ordinal);
}
