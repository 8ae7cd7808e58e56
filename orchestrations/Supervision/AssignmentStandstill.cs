using System.Globalization;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>
/// The supervising office lets a task stand still for a reason that is data: no clock reminds or ends meanwhile, and
/// afterwards every clock moves by the days it really took. It goes on by itself at its longest.
/// </summary>
internal static class AssignmentStandstill
{
    public static Step<Assignment, AssignmentFact> Suspend(AssignmentDraft draft, string kindId)
    {
        var assignment = draft.State;
        if (Assigned.NotTheSupervision(draft, "lets a task stand still") is { } refusal)
        {
            return refusal;
        }

        if (draft.Rules.Process.Standstill is not { } rule)
        {
            return draft.NotInTheseRules("standstill");
        }

        if (assignment.Status is not (AssignmentStatus.Issued or AssignmentStatus.Active))
        {
            return draft.Refuse("not-running", $"Only a task that is worked on can stand still; this one is {assignment.Status}.");
        }

        if (NotStandingStill(draft) is { } already)
        {
            return already;
        }

        if (rule.Kinds.FirstOrDefault(known => known.Id == kindId) is not { } kind)
        {
            return draft.Refuse("unknown-standstill", $"The rules of this assignment know no standstill {kindId}.");
        }

        var calendar = draft.Rules.Calendar;
        var last = draft.Today.AddDays((kind.DaysMax ?? rule.DaysMax) - 1);
        var number = (assignment.Standstills ?? 0) + 1;
        draft.State = assignment with
        {
            Standstill = new Standstill(kind.Id, draft.Occasion.At, calendar.EndOf(last), draft.Occasion.Id),
            Standstills = number,
        };
        draft.Line(
            "Suspended",
            $"Stands still: {kind.Name}; it goes on by itself after {Why.Iso(last)}.",
            $"中止：{kind.NameZh}（{kind.Source}），最迟至{DeadlineText.Zh(last)}。",
            textId: draft.Occasion.Id);
        draft.Say("assignment-suspended", assignment.Unit, of: Number(number), more: [("reason", kind.NameZh), ("source", kind.Source), ("until", DeadlineText.Zh(last))]);
        return draft.Done();
    }

    public static Step<Assignment, AssignmentFact> Resume(AssignmentDraft draft)
    {
        if (draft.Occasion.By != draft.State.Unit && Assigned.NotTheSupervision(draft, $"or {draft.State.Unit} lets it go on") is { } refusal)
        {
            return refusal;
        }

        if (draft.State.Standstill is not { } standstill)
        {
            return draft.Refuse("not-suspended", "The task does not stand still.");
        }

        // Said late, after the longest day and before anybody looked: it went on then.
        GoOn(draft, standstill, draft.Occasion.At < standstill.Ends ? draft.Occasion.At : standstill.Ends, $"by {draft.Occasion.By}", "");
        return draft.Done();
    }

    /// <summary>The longest it may stand still is over; looked at late, it went on then all the same.</summary>
    public static Step<Assignment, AssignmentFact> Over(AssignmentDraft draft, Standstill standstill)
    {
        GoOn(draft, standstill, standstill.Ends, "by itself, at its longest", "（中止期限届满，自动恢复）");
        return draft.Done();
    }

    /// <summary>What cannot be done while it stands still.</summary>
    public static Step<Assignment, AssignmentFact>? NotStandingStill(AssignmentDraft draft) => draft.State.Standstill is { } standstill
        ? draft.Refuse("suspended", $"The task stands still: {standstill.Kind}. It must go on first.")
        : null;

    private static void GoOn(AssignmentDraft draft, Standstill standstill, DateTimeOffset to, string how, string howZh)
    {
        foreach (var kind in AssignmentClocks.All)
        {
            if (kind.Of(draft.State) is { } running)
            {
                draft.State = kind.Put(draft.State, draft.Moved(running.Clock, standstill.At, to));
            }
        }

        draft.State = draft.State with { Standstill = null };
        var (from, on) = (draft.Rules.Calendar.LocalDate(standstill.At), draft.Rules.Calendar.LocalDate(to));
        var finish = draft.State.Finish?.Deadline;
        draft.Line(
            "Resumed",
            $"Goes on {how}: it stood still from {Why.Iso(from)} to {Why.Iso(on)}.",
            $"恢复办理{howZh}：{DeadlineText.Zh(from)}至{DeadlineText.Zh(on)}中止。",
            finish);
        draft.Say("assignment-resumed", draft.State.Unit, due: finish, of: Number(draft.State.Standstills ?? 1));
    }

    private static string Number(int number) => string.Create(CultureInfo.InvariantCulture, $"s{number}");
}
