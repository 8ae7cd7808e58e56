using System.Globalization;
using Workflows.Activities.Cases;
using Workflows.Activities.Mediators;
using Workflows.Orchestrations.Disputes;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <summary>
/// What a case cannot know by itself: whether somebody is on the roster today, and whether that person is planned elsewhere,
/// or is just being planned, at the same time.
/// </summary>
public sealed class MediatorCheck(MediatorRoster roster, MediatorHours hours, CaseStore cases)
{
    /// <summary>Why the fact is refused; null when nothing is wrong with its mediators.</summary>
    /// <param name="dispute">The case as it is saved.</param>
    /// <param name="fact">What is said.</param>
    /// <param name="today">Local date.</param>
    /// <param name="cancellation">The caller has gone.</param>
    public async Task<Reply?> Refusal(Dispute dispute, DisputeFact fact, DateOnly today, CancellationToken cancellation)
    {
        foreach (var (mediator, acts) in Named(fact))
        {
            var known = await roster.Find(mediator, cancellation);
            if (known is null || (acts && !known.IsActive(today)))
            {
                return Reply.Refused("mediator-not-active", $"{mediator} is not on the roster{(known is null ? "" : " today")}.");
            }
        }

        foreach (var plan in Plans(dispute, fact))
        {
            foreach (var mediator in plan.Mediators ?? [])
            {
                if (await Busy(dispute.Id, plan, mediator, cancellation) is { } busy)
                {
                    return busy;
                }
            }
        }

        return null;
    }

    /// <summary>The fact with the planned sessions that it would give to somebody who mediates another case then.</summary>
    /// <param name="dispute">The case as it is saved.</param>
    /// <param name="process">The rules that it lives under.</param>
    /// <param name="fact">What is said; an avoidance or a choice is never refused because somebody else has no time.</param>
    /// <param name="cancellation">The caller has gone.</param>
    public async Task<DisputeFact> WithClashes(Dispute dispute, DisputeProcess process, DisputeFact fact, CancellationToken cancellation)
    {
        List<int> clashes = [];
        foreach (var plan in Falling(dispute, process, fact))
        {
            foreach (var mediator in plan.Mediators!)
            {
                if (!clashes.Contains(plan.Number) && await Busy(dispute.Id, plan, mediator, cancellation) is not null)
                {
                    clashes.Add(plan.Number);
                }
            }
        }

        return clashes.Count == 0 ? fact : fact switch
        {
            DisputeFact.MediatorChosen chosen => chosen with { Clashes = clashes },
            DisputeFact.AvoidanceDecided decided => decided with { Clashes = clashes },
            DisputeFact.ConflictDeclared declared => declared with { Clashes = clashes },
            _ => fact,
        };
    }

    /// <summary>The planned sessions that the fact gives to others, each with those others.</summary>
    private static IEnumerable<PlannedSession> Falling(Dispute dispute, DisputeProcess process, DisputeFact fact)
    {
        var plans = dispute.SessionPlans ?? [];
        return fact switch
        {
            DisputeFact.MediatorChosen chosen when dispute.Mediators?.Contains(chosen.Mediator) != true
                && DisputeGroups.HaveChosen(dispute, process, [.. dispute.MediatorChoices ?? [], new MediatorChoice(chosen.Party, chosen.Mediator)], chosen.Mediator) =>
                plans.Where(plan => plan.Mediators is null).Select(plan => plan with { Mediators = [chosen.Mediator] }),
            DisputeFact.AvoidanceDecided { Accepted: true } decided => Left(decided.Mediator),
            DisputeFact.ConflictDeclared declared => Left(declared.Mediator),
            _ => [],
        };

        IEnumerable<PlannedSession> Left(string mediator) => plans
            .Where(plan => plan.Mediators is { Count: 1 } only && only[0] == mediator)
            .Select(plan => plan with { Mediators = [.. (dispute.Mediators ?? []).Where(other => other != mediator)] });
    }

    /// <summary>Everybody whom the fact names, and whether that person acts from now on.</summary>
    private static IEnumerable<(string Mediator, bool Acts)> Named(DisputeFact fact) => fact switch
    {
        DisputeFact.MediatorsNamed named => named.Mediators.Select(mediator => (mediator, true)),
        DisputeFact.MediatorChosen chosen => [(chosen.Mediator, true)],
        DisputeFact.SessionPlanned { Mediators: { } mediators } => mediators.Select(mediator => (mediator, true)),
        DisputeFact.SessionHeld { Mediators: { } mediators } => mediators.Select(mediator => (mediator, false)),
        DisputeFact.AvoidanceAsked asked => [(asked.Mediator, false)],
        DisputeFact.ConflictDeclared declared => [(declared.Mediator, false)],
        _ => [],
    };

    /// <summary>The sessions as they would be planned, each with everybody who would mediate it.</summary>
    private static IEnumerable<PlannedSession> Plans(Dispute dispute, DisputeFact fact)
    {
        var plans = dispute.SessionPlans ?? [];
        switch (fact)
        {
            case DisputeFact.SessionPlanned planned:
                yield return new PlannedSession(0, planned.On, planned.From, planned.To, planned.Form, "", null!, 0, planned.Mediators ?? dispute.Mediators);
                break;
            case DisputeFact.SessionMoved moved when plans.FirstOrDefault(plan => plan.Number == moved.Session) is { } before:
                yield return before with { On = moved.On, From = moved.From, To = moved.To, Mediators = before.Mediators ?? dispute.Mediators };
                break;
            case DisputeFact.MediatorsNamed named:
                foreach (var plan in plans.Where(plan => plan.Mediators is null))
                {
                    yield return plan with { Mediators = named.Mediators };
                }

                break;
        }
    }

    /// <summary>The hours are claimed before the cases are read: whoever is planned after that has met the claim.</summary>
    private async Task<Reply?> Busy(string caseId, PlannedSession plan, string mediator, CancellationToken cancellation)
    {
        var claimed = await hours.Claim(mediator, plan, caseId, cancellation);
        return await Planned(caseId, plan, mediator, cancellation)
            ?? (claimed is null ? null : Reply.Refused("mediator-busy", $"{mediator} is just being planned for {claimed} at that time."));
    }

    private async Task<Reply?> Planned(string caseId, PlannedSession plan, string mediator, CancellationToken cancellation)
    {
        await foreach (var row in cases.All(DisputeEscalation.ListOf(mediator), cancellation))
        {
            if (row.Case == caseId || await cases.Get<Dispute>(DisputeEscalation.FlowName, row.Case, cancellation) is not { State: var other })
            {
                continue;
            }

            if (other.SessionPlans?.FirstOrDefault(known => (known.Mediators ?? other.Mediators)?.Contains(mediator) == true && known.Overlaps(plan)) is { } there)
            {
                return Reply.Refused(
                    "mediator-busy",
                    string.Create(CultureInfo.InvariantCulture, $"{mediator} mediates {other.Id} on {there.On:yyyy-MM-dd} from {there.From:HH\\:mm} to {there.To:HH\\:mm}."));
            }
        }

        return null;
    }
}
