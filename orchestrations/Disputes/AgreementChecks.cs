using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>What an agreement must satisfy before it is recorded.</summary>
internal static class AgreementChecks
{
    public const int ClausesMax = 30;

    /// <summary>Why the agreement cannot be so; null when it can.</summary>
    public static Step<Dispute, DisputeFact>? Wrong(DisputeDraft draft, DisputeFact.Settled settled)
    {
        if (draft.Rules.Process.Aftercare is not { } rules)
        {
            return settled is { Clauses: null, Signatures: null, Bar: null }
                ? null
                : draft.Refuse("not-followed", "This case lives under rules that keep an agreement by its form and day only.");
        }

        if (settled.Bar is { } bar && !rules.Bars.Any(known => known.Id == bar))
        {
            return draft.Refuse("unknown-bar", $"There is no reason {bar} why a court would not confirm.");
        }

        if (settled is { Form: AgreementForm.Oral, Signatures: not null })
        {
            return draft.Refuse("signatures-oral", "An oral agreement takes effect without signatures.");
        }

        return WrongClause(draft, settled) ?? WrongSignature(draft, settled.Signatures ?? [], settled.On);
    }

    /// <param name="draft">The step.</param>
    /// <param name="signatures">Those that are new.</param>
    /// <param name="agreedOn">Nobody signs what is not agreed yet.</param>
    public static Step<Dispute, DisputeFact>? WrongSignature(
        DisputeDraft draft, IReadOnlyList<Signature> signatures, DateOnly agreedOn)
    {
        HashSet<string> seen = [];
        foreach (var (by, on) in signatures)
        {
            if (by is not (Signature.Mediator or Signature.Seal) && !draft.State.Parties.Any(party => party.Id == by))
            {
                return draft.Refuse("unknown-signer", $"{by} is no party of the dispute, nor mediator or seal.");
            }

            if (!seen.Add(by))
            {
                return draft.Refuse("signed-twice", $"{by} signs once.");
            }

            if (on < agreedOn || on > draft.Today)
            {
                return draft.Refuse("signature-date", $"{Why.Iso(on)} is not between {Why.Iso(agreedOn)}, when it was agreed, and {Why.Iso(draft.Today)}, today.");
            }
        }

        return null;
    }

    private static Step<Dispute, DisputeFact>? WrongClause(DisputeDraft draft, DisputeFact.Settled settled)
    {
        if (settled.Clauses is { Count: 0 or > ClausesMax })
        {
            return draft.Refuse("clause-count", $"An agreement has 1 to {ClausesMax} clauses.");
        }

        foreach (var clause in settled.Clauses ?? [])
        {
            if (clause.Party is { } party && AftercareOwner.NoSuchParty(draft, party) is { } unknown)
            {
                return unknown;
            }

            if (clause.Amount is { } amount && (amount <= 0 || amount != Math.Round(amount, 2)))
            {
                return draft.Refuse("clause-amount", "An amount is more than 0 yuan, with at most two decimals.");
            }

            if (clause.Due < settled.On)
            {
                return draft.Refuse("clause-date", $"{Why.Iso(clause.Due.Value)} is before {Why.Iso(settled.On)}, when it was agreed.");
            }
        }

        return null;
    }
}
