using System.Globalization;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// Sessions: planned, moved, cancelled, held. A planned one is an appointment and no term: a standstill does not move
/// it, and evenings and days of rest are as good as others, since people work by day.
/// </summary>
internal static class DisputeSessions
{
    /// <summary>Sessions held in a case's life; its state names each.</summary>
    public const int HeldMax = 200;

    public static Step<Dispute, DisputeFact> Plan(DisputeDraft draft, DisputeFact.SessionPlanned planned)
    {
        if ((NotNow(draft) ?? WrongTime(draft, planned.On, planned.From, planned.To)) is { } refusal)
        {
            return refusal;
        }

        var dispute = draft.State;
        var plans = dispute.SessionPlans ?? [];
        var max = draft.Rules.Process.Sessions!.PlannedMax;
        if (plans.Count >= max)
        {
            return draft.Refuse("too-many-sessions", $"At most {Number(max)} sessions are planned at one time.");
        }

        var number = (dispute.SessionsPlanned ?? 0) + 1;
        var session = new PlannedSession(
            number, planned.On, planned.From, planned.To, planned.Form, draft.Occasion.Id, Appointment(draft, planned.On), Mediators: planned.Mediators);
        if ((Overlap(draft, session) ?? DisputeMediators.MayMediate(draft, planned.Mediators)) is { } clash)
        {
            return clash;
        }

        draft.State = dispute with { SessionPlans = [.. plans, session], SessionsPlanned = number };
        draft.Line(
            "SessionPlanned",
            $"Session {Number(number)} is planned for {When(session)}, {(session.Form == SessionForm.Online ? "online" : "on site")}.",
            $"第{Number(number)}次预约：定于{WhenZh(session)}{FormZh(session.Form)}调解。",
            textId: draft.Occasion.Id);
        Say(draft, "dispute-session-planned", session);
        return draft.Done();
    }

    public static Step<Dispute, DisputeFact> Move(DisputeDraft draft, DisputeFact.SessionMoved moved)
    {
        if ((NotNow(draft) ?? Unknown(draft, moved.Session) ?? WrongTime(draft, moved.On, moved.From, moved.To)) is { } refusal)
        {
            return refusal;
        }

        var before = Find(draft.State, moved.Session)!;
        var session = before with
        {
            On = moved.On,
            From = moved.From,
            To = moved.To,
            Form = moved.Form ?? before.Form,
            PlaceText = moved.HasPlace ? draft.Occasion.Id : before.PlaceText,
            Clock = Appointment(draft, moved.On),
            Moves = before.Moves + 1,
        };
        if (Overlap(draft, session) is { } clash)
        {
            return clash;
        }

        draft.State = Put(draft.State, session);
        draft.Line(
            "SessionMoved",
            $"Session {Number(session.Number)} is moved from {When(before)} to {When(session)}.",
            $"第{Number(session.Number)}次预约由{WhenZh(before)}改至{WhenZh(session)}。",
            textId: moved.HasPlace ? draft.Occasion.Id : null);
        Say(draft, "dispute-session-moved", session, ("before", WhenZh(before)));
        return draft.Done();
    }

    /// <summary>While the case stands still too: what cannot be held need not stay planned.</summary>
    public static Step<Dispute, DisputeFact> Cancel(DisputeDraft draft, DisputeFact.SessionCancelled cancelled)
    {
        if ((Speakers.Handler(draft) ?? NotInTheseRules(draft) ?? Unknown(draft, cancelled.Session)) is { } refusal)
        {
            return refusal;
        }

        Cancel(draft, Find(draft.State, cancelled.Session)!, "", "", draft.Occasion.Id);
        return draft.Done();
    }

    /// <summary>Nobody mediates two cases at one time: what falls to somebody who is planned elsewhere is planned anew.</summary>
    public static void Clash(DisputeDraft draft, IReadOnlyList<int>? numbers)
    {
        foreach (var session in (numbers ?? []).Select(number => Find(draft.State, number)).OfType<PlannedSession>())
        {
            Cancel(draft, session, ": whoever would mediate it mediates another case then", "：接替的调解员届时另有调解", null);
        }
    }

    private static void Cancel(DisputeDraft draft, PlannedSession session, string why, string whyZh, string? text)
    {
        draft.State = Without(draft.State, session.Number);
        draft.Line(
            "SessionCancelled",
            $"Session {Number(session.Number)} of {When(session)} is cancelled{why}.",
            $"取消{WhenZh(session)}的第{Number(session.Number)}次预约{whyZh}。",
            textId: text);
        Say(draft, "dispute-session-cancelled", session);
    }

    /// <summary>The caller has seen to it that the case is mediated now and the day is one of the case.</summary>
    public static Step<Dispute, DisputeFact> Hold(DisputeDraft draft, DisputeFact.SessionHeld held)
    {
        var dispute = draft.State;
        var number = dispute.Sessions + 1;
        var told = $"Session {Number(number)} held on {Why.Iso(held.On)}.";
        var toldZh = $"{DeadlineText.Zh(held.On)}第{Number(number)}次调解。";
        if (draft.Rules.Process.Sessions is null)
        {
            if (held is not { Session: null, Present: null, Mediators: null, Files: null })
            {
                return draft.NotInTheseRules("planned sessions");
            }

            draft.State = dispute with { Sessions = number };
            draft.Line("SessionHeld", told, toldZh, textId: draft.Occasion.Id);
            return draft.Done();
        }

        if (WrongRecord(draft, held) is { } refusal)
        {
            return refusal;
        }

        var mediators = held.Mediators ?? Find(dispute, held.Session)?.Mediators ?? dispute.Mediators;
        if (DisputeMediators.MayMediate(draft, mediators) is { } barred)
        {
            return barred;
        }

        var record = new HeldSession(number, held.On, draft.Occasion.Id, held.Session, held.Present, mediators, held.Files);
        draft.State = Without(dispute, held.Session) with { Sessions = number, SessionsHeld = [.. dispute.SessionsHeld ?? [], record] };
        draft.Line(
            "SessionHeld",
            held.Present is { } present ? $"{told[..^1]}; present: {(present.Count > 0 ? string.Join(", ", present) : "no party")}." : told,
            held.Present is { } there ? $"{toldZh[..^1]}，到场当事人：{(there.Count > 0 ? string.Join("、", there) : "无")}。" : toldZh,
            textId: draft.Occasion.Id);
        return draft.Done();
    }

    /// <summary>The day has passed and there is no record: the handler is asked for it until there is, or until it is cancelled.</summary>
    public static Step<Dispute, DisputeFact> Unrecorded(DisputeDraft draft, RunningClock running)
    {
        var session = draft.State.SessionPlans!.First(plan => plan.Key == running.Of);
        draft.State = Put(draft.State, session with { Clock = draft.Said(running.Clock) });
        draft.Line(
            "SessionUnrecorded",
            $"Session {Number(session.Number)} of {When(session)} has no record yet; {draft.State.Handler} is asked for it.",
            $"{WhenZh(session)}的第{Number(session.Number)}次预约尚无调解记录，提醒{draft.NameOf(draft.State.Handler)}补记、改期或者取消。");
        Say(draft, "dispute-session-unrecorded", session, running.Clock.OverdueSaid + 1);
        return draft.Done();
    }

    /// <summary>The level is over: nothing that was planned in it is held.</summary>
    public static void LevelEnds(DisputeDraft draft)
    {
        if (draft.State.SessionPlans is not { Count: > 0 } plans)
        {
            return;
        }

        draft.State = draft.State with { SessionPlans = null };
        draft.Line(
            "SessionsCancelled",
            $"Planned sessions are cancelled with the end of the level: {string.Join("; ", plans.Select(plan => $"{Number(plan.Number)} of {When(plan)}"))}.",
            $"本级调处结束，取消预约：{string.Join("；", plans.Select(plan => $"第{Number(plan.Number)}次（{WhenZh(plan)}）"))}。");
    }

    public static IEnumerable<(string Of, Clock Clock)> Running(Dispute dispute) =>
        (dispute.SessionPlans ?? []).Select(plan => (plan.Key, plan.Clock));

    public static Dispute Put(Dispute dispute, string key, Clock clock) =>
        Put(dispute, dispute.SessionPlans!.First(plan => plan.Key == key) with { Clock = clock });

    private static Dispute Put(Dispute dispute, PlannedSession session) =>
        dispute with { SessionPlans = [.. dispute.SessionPlans!.Select(plan => plan.Number == session.Number ? session : plan)] };

    private static Dispute Without(Dispute dispute, int? number) => dispute.SessionPlans is null || number is null
        ? dispute
        : dispute with { SessionPlans = dispute.SessionPlans.Where(plan => plan.Number != number).ToList() is { Count: > 0 } left ? left : null };

    private static PlannedSession? Find(Dispute dispute, int? number) => dispute.SessionPlans?.FirstOrDefault(plan => plan.Number == number);

    private static Clock Appointment(DisputeDraft draft, DateOnly on) => draft.Until(draft.Rules.Process.Sessions!.Policy, on);

    private static Step<Dispute, DisputeFact>? NotNow(DisputeDraft draft) =>
        Speakers.Handler(draft)
        ?? NotInTheseRules(draft)
        ?? (draft.State.Status == DisputeStatus.Mediating ? null : draft.Refuse("not-mediating", $"The dispute is not being mediated; it is {draft.State.Status}."))
        ?? DisputeSuspension.NotSuspended(draft);

    private static Step<Dispute, DisputeFact>? NotInTheseRules(DisputeDraft draft) =>
        draft.Rules.Process.Sessions is null ? draft.NotInTheseRules("planned sessions") : null;

    private static Step<Dispute, DisputeFact>? Unknown(DisputeDraft draft, int number) => Find(draft.State, number) is null
        ? draft.Refuse("unknown-session", $"No session {Number(number)} is planned.")
        : null;

    private static Step<Dispute, DisputeFact>? WrongTime(DisputeDraft draft, DateOnly on, TimeOnly from, TimeOnly to)
    {
        if (to <= from)
        {
            return draft.Refuse("session-time", $"A session ends after it begins, on the same day; {Time(to)} is not after {Time(from)}.");
        }

        if (draft.Rules.Calendar.At(on, from) <= draft.Occasion.At)
        {
            return draft.Refuse("session-past", $"{Why.Iso(on)} {Time(from)} has passed; a session is planned for later.");
        }

        var last = new[] { draft.State.Term, draft.State.Total }.OfType<Clock>().MinBy(clock => clock.Deadline.At);
        return last is not null && draft.Rules.Calendar.At(on, to) > last.Deadline.At
            ? draft.Refuse("session-after-term", $"{Why.Iso(on)} is after {Why.Iso(last.Deadline.Date)}, when the term ends.")
            : null;
    }

    private static Step<Dispute, DisputeFact>? Overlap(DisputeDraft draft, PlannedSession session) =>
        draft.State.SessionPlans?.FirstOrDefault(plan => plan.Number != session.Number && plan.Overlaps(session)) is { } other
            ? draft.Refuse("session-overlap", $"Session {Number(other.Number)} of the same case is planned for {When(other)}.")
            : null;

    private static Step<Dispute, DisputeFact>? WrongRecord(DisputeDraft draft, DisputeFact.SessionHeld held)
    {
        var dispute = draft.State;
        if (held.Session is { } session && Unknown(draft, session) is { } unknown)
        {
            return unknown;
        }

        if (dispute.SessionsHeld?.Count >= HeldMax)
        {
            return draft.Refuse("too-many-sessions", $"A case takes {Number(HeldMax)} sessions.");
        }

        if (held.Present?.FirstOrDefault(party => !dispute.Parties.Any(known => known.Id == party)) is { } nobody)
        {
            return draft.Refuse("unknown-party", $"The dispute has no party {nobody}.");
        }

        return held.Files?.FirstOrDefault(file => dispute.Files?.Any(known => known.File == file) != true) is { } missing
            ? draft.Refuse("unknown-file", $"The case has no file {missing}.")
            : null;
    }

    private static void Say(DisputeDraft draft, string template, PlannedSession session, params (string Name, string Value)[] more) =>
        Say(draft, template, session, 1, more);

    /// <summary>To the handler, and to the units that help it and may have to be there.</summary>
    private static void Say(DisputeDraft draft, string template, PlannedSession session, int number, params (string Name, string Value)[] more) => draft.Say(
        template,
        draft.State.Handler,
        number,
        copies: [.. (draft.State.Assists ?? []).Where(assist => assist.Clock is not null).Select(assist => assist.Unit).Distinct()],
        of: session.Key,
        more: [("when", WhenZh(session)), ("form", FormZh(session.Form)), .. more]);

    private static string When(PlannedSession session) => $"{Why.Iso(session.On)} {Time(session.From)}-{Time(session.To)}";

    private static string WhenZh(PlannedSession session) => $"{DeadlineText.Zh(session.On)}{Time(session.From)}至{Time(session.To)}";

    private static string FormZh(SessionForm form) => form == SessionForm.Online ? "线上" : "现场";

    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
