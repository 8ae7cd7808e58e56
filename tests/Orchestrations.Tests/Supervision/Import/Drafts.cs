using Workflows.Orchestrations.Supervision.Import;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Supervision.Import;

/// <summary>Drafts of small texts.</summary>
internal static class Drafts
{
    public static ImportRegister Register { get; } = ImportRegister.Of(ReferenceCounty.Settings.Name, ReferenceCounty.Units);

    public static PlanDraft Of(string text) => PlanImport.Read(PlanText.Of(text), Register).Draft!;

    /// <summary>One task of one sentence, in a plan of 2024 that ends with 2026.</summary>
    public static PlanDraft Task(string sentence, string responsible = "责任单位：县教育局") => Of(
        $"""
        仙政办〔2024〕8号
        仙游县人民政府办公室关于印发试点方案的通知
        各乡镇人民政府：
        现予印发。
        一、重点工作
        （一）试点。{sentence}
        {responsible}
        本方案自印发之日起施行，有效期至2026年12月31日。
        仙游县人民政府办公室
        2024年3月1日
        """);

    /// <summary>An indicator in one line: comparator, value with unit, date, rhythm, scope, and ~ when it is only hoped for.</summary>
    public static string Line(DraftIndicator indicator) => FormattableString.Invariant(
        $"{indicator.Comparator} {indicator.Value:0.##}{(indicator.ValueTo is { } to ? $"-{to:0.##}" : "")}{indicator.Unit} {indicator.Due:yyyy-MM-dd} {indicator.Cadence} {indicator.Scope}{(indicator.Force == "aspirational" ? " ~" : "")}");

    /// <summary>Units in one line, a lead with a star, 等 as a plus, townships as a T.</summary>
    public static string Line(DraftTask task) =>
        string.Join(' ', task.Responsible.Select(unit => unit.Name + (unit.Role == Workflows.Orchestrations.Supervision.AssignmentRole.Lead ? "*" : ""))
            .Append(task.Etc ? "+" : "").Append(task.TownshipsImplied ? "T" : "").Where(part => part.Length > 0));
}
