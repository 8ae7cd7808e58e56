using Workflows.Orchestrations.Calendar;
using static Workflows.Orchestrations.Tests.Calendar.Counting;

namespace Workflows.Orchestrations.Tests.Calendar;

public sealed class DeadlineNoticesTests
{
    private static CountyCalendar Calendar => SeedFiles.Calendar;

    [Fact]
    public void Reminders_are_counted_back_over_the_holiday_and_said_at_office_opening()
    {
        var policy = SeedFiles.Policies["DISPUTE-TOWNSHIP"];
        var due = Due(policy, "2025-09-19");

        Assert.Equal(Day("2025-10-16"), due.Date);
        Assert.Equal(
            [Local("2025-10-10 08:30"), Local("2025-10-15 08:30")],
            Deadlines.RemindersOf(policy, due, Calendar));
    }

    [Fact]
    public void A_reminder_on_a_day_of_rest_moves_to_the_workday_before()
    {
        var policy = SeedFiles.Policies["JC-APPLY"];
        var due = Due(policy, "2025-09-12");

        // The 12th is a Sunday, so the 13th; ten days before it is the 3rd, in the holiday.
        Assert.Equal(Day("2025-10-13"), due.Date);
        Assert.Equal(
            [Local("2025-09-23 08:30"), Local("2025-09-30 08:30"), Local("2025-10-10 08:30")],
            Deadlines.RemindersOf(policy, due, Calendar));
    }

    [Fact]
    public void Reminders_before_the_start_are_dropped_and_equal_ones_are_said_once()
    {
        var policy = Policy(3, PeriodUnit.WorkingDay) with
        {
            Reminders = [WorkingDays(5), WorkingDays(1), Days(1), Days(0)],
        };
        var due = Due(policy, "2025-09-22");

        Assert.Equal(
            [Local("2025-09-24 08:30"), Local("2025-09-25 08:30")],
            Deadlines.RemindersOf(policy, due, Calendar));
    }

    [Fact]
    public void A_reminder_after_an_hour_that_has_passed_is_not_said()
    {
        var policy = Policy(12, PeriodUnit.Hour) with { Reminders = [Days(0), Days(1)] };
        var answer = Deadlines.Compute(policy, Local("2025-09-22 15:00"), Calendar);

        var due = Assert.IsType<DeadlineAnswer.Due>(answer).Deadline;
        Assert.Equal([Local("2025-09-22 08:30")], Deadlines.RemindersOf(policy, due, Calendar));
    }

    [Fact]
    public void A_policy_without_reminders_has_none()
    {
        var policy = Policy(3, PeriodUnit.WorkingDay);

        Assert.Empty(Deadlines.RemindersOf(policy, Due(policy, "2025-09-22"), Calendar));
    }

    [Fact]
    public void A_date_of_the_plan_is_reminded_and_repeated_from_itself()
    {
        var policy = SeedFiles.Policies["SUPERVISION-DUE"];
        var due = Deadlines.Given(policy, Day("2023-10-09"), Day("2025-12-31"), Calendar);

        Assert.Equal(Calendar.EndOf(Day("2025-12-31")), due.At);
        Assert.Equal(["given", "ends"], due.Why.Select(step => step.Rule));
        Assert.Equal(
            [Local("2025-12-01 08:30"), Local("2025-12-17 08:30"), Local("2025-12-26 08:30")],
            Deadlines.RemindersOf(policy, due, Calendar));
        Assert.Equal(
            [due.At, Local("2026-01-15 08:30"), Local("2026-01-29 08:30")],
            Enumerable.Range(0, 3).Select(said => Deadlines.NextOverdueNotice(policy, due, said, Calendar)));
    }

    [Fact]
    public void Reminders_of_a_plan_that_comes_late_begin_with_its_coming()
    {
        var policy = SeedFiles.Policies["SUPERVISION-DUE"];
        var due = Deadlines.Given(policy, Day("2025-12-18"), Day("2025-12-31"), Calendar);

        Assert.Equal([Local("2025-12-26 08:30")], Deadlines.RemindersOf(policy, due, Calendar));
    }

    [Theory]
    [InlineData(PeriodUnit.WorkingDay, 1, "2025-10-09 08:30", "2025-10-10 08:30")]
    [InlineData(PeriodUnit.Day, 3, "2025-10-09 08:30", "2025-10-13 08:30")]
    [InlineData(PeriodUnit.Month, 1, "2025-10-30 08:30", "2025-12-01 08:30")]
    [InlineData(PeriodUnit.Year, 1, "2026-09-30 08:30", "2027-09-30 08:30")]
    [InlineData(PeriodUnit.Hour, 24, "2025-10-09 08:30", "2025-10-10 08:30")]
    public void An_overdue_notice_is_repeated_in_office_hours(PeriodUnit unit, int every, string second, string third)
    {
        var policy = Policy(0, PeriodUnit.Day) with { RepeatOverdue = new Period(every, unit) };
        var due = Due(policy, "2025-09-30");

        Assert.Equal(
            [Local("2025-10-01 00:00"), Local(second), Local(third)],
            Enumerable.Range(0, 3).Select(said => Deadlines.NextOverdueNotice(policy, due, said, Calendar)));
    }

    [Fact]
    public void An_overdue_notice_without_a_repeat_is_said_once()
    {
        var policy = Policy(1, PeriodUnit.Day);
        var due = Due(policy, "2025-08-04");

        Assert.Equal(due.At, Deadlines.NextOverdueNotice(policy, due, 0, Calendar));
        Assert.Equal(DateTimeOffset.MaxValue, Deadlines.NextOverdueNotice(policy, due, 1, Calendar));
    }

    [Theory]
    [InlineData(5, PeriodUnit.WorkingDay, StartDay.Excluded, Roll.None, "2025-10-11", "2025-09-28")]
    [InlineData(1, PeriodUnit.WorkingDay, StartDay.Included, Roll.None, "2025-10-11", "2025-10-11")]
    [InlineData(1, PeriodUnit.WorkingDay, StartDay.Included, Roll.None, "2025-10-08", "2025-09-30")]
    [InlineData(3, PeriodUnit.Day, StartDay.Excluded, Roll.None, "2025-10-09", "2025-10-06")]
    [InlineData(3, PeriodUnit.Day, StartDay.Excluded, Roll.NextWorkday, "2025-10-09", "2025-09-30")]
    [InlineData(1, PeriodUnit.Month, StartDay.Excluded, Roll.None, "2025-03-31", "2025-02-28")]
    [InlineData(1, PeriodUnit.Year, StartDay.Excluded, Roll.None, "2024-02-29", "2023-02-28")]
    public void Counting_back_mirrors_counting(
        int amount, PeriodUnit unit, StartDay start, Roll roll, string from, string expected)
    {
        var answer = Deadlines.CountBack("TEST", new Period(amount, unit, start, roll), Day(from), Calendar);

        var due = Assert.IsType<DeadlineAnswer.Due>(answer).Deadline;
        Assert.Equal((Day(from), Day(expected)), (due.From, due.Date));
        Assert.DoesNotContain("assumed-week", due.Why.Select(step => step.Rule));
    }

    [Fact]
    public void Counting_back_through_an_unknown_year_says_that_it_assumed_the_week()
    {
        var answer = Deadlines.CountBack("TEST", WorkingDays(5), Day("2027-01-06"), Calendar);

        var due = Assert.IsType<DeadlineAnswer.Due>(answer).Deadline;
        Assert.Equal(Day("2026-12-30"), due.Date);
        Assert.Equal(
            "there is no calendar for 2027; Monday to Friday were taken as workdays",
            Assert.Single(due.Why, step => step.Rule == "assumed-week").Text);
    }

    [Fact]
    public void A_hearing_notice_lies_before_the_hearing()
    {
        var due = Due(SeedFiles.Policies["FY-HEAR"], "2025-10-13");

        Assert.Equal(Day("2025-09-29"), due.Date);
        Assert.Equal(["count-back", "ends"], due.Why.Select(step => step.Rule));
    }

    [Fact]
    public void Hours_are_not_counted_back_from_a_date() => Assert.Throws<ArgumentException>(
        () => Deadlines.CountBack("TEST", new Period(1, PeriodUnit.Hour), Day("2025-10-13"), Calendar));
}
