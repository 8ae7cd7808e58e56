using Workflows.Orchestrations.Calendar;
using static Workflows.Orchestrations.Tests.Calendar.Counting;

namespace Workflows.Orchestrations.Tests.Calendar;

public sealed class DeadlinesTests
{
    [Theory]
    [InlineData("2023-09-28", 5, "2023-10-11")]
    [InlineData("2024-02-08", 5, "2024-02-21")]
    [InlineData("2024-04-30", 3, "2024-05-08")]
    [InlineData("2024-09-27", 5, "2024-10-10")]
    [InlineData("2025-01-24", 5, "2025-02-07")]
    [InlineData("2025-04-25", 5, "2025-05-06")]
    [InlineData("2025-09-26", 5, "2025-10-10")]
    [InlineData("2025-12-31", 1, "2026-01-04")]
    [InlineData("2026-02-13", 5, "2026-02-27")]
    [InlineData("2026-09-18", 5, "2026-09-24")]
    [InlineData("2026-09-30", 3, "2026-10-10")]
    // The day before, on, and after a holiday, and around make-up days.
    [InlineData("2025-09-30", 1, "2025-10-09")]
    [InlineData("2025-10-01", 1, "2025-10-09")]
    [InlineData("2025-10-08", 1, "2025-10-09")]
    [InlineData("2025-10-10", 1, "2025-10-11")]
    [InlineData("2025-10-11", 1, "2025-10-13")]
    [InlineData("2024-02-17", 1, "2024-02-18")]
    // The day before is in a year without data, but every day that is counted or skipped is known.
    [InlineData("2022-12-30", 1, "2023-01-03")]
    [InlineData("2026-12-30", 1, "2026-12-31")]
    // Nothing to count: the day itself, worked or not.
    [InlineData("2025-10-01", 0, "2025-10-01")]
    public void Working_days_are_counted_from_the_day_after(string from, int days, string expected)
    {
        var due = Due(Policy(days, PeriodUnit.WorkingDay), from);

        Assert.Equal(Day(expected), due.Date);
        Assert.Equal(Day(from), due.From);
        Assert.Equal(SeedFiles.Calendar.EndOf(Day(expected)), due.At);
    }

    [Theory]
    [InlineData("2023-09-01", 30, "2023-10-07")]
    [InlineData("2024-01-11", 30, "2024-02-18")]
    [InlineData("2025-09-02", 30, "2025-10-09")]
    [InlineData("2025-12-02", 30, "2026-01-04")]
    [InlineData("2026-01-16", 30, "2026-02-24")]
    [InlineData("2024-09-02", 15, "2024-09-18")]
    [InlineData("2025-01-15", 15, "2025-02-05")]
    // The last day is a workday, an ordinary weekend, a make-up workday, the end of a year.
    [InlineData("2025-08-04", 15, "2025-08-19")]
    [InlineData("2025-08-08", 15, "2025-08-25")]
    [InlineData("2025-09-13", 15, "2025-09-28")]
    [InlineData("2025-12-01", 30, "2025-12-31")]
    public void A_last_day_of_rest_rolls_to_the_next_workday(string from, int days, string expected) =>
        Assert.Equal(Day(expected), Due(Policy(days, PeriodUnit.Day, roll: Roll.NextWorkday), from).Date);

    [Theory]
    [InlineData(PeriodUnit.Day, 1, "2025-10-01", "2025-10-01")]
    [InlineData(PeriodUnit.Day, 7, "2025-10-01", "2025-10-07")]
    [InlineData(PeriodUnit.Day, 0, "2025-10-01", "2025-10-01")]
    [InlineData(PeriodUnit.WorkingDay, 1, "2025-10-09", "2025-10-09")]
    [InlineData(PeriodUnit.WorkingDay, 1, "2025-10-01", "2025-10-09")]
    [InlineData(PeriodUnit.WorkingDay, 2, "2025-10-09", "2025-10-10")]
    [InlineData(PeriodUnit.Month, 1, "2025-03-01", "2025-03-31")]
    [InlineData(PeriodUnit.Month, 1, "2025-01-31", "2025-02-28")]
    public void An_included_start_day_is_the_first_day(PeriodUnit unit, int amount, string from, string expected) =>
        Assert.Equal(Day(expected), Due(Policy(amount, unit, StartDay.Included), from).Date);

    [Theory]
    [InlineData("2025-01-31", 1, PeriodUnit.Month, "2025-02-28")]
    [InlineData("2024-01-31", 1, PeriodUnit.Month, "2024-02-29")]
    [InlineData("2024-01-30", 1, PeriodUnit.Month, "2024-02-29")]
    [InlineData("2025-02-28", 1, PeriodUnit.Month, "2025-03-28")]
    [InlineData("2025-03-31", 3, PeriodUnit.Month, "2025-06-30")]
    [InlineData("2025-11-30", 3, PeriodUnit.Month, "2026-02-28")]
    [InlineData("2024-02-29", 1, PeriodUnit.Year, "2025-02-28")]
    [InlineData("2024-02-29", 4, PeriodUnit.Year, "2028-02-29")]
    [InlineData("2025-05-05", 2, PeriodUnit.Year, "2027-05-05")]
    public void A_month_ends_on_the_corresponding_day_or_its_last(
        string from, int amount, PeriodUnit unit, string expected) =>
        Assert.Equal(Day(expected), Due(Policy(amount, unit), from).Date);

    [Fact]
    public void A_month_whose_last_day_is_a_holiday_rolls() =>
        Assert.Equal(Day("2025-10-09"), Due(Policy(1, PeriodUnit.Month, roll: Roll.NextWorkday), "2025-09-01").Date);

    [Theory]
    [InlineData("2025-09-30 16:10", 72, "2025-10-03 16:10")]
    [InlineData("2025-09-30 16:10", 24, "2025-10-01 16:10")]
    [InlineData("2025-09-30 23:30", 1, "2025-10-01 00:30")]
    [InlineData("2026-12-31 23:30", 1, "2027-01-01 00:30")]
    public void Hours_are_exact_over_night_holiday_and_year(string from, int hours, string expected)
    {
        var answer = Deadlines.Compute(Policy(hours, PeriodUnit.Hour), Local(from), SeedFiles.Calendar);

        var due = Assert.IsType<DeadlineAnswer.Due>(answer).Deadline;
        Assert.Equal(Local(expected), due.At);
        Assert.Equal(TimeSpan.Zero, due.At.Offset);
        Assert.Equal(Day(expected[..10]), due.Date);
        Assert.Equal(Day(from[..10]), due.From);
    }

    [Fact]
    public void Hours_from_a_bare_date_are_refused() =>
        Assert.IsType<DeadlineAnswer.NotValid>(Answer(Policy(24, PeriodUnit.Hour), "2025-09-30"));

    [Fact]
    public void The_start_is_the_local_date_and_not_the_date_in_UTC()
    {
        var answer = Deadlines.Compute(
            Policy(1, PeriodUnit.Day), new DateTimeOffset(2025, 8, 4, 16, 0, 0, TimeSpan.Zero), SeedFiles.Calendar);

        Assert.Equal(Day("2025-08-06"), Assert.IsType<DeadlineAnswer.Due>(answer).Deadline.Date);
    }

    [Theory]
    [InlineData("2026-12-31", 1, PeriodUnit.WorkingDay, Roll.None, 2027, "2026-12-31")]
    [InlineData("2026-12-30", 5, PeriodUnit.WorkingDay, Roll.None, 2027, "2026-12-31")]
    [InlineData("2022-12-29", 1, PeriodUnit.WorkingDay, Roll.None, 2022, "2022-12-29")]
    [InlineData("2026-12-02", 30, PeriodUnit.Day, Roll.NextWorkday, 2027, "2027-01-01")]
    [InlineData("2026-01-05", 1, PeriodUnit.Year, Roll.NextWorkday, 2027, "2027-01-05")]
    public void A_year_without_a_calendar_is_said_and_not_guessed(
        string from, int amount, PeriodUnit unit, Roll roll, int year, string reached)
    {
        var answer = Assert.IsType<DeadlineAnswer.NoCalendar>(Answer(Policy(amount, unit, roll: roll), from));

        Assert.Equal((year, Day(reached)), (answer.Year, answer.Reached));
        Assert.Equal($"TEST: there is no calendar for {year}; counting stands at {reached}.", answer.Reason);
    }

    [Fact]
    public void Days_of_the_calendar_without_a_roll_need_no_calendar() =>
        Assert.Equal(Day("2027-01-30"), Due(Policy(30, PeriodUnit.Day), "2026-12-31").Date);

    [Theory]
    [InlineData("2023-12-31", false)]
    [InlineData("2024-01-01", true)]
    [InlineData("2024-06-30", true)]
    [InlineData("2024-07-01", false)]
    public void A_policy_applies_to_starts_within_its_validity(string from, bool valid)
    {
        var policy = Policy(1, PeriodUnit.Day) with { ValidFrom = Day("2024-01-01"), ValidTo = Day("2024-06-30") };

        Assert.Equal(valid, Answer(policy, from) is DeadlineAnswer.Due);
        Assert.Equal(!valid, Answer(policy, from) is DeadlineAnswer.NotValid);
    }

    [Fact]
    public void An_hour_policy_outside_its_validity_is_refused_too()
    {
        var policy = Policy(1, PeriodUnit.Hour) with { ValidTo = Day("2024-06-30") };

        var answer = Deadlines.Compute(policy, Local("2024-07-01 00:00"), SeedFiles.Calendar);

        Assert.Equal(new DeadlineAnswer.NotValid("TEST was valid to 2024-06-30, not on 2024-07-01."), answer);
    }
}
