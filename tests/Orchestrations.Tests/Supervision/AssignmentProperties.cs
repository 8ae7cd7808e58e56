using CsCheck;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Tests.Durable;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Supervision.Samples;

namespace Workflows.Orchestrations.Tests.Supervision;

public sealed class AssignmentProperties
{
    private static readonly Gen<AssignmentFact> GenFact = Gen.OneOf<AssignmentFact>(
        new AssignmentFact.SignedFor(),
        new AssignmentFact.SignedFor(),
        new AssignmentFact.Claimed(),
        new AssignmentFact.Claimed(),
        new AssignmentFact.Checked(false),
        new AssignmentFact.Checked(false),
        new AssignmentFact.Checked(true),
        new AssignmentFact.Opened(),
        new AssignmentFact.DateReached());

    private static readonly Gen<(int Hours, bool Outage, string By, AssignmentFact Fact)[]> GenActions = Gen.Select(
        Gen.Int[0, 900], Gen.Int[0, 4].Select(n => n == 0), Gen.OneOf(Unit, Unit, Office, Office, "zfw"), GenFact).Array[0, 20];

    [Fact]
    public void Whatever_is_said_an_open_assignment_is_never_silent_and_says_nothing_twice() =>
        Gen.Select(Gen.Int[-100, 400], Gen.OneOf(Unit, "350322001"), GenActions).Sample(
            (days, unit, actions) =>
            {
                var run = Open(Services with { Id = $"2023-3.T18.{unit}", Unit = unit, Due = LocalTime.Day("2025-09-26").AddDays(days) });
                foreach (var (hours, outage, by, fact) in actions)
                {
                    var at = run.Now.AddHours(hours);
                    ReachDates(run, at, outage);
                    var before = (run.Ended, Starts: run.Starts.Count);
                    CaseChecks.Step(run, run.Tell(at, by == Unit ? unit : by, fact));
                    Assert.True(!before.Ended || run.Starts.Count == before.Starts, "Nothing is said after the end.");
                    CheckLight(run);
                }

                // However it stands, the unit can finish and the office can strike it off.
                var end = run.Now.AddHours(1);
                ReachDates(run, end, outage: true);
                run.Tell(end, unit, new AssignmentFact.SignedFor());
                run.Tell(end, unit, new AssignmentFact.Claimed());
                run.Tell(end, Office, new AssignmentFact.Checked(true));
                Assert.True(run.Ended);
                Assert.Empty(run.State.Clocks);
                CaseChecks.Whole(run);
            },
            iter: 400);

    private static readonly Gen<AssignmentFact> GenAnything = Gen.OneOf(
        GenFact,
        Gen.OneOf<AssignmentFact>(
            new AssignmentFact.FeedbackGiven(),
            new AssignmentFact.FeedbackGiven("2025-10"),
            new AssignmentFact.FeedbackGiven("2025-11", [new Figure("I01", 40, LocalTime.Day("2025-11-01"))]),
            new AssignmentFact.FeedbackGiven("2025-12"),
            new AssignmentFact.ExtensionAsked(LocalTime.Day("2026-01-20")),
            new AssignmentFact.ExtensionDecided(true),
            new AssignmentFact.ExtensionDecided(false),
            new AssignmentFact.Suspended("force-majeure"),
            new AssignmentFact.Suspended("waits-for-others"),
            new AssignmentFact.Resumed(),
            new AssignmentFact.ObjectionRaised(),
            new AssignmentFact.ObjectionDecided(false),
            new AssignmentFact.ObjectionDecided(true),
            new AssignmentFact.MatterLinked("2026-1.T02")));

    [Fact]
    public void Under_the_whole_rules_too_an_open_assignment_always_waits_for_a_date_and_can_be_finished() =>
        Gen.Select(
            Gen.OneOf(Cadence.Monthly, Cadence.Quarterly, Cadence.Milestones, Cadence.None),
            Gen.Select(Gen.Int[0, 900], Gen.Int[0, 4].Select(n => n == 0), Gen.OneOf(Unit, Unit, Office, Office, "zfw"), GenAnything).Array[0, 25]).Sample(
            (cadence, actions) =>
            {
                var run = Supervised(Reported with { Cadence = cadence, Milestones = [LocalTime.Day("2025-11-15"), LocalTime.Day("2026-03-31")] }, signed: null);
                foreach (var (hours, outage, by, fact) in actions)
                {
                    var at = run.Now.AddHours(hours);
                    ReachDates(run, at, outage, lights: false);
                    var before = (run.Ended, Starts: run.Starts.Count);
                    CaseChecks.Step(run, run.Tell(at, by, fact));
                    Assert.True(!before.Ended || run.Starts.Count == before.Starts, "Nothing is said after the end.");
                    Assert.True(run.State.Standstill is null || run.State.Feedback?.Clock.IsOverdue != true || AssignmentLight.Of(run.State, run.Rules).Color != "red", "What stands still is not red.");
                    Assert.Equal(run.State.Missed?.Count ?? 0, run.State.Missed?.Distinct().Count() ?? 0);
                    AgreesDayByDay(run);
                }

                var end = run.Now.AddHours(1);
                ReachDates(run, end, outage: true, lights: false);
                run.Tell(end, Unit, new AssignmentFact.Resumed());
                run.Tell(end, Unit, new AssignmentFact.SignedFor());
                run.Tell(end, Unit, new AssignmentFact.Claimed());
                run.Tell(end, Office, new AssignmentFact.Checked(true));
                Assert.True(run.Ended);
                Assert.Empty(run.State.Clocks);
                CaseChecks.Whole(run);
            },
            iter: 600);

    /// <summary>A period that is waited for is due on the fifth workday after its end, counted one day at a time, unless a standstill moved it.</summary>
    private static void AgreesDayByDay(CaseRun<Assignment, AssignmentFact, SupervisionRules> run)
    {
        if (run.State is not { Feedback: { } term, Standstills: null })
        {
            return;
        }

        var day = term.To;
        for (var worked = 0; worked < 5;)
        {
            day = day.AddDays(1);
            worked += run.Rules.Calendar.IsWorkday(day) ? 1 : 0;
        }

        Assert.Equal(day, term.Clock.Deadline.Date);
        Assert.True(run.State.Feedbacks?.Any(given => given.Period == term.Period) != true, "What was given is not asked for again.");
        Assert.True(run.State.Missed?.Contains(term.Period) != true);
    }

    private static void ReachDates(
        CaseRun<Assignment, AssignmentFact, SupervisionRules> run, DateTimeOffset until, bool outage, bool lights = true)
    {
        var (moment, steps) = (DateTimeOffset.MinValue, 0);
        while (run.Kind.Next(run.State) is { } next && next <= until)
        {
            var at = outage ? until : next > run.Now ? next : run.Now;
            steps = at > moment ? 1 : steps + 1;
            moment = at;
            Assert.True(steps <= 100, "More than a hundred dates at one instant.");
            var step = run.Reach(at);
            Assert.IsType<Step<Assignment, AssignmentFact>.Taken>(step);
            CaseChecks.Step(run, step);
            if (lights)
            {
                CheckLight(run);
            }
        }
    }

    private static void CheckLight(CaseRun<Assignment, AssignmentFact, SupervisionRules> run) =>
        Assert.Equal(CaseChecks.Light(run.State.Clocks, heldUp: false), run.Kind.Card(run.State, run.Rules).Light);
}
