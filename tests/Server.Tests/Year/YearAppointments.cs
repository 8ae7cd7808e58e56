using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;

namespace Workflows.Server.Tests.Year;

/// <summary>What handlers and parties do about sessions and mediators: plan, move, cancel, hold, name, choose, avoid. Seeded.</summary>
internal sealed class YearAppointments(Random random, RuleSet rules)
{
    /// <summary>Few, so that two cases want the same one.</summary>
    public const int MediatorsOfUnit = 2;

    /// <summary>What is done about appointments of a mediated case in half a day; null for nothing.</summary>
    public (string By, DisputeFact Fact)? Act(Dispute state, DateOnly today)
    {
        if (state.Avoidances?.FirstOrDefault(wish => wish.Decide is not null) is { } wish && Chance(12))
        {
            return (wish.Decider!, new DisputeFact.AvoidanceDecided(wish.Mediator, Chance(60)));
        }

        if (state.SessionPlans?.FirstOrDefault(plan => plan.On <= today) is { } due && Chance(35))
        {
            return (state.Handler, Chance(80) ? Held(state, due) : new DisputeFact.SessionCancelled(due.Number));
        }

        return Chance(8) && Said(state, today) is { } fact ? (state.Handler, fact) : null;
    }

    private DisputeFact? Said(Dispute state, DateOnly today)
    {
        var mediator = MediatorId.Of(state.Handler, 1 + random.Next(MediatorsOfUnit));
        return random.Next(100) switch
        {
            < 35 => Planned(state, today, mediator),
            < 45 when Plan(state) is { } plan => Moved(plan, today),
            < 52 when Plan(state) is { } plan => new DisputeFact.SessionCancelled(plan.Number),
            < 68 => new DisputeFact.MediatorsNamed(Chance(70) ? [mediator] : [.. Enumerable.Range(1, MediatorsOfUnit).Select(number => MediatorId.Of(state.Handler, number))]),
            < 90 => new DisputeFact.MediatorChosen(Any(state.Parties).Id, state.MediatorChoices is { } choices && Chance(85) ? choices[0].Mediator : mediator),
            < 96 when state.AllMediators.Any() => new DisputeFact.AvoidanceAsked(
                Any([.. state.AllMediators]), Any(rules.Disputes.Process.Mediators!.Avoidances).Id, Chance(60) ? Any(state.Parties).Id : null),
            < 98 when state.AllMediators.Any() => new DisputeFact.ConflictDeclared(Any([.. state.AllMediators])),
            _ => null,
        };
    }

    private DisputeFact.SessionPlanned Planned(Dispute state, DateOnly today, string mediator)
    {
        var (from, to) = Time();
        return new DisputeFact.SessionPlanned(
            today.AddDays(1 + random.Next(5)), from, to, Chance(80) ? SessionForm.OnSite : SessionForm.Online, state.Mediators is null || Chance(40) ? [mediator] : null);
    }

    private DisputeFact.SessionMoved Moved(PlannedSession plan, DateOnly today)
    {
        var (from, to) = Time();
        return new DisputeFact.SessionMoved(plan.Number, today.AddDays(1 + random.Next(5)), from, to, HasPlace: Chance(30));
    }

    private DisputeFact.SessionHeld Held(Dispute state, PlannedSession plan) =>
        new(plan.On, plan.Number, [.. state.Parties.Where(_ => Chance(85)).Select(party => party.Id)]);

    private (TimeOnly From, TimeOnly To) Time()
    {
        var from = new TimeOnly(9 + random.Next(8), Chance(50) ? 0 : 30);
        return (from, from.AddMinutes(60 + (30 * random.Next(4))));
    }

    private PlannedSession? Plan(Dispute state) => state.SessionPlans is { Count: > 0 } plans ? Any(plans) : null;

    private bool Chance(int percent) => random.Next(100) < percent;

    private T Any<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
