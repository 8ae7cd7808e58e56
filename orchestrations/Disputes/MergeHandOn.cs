using System.Diagnostics;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// What parties say of being mediated (人民调解法 3, 17), and danger (人民调解法 25), wait for no other case: a case that is
/// being taken into another takes such words as always, and hands on to the other what the other cannot know.
/// </summary>
internal static class MergeHandOn
{
    public static bool CannotWait(DisputeFact fact) => fact is DisputeFact.DangerReported || PartyOf(fact) is not null;

    /// <summary>Hands on what was said since the other case was asked.</summary>
    /// <param name="draft">The case that is taken in, in this step.</param>
    /// <param name="merge">What was asked.</param>
    /// <param name="parties">Where its parties are now.</param>
    public static void Since(DisputeDraft draft, MergeWish merge, IReadOnlyList<MovedParty> parties)
    {
        if (draft.State.DangerReports > (merge.DangerReports ?? 0))
        {
            Tell(draft, merge.Into, "danger", draft.State.Handler, new DisputeFact.DangerReported(draft.State.DangerSigns!));
        }

        foreach (var (now, then) in draft.State.Parties.Zip(merge.Parties ?? []).Where(pair => !merge.Same.Any(same => same.Party == pair.First.Id)))
        {
            var there = parties.First(party => party.Party == now.Id).As;
            if (now.Consent != then.Consent && now.ConsentSaid is { } said)
            {
                Tell(draft, merge.Into, $"consent-{now.Id}", Speakers.PartyPrefix + there, new DisputeFact.MediationConsent(there, now.Consent, said.Means));
            }

            if (now.GoUp != then.GoUp && now.GoUp != ConsentToGoUp.NotAsked)
            {
                Tell(draft, merge.Into, $"go-up-{now.Id}", Speakers.PartyPrefix + there, new DisputeFact.ConsentAnswered(there, now.GoUp, now.GoUpSaid?.Means));
            }
        }
    }

    /// <summary>The last step of a case that was taken in, or a word that was sent to it before that was known.</summary>
    public static Step<Dispute, DisputeFact> Decide(DisputeDraft draft, DisputeFact fact)
    {
        var into = draft.State.Outcome!.Case!;
        if (fact is DisputeFact.DateReached)
        {
            draft.State = draft.State with { HandsOn = null };
            draft.Line("Closed", $"Closed; what is said of it from now on is said to {into}.", $"已并入{draft.CodeOf(into)}，归档。");
            return draft.Done();
        }

        if (!CannotWait(fact))
        {
            return draft.Refuse("ended", $"The dispute has ended: {DisputeMerge.Reason}.");
        }

        if (PartyOf(fact) is not { } party)
        {
            Tell(draft, into, "handed-on", draft.Occasion.By, fact);
        }
        else if (Speakers.ForParty(draft, party) is { } refusal)
        {
            return refusal;
        }
        else
        {
            var there = draft.State.MovedParties!.Last(moved => moved.Party == party).As;
            Tell(draft, into, "handed-on", Speakers.PartyPrefix + there, As(fact, there));
        }

        draft.Line("HandedOn", $"Said when the case had just been taken in; handed on to {into}.", $"并案时收到的意见已转至{draft.CodeOf(into)}。");
        return draft.Done();
    }

    private static void Tell(DisputeDraft draft, string into, string what, string by, DisputeFact fact) =>
        draft.Tell(DisputeTies.Tell(into, DisputeTies.CommandId(draft, what), fact, by));

    private static string? PartyOf(DisputeFact fact) => fact switch
    {
        DisputeFact.Refused said => said.Party,
        DisputeFact.Withdrawn said => said.Party,
        DisputeFact.MediationConsent said => said.Party,
        DisputeFact.ConsentAnswered said => said.Party,
        _ => null,
    };

    private static DisputeFact As(DisputeFact fact, string party) => fact switch
    {
        DisputeFact.Refused said => said with { Party = party },
        DisputeFact.Withdrawn said => said with { Party = party },
        DisputeFact.MediationConsent said => said with { Party = party },
        DisputeFact.ConsentAnswered said => said with { Party = party },
        _ => throw new UnreachableException(),
    };
}
