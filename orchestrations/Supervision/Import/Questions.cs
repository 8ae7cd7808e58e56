using System.Globalization;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>What a person must say about a draft.</summary>
internal sealed class Questions
{
    private readonly List<DraftQuestion> all = [];

    public IReadOnlyList<DraftQuestion> All => all;

    public void Add(string kind, bool matters, string about, string text, IReadOnlyList<string> suggestions, Source source) =>
        all.Add(new DraftQuestion($"Q{(all.Count + 1).ToString(CultureInfo.InvariantCulture)}", kind, matters, about, text, suggestions, source));

    public void Ask(Head head, UnitNames names, List<DraftTask> tasks, List<DraftIndicator> indicators, Outline outline, List<(Node Node, string Task)> nodes)
    {
        foreach (var unit in names.All.Where(unit => !unit.Known))
        {
            Add("unknown-unit", true, unit.Id, $"“{unit.Name}”不在单位名册中，是哪个单位？", names.Suggestions(unit), unit.Source);
        }

        foreach (var (one, other) in names.Alike())
        {
            Add("look-alike", true, one.Id, $"“{one.Name}”与“{other.Name}”写法相近，是否为同一单位？", [one.Id, other.Id], other.Source);
        }

        foreach (var (node, why) in outline.Numbering)
        {
            Add("heading-number", false, nodes.Find(entry => entry.Node == node).Task ?? node.Path, $"“{node.Title}”的编号按顺序推定为{node.PathText}，是否正确？", [node.Path], node.Source with { Reason = why });
        }

        foreach (var task in tasks)
        {
            if (task.Responsible.Count == 0 && !task.TownshipsImplied)
            {
                Add("no-unit", true, task.Id, $"“{task.Title}”没有责任单位，由谁负责？", [], task.Source);
            }

            if (task.Responsible.Count(unit => unit.Role == AssignmentRole.Lead) > 1)
            {
                var leads = task.Responsible.Where(unit => unit.Role == AssignmentRole.Lead).ToList();
                Add("two-leads", true, task.Id, $"“{task.Title}”有{leads.Count}个牵头单位，以哪个为准？", [.. leads.Select(unit => unit.Unit)], leads[1].Source);
            }
        }

        var document = new Source("", 1, 0, "nowhere in the text");
        if (head.Expires is null || head.IsExpiryGuessed)
        {
            Add("no-expiry", true, "expires", "文中没有写明有效期，以哪一天为准？", head.Expires is { } guess ? [guess.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)] : [],
                head.Document.Sources.GetValueOrDefault("expires") ?? document);
        }

        if (head.Number is null)
        {
            Add("no-number", false, "number", "文中没有文号，请补充。", [], document);
        }

        foreach (var indicator in indicators)
        {
            if (indicator.Due is null)
            {
                Add("no-date", false, indicator.Id, $"“{indicator.Source.Words}”没有期限，以哪一天为准？", [], indicator.Source);
            }

            if (indicator.Task is null)
            {
                Add("no-task", false, indicator.Id, $"“{indicator.Source.Words}”不属于任何任务，由哪项任务承担？", [], indicator.Source);
            }
        }
    }
}
