using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>What a reached date means. One date at a time, the gravest first; the loop comes back for the others.</summary>
internal static class DisputeDates
{
    public static Step<Dispute, DisputeFact> Reached(DisputeDraft draft)
    {
        var dispute = draft.State;
        var at = draft.Occasion.At;
        return dispute switch
        {
            { Total: { } total } when total.IsOver(at) => TotalOver(draft, total),
            { ConsentTerm: { } consent } when consent.IsOver(at) =>
                DisputeEnd.Fail(draft, "no-consent", "No consent to go up was on record in time.", "未在期限内取得当事人移送同意"),
            { Term: { } term } when term.IsOver(at) => TermOver(draft, term),
            { SignFor: { } signFor } when signFor.IsOver(at) => SignForOver(draft, signFor),
            { Total: { } total } when total.IsReminderDue(at) => Remind(
                draft, total, "dispute-total-reminder", dispute.Handler, "in all", "总期限", dispute with { Total = draft.Said(total) }),
            { ConsentTerm: { } consent } when consent.IsReminderDue(at) => Remind(
                draft, consent, "dispute-consent-reminder", DisputeLevels.Asker(dispute, draft.Rules), "consent", "征询同意期限", dispute with { ConsentTerm = draft.Said(consent) }),
            { Term: { } term } when term.IsReminderDue(at) => Remind(
                draft, term, "dispute-term-reminder", dispute.Handler, "the level's term", "本级调处期限", dispute with { Term = draft.Said(term) }),
            { SignFor: { } signFor } when signFor.IsReminderDue(at) => Remind(
                draft, signFor, "dispute-sign-reminder", dispute.Handler, "signing for it", "签收期限", dispute with { SignFor = draft.Said(signFor) }),
            _ => new Step<Dispute, DisputeFact>.Nothing(),
        };
    }

    private static Step<Dispute, DisputeFact> Remind(
        DisputeDraft draft, Clock clock, string template, string to, string what, string whatZh, Dispute after)
    {
        draft.State = after;
        draft.Line(
            "Reminded",
            $"{to} reminded of {what}, due {Why.Iso(clock.Deadline.Date)}.",
            $"提醒{draft.NameOf(to)}：{whatZh}至{DeadlineText.Zh(clock.Deadline.Date)}。",
            clock.Deadline);
        draft.Say(template, to, clock.RemindersSaid + 1, clock.Deadline);
        return draft.Done();
    }

    private static Step<Dispute, DisputeFact> SignForOver(DisputeDraft draft, Clock signFor)
    {
        var dispute = draft.State;
        SayOverdue(draft, signFor, "dispute-sign-overdue", "NotSignedFor", "was not signed for", "逾期未签收");
        if (dispute.Handler != draft.Rules.Units.Duties.DutyBox)
        {
            return DisputeLevels.GoUp(draft, Disputes.GoingUpReason.NotSignedFor);
        }

        // There is nobody above the duty box: it is said again and again until somebody signs or the total term ends.
        draft.State = draft.State with { SignFor = draft.Said(signFor) };
        return draft.Done();
    }

    private static Step<Dispute, DisputeFact> TermOver(DisputeDraft draft, Clock term)
    {
        SayOverdue(draft, term, "dispute-term-overdue", "TermOver", "was not settled within the level's term", "本级调处逾期");
        return DisputeLevels.GoUp(draft, Disputes.GoingUpReason.TermOver);
    }

    private static Step<Dispute, DisputeFact> TotalOver(DisputeDraft draft, Clock total)
    {
        SayOverdue(draft, total, "dispute-total-over", "TotalOver", "was not settled within its total term", "总期限届满");
        return DisputeEnd.Fail(draft, "total-over", "The total term is over.", "总期限届满");
    }

    private static void SayOverdue(DisputeDraft draft, Clock clock, string template, string what, string text, string textZh)
    {
        var handler = draft.State.Handler;
        var responsible = draft.Responsible(handler);
        var superior = draft.Superior(handler);
        draft.State = draft.State with { Overdue = draft.State.Overdue + (clock.IsOverdue ? 0 : 1) };
        draft.Line(
            what,
            $"It {text} by {handler}; notice to {responsible.Id}, copy to {superior}.",
            $"{draft.NameOf(handler)}{textZh}，通知{responsible.Name}，抄送{draft.NameOf(superior)}。",
            clock.Deadline);
        draft.Say(template, responsible.Id, clock.OverdueSaid + 1, clock.Deadline, [superior]);
    }
}
