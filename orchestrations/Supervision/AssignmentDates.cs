using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>What a reached date means, the gravest first; the loop comes back for the others.</summary>
internal static class AssignmentDates
{
    public static Step<Assignment, AssignmentFact> Reached(AssignmentDraft draft)
    {
        var at = draft.Occasion.At;
        if (draft.State.Standstill is { } standstill)
        {
            return standstill.Ends <= at ? AssignmentStandstill.Over(draft, standstill) : new Step<Assignment, AssignmentFact>.Nothing();
        }

        if (AssignmentFeedback.NextOpens(draft.State) <= at)
        {
            return AssignmentFeedback.Miss(draft);
        }

        var running = AssignmentClocks.All
            .Select(kind => (Kind: kind, Clock: kind.Of(draft.State)))
            .Where(entry => entry.Clock is { Held: false })
            .ToList();
        foreach (var (kind, clock) in running)
        {
            if (clock!.Clock.IsOver(at))
            {
                return kind.Over(draft, clock);
            }
        }

        foreach (var (kind, clock) in running)
        {
            if (clock!.Clock.IsReminderDue(at))
            {
                return Remind(draft, kind, clock);
            }
        }

        return new Step<Assignment, AssignmentFact>.Nothing();
    }

    private static Step<Assignment, AssignmentFact> Remind(AssignmentDraft draft, AssignmentClock kind, RunningClock running)
    {
        var clock = running.Clock;
        var to = kind.Remind.To(draft);
        draft.State = kind.Put(draft.State, draft.Said(clock));
        draft.Line(
            "Reminded",
            $"{to} reminded of {kind.Remind.What}, due {Why.Iso(clock.Deadline.Date)}.",
            $"提醒{draft.NameOf(to)}：{kind.Remind.WhatZh}至{DeadlineText.Zh(clock.Deadline.Date)}。",
            clock.Deadline);
        draft.Say(kind.Remind.Template, to, clock.RemindersSaid + 1, clock.Deadline, of: running.Of, more: kind.Words(draft));
        return draft.Done();
    }

    public static Step<Assignment, AssignmentFact> FinishOver(AssignmentDraft draft, RunningClock running)
    {
        var finish = running.Clock;
        // From here on the finish notices chase the unit; asking for a signature as well would only double them.
        draft.State = draft.State with { Finish = draft.Said(finish), SignFor = null };
        SayOverdue(draft, finish, "assignment-overdue", "Overdue", "has not finished it", "逾期未完成");
        return draft.Done();
    }

    public static Step<Assignment, AssignmentFact> SignForOver(AssignmentDraft draft, RunningClock running)
    {
        var signFor = running.Clock;
        draft.State = draft.State with { SignFor = draft.Said(signFor) };
        SayOverdue(draft, signFor, "assignment-sign-overdue", "NotSignedFor", "has not signed for it", "逾期未签收");
        return draft.Done();
    }

    public static void SayOverdue(
        AssignmentDraft draft, Clock clock, string template, string what, string text, string textZh, string of = "", params (string Name, string Value)[] more)
    {
        var unit = draft.State.Unit;
        var responsible = draft.Responsible(unit);
        var superior = draft.Superior(unit);
        var number = clock.OverdueSaid + 1;
        draft.Line(
            what,
            $"{unit} {text}, due {Why.Iso(clock.Deadline.Date)}; notice {number} to {responsible.Id}, copy to {superior}.",
            $"{draft.NameOf(unit)}{textZh}（期限{DeadlineText.Zh(clock.Deadline.Date)}），第{number}次通知{responsible.Name}，抄送{draft.NameOf(superior)}。",
            clock.Deadline);
        draft.Say(template, responsible.Id, number, clock.Deadline, [superior], of, more);
    }

    public static Step<Assignment, AssignmentFact> CheckOver(AssignmentDraft draft, RunningClock running)
    {
        var check = running.Clock;
        var supervision = draft.Rules.Units.Duties.Supervision;
        draft.State = draft.State with { Check = draft.Said(check) };
        draft.Line(
            "CheckOverdue",
            $"{supervision} has not checked the claim, due {Why.Iso(check.Deadline.Date)}; told again.",
            $"督查机构逾期未核查（期限{DeadlineText.Zh(check.Deadline.Date)}），再次提醒。",
            check.Deadline);
        draft.Say("assignment-check-overdue", supervision, check.OverdueSaid + 1, check.Deadline, [draft.Superior(supervision)]);
        return draft.Done();
    }
}
