using System.Globalization;
using Workflows.Activities.Supervision.Scores;
using Workflows.Orchestrations.Reports;
using Workflows.Orchestrations.Supervision.Scores;

namespace Workflows.Web.Reports;

/// <summary>The ranking of a month as the annex of its summary, with its rule.</summary>
public static class RankingAnnex
{
    private static readonly string[] Headings = ["名次", "单位", "得分", "等次", "任务", .. Enum.GetValues<ProgressClass>().Select(ScoreText.ProgressZh)];

    /// <summary>The annex of a month; null when the month has not begun or the county has no rule.</summary>
    public static Func<DateOnly, CancellationToken, Task<Annex?>> Of(MonthlyScores scores) => async (month, cancellation) =>
        month <= scores.Today && await scores.Of(month, cancellation) is { } ranked
            ? new Annex(
                "单位排名",
                Headings,
                [.. ranked.Ranking.Groups.Select(group => new AnnexTable(group.Group.NameZh, [.. group.Units.Select(unit => Row(unit, ranked.Rule))]))],
                [.. ScoreText.Zh(ranked.Rule), ScoreText.ClassesZh],
                ranked.Version)
            : null;

    private static AnnexRow Row(RankedUnit unit, ScoreRule rule)
    {
        var score = unit.Score;
        return new AnnexRow(
            [
                Number(unit.Rank),
                unit.Unit.Name,
                ScoreText.Number(score.Score),
                score.Class.NameZh,
                Number(score.Progress.All),
                .. Enum.GetValues<ProgressClass>().Select(one => Number(score.Progress[one])),
            ],
            [
                .. score.Deductions.Select(one => Line("扣", one, rule.Deductions)),
                .. score.Additions.Select(one => Line("加", one, rule.Additions)),
            ]);
    }

    private static string Line(string verb, ScorePoints one, IReadOnlyList<ScoreItem> items) =>
        $"{one.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {one.Case} {items.First(item => item.Id == one.Item).TextZh} {verb}{ScoreText.Number(one.Points)}分";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
