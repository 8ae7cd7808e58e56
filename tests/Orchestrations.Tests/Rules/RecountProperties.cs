using CsCheck;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Tests.Durable;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using Office = Workflows.Orchestrations.Tests.Supervision.Samples;

namespace Workflows.Orchestrations.Tests.Rules;

/// <summary>Whatever a case went through, counting it anew is exact, can be taken back, and says nothing twice.</summary>
public sealed class RecountProperties
{
    private static readonly Gen<DisputeFact> GenFact = Gen.Frequency(
        (4, Gen.Const<DisputeFact>(new DisputeFact.SignedFor())),
        (3, Gen.OneOf("appraisal", "investigation").Select(kind => (DisputeFact)new DisputeFact.Suspended(kind))),
        (4, Gen.Const<DisputeFact>(new DisputeFact.Resumed())),
        (3, Gen.Int[1, 6].Select(days => (DisputeFact)new DisputeFact.ExtensionAsked(days, ["a", "b"]))),
        (2, Gen.OneOf("mzj", "gaj").Select(unit => (DisputeFact)new DisputeFact.AssistAsked(unit))),
        (1, Gen.Const<DisputeFact>(new DisputeFact.ReturnAsked())),
        (1, Gen.Const<DisputeFact>(new DisputeFact.Settled(AgreementForm.Oral, LocalTime.Day("2025-09-26")))),
        (1, Gen.OneOf("a", "b").Select(party => (DisputeFact)new DisputeFact.ConsentAnswered(party, ConsentToGoUp.Once))));

    private static readonly Gen<CaseRun<Dispute, DisputeFact, DisputeRules>> GenRun = Gen
        .Select(Gen.Int[0, 24 * 900], Gen.Select(Gen.Int[0, 200], GenFact).Array[0, 15])
        .Select((hours, actions) => Lived(hours, actions));

    /// <summary>Other lengths and units for every policy, another day off in every month, and other reminders.</summary>
    private static readonly Gen<DisputeRules> GenRules = Gen
        .Select(Gen.Int[-3, 8], Gen.OneOf(PeriodUnit.Day, PeriodUnit.WorkingDay, PeriodUnit.Month), Gen.Bool, Gen.Int[1, 28], Gen.Bool)
        .Select((more, unit, changesUnit, off, included) => OtherRules.Followed with
        {
            Policies = OtherRules.Policies(policy => policy.Period.Unit == PeriodUnit.Hour ? policy : policy with
            {
                Period = policy.Period with
                {
                    Amount = Math.Max(1, policy.Period.Amount + more),
                    Unit = changesUnit ? unit : policy.Period.Unit,
                    Start = included ? StartDay.Included : policy.Period.Start,
                },
            }),
            Calendar = ReferenceCounty.Calendar.With(new CalendarYear(
                2025, [.. Enumerable.Range(1, 12).Select(month => new DateOnly(2025, month, off))], [], [])),
        });

    [Fact]
    public void The_same_content_moves_nothing() => GenRun.Sample(
        run =>
        {
            var recount = DisputeRecount.Of(run.State, OtherRules.Followed, run.Now);

            Assert.Null(recount.Keeps);
            Assert.Empty(recount.Moved);
            Assert.Equal(Wire.Write(run.State with { Rules = OtherRules.Version }), Wire.Write(recount.State));
        },
        iter: 1_500);

    [Fact]
    public void There_and_back_gives_the_same_dates() => Gen.Select(GenRun, GenRules).Sample(
        (run, rules) =>
        {
            var there = DisputeRecount.Of(run.State, rules, run.Now);
            var back = DisputeRecount.Of(there.State, ReferenceCounty.Followed, run.Now);

            Assert.Equal(Dates(run.State), Dates(back.State));
            Assert.Equal(
                there.Moved.Select(date => (date.Clock, date.Of, date.From.Date, date.To.Date)),
                back.Moved.Select(date => (date.Clock, date.Of, date.To.Date, date.From.Date)));
        },
        iter: 1_500);

    [Fact]
    public void A_changed_case_says_nothing_twice_and_ends() => Gen.Select(GenRun, GenRules, Gen.Int[0, 400]).Sample(
        (run, rules, hours) =>
        {
            run.Change(run.Now.AddHours(hours), rules);
            CaseChecks.Whole(run);
            run.RunOut();

            Assert.True(run.Ended);
            CaseChecks.Whole(run);
        },
        iter: 500);

    [Fact]
    public void An_assignment_counted_there_and_back_has_the_same_dates_and_says_nothing_twice() => Gen
        .Select(Gen.Int[0, 2_000], Gen.Int[0, 900], Gen.Int[1, 20], Gen.Int[0, 3])
        .Sample(
            (before, after, amount, steps) =>
            {
                var run = Office.Open();
                run.RunUntil(run.Now.AddHours(before));
                AssignmentFact[] told = [new AssignmentFact.SignedFor(), new AssignmentFact.Claimed(), new AssignmentFact.Checked(false)];
                for (var step = 0; step < steps; step++)
                {
                    run.Tell(run.Now, step == 2 ? Office.Office : Office.Unit, told[step]);
                }

                var rules = OtherRules.Supervision with
                {
                    Policies = OtherRules.Policies(policy => policy with { Period = policy.Period with { Amount = amount } }),
                };
                var there = AssignmentRecount.Of(run.State, rules, run.Now);
                var back = AssignmentRecount.Of(there.State, ReferenceCounty.Supervision, run.Now);
                Assert.Equal(
                    run.State.Clocks.Select(clock => clock.Deadline.At),
                    back.State.Clocks.Select(clock => clock.Deadline.At));

                run.Change(run.Now.AddHours(after), rules);
                run.RunUntil(run.Now.AddDays(400));
                CaseChecks.Whole(run);
            },
            iter: 500);

    private static CaseRun<Dispute, DisputeFact, DisputeRules> Lived(int hours, IEnumerable<(int Hours, DisputeFact Fact)> actions)
    {
        var run = new CaseRun<Dispute, DisputeFact, DisputeRules>(
            new DisputeEscalation(),
            Neighbours with { Rules = ReferenceCounty.FollowedVersion, OpenedAt = LocalTime.Local("2025-01-01 08:00").AddHours(hours) },
            ReferenceCounty.Followed);
        run.Open();
        foreach (var (later, fact) in actions)
        {
            run.RunUntil(run.Now.AddHours(later));
            if (run.Ended)
            {
                break;
            }

            var said = fact is DisputeFact.Settled settled ? settled with { On = run.Rules.Calendar.LocalDate(run.Now) } : fact;
            run.Tell(run.Now, run.State.Handler, said);
            if (run.State.Extension is { } wish && later % 2 == 0)
            {
                run.Tell(run.Now, wish.Approver, new DisputeFact.ExtensionDecided(true));
            }
        }

        return run;
    }

    private static IEnumerable<string> Dates(Dispute dispute) => DisputeClocks.Of(dispute)
        .Select(running => (running.Name, running.Of, running.Clock))
        .Concat((dispute.Aftercare?.Open ?? []).Select(item => (item.Kind.ToString(), item.About ?? "", item.Clock)))
        .Select(entry => FormattableString.Invariant($"{entry.Item1} {entry.Item2} {entry.Clock.Deadline.At:u} {string.Join(" | ", entry.Clock.Deadline.Why.Select(step => step.Text))}"));
}
