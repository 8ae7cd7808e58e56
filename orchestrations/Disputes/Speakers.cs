using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// Who may say what to a dispute; the one place that looks at <see cref="Occasion.By"/>. Each answers with the refusal,
/// or null when the speaker may.
/// </summary>
public static class Speakers
{
    /// <summary>What a party's word begins with: <c>party:p1</c>.</summary>
    public const string PartyPrefix = "party:";

    /// <summary>The channel of a party's own word.</summary>
    public const string PartyVia = "party";

    /// <summary>Only the handler.</summary>
    internal static Step<Dispute, DisputeFact>? Handler(DisputeDraft draft) =>
        draft.Occasion.By == draft.State.Handler
            ? null
            : draft.Refuse("not-the-handler", $"Only {draft.State.Handler} handles this dispute, not {draft.Occasion.By}.");

    /// <summary>The handler or a unit above it.</summary>
    internal static Step<Dispute, DisputeFact>? HandlerOrAbove(DisputeDraft draft)
    {
        for (var unit = draft.Rules.Units.Find(draft.State.Handler); unit is not null; unit = draft.Rules.Units.SuperiorOf(unit.Id))
        {
            if (unit.Id == draft.Occasion.By)
            {
                return null;
            }
        }

        return draft.Refuse("not-the-handler", $"Only {draft.State.Handler} or a unit above it may record this, not {draft.Occasion.By}.");
    }

    /// <summary>What a party says: the party itself for nobody but itself, or the handler or a unit above it on its behalf.</summary>
    internal static Step<Dispute, DisputeFact>? ForParty(DisputeDraft draft, string party)
    {
        // What a case hands on that was taken into this one was checked there.
        var own = draft.Occasion.Via is PartyVia or DisputeTies.Via;
        var refusal = !own ? HandlerOrAbove(draft)
            : draft.Occasion.By == PartyPrefix + party ? null
            : draft.Refuse("not-your-word", "A party speaks for nobody but itself.");
        return refusal ?? (draft.State.Parties.Any(known => known.Id == party)
            ? null
            : draft.Refuse("unknown-party", $"The dispute has no party {party}."));
    }

    /// <summary>Only one given unit, such as the superior that was asked.</summary>
    internal static Step<Dispute, DisputeFact>? Unit(DisputeDraft draft, string unit, string what) =>
        draft.Occasion.By == unit
            ? null
            : draft.Refuse("not-yours", $"Only {unit} {what}, not {draft.Occasion.By}.");
}
