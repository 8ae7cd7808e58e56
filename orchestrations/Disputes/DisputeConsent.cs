using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>What the parties say to being mediated and to going up; mediation is voluntary (人民调解法 3, 17).</summary>
internal static class DisputeConsent
{
    /// <summary>A party says whether it wants to be mediated. A no ends the case at once, however often a yes was said.</summary>
    public static Step<Dispute, DisputeFact> Mediation(DisputeDraft draft, DisputeFact.MediationConsent said)
    {
        if (Speakers.ForParty(draft, said.Party) is { } refusal)
        {
            return refusal;
        }

        if (said.Answer == Consent.NotAsked)
        {
            return draft.Refuse("no-answer", "An answer is yes or no.");
        }

        draft.State = With(draft.State, said.Party, party => party with
        {
            Consent = said.Answer,
            ConsentSaid = new ConsentSaid(draft.Occasion.At, said.Means),
        });
        draft.Line(
            "MediationConsent",
            $"{said.Party} on being mediated: {said.Answer}, {said.Means}.",
            $"当事人{said.Party}{(said.Answer == Consent.Yes ? "同意" : "不同意")}调解（{Words.Zh(said.Means)}）。");
        return said.Answer == Consent.No ? DisputeEnd.Refuse(draft, said.Party) : draft.Done();
    }

    /// <summary>A party says whether the next level may take over; the last word before it is used counts.</summary>
    public static Step<Dispute, DisputeFact> ToGoUp(DisputeDraft draft, DisputeFact.ConsentAnswered answered)
    {
        if (Speakers.ForParty(draft, answered.Party) is { } refusal)
        {
            return refusal;
        }

        if (answered.Answer == ConsentToGoUp.NotAsked)
        {
            return draft.Refuse("no-answer", "An answer is once, blanket or no.");
        }

        draft.State = With(draft.State, answered.Party, party => party with
        {
            GoUp = answered.Answer,
            GoUpSaid = answered.Means is { } means ? new ConsentSaid(draft.Occasion.At, means) : null,
        });
        draft.Line(
            "ConsentAnswered",
            $"{answered.Party} on going up: {answered.Answer}.",
            $"当事人{answered.Party}对移送上级：{(answered.Answer == ConsentToGoUp.No ? "不同意" : "同意")}。");
        return Changed(draft);
    }

    /// <summary>A consent was said, or the parties are others: the case may go up now.</summary>
    public static Step<Dispute, DisputeFact> Changed(DisputeDraft draft) =>
        draft.State.Status == DisputeStatus.AwaitingConsent ? DisputeLevels.ConsentChanged(draft)
        : DisputeDanger.CanLift(draft.State) ? DisputeLevels.GoUp(draft, GoingUpReason.Danger)
        : draft.Done();

    /// <summary>Nobody is mediated who has not said yes; asked of sets of rules that ask it.</summary>
    public static Step<Dispute, DisputeFact>? Missing(DisputeDraft draft)
    {
        var missing = draft.State.Parties.Where(party => party.Consent != Consent.Yes).Select(party => party.Id).ToList();
        return missing.Count > 0 && draft.Rules.Process.ConsentRequired == true
            ? draft.Refuse("consent-missing", $"Not every party has consented to mediation: {string.Join(", ", missing)}.")
            : null;
    }

    private static Dispute With(Dispute dispute, string party, Func<Party, Party> change) =>
        dispute with { Parties = [.. dispute.Parties.Select(known => known.Id == party ? change(known) : known)] };
}
