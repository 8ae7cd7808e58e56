using System.Globalization;
using Workflows.Orchestrations.Supervision.Scores;
using Workflows.Web.Tables;

namespace Workflows.Web.Supervision.Scores;

/// <summary>The ranking as a table for people; the rule follows below it, a line each.</summary>
internal static class RankingTable
{
    private static IReadOnlyList<string> Headings { get; } =
    [
        "组别", "名次", "单位", "得分", "等次", "任务数",
        .. Enum.GetValues<ProgressClass>().Select(ScoreText.ProgressZh),
        "扣分", "加分", "扣分记录", "加分记录",
    ];

    public static ExportTable Of(RankingView ranking) => new("排名", Headings, Rows(ranking).ToAsyncEnumerable());

    private static IEnumerable<string[]> Rows(RankingView ranking)
    {
        foreach (var group in ranking.Groups)
        {
            foreach (var unit in group.Units)
            {
                var (month, progress) = (unit.Month, unit.Month.Progress);
                yield return
                [
                    group.NameZh,
                    Number(unit.Rank),
                    unit.Unit.Name,
                    ScoreText.Number(month.Score),
                    month.ClassZh,
                    Number(progress.All),
                    .. Enum.GetValues<ProgressClass>().Select(one => Number(progress[one])),
                    ScoreText.Number(month.Deductions.Sum(one => one.Points)),
                    ScoreText.Number(month.Additions.Sum(one => one.Points)),
                    Records(month.Deductions),
                    Records(month.Additions),
                ];
            }
        }

        yield return Alone($"计分规则（版本{ranking.Version}）");
        foreach (var line in ranking.Rule)
        {
            yield return Alone(line);
        }

        if (ranking.Unranked.Count > 0)
        {
            yield return Alone($"未参加排名的单位：{string.Join("、", ranking.Unranked.Select(unit => unit.Name))}");
        }
    }

    /// <summary>A row of one cell.</summary>
    private static string[] Alone(string text) => [text, .. Enumerable.Repeat("", Headings.Count - 1)];

    private static string Records(IReadOnlyList<ScorePointsView> points) => string.Join("；", points.Select(one =>
        $"{one.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {one.Case} {one.TextZh} {ScoreText.Number(one.Points)}分"));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
