using System.Diagnostics;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>
/// What becomes of one task of one unit: told, signed for, reminded, chased until done, claimed, checked, struck off.
/// Nothing counts as done before the supervising office has checked it.
/// </summary>
public static class AssignmentDecider
{
    public static Step<Assignment, AssignmentFact> Decide(
        Assignment assignment, AssignmentFact fact, Occasion occasion, SupervisionRules rules)
    {
        var draft = new AssignmentDraft(assignment, occasion, rules);
        if (assignment.Ended)
        {
            return fact is AssignmentFact.DateReached
                ? new Step<Assignment, AssignmentFact>.Nothing()
                : draft.Refuse("struck-off", "The assignment is struck off; nothing is left to do.");
        }

        return fact switch
        {
            AssignmentFact.Opened => Issue(draft),
            AssignmentFact.DateReached => AssignmentDates.Reached(draft),
            AssignmentFact.SignedFor => SignFor(draft),
            AssignmentFact.Claimed => Claim(draft),
            AssignmentFact.Checked check => Check(draft, check.Done),
            AssignmentFact.RulesChanged changed => AssignmentRulesChange.Take(draft, changed.Version),
            _ => throw new UnreachableException(),
        };
    }

    private static Step<Assignment, AssignmentFact> Issue(AssignmentDraft draft)
    {
        var assignment = draft.State;
        if (assignment.Status != AssignmentStatus.Planned)
        {
            return new Step<Assignment, AssignmentFact>.Nothing();
        }

        var signFor = draft.Start(draft.Rules.Process.SignFor);
        var finish = Clock.Given(
            draft.Rules.Policies[draft.Rules.Process.Finish],
            draft.Occasion.At,
            assignment.Due,
            draft.Rules.Calendar);
        draft.State = assignment with { Status = AssignmentStatus.Issued, SignFor = signFor, Finish = finish };
        draft.Line(
            "Issued",
            $"{assignment.Task} issued to {assignment.Unit} ({draft.NameOf(assignment.Unit)}) as {assignment.Role}, to be done by {Why.Iso(assignment.Due)}; sign for by {Why.Iso(signFor.Deadline.Date)}.",
            $"任务{assignment.Task}“{assignment.Title}”交{draft.NameOf(assignment.Unit)}，{DeadlineText.Zh(assignment.Due)}前完成，请于{DeadlineText.Zh(signFor.Deadline.Date)}前签收。",
            signFor.Deadline);
        draft.Say("assignment-issued", assignment.Unit, due: signFor.Deadline);
        return draft.Done();
    }

    private static Step<Assignment, AssignmentFact> SignFor(AssignmentDraft draft)
    {
        var assignment = draft.State;
        if (NotTheUnit(draft) is { } refusal)
        {
            return refusal;
        }

        if (assignment.Status != AssignmentStatus.Issued)
        {
            return draft.Refuse("already-signed-for", "The assignment has been signed for.");
        }

        draft.State = assignment with { Status = AssignmentStatus.Active, SignFor = null };
        draft.Line("SignedFor", $"Signed for by {assignment.Unit}; to be done by {Why.Iso(assignment.Due)}.", $"{draft.NameOf(assignment.Unit)}已签收，{DeadlineText.Zh(assignment.Due)}前完成。", assignment.Finish!.Deadline);
        return draft.Done();
    }

    private static Step<Assignment, AssignmentFact> Claim(AssignmentDraft draft)
    {
        var assignment = draft.State;
        if (NotTheUnit(draft) is { } refusal)
        {
            return refusal;
        }

        if (assignment.Status != AssignmentStatus.Active)
        {
            return assignment.Status == AssignmentStatus.Issued
                ? draft.Refuse("not-signed-for", "The assignment must be signed for before it is claimed done.")
                : draft.Refuse("already-claimed", "Completion is claimed already and waits for the check.");
        }

        var check = draft.Start(draft.Rules.Process.Check);
        var supervision = draft.Rules.Units.Duties.Supervision;
        draft.State = assignment with { Status = AssignmentStatus.Claimed, Check = check, Claims = assignment.Claims + 1 };
        draft.Line(
            "Claimed",
            $"{assignment.Unit} claims completion (claim {assignment.Claims + 1}); {supervision} checks by {Why.Iso(check.Deadline.Date)}.",
            $"{draft.NameOf(assignment.Unit)}申请销号（第{assignment.Claims + 1}次），督查机构应于{DeadlineText.Zh(check.Deadline.Date)}前核查。",
            check.Deadline,
            draft.Occasion.Id);
        draft.Say("assignment-claimed", supervision, due: check.Deadline);
        return draft.Done();
    }

    private static Step<Assignment, AssignmentFact> Check(AssignmentDraft draft, bool done)
    {
        var assignment = draft.State;
        var supervision = draft.Rules.Units.Duties.Supervision;
        if (draft.Occasion.By != supervision)
        {
            return draft.Refuse("not-the-supervision", $"Only {supervision} checks claims, not {draft.Occasion.By}.");
        }

        if (assignment.Status != AssignmentStatus.Claimed)
        {
            return draft.Refuse("not-claimed", "There is no claim to check.");
        }

        if (done)
        {
            draft.State = assignment with { Status = AssignmentStatus.StruckOff, Check = null, Finish = null, StruckOffAt = draft.Occasion.At };
            draft.Line("StruckOff", $"Checked by {supervision} and struck off.", "核查通过，予以销号。", textId: draft.Occasion.Id);
            draft.Say("assignment-struck-off", assignment.Unit);
            return draft.Done();
        }

        draft.State = assignment with { Status = AssignmentStatus.Active, Check = null };
        draft.Line("Returned", $"Checked by {supervision} and returned with reasons; still due {Why.Iso(assignment.Due)}.", $"核查未通过，退回整改，完成期限仍为{DeadlineText.Zh(assignment.Due)}。", assignment.Finish!.Deadline, draft.Occasion.Id);
        draft.Say("assignment-returned", assignment.Unit, due: assignment.Finish.Deadline);
        return draft.Done();
    }

    private static Step<Assignment, AssignmentFact>? NotTheUnit(AssignmentDraft draft) =>
        draft.Occasion.By == draft.State.Unit
            ? null
            : draft.Refuse("not-the-unit", $"Only {draft.State.Unit} answers for this assignment, not {draft.Occasion.By}.");
}
