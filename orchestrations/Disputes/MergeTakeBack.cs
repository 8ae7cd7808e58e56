using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// A case that has ended, or gone on, before it heard that another takes it in, takes its question back. Whoever the other
/// has taken in by it leaves again, so nobody who has refused is mediated there.
/// </summary>
internal static class MergeTakeBack
{
    /// <summary>The case that asked tells the other.</summary>
    public static void Tell(DisputeDraft draft, string into, string question, string reason)
    {
        var dispute = draft.State;
        draft.Tell(DisputeTies.Tell(
            into,
            DisputeTies.CommandId(draft, "taken-back"),
            new DisputeFact.JoinTakenBack(dispute.Id, question, reason, dispute.Place, dispute.Category, dispute.OpenedAt),
            draft.Occasion.By));
    }

    /// <summary>A yes to a question that is not open any more; the other may not have been there to hear that.</summary>
    public static Step<Dispute, DisputeFact> TooLate(DisputeDraft draft, string into, string question)
    {
        draft.State = DisputeTies.Linked(draft.State, into);
        draft.Line("TakenInTooLate", $"{into} has taken the parties in too late; it is to let them go.", $"{draft.CodeOf(into)}并入本案当事人时已过时，已告知其退出。");
        Tell(draft, into, question, draft.State.Outcome is { } outcome ? $"it has ended: {outcome.Reason}." : "it has gone on by itself.");
        return draft.Done();
    }

    /// <summary>The other case hears it. What it learnt of danger and of mediators, and the earlier total term, stay.</summary>
    public static Step<Dispute, DisputeFact> Told(DisputeDraft draft, DisputeFact.JoinTakenBack back)
    {
        if (draft.Occasion.Via != DisputeTies.Via)
        {
            return draft.Refuse("not-yours", "Only another case says this.");
        }

        var dispute = draft.State;
        if (dispute.Joined?.FirstOrDefault(known => known.Case == back.From && known.Question == back.Question) is not { Added: { } added } joined)
        {
            return new Step<Dispute, DisputeFact>.Nothing();
        }

        var left = dispute.Parties.Where(party => !added.Contains(party.Id)).ToList();
        var others = dispute.Joined.Where(known => known != joined).ToList() is { Count: > 0 } rest ? rest : null;
        if (dispute.Outcome is { } outcome)
        {
            draft.State = dispute with { Joined = others };
            draft.Line(
                "JoinStands",
                $"{back.From} is not to be taken in: {back.Reason} This case had ended with its parties by then: {outcome.Reason}.",
                $"{draft.CodeOf(back.From)}撤回并案，本案已先行终结。");
            return draft.Done();
        }

        List<MovedParty> moved = [.. joined.Parties.Where(party => added.Contains(party.As)).Select(party => new MovedParty(party.As, back.From, party.Party))];
        var move = new MovePeople(dispute.Id, back.From, moved, [], back.Place, back.Category, back.OpenedAt);
        draft.State = dispute with
        {
            Parties = left,
            People = Math.Max(left.Count, dispute.People - (joined.People ?? 0)),
            Joined = others,
            MovedParties = [.. dispute.MovedParties ?? [], .. moved],
            MediatorChoices = dispute.MediatorChoices?.Where(choice => !added.Contains(choice.Party)).ToList() is { Count: > 0 } choices ? choices : null,
            // What has not come yet need not come.
            PeopleToMove = dispute.PeopleToMove?.Where(to => to.Request.From != back.From).ToList() is { Count: > 0 } open ? open : null,
        };
        draft.State = PeopleMoves.Begin(draft, move);
        draft.Ask(move);
        draft.Line(
            "JoinTakenBack",
            $"{back.From} is not taken in: {back.Reason} {string.Join(", ", added)} leave this case again.",
            $"{draft.CodeOf(back.From)}撤回并案，其当事人退出本案。");
        draft.Say(
            "dispute-join-taken-back",
            dispute.Handler,
            1 + (dispute.MovedParties?.Count(party => party.Case == back.From) ?? 0),
            of: back.From,
            more: ("other", draft.CodeOf(back.From)));
        return DisputeConsent.Changed(draft);
    }
}
