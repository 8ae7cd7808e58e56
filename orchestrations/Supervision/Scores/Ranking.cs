using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Supervision.Scores;

/// <summary>A unit in its group.</summary>
/// <param name="Rank">From 1; units of one score share it.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Score">Its month.</param>
public sealed record RankedUnit(int Rank, Unit Unit, UnitScore Score);

/// <summary>Units that are ranked among each other, the best first.</summary>
public sealed record RankedGroup(ScoreGroup Group, IReadOnlyList<RankedUnit> Units);

/// <summary>The county's units in a month, by their scores.</summary>
/// <param name="First">The month's first day.</param>
/// <param name="Last">Its last day, or today in a month that runs.</param>
/// <param name="Groups">In the order of the rule; also those with nobody in them.</param>
/// <param name="Unranked">Ids of units that had tasks and are in no group, or not in the register any more.</param>
public sealed record Ranking(DateOnly First, DateOnly Last, IReadOnlyList<RankedGroup> Groups, IReadOnlyList<string> Unranked)
{
    /// <summary>Ranks a month. A unit without a task in it is not ranked.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="units">The county's units; a village's township answers for it.</param>
    /// <param name="trails">Every assignment and sheet.</param>
    /// <param name="first">The month's first day.</param>
    /// <param name="last">Its last day, or today in a month that runs.</param>
    public static Ranking Of(ScoreRule rule, UnitRegister units, IEnumerable<ScoreTrail> trails, DateOnly first, DateOnly last)
    {
        List<(string Id, UnitScore Score)> scored =
        [
            .. trails.GroupBy(trail => Answering(units, trail.Unit), StringComparer.Ordinal)
                .Select(own => (own.Key, Score: UnitScore.Of(rule, [.. own], first, last)))
                .Where(one => one.Score is not null)
                .Select(one => (one.Key, one.Score!)),
        ];
        ScoreGroup? GroupOf(string unit) => units.Find(unit) is { } known ? rule.GroupOf(known.Kind) : null;
        return new Ranking(
            first,
            last,
            [.. rule.Groups.Select(group => new RankedGroup(group, Ranked(
                rule.Ties, scored.Where(one => GroupOf(one.Id) == group).Select(one => (units.Find(one.Id)!, one.Score)))))],
            [.. scored.Where(one => GroupOf(one.Id) is null).Select(one => one.Id).Order(StringComparer.Ordinal)]);
    }

    /// <summary>The unit that answers for what another one has: a village's township.</summary>
    public static string Answering(UnitRegister units, string unit) => units.Find(unit) is { } known ? units.ResponsibleFor(known).Id : unit;

    private static List<RankedUnit> Ranked(TieRule ties, IEnumerable<(Unit Unit, UnitScore Score)> scored)
    {
        List<RankedUnit> ranked = [];
        foreach (var (unit, score) in scored
            .OrderByDescending(one => one.Score.Score)
            .ThenBy(one => one.Unit.Name, StringComparer.Ordinal)
            .ThenBy(one => one.Unit.Id, StringComparer.Ordinal))
        {
            var rank = ranked.Count == 0 ? 1
                : ranked[^1].Score.Score == score.Score ? ranked[^1].Rank
                : ties == TieRule.Skip ? ranked.Count + 1
                : ranked[^1].Rank + 1;
            ranked.Add(new RankedUnit(rank, unit, score));
        }

        return ranked;
    }
}
