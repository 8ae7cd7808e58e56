using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// The ends of a dispute. Whenever mediation ends without an agreement, the handler gets the rights notice to hand to
/// the parties: the other lawful ways for this category (人民调解法 26). A handler that did not even sign would not hand
/// it over, so the unit that asks the parties in its place gets it.
/// </summary>
internal static class DisputeEnd
{
    public static Step<Dispute, DisputeFact> Settle(DisputeDraft draft, DisputeFact.Settled settled)
    {
        var agreement = AgreementEffect.Of(draft, settled);
        var form = settled.Form == AgreementForm.Oral ? "an oral" : "a written";
        var level = draft.State.Level;
        if (agreement.On is { } on)
        {
            var (confirmation, confirmationZh) = AgreementEffect.ConfirmationWords(draft, agreement);
            draft.Line(
                "Settled",
                $"Settled at {Words.En(level)} level by {form} agreement in effect from {Why.Iso(on)}; {confirmation}.",
                $"{Words.Zh(level)}达成{Words.Zh(settled.Form)}，{DeadlineText.Zh(on)}生效，{confirmationZh}。",
                agreement.Confirmation,
                draft.Occasion.Id);
            AgreementEffect.Say(draft, agreement);
        }
        else
        {
            draft.Line(
                "Settled",
                $"Settled at {Words.En(level)} level by a written agreement of {Why.Iso(settled.On)}; it takes effect when {string.Join(", ", agreement.MissingSignatures(draft.State.Parties))} have signed.",
                $"{Words.Zh(level)}于{DeadlineText.Zh(settled.On)}达成书面协议，待补齐签名盖章后生效。",
                textId: draft.Occasion.Id);
        }

        return End(draft, DisputeStatus.Settled, new Outcome(draft.Occasion.At, "settled", Agreement: agreement));
    }

    public static Step<Dispute, DisputeFact> Refuse(DisputeDraft draft, string party)
    {
        draft.Line("Refused", $"{party} refuses mediation; it ends at once, with a rights notice.", $"当事人{party}明确拒绝调解，调解终止，告知其他途径。");
        SayOtherWays(draft, "当事人明确拒绝调解");
        return End(draft, DisputeStatus.Refused, new Outcome(draft.Occasion.At, "refused", party));
    }

    public static Step<Dispute, DisputeFact> Withdraw(DisputeDraft draft, string party)
    {
        draft.Line("Withdrawn", $"{party} withdraws the case.", $"申请人{party}撤回申请。");
        draft.Say("dispute-withdrawn", draft.State.Handler);
        return End(draft, DisputeStatus.Withdrawn, new Outcome(draft.Occasion.At, "withdrawn", party));
    }

    public static Step<Dispute, DisputeFact> Fail(DisputeDraft draft, string reason, string text, string textZh, string? textId = null)
    {
        draft.Line("Failed", $"Mediation ends without an agreement: {text} The parties get a rights notice.", $"调解终止：{textZh}，告知其他途径。", textId: textId);
        SayOtherWays(draft, textZh);
        return End(draft, DisputeStatus.Failed, new Outcome(draft.Occasion.At, reason));
    }

    /// <summary>Another case has taken this one in; its parties go on there, so nothing is followed here.</summary>
    public static Step<Dispute, DisputeFact> Merge(DisputeDraft draft, string into, IReadOnlyList<MovedParty> parties)
    {
        draft.State = DisputeTies.Linked(draft.State, into) with { MovedParties = [.. draft.State.MovedParties ?? [], .. parties] };
        draft.Line("Merged", $"{into} has taken this case in; its parties go on there.", $"本案并入{draft.CodeOf(into)}，各方当事人在该案中继续调解。");
        draft.Say("dispute-merged", draft.State.Handler, more: ("other", draft.CodeOf(into)));
        draft.State = draft.State with { HandsOn = true };
        return End(draft, DisputeStatus.Merged, new Outcome(draft.Occasion.At, DisputeMerge.Reason, Case: into));
    }

    private static void SayOtherWays(DisputeDraft draft, string reason)
    {
        var ways = draft.Rules.CategoryOf(draft.State.Category).OtherWays;
        draft.Say("dispute-rights-notice", DisputeLevels.Asker(draft.State, draft.Rules), more: [("reason", reason), ("ways", string.Join("\n", ways))]);
    }

    private static Step<Dispute, DisputeFact> End(DisputeDraft draft, DisputeStatus status, Outcome outcome)
    {
        DisputeSessions.LevelEnds(draft);
        if (draft.State.Merge is { } merge)
        {
            MergeTakeBack.Tell(draft, merge.Into, merge.Command, $"it has ended: {outcome.Reason}.");
        }

        draft.State = draft.State.LevelOver() with
        {
            Status = status,
            Outcome = outcome,
            Total = null,
            ConsentTerm = null,
            GoingUp = null,
            Suspension = null,
            LiftTo = null,
            LiftAsked = null,
            Merge = null,
        };
        AftercareStart.Begin(draft);
        return draft.Done();
    }
}
