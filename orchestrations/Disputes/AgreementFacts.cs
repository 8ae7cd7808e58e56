using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>What becomes of an agreement: signed, confirmed by the court, performed or not.</summary>
internal static class AgreementFacts
{
    public static Step<Dispute, DisputeFact> Sign(DisputeDraft draft, DisputeFact.AgreementSigned signed)
    {
        if (Speakers.Handler(draft) is { } refusal)
        {
            return refusal;
        }

        if (draft.State.Outcome!.Agreement is not { On: null, Signatures: { } before } agreement)
        {
            return draft.Refuse("nothing-to-sign", "There is no written agreement that waits for signatures.");
        }

        if (signed.Signatures.Count == 0)
        {
            return draft.Refuse("no-signature", "At least one signature is needed.");
        }

        IReadOnlyList<Signature> all = [.. before, .. signed.Signatures];
        if (AgreementChecks.WrongSignature(draft, all, agreement.AgreedOn!.Value) is { } wrong)
        {
            return wrong;
        }

        var counted = AgreementEffect.Counted(draft, agreement with { Signatures = all });
        draft.State = draft.State with { Outcome = draft.State.Outcome with { Agreement = counted } };
        var signers = string.Join(", ", signed.Signatures.Select(signature => signature.By));
        draft.Line("AgreementSigned", $"Signed: {signers}.", $"补签：{SignersZh(signed.Signatures.Select(signature => signature.By))}。");
        if (counted.On is { } on)
        {
            draft.State = draft.State with { Aftercare = AftercareFacts.Finish(draft.State.Aftercare!, FollowUpKind.Signatures) };
            AftercareStart.TakeEffect(draft, counted);
            var (confirmation, confirmationZh) = AgreementEffect.ConfirmationWords(draft, counted);
            draft.Line(
                "TookEffect",
                $"The agreement is in effect from {Why.Iso(on)}; {confirmation}.",
                $"协议自{DeadlineText.Zh(on)}起生效，{confirmationZh}。",
                counted.Confirmation);
            AgreementEffect.Say(draft, counted);
        }

        return AftercareDates.Done(draft);
    }

    public static Step<Dispute, DisputeFact> Apply(DisputeDraft draft, DateOnly on)
    {
        if ((Speakers.HandlerOrAbove(draft) ?? NotInEffect(draft)) is { } refusal)
        {
            return refusal;
        }

        var (aftercare, agreement) = (draft.State.Aftercare!, draft.State.Outcome!.Agreement!);
        switch (aftercare.Confirmation!.State)
        {
            case ConfirmationState.Barred:
                var bar = AgreementEffect.BarOf(draft, agreement);
                return draft.Refuse("confirmation-barred", $"A court would not confirm it: {bar.Reason} ({bar.Source}).");
            case ConfirmationState.Applied or ConfirmationState.Confirmed or ConfirmationState.Rejected:
                return draft.Refuse("already-applied", "Confirmation has been asked for already.");
        }

        // One that was handed in on the last day is in time, however late it is told here.
        var last = agreement.Confirmation!.Date < draft.Today ? agreement.Confirmation.Date : draft.Today;
        if (on < agreement.On || on > last)
        {
            return draft.Refuse("confirmation-date", $"{Why.Iso(on)} is not between {Why.Iso(agreement.On!.Value)}, when it took effect, and {Why.Iso(last)}.");
        }

        var due = Deadlines.Always(draft.Rules.Policies[draft.Rules.Process.Aftercare!.Court], on, draft.Rules.Calendar);
        aftercare = AftercareFacts.Finish(aftercare, FollowUpKind.Confirmation) with { Confirmation = new Confirmation(ConfirmationState.Applied, on) };
        draft.State = draft.State with { Aftercare = aftercare.With(new FollowUp(FollowUpKind.Court, draft.Start(due))) };
        draft.Line("ConfirmationApplied", $"The parties asked the court for confirmation on {Why.Iso(on)}.", $"双方于{DeadlineText.Zh(on)}共同申请司法确认。", due);
        return AftercareDates.Done(draft);
    }

    public static Step<Dispute, DisputeFact> CourtDecided(DisputeDraft draft, DisputeFact.ConfirmationDecided decided)
    {
        if ((Speakers.HandlerOrAbove(draft) ?? NotInEffect(draft)) is { } refusal)
        {
            return refusal;
        }

        if (draft.State.Aftercare!.Confirmation is not { State: ConfirmationState.Applied, AppliedOn: { } applied } confirmation)
        {
            return draft.Refuse("not-applied", "No application for confirmation waits for a decision.");
        }

        if (decided.On < applied || decided.On > draft.Today)
        {
            return draft.Refuse("decision-date", $"{Why.Iso(decided.On)} is not between {Why.Iso(applied)}, when it was asked for, and {Why.Iso(draft.Today)}, today.");
        }

        draft.State = draft.State with
        {
            Aftercare = AftercareFacts.Finish(draft.State.Aftercare, FollowUpKind.Court) with
            {
                Confirmation = confirmation with
                {
                    State = decided.IsConfirmed ? ConfirmationState.Confirmed : ConfirmationState.Rejected,
                    DecidedOn = decided.On,
                },
            },
        };
        draft.Line(
            decided.IsConfirmed ? "Confirmed" : "ConfirmationRejected",
            $"The court {(decided.IsConfirmed ? "confirmed the agreement" : "rejected confirmation")} on {Why.Iso(decided.On)}.",
            $"人民法院于{DeadlineText.Zh(decided.On)}{(decided.IsConfirmed ? "确认协议有效" : "驳回司法确认申请")}。");
        return AftercareDates.Done(draft);
    }

    public static Step<Dispute, DisputeFact> Performed(DisputeDraft draft, int number)
    {
        if ((AftercareOwner.NotOfTheCase(draft) ?? NotInEffect(draft) ?? NoSuchClause(draft, number)) is { } refusal)
        {
            return refusal;
        }

        Say(draft, number, ClauseState.Performed);
        draft.Line("ClausePerformed", $"Clause {AftercareOwner.Number(number)} is performed.", $"协议第{number}条已履行。");
        return AftercareDates.Done(draft);
    }

    public static Step<Dispute, DisputeFact> NotPerformed(DisputeDraft draft, DisputeFact.ClauseNotPerformed failed)
    {
        var refusal = AftercareOwner.NotOfTheCase(draft) ?? NotInEffect(draft) ?? NoSuchClause(draft, failed.Clause)
            ?? AftercareOwner.NoSuchParty(draft, failed.Party);
        if (refusal is not null)
        {
            return refusal;
        }

        var clause = draft.State.Outcome!.Agreement!.Clauses![failed.Clause - 1];
        if (clause.Due >= draft.Today)
        {
            return draft.Refuse("not-due", $"Clause {AftercareOwner.Number(failed.Clause)} is due by {Why.Iso(clause.Due.Value)}.");
        }

        if (clause.Party is { } bound && bound != failed.Party)
        {
            return draft.Refuse("not-bound", $"Clause {AftercareOwner.Number(failed.Clause)} binds {bound}, not {failed.Party}.");
        }

        if (draft.State.Aftercare!.Clauses![failed.Clause - 1].State == ClauseState.NotPerformed)
        {
            return draft.Refuse("already-told", $"It is on record that clause {AftercareOwner.Number(failed.Clause)} is not performed.");
        }

        Say(draft, failed.Clause, ClauseState.NotPerformed, failed.Party);
        var confirmed = draft.State.Aftercare!.Confirmation!.State == ConfirmationState.Confirmed;
        var ways = draft.Rules.Process.Aftercare!.Unperformed;
        draft.Line(
            "ClauseNotPerformed",
            $"Clause {AftercareOwner.Number(failed.Clause)} is not performed by {failed.Party}; the handler is told the lawful way {(confirmed ? "of a confirmed agreement" : "of one that is not confirmed")}.",
            $"当事人{failed.Party}未履行协议第{failed.Clause}条，告知{(confirmed ? "申请强制执行" : "起诉")}途径。",
            textId: draft.Occasion.Id);
        draft.Say(
            "dispute-not-performed",
            draft.State.Handler,
            copies: [draft.Superior(draft.State.Handler)],
            of: AftercareOwner.Number(failed.Clause),
            more: [("about", $"第{failed.Clause}条"), ("way", (confirmed ? ways.Confirmed : ways.Unconfirmed).Cited)]);
        return AftercareDates.Done(draft);
    }

    public static string SignersZh(IEnumerable<string> signers) => string.Join("、", signers.Select(signer => signer switch
    {
        Signature.Mediator => "调解员",
        Signature.Seal => "调解委员会印章",
        _ => $"当事人{signer}",
    }));

    private static void Say(DisputeDraft draft, int number, ClauseState state, string? failedBy = null)
    {
        var aftercare = draft.State.Aftercare!;
        var about = AftercareOwner.Number(number);
        if (aftercare.Clauses![number - 1].State == ClauseState.Unknown || aftercare.Find(FollowUpKind.Performance, about) is not null)
        {
            aftercare = AftercareFacts.Finish(aftercare, FollowUpKind.Performance, about);
        }

        draft.State = draft.State with
        {
            Aftercare = aftercare.With(new ClauseAftercare(number, state, draft.Today, failedBy, failedBy is null ? null : draft.Occasion.Id)),
        };
    }

    private static Step<Dispute, DisputeFact>? NotInEffect(DisputeDraft draft) =>
        draft.State.Aftercare!.Clauses is null ? draft.Refuse("not-in-effect", "There is no agreement in effect.") : null;

    /// <summary>A clause that is performed stays so; one that was not may be performed late.</summary>
    private static Step<Dispute, DisputeFact>? NoSuchClause(DisputeDraft draft, int number)
    {
        var clauses = draft.State.Aftercare!.Clauses!;
        return number < 1 || number > clauses.Count ? draft.Refuse("unknown-clause", $"The agreement has clauses 1 to {AftercareOwner.Number(clauses.Count)}.")
            : clauses[number - 1].State == ClauseState.Performed ? draft.Refuse("already-performed", $"Clause {AftercareOwner.Number(number)} is performed already.")
            : null;
    }
}
