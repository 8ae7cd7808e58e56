using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// A handler that is not competent gives the case back instead of signing: within its objection term, once per offer,
/// with a reason. Its superior decides while the sign-for clock waits. A superior that stays silent gets the case
/// itself, so nothing is stuck; another level is another mediating organisation and needs the parties' consent.
/// </summary>
internal static class DisputeReturn
{
    public static Step<Dispute, DisputeFact> Ask(DisputeDraft draft)
    {
        var dispute = draft.State;
        if (Speakers.Handler(draft) is { } refusal)
        {
            return refusal;
        }

        if (draft.Rules.Process.Return is not { } rule)
        {
            return draft.NotInTheseRules("return");
        }

        if (dispute.Status != DisputeStatus.Offered || dispute.SignFor is not { } signFor)
        {
            return draft.Refuse("not-offered", $"Only an offered dispute is given back; this one is {dispute.Status}.");
        }

        if (DisputeSuspension.NotSuspended(draft) is { } suspended)
        {
            return suspended;
        }

        if (dispute.Return is not null)
        {
            return draft.Refuse("already-asked", "The return has been asked for and is not decided yet.");
        }

        if (dispute.ReturnRefused == dispute.Offers)
        {
            return draft.Refuse("return-refused", "The superior has refused to take this offer back.");
        }

        var objection = Objection(draft, rule, signFor.Deadline);
        if (objection.At <= draft.Occasion.At)
        {
            return draft.Refuse("return-late", $"The case could be given back until {Why.Iso(objection.Date)}.");
        }

        if (draft.Rules.Units.SuperiorOf(dispute.Handler) is not { } superior)
        {
            return draft.Refuse("no-superior", $"Nobody is above {dispute.Handler} who could decide.");
        }

        var decide = draft.Start(rule.Decide);
        draft.State = dispute with { Return = new ReturnWish(draft.Occasion.Id, superior.Id, decide) };
        draft.Line(
            "ReturnAsked",
            $"{dispute.Handler} holds that it is not competent; {superior.Id} decides by {Why.Iso(decide.Deadline.Date)}.",
            $"{draft.NameOf(dispute.Handler)}认为不属其管辖，申请退回，由{superior.Name}于{DeadlineText.Zh(decide.Deadline.Date)}前决定。",
            decide.Deadline,
            draft.Occasion.Id);
        draft.Say("dispute-return-asked", superior.Id, due: decide.Deadline);
        return draft.Done();
    }

    public static Step<Dispute, DisputeFact> Decide(DisputeDraft draft, DisputeFact.ReturnDecided decided)
    {
        var dispute = draft.State;
        if (dispute is not { Return: { } wish, SignFor: { } signFor })
        {
            return draft.Refuse("not-asked", "Nobody has asked to give the case back.");
        }

        if (Speakers.Unit(draft, wish.Superior, "decides on the return") is { } refusal)
        {
            return refusal;
        }

        if (decided.Accepted)
        {
            return Accept(draft, decided.Unit ?? wish.Superior);
        }

        var anew = draft.Anew(signFor);
        draft.State = dispute with { Return = null, ReturnRefused = dispute.Offers, SignFor = anew };
        draft.Line(
            "ReturnRefused",
            $"{wish.Superior} refuses the return; {dispute.Handler} signs for it by {Why.Iso(anew.Deadline.Date)}.",
            $"{draft.NameOf(wish.Superior)}不同意退回，请{draft.NameOf(dispute.Handler)}于{DeadlineText.Zh(anew.Deadline.Date)}前签收。",
            anew.Deadline,
            draft.Occasion.Id);
        draft.Say("dispute-return-refused", dispute.Handler, due: anew.Deadline);
        return draft.Done();
    }

    /// <summary>The superior has said nothing: the case is its own now.</summary>
    public static Step<Dispute, DisputeFact> Over(DisputeDraft draft, RunningClock running)
    {
        var superior = draft.State.Return!.Superior;
        draft.Line(
            "ReturnSilent",
            $"{superior} did not decide on the return by {Why.Iso(running.Clock.Deadline.Date)}; the case falls to it.",
            $"{draft.NameOf(superior)}未按期决定是否同意退回，由其接办。",
            running.Clock.Deadline);
        draft.Say("dispute-return-silent", superior, due: running.Clock.Deadline, copies: [draft.Superior(superior)]);
        return DisputeLevels.GoUp(draft, GoingUpReason.ReturnSilent);
    }

    /// <summary>Until when the case can be given back: counted from the offer, with the standstills that the sign-for term went through.</summary>
    private static Deadline Objection(DisputeDraft draft, ReturnRule rule, Deadline signFor)
    {
        var policy = draft.Rules.Policies[rule.Ask];
        return rule.AskMoves == true && Deadlines.Recounted(signFor, policy, draft.Rules.Calendar) is DeadlineAnswer.Due { Deadline: var moved }
            ? moved
            : Deadlines.Always(policy, signFor.From, draft.Rules.Calendar);
    }

    private static Step<Dispute, DisputeFact> Accept(DisputeDraft draft, string to)
    {
        var dispute = draft.State;
        if (draft.Rules.Units.Find(to) is not { } unit)
        {
            return draft.Refuse("unknown-unit", $"There is no unit {to}.");
        }

        if (unit.Mail is null)
        {
            return draft.Refuse("no-address", $"{to} has no address.");
        }

        if (to == dispute.Handler || dispute.FormerHandlers?.Contains(to) == true)
        {
            return draft.Refuse("already-handled", $"{to} has or had the case itself.");
        }

        var sameLevel = MayHandle(unit, dispute, draft.Rules.Units);
        var nextLevel = dispute.Level < Level.County && Triage.HandlerFrom(dispute.Level + 1, dispute.Place, draft.Rules.Units).Handler == to;
        if (!sameLevel && !nextLevel)
        {
            return draft.Refuse("return-unit", $"{to} may handle this case neither at {Words.En(dispute.Level)} level nor at the next.");
        }

        draft.Line(
            "ReturnAccepted",
            $"{draft.Occasion.By} accepts the return and names {to}.",
            $"{draft.NameOf(draft.Occasion.By)}同意退回，改由{unit.Name}办理。",
            textId: draft.Occasion.Id);
        if (!sameLevel)
        {
            return DisputeLevels.GoUp(draft, GoingUpReason.Returned);
        }

        // The handler never took it on, so no mediation passes from one organisation to another: no consent is needed.
        draft.State = dispute.LevelOver() with { FormerHandlers = [.. dispute.FormerHandlers ?? [], dispute.Handler] };
        DisputeLevels.Offer(draft, dispute.Level, to);
        return draft.Done();
    }

    /// <summary>A committee of the same township, any township, or any unit of the county, by the case's level.</summary>
    private static bool MayHandle(Unit unit, Dispute dispute, UnitRegister units) => dispute.Level switch
    {
        Level.Village => unit.Kind is UnitKind.Village or UnitKind.Community && unit.Superior == units.SuperiorOf(dispute.Handler)?.Id,
        Level.Township => unit.Kind == UnitKind.Township,
        Level.County => unit.Kind is UnitKind.Government or UnitKind.Party or UnitKind.MassOrganisation or UnitKind.Institution
            || unit.Id == units.Duties.CountyCentre || unit.Id == units.Duties.DutyBox,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
