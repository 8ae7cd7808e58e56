using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>What a reached date means. One date at a time, the gravest first; the loop comes back for the others.</summary>
internal static class DisputeDates
{
    public static Step<Dispute, DisputeFact> Reached(DisputeDraft draft)
    {
        var at = draft.Occasion.At;
        if (draft.State.Suspension is { } suspension)
        {
            return suspension.Ends <= at ? DisputeSuspension.Over(draft, suspension) : new Step<Dispute, DisputeFact>.Nothing();
        }

        var running = DisputeClocks.All
            .SelectMany(kind => kind.Of(draft.State).Select(clock => (Kind: kind, Clock: clock)))
            .Where(entry => !entry.Clock.Held)
            .ToList();
        foreach (var (kind, clock) in running)
        {
            if (clock.Clock.IsOver(at))
            {
                return kind.Over(draft, clock);
            }
        }

        foreach (var (kind, clock) in running)
        {
            if (clock.Clock.IsReminderDue(at))
            {
                return Remind(draft, kind, clock);
            }
        }

        return new Step<Dispute, DisputeFact>.Nothing();
    }

    private static Step<Dispute, DisputeFact> Remind(DisputeDraft draft, DisputeClock kind, RunningClock running)
    {
        var clock = running.Clock;
        var to = kind.Remind.To(draft, running);
        draft.State = kind.Put(draft.State, running.Of, draft.Said(clock));
        draft.Line(
            "Reminded",
            $"{to} reminded of {kind.Remind.What}, due {Why.Iso(clock.Deadline.Date)}.",
            $"提醒{draft.NameOf(to)}：{kind.Remind.WhatZh}至{DeadlineText.Zh(clock.Deadline.Date)}。",
            clock.Deadline);
        draft.Say(kind.Remind.Template, to, clock.RemindersSaid + 1, clock.Deadline, of: running.Of);
        return draft.Done();
    }

    public static Step<Dispute, DisputeFact> SignForOver(DisputeDraft draft, RunningClock running)
    {
        var signFor = running.Clock;
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

    public static Step<Dispute, DisputeFact> TermOver(DisputeDraft draft, RunningClock running)
    {
        SayOverdue(draft, running.Clock, "dispute-term-overdue", "TermOver", "was not settled within the level's term", "本级调处逾期");
        return DisputeLevels.GoUp(draft, Disputes.GoingUpReason.TermOver);
    }

    public static Step<Dispute, DisputeFact> TotalOver(DisputeDraft draft, RunningClock running)
    {
        SayOverdue(draft, running.Clock, "dispute-total-over", "TotalOver", "was not settled within its total term", "总期限届满");
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
