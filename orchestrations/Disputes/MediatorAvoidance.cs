using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// A mediator who is not at a distance avoids the case. A party or the mediator's unit asks; the handler's superior
/// decides, at county level the unit itself. Until then that mediator holds no session; nobody's silence lets him.
/// A mediator who declares it is out at once.
/// </summary>
internal static class MediatorAvoidance
{
    /// <summary>Wishes in a case's life; its state names each.</summary>
    public const int AvoidancesMax = 30;

    public static Step<Dispute, DisputeFact> Ask(DisputeDraft draft, DisputeFact.AvoidanceAsked asked)
    {
        var speaker = asked.Party is { } party ? Speakers.ForParty(draft, party) : Speakers.Handler(draft);
        if ((speaker ?? DisputeMediators.NotNow(draft) ?? NotAbout(draft, asked.Mediator)) is { } refusal)
        {
            return refusal;
        }

        var rule = draft.Rules.Process.Mediators!;
        if (rule.Avoidances.FirstOrDefault(known => known.Id == asked.Kind) is not { } kind)
        {
            return draft.Refuse("unknown-avoidance", $"The rules of this case know no reason {asked.Kind} to avoid a case.");
        }

        if (Open(draft.State, asked.Mediator) is not null)
        {
            return draft.Refuse("already-asked", $"Whether {asked.Mediator} avoids this case is being decided already.");
        }

        var dispute = draft.State;
        var decider = dispute.Level == Level.County ? dispute.Handler : draft.Rules.Units.SuperiorOf(dispute.Handler)?.Id ?? dispute.Handler;
        var decide = draft.Start(rule.Decide);
        var wish = new Avoidance(NextId(dispute), asked.Mediator, kind.Id, asked.Party, draft.Occasion.Id, decider, decide);
        draft.State = dispute with { Avoidances = [.. dispute.Avoidances ?? [], wish] };
        draft.Line(
            "AvoidanceAsked",
            $"{asked.Party ?? dispute.Handler} asks that {asked.Mediator} avoid the case: {kind.Name}; {decider} decides by {Why.Iso(decide.Deadline.Date)}.",
            $"{(asked.Party is null ? draft.NameOf(dispute.Handler) : $"当事人{asked.Party}")}申请调解员{asked.Mediator}回避：{kind.NameZh}，由{draft.NameOf(decider)}于{DeadlineText.Zh(decide.Deadline.Date)}前决定。",
            decide.Deadline,
            draft.Occasion.Id);
        draft.Say("dispute-avoidance-asked", decider, due: decide.Deadline, of: wish.Id, more: [("mediator", asked.Mediator), ("reason", kind.NameZh)]);
        return draft.Done();
    }

    public static Step<Dispute, DisputeFact> Decide(DisputeDraft draft, DisputeFact.AvoidanceDecided decided)
    {
        if (Open(draft.State, decided.Mediator) is not { } wish)
        {
            return draft.Refuse("not-asked", $"Nobody has asked that {decided.Mediator} avoid the case.");
        }

        if (Speakers.Unit(draft, wish.Decider!, "decides on the avoidance") is { } refusal)
        {
            return refusal;
        }

        draft.State = Put(draft.State, wish with { Decide = null, Accepted = decided.Accepted, DecidedText = draft.Occasion.Id });
        draft.Line(
            decided.Accepted ? "AvoidanceAccepted" : "AvoidanceRefused",
            $"{wish.Decider} {(decided.Accepted ? "accepts" : "refuses")} that {wish.Mediator} avoid the case.",
            $"{draft.NameOf(wish.Decider!)}决定：{(decided.Accepted ? "同意" : "不同意")}调解员{wish.Mediator}回避。",
            textId: draft.Occasion.Id);
        if (decided.Accepted)
        {
            Remove(draft, wish.Mediator);
            DisputeSessions.Clash(draft, decided.Clashes);
        }

        draft.Say(
            "dispute-avoidance-decided",
            draft.State.Handler,
            of: wish.Id,
            more: [("mediator", wish.Mediator), ("decision", decided.Accepted ? "同意回避" : "不同意回避"), ("next", Next(draft.State))]);
        return draft.Done();
    }

    /// <summary>The mediator says it himself, through his unit: nothing is to be decided.</summary>
    public static Step<Dispute, DisputeFact> Declare(DisputeDraft draft, DisputeFact.ConflictDeclared declared)
    {
        if ((Speakers.Handler(draft) ?? DisputeMediators.NotNow(draft) ?? NotAbout(draft, declared.Mediator)) is { } refusal)
        {
            return refusal;
        }

        var dispute = draft.State;
        draft.State = Open(dispute, declared.Mediator) is { } wish
            ? Put(dispute, wish with { Decide = null, Accepted = true, DecidedText = draft.Occasion.Id })
            : dispute with { Avoidances = [.. dispute.Avoidances ?? [], new Avoidance(NextId(dispute), declared.Mediator, null, null, draft.Occasion.Id, Accepted: true)] };
        draft.Line(
            "ConflictDeclared",
            $"{declared.Mediator} declares a conflict and is out.",
            $"调解员{declared.Mediator}主动申明应当回避，不再参与本案。",
            textId: draft.Occasion.Id);
        Remove(draft, declared.Mediator);
        DisputeSessions.Clash(draft, declared.Clashes);
        return draft.Done();
    }

    /// <summary>Said again and again: a mediator who may not hold sessions and is not replaced would stop the case.</summary>
    public static Step<Dispute, DisputeFact> Over(DisputeDraft draft, RunningClock running)
    {
        var wish = draft.State.Avoidances!.First(known => known.Id == running.Of);
        var responsible = draft.Responsible(wish.Decider!);
        var superior = draft.Superior(wish.Decider!);
        draft.State = Put(draft.State, wish with { Decide = draft.Said(running.Clock) });
        draft.Line(
            "AvoidanceOverdue",
            $"{wish.Decider} has not decided whether {wish.Mediator} avoids the case, due {Why.Iso(running.Clock.Deadline.Date)}; notice to {responsible.Id}, copy to {superior}.",
            $"{draft.NameOf(wish.Decider!)}逾期未决定调解员{wish.Mediator}是否回避，通知{responsible.Name}，抄送{draft.NameOf(superior)}。",
            running.Clock.Deadline);
        draft.Say(
            "dispute-avoidance-overdue", responsible.Id, running.Clock.OverdueSaid + 1, running.Clock.Deadline, [superior], of: wish.Id, more: ("mediator", wish.Mediator));
        return draft.Done();
    }

    /// <summary>Who was kept from the parties of a case that is taken in does not mediate this one either.</summary>
    public static void Come(DisputeDraft draft, JoiningCase joining)
    {
        foreach (var wish in (joining.Avoidances ?? []).Where(wish => !IsOut(draft.State, wish.Mediator)))
        {
            var dispute = draft.State;
            var named = dispute.AllMediators.Contains(wish.Mediator);
            // What was asked of him here is answered by it.
            var own = Open(dispute, wish.Mediator);
            var come = new Avoidance(own?.Id ?? NextId(dispute), wish.Mediator, wish.Kind, own?.Party, own?.Text ?? TextOf(joining.Case, wish), Accepted: true);
            draft.State = own is null ? dispute with { Avoidances = [.. dispute.Avoidances ?? [], come] } : Put(dispute, come);
            draft.Line("AvoidanceCame", $"{wish.Mediator} avoids {joining.Case} and so this case.", $"调解员{wish.Mediator}在{draft.CodeOf(joining.Case)}中已回避，不再参与本案。");
            Remove(draft, wish.Mediator);
            if (named)
            {
                draft.Say("dispute-avoidance-decided", draft.State.Handler, of: come.Id, more: [("mediator", wish.Mediator), ("decision", "在并入案件中已回避"), ("next", Next(draft.State))]);
            }
        }
    }

    /// <summary>The protected text of a reason that came with another case.</summary>
    public static string TextOf(string caseId, Avoidance wish) => $"{caseId}.{wish.Text}";

    public static Avoidance? Open(Dispute dispute, string mediator) =>
        dispute.Avoidances?.FirstOrDefault(wish => wish.Mediator == mediator && wish.Decide is not null);

    public static bool IsOut(Dispute dispute, string mediator) =>
        dispute.Avoidances?.Any(wish => wish.Mediator == mediator && wish.Accepted == true) == true;

    public static IEnumerable<(string Of, Clock Clock)> Running(Dispute dispute) =>
        (dispute.Avoidances ?? []).Where(wish => wish.Decide is not null).Select(wish => (wish.Id, wish.Decide!));

    public static Dispute Put(Dispute dispute, string id, Clock clock) =>
        Put(dispute, dispute.Avoidances!.First(wish => wish.Id == id) with { Decide = clock });

    private static Dispute Put(Dispute dispute, Avoidance changed) =>
        dispute with { Avoidances = [.. dispute.Avoidances!.Select(wish => wish.Id == changed.Id ? changed : wish)] };

    private static string NextId(Dispute dispute) => $"v{AftercareOwner.Number((dispute.Avoidances?.Count ?? 0) + 1)}";

    private static string Next(Dispute dispute) => dispute.Mediators is null ? "本案已无调解员，请另行指定" : "其余调解员继续调解";

    private static Step<Dispute, DisputeFact>? NotAbout(DisputeDraft draft, string mediator) =>
        MediatorId.UnitOf(mediator) != draft.State.Handler
            ? draft.Refuse("not-of-the-roster", $"{mediator} is not of the roster of {draft.State.Handler}.")
        : IsOut(draft.State, mediator)
            ? draft.Refuse("mediator-removed", $"{mediator} does not mediate this case already.")
        : draft.State.Avoidances?.Count >= AvoidancesMax
            ? draft.Refuse("too-many-avoidances", $"A case takes {AftercareOwner.Number(AvoidancesMax)} of them.")
        : null;

    private static void Remove(DisputeDraft draft, string mediator)
    {
        var dispute = draft.State;
        draft.State = dispute with
        {
            Mediators = Rest(dispute.Mediators, mediator),
            MediatorChoices = dispute.MediatorChoices?.Where(choice => choice.Mediator != mediator).ToList() is { Count: > 0 } choices ? choices : null,
            SessionPlans = dispute.SessionPlans is null ? null : [.. dispute.SessionPlans.Select(plan => plan with { Mediators = Rest(plan.Mediators, mediator) })],
        };
    }

    private static List<string>? Rest(IReadOnlyList<string>? mediators, string without) =>
        mediators?.Where(mediator => mediator != without).ToList() is { Count: > 0 } left ? left : null;
}
