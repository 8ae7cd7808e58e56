using Workflows.Orchestrations.Disputes;

namespace Workflows.Server.Tests.Year;

/// <summary>
/// What people do about an agreement and after an end: sign, perform or not, go to court, call, rate, mend, ask for a
/// review, have the case taken up again. Much of it is never done. Seeded.
/// </summary>
internal sealed class YearAfterTheEnd(Random random)
{
    public DisputeFact.Settled Agrees(Dispute state, DateOnly today)
    {
        if (Of1000(400))
        {
            return new DisputeFact.Settled(AgreementForm.Oral, today);
        }

        var bound = Any(state.Parties).Id;
        ClauseTerms[] clauses = [new(bound, 100m * (1 + random.Next(50)), today.AddDays(5 + random.Next(60))), new(null, null, null)];
        Signature[] signed = [.. state.Parties.Select(party => new Signature(party.Id, today)), new(Signature.Mediator, today), new(Signature.Seal, today)];
        return new DisputeFact.Settled(AgreementForm.Written, today, clauses, Of1000(600) ? signed : signed[..^1]);
    }

    public (string By, DisputeFact Fact)? Act(Dispute state, Aftercare aftercare, DateOnly today)
    {
        if (aftercare.Parties.FirstOrDefault(party => party.Review is { Outcome: null })?.Review is { } review && Of1000(80))
        {
            return (review.Reviewer, new DisputeFact.ReviewAnswered(Reviewed(aftercare), Of1000(500) ? ReviewOutcome.Upheld : ReviewOutcome.Reopen));
        }

        return Said(state, aftercare, today) is { } fact ? (state.Handler, fact) : null;
    }

    private DisputeFact? Said(Dispute state, Aftercare aftercare, DateOnly today)
    {
        var party = Any(state.Parties).Id;
        return random.Next(1000) switch
        {
            < 40 when aftercare.Find(FollowUpKind.Signatures) is not null => new DisputeFact.AgreementSigned([new(Signature.Seal, today)]),
            < 30 when aftercare.Confirmation?.State == ConfirmationState.Possible => new DisputeFact.ConfirmationApplied(today),
            < 80 when aftercare.Confirmation?.State == ConfirmationState.Applied => new DisputeFact.ConfirmationDecided(Of1000(800), today),
            < 120 when aftercare.Clauses?.FirstOrDefault(clause => clause.State != ClauseState.Performed) is { } clause =>
                Of1000(850) ? new DisputeFact.ClausePerformed(clause.Number) : new DisputeFact.ClauseNotPerformed(clause.Number, party),
            < 200 when aftercare.Parties.FirstOrDefault(known => known.Mended == false) is { } poor => new DisputeFact.MendTold(poor.Id),
            < 260 => new DisputeFact.CalledBack(party, Any(Enum.GetValues<CallBackResult>())),
            < 272 => new DisputeFact.Rated(party, 1 + random.Next(AftercareStars)),
            < 276 => new DisputeFact.ReviewAsked(party),
            < 279 => new DisputeFact.Reopened(party),
            _ => null,
        };
    }

    private const int AftercareStars = 5;

    private static string Reviewed(Aftercare aftercare) => aftercare.Parties.First(party => party.Review is { Outcome: null }).Id;

    private bool Of1000(int parts) => random.Next(1000) < parts;

    private T Any<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
