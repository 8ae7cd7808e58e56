using Workflows.Orchestrations.Calendar;
using static Workflows.Orchestrations.Tests.Calendar.Counting;

namespace Workflows.Orchestrations.Tests.Calendar;

public sealed class CountyCalendarTests
{
    private static CountyCalendar Calendar => SeedFiles.Calendar;

    [Theory]
    [InlineData(2023, 249)]
    [InlineData(2024, 251)]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    public void A_year_has_the_published_number_of_workdays(int year, int workdays)
    {
        var days = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(new DateOnly(year, 1, 1).AddDays);

        Assert.Equal(workdays, days.Count(Calendar.IsWorkday));
    }

    [Theory]
    [InlineData("2025-09-26", DayKind.Workday)]
    [InlineData("2025-09-27", DayKind.Weekend)]
    [InlineData("2025-09-28", DayKind.MakeUpWorkday)]
    [InlineData("2025-09-30", DayKind.Workday)]
    [InlineData("2025-10-01", DayKind.Holiday)]
    [InlineData("2025-10-04", DayKind.Holiday)]
    [InlineData("2025-10-08", DayKind.Holiday)]
    [InlineData("2025-10-09", DayKind.Workday)]
    [InlineData("2025-10-11", DayKind.MakeUpWorkday)]
    [InlineData("2022-12-31", DayKind.Holiday)]
    [InlineData("2022-12-30", DayKind.Unknown)]
    [InlineData("2026-12-31", DayKind.Workday)]
    [InlineData("2027-01-01", DayKind.Unknown)]
    public void A_day_is_what_its_paper_says(string date, DayKind kind) =>
        Assert.Equal(kind, Calendar.KindOf(Day(date)));

    [Fact]
    public void A_year_is_known_when_its_own_file_is_there_and_not_because_another_names_one_of_its_days()
    {
        Assert.Equal([2023, 2024, 2025, 2026], Calendar.Years);
        Assert.False(Calendar.Knows(2022));
        Assert.True(Calendar.Knows(2026));
        Assert.False(Calendar.Knows(2027));
        Assert.True(Calendar.Knows(Day("2022-12-31")));
    }

    [Theory]
    [InlineData("2027-01-01", true)]
    [InlineData("2027-01-02", false)]
    [InlineData("2027-01-03", false)]
    public void A_day_of_an_unknown_year_is_worked_by_its_weekday(string date, bool worked) =>
        Assert.Equal(worked, Calendar.IsWorkday(Day(date)));

    [Fact]
    public void A_date_begins_and_ends_at_local_midnight()
    {
        Assert.Equal(new DateTimeOffset(2025, 10, 10, 16, 0, 0, TimeSpan.Zero), Calendar.EndOf(Day("2025-10-10")));
        Assert.Equal(TimeSpan.Zero, Calendar.EndOf(Day("2025-10-10")).Offset);
        Assert.Equal(Day("2025-10-11"), Calendar.LocalDate(Calendar.EndOf(Day("2025-10-10"))));
        Assert.Equal(Day("2025-10-10"), Calendar.LocalDate(Calendar.EndOf(Day("2025-10-10")).AddTicks(-1)));
        Assert.Equal(new DateTimeOffset(2025, 10, 10, 0, 30, 0, TimeSpan.Zero), Calendar.OpeningOf(Day("2025-10-10")));
    }

    [Theory]
    [InlineData("2025-09-30 08:29", "2025-09-30 08:30")]
    [InlineData("2025-09-30 08:30", "2025-09-30 08:30")]
    [InlineData("2025-09-30 17:29", "2025-09-30 17:29")]
    [InlineData("2025-09-30 17:30", "2025-10-09 08:30")]
    [InlineData("2025-10-03 10:00", "2025-10-09 08:30")]
    [InlineData("2025-09-26 18:00", "2025-09-28 08:30")]
    [InlineData("2025-09-27 23:59", "2025-09-28 08:30")]
    [InlineData("2025-09-28 12:00", "2025-09-28 12:00")]
    [InlineData("2026-12-31 20:00", "2027-01-01 08:30")]
    [InlineData("2027-01-01 18:00", "2027-01-04 08:30")]
    public void A_notice_waits_for_the_next_office_moment(string at, string expected) =>
        Assert.Equal(Local(expected), Calendar.NextOfficeMoment(Local(at)));

    [Fact]
    public void A_zone_with_summer_time_keeps_its_local_midnight()
    {
        var berlin = new CountyCalendar(
            [], TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), new TimeOnly(8, 0), new TimeOnly(16, 0));

        Assert.Equal(new DateTimeOffset(2025, 3, 29, 23, 0, 0, TimeSpan.Zero), berlin.EndOf(Day("2025-03-29")));
        Assert.Equal(new DateTimeOffset(2025, 3, 30, 22, 0, 0, TimeSpan.Zero), berlin.EndOf(Day("2025-03-30")));
    }
}
