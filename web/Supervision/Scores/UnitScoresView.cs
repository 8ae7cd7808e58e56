using System.Text.Json;
using Workflows.Activities.Cases;
using Workflows.Activities.Rules;
using Workflows.Activities.Supervision.Scores;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Scores;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Orchestrations.Units;
using Workflows.Web.Cases;

namespace Workflows.Web.Supervision.Scores;

/// <summary>A unit's side of supervision.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Group">The group in which it is ranked; null when it is in none, or the county has no rule.</param>
/// <param name="Months">Its last twelve months, oldest first; none when the county has no rule.</param>
/// <param name="Rule">The rule in Chinese, as it is printed, a line each.</param>
/// <param name="Lights">Its open assignments by light.</param>
/// <param name="Open">Its open assignments, the reddest first.</param>
/// <param name="Sheets">Sheets to it, newest first; the latest two hundred.</param>
public sealed record UnitScoresView(
    UnitView Unit,
    UnitKind Kind,
    string? Group,
    IReadOnlyList<TrendMonthView> Months,
    IReadOnlyList<string> Rule,
    LightCounts Lights,
    IReadOnlyList<AssignmentSummary> Open,
    IReadOnlyList<SheetSummary> Sheets)
{
    private const int SheetsMax = 200;

    private static readonly string[] Reddest = [AssignmentLight.Red, AssignmentLight.Yellow, AssignmentLight.Green];

    /// <summary>What is known of a unit now.</summary>
    public static async Task<UnitScoresView> Of(
        Unit unit, MonthlyScores scores, CaseStore cases, RuleShelf shelf, CancellationToken cancellation)
    {
        var rule = shelf.Current.Supervision.Process.Score;
        var open = new List<AssignmentSummary>();
        await foreach (var row in cases.All($"assignments.unit.{unit.Id}", cancellation))
        {
            var summary = row.Card.Summary.Deserialize<AssignmentSummary>(Wire.Options)!;
            if (summary is { StruckOffAt: null, ClosedAt: null })
            {
                open.Add(summary);
            }
        }

        var sheets = await cases.List($"sheets.unit.{unit.Id}", SheetsMax, cancellation: cancellation);
        return new UnitScoresView(
            new UnitView(unit.Id, unit.Name),
            unit.Kind,
            rule?.GroupOf(unit.Kind)?.Id,
            [.. (await scores.Trend(unit.Id, cancellation) ?? []).Select(TrendMonthView.Of)],
            rule is null ? [] : [.. ScoreText.Zh(rule), ScoreText.ClassesZh],
            SupervisionBoard.Lights(open),
            [.. open.OrderBy(row => Array.IndexOf(Reddest, row.Light)).ThenBy(row => row.Due).ThenBy(row => row.Id, StringComparer.Ordinal)],
            [.. sheets.Rows.Select(row => row.Card.Summary.Deserialize<SheetSummary>(Wire.Options)!)]);
    }
}

/// <summary>A month of a unit's trend.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Version">The address of the rule set it is counted by.</param>
/// <param name="Score">Null when the unit had no task in it.</param>
public sealed record TrendMonthView(DateOnly Month, string Version, MonthScoreView? Score)
{
    public static TrendMonthView Of(ScoredMonth month) =>
        new(month.Month, month.Version, month.Score is null ? null : MonthScoreView.Of(month.Score, month.Rule));
}
