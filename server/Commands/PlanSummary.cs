using System.Globalization;
using System.Text;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Import;

namespace Workflows.Server.Commands;

/// <summary>A draft for people at a terminal.</summary>
internal static class PlanSummary
{
    public static string Of(PlanDraft draft)
    {
        var text = new StringBuilder();
        var document = draft.Document;
        Line($"{document.Number ?? "(no number)"}  {document.Subject}");
        Line($"{document.Issuer ?? "(no issuer)"}, issued {Date(document.Issued)}, in force {Date(document.EffectiveFrom)} to {Date(document.Expires)}");
        Line($"{draft.Tasks.Count} tasks, {draft.Units.Count} units, {draft.Indicators.Count} indicators, {draft.QualitativeTargets.Count} aims without a number");
        foreach (var task in draft.Tasks)
        {
            Line($"{task.Id}  {task.PathText}  {task.Title}{(task.Due is null ? "" : $"  until {Date(task.Due)}")}");
            Line($"     {string.Join(", ", task.Responsible.Select(Name))}{(task.Etc ? ", …" : "")}{(task.TownshipsImplied ? " + every township" : "")}");
            foreach (var indicator in draft.Indicators.Where(indicator => indicator.Task == task.Id))
            {
                Line($"     {indicator.Id}  {indicator.Name} {indicator.Comparator} {indicator.Value}{indicator.Unit} by {Date(indicator.Due)} ({indicator.Cadence}, {indicator.Scope}, {indicator.Force})");
            }
        }

        foreach (var question in draft.Questions)
        {
            Line($"{question.Id}{(question.Matters ? "!" : " ")} line {question.Source.Line}: {question.Text}{(question.Suggestions.Count == 0 ? "" : $" [{string.Join(", ", question.Suggestions)}]")}");
        }

        foreach (var gap in draft.NotUnderstood)
        {
            Line($"?  line {gap.Line}: {Short(gap.Words)} ({gap.Reason})");
        }

        return text.ToString().TrimEnd();

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }

    private static string Name(DraftResponsible unit) => unit.Role == AssignmentRole.Lead ? $"{unit.Name} (lead)" : unit.Name;

    private static string Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "?";

    private static string Short(string words) => words.Length <= 40 ? words : words[..40] + "…";
}
