using System.Globalization;
using System.Text;
using System.Text.Json;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Supervision;

/// <summary>
/// A plan in our own sentences that says what the county's plan says: its headings, its units as such documents spell
/// them (the county left out after the first, 等 for an open list), its targets.
/// </summary>
internal static class CountyPlanText
{
    private const string Digits = "一二三四五六七八九十";

    public static string Write(JsonElement plan)
    {
        var document = plan.GetProperty("document");
        var text = new StringBuilder()
            .AppendLine(document.GetProperty("number").GetString())
            .AppendLine("仙游县人民政府办公室关于印发社区服务工作方案的通知")
            .AppendLine("各乡镇人民政府、鲤城街道办事处，县直有关单位：")
            .AppendLine("现将工作方案印发给你们，请照此办理。");
        var targets = plan.GetProperty("indicators").EnumerateArray().ToLookup(target => target.GetProperty("task").GetString());
        int[] last = [];
        foreach (var task in plan.GetProperty("tasks").EnumerateArray())
        {
            int[] path = [.. task.GetProperty("path").GetString()!.Split('.').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
            Headings(text, last, path);
            last = path;
            text.Append(Heading(path)).Append(task.GetProperty("title").GetString()).Append('。')
                .AppendLine(string.Concat(targets[task.GetProperty("id").GetString()].OrderBy(HasDate).Select(Sentence)))
                .Append("责任单位：").Append(Units(task));
            // The first task says the rule for all of them.
            text.AppendLine(path is [1, 1] ? "。以下各项任务均由各乡镇人民政府、鲤城街道办事处落实，后文不再重复。" : "");
        }

        return text.AppendLine("本方案自印发之日起施行，有效期至2025年12月31日。").AppendLine("仙游县人民政府办公室").AppendLine("2023年10月9日").ToString();
    }

    /// <summary>The headings above a task that were not there before.</summary>
    private static void Headings(StringBuilder text, int[] last, int[] path)
    {
        for (var depth = 1; depth < path.Length; depth++)
        {
            if (!last.Take(depth).SequenceEqual(path.Take(depth)))
            {
                text.Append(Heading(path[..depth])).AppendLine(depth == 1 ? "社区服务工作" : "服务事项");
            }
        }
    }

    private static string Heading(int[] path) => path.Length switch
    {
        1 => $"{Digits[path[0] - 1]}、",
        2 => $"（{Digits[path[1] - 1]}）",
        _ => string.Create(CultureInfo.InvariantCulture, $"{path[^1]}."),
    };

    /// <summary>A date may hold for the sentences after it too, so those without one come first.</summary>
    private static bool HasDate(JsonElement target) => target.GetProperty("dueSource").GetString() == "explicit";

    private static string Sentence(JsonElement target)
    {
        string Of(string member) => target.GetProperty(member).ToString();
        var due = HasDate(target) ? $"到{Of("due")[..4]}年，" : "";
        var each = Of("cadence") == "annual" ? "每年" : "";
        var unit = Of("unit").Split('/')[0];
        var compared = Of("comparator") switch { "gte" => "不低于", "lte" => "不超过", "gt" => "超过", _ => "统一为" };
        return $"{due}{(Of("force") == "aspirational" ? "力争" : "")}{each}{Of("name")}{compared}{Of("value")}{unit}。";
    }

    private static string Units(JsonElement task)
    {
        List<string> names = [];
        foreach (var responsible in task.GetProperty("responsible").EnumerateArray())
        {
            var name = ReferenceCounty.Units.Find(responsible.GetProperty("unit").GetString()!)!.Name;
            var isElided = names.Count > 0 && name.StartsWith('县') && !name.StartsWith("县委", StringComparison.Ordinal) && !name.StartsWith("县直", StringComparison.Ordinal);
            names.Add(isElided ? name[1..] : name);
        }

        var lead = task.GetProperty("mode").GetString() == "lead";
        return string.Join('、', names) + (task.GetProperty("etc").GetBoolean() ? "等" : "") + (lead ? "牵头负责" : "按职责分工负责");
    }
}
