using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// What ties two cases: links, one taken into the other, one split off. Each case decides for itself and tells the other,
/// so a crash between leaves a case that waits, asks again and finishes by itself; what was told twice is done once.
/// </summary>
public static class DisputeTies
{
    /// <summary>What a case says to another comes through this channel.</summary>
    public const string Via = "case";

    /// <summary>Links of one case.</summary>
    internal const int LinksMax = 50;

    /// <summary>Technical: how long a case waits for the word of another, or for the store of personal data, before it asks again.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>The answer; null when the fact has nothing to do with other cases and nothing is under way with them.</summary>
    internal static Step<Dispute, DisputeFact>? Decide(DisputeDraft draft, DisputeFact fact)
    {
        var dispute = draft.State;
        switch (fact)
        {
            case DisputeFact.LinkTold told:
                return Told(draft, told);
            case DisputeFact.JoinAsked asked:
                return DisputeJoin.Ask(draft, asked.From);
            case DisputeFact.JoinAnswered answered:
                return DisputeMerge.Answered(draft, answered);
            case DisputeFact.JoinTakenBack back:
                return MergeTakeBack.Told(draft, back);
            case DisputeFact.JoinConfirmed confirmed:
                return DisputeJoin.Confirmed(draft, confirmed);
            case DisputeFact.CaseGone gone:
                // A word that is said again after a restart finds a case that has ended since.
                return dispute.Merge?.Into == gone.Case ? DisputeMerge.Gone(draft) : new Step<Dispute, DisputeFact>.Nothing();
            case DisputeFact.PeopleMoved moved:
                return PeopleMoves.Done(draft, moved.To);
            case DisputeFact.PeopleNotMoved:
                return PeopleMoves.Failed(draft);
            case DisputeFact.DateReached when PeopleMoves.Due(draft) is { } due:
                return PeopleMoves.Again(draft, due);
        }

        if (dispute.Merge is { } merge)
        {
            if (fact is DisputeFact.DateReached && merge.AskAgain <= draft.Occasion.At)
            {
                return DisputeMerge.AskAgain(draft, merge);
            }

            if (merge.Holds && !MergeHandOn.CannotWait(fact))
            {
                return fact is DisputeFact.DateReached
                    ? new Step<Dispute, DisputeFact>.Nothing()
                    : draft.Refuse("merging", $"The case is being taken into {merge.Into}; nothing else is said to it meanwhile.");
            }
        }

        if (dispute.HandsOn == true)
        {
            return MergeHandOn.Decide(draft, fact);
        }

        if (dispute.IsClosed)
        {
            return fact is DisputeFact.DateReached ? new Step<Dispute, DisputeFact>.Nothing() : draft.Refuse("ended", $"The dispute has ended: {dispute.Outcome!.Reason}.");
        }

        return fact switch
        {
            DisputeFact.LinkAsked asked => Link(draft, asked.Other),
            DisputeFact.UnlinkAsked asked => Unlink(draft, asked.Other),
            DisputeFact.MergeAsked or DisputeFact.SplitAsked when dispute.Outcome is not null => draft.Refuse("ended", $"The dispute has ended: {dispute.Outcome.Reason}."),
            DisputeFact.MergeAsked asked => DisputeMerge.Ask(draft, asked),
            DisputeFact.SplitAsked asked => DisputeSplit.Ask(draft, asked),
            _ => null,
        };
    }

    /// <summary>A word to another case.</summary>
    internal static TellFlow Tell(string to, string commandId, DisputeFact fact, string by) => TellFlow.Of<Dispute, DisputeFact>(
        DisputeEscalation.FlowName, FlowOf(to), commandId, new CaseCommand<DisputeFact>(fact, by, Via));

    /// <summary>The case of a flow.</summary>
    internal static string CaseOf(string flowId) => flowId[(DisputeEscalation.FlowName.Length + 1)..];

    internal static string FlowOf(string caseId) => $"{DisputeEscalation.FlowName}-{caseId}";

    /// <summary>The step with what it tells, performs and starts besides.</summary>
    internal static Step<Dispute, DisputeFact> With(
        Step<Dispute, DisputeFact> step, TellFlow? tell = null, MovePeople? perform = null, StartFlow? start = null) =>
        step is Step<Dispute, DisputeFact>.Taken taken
            ? taken with
            {
                Tells = tell is null ? taken.Tells : [.. taken.Tells ?? [], tell],
                Perform = perform,
                Starts = start is null ? taken.Starts : [.. taken.Starts, start],
            }
            : step;

    internal static Dispute Linked(Dispute dispute, string other) =>
        dispute.Links?.Contains(other) == true ? dispute : dispute with { Links = [.. dispute.Links ?? [], other] };

    private static Step<Dispute, DisputeFact> Link(DisputeDraft draft, string other)
    {
        if ((Speakers.HandlerOrAbove(draft) ?? NotItself(draft, other)) is { } refusal)
        {
            return refusal;
        }

        if (draft.State.Links?.Contains(other) == true)
        {
            return draft.Refuse("already-linked", $"The case is linked with {other} already.");
        }

        if (draft.State.Links?.Count >= LinksMax)
        {
            return draft.Refuse("too-many-links", $"A case is linked with at most {AftercareOwner.Number(LinksMax)} others.");
        }

        draft.State = Linked(draft.State, other);
        draft.Line("Linked", $"Linked with {other}.", $"与{draft.CodeOf(other)}建立关联。");
        return With(draft.Done(), Tell(other, CommandId(draft, "link"), new DisputeFact.LinkTold(draft.State.Id, IsLinked: true), draft.Occasion.By));
    }

    private static Step<Dispute, DisputeFact> Unlink(DisputeDraft draft, string other)
    {
        if (Speakers.HandlerOrAbove(draft) is { } refusal)
        {
            return refusal;
        }

        if (draft.State.Links?.Contains(other) != true)
        {
            return draft.Refuse("not-linked", $"The case is not linked with {other}.");
        }

        return draft.State.SplitFrom?.Case == other || draft.State.MovedParties?.Any(moved => moved.Case == other) == true || draft.State.Joined?.Any(joined => joined.Case == other) == true
            ? draft.Refuse("same-matter", $"{other} and this case were one matter; they stay linked.")
            : With(Unlinked(draft, other, "unlinked"), Tell(other, CommandId(draft, "unlink"), new DisputeFact.LinkTold(draft.State.Id, IsLinked: false), draft.Occasion.By));
    }

    /// <summary>Only another case says this, and both keep a line of it.</summary>
    private static Step<Dispute, DisputeFact> Told(DisputeDraft draft, DisputeFact.LinkTold told)
    {
        if (draft.Occasion.Via != Via)
        {
            return draft.Refuse("not-yours", "Only another case says this.");
        }

        if (!told.IsLinked)
        {
            return Unlinked(draft, told.From, "unlinked from there");
        }

        draft.State = Linked(draft.State, told.From);
        draft.Line("Linked", $"Linked with {told.From}, from there.", $"{draft.CodeOf(told.From)}与本案建立关联。");
        return draft.Done();
    }

    private static Step<Dispute, DisputeFact> Unlinked(DisputeDraft draft, string other, string why)
    {
        draft.State = draft.State with { Links = draft.State.Links?.Where(link => link != other).ToList() is { Count: > 0 } left ? left : null };
        draft.Line("Unlinked", $"No longer linked with {other}: {why}.", $"与{draft.CodeOf(other)}解除关联。");
        return draft.Done();
    }

    internal static Step<Dispute, DisputeFact>? NotItself(DisputeDraft draft, string other) =>
        other == draft.State.Id ? draft.Refuse("same-case", "A case has no tie with itself.") : null;

    /// <summary>Unique in the other case's inbox: who says it, and at which of its commands.</summary>
    internal static string CommandId(DisputeDraft draft, string what) => $"{what}-{draft.State.Id}-{draft.Occasion.Id}";
}
