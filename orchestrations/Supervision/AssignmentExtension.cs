using System.Globalization;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>
/// More time for a task: asked before its date with a reason and the day it will be done, decided by the supervising
/// office, or by the leaders when much is asked, within a time of its own, dropped when that passes. The date does not
/// pass while it waits.
/// </summary>
internal static class AssignmentExtension
{
    public static Step<Assignment, AssignmentFact> Ask(AssignmentDraft draft, DateOnly until)
    {
        var assignment = draft.State;
        if (Assigned.NotTheUnit(draft) is { } refusal)
        {
            return refusal;
        }

        if (draft.Rules.Process.Extension is not { } rule)
        {
            return draft.NotInTheseRules("extension");
        }

        if (assignment.Status is not (AssignmentStatus.Issued or AssignmentStatus.Active) || assignment.Finish is not { } finish)
        {
            return draft.Refuse("not-running", $"More time is asked for while the task is worked on; it is {assignment.Status}.");
        }

        if (AssignmentStandstill.NotStandingStill(draft) is { } still)
        {
            return still;
        }

        if (assignment.Extension is not null)
        {
            return draft.Refuse("already-asked", "More time has been asked for and is not decided yet.");
        }

        if ((assignment.Granted ?? 0) >= rule.Times)
        {
            return draft.Refuse("extension-cap", $"More time was granted {rule.Times} times, as often as it may be.");
        }

        if (finish.Deadline.At <= draft.Occasion.At)
        {
            return draft.Refuse("extension-late", $"The task was due on {Why.Iso(finish.Deadline.Date)}; more time is asked for before.");
        }

        var days = until.DayNumber - finish.Deadline.Date.DayNumber;
        if (days < 1 || days > rule.DaysMax)
        {
            return draft.Refuse("extension-days", $"The new day must be 1 to {rule.DaysMax} days after {Why.Iso(finish.Deadline.Date)}; {Why.Iso(until)} is not.");
        }

        var duties = draft.Rules.Units.Duties;
        var approver = rule.LeadersFrom <= days ? duties.Leaders : duties.Supervision;
        var decide = draft.Start(rule.Decide);
        draft.State = assignment with { Extension = new TimeWish(until, draft.Occasion.Id, approver, decide) };
        draft.Line(
            "ExtensionAsked",
            $"{assignment.Unit} asks {approver} for more time, until {Why.Iso(until)}. Decision by {Why.Iso(decide.Deadline.Date)}.",
            $"{draft.NameOf(assignment.Unit)}申请延期至{DeadlineText.Zh(until)}，由{draft.NameOf(approver)}于{DeadlineText.Zh(decide.Deadline.Date)}前审批。",
            decide.Deadline,
            draft.Occasion.Id);
        draft.Say("assignment-extension-asked", approver, due: decide.Deadline, of: Number(draft.State), more: ("until", DeadlineText.Zh(until)));
        return draft.Done();
    }

    public static Step<Assignment, AssignmentFact> Decide(AssignmentDraft draft, bool isApproved)
    {
        var assignment = draft.State;
        if (assignment is not { Extension: { } wish, Finish: { } finish })
        {
            return draft.Refuse("not-asked", "Nobody has asked for more time.");
        }

        if (draft.Occasion.By != wish.Approver)
        {
            return draft.Refuse("not-yours", $"Only {wish.Approver} decides on more time, not {draft.Occasion.By}.");
        }

        if (!isApproved)
        {
            return Without(draft, "ExtensionRefused", $"{wish.Approver} grants no more time.", $"{draft.NameOf(wish.Approver)}不同意延期。", "不同意延期");
        }

        var extended = draft.Extended(finish, wish.Until.DayNumber - finish.Deadline.Date.DayNumber);
        var number = Number(assignment);
        draft.State = assignment with
        {
            Finish = extended,
            Extension = null,
            Extensions = (assignment.Extensions ?? 0) + 1,
            Granted = (assignment.Granted ?? 0) + 1,
        };
        draft.Line(
            "Extended",
            $"{wish.Approver} grants more time: to be done by {Why.Iso(extended.Deadline.Date)}.",
            $"{draft.NameOf(wish.Approver)}同意延期，完成期限至{DeadlineText.Zh(extended.Deadline.Date)}。",
            extended.Deadline,
            draft.Occasion.Id);
        draft.Say("assignment-extended", assignment.Unit, due: extended.Deadline, of: number);
        return draft.Done();
    }

    /// <summary>Nobody decided: the wish is dropped and the task's own date counts again.</summary>
    public static Step<Assignment, AssignmentFact> Over(AssignmentDraft draft, RunningClock running)
    {
        var approver = draft.State.Extension!.Approver;
        return Without(draft, "ExtensionDropped", $"{approver} did not decide on more time in time; the wish is dropped.", $"{draft.NameOf(approver)}未按期审批延期，申请失效。", "未按期审批，延期申请失效");
    }

    public static string Number(Assignment assignment) =>
        string.Create(CultureInfo.InvariantCulture, $"x{(assignment.Extensions ?? 0) + 1}");

    private static Step<Assignment, AssignmentFact> Without(AssignmentDraft draft, string what, string text, string textZh, string reasonZh)
    {
        var number = Number(draft.State);
        // Counted, so that the notices of the next wish are told apart.
        draft.State = draft.State with { Extension = null, Extensions = (draft.State.Extensions ?? 0) + 1 };
        draft.Line(what, text, textZh, draft.State.Finish?.Deadline, draft.Occasion.By == Occasion.Clock ? null : draft.Occasion.Id);
        draft.Say("assignment-extension-refused", draft.State.Unit, due: draft.State.Finish?.Deadline, of: number, more: ("reason", reasonZh));
        return draft.Done();
    }
}
