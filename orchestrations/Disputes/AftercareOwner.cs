using System.Globalization;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>Who does what after the end, and who may say so.</summary>
internal static class AftercareOwner
{
    /// <summary>The unit that must act: the last handler, who answers for it, or who reviews its work.</summary>
    public static string Of(DisputeDraft draft, FollowUp item)
    {
        if (item.Kind == FollowUpKind.Review)
        {
            return draft.State.Aftercare!.Parties.First(party => party.Id == item.About).Review!.Reviewer;
        }

        // A committee's township answers for it.
        return item.Kind == FollowUpKind.Mend ? draft.Responsible(draft.State.Handler).Id : draft.State.Handler;
    }

    /// <summary>The unit above the last handler; the leaders where there is none.</summary>
    public static string Reviewer(DisputeDraft draft) =>
        draft.Rules.Units.SuperiorOf(draft.State.Handler)?.Id ?? draft.Rules.Units.Duties.Leaders;

    /// <summary>A number as ids carry it.</summary>
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Any party of the case, the handler, or a unit above it.</summary>
    public static Step<Dispute, DisputeFact>? NotOfTheCase(DisputeDraft draft) =>
        draft.Occasion.Via == Speakers.PartyVia && draft.Occasion.By.StartsWith(Speakers.PartyPrefix, StringComparison.Ordinal)
            ? NoSuchParty(draft, draft.Occasion.By[Speakers.PartyPrefix.Length..])
            : Speakers.HandlerOrAbove(draft);

    public static Step<Dispute, DisputeFact>? NoSuchParty(DisputeDraft draft, string party) =>
        draft.State.Parties.Any(known => known.Id == party)
            ? null
            : draft.Refuse("unknown-party", $"The dispute has no party {party}.");
}
