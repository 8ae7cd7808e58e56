using CsCheck;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Scores;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Supervision.Scores.ScoreSamples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Supervision.Scores;

/// <summary>A unit's month: every point has its entry in a journal, and what must not count does not.</summary>
public sealed class UnitScoreTests
{
    [Fact]
    public void A_task_signed_and_finished_late_costs_each_month_what_was_said_in_it()
    {
        var run = Samples.Open();
        run.RunUntil(Local("2025-10-17 08:00"));
        run.Tell(Local("2025-10-17 08:00"), Samples.Unit, new AssignmentFact.SignedFor());
        run.RunUntil(Local("2025-11-18 10:00"));
        run.Tell(Local("2025-11-18 10:00"), Samples.Unit, new AssignmentFact.Claimed());
        run.Tell(Local("2025-11-19 10:00"), Samples.Office, new AssignmentFact.Checked(true));
        var trail = TrailOf(run.State.Id, run.State.Unit, run.Journal);

        var (october, november) = (Score("2025-10", trail)!, Score("2025-11", trail)!);

        Assert.Equal(["10-01 sign-overdue 1: 0.5", "10-14 sign-overdue 2: 1"], Lines(october.Deductions));
        Assert.Equal(["11-01 finish-overdue 1: 0.5", "11-14 finish-overdue 2: 1"], Lines(november.Deductions));
        Assert.Equal((98.5m, "excellent", 98.5m), (october.Score, october.Class.Id, november.Score));
        Assert.All(november.Deductions, one => Assert.Equal("Overdue", run.Journal[one.Entry - 1].Line.What));
        Assert.Equal(new ProgressCounts(1, 0, 0, 0, 0), november.Progress);
        Assert.Null(Score("2025-08", trail));
        Assert.Equal(100, Score("2025-09", trail)!.Score);
        Assert.Null(Score("2025-12", trail));
    }

    [Fact]
    public void Binding_indicators_cost_once_each_time_they_are_found_behind_and_aspirational_ones_never()
    {
        var rules = ReferenceCounty.Sheeted;
        var run = new CaseRun<Assignment, AssignmentFact, SupervisionRules>(
            new TaskSupervision(), Samples.Reported with { Rules = rules.Version }, rules);
        run.Open();
        run.Tell(Local("2025-09-28 10:00"), Samples.Unit, new AssignmentFact.SignedFor());
        void Report(string at, string period, decimal binding, decimal aspirational)
        {
            run.RunUntil(Local(at));
            Samples.Taken(run.Tell(Local(at), Samples.Unit, new AssignmentFact.FeedbackGiven(
                period, [new Figure("I01", binding, Day(at[..10])), new Figure("I02", aspirational, Day(at[..10]))])));
        }

        Report("2025-10-30 10:00", "2025-10", binding: 60, aspirational: 0);
        Report("2025-11-20 10:00", "2025-11", binding: 20, aspirational: 0);
        run.RunUntil(Local("2025-12-20 10:00"));
        Report("2025-12-22 10:00", "2025-12", binding: 100, aspirational: 0);
        var trail = TrailOf(run.State.Id, run.State.Unit, run.Journal);

        Assert.Equal(
            ["10-30 IndicatorsAhead", "11-20 IndicatorsBehind", "12-22 IndicatorsAhead"],
            trail.Events.Where(one => one.What.StartsWith("Indicators", StringComparison.Ordinal)).Select(one => $"{one.On:MM-dd} {one.What}"));
        Assert.Equal("约束性指标进度滞后：I01。", run.Journal.Single(entry => entry.Line.What == "IndicatorsBehind").Line.TextZh);
        Assert.Equal(["11-20 indicator-behind 1: 0.5"], Lines(Score("2025-11", trail)!.Deductions));
        Assert.Empty(Score("2025-12", trail)!.Deductions);
        Assert.Equal(new ProgressCounts(0, 0, 0, 1, 0), Score("2025-11", trail)!.Progress);
        Assert.Equal(new ProgressCounts(0, 1, 0, 0, 0), Score("2025-12", trail)!.Progress);
    }

    [Fact]
    public void Repeats_within_a_month_cost_more_over_all_tasks_of_the_unit_and_begin_anew_with_the_next()
    {
        var one = Task("mzj", "T01", "09-01 Issued", "11-01 Overdue", "11-08 Overdue", "12-01 Overdue");
        var other = Task("mzj", "T02", "09-01 Issued", "11-01 Overdue", "11-15 Overdue", "11-22 Overdue");

        Assert.Equal(
            ["11-01 finish-overdue 1: 0.5", "11-01 finish-overdue 2: 1", "11-08 finish-overdue 3: 2", "11-15 finish-overdue 4: 5", "11-22 finish-overdue 5: 5"],
            Lines(Score("2025-11", one, other)!.Deductions));
        Assert.Equal(["12-01 finish-overdue 1: 0.5"], Lines(Score("2025-12", one, other)!.Deductions));
    }

    [Fact]
    public void Returned_claims_are_counted_for_each_task_by_itself()
    {
        var one = Task("mzj", "T01", "09-01 Issued", "11-02 Claimed", "11-03 Returned", "11-05 Claimed", "11-06 Returned");
        var other = Task("mzj", "T02", "09-01 Issued", "11-02 Claimed", "11-04 Returned");

        Assert.Equal(
            ["11-03 claim-returned 1: 0.5", "11-04 claim-returned 1: 0.5", "11-06 claim-returned 2: 1"], Lines(Score("2025-11", one, other)!.Deductions));
    }

    [Theory]
    [InlineData(0, "11-20 ObjectionAccepted")]
    [InlineData(0, "12-20 StruckOff")]
    [InlineData(1, "11-20 ObjectionRefused")]
    [InlineData(1, "11-20 Claimed")]
    [InlineData(1)]
    public void A_return_that_the_reviewer_takes_back_costs_nothing(int deductions, params string[] later) => Assert.Equal(
        deductions,
        Score("2025-11", Task("mzj", "T01", ["09-01 Issued", "11-02 Claimed", "11-03 Returned", .. later]))!.Deductions.Count);

    [Fact]
    public void What_stands_still_costs_nothing_meanwhile()
    {
        var trail = Task("mzj", "T01", "09-01 Issued", "10-31 Overdue", "11-03 Suspended", "11-10 Overdue", "11-20 Resumed", "11-24 Overdue");

        Assert.Equal(["11-24 finish-overdue 1: 0.5"], Lines(Score("2025-11", trail)!.Deductions));
    }

    [Fact]
    public void Sheets_cost_by_their_colour_and_letters_nothing()
    {
        var task = Task("mzj", "T01", "09-01 Issued");

        Assert.Equal(
            ["11-03 sheet-blue 1: 0.5", "11-14 sheet-orange 1: 2", "11-25 sheet-red 1: 5"],
            Lines(Score(
                "2025-11",
                task,
                Sheet("mzj", 1, "blue", "11-03 Issued", "11-14 Lapsed"),
                Sheet("mzj", 2, "orange", "11-14 Issued", "11-25 Lapsed"),
                Sheet("mzj", 3, "red", "11-25 Issued"),
                Sheet("mzj", 4, "letter", "11-25 Issued"))!.Deductions));
    }

    [Fact]
    public void A_sheet_answered_before_anybody_asks_gives_points_up_to_the_most_of_a_month()
    {
        ScoreTrail[] sheets =
        [
            .. Enumerable.Range(1, 6).Select(number => Sheet("mzj", number, "letter", "11-03 Issued", "11-05 SignedFor", $"11-0{number + 2} Answered")),
            Sheet("mzj", 7, "letter", "11-03 Issued", "11-10 NotAnswered", "11-12 Answered"),
        ];

        var score = Score("2025-11", [Task("mzj", "T01", "09-01 Issued"), .. sheets])!;

        Assert.Equal((2m, 6), (score.Additions.Sum(one => one.Points), score.Additions.Count));
        Assert.Equal(["sheet-unanswered"], score.Deductions.Select(one => one.Item));
    }

    [Theory]
    [InlineData("11-20", 1)]
    [InlineData("11-21", 0)]
    [InlineData("11-30", 0)]
    public void A_task_finished_ten_days_early_gives_points_when_it_is_struck_off(string claimed, int additions) => Assert.Equal(
        additions,
        Score("2025-11", Task("mzj", "T01", "09-01 Issued", "09-02 SignedFor 2025-11-25", "11-01 Extended 2025-11-30", $"{claimed} Claimed", "11-30 StruckOff"))!.Additions.Count);

    [Fact]
    public void A_month_costs_no_more_than_down_to_the_floor_and_gives_no_more_than_the_ceiling()
    {
        var unlucky = Enumerable.Range(10, 60).SelectMany(number => (ScoreTrail[])
        [
            Task("mzj", $"T{number}", "09-01 Issued", "11-01 Overdue", "11-02 NotSignedFor", "11-03 FeedbackOverdue", "11-03 FeedbackMissed"),
            Sheet("mzj", number, "red", "11-04 Issued"),
        ]);

        Assert.Equal((0m, "poor"), (Score("2025-11", [.. unlucky])!.Score, Score("2025-11", [.. unlucky])!.Class.Id));
        Assert.Equal(90, UnitScore.Of(Rule with { Floor = 90 }, [.. unlucky], Day("2025-11-01"), Day("2025-11-30"))!.Score);
    }

    [Theory]
    [InlineData("11-30", ProgressClass.OnSchedule)]
    [InlineData("11-30", ProgressClass.Ahead, "11-20 Claimed")]
    [InlineData("11-30", ProgressClass.Behind, "11-15 Overdue", "11-20 Claimed")]
    [InlineData("11-30", ProgressClass.Behind, "11-15 Overdue")]
    [InlineData("11-30", ProgressClass.Behind, "11-15 IndicatorsBehind")]
    [InlineData("11-30", ProgressClass.OnSchedule, "11-15 IndicatorsBehind", "11-20 IndicatorsOnSchedule")]
    [InlineData("11-30", ProgressClass.Ahead, "11-15 IndicatorsAhead")]
    [InlineData("11-30", ProgressClass.Behind, "11-15 IndicatorsAhead", "11-30 Overdue")]
    [InlineData("11-14", ProgressClass.OnSchedule, "11-15 Overdue")]
    [InlineData("11-30", ProgressClass.Other, "11-15 Suspended")]
    [InlineData("11-30", ProgressClass.OnSchedule, "11-15 Suspended", "11-30 Resumed")]
    [InlineData("11-30", ProgressClass.OnSchedule, "11-15 Claimed", "11-16 Returned")]
    [InlineData("11-30", ProgressClass.Done, "11-15 Overdue", "11-30 StruckOff")]
    [InlineData("11-30", ProgressClass.Other, "11-15 Overdue", "11-30 Closed")]
    public void The_class_of_a_task_is_that_of_the_day(string day, ProgressClass expected, params string[] events) =>
        Assert.Equal(expected, ScoreProgress.Of(Task("mzj", "T01", ["09-01 Issued", .. events]), Day($"2025-{day}")));

    [Fact]
    public void Whatever_happens_the_score_is_the_base_and_the_points_named_and_no_later_day_changes_a_month() =>
        Gen.Select(
            Gen.Select(Gen.Int[0, 90], Gen.OneOf("NotSignedFor", "Overdue", "FeedbackOverdue", "FeedbackMissed", "Suspended", "Resumed", "Claimed"))
                .Array[0, 30].Array[1, 4],
            Gen.Int[1, 30]).Sample(
            (tasks, days) =>
            {
                var (first, last) = (Day("2025-11-01"), Day("2025-11-30"));
                ScoreTrail[] trails =
                [
                    .. tasks.Select((events, number) => new ScoreTrail(
                        $"p.T{number}.mzj", "mzj", "t", null,
                        [
                            new ScoreEvent(1, Day("2025-10-01"), "Issued"),
                            .. events.Order().Select((one, index) => new ScoreEvent(index + 2, Day("2025-10-01").AddDays(one.Item1), one.Item2)),
                        ])),
                ];

                var score = UnitScore.Of(Rule, trails, first, last)!;
                Assert.Equal(Math.Clamp(100 - score.Deductions.Sum(one => one.Points), 0, 105), score.Score);
                Assert.All(score.Deductions, one => Assert.Equal(one.On, trails.Single(trail => trail.Case == one.Case).Events[one.Entry - 1].On));
                Assert.Equal(score.Deductions.Count, score.Deductions.Select(one => (one.Case, one.Entry)).Distinct().Count());
                Assert.Equal(tasks.Length, score.Progress.All);

                var until = first.AddDays(days - 1);
                ScoreTrail[] then = [.. trails.Select(trail => trail with { Events = [.. trail.Events.Where(one => one.On <= until)] })];
                Assert.Equal(Lines(UnitScore.Of(Rule, then, first, until)!.Deductions), Lines(UnitScore.Of(Rule, trails, first, until)!.Deductions));
            },
            iter: 300);
}
