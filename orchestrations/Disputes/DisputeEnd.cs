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
    public static Step<Dispute, DisputeFact> Settle(DisputeDraft draft, AgreementForm form, DateOnly on)
    {
        var policy = draft.Rules.Policies[draft.Rules.Process.Confirmation];
        var confirmation = Deadlines.Always(policy, on, draft.Rules.Calendar);
        var agreement = new Agreement(form, on, confirmation);
        draft.Line(
            "Settled",
            $"Settled at {Words.En(draft.State.Level)} level by {(form == AgreementForm.Oral ? "an oral" : "a written")} agreement in effect from {Why.Iso(on)}; joint judicial confirmation possible until {Why.Iso(confirmation.Date)}.",
            $"{Words.Zh(draft.State.Level)}达成{Words.Zh(form)}，{DeadlineText.Zh(on)}生效，可在{DeadlineText.Zh(confirmation.Date)}前共同申请司法确认。",
            confirmation,
            draft.Occasion.Id);
        draft.Say("dispute-settled", draft.State.Handler, due: confirmation, more: ("form", Words.Zh(form)));
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

    public static Step<Dispute, DisputeFact> Fail(DisputeDraft draft, string reason, string text, string textZh)
    {
        draft.Line("Failed", $"Mediation ends without an agreement: {text} The parties get a rights notice.", $"调解终止：{textZh}，告知其他途径。");
        SayOtherWays(draft, textZh);
        return End(draft, DisputeStatus.Failed, new Outcome(draft.Occasion.At, reason));
    }

    private static void SayOtherWays(DisputeDraft draft, string reason)
    {
        var ways = draft.Rules.CategoryOf(draft.State.Category).OtherWays;
        draft.Say("dispute-rights-notice", DisputeLevels.Asker(draft.State, draft.Rules), more: [("reason", reason), ("ways", string.Join("\n", ways))]);
    }

    private static Step<Dispute, DisputeFact> End(DisputeDraft draft, DisputeStatus status, Outcome outcome)
    {
        draft.State = draft.State.LevelOver() with
        {
            Status = status,
            Outcome = outcome,
            Total = null,
            ConsentTerm = null,
            GoingUp = null,
            Suspension = null,
            LiftTo = null,
        };
        return draft.Done();
    }
}
