using CsCheck;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Tests.Durable;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>Whatever is said after an end.</summary>
public sealed class AftercareProperties
{
    private static readonly Gen<string> GenParty = Gen.OneOf("a", "b", "c");

    private static readonly Gen<DateOnly> GenDay = Gen.Int[0, 80].Select(days => Day("2025-10-08").AddDays(days));

    private static readonly Gen<Signature> GenSignature =
        Gen.Select(Gen.OneOf("a", "b", Signature.Mediator, Signature.Seal), GenDay, (by, on) => new Signature(by, on));

    private static readonly Gen<ClauseTerms> GenClause = Gen.Select(
        Gen.OneOf((string?)"a", "b", null), Gen.Bool, GenDay, (party, dated, day) => new ClauseTerms(party, null, dated ? day.AddDays(2) : null));

    private static readonly Gen<DisputeFact> GenEnd = Gen.OneOf(
        Gen.Select(Gen.Enum<AgreementForm>(), GenClause.Array[1, 3], GenSignature.Array[0, 4], Gen.OneOf((string?)null, "identity"), (form, clauses, signatures, bar) =>
            (DisputeFact)new DisputeFact.Settled(
                form,
                Day("2025-10-10"),
                clauses,
                form == AgreementForm.Written ? [.. signatures.DistinctBy(known => known.By).Select(known => known with { On = Day("2025-10-10") })] : null,
                bar)),
        GenParty.Select(party => (DisputeFact)new DisputeFact.Refused(party)),
        Gen.Const<DisputeFact>(new DisputeFact.Withdrawn("a")));

    private static readonly Gen<DisputeFact> GenFact = Gen.OneOf(
        GenSignature.Array[1, 2].Select(signatures => (DisputeFact)new DisputeFact.AgreementSigned(signatures)),
        GenDay.Select(day => (DisputeFact)new DisputeFact.ConfirmationApplied(day)),
        Gen.Select(Gen.Bool, GenDay, (yes, day) => (DisputeFact)new DisputeFact.ConfirmationDecided(yes, day)),
        Gen.Int[1, 3].Select(clause => (DisputeFact)new DisputeFact.ClausePerformed(clause)),
        Gen.Select(Gen.Int[1, 3], GenParty, (clause, party) => (DisputeFact)new DisputeFact.ClauseNotPerformed(clause, party)),
        Gen.Select(GenParty, Gen.Enum<CallBackResult>(), (party, result) => (DisputeFact)new DisputeFact.CalledBack(party, result)),
        Gen.Select(GenParty, Gen.Int[1, 5], (party, stars) => (DisputeFact)new DisputeFact.Rated(party, stars)),
        GenParty.Select(party => (DisputeFact)new DisputeFact.MendTold(party)),
        GenParty.Select(party => (DisputeFact)new DisputeFact.ReviewAsked(party)),
        Gen.Select(GenParty, Gen.Enum<ReviewOutcome>(), (party, outcome) => (DisputeFact)new DisputeFact.ReviewAnswered(party, outcome)),
        GenParty.Select(party => (DisputeFact)new DisputeFact.Reopened(party)),
        Gen.Const<DisputeFact>(new DisputeFact.SignedFor()));

    private static readonly Gen<(int Hours, bool Late, int Speaker, DisputeFact Fact)[]> GenActions =
        Gen.Select(Gen.Int[0, 200], Gen.Int[0, 4].Select(n => n == 0), Gen.Int[0, 4], GenFact).Array[0, 25];

    [Fact]
    public void Whatever_is_said_after_an_end_the_case_closes_and_nothing_is_said_twice_or_after_that() =>
        Gen.Select(GenEnd, GenActions).Sample(
            (end, actions) =>
            {
                var run = Ended.Mediating();
                run.Tell(Ended.At, Village, end);
                foreach (var (hours, late, speaker, fact) in actions)
                {
                    var at = run.Now.AddHours(hours);
                    if (!late)
                    {
                        run.RunUntil(at);
                    }

                    var before = (run.Ended, run.State.ClosedAt, Starts: run.Starts.Count, Written: run.Journal.Count);
                    var step = run.Tell(at, Speaker(run, speaker, fact), fact, speaker == 0 ? "party" : "window");
                    CaseChecks.Step(run, step);
                    Assert.True(!before.Ended || (run.Starts.Count, run.Journal.Count) == (before.Starts, before.Written), "Nothing after the close.");
                    Assert.True(!before.Ended || run.State.ClosedAt == before.ClosedAt);
                }

                run.RunOut();

                Assert.True(run.Ended);
                Assert.Empty(run.State.Clocks);
                Assert.Empty(run.State.Aftercare!.Open);
                Assert.Single(run.Journal, entry => entry.Line.What == "Closed");
                Assert.Equal("Closed", run.Journal[^1].Line.What);
                Assert.Equal(run.State.ClosedAt, run.Journal[^1].At);
                Assert.DoesNotContain(run.Notices, notice => notice.DecidedAt > run.State.ClosedAt);
                Assert.DoesNotContain(run.Notices, notice =>
                    notice.Template.EndsWith("-overdue", StringComparison.Ordinal) && notice.To == Village);
                CaseChecks.Whole(run);
                Assert.IsType<Step<Dispute, DisputeFact>.Nothing>(run.Reach(run.Now.AddYears(1)));
            },
            iter: 600);

    [Fact]
    public void A_rating_never_changes_the_outcome_nor_the_status() =>
        Gen.Select(GenEnd, Gen.Select(GenParty, Gen.Int[-1, 7]).Array[1, 8]).Sample(
            (end, ratings) =>
            {
                var run = Ended.Mediating();
                run.Tell(Ended.At, Village, end);
                var (outcome, status) = (run.State.Outcome, run.State.Status);
                foreach (var (party, stars) in ratings)
                {
                    run.Tell(run.Now.AddHours(1), $"party:{party}", new DisputeFact.Rated(party, stars), "party");
                    Assert.Same(outcome, run.State.Outcome);
                    Assert.Equal(status, run.State.Status);
                }
            },
            iter: 200);

    private static string Speaker(CaseRun<Dispute, DisputeFact, DisputeRules> run, int speaker, DisputeFact fact) => speaker switch
    {
        0 => fact switch
        {
            DisputeFact.Rated rated => $"party:{rated.Party}",
            DisputeFact.ReviewAsked asked => $"party:{asked.Party}",
            DisputeFact.Reopened reopened => $"party:{reopened.Party}",
            _ => "party:a",
        },
        1 => "mzj",
        _ => fact is DisputeFact.ReviewAnswered ? Township : run.State.Handler,
    };
}
