using Workflows.Activities.Supervision.Scores;
using Workflows.Orchestrations.Supervision.Scores;
using Workflows.Orchestrations.Units;
using Workflows.Web.Cases;
using Workflows.Web.Supervision.Sheets;

namespace Workflows.Web.Supervision.Scores;

/// <summary>The county's units by their scores of a month.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Until">The last day that counts: the month's last one, or today.</param>
/// <param name="Version">The address of the rule set.</param>
/// <param name="Text">The rule as published, English.</param>
/// <param name="Rule">The rule in Chinese, as it is printed, a line each; every number of it is the data's.</param>
/// <param name="Source">Whose rule it is.</param>
/// <param name="Groups">Units that are ranked among each other.</param>
/// <param name="Unranked">Units that had tasks and are in no group.</param>
public sealed record RankingView(
    DateOnly Month,
    DateOnly Until,
    string Version,
    string Text,
    IReadOnlyList<string> Rule,
    string Source,
    IReadOnlyList<RankingGroupView> Groups,
    IReadOnlyList<UnitView> Unranked)
{
    /// <param name="ranked">The month.</param>
    /// <param name="units">The register.</param>
    /// <param name="group">One group only; all when null.</param>
    public static RankingView Of(RankedMonth ranked, UnitRegister units, string? group = null) => new(
        ranked.Ranking.First,
        ranked.Ranking.Last,
        ranked.Version,
        ranked.Rule.Text,
        [.. ScoreText.Zh(ranked.Rule), ScoreText.ClassesZh],
        ranked.Rule.Source,
        [
            .. ranked.Ranking.Groups.Where(one => group is null || one.Group.Id == group).Select(one => new RankingGroupView(
                one.Group.Id,
                one.Group.Name,
                one.Group.NameZh,
                [.. one.Units.Select(unit => new RankedUnitView(unit.Rank, new UnitView(unit.Unit.Id, unit.Unit.Name), MonthScoreView.Of(unit.Score, ranked.Rule)))])),
        ],
        [.. ranked.Ranking.Unranked.Select(unit => UnitView.Of(unit, units))]);
}

/// <param name="Id">Of the rule's group.</param>
/// <param name="Name">English.</param>
/// <param name="NameZh">Chinese.</param>
/// <param name="Units">The best first; units of one score share a rank and stand by name.</param>
public sealed record RankingGroupView(string Id, string Name, string NameZh, IReadOnlyList<RankedUnitView> Units);

/// <param name="Rank">From 1.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Month">Its score.</param>
public sealed record RankedUnitView(int Rank, UnitView Unit, MonthScoreView Month);

/// <summary>A unit's month.</summary>
/// <param name="Score">Points.</param>
/// <param name="Class">Of the score.</param>
/// <param name="ClassZh">The same in Chinese.</param>
/// <param name="Progress">How its tasks stood at the end.</param>
/// <param name="Deductions">Each with the record behind it.</param>
/// <param name="Additions">Likewise.</param>
public sealed record MonthScoreView(
    decimal Score, string Class, string ClassZh, ProgressCounts Progress, IReadOnlyList<ScorePointsView> Deductions, IReadOnlyList<ScorePointsView> Additions)
{
    public static MonthScoreView Of(UnitScore score, ScoreRule rule) => new(
        score.Score,
        score.Class.Id,
        score.Class.NameZh,
        score.Progress,
        [.. score.Deductions.Select(one => ScorePointsView.Of(one, rule.Deductions))],
        [.. score.Additions.Select(one => ScorePointsView.Of(one, rule.Additions))]);
}

/// <summary>Points with the record behind them.</summary>
/// <param name="Item">The id of the rule's item.</param>
/// <param name="Cause">What happened.</param>
/// <param name="Text">The same in words, English.</param>
/// <param name="TextZh">The same in Chinese.</param>
/// <param name="Case">The assignment or the sheet.</param>
/// <param name="Title">The task in words, or the sheet's number.</param>
/// <param name="On">The county's day.</param>
/// <param name="Time">Which time in the month, from 1.</param>
/// <param name="Points">How many.</param>
/// <param name="Entry">The number of the entry in the journal.</param>
/// <param name="Journal">Where the journal is.</param>
public sealed record ScorePointsView(
    string Item, string Cause, string Text, string TextZh, string Case, string Title, DateOnly On, int Time, decimal Points, int Entry, string Journal)
{
    public static ScorePointsView Of(ScorePoints one, IReadOnlyList<ScoreItem> items)
    {
        var item = items.First(known => known.Id == one.Item);
        return new ScorePointsView(
            one.Item, one.Cause, item.Text, item.TextZh, one.Case, one.Title, one.On, one.Time, one.Points, one.Entry,
            $"{(one.IsSheet ? SheetDesk.Path : AssignmentDesk.Path)}/{one.Case}/journal");
    }
}
