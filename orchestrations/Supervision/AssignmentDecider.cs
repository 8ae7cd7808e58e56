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
    /// <summary>The state carries an entry for each, on every step.</summary>
    private const int FilesMax = 100;

    public static Step<Assignment, AssignmentFact> Decide(
        Assignment assignment, AssignmentFact fact, Occasion occasion, SupervisionRules rules)
    {
        var draft = new AssignmentDraft(assignment, occasion, rules);
        if (assignment.Ended)
        {
            return fact is AssignmentFact.DateReached ? new Step<Assignment, AssignmentFact>.Nothing()
                : assignment.Status == AssignmentStatus.Closed ? draft.Refuse("closed", "The assignment is closed; nothing is left to do.")
                : draft.Refuse("struck-off", "The assignment is struck off; nothing is left to do.");
        }

        var step = Take(draft, fact);
        if (step is Step<Assignment, AssignmentFact>.Taken { State: { Indicators: not null, Ended: false } after } taken)
        {
            // The light of an indicator depends on the day on which somebody looked.
            step = AssignmentIndicators.Told(taken with { State = after with { Seen = draft.Today } }, rules);
        }

        return AssignmentMisses.Told(assignment, step, occasion, rules);
    }

    private static Step<Assignment, AssignmentFact> Take(AssignmentDraft draft, AssignmentFact fact) => fact switch
    {
        AssignmentFact.Opened => Issue(draft),
        AssignmentFact.DateReached => AssignmentDates.Reached(draft),
        AssignmentFact.SignedFor => SignFor(draft),
        AssignmentFact.Claimed claimed => Claim(draft, claimed),
        AssignmentFact.Checked check => Check(draft, check.Done),
        AssignmentFact.FeedbackGiven given => AssignmentFeedback.Give(draft, given),
        AssignmentFact.FileAdded added => AddFile(draft, added),
        AssignmentFact.ExtensionAsked asked => AssignmentExtension.Ask(draft, asked.Until),
        AssignmentFact.ExtensionDecided decided => AssignmentExtension.Decide(draft, decided.Approved),
        AssignmentFact.Suspended suspended => AssignmentStandstill.Suspend(draft, suspended.Kind),
        AssignmentFact.Resumed => AssignmentStandstill.Resume(draft),
        AssignmentFact.ObjectionRaised => AssignmentObjection.Raise(draft),
        AssignmentFact.ObjectionDecided decided => AssignmentObjection.Decide(draft, decided),
        AssignmentFact.MatterLinked linked => AssignmentEnd.Link(draft, linked.Matter),
        AssignmentFact.Closed closed => AssignmentEnd.Close(draft, closed),
        AssignmentFact.RulesChanged changed => AssignmentRulesChange.Take(draft, changed.Version),
        _ => throw new UnreachableException(),
    };

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
        if (Assigned.NotTheUnit(draft) is { } refusal)
        {
            return refusal;
        }

        if (assignment.Status != AssignmentStatus.Issued)
        {
            return draft.Refuse("already-signed-for", "The assignment has been signed for.");
        }

        draft.State = assignment with { Status = AssignmentStatus.Active, SignFor = null };
        draft.Line("SignedFor", $"Signed for by {assignment.Unit}; to be done by {Why.Iso(assignment.FinishBy)}.", $"{draft.NameOf(assignment.Unit)}已签收，{DeadlineText.Zh(assignment.FinishBy)}前完成。", assignment.Finish!.Deadline);
        AssignmentFeedback.Open(draft);
        return draft.Done();
    }

    private static Step<Assignment, AssignmentFact> Claim(AssignmentDraft draft, AssignmentFact.Claimed claimed)
    {
        var assignment = draft.State;
        if (Assigned.NotTheUnit(draft) is { } refusal)
        {
            return refusal;
        }

        if (assignment.Status != AssignmentStatus.Active)
        {
            return assignment.Status == AssignmentStatus.Issued
                ? draft.Refuse("not-signed-for", "The assignment must be signed for before it is claimed done.")
                : draft.Refuse("already-claimed", "Completion is claimed already and waits for the check.");
        }

        if ((AssignmentStandstill.NotStandingStill(draft) ?? Assigned.UnknownFigure(draft, claimed.Figures) ?? Assigned.UnknownFile(draft, claimed.Files)) is { } bad)
        {
            return bad;
        }

        var check = draft.Start(draft.Rules.Process.Check);
        var supervision = draft.Rules.Units.Duties.Supervision;
        draft.State = assignment with
        {
            Status = AssignmentStatus.Claimed,
            Check = check,
            Claims = assignment.Claims + 1,
            Figures = Assigned.Latest(assignment.Figures, claimed.Figures),
            Extension = null,
            Extensions = assignment.Extension is null ? assignment.Extensions : (assignment.Extensions ?? 0) + 1,
            LastCheck = null,
            Objection = null,
        };
        if (assignment.Objection is not null)
        {
            draft.Line("ObjectionTakenBack", $"{assignment.Unit} claims anew and so takes its objection back.", $"{draft.NameOf(assignment.Unit)}重新申请销号，原异议撤回。");
        }

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
        if (Assigned.NotTheSupervision(draft, "checks claims") is { } refusal)
        {
            return refusal;
        }

        if (assignment.Status != AssignmentStatus.Claimed)
        {
            return draft.Refuse("not-claimed", "There is no claim to check.");
        }

        if (done)
        {
            draft.State = assignment.Over(AssignmentStatus.StruckOff) with { StruckOffAt = draft.Occasion.At };
            draft.Line("StruckOff", $"Checked by {supervision} and struck off.", "核查通过，予以销号。", textId: draft.Occasion.Id);
            draft.Say("assignment-struck-off", assignment.Unit);
            return draft.Done();
        }

        draft.State = assignment with
        {
            Status = AssignmentStatus.Active,
            Check = null,
            LastCheck = draft.Rules.Process.Objection is null ? null : new CheckResult(draft.Occasion.At, draft.Occasion.By, draft.Occasion.Id),
        };
        draft.Line("Returned", $"Checked by {supervision} and returned with reasons; still due {Why.Iso(assignment.FinishBy)}.", $"核查未通过，退回整改，完成期限仍为{DeadlineText.Zh(assignment.FinishBy)}。", assignment.Finish!.Deadline, draft.Occasion.Id);
        draft.Say("assignment-returned", assignment.Unit, due: assignment.Finish.Deadline);
        AssignmentFeedback.GoOn(draft);
        return draft.Done();
    }

    private static Step<Assignment, AssignmentFact> AddFile(AssignmentDraft draft, AssignmentFact.FileAdded added)
    {
        var files = draft.State.Files ?? [];
        if (Assigned.NotTheUnit(draft) is { } refusal)
        {
            return refusal;
        }

        if (files.Any(known => known.File == added.File))
        {
            return draft.Refuse("already-added", "The assignment has this file.");
        }

        if (files.Count >= FilesMax)
        {
            return draft.Refuse("too-many-files", $"An assignment has at most {FilesMax} files.");
        }

        draft.State = draft.State with { Files = [.. files, new EvidenceFile(added.File, added.Kind, added.Sha256, draft.Occasion.At)] };
        draft.Line("FileAdded", $"{draft.State.Unit} adds a file, {added.Kind}, SHA-256 {added.Sha256}.", $"{draft.NameOf(draft.State.Unit)}添加材料（{added.Kind}）。", textId: added.File);
        return draft.Done();
    }
}
