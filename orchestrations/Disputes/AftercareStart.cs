namespace Workflows.Orchestrations.Disputes;

/// <summary>What is followed after an end: everything that the kind of end allows, each with its clock.</summary>
internal static class AftercareStart
{
    public static void Begin(DisputeDraft draft)
    {
        if (draft.Rules.Process.Aftercare is not { } rules || !IsFollowed(draft.State.Status))
        {
            return;
        }

        draft.State = draft.State with
        {
            Aftercare = new Aftercare([], [.. draft.State.Parties.Select(party => new PartyAftercare(party.Id))]),
        };
        if (draft.State.Outcome!.Agreement is { } agreement)
        {
            if (agreement.On is null)
            {
                CollectSignatures(draft, agreement);
            }
            else
            {
                TakeEffect(draft, agreement);
            }
        }

        // Whoever refuses mediation is not called and not asked again; it may still say what it thinks of it.
        if (draft.State.Status != DisputeStatus.Refused)
        {
            Follow(draft, FollowUpKind.CallBack, rules.CallBack);
        }

        Follow(draft, FollowUpKind.Rating, rules.Rating);
        Follow(draft, FollowUpKind.ReviewAsking, rules.ReviewAsking);
        if (AftercareReopening.IsReopenable(draft.State.Status) && draft.State.Reopenings < rules.ReopeningsMax)
        {
            Follow(draft, FollowUpKind.Reopening, rules.Reopening);
        }
    }

    /// <summary>The agreement is in effect: it can be confirmed, and its clauses must be performed.</summary>
    public static void TakeEffect(DisputeDraft draft, Agreement agreement)
    {
        var rules = draft.Rules.Process.Aftercare!;
        var aftercare = draft.State.Aftercare! with
        {
            Confirmation = new Confirmation(agreement.Bar is null ? ConfirmationState.Possible : ConfirmationState.Barred),
            Clauses = [.. agreement.Clauses!.Select(clause => new ClauseAftercare(clause.Number))],
        };
        if (agreement.Confirmation is { } until)
        {
            aftercare = aftercare.With(new FollowUp(FollowUpKind.Confirmation, draft.Start(until)));
        }

        foreach (var clause in agreement.Clauses!)
        {
            if (clause.Due is { } due)
            {
                aftercare = aftercare.With(new FollowUp(
                    FollowUpKind.Performance, draft.Until(rules.Performance, due), AftercareOwner.Number(clause.Number)));
            }
        }

        draft.State = draft.State with { Aftercare = aftercare };
    }

    public static FollowUp Follow(DisputeDraft draft, FollowUpKind kind, string policy, string? about = null)
    {
        var item = new FollowUp(kind, draft.Start(policy), about);
        draft.State = draft.State with { Aftercare = draft.State.Aftercare!.With(item) };
        return item;
    }

    private static bool IsFollowed(DisputeStatus status) =>
        status is DisputeStatus.Settled or DisputeStatus.Refused or DisputeStatus.Withdrawn or DisputeStatus.Failed;

    private static void CollectSignatures(DisputeDraft draft, Agreement agreement)
    {
        var item = Follow(draft, FollowUpKind.Signatures, draft.Rules.Process.Aftercare!.Signatures);
        draft.Say(
            "dispute-signatures-missing",
            draft.State.Handler,
            due: item.Clock.Deadline,
            more: ("missing", AgreementFacts.SignersZh(agreement.MissingSignatures(draft.State.Parties))));
    }
}
