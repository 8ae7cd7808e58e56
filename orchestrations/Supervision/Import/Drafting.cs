using System.Globalization;
using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>One text on its way to a draft.</summary>
internal sealed partial class Drafting
{
    private readonly List<Item> items;
    private readonly Head head;
    private readonly UnitNames names;
    private readonly PlanDates dates;
    private readonly Outline outline;
    private readonly DutyReader duties;
    private readonly List<DraftGap> gaps = [];
    private readonly List<DraftTask> tasks = [];
    private readonly List<DraftIndicator> indicators = [];
    private readonly List<DraftTarget> targets = [];
    private readonly Questions questions = new();
    private readonly string?[] kinds;
    private readonly string?[] taskOf;
    private readonly Dictionary<Node, int> taskOfNode = [];
    private readonly HashSet<Node> taskNodes = [];

    public Drafting(List<Item> items, ImportRegister register)
    {
        this.items = items;
        head = Head.Read(items);
        names = new UnitNames(register, head.County);
        dates = new PlanDates(head.Issued, head.Expires, head.PlanYear);
        duties = new DutyReader(names, dates, gaps);
        outline = Outline.Read(items, head, duties);
        kinds = outline.Kinds;
        taskOf = new string?[items.Count];
    }

    public PlanDraft Draft()
    {
        FindSubjects();
        LiftLastPoints();
        ChooseTasks();
        AddTables();
        DraftWords();
        var rules = ApplyRules();
        questions.Ask(head, names, tasks, indicators, outline, [.. outline.Nodes.Where(taskOfNode.ContainsKey).Select(node => (node, tasks[taskOfNode[node]].Id))]);
        AskCooperation();
        return new PlanDraft(
            head.Document,
            rules,
            names.All,
            tasks,
            indicators,
            targets,
            questions.All,
            [.. gaps.OrderBy(gap => gap.Line)],
            [.. items.Select((item, index) => new DraftParagraph(item.Passage.Line, kinds[index] ?? "not-understood", taskOf[index]))]);
    }

    /// <summary>In articles the subjects of the sentences do the work, when no line names them.</summary>
    private void FindSubjects()
    {
        var articles = outline.Nodes.Where(node => node.Marker.Kind == MarkerKind.Article).ToList();
        if (articles.Count == 0 || articles.Count(node => node.Duty.IsLabelled) * 2 > articles.Count)
        {
            return;
        }

        foreach (var node in articles.Where(node => !node.Duty.IsLabelled))
        {
            foreach (var (passage, from, to, _) in node.Texts.Concat(node.Children.SelectMany(child => child.Texts)))
            {
                if (duties.ReadSubjects(passage, from, to) is { } duty)
                {
                    // Who is the subject comes before who helps.
                    node.Duty.Units.RemoveAll(unit => duty.Units.Exists(known => known.Word == unit.Word && known.Role == unit.Role));
                    duty.Take(node.Duty);
                    node.Say(duty);
                }
            }
        }
    }

    /// <summary>A single responsibility after the last of several points is for the heading above them.</summary>
    private void LiftLastPoints()
    {
        var said = outline.Nodes.Where(node => node.Duty.IsSaid).ToLookup(node => (node.Marker.Kind, node.Marker.Depth));
        var all = outline.Nodes.ToLookup(node => (node.Marker.Kind, node.Marker.Depth));
        foreach (var parent in Enumerable.Reverse(outline.Nodes).Where(node => node.Children.Count > 1 && !node.Duty.IsSaid).ToList())
        {
            var last = parent.Children[^1];
            if (!last.Duty.IsSaid || parent.Children.SkipLast(1).Any(IsSaidWithin) || last.Children.Count > 0)
            {
                continue;
            }

            var key = (last.Marker.Kind, last.Marker.Depth);
            var elsewhere = said[key].Count(node => node.Parent != parent && IsCloserSaid(node));
            var others = all[key].Count(node => node.Parent != parent);
            if (elsewhere * 2 <= others)
            {
                parent.Lift(last);
            }
        }

        bool IsSaidWithin(Node node) => node.Duty.IsSaid || node.Children.Exists(IsSaidWithin);

        // Elsewhere too the last point may only speak for its heading.
        bool IsCloserSaid(Node node) => node.Duty.IsSaid && (node.Parent is not { } above || above.Children[^1] != node || above.Children.SkipLast(1).Any(IsSaidWithin) || above.Children.Count == 1);
    }

    private void ChooseTasks()
    {
        var hasDuties = outline.Nodes.Exists(node => node.Duty.IsSaid);
        foreach (var node in outline.Nodes)
        {
            if (node.Duty.IsSaid || (hasDuties ? IsForgotten(node) : outline.Tables.Count == 0 && IsPlainTask(node)))
            {
                taskNodes.Add(node);
            }
        }

        foreach (var node in outline.Nodes.Where(taskNodes.Contains))
        {
            taskOfNode[node] = tasks.Count;
            Add(node.Path, node.PathText, node.Title, node.Source, node.Duty);
        }
    }

    /// <summary>A point beside tasks that names nobody: a task all the same, with a question.</summary>
    private static bool IsForgotten(Node node) =>
        node.Children.Count == 0 && node.Parent is { } parent
        && !node.Ancestors().Any(above => above.Duty.IsSaid)
        && parent.Children.Exists(sibling => sibling != node && sibling.Duty.IsSaid && sibling.IsLike(node))
        && parent.Children.Count(sibling => sibling.Duty.IsSaid) * 2 >= parent.Children.Count
        && node.Marker.Kind != MarkerKind.Article;

    private static bool IsPlainTask(Node node) =>
        node.Children.Count == 0 && !node.Ancestors().Prepend(node).Any(part => General().IsMatch(part.Title));

    private void Add(string path, string pathText, string title, Source source, Duty duty)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        List<DraftResponsible> responsible = [];
        foreach (var mention in duty.Units)
        {
            var unit = names.Name(mention.Word, mention.Carried, mention.Source);
            var role = unit.Kind == "township" && mention.Role == AssignmentRole.Participant ? AssignmentRole.Implementer : mention.Role;
            if (seen.TryGetValue(unit.Id, out var at))
            {
                // Named twice: the stronger part counts.
                responsible[at] = role == AssignmentRole.Lead ? responsible[at] with { Role = role } : responsible[at];
                continue;
            }

            seen[unit.Id] = responsible.Count;
            responsible.Add(new DraftResponsible(unit.Id, role, unit.Name, mention.Source));
        }

        tasks.Add(new DraftTask(
            $"T{(tasks.Count + 1).ToString("00", CultureInfo.InvariantCulture)}",
            path,
            pathText,
            title,
            responsible.Exists(unit => unit.Role == AssignmentRole.Lead) ? "lead" : "division",
            duty.IsOpen,
            responsible,
            duty.Townships,
            duty.Due?.Due,
            duty.Cadence,
            source,
            duty.DueSource));
    }

    private void AddTables()
    {
        var reader = new TableTasks(names, duties);
        foreach (var (table, under, index) in outline.Tables)
        {
            if (reader.Read(table) is not { } rows)
            {
                gaps.Add(new DraftGap(table.Passage.Words(0, Math.Min(80, table.Passage.Text.Length)), table.Passage.Line, "a table without columns for the task and who does it"));
                kinds[index] = "not-understood";
                continue;
            }

            foreach (var row in rows)
            {
                var same = tasks.FindIndex(task => AreSame(task.Title, row.Title));
                if (same >= 0 && tasks[same].Responsible.Count > 0)
                {
                    tasks[same] = tasks[same] with { Due = tasks[same].Due ?? row.Duty.Due?.Due, DueSource = tasks[same].DueSource ?? row.Duty.DueSource };
                    continue;
                }

                var path = under is null || outline.Nodes.Count == 0 ? $"{row.Number}" : $"{under.Path}.{row.Number}";
                Add(path, under is null ? $"{row.Number}" : $"{under.PathText}{row.Number}", row.Title, row.Source, row.Duty);
                foreach (var text in row.Texts)
                {
                    DraftText(text, 0, text.Text.Length, path, tasks.Count - 1, index);
                }
            }
        }
    }

    private static bool AreSame(string one, string other)
    {
        var (a, b) = (Letters().Replace(one, ""), Letters().Replace(other, ""));
        return a.Length >= 6 && b.Length >= 6 && (a == b || (a.Length > 7 && b.Contains(a, StringComparison.Ordinal)) || (b.Length > 7 && a.Contains(b, StringComparison.Ordinal)));
    }

    private void DraftWords()
    {
        var ofTables = (Indicators: indicators.ToList(), Targets: targets.ToList());
        indicators.Clear();
        targets.Clear();
        var firstLine = tasks.Select(drafted => drafted.Source.Line).DefaultIfEmpty(int.MaxValue).Min();
        foreach (var node in outline.Nodes)
        {
            var owner = node.Ancestors().Prepend(node).FirstOrDefault(taskNodes.Contains);
            int? task = owner is null ? null : taskOfNode[owner];
            var isBeforeTasks = owner is null && node.Source.Line <= firstLine;
            if (task is { } own)
            {
                taskOf[node.Item] = tasks[own].Id;
            }

            foreach (var (passage, from, to, item) in node.Texts)
            {
                taskOf[item] = task is { } at ? tasks[at].Id : null;
                var before = indicators.Count;
                DraftText(passage, from, to, owner?.Path ?? node.Path, task, item);
                if (kinds[item] is "heading" or "responsibility" or "rule")
                {
                    continue;
                }

                kinds[item] = indicators.Count > before ? "indicator" : task is not null ? "task" : isBeforeTasks ? "preamble" : "not-understood";
                if (kinds[item] == "not-understood")
                {
                    gaps.Add(new DraftGap(passage.Words(from, to), passage.Line, "stands under no task: no unit is responsible here"));
                }
            }

            if (owner is null && !isBeforeTasks && node.Children.Count == 0 && node.Texts.Exists(text => text.Item == node.Item && text.To - text.From > node.Title.Length + 2))
            {
                gaps.Add(new DraftGap(items[node.Item].Passage.Words(0, items[node.Item].Passage.Text.Length), node.Source.Line, "a heading under which no unit is responsible"));
            }
        }

        var told = gaps.Select(gap => gap.Line).ToHashSet();
        for (var index = 0; index < items.Count; index++)
        {
            if (taskOf[index] is null && kinds[index] == "responsibility")
            {
                taskOf[index] = tasks.LastOrDefault(task => task.Source.Line <= items[index].Passage.Line)?.Id;
            }

            if (kinds[index] is "not-understood" or null && told.Add(items[index].Passage.Line))
            {
                gaps.Add(new DraftGap(items[index].Passage.Words(0, items[index].Passage.Text.Length), items[index].Passage.Line, "no rule reads it"));
            }
        }

        indicators.AddRange(ofTables.Indicators);
        targets.AddRange(ofTables.Targets);
        for (var index = 0; index < indicators.Count; index++)
        {
            indicators[index] = indicators[index] with { Id = $"I{(index + 1).ToString("00", CultureInfo.InvariantCulture)}" };
        }
    }

    private void DraftText(Passage passage, int from, int to, string section, int? task, int item)
    {
        var read = Clauses.Read(passage, from, to, dates);
        var id = task is { } at ? tasks[at].Id : null;
        var taskDue = task is { } own ? tasks[own].Due : null;
        foreach (var target in read.Numbers)
        {
            var (due, source) = target.Due is { } date ? (date, "explicit") : taskDue is { } ofTask ? (ofTask, "task") : (head.Expires, "plan-expiry");
            indicators.Add(new DraftIndicator(
                $"I{indicators.Count + 1}",
                section,
                id,
                target.Name,
                target.Comparator,
                target.Value,
                target.ValueTo,
                target.Unit,
                due,
                source,
                target.Cadence,
                target.Scope,
                target.IsHoped ? "aspirational" : "binding",
                target.Source));
            if (target.DueDoubt is { } doubt)
            {
                questions.Add("ambiguous-date", false, indicators[^1].Id, $"“{target.Source.Words}”的期限是否为{due:yyyy-MM-dd}？", due is { } day ? [day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)] : [], target.Source with { Reason = doubt });
            }
        }

        targets.AddRange(read.Aims.Select(aim => new DraftTarget(section, id, aim.Words, aim)));
        gaps.AddRange(read.Gaps.Select(gap => gap with { Task = id }));
    }

    private List<DraftRule> ApplyRules()
    {
        List<DraftRule> rules = [];
        foreach (var (node, source) in outline.Rules)
        {
            var from = 0;
            var to = tasks.Count - 1;
            if (source.Words.Contains("以下", StringComparison.Ordinal) || source.Words.Contains("下列", StringComparison.Ordinal))
            {
                from = Math.Max(0, tasks.FindLastIndex(task => task.Source.Line <= source.Line));
            }
            else if (source.Words.Contains("以上", StringComparison.Ordinal) || source.Words.Contains("上述", StringComparison.Ordinal))
            {
                to = tasks.FindLastIndex(task => task.Source.Line <= source.Line);
            }

            for (var index = from; index <= to; index++)
            {
                tasks[index] = tasks[index] with { TownshipsImplied = true };
            }

            if (to >= from && tasks.Count > 0)
            {
                rules.Add(new DraftRule($"R{rules.Count + 1}", "townships-implement", $"{tasks[from].Id}..{tasks[to].Id}", node?.Path ?? "", source));
            }
        }

        return rules;
    }

    /// <summary>The text wants a unit to work with the others, and the list does not name it.</summary>
    private void AskCooperation()
    {
        foreach (var (node, at) in taskOfNode.OrderBy(entry => entry.Value))
        {
            foreach (var (passage, from, to, _) in node.Texts)
            {
                foreach (Match match in Together().Matches(passage.Text[from..to]))
                {
                    foreach (var word in match.Groups[1].Value.Split('、', '和'))
                    {
                        var name = ((string[])[word, word + "局", word + "委", word + "部"]).FirstOrDefault(names.Knows);
                        if (name is not null && !tasks[at].Responsible.Any(unit => unit.Name.Contains(word, StringComparison.Ordinal)))
                        {
                            questions.Add("cooperating-unit", false, tasks[at].Id, $"正文要求“{word}”配合，但责任单位中没有；是否补充？", [name],
                                passage.Source(from + match.Index, from + match.Index + match.Length, 0.6, "cooperation with a unit that the list does not name"));
                        }
                    }
                }
            }
        }
    }

    [GeneratedRegex("总体要求|指导思想|基本原则|工作要求|保障措施|组织保障|组织领导|工作目标|总体目标|主要目标|目标要求|工作步骤|实施步骤|附则|总则")]
    private static partial Regex General();

    [GeneratedRegex(@"[^\u4e00-\u9fffA-Za-z0-9]")]
    private static partial Regex Letters();

    [GeneratedRegex("(?:加强|强化|会同|与)?([\u4e00-\u9fff]{2,6}(?:、[\u4e00-\u9fff]{2,6}){0,5})等?(?:有关|相关)?(?:部门|单位)(?:的)?(?:联动|协作|配合|协同|联合|沟通)")]
    private static partial Regex Together();
}
