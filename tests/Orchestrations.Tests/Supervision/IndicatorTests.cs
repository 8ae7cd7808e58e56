using CsCheck;
using Workflows.Orchestrations.Supervision;
using static Workflows.Orchestrations.Tests.Supervision.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Supervision;

/// <summary>What is expected by a day, and what a value means on it.</summary>
public sealed class IndicatorTests
{
    private static readonly DateOnly Begin = Day("2025-01-01");

    /// <summary>A hundred days from the first of January.</summary>
    private static readonly PlanIndicator Share = new("I01", "T01", "覆盖率", Comparator.Gte, 100, "%", Day("2025-04-11"), "once", "county");

    [Theory]
    [InlineData("2024-12-31", 0)]
    [InlineData("2025-01-01", 0)]
    [InlineData("2025-01-02", 1)]
    [InlineData("2025-02-20", 50)]
    [InlineData("2025-04-10", 99)]
    [InlineData("2025-04-11", 100)]
    [InlineData("2026-01-01", 100)]
    public void It_is_expected_to_grow_on_a_straight_line_from_issue_to_its_date(string day, int expected) =>
        Assert.Equal(expected, IndicatorStandings.Expected(Share, Begin, Day(day)));

    [Theory]
    [InlineData("2025-01-01", 5)]
    [InlineData("2025-01-31", 10)]
    [InlineData("2025-02-10", 20)]
    [InlineData("2025-04-11", 100)]
    public void A_curve_of_the_plan_goes_before_the_straight_line(string day, int expected) => Assert.Equal(
        expected,
        IndicatorStandings.Expected(Share with { Curve = [new(Day("2025-01-11"), 5), new(Day("2025-01-21"), 10), new(Day("2025-01-31"), 10), new(Day("2025-02-20"), 30)] }, Begin, Day(day)));

    [Theory]
    [InlineData(44, IndicatorState.Behind)]
    [InlineData(45, IndicatorState.OnSchedule)]
    [InlineData(50, IndicatorState.OnSchedule)]
    [InlineData(55, IndicatorState.OnSchedule)]
    [InlineData(56, IndicatorState.Ahead)]
    [InlineData(99, IndicatorState.Ahead)]
    [InlineData(100, IndicatorState.Done)]
    [InlineData(120, IndicatorState.Done)]
    public void At_least_is_behind_below_nine_tenths_of_what_is_expected(int value, IndicatorState state) => Stands(Share, value, "2025-02-20", state);

    [Theory]
    [InlineData(18, IndicatorState.Behind)]
    [InlineData(19, IndicatorState.Done)]
    public void More_than_is_not_met_by_the_number_itself(int value, IndicatorState state) =>
        Stands(Share with { Comparator = Comparator.Gt, Value = 18 }, value, "2025-04-12", state);

    [Theory]
    [InlineData(14, IndicatorState.Done)]
    [InlineData(15, IndicatorState.Done)]
    [InlineData(16, IndicatorState.Behind)]
    public void At_most_must_not_be_exceeded_on_any_day(int value, IndicatorState state) =>
        Stands(Share with { Comparator = Comparator.Lte, Value = 15 }, value, "2025-01-05", state);

    [Theory]
    [InlineData("2025-02-20", 15, IndicatorState.Done)]
    [InlineData("2025-02-20", 16, IndicatorState.Ahead)]
    [InlineData("2025-02-20", 20, IndicatorState.OnSchedule)]
    [InlineData("2025-02-20", 22, IndicatorState.OnSchedule)]
    [InlineData("2025-02-20", 23, IndicatorState.Behind)]
    [InlineData("2025-04-12", 16, IndicatorState.Behind)]
    public void At_most_with_a_falling_curve_may_be_more_before_its_date(string day, int value, IndicatorState state) => Stands(
        Share with { Comparator = Comparator.Lte, Value = 15, Curve = [new(Begin, 25), new(Day("2025-02-20"), 20)] }, value, day, state);

    [Theory]
    [InlineData(5, "2025-04-11", IndicatorState.Behind)]
    [InlineData(6, "2025-01-02", IndicatorState.Done)]
    [InlineData(7, "2025-04-11", IndicatorState.Other)]
    public void Exactly_is_met_by_the_number_alone_and_more_is_for_a_person_to_look_at(int value, string day, IndicatorState state) =>
        Stands(Share with { Comparator = Comparator.Eq, Value = 6, Unit = "项" }, value, day, state);

    [Theory]
    [InlineData(9, IndicatorState.Behind)]
    [InlineData(10, IndicatorState.Done)]
    [InlineData(20, IndicatorState.Done)]
    [InlineData(21, IndicatorState.Other)]
    public void A_range_is_met_between_its_ends(int value, IndicatorState state) => Stands(Share with { Value = 10, ValueTo = 20 }, value, "2025-04-12", state);

    [Fact]
    public void Nothing_reported_is_behind_from_the_day_after_its_date_on()
    {
        Assert.Equal(IndicatorState.Other, IndicatorStandings.At(Share, null, Begin, Day("2025-04-11"), 10).State);
        Assert.Equal(IndicatorState.Behind, IndicatorStandings.At(Share, null, Begin, Day("2025-04-12"), 10).State);
        Assert.Equal(IndicatorState.OnSchedule, IndicatorStandings.At(Share, new Figure("I01", 95, Day("2025-04-11")), Begin, Day("2025-04-11"), 10).State);
        Assert.Equal(IndicatorState.Behind, IndicatorStandings.At(Share, new Figure("I01", 95, Day("2025-04-11")), Begin, Day("2025-04-12"), 10).State);
    }

    [Theory]
    [InlineData("2025-02-20", IndicatorState.OnSchedule)]
    [InlineData("2025-04-11", IndicatorState.OnSchedule)]
    [InlineData("2025-04-12", IndicatorState.Behind)]
    public void A_value_does_not_fall_behind_by_growing_old_before_the_date_is_over(string day, IndicatorState state) =>
        Assert.Equal(state, IndicatorStandings.At(Share, new Figure("I01", 50, Day("2025-02-20")), Begin, Day(day), 10).State);

    [Fact]
    public void The_rule_is_told_in_both_languages()
    {
        var standing = IndicatorStandings.At(Share, new Figure("I01", 40, Day("2025-02-20")), Begin, Day("2025-03-12"), 10);

        Assert.Equal("40 on 2025-02-20, target ≥ 100% by 2025-04-11: 50 expected on 2025-02-20, 10 % either way.", standing.Text);
        Assert.Equal("2025年2月20日为40，目标不低于100%（2025年4月11日前）：2025年2月20日应达50，容许偏差10%。", standing.TextZh);
    }

    [Fact]
    public void A_value_that_is_no_worse_never_stands_worse() =>
        Gen.Select(Gen.Int[0, 120], Gen.Int[0, 120], Gen.Int[-10, 120], Gen.Int[0, 100]).Sample((one, other, days, tolerance) =>
        {
            var day = Begin.AddDays(days);
            int Rank(int value) => IndicatorStandings.At(Share, new Figure("I01", value, day), Begin, day, tolerance).State switch
            {
                IndicatorState.Behind => 0,
                IndicatorState.OnSchedule => 1,
                IndicatorState.Ahead => 2,
                IndicatorState.Done => 3,
                IndicatorState.Other => -1,
                _ => throw new InvalidOperationException(),
            };
            Assert.True(Rank(Math.Min(one, other)) <= Rank(Math.Max(one, other)));
        });

    [Fact]
    public void An_aspirational_indicator_never_makes_the_light_red()
    {
        var run = Supervised(Reported with { Cadence = Cadence.Monthly });
        run.Tell(Local("2025-10-09 09:00"), Unit, new AssignmentFact.FeedbackGiven("2025-10", [new Figure("I01", 14, Day("2025-10-09")), new Figure("I02", 0, Day("2025-10-09"))]));
        Assert.Equal(("green", "in-time"), Light(run));

        run.Tell(Local("2025-11-03 09:00"), Unit, new AssignmentFact.FeedbackGiven("2025-11", [new Figure("I01", 20, Day("2025-11-03"))]));
        Assert.Equal(("red", "indicator-behind"), Light(run));
        Assert.Equal("约束性指标进度滞后。", AssignmentLight.Of(run.State, run.Rules).TextZh);
    }

    [Fact]
    public void The_first_rule_that_matches_gives_the_light()
    {
        var run = Supervised(Services with { Rules = Testing.ReferenceCounty.FollowedVersion, Cadence = Cadence.None }, signed: null);
        Assert.Equal(("green", "in-time"), Light(run));
        run.RunUntil(Local("2025-09-29 08:30"));
        Assert.Equal(("yellow", "reminded"), Light(run));
        run.RunUntil(Local("2025-10-01 00:00"));
        Assert.Equal(("red", "not-signed"), Light(run));
        run.Tell(Local("2025-10-09 09:00"), Unit, new AssignmentFact.SignedFor());
        run.RunUntil(Local("2025-11-01 00:00"));
        Assert.Equal(("red", "finish-over"), Light(run));
        run.Tell(Local("2025-11-03 09:00"), Unit, new AssignmentFact.Claimed());
        Assert.Equal(("green", "in-time"), Light(run));
        run.Tell(Local("2025-11-04 09:00"), Office, new AssignmentFact.Checked(true));
        Assert.Equal(("green", "ended"), Light(run));
    }

    private static (string Color, string Rule) Light(Testing.CaseRun<Assignment, AssignmentFact, SupervisionRules> run)
    {
        var light = AssignmentLight.Of(run.State, run.Rules);
        Assert.Equal(light.Color, run.Kind.Card(run.State, run.Rules).Light);
        return (light.Color, light.Rule);
    }

    private static void Stands(PlanIndicator indicator, int value, string day, IndicatorState state) =>
        Assert.Equal(state, IndicatorStandings.At(indicator, new Figure(indicator.Id, value, Day(day)), Begin, Day(day), 10).State);
}
