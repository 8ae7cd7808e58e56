using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// Offers and the way up. A transfer changes the mediating organisation, so it needs consent on record; without it
/// the case ends with a rights notice and is never pushed on (人民调解法 3, 17, 26).
/// </summary>
internal static class DisputeLevels
{
    /// <summary>Offers the case to a handler.</summary>
    /// <param name="draft">The step.</param>
    /// <param name="level">At which level.</param>
    /// <param name="handler">To whom.</param>
    /// <param name="cameBy">Why it comes from below; stands on the board until it is signed for.</param>
    /// <param name="passedOver">Nobody was there at the level it was meant for; likewise.</param>
    public static void Offer(DisputeDraft draft, Level level, string handler, GoingUpReason? cameBy = null, bool passedOver = false)
    {
        DisputeSessions.LevelEnds(draft);
        var board = draft.Rules.Process.Board is not null;
        var signFor = draft.Start(draft.Rules.At(level).SignFor);
        draft.State = draft.State.LevelOver() with
        {
            Status = DisputeStatus.Offered,
            Level = level,
            Handler = handler,
            SignFor = signFor,
            ConsentTerm = null,
            GoingUp = null,
            LiftTo = draft.State.LiftTo > level ? draft.State.LiftTo : null,
            LiftAsked = draft.State.LiftTo > level ? draft.State.LiftAsked : null,
            Offers = draft.State.Offers + 1,
            CameBy = board ? cameBy : null,
            PassedOver = board && passedOver ? true : null,
        };
        draft.Line(
            "Offered",
            $"Offered to {handler} ({draft.NameOf(handler)}) at {Words.En(level)} level; sign for by {Why.Iso(signFor.Deadline.Date)}.",
            $"交{draft.NameOf(handler)}办理，请于{DeadlineText.Zh(signFor.Deadline.Date)}前签收。",
            signFor.Deadline);
        var urgent = draft.State.Danger && draft.Rules.Process.OfferDangerAtOnce == true;
        draft.Say("dispute-offered", handler, due: signFor.Deadline, urgent: urgent);
    }

    /// <summary>The level is at its end: up with consent, or ask for it, or end.</summary>
    public static Step<Dispute, DisputeFact> GoUp(DisputeDraft draft, GoingUpReason reason, string? textId = null)
    {
        var dispute = draft.State;
        if (dispute.Level == Level.County)
        {
            return reason is GoingUpReason.NotSignedFor or GoingUpReason.Returned or GoingUpReason.ReturnSilent
                ? ToDutyBox(draft, reason)
                : DisputeEnd.Fail(draft, "term-over", "The county's term is over.", "县级调处期限届满");
        }

        draft.Line("LevelEnded", $"The {Words.En(dispute.Level)} level ends: {Words.En(reason)}.", $"{Words.Zh(dispute.Level)}调处结束：{Words.Zh(reason)}。", textId: textId);
        DisputeSessions.LevelEnds(draft);
        draft.State = dispute.LevelOver() with { GoingUp = reason };
        if (dispute.Parties.FirstOrDefault(party => party.GoUp == ConsentToGoUp.No) is { } refusing)
        {
            return DisputeEnd.Refuse(draft, refusing.Id);
        }

        return AllConsent(dispute) ? Transfer(draft) : Ask(draft);
    }

    /// <summary>A party has answered while the case waits for consent.</summary>
    public static Step<Dispute, DisputeFact> ConsentChanged(DisputeDraft draft)
    {
        if (draft.State.Parties.FirstOrDefault(party => party.GoUp == ConsentToGoUp.No) is { } refusing)
        {
            return DisputeEnd.Refuse(draft, refusing.Id);
        }

        return AllConsent(draft.State) ? Transfer(draft) : draft.Done();
    }

    /// <summary>Who asks the parties: the handler, or the next level when the handler did not even sign.</summary>
    public static string Asker(Dispute dispute, DisputeRules rules) => dispute.GoingUp is GoingUpReason.NotSignedFor or GoingUpReason.Returned or GoingUpReason.ReturnSilent
        ? Triage.HandlerFrom(dispute.Level + 1, dispute.Place, rules.Units).Handler
        : dispute.Handler;

    public static bool AllConsent(Dispute dispute) =>
        dispute.Parties.All(party => party.GoUp is ConsentToGoUp.Once or ConsentToGoUp.Blanket);

    private static Step<Dispute, DisputeFact> Ask(DisputeDraft draft)
    {
        var term = draft.Start(draft.Rules.Process.Consent);
        draft.State = draft.State with { Status = DisputeStatus.AwaitingConsent, ConsentTerm = term };
        var asker = Asker(draft.State, draft.Rules);
        draft.Line(
            "ConsentAsked",
            $"The parties are asked by {asker} whether the case may go up; answer by {Why.Iso(term.Deadline.Date)}.",
            $"由{draft.NameOf(asker)}征询当事人是否同意移送上级，{DeadlineText.Zh(term.Deadline.Date)}前答复。",
            term.Deadline);
        draft.Say("dispute-consent-asked", asker, due: term.Deadline, more: ("reason", Words.Zh(draft.State.GoingUp!.Value)));
        return draft.Done();
    }

    private static Step<Dispute, DisputeFact> Transfer(DisputeDraft draft)
    {
        var dispute = draft.State;
        // Danger may ask for more than the next level; the parties agreed to that one.
        var next = dispute.GoingUp == GoingUpReason.Danger && dispute.LiftTo is { } lift ? DisputeDanger.LiftsTo(draft, lift) : dispute.Level + 1;
        var (level, handler, passedOver) = Triage.HandlerFrom(next, dispute.Place, draft.Rules.Units);
        draft.Line(
            "Transferred",
            $"Goes up from {dispute.Handler} to {handler} with the parties' consent; {dispute.Handler} keeps read access.",
            $"经当事人同意，由{draft.NameOf(dispute.Handler)}移送{draft.NameOf(handler)}。");
        draft.Lines(passedOver);
        draft.Say(
            "dispute-transferred",
            dispute.Handler,
            more: [("reason", Words.Zh(dispute.GoingUp ?? GoingUpReason.Asked)), ("next", draft.NameOf(handler))]);
        draft.State = dispute with
        {
            FormerHandlers = [.. dispute.FormerHandlers ?? [], dispute.Handler],
            // Consent for one level is used up; a blanket one stays.
            Parties = [.. dispute.Parties.Select(party => party.GoUp == ConsentToGoUp.Once ? party with { GoUp = ConsentToGoUp.NotAsked, GoUpSaid = null } : party)],
        };
        Offer(draft, level, handler, dispute.GoingUp, passedOver.Count > 0);
        DisputeDanger.AskAnew(draft);
        return draft.Done();
    }

    private static Step<Dispute, DisputeFact> ToDutyBox(DisputeDraft draft, GoingUpReason reason)
    {
        var dispute = draft.State;
        var dutyBox = draft.Rules.Units.Duties.DutyBox;
        draft.Line("NobodyThere", $"{dispute.Handler} has no superior to turn to; the duty box takes over.", "无上级承办单位，转县级值班处理。");
        draft.State = dispute with { FormerHandlers = [.. dispute.FormerHandlers ?? [], dispute.Handler] };
        Offer(draft, Level.County, dutyBox, reason, passedOver: true);
        return draft.Done();
    }
}
