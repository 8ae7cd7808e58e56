using CsCheck;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>The level's clock and the case's clock against a count on paper, through transfers, standstills and more time.</summary>
public sealed class DisputeClockProperties
{
    private static readonly Gen<DisputeFact> GenFact = Gen.Frequency(
        (6, Gen.Const<DisputeFact>(new DisputeFact.SignedFor())),
        (3, Gen.OneOf("appraisal", "investigation", "force-majeure").Select(kind => (DisputeFact)new DisputeFact.Suspended(kind))),
        (3, Gen.Const<DisputeFact>(new DisputeFact.Resumed())),
        (4, Gen.Int[1, 10].Select(days => (DisputeFact)new DisputeFact.ExtensionAsked(days, ["a", "b"]))),
        (4, Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false))).Select(approved => (DisputeFact)new DisputeFact.ExtensionDecided(approved))),
        (1, Gen.Const<DisputeFact>(new DisputeFact.EscalationAsked())),
        (1, Gen.Const<DisputeFact>(new DisputeFact.ReturnAsked())));

    private static readonly Gen<(int Hours, DisputeFact Fact)[]> GenActs = Gen.Select(Gen.Int[0, 200], GenFact).Array[10, 40];

    [Fact]
    public void The_two_clocks_never_disagree_with_a_count_day_by_day() =>
        Gen.Select(Gen.Int[0, 600 * 24], GenActs).Sample(
            (hours, acts) =>
            {
                var opened = LocalTime.Local("2024-01-02 00:00").AddHours(hours);
                var run = Run(Neighbours.WithConsent() with { OpenedAt = opened });
                run.Open();
                var books = new Books(run, opened);
                foreach (var (later, fact) in acts)
                {
                    var at = run.Now.AddHours(later);
                    while (!run.Ended && run.Kind.Next(run.State) is { } next && next <= at)
                    {
                        var moment = next > run.Now ? next : run.Now;
                        books.Take(moment, null, () => run.Reach(moment));
                    }

                    books.Take(at, fact, () => run.Tell(at, Speaker(run, fact), fact));
                }
            },
            iter: 1000);

    private static string Speaker(CaseRun<Dispute, DisputeFact, DisputeRules> run, DisputeFact fact) =>
        fact is DisputeFact.ExtensionDecided && run.State.Extension is { } wish ? wish.Approver : run.State.Handler;

    /// <summary>Both terms on paper, kept from what is seen to happen.</summary>
    private sealed class Books(CaseRun<Dispute, DisputeFact, DisputeRules> run, DateTimeOffset opened)
    {
        private readonly DayBook total = new(run.Rules.Policies[run.Rules.Process.Total].Period, Local(opened));
        private DayBook? level;

        public void Take(DateTimeOffset at, DisputeFact? fact, Func<Step<Dispute, DisputeFact>> take)
        {
            var before = run.State;
            if (take() is not Step<Dispute, DisputeFact>.Taken)
            {
                return;
            }

            var after = run.State;
            if (before.Suspension is { } stood && after.Suspension is null)
            {
                var to = at < stood.Ends ? at : stood.Ends;
                total.StoodStill(Local(stood.At), Local(to));
                level?.StoodStill(Local(stood.At), Local(to));
            }

            if (fact is DisputeFact.ExtensionDecided { Approved: true })
            {
                level!.Extended(before.Extension!.Days);
            }

            if (fact is DisputeFact.SignedFor)
            {
                level = new DayBook(run.Rules.Policies[run.Rules.At(after.Level).Term].Period, Local(at));
            }

            if (after.Term is { } term)
            {
                Assert.Equal(level!.Due, term.Deadline.Date);
            }

            if (after.Total is { } whole)
            {
                Assert.Equal(total.Due, whole.Deadline.Date);
            }
        }

        private static DateOnly Local(DateTimeOffset at) => ReferenceCounty.Calendar.LocalDate(at);
    }
}
