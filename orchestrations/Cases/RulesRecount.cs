using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Cases;

/// <summary>A date of a case that another version of the rules moves, or makes firm.</summary>
/// <param name="Clock">Which, as the API calls it.</param>
/// <param name="Of">Tells several of one name apart; empty where there is one.</param>
/// <param name="NameZh">The same for people.</param>
/// <param name="From">As it stood.</param>
/// <param name="To">As it stands from now on, with why.</param>
/// <param name="IsOverdue">It is over at once and was not before.</param>
public sealed record MovedDate(string Clock, string Of, string NameZh, Deadline From, Deadline To, bool IsOverdue);

/// <summary>Why a case cannot live under another version of the rules, and so keeps its own.</summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Reason">English, a whole sentence.</param>
/// <param name="ReasonZh">The same in Chinese, without a full stop.</param>
public sealed record RulesObstacle(string Code, string Reason, string ReasonZh);

/// <summary>What another version of the rules makes of a case. The preview and the case itself ask for the same.</summary>
/// <param name="State">The case under it; as it was when it keeps its rules.</param>
/// <param name="Moved">The dates that move; none when it keeps its rules.</param>
/// <param name="Keeps">Why it keeps its rules; null when it does not.</param>
public sealed record RulesRecount<TState>(TState State, IReadOnlyList<MovedDate> Moved, RulesObstacle? Keeps = null);

/// <summary>Counts a case's clocks under other rules, one after the other, and gathers what moves and what is missing.</summary>
/// <param name="rules">The other rules.</param>
/// <param name="at">When they come into force for the case.</param>
public sealed class RecountDraft(ICaseRules rules, DateTimeOffset at)
{
    private readonly List<MovedDate> moved = [];

    /// <summary>The first thing that is missing.</summary>
    public RulesObstacle? Obstacle { get; private set; }

    /// <summary>A clock under the other rules; as it was when it cannot be counted by them.</summary>
    /// <param name="name">Which, as the API calls it.</param>
    /// <param name="of">Tells several of one name apart.</param>
    /// <param name="nameZh">The same for people.</param>
    /// <param name="clock">As it stands.</param>
    /// <param name="policy">By which the other rules count it; null when they know no such clock.</param>
    public Clock Of(string name, string of, string nameZh, Clock clock, string? policy)
    {
        if (policy is null)
        {
            Missing("clock-gone", $"The clock {name} runs, and the rules know none such.", $"规则中已无“{nameZh}”");
            return clock;
        }

        switch (Deadlines.Recounted(clock.Deadline, rules.Policies[policy], rules.Calendar))
        {
            case DeadlineAnswer.Due { Deadline: var deadline }:
                var recounted = clock.Recounted(deadline, at, rules.Policies[policy], rules.Calendar);
                Note(name, of, nameZh, clock, recounted);
                return recounted;
            case DeadlineAnswer.NotValid refused:
                Missing("policy-not-valid", refused.Reason, $"“{nameZh}”的期限规则不适用于其起算日");
                return clock;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The case cannot do without this unit.</summary>
    public void Needs(string? unit)
    {
        if (unit is not null && rules.Units.Find(unit) is null)
        {
            Missing("unit-gone", $"There is no unit {unit} any more.", $"单位{unit}已不存在");
        }
    }

    /// <summary>Something the case cannot do without is not there.</summary>
    public void Missing(string code, string reason, string reasonZh) => Obstacle ??= new RulesObstacle(code, reason, reasonZh);

    /// <param name="before">The case as it was.</param>
    /// <param name="after">With its clocks counted anew, under the other version.</param>
    public RulesRecount<TState> Done<TState>(TState before, TState after) =>
        Obstacle is null ? new(after, moved) : new(before, [], Obstacle);

    private void Note(string name, string of, string nameZh, Clock before, Clock after)
    {
        if (before.Deadline.At != after.Deadline.At || Deadlines.IsProvisional(before.Deadline) != Deadlines.IsProvisional(after.Deadline))
        {
            moved.Add(new MovedDate(name, of, nameZh, before.Deadline, after.Deadline, after.IsOver(at) && !before.IsOver(at)));
        }
    }
}
