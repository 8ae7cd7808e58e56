using System.Globalization;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// Who mediates: one or several persons of the handler's roster, named by it or chosen by the parties (人民调解法 19). A
/// choice takes effect when all who speak have chosen the same; until then it is a wish that the handler fulfils by naming.
/// The decider knows ids only; whether a person is on the roster today is seen at the edge.
/// </summary>
internal static class DisputeMediators
{
    public static Step<Dispute, DisputeFact> Name(DisputeDraft draft, DisputeFact.MediatorsNamed named)
    {
        if ((Speakers.Handler(draft) ?? NotNow(draft)) is { } refusal)
        {
            return refusal;
        }

        var max = draft.Rules.Process.Mediators!.NamedMax;
        if (named.Mediators.Count < 1 || named.Mediators.Count > max || named.Mediators.Distinct(StringComparer.Ordinal).Count() < named.Mediators.Count)
        {
            return draft.Refuse("mediator-count", $"1 to {max.ToString(CultureInfo.InvariantCulture)} mediators are named, each once.");
        }

        if (MayMediate(draft, named.Mediators) is { } barred)
        {
            return barred;
        }

        draft.State = draft.State with { Mediators = named.Mediators, MediatorChoices = null };
        draft.Line(
            "MediatorsNamed",
            $"{draft.State.Handler} names {string.Join(", ", named.Mediators)}; the first leads.",
            $"{draft.NameOf(draft.State.Handler)}指定调解员{string.Join("、", named.Mediators)}，首位主持。");
        return draft.Done();
    }

    public static Step<Dispute, DisputeFact> Choose(DisputeDraft draft, DisputeFact.MediatorChosen chosen)
    {
        if ((Speakers.ForParty(draft, chosen.Party) ?? NotNow(draft) ?? DisputeGroups.Represented(draft, DisputeGroups.MediatorChoice, chosen.Party) ?? MayMediate(draft, [chosen.Mediator])) is { } refusal)
        {
            return refusal;
        }

        var dispute = draft.State;
        if (dispute.Mediators?[0] == chosen.Mediator)
        {
            return draft.Refuse("already-named", $"{chosen.Mediator} leads the mediation already.");
        }

        List<MediatorChoice> choices = [.. (dispute.MediatorChoices ?? []).Where(choice => choice.Party != chosen.Party), new(chosen.Party, chosen.Mediator)];
        draft.State = dispute with { MediatorChoices = choices };
        draft.Line("MediatorChosen", $"{chosen.Party} chooses {chosen.Mediator}.", $"当事人{chosen.Party}选择调解员{chosen.Mediator}。");
        if (!DisputeGroups.HaveChosen(dispute, draft.Rules.Process, choices, chosen.Mediator))
        {
            draft.Say("dispute-mediator-chosen", dispute.Handler, of: $"{chosen.Party}.{chosen.Mediator}", more: [("mediator", chosen.Mediator), ("party", chosen.Party)]);
            return draft.Done();
        }

        // Whoever was named before stays at the side of the one whom all want.
        var max = draft.Rules.Process.Mediators!.NamedMax;
        draft.State = draft.State with
        {
            Mediators = [.. (dispute.Mediators ?? []).Where(known => known != chosen.Mediator).Prepend(chosen.Mediator).Take(max)],
            MediatorChoices = null,
        };
        var all = DisputeGroups.Speaking(dispute, draft.Rules.Process, DisputeGroups.MediatorChoice).Count == dispute.Parties.Count;
        draft.Line(
            "MediatorAgreed",
            $"{(all ? "All parties" : "All who speak for the parties")} have chosen {chosen.Mediator}, who leads from now on.",
            $"各方当事人{(all ? "" : "（有代表人的由代表人）")}共同选定调解员{chosen.Mediator}主持调解。");
        draft.Say("dispute-mediator-agreed", dispute.Handler, of: chosen.Mediator, more: ("mediator", chosen.Mediator));
        DisputeSessions.Clash(draft, chosen.Clashes);
        return draft.Done();
    }

    /// <summary>
    /// Persons of the handler's roster who are neither out of this case nor waiting for a decision on it. Nobody named is
    /// nobody to object to.
    /// </summary>
    public static Step<Dispute, DisputeFact>? MayMediate(DisputeDraft draft, IReadOnlyList<string>? mediators)
    {
        foreach (var mediator in mediators ?? [])
        {
            if (draft.Rules.Process.Mediators is null)
            {
                return draft.NotInTheseRules("mediators");
            }

            if (MediatorId.UnitOf(mediator) != draft.State.Handler)
            {
                return draft.Refuse("not-of-the-roster", $"{mediator} is not of the roster of {draft.State.Handler}.");
            }

            if (MediatorAvoidance.IsOut(draft.State, mediator))
            {
                return draft.Refuse("mediator-removed", $"{mediator} does not mediate this case: an avoidance was accepted or declared.");
            }

            if (MediatorAvoidance.Open(draft.State, mediator) is not null)
            {
                return draft.Refuse("avoidance-open", $"Whether {mediator} avoids this case is not decided yet.");
            }
        }

        return null;
    }

    internal static Step<Dispute, DisputeFact>? NotNow(DisputeDraft draft) =>
        draft.Rules.Process.Mediators is null ? draft.NotInTheseRules("mediators")
        : draft.State.Status == DisputeStatus.Mediating ? null
        : draft.Refuse("not-mediating", $"The dispute is not being mediated; it is {draft.State.Status}.");
}
