using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// What a reached date means after the end, the same for everything that is followed. One at a time; the loop comes back
/// for the others. The end of each is said a fixed number of times, so that every case is closed at last.
/// </summary>
internal static class AftercareDates
{
    public static Step<Dispute, DisputeFact> Reached(DisputeDraft draft)
    {
        var at = draft.Occasion.At;
        var open = draft.State.Aftercare!.Open;
        return open.FirstOrDefault(item => item.Clock.IsOver(at)) is { } over ? Over(draft, over)
            : open.FirstOrDefault(item => item.Clock.IsReminderDue(at)) is { } due ? Remind(draft, due)
            : new Step<Dispute, DisputeFact>.Nothing();
    }

    /// <summary>The end of every step after the end: when nothing is left to follow the case is closed, for good.</summary>
    public static Step<Dispute, DisputeFact> Done(DisputeDraft draft)
    {
        if (draft.State is { Aftercare: { Open.Count: 0 } aftercare, Outcome: not null })
        {
            var left = (aftercare.Left ?? []).Distinct().ToList();
            draft.State = draft.State with { ClosedAt = draft.Occasion.At };
            draft.Line(
                "Closed",
                left.Count == 0 ? "Closed: nothing is left to follow." : $"Closed; left undone: {string.Join(", ", left.Select(AftercareWords.En))}.",
                left.Count == 0 ? "后续事项全部结束，归档。" : $"后续期限届满，归档；未办结：{string.Join("、", left.Select(AftercareWords.Zh))}。");
        }

        return draft.Done();
    }

    private static Step<Dispute, DisputeFact> Over(DisputeDraft draft, FollowUp item)
    {
        if (item.IsWindow)
        {
            Drop(draft, item);
            draft.Line("WindowClosed", $"The time for {AftercareWords.En(item.Kind)} is over.", $"{AftercareWords.Zh(item.Kind)}期限届满。", item.Clock.Deadline);
            return Done(draft);
        }

        if (item.Kind == FollowUpKind.Confirmation)
        {
            Drop(draft, item);
            draft.State = draft.State with
            {
                Aftercare = draft.State.Aftercare! with { Confirmation = new Confirmation(ConfirmationState.Lapsed) },
            };
            draft.Line("ConfirmationLapsed", "Nobody asked the court for confirmation in time.", "逾期未共同申请司法确认。", item.Clock.Deadline);
            return Done(draft);
        }

        SayOverdue(draft, item);
        return Done(draft);
    }

    private static void SayOverdue(DisputeDraft draft, FollowUp item)
    {
        var owner = AftercareOwner.Of(draft, item);
        var responsible = draft.Responsible(owner);
        var superior = draft.Superior(owner);
        var said = draft.Said(item.Clock);
        draft.Line(
            "FollowUpOverdue",
            $"{AftercareWords.En(item)} is overdue at {owner}; notice to {responsible.Id}, copy to {superior}.",
            $"{AftercareWords.Zh(item)}逾期，通知{responsible.Name}，抄送{draft.NameOf(superior)}。",
            item.Clock.Deadline);
        Say(draft, item, "overdue", responsible.Id, item.Clock.OverdueSaid + 1, [superior]);
        if (said.NextOverdue is not null && said.OverdueSaid < draft.Rules.Process.Aftercare!.NoticesMax)
        {
            Replace(draft, item, item with { Clock = said });
            return;
        }

        Leave(draft, item);
    }

    /// <summary>It was said to the end of its notices; it stays on the board and keeps the case open no longer.</summary>
    private static void Leave(DisputeDraft draft, FollowUp item)
    {
        Drop(draft, item);
        var aftercare = draft.State.Aftercare!;
        aftercare = aftercare with { Left = [.. aftercare.Left ?? [], item.Kind] };
        if (item.Kind == FollowUpKind.Performance
            && aftercare.Clauses?.FirstOrDefault(clause => AftercareOwner.Number(clause.Number) == item.About) is { } clause)
        {
            aftercare = aftercare.With(clause with { State = ClauseState.Unknown, On = draft.Today });
        }

        draft.State = draft.State with { Aftercare = aftercare };
        draft.Line("LeftOpen", $"Left undone: {AftercareWords.En(item)}.", $"未办结，挂账：{AftercareWords.Zh(item)}。");
    }

    private static Step<Dispute, DisputeFact> Remind(DisputeDraft draft, FollowUp item)
    {
        var owner = AftercareOwner.Of(draft, item);
        Replace(draft, item, item with { Clock = draft.Said(item.Clock) });
        draft.Line(
            "Reminded",
            $"{owner} reminded of {AftercareWords.En(item)}, due {Why.Iso(item.Clock.Deadline.Date)}.",
            $"提醒{draft.NameOf(owner)}：{AftercareWords.Zh(item)}至{DeadlineText.Zh(item.Clock.Deadline.Date)}。",
            item.Clock.Deadline);
        Say(draft, item, "reminder", owner, item.Clock.RemindersSaid + 1);
        return draft.Done();
    }

    private static void Say(
        DisputeDraft draft, FollowUp item, string what, string to, int number, IReadOnlyList<string>? copies = null) => draft.Say(
        $"dispute-{AftercareWords.Id(item.Kind)}-{what}",
        to,
        number,
        item.Clock.Deadline,
        copies,
        of: item.About ?? "",
        more: item.About is null ? [] : [("about", AftercareWords.About(item))]);

    private static void Drop(DisputeDraft draft, FollowUp item) =>
        draft.State = draft.State with { Aftercare = draft.State.Aftercare!.Without(item) };

    private static void Replace(DisputeDraft draft, FollowUp item, FollowUp by) => draft.State = draft.State with
    {
        Aftercare = draft.State.Aftercare! with { Open = [.. draft.State.Aftercare.Open.Select(known => known == item ? by : known)] },
    };
}
