using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// A case stands still for a reason that is data: no clock reminds or ends meanwhile, and afterwards every clock moves
/// by the days it really took. It may change levels meanwhile, by consent; it goes on by itself at its longest.
/// </summary>
internal static class DisputeSuspension
{
    public static Step<Dispute, DisputeFact> Suspend(DisputeDraft draft, DisputeFact.Suspended suspended)
    {
        var dispute = draft.State;
        if (Speakers.Handler(draft) is { } refusal)
        {
            return refusal;
        }

        if (draft.Rules.Process.Suspension is not { } rule)
        {
            return draft.NotInTheseRules("suspension");
        }

        if (dispute.Status is not (DisputeStatus.Mediating or DisputeStatus.AwaitingConsent))
        {
            return draft.Refuse("not-mediating", $"Only a case that was signed for can stand still; this one is {dispute.Status}.");
        }

        if (NotSuspended(draft) is { } already)
        {
            return already;
        }

        if (rule.Kinds.FirstOrDefault(known => known.Id == suspended.Kind) is not { } kind)
        {
            return draft.Refuse("unknown-suspension", $"The rules of this case know no suspension {suspended.Kind}.");
        }

        var calendar = draft.Rules.Calendar;
        var last = calendar.LocalDate(draft.Occasion.At).AddDays((kind.DaysMax ?? rule.DaysMax) - 1);
        var number = (dispute.Suspensions ?? 0) + 1;
        draft.State = dispute with
        {
            Suspension = new Suspension(kind.Id, draft.Occasion.At, calendar.EndOf(last), draft.Occasion.Id),
            Suspensions = number,
        };
        draft.Line(
            "Suspended",
            $"Suspended: {kind.Name}; it goes on by itself after {Why.Iso(last)}.",
            $"中止：{kind.NameZh}（{kind.Source}），最迟至{DeadlineText.Zh(last)}。",
            textId: draft.Occasion.Id);
        draft.Say("dispute-suspended", draft.Superior(dispute.Handler), of: $"s{number}", more: [("reason", kind.NameZh), ("source", kind.Source), ("until", DeadlineText.Zh(last))]);
        return draft.Done();
    }

    public static Step<Dispute, DisputeFact> Resume(DisputeDraft draft)
    {
        if (Speakers.HandlerOrAbove(draft) is { } refusal)
        {
            return refusal;
        }

        if (draft.State.Suspension is not { } suspension)
        {
            return draft.Refuse("not-suspended", "The case does not stand still.");
        }

        // Said late, after the longest day and before anybody looked: it went on then.
        GoOn(draft, suspension, draft.Occasion.At < suspension.Ends ? draft.Occasion.At : suspension.Ends, $"by {draft.Occasion.By}", "");
        return draft.Done();
    }

    /// <summary>The longest it may stand still is over; looked at late, it went on then all the same.</summary>
    public static Step<Dispute, DisputeFact> Over(DisputeDraft draft, Suspension suspension)
    {
        GoOn(draft, suspension, suspension.Ends, "by itself, at its longest", "（中止期限届满，自动恢复）");
        var dispute = draft.State;
        draft.Say(
            "dispute-resumed",
            dispute.Handler,
            due: (dispute.Term ?? dispute.ConsentTerm ?? dispute.SignFor ?? dispute.Total)?.Deadline,
            of: $"s{dispute.Suspensions}");
        return draft.Done();
    }

    /// <summary>What cannot be done while the case stands still.</summary>
    public static Step<Dispute, DisputeFact>? NotSuspended(DisputeDraft draft) => draft.State.Suspension is { } suspension
        ? draft.Refuse("suspended", $"The case stands still: {suspension.Kind}. It must go on first.")
        : null;

    private static void GoOn(DisputeDraft draft, Suspension suspension, DateTimeOffset to, string how, string howZh)
    {
        foreach (var kind in DisputeClocks.All.Where(kind => !kind.IsAppointment))
        {
            foreach (var running in kind.Of(draft.State).ToList())
            {
                draft.State = kind.Put(draft.State, running.Of, draft.Moved(running.Clock, suspension.At, to));
            }
        }

        draft.State = draft.State with { Suspension = null };
        var (from, on) = (draft.Rules.Calendar.LocalDate(suspension.At), draft.Rules.Calendar.LocalDate(to));
        draft.Line(
            "Resumed",
            $"Goes on {how}: it stood still from {Why.Iso(from)} to {Why.Iso(on)}.",
            $"恢复调处{howZh}：{DeadlineText.Zh(from)}至{DeadlineText.Zh(on)}中止。",
            draft.State.Term?.Deadline ?? draft.State.Total?.Deadline);
    }
}
