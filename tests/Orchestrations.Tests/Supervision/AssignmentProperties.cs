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

    private static void ReachDates(
        CaseRun<Assignment, AssignmentFact, SupervisionRules> run, DateTimeOffset until, bool outage)
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
            CheckLight(run);
        }
    }

    private static void CheckLight(CaseRun<Assignment, AssignmentFact, SupervisionRules> run) =>
        Assert.Equal(CaseChecks.Light(run.State.Clocks, heldUp: false), run.Kind.Card(run.State, run.Rules).Light);
}
