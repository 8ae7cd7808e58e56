using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// The same case goes on: a new offer at the level it ended on, with consents asked anew, because mediation is voluntary
/// each time (人民调解法 3, 17).
/// </summary>
internal static class AftercareReopening
{
    /// <summary>Ends after which a case can be taken up again; who refused mediation is not asked once more.</summary>
    public static bool IsReopenable(DisputeStatus status) =>
        status is DisputeStatus.Settled or DisputeStatus.Withdrawn or DisputeStatus.Failed;

    public static Step<Dispute, DisputeFact> Reopen(DisputeDraft draft, string party)
    {
        if ((Speakers.ForParty(draft, party) ?? Barred(draft)) is { } refusal)
        {
            return refusal;
        }

        if (draft.State.Aftercare!.Find(FollowUpKind.Reopening) is null)
        {
            return draft.Refuse("reopening-window-over", "The time to have the case taken up again is over.");
        }

        var unkept = draft.State.Outcome!.Agreement is { On: null }
            || draft.State.Aftercare.Clauses?.Any(clause => clause.State is ClauseState.NotPerformed or ClauseState.Unknown) == true;
        return draft.State.Status == DisputeStatus.Settled && !unkept
            ? draft.Refuse("nothing-unperformed", "A settled case is taken up again only when something agreed is not performed.")
            : Again(draft, party);
    }

    /// <summary>Why nobody can take this case up again, whoever asks and whenever; null when it can be.</summary>
    public static Step<Dispute, DisputeFact>? Barred(DisputeDraft draft)
    {
        if (!IsReopenable(draft.State.Status))
        {
            return draft.Refuse("not-reopenable", $"A case that has ended as {draft.State.Status} is not taken up again.");
        }

        if (draft.State.Aftercare!.Confirmation?.State is ConfirmationState.Applied or ConfirmationState.Confirmed)
        {
            return draft.Refuse("at-court", "The court has the agreement; what it confirms is enforced and not mediated again.");
        }

        var max = draft.Rules.Process.Aftercare!.ReopeningsMax;
        return draft.State.Reopenings >= max
            ? draft.Refuse("reopenings-max", $"A case is taken up again at most {AftercareOwner.Number(max)} times.")
            : null;
    }

    /// <param name="draft">The step.</param>
    /// <param name="party">Who asked; it wants to be mediated, all others are asked.</param>
    public static Step<Dispute, DisputeFact> Again(DisputeDraft draft, string party)
    {
        var dispute = draft.State;
        var total = draft.Start(draft.Rules.Process.Total);
        var owed = dispute.Aftercare!.Open.Where(item => !item.IsWindow).ToLookup(item => AftercareOwner.Of(draft, item));
        draft.State = dispute with
        {
            Parties = [.. dispute.Parties.Select(known => known with
            {
                Consent = known.Id == party ? Consent.Yes : Consent.NotAsked,
                GoUp = ConsentToGoUp.NotAsked,
                ConsentSaid = null,
                GoUpSaid = null,
            })],
            Total = total,
            Outcome = null,
            Aftercare = null,
            FormerOutcomes = [.. dispute.FormerOutcomes ?? [], dispute.Outcome!],
        };
        draft.Line(
            "Reopened",
            $"Taken up again at the wish of {party}, time {AftercareOwner.Number(draft.State.Reopenings)}; the total term starts anew and ends on {Why.Iso(total.Deadline.Date)}. The other parties are asked for their consent.",
            $"应当事人{party}申请第{AftercareOwner.Number(draft.State.Reopenings)}次重启调处，总期限重新起算，至{DeadlineText.Zh(total.Deadline.Date)}；其他当事人须重新同意。",
            total.Deadline,
            draft.Occasion.Id);
        // Everybody is asked anew whether to be mediated, so a case with danger begins where such a case begins.
        var floor = draft.Rules.Process.DangerFollows == true ? Triage.Floor(dispute, draft.Rules.Process)?.Level : null;
        var (level, handler, passedOver) = Triage.HandlerFrom(floor > dispute.Level ? floor.Value : dispute.Level, dispute.Place, draft.Rules.Units);
        draft.Lines(passedOver);
        DisputeLevels.Offer(draft, level, handler);
        if (draft.Rules.Process.Aftercare!.ReopeningTells == true)
        {
            TellOwners(draft, owed);
        }

        return draft.Done();
    }

    /// <summary>Who owed something after the end hears that nobody waits for it any more; the new handler hears of the case itself.</summary>
    private static void TellOwners(DisputeDraft draft, ILookup<string, FollowUp> owed)
    {
        foreach (var items in owed.Where(items => items.Key != draft.State.Handler))
        {
            var what = string.Join("、", items.Select(AftercareWords.Zh));
            draft.Line(
                "FollowUpsDropped",
                $"The case is taken up again; {items.Key} follows no more: {string.Join(", ", items.Select(AftercareWords.En))}.",
                $"本案重新调处，{draft.NameOf(items.Key)}不再跟进：{what}。");
            draft.Say("dispute-follow-ups-dropped", items.Key, draft.State.Reopenings, of: "reopened", more: ("what", what));
        }
    }
}
