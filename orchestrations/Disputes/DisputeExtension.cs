using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// More time for a level: asked before its date with a reason and the agreement of all who speak, decided by the superior
/// within its own time, dropped when that passes. The level does not end while it waits. The total term does not move,
/// so no more is asked for than fits in it.
/// </summary>
internal static class DisputeExtension
{
    public static Step<Dispute, DisputeFact> Ask(DisputeDraft draft, DisputeFact.ExtensionAsked asked)
    {
        var dispute = draft.State;
        if (Speakers.Handler(draft) is { } refusal)
        {
            return refusal;
        }

        if (draft.Rules.Process.Extension is not { } policy || draft.Rules.At(dispute.Level).Extension is not { } cap)
        {
            return draft.NotInTheseRules("extension at this level");
        }

        if (dispute.Status != DisputeStatus.Mediating || dispute.Term is not { } term)
        {
            return draft.Refuse("not-mediating", $"The dispute is not being mediated; it is {dispute.Status}.");
        }

        if (DisputeSuspension.NotSuspended(draft) is { } suspended)
        {
            return suspended;
        }

        if (dispute.Extension is not null)
        {
            return draft.Refuse("already-asked", "More time has been asked for and is not decided yet.");
        }

        if ((dispute.Extensions ?? 0) >= cap.Times)
        {
            return draft.Refuse("extension-cap", $"The level was extended {cap.Times} times, as often as it may be.");
        }

        if (asked.Days < 1 || asked.Days > cap.Days)
        {
            return draft.Refuse("extension-days", $"An extension at {Words.En(dispute.Level)} level is 1 to {cap.Days} days, not {asked.Days}.");
        }

        if (term.Deadline.At <= draft.Occasion.At)
        {
            return draft.Refuse("extension-late", $"The term was over on {Why.Iso(term.Deadline.Date)}; more time is asked for before.");
        }

        var speaking = DisputeGroups.Speaking(dispute, draft.Rules.Process, DisputeGroups.MoreTime);
        var all = speaking.Count == dispute.Parties.Count;
        var missing = speaking.Select(party => party.Id).Except(asked.AgreedBy, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            return draft.Refuse("agreement-missing", $"Not every party{(all ? "" : " that speaks for itself or its side")} has agreed to more time: {string.Join(", ", missing)}.");
        }

        var until = draft.Extended(term, asked.Days).Deadline;
        if (dispute.Total is { } total && until.At > total.Deadline.At)
        {
            return draft.Refuse("beyond-total", $"{Why.Iso(until.Date)} is after {Why.Iso(total.Deadline.Date)}, when the case's total term is over.");
        }

        var approver = draft.Rules.Units.SuperiorOf(dispute.Handler)?.Id ?? draft.Rules.Units.Duties.Leaders;
        var decide = draft.Start(policy);
        draft.State = dispute with { Extension = new ExtensionWish(asked.Days, draft.Occasion.Id, approver, decide) };
        draft.Line(
            "ExtensionAsked",
            $"{dispute.Handler} asks {approver} for {asked.Days} more days, until {Why.Iso(until.Date)}; {(all ? "every party agrees" : "all who speak for the parties agree")}. Decision by {Why.Iso(decide.Deadline.Date)}.",
            $"{draft.NameOf(dispute.Handler)}经各方当事人{(all ? "" : "或者其代表人")}同意，申请延期至{DeadlineText.Zh(until.Date)}，由{draft.NameOf(approver)}于{DeadlineText.Zh(decide.Deadline.Date)}前审批。",
            decide.Deadline,
            draft.Occasion.Id);
        draft.Say("dispute-extension-asked", approver, due: decide.Deadline, of: Number(draft.State), more: ("until", DeadlineText.Zh(until.Date)));
        return draft.Done();
    }

    public static Step<Dispute, DisputeFact> Decide(DisputeDraft draft, DisputeFact.ExtensionDecided decided)
    {
        var dispute = draft.State;
        if (dispute is not { Extension: { } wish, Term: { } term })
        {
            return draft.Refuse("not-asked", "Nobody has asked for more time.");
        }

        if (Speakers.Unit(draft, wish.Approver, "decides on more time") is { } refusal)
        {
            return refusal;
        }

        if (!decided.Approved)
        {
            return Without(draft, "ExtensionRefused", $"{wish.Approver} grants no more time.", $"{draft.NameOf(wish.Approver)}不同意延期。", "不同意延期");
        }

        var extended = draft.Extended(term, wish.Days);
        var number = Number(dispute);
        draft.State = dispute with { Term = extended, Extension = null, Extensions = (dispute.Extensions ?? 0) + 1 };
        draft.Line(
            "Extended",
            $"{wish.Approver} grants more time: {Words.En(dispute.Level)} level until {Why.Iso(extended.Deadline.Date)}.",
            $"{draft.NameOf(wish.Approver)}同意延期，{Words.Zh(dispute.Level)}调处期限至{DeadlineText.Zh(extended.Deadline.Date)}。",
            extended.Deadline,
            draft.Occasion.Id);
        draft.Say("dispute-extended", dispute.Handler, due: extended.Deadline, of: number);
        return draft.Done();
    }

    /// <summary>Nobody decided: the wish is dropped and the level's own date counts again.</summary>
    public static Step<Dispute, DisputeFact> Over(DisputeDraft draft, RunningClock running)
    {
        var approver = draft.State.Extension!.Approver;
        return Without(draft, "ExtensionDropped", $"{approver} did not decide on more time in time; the wish is dropped.", $"{draft.NameOf(approver)}未按期审批延期，申请失效。", "上级未按期审批，延期申请失效");
    }

    private static Step<Dispute, DisputeFact> Without(DisputeDraft draft, string what, string text, string textZh, string reasonZh)
    {
        var number = Number(draft.State);
        // A refused wish counts: the notices of the next must be told apart, and nobody asks again and again.
        draft.State = draft.State with { Extension = null, Extensions = (draft.State.Extensions ?? 0) + 1 };
        draft.Line(what, text, textZh, draft.State.Term?.Deadline, draft.Occasion.By == Occasion.Clock ? null : draft.Occasion.Id);
        draft.Say("dispute-extension-refused", draft.State.Handler, due: draft.State.Term?.Deadline, of: number, more: ("reason", reasonZh));
        return draft.Done();
    }

    public static string Number(Dispute dispute) => $"x{(dispute.Extensions ?? 0) + 1}";
}
