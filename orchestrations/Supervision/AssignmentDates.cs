using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>What a reached date means, the gravest first; the loop comes back for the others.</summary>
internal static class AssignmentDates
{
    public static Step<Assignment, AssignmentFact> Reached(AssignmentDraft draft)
    {
        var assignment = draft.State;
        var at = draft.Occasion.At;
        var claimed = assignment.Status == AssignmentStatus.Claimed;
        return assignment switch
        {
            { Finish: { } finish } when !claimed && finish.IsOver(at) => FinishOver(draft, finish),
            { SignFor: { } signFor } when signFor.IsOver(at) => SignForOver(draft, signFor),
            { Check: { } check } when check.IsOver(at) => CheckOver(draft, check),
            { Finish: { } finish } when !claimed && finish.IsReminderDue(at) => Remind(
                draft, finish, "assignment-due-reminder", assignment.Unit, "completion", "完成期限", assignment with { Finish = draft.Said(finish) }),
            { SignFor: { } signFor } when signFor.IsReminderDue(at) => Remind(
                draft, signFor, "assignment-sign-reminder", assignment.Unit, "signing for it", "签收期限", assignment with { SignFor = draft.Said(signFor) }),
            { Check: { } check } when check.IsReminderDue(at) => Remind(
                draft, check, "assignment-check-reminder", draft.Rules.Units.Duties.Supervision, "the check", "核查期限", assignment with { Check = draft.Said(check) }),
            _ => new Step<Assignment, AssignmentFact>.Nothing(),
        };
    }

    private static Step<Assignment, AssignmentFact> Remind(
        AssignmentDraft draft, Clock clock, string template, string to, string what, string whatZh, Assignment after)
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

    private static Step<Assignment, AssignmentFact> FinishOver(AssignmentDraft draft, Clock finish)
    {
        // From here on the finish notices chase the unit; asking for a signature as well would only double them.
        draft.State = draft.State with { Finish = draft.Said(finish), SignFor = null };
        SayOverdue(draft, finish, "assignment-overdue", "Overdue", "has not finished it", "逾期未完成");
        return draft.Done();
    }

    private static Step<Assignment, AssignmentFact> SignForOver(AssignmentDraft draft, Clock signFor)
    {
        draft.State = draft.State with { SignFor = draft.Said(signFor) };
        SayOverdue(draft, signFor, "assignment-sign-overdue", "NotSignedFor", "has not signed for it", "逾期未签收");
        return draft.Done();
    }

    private static void SayOverdue(AssignmentDraft draft, Clock clock, string template, string what, string text, string textZh)
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
        draft.Say(template, responsible.Id, number, clock.Deadline, [superior]);
    }

    private static Step<Assignment, AssignmentFact> CheckOver(AssignmentDraft draft, Clock check)
    {
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
