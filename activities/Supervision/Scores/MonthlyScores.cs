using Workflows.Activities.Cases;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Scores;

namespace Workflows.Activities.Supervision.Scores;

/// <summary>A ranking with the rule it was made by.</summary>
/// <param name="Version">The address of the rule set.</param>
/// <param name="Rule">Its rule.</param>
/// <param name="Ranking">The month.</param>
public sealed record RankedMonth(string Version, ScoreRule Rule, Ranking Ranking);

/// <summary>A unit's months, oldest first.</summary>
/// <param name="Month">The month's first day.</param>
/// <param name="Score">Null when the unit had no task in it.</param>
/// <param name="Version">The address of the rule set.</param>
/// <param name="Rule">Its rule.</param>
public sealed record ScoredMonth(DateOnly Month, UnitScore? Score, string Version, ScoreRule Rule);

/// <summary>The scores of a month, counted from the trails of journals; nothing else is read.</summary>
public sealed class MonthlyScores(CaseStore cases, RuleShelf rules, TimeProvider time)
{
    /// <summary>How many months a unit's trend has.</summary>
    public const int TrendMonths = 12;

    /// <summary>The county's date.</summary>
    public DateOnly Today => rules.Current.Calendar.LocalDate(time.GetUtcNow());

    /// <summary>The ranking of a month that has begun; null when the county has no rule.</summary>
    /// <param name="month">Any day of it.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async Task<RankedMonth?> Of(DateOnly month, CancellationToken cancellation = default)
    {
        var first = new DateOnly(month.Year, month.Month, 1);
        if (RulesOf(first, await rules.Versions.History(cancellation)) is not { Process.Score: { } rule } found)
        {
            return null;
        }

        var trails = await cases.Trails(ScoreTrails.Partition, cancellation: cancellation);
        return new RankedMonth(found.Version, rule, Ranking.Of(rule, found.Units, trails.Select(ScoreTrails.Of), first, LastOf(first)));
    }

    /// <summary>A unit's last months, the running one included; null when the county has no rule.</summary>
    public async Task<IReadOnlyList<ScoredMonth>?> Trend(string unit, CancellationToken cancellation = default)
    {
        var current = rules.Current.Supervision;
        if (current.Process.Score is null)
        {
            return null;
        }

        // A village's rows begin with its township's code.
        List<ScoreTrail> own =
        [
            .. (await cases.Trails(ScoreTrails.Partition, unit, cancellation))
                .Select(ScoreTrails.Of)
                .Where(trail => Ranking.Answering(current.Units, trail.Unit) == unit),
        ];
        var history = await rules.Versions.History(cancellation);
        var months = new List<ScoredMonth>();
        var running = new DateOnly(Today.Year, Today.Month, 1);
        for (var first = running.AddMonths(1 - TrendMonths); first <= running; first = first.AddMonths(1))
        {
            var found = RulesOf(first, history);
            var rule = found.Process.Score!;
            months.Add(new ScoredMonth(first, UnitScore.Of(rule, own, first, LastOf(first)), found.Version, rule));
        }

        return months;
    }

    private DateOnly LastOf(DateOnly first)
    {
        var last = first.AddMonths(1).AddDays(-1);
        return last < Today ? last : Today;
    }

    /// <summary>
    /// The rules in force when the month ended, so that a rule changed later changes no month that is over; the current ones
    /// where those scored nobody.
    /// </summary>
    private SupervisionRules RulesOf(DateOnly first, IReadOnlyList<RuleActivation> history)
    {
        var (current, next) = (rules.Current, first.AddMonths(1));
        if (Today < next)
        {
            return current.Supervision;
        }

        var then = history.LastOrDefault(activation => current.Calendar.LocalDate(activation.At) < next);
        return then is not null && rules.Get<SupervisionRules>(then.Version) is { Process.Score: not null } found ? found : current.Supervision;
    }
}
