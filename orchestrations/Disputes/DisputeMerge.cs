using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// A case is taken into another of the same place. It asks the other and waits; the other takes its parties in or says why
/// not; then it ends, or goes on as it was. For an hour, which is when an answer comes, nothing moves it but what cannot wait;
/// after that its dates are said and words are taken again, and it goes on asking until it is answered or has ended by
/// itself. One that ends by itself takes its question back, and the other lets its parties go.
/// </summary>
internal static class DisputeMerge
{
    public const string Reason = "merged";

    public static Step<Dispute, DisputeFact> Ask(DisputeDraft draft, DisputeFact.MergeAsked asked)
    {
        var dispute = draft.State;
        if ((Speakers.HandlerOrAbove(draft) ?? DisputeTies.NotItself(draft, asked.Into) ?? NotFit(draft) ?? NotSettledYet(draft)) is { } refusal)
        {
            return refusal;
        }

        var same = asked.Same ?? [];
        if (same.FirstOrDefault(pair => !dispute.Parties.Any(party => party.Id == pair.Party)) is { } unknown)
        {
            return draft.Refuse("unknown-party", $"The dispute has no party {unknown.Party}.");
        }

        if (same.Select(pair => pair.Party).Distinct().Count() < same.Count || same.Select(pair => pair.Is).Distinct().Count() < same.Count)
        {
            return draft.Refuse("same-twice", "A party is one other at most.");
        }

        var wish = new MergeWish(
            asked.Into, same, draft.Occasion.By, DisputeTies.CommandId(draft, "merge"), draft.Occasion.Id, draft.Occasion.At + DisputeTies.Patience, Parties: dispute.Parties, DangerReports: dispute.DangerReports);
        draft.State = dispute with { Merge = wish, MergesAsked = (dispute.MergesAsked ?? 0) + 1 };
        draft.Line("MergeAsked", $"{draft.Occasion.By} asks that {asked.Into} take this case in.", $"{draft.NameOf(draft.Occasion.By)}申请将本案并入{draft.CodeOf(asked.Into)}。", textId: draft.Occasion.Id);
        return DisputeTies.With(draft.Done(), Question(dispute, wish));
    }

    /// <summary>The first word may have been lost with the engine; the other case answers a second one as the first.</summary>
    public static Step<Dispute, DisputeFact> AskAgain(DisputeDraft draft, MergeWish merge)
    {
        var again = merge with { AskAgain = draft.Occasion.At + (DisputeTies.Patience * 24), Asked = merge.Asked + 1 };
        draft.State = draft.State with { Merge = again };
        if (merge.Holds)
        {
            draft.Line("MergeAskedAgain", $"{merge.Into} has not answered yet and is asked again; meanwhile this case goes on.", $"{draft.CodeOf(merge.Into)}尚未答复并案，再次询问，本案继续办理。");
            draft.Say("dispute-merge-unanswered", draft.State.Handler, draft.State.MergesAsked ?? 1, of: merge.Into, more: ("other", draft.CodeOf(merge.Into)));
        }
        else
        {
            draft.Line("MergeAskedAgain", $"{merge.Into} has not answered yet and is asked again.", $"{draft.CodeOf(merge.Into)}尚未答复并案，再次询问。");
        }

        return DisputeTies.With(draft.Done(), Question(draft.State, again));
    }

    public static Step<Dispute, DisputeFact> Answered(DisputeDraft draft, DisputeFact.JoinAnswered answered)
    {
        if (draft.Occasion.Via != DisputeTies.Via)
        {
            return draft.Refuse("not-yours", "Only another case says this.");
        }

        if (draft.State.Merge is not { } merge || merge.Into != answered.Case || (answered.Question is { } question && question != merge.Command))
        {
            return answered is { Parties: not null, Question: { } asked } && draft.State.Outcome?.Case != answered.Case
                ? MergeTakeBack.TooLate(draft, answered.Case, asked)
                : new Step<Dispute, DisputeFact>.Nothing();
        }

        draft.State = draft.State with { Merge = null };
        if (answered.Parties is not { } parties)
        {
            return GoOn(draft, merge, answered.Reason ?? "");
        }

        // It may have gone up since, or a party may have taken its consent back.
        if (answered.Level is { } level && DisputeJoin.OverTheirHeads(draft, Joining(draft.State, merge.Same), merge.Into, level) is Step<Dispute, DisputeFact>.Refused refused)
        {
            MergeTakeBack.Tell(draft, merge.Into, merge.Command, refused.Reason);
            return GoOn(draft, merge, refused.Reason);
        }

        draft.Tell(DisputeTies.Tell(merge.Into, DisputeTies.CommandId(draft, "confirmed"), new DisputeFact.JoinConfirmed(draft.State.Id, merge.Command), merge.By));
        MergeHandOn.Since(draft, merge, parties);
        return DisputeEnd.Merge(draft, answered.Case, parties);
    }

    public static Step<Dispute, DisputeFact> Gone(DisputeDraft draft)
    {
        var merge = draft.State.Merge!;
        draft.State = draft.State with { Merge = null };
        return GoOn(draft, merge, $"{merge.Into} has ended.");
    }

    /// <summary>What both cases must satisfy.</summary>
    public static Step<Dispute, DisputeFact>? NotFit(DisputeDraft draft)
    {
        var dispute = draft.State;
        return dispute.Outcome is { } outcome ? draft.Refuse("ended", $"{dispute.Id} has ended: {outcome.Reason}.")
            : dispute.Merge is { } merge ? draft.Refuse("merging", $"{dispute.Id} is itself being taken into {merge.Into}.")
            : dispute.PeopleToMove is not null ? draft.Refuse("people-moving", $"Names of parties of {dispute.Id} are still on their way.")
            : dispute.Suspension is not null ? draft.Refuse("suspended", $"{dispute.Id} stands still. It must go on first.")
            : dispute.Status is not (DisputeStatus.Offered or DisputeStatus.Mediating) ? draft.Refuse("not-mediating", $"Only cases that are offered or mediated become one; {dispute.Id} is {dispute.Status}.")
            : null;
    }

    /// <summary>What else must be settled before parties go on from here: what was asked of others, and who may still leave again.</summary>
    public static Step<Dispute, DisputeFact>? NotSettledYet(DisputeDraft draft)
    {
        var dispute = draft.State;
        return dispute.Extension is not null || dispute.Avoidances?.Any(wish => wish.Decide is not null) == true
                ? draft.Refuse("wish-open", "More time or an avoidance has been asked for and is not decided yet.")
            : dispute.Joined?.FirstOrDefault(joined => joined.Unconfirmed == true) is { } joined
                ? draft.Refuse("joining", $"{joined.Case} has not heard yet that it was taken in; the parties of it go on from here afterwards.")
            : null;
    }

    public static JoiningCase Joining(Dispute dispute, IReadOnlyList<SameParty> same) => new(
        dispute.Id, dispute.Place, dispute.People, dispute.Parties, same, dispute.Total, dispute.DangerSigns, dispute.Danger, dispute.SummaryText,
        dispute.Level, dispute.Status != DisputeStatus.Offered, dispute.Avoidances?.Where(wish => wish.Accepted == true).ToList() is { Count: > 0 } avoided ? avoided : null);

    private static TellFlow Question(Dispute dispute, MergeWish wish) =>
        DisputeTies.Tell(wish.Into, wish.Command, new DisputeFact.JoinAsked(Joining(dispute, wish.Same)), wish.By);

    private static Step<Dispute, DisputeFact> GoOn(DisputeDraft draft, MergeWish merge, string reason)
    {
        draft.Line("MergeRefused", $"{merge.Into} does not take this case in: {reason}", $"{draft.CodeOf(merge.Into)}未能并入本案，本案继续办理。");
        draft.Say("dispute-merge-refused", draft.State.Handler, number: draft.State.MergesAsked ?? 1, of: merge.Into, more: ("other", draft.CodeOf(merge.Into)));
        return draft.Done();
    }
}
