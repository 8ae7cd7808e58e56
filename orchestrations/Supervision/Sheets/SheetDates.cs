using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision.Sheets;

/// <summary>What a reached date means to a sheet, the gravest first.</summary>
internal static class SheetDates
{
    public static Step<Sheet, SheetFact> Reached(SheetDraft draft)
    {
        var at = draft.Occasion.At;
        foreach (var (name, clock) in draft.State.Clocks)
        {
            if (clock.IsOver(at))
            {
                return name == "term" ? Lapse(draft, clock) : Overdue(draft, name, clock);
            }
        }

        foreach (var (name, clock) in draft.State.Clocks)
        {
            if (clock.IsReminderDue(at))
            {
                return Remind(draft, name, clock);
            }
        }

        return new Step<Sheet, SheetFact>.Nothing();
    }

    /// <summary>The matter is open and the unit has not answered: the unit's flow decides when the next colour goes out.</summary>
    private static Step<Sheet, SheetFact> Lapse(SheetDraft draft, Clock term)
    {
        draft.Release([.. draft.State.Open.Select(part => part.Key)], SheetResult.Lapsed);
        draft.State = draft.State.Over(SheetStatus.Lapsed, draft.Occasion.At);
        draft.Line(
            "Lapsed",
            $"The term ended on {Why.Iso(term.Deadline.Date)} without an answer; the next colour follows.",
            $"至{DeadlineText.Zh(term.Deadline.Date)}期满未反馈，转下一级督办。",
            term.Deadline);
        return draft.Done();
    }

    private static Step<Sheet, SheetFact> Overdue(SheetDraft draft, string name, Clock clock)
    {
        var number = clock.OverdueSaid + 1;
        draft.State = draft.State.With(name, draft.Said(clock));
        var (to, copies, what, text, textZh) = name switch
        {
            "signFor" => (draft.State.Unit, draft.OverdueCopies, "NotSignedFor", "has not signed for it", "逾期未签收"),
            "feedback" => (draft.State.Unit, draft.OverdueCopies, "NotAnswered", "has not answered it", "逾期未反馈"),
            _ => (draft.State.Issuer, [draft.Superior(draft.State.Issuer)], "CheckOverdue", "has not looked at the answer", "逾期未核查"),
        };
        draft.Line(
            what,
            $"{to} {text}, due {Why.Iso(clock.Deadline.Date)}; notice {number}{(copies.Count > 0 ? $", copy to {string.Join(", ", copies)}" : "")}.",
            $"{draft.NameOf(to)}{textZh}（期限{DeadlineText.Zh(clock.Deadline.Date)}），第{number}次通知。",
            clock.Deadline);
        draft.Say($"sheet-{Kebab(name)}-overdue", to, number, clock.Deadline, copies);
        return draft.Done();
    }

    private static Step<Sheet, SheetFact> Remind(SheetDraft draft, string name, Clock clock)
    {
        var to = name == "check" ? draft.State.Issuer : draft.State.Unit;
        draft.State = draft.State.With(name, draft.Said(clock));
        draft.Line("Reminded", $"{to} reminded of {name}, due {Why.Iso(clock.Deadline.Date)}.", $"提醒{draft.NameOf(to)}：期限至{DeadlineText.Zh(clock.Deadline.Date)}。", clock.Deadline);
        draft.Say($"sheet-{Kebab(name)}-reminder", to, clock.RemindersSaid + 1, clock.Deadline);
        return draft.Done();
    }

    private static string Kebab(string name) => name == "signFor" ? "sign" : name;
}
