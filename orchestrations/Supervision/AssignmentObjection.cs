using System.Globalization;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>
/// The unit does not accept that its claim was returned: it objects within a term, and others than those who checked
/// decide within a term (政府督查工作条例 17). The task's own date goes on meanwhile; a new claim takes the objection back.
/// </summary>
internal static class AssignmentObjection
{
    public static Step<Assignment, AssignmentFact> Raise(AssignmentDraft draft)
    {
        var assignment = draft.State;
        if (Assigned.NotTheUnit(draft) is { } refusal)
        {
            return refusal;
        }

        if (draft.Rules.Process.Objection is not { } rule)
        {
            return draft.NotInTheseRules("objection");
        }

        if (assignment.Objection is not null)
        {
            return draft.Refuse("already-objected", "The objection has been raised and is not decided yet.");
        }

        if (assignment is not { Status: AssignmentStatus.Active, LastCheck: { } check })
        {
            return draft.Refuse("nothing-to-object", "There is no returned claim to object to.");
        }

        var until = Deadlines.Always(draft.Rules.Policies[rule.Raise], check.At, draft.Rules.Calendar);
        if (until.At <= draft.Occasion.At)
        {
            return draft.Refuse("objection-late", $"Objections to this check were possible until {Why.Iso(until.Date)} ({rule.Source}).");
        }

        var reviewer = Reviewer(draft, rule, check);
        var decide = draft.Start(rule.Decide);
        draft.State = assignment with
        {
            Objection = new Objection(draft.Occasion.At, draft.Occasion.Id, reviewer, decide),
            Objections = (assignment.Objections ?? 0) + 1,
        };
        draft.Line(
            "ObjectionRaised",
            $"{assignment.Unit} objects to the check by {check.By}; {reviewer} decides by {Why.Iso(decide.Deadline.Date)} ({rule.Source}).",
            $"{draft.NameOf(assignment.Unit)}对核查结论提出异议，由{draft.NameOf(reviewer)}于{DeadlineText.Zh(decide.Deadline.Date)}前复核决定（{rule.Source}）。",
            decide.Deadline,
            draft.Occasion.Id);
        draft.Say("assignment-objection-raised", reviewer, due: decide.Deadline, copies: [check.By], of: Number(draft.State), more: ("source", rule.Source));
        return draft.Done();
    }

    public static Step<Assignment, AssignmentFact> Decide(AssignmentDraft draft, AssignmentFact.ObjectionDecided decided)
    {
        var assignment = draft.State;
        if (assignment is not { Objection: { } objection, LastCheck: { } check })
        {
            return draft.Refuse("no-objection", "There is no objection to decide on.");
        }

        if (draft.Occasion.By != objection.Reviewer)
        {
            return draft.Refuse("not-the-reviewer", $"Only {objection.Reviewer} decides on this objection, not {draft.Occasion.By}; who checked does not review.");
        }

        if (decided is { Accepted: false, Done: true })
        {
            return draft.Refuse("not-accepted", "Only an objection that is accepted can strike the task off.");
        }

        var of = Number(assignment);
        var (what, zh) = !decided.Accepted ? ("the check stands", "异议不成立，维持原核查结论")
            : decided.Done ? ("struck off", "异议成立，予以销号")
            : ("the claim is checked anew", "异议成立，重新核查");
        draft.State = assignment with { Objection = null, LastCheck = null };
        if (decided.Accepted)
        {
            draft.State = decided.Done
                ? draft.State.Over(AssignmentStatus.StruckOff) with { StruckOffAt = draft.Occasion.At }
                : draft.State with { Status = AssignmentStatus.Claimed, Check = draft.Start(draft.Rules.Process.Check) };
        }

        draft.Line(
            decided switch { { Accepted: false } => "ObjectionRefused", { Done: true } => "StruckOff", _ => "ObjectionAccepted" },
            $"{objection.Reviewer} decides on the objection: {what}.",
            $"{draft.NameOf(objection.Reviewer)}复核决定：{zh}。",
            draft.State.Check?.Deadline ?? draft.State.Finish?.Deadline,
            draft.Occasion.Id);
        draft.Say("assignment-objection-decided", assignment.Unit, copies: [check.By], of: of, more: ("decision", zh));
        return draft.Done();
    }

    /// <summary>Nobody decided in time; said until somebody does.</summary>
    public static Step<Assignment, AssignmentFact> Over(AssignmentDraft draft, RunningClock running)
    {
        var objection = draft.State.Objection!;
        var superior = draft.Superior(objection.Reviewer);
        draft.State = draft.State with { Objection = objection with { Decide = draft.Said(running.Clock) } };
        draft.Line(
            "ObjectionOverdue",
            $"{objection.Reviewer} has not decided on the objection, due {Why.Iso(running.Clock.Deadline.Date)}; told again, copy to {superior}.",
            $"{draft.NameOf(objection.Reviewer)}逾期未作复核决定（期限{DeadlineText.Zh(running.Clock.Deadline.Date)}），再次提醒，抄送{draft.NameOf(superior)}。",
            running.Clock.Deadline);
        draft.Say("assignment-objection-overdue", objection.Reviewer, running.Clock.OverdueSaid + 1, running.Clock.Deadline, [superior], of: running.Of);
        return draft.Done();
    }

    public static string Number(Assignment assignment) => string.Create(CultureInfo.InvariantCulture, $"o{assignment.Objections ?? 0}");

    /// <summary>The county's reviewing unit; another where that is the unit itself or the one that checked.</summary>
    private static string Reviewer(AssignmentDraft draft, ObjectionRule rule, CheckResult check)
    {
        var duties = draft.Rules.Units.Duties;
        return new[] { rule.Reviewer, duties.Leaders, duties.CountyCentre, duties.DutyBox }.First(unit => unit != draft.State.Unit && unit != check.By);
    }
}
