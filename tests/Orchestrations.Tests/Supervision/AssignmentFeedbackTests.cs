using Workflows.Orchestrations.Supervision;
using static Workflows.Orchestrations.Tests.Supervision.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Supervision;

/// <summary>How it goes, period by period.</summary>
public sealed class AssignmentFeedbackTests
{
    private static readonly AssignmentFact.FeedbackGiven October = new("2025-10");

    [Theory]
    [InlineData(Cadence.Monthly, "2025-09-21", "2025-09 2025-09-01 2025-09-30")] // ten days are left
    [InlineData(Cadence.Monthly, "2025-09-22", "2025-10 2025-10-01 2025-10-31")] // nine
    [InlineData(Cadence.Monthly, "2024-02-20", "2024-02 2024-02-01 2024-02-29")]
    [InlineData(Cadence.Monthly, "2025-12-31", "2026-01 2026-01-01 2026-01-31")]
    [InlineData(Cadence.Quarterly, "2025-09-21", "2025-Q3 2025-07-01 2025-09-30")]
    [InlineData(Cadence.Quarterly, "2025-09-22", "2025-Q4 2025-10-01 2025-12-31")]
    [InlineData(Cadence.Quarterly, "2025-12-25", "2026-Q1 2026-01-01 2026-03-31")]
    [InlineData(Cadence.Milestones, "2025-09-26", "2025-11-15 2025-09-26 2025-11-15")]
    [InlineData(Cadence.Milestones, "2025-11-10", "2026-06-30 2025-11-16 2026-06-30")] // six days before the first milestone
    [InlineData(Cadence.Milestones, "2026-07-01", null)]
    [InlineData(Cadence.None, "2025-09-26", null)]
    public void The_first_period_is_the_one_that_runs_unless_too_little_of_it_is_left(Cadence cadence, string day, string? period) => Assert.Equal(
        period,
        FeedbackPeriods.First(cadence, [Day("2025-11-15"), Day("2026-06-30")], Day(day), daysMin: 10) is { } first
            ? FormattableString.Invariant($"{first.Id} {first.From:yyyy-MM-dd} {first.To:yyyy-MM-dd}")
            : null);

    [Fact]
    public void Periods_follow_each_other_without_a_gap_and_milestones_end()
    {
        DateOnly[] milestones = [Day("2025-11-15"), Day("2026-06-30")];
        foreach (var cadence in new[] { Cadence.Monthly, Cadence.Quarterly, Cadence.Milestones })
        {
            var period = FeedbackPeriods.First(cadence, milestones, Day("2025-01-01"), 1);
            for (var count = 0; count < 40 && period is not null; count++)
            {
                var next = FeedbackPeriods.After(cadence, milestones, period);
                Assert.True(next is null || next.From == period.To.AddDays(1));
                Assert.True(next is not null || (cadence == Cadence.Milestones && count == 1));
                period = next;
            }
        }
    }

    [Fact]
    public void The_signature_opens_the_first_period_due_on_the_fifth_workday_after_its_end()
    {
        var run = Supervised();

        // November begins on a Saturday: 3, 4, 5, 6, 7.
        Assert.Equal(("2025-10", Day("2025-11-07")), (run.State.Feedback!.Period, run.State.Feedback.Clock.Deadline.Date));
        Assert.Equal(["11-05 08:30"], run.State.Feedback.Clock.Reminders.Select(Minute));
        Assert.Equal("FeedbackOpened", run.Journal[^1].Line.What);
    }

    [Fact]
    public void The_fifth_workday_skips_the_holiday_and_counts_the_saturday_that_is_worked()
    {
        var run = Supervised(Reported with { IssuedAt = Local("2025-09-01 09:00") }, "2025-09-02 10:00");

        // 9, 10, 11 (a make-up workday), 13, 14 October.
        Assert.Equal(("2025-09", Day("2025-10-14")), (run.State.Feedback!.Period, run.State.Feedback.Clock.Deadline.Date));
        Assert.Equal(["10-11 08:30"], run.State.Feedback.Clock.Reminders.Select(Minute));
    }

    [Theory]
    [InlineData("2025-11-07 23:59", false)]
    [InlineData("2025-11-08 00:00", true)]
    [InlineData("2025-11-09 10:00", true)]
    public void Feedback_is_late_from_24_00_of_its_last_day_on(string at, bool isLate)
    {
        var run = Supervised().RunUntil(JustBefore(Local(at)));

        Taken(run.Tell(Local(at), Unit, October));

        var given = Assert.Single(run.State.Feedbacks!);
        Assert.Equal(("2025-10", isLate), (given.Period, given.IsLate));
        Assert.Equal("2025-11", run.State.Feedback!.Period);
        Assert.Equal(isLate, run.Journal.Single(entry => entry.Line.What == "FeedbackGiven").Line.Text.EndsWith(", late.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_period_can_be_spoken_of_from_its_first_day_and_only_once()
    {
        var run = Supervised();
        Assert.Equal("not-begun", Code(run.Tell(Local("2025-09-30 23:59"), Unit, October)));
        Taken(run.Tell(Local("2025-10-01 00:00"), Unit, October));
        Assert.Equal("already-given", Code(run.Tell(Local("2025-10-09 09:00"), Unit, October)));
        Assert.Equal("not-begun", Code(run.Tell(Local("2025-10-31 23:59"), Unit, new AssignmentFact.FeedbackGiven("2025-11"))));
        Assert.Equal("unknown-period", Code(run.Tell(Local("2025-10-31 23:59"), Unit, new AssignmentFact.FeedbackGiven("2025-12"))));
        Assert.Equal("period-needed", Code(run.Tell(Local("2025-10-31 23:59"), Unit, new AssignmentFact.FeedbackGiven())));
    }

    [Fact]
    public void A_silent_unit_is_reminded_chased_and_asked_for_the_next_period_when_that_is_over()
    {
        var run = Supervised(Reported with { Due = Day("2026-12-31") }).RunUntil(Local("2025-12-20 09:00"));

        Assert.Equal(
            [
                "09-26 09:00 assignment-issued mzj",
                "11-05 08:30 assignment-feedback-reminder mzj",
                "11-08 00:00 assignment-feedback-overdue mzj +dcs",
                "11-14 08:30 assignment-feedback-overdue mzj +dcs",
                "11-21 08:30 assignment-feedback-overdue mzj +dcs",
                "11-28 08:30 assignment-feedback-overdue mzj +dcs",
                "12-03 08:30 assignment-feedback-reminder mzj",
                "12-06 00:00 assignment-feedback-overdue mzj +dcs",
                "12-12 08:30 assignment-feedback-overdue mzj +dcs",
                "12-19 08:30 assignment-feedback-overdue mzj +dcs",
            ],
            run.Said);
        Assert.Equal(["2025-10"], run.State.Missed!);
        Assert.Contains("12-01 00:00 FeedbackMissed", run.Written);
        Assert.Equal("2025-11", run.State.Feedback!.Period);
    }

    [Fact]
    public void A_missed_period_may_still_be_given_and_is_late()
    {
        var run = Supervised().RunUntil(Local("2025-12-02 09:00"));

        Taken(run.Tell(Local("2025-12-02 09:00"), Unit, October));

        Assert.Null(run.State.Missed);
        Assert.True(run.State.Feedbacks![^1].IsLate);
        Assert.Equal("2025-11", run.State.Feedback!.Period);
        Assert.Equal("already-given", Code(run.Tell(Local("2025-12-02 09:01"), Unit, October)));
    }

    [Fact]
    public void A_claim_is_asked_for_nothing_and_what_fell_due_meanwhile_is_not_chased_after_its_return()
    {
        var run = Supervised();
        run.Tell(Local("2025-11-04 09:00"), Unit, new AssignmentFact.Claimed());
        var said = run.Said.Count;
        run.RunUntil(Local("2025-11-20 09:00"));
        Assert.DoesNotContain(run.Said.Skip(said), line => line.Contains("feedback", StringComparison.Ordinal));

        run.Tell(Local("2025-11-20 09:00"), Office, new AssignmentFact.Checked(false));
        run.RunUntil(Local("2025-12-02 09:00"));

        Assert.Null(run.State.Missed);
        Assert.Equal("2025-11", run.State.Feedback!.Period);
        Assert.DoesNotContain(run.Said.Skip(said), line => line.Contains("feedback", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_overdue_before_the_claim_is_still_missing_after_its_return()
    {
        var run = Supervised().RunUntil(Local("2025-11-10 09:00"));
        run.Tell(Local("2025-11-10 09:00"), Unit, new AssignmentFact.Claimed());
        run.Tell(Local("2025-11-11 09:00"), Office, new AssignmentFact.Checked(false));

        Assert.Equal(("2025-10", true), (run.State.Feedback!.Period, run.State.Feedback.Clock.IsOverdue));
    }

    [Fact]
    public void Nothing_is_asked_after_it_was_struck_off_nor_before_it_was_signed_for()
    {
        var unsigned = Supervised(signed: null).RunUntil(Local("2025-12-20 09:00"));
        Assert.DoesNotContain(unsigned.Said, line => line.Contains("feedback", StringComparison.Ordinal));
        Assert.Equal("not-signed-for", Code(unsigned.Tell(Local("2025-12-20 09:00"), Unit, October)));

        var run = Supervised();
        run.Tell(Local("2025-10-20 09:00"), Unit, new AssignmentFact.Claimed());
        run.Tell(Local("2025-10-21 09:00"), Office, new AssignmentFact.Checked(true));
        Assert.Null(run.Kind.Next(run.State));
        Assert.Equal("struck-off", Code(run.Tell(Local("2025-11-03 09:00"), Unit, October)));
    }

    [Fact]
    public void Under_rules_of_before_nothing_is_asked_and_a_word_about_how_it_goes_is_taken_all_the_same()
    {
        var run = Active();

        Taken(run.Tell(Local("2025-10-09 09:00"), Unit, new AssignmentFact.FeedbackGiven()));

        Assert.Null(run.State.Feedback);
        Assert.Equal((null, false), (run.State.Feedbacks![0].Period, run.State.Feedbacks[0].IsLate));
        Assert.Equal("unknown-period", Code(run.Tell(Local("2025-10-09 09:00"), Unit, October)));
    }

    [Theory]
    [InlineData(AssignmentRole.Lead, null, Cadence.Monthly)]
    [InlineData(AssignmentRole.Participant, null, Cadence.Quarterly)]
    [InlineData(AssignmentRole.Implementer, null, Cadence.Quarterly)]
    [InlineData(AssignmentRole.Lead, Cadence.None, Cadence.None)]
    public void The_plan_says_how_often_and_else_the_rules_do_for_the_role(AssignmentRole role, Cadence? own, Cadence cadence) =>
        Assert.Equal(cadence, AssignmentFeedback.CadenceOf(Services with { Role = role, Cadence = own }, Testing.ReferenceCounty.Supervised.Process));

    [Fact]
    public void A_monthly_indicator_is_asked_for_by_the_month() =>
        Assert.Equal(
            Cadence.Monthly,
            AssignmentFeedback.CadenceOf(
                Services with { Indicators = [Reported.Indicators![0] with { Cadence = "monthly" }] }, Testing.ReferenceCounty.Supervised.Process));

    [Fact]
    public void Figures_and_files_must_be_known_and_the_latest_day_counts()
    {
        var run = Supervised();
        var at = Local("2025-10-09 09:00");
        Assert.Equal("unknown-indicator", Code(run.Tell(at, Unit, October with { Figures = [new Figure("I09", 1, Day("2025-10-08"))] })));
        Assert.Equal("indicator-twice", Code(run.Tell(at, Unit, October with { Figures = [new Figure("I01", 1, Day("2025-10-08")), new Figure("I01", 2, Day("2025-10-08"))] })));
        Assert.Equal("figure-ahead", Code(run.Tell(at, Unit, October with { Figures = [new Figure("I01", 1, Day("2025-10-10"))] })));
        Assert.Equal("unknown-file", Code(run.Tell(at, Unit, October with { Files = ["f1"] })));

        Taken(run.Tell(at, Unit, new AssignmentFact.FileAdded("f1", "photo", new string('0', 64))));
        Assert.Equal("already-added", Code(run.Tell(at, Unit, new AssignmentFact.FileAdded("f1", "photo", new string('0', 64)))));
        Assert.Equal("not-the-unit", Code(run.Tell(at, Office, new AssignmentFact.FileAdded("f2", "photo", new string('0', 64)))));
        Taken(run.Tell(at, Unit, October with { Figures = [new Figure("I01", 20, Day("2025-10-09"))], Files = ["f1"] }));
        Taken(run.Tell(Local("2025-11-03 09:00"), Unit, new AssignmentFact.FeedbackGiven("2025-11", [new Figure("I01", 15, Day("2025-10-08")), new Figure("I02", 3, Day("2025-11-03"))])));

        Assert.Equal([new Figure("I01", 20, Day("2025-10-09")), new Figure("I02", 3, Day("2025-11-03"))], run.State.Figures!);
        Assert.Equal(["f1"], run.State.Feedbacks![0].Files!);
        Assert.Equal("not-the-unit", Code(run.Tell(Local("2025-11-03 09:00"), "zfw", new AssignmentFact.FeedbackGiven("2025-12"))));
    }
}
