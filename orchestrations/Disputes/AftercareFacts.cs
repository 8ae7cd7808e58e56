using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>What can happen to a dispute after its end.</summary>
internal static class AftercareFacts
{
    /// <summary>The answer; null when the fact belongs to the time before the end.</summary>
    public static Step<Dispute, DisputeFact>? Decide(DisputeDraft draft, DisputeFact fact)
    {
        Func<Step<Dispute, DisputeFact>>? take = fact switch
        {
            DisputeFact.AgreementSigned signed => () => AgreementFacts.Sign(draft, signed),
            DisputeFact.ConfirmationApplied applied => () => AgreementFacts.Apply(draft, applied.On),
            DisputeFact.ConfirmationDecided decided => () => AgreementFacts.CourtDecided(draft, decided),
            DisputeFact.ClausePerformed performed => () => AgreementFacts.Performed(draft, performed.Clause),
            DisputeFact.ClauseNotPerformed failed => () => AgreementFacts.NotPerformed(draft, failed),
            DisputeFact.CalledBack called => () => AftercareVoices.Called(draft, called),
            DisputeFact.Rated rated => () => AftercareVoices.Rate(draft, rated),
            DisputeFact.MendTold told => () => AftercareVoices.Mend(draft, told.Party),
            DisputeFact.ReviewAsked asked => () => AftercareReview.Ask(draft, asked.Party),
            DisputeFact.ReviewAnswered answered => () => AftercareReview.Answer(draft, answered),
            DisputeFact.FileAdded added when draft.State.Outcome is not null && draft.Rules.Process.Aftercare?.Files == true => () => DisputeDecider.AddFile(draft, added),
            DisputeFact.Reopened reopened => () => AftercareReopening.Reopen(draft, reopened.Party),
            _ => null,
        };
        return take is null ? null
            : draft.State.Outcome is null ? draft.Refuse("not-ended", $"This is said after the end only; the dispute is {draft.State.Status}.")
            : take();
    }

    /// <summary>The follow-up is done: it runs no more, and is not left undone either.</summary>
    public static Aftercare Finish(Aftercare aftercare, FollowUpKind kind, string? about = null)
    {
        if (aftercare.Find(kind, about) is { } item)
        {
            return aftercare.Without(item);
        }

        var left = (aftercare.Left ?? []).ToList();
        left.Remove(kind);
        return aftercare with { Left = left.Count > 0 ? left : null };
    }
}
