using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>Units that help the handler, each with its own clock. The handler leads and answers for the level's term.</summary>
internal static class DisputeAssist
{
    /// <summary>Helpers at one time.</summary>
    public const int OpenMax = 10;

    /// <summary>Helpers in a case's life; its state names each.</summary>
    public const int AssistsMax = 60;

    public static Step<Dispute, DisputeFact> Ask(DisputeDraft draft, DisputeFact.AssistAsked asked)
    {
        var dispute = draft.State;
        var assists = dispute.Assists ?? [];
        if (Speakers.Handler(draft) is { } refusal)
        {
            return refusal;
        }

        if (draft.Rules.Process.Assist is not { } policy)
        {
            return draft.NotInTheseRules("assistance");
        }

        if (dispute.Status != DisputeStatus.Mediating)
        {
            return draft.Refuse("not-mediating", $"The dispute is not being mediated; it is {dispute.Status}.");
        }

        if (DisputeSuspension.NotSuspended(draft) is { } suspended)
        {
            return suspended;
        }

        if (draft.Rules.Units.Find(asked.Unit) is null)
        {
            return draft.Refuse("unknown-unit", $"There is no unit {asked.Unit}.");
        }

        if (asked.Unit == dispute.Handler)
        {
            return draft.Refuse("assist-self", "The handler cannot assist itself.");
        }

        if (assists.Any(assist => assist.Unit == asked.Unit && assist.Clock is not null))
        {
            return draft.Refuse("already-asked", $"{asked.Unit} has been asked to assist already.");
        }

        if (assists.Count >= AssistsMax || assists.Count(assist => assist.Clock is not null) >= OpenMax)
        {
            return draft.Refuse("too-many-assists", $"At most {OpenMax} units assist at one time, {AssistsMax} in all.");
        }

        var clock = draft.Start(policy);
        var id = $"h{assists.Count + 1}";
        draft.State = dispute with { Assists = [.. assists, new Assist(id, asked.Unit, draft.Occasion.Id, clock)] };
        draft.Line(
            "AssistAsked",
            $"{asked.Unit} is asked to assist {dispute.Handler} by {Why.Iso(clock.Deadline.Date)}.",
            $"请{draft.NameOf(asked.Unit)}于{DeadlineText.Zh(clock.Deadline.Date)}前协助{draft.NameOf(dispute.Handler)}。",
            clock.Deadline,
            draft.Occasion.Id);
        draft.Say("dispute-assist-asked", asked.Unit, due: clock.Deadline, of: id);
        return draft.Done();
    }

    public static Step<Dispute, DisputeFact> Give(DisputeDraft draft)
    {
        var dispute = draft.State;
        if (dispute.Assists?.FirstOrDefault(assist => assist.Unit == draft.Occasion.By && assist.Clock is not null) is not { } open)
        {
            return draft.Refuse("not-assisting", $"{draft.Occasion.By} is not asked to assist, or not any more.");
        }

        draft.State = Put(dispute, open.Id, open with { Clock = null, GivenText = draft.Occasion.Id });
        draft.Line("AssistGiven", $"{open.Unit} has assisted.", $"{draft.NameOf(open.Unit)}已反馈协助情况。", textId: draft.Occasion.Id);
        draft.Say("dispute-assist-given", dispute.Handler, of: open.Id, more: ("unit", draft.NameOf(open.Unit)));
        return draft.Done();
    }

    /// <summary>Said again and again until the help is given or the level has ended.</summary>
    public static Step<Dispute, DisputeFact> Over(DisputeDraft draft, RunningClock running)
    {
        var open = draft.State.Assists!.First(assist => assist.Id == running.Of);
        var responsible = draft.Responsible(open.Unit);
        var superior = draft.Superior(open.Unit);
        draft.State = Put(draft.State, open.Id, open with { Clock = draft.Said(running.Clock) });
        draft.Line(
            "AssistOverdue",
            $"{open.Unit} has not assisted, due {Why.Iso(running.Clock.Deadline.Date)}; notice to {responsible.Id}, copy to {superior}.",
            $"{draft.NameOf(open.Unit)}逾期未协助，通知{responsible.Name}，抄送{draft.NameOf(superior)}。",
            running.Clock.Deadline);
        draft.Say(
            "dispute-assist-overdue", responsible.Id, running.Clock.OverdueSaid + 1, running.Clock.Deadline, [superior], of: open.Id, more: ("unit", draft.NameOf(open.Unit)));
        return draft.Done();
    }

    public static IEnumerable<(string Of, Clock Clock)> Running(Dispute dispute) =>
        (dispute.Assists ?? []).Where(assist => assist.Clock is not null).Select(assist => (assist.Id, assist.Clock!));

    public static Dispute Put(Dispute dispute, string id, Clock clock) =>
        Put(dispute, id, dispute.Assists!.First(assist => assist.Id == id) with { Clock = clock });

    private static Dispute Put(Dispute dispute, string id, Assist changed) =>
        dispute with { Assists = [.. dispute.Assists!.Select(assist => assist.Id == id ? changed : assist)] };
}
