using CsCheck;
using Workflows.Orchestrations.Calendar;
using Workflows.Testing;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Calendar;

/// <summary>Dates that move: by the days a matter stood still, and by more time that was granted.</summary>
public sealed class ClockMoveTests
{
    private static readonly CountyCalendar Days = ReferenceCounty.Calendar;

    private static DeadlinePolicy Village => ReferenceCounty.Policies["DISPUTE-VILLAGE"];

    private static DeadlinePolicy Total => ReferenceCounty.Policies["DISPUTE-TOTAL"];

    [Theory]
    // Thursday to Monday, with the make-up Saturday: three working days, four days of the calendar.
    [InlineData("2025-10-09 10:00", "2025-10-13 09:00", "2025-10-22", "2025-12-30")]
    // Within one day nothing is lost; over one midnight a day is.
    [InlineData("2025-10-09 00:00", "2025-10-09 23:59", "2025-10-17", "2025-12-26")]
    [InlineData("2025-10-09 23:59", "2025-10-10 00:00", "2025-10-20", "2025-12-29")]
    // A holiday costs no working day.
    [InlineData("2025-10-01 09:00", "2025-10-09 09:00", "2025-10-17", "2026-01-04")]
    // The last day itself, from its last minute.
    [InlineData("2025-10-17 23:59", "2025-10-20 09:00", "2025-10-20", "2025-12-29")]
    // The make-up Sunday on which it was signed for is not counted, so it is not lost.
    [InlineData("2025-09-28 11:00", "2025-09-29 09:00", "2025-10-17", "2025-12-29")]
    public void A_date_moves_by_the_days_that_ended_while_it_stood_still(string from, string to, string village, string total)
    {
        var level = Clock.Start(Village, Local("2025-09-28 10:00"), Days);
        var whole = Clock.Start(Total, Local("2025-09-26 09:00"), Days);
        Assert.Equal((Day("2025-10-17"), Day("2025-12-26")), (level.Deadline.Date, whole.Deadline.Date));

        Assert.Equal(Day(village), level.Moved(Local(from), Local(to), Village, Days).Deadline.Date);
        Assert.Equal(Day(total), whole.Moved(Local(from), Local(to), Total, Days).Deadline.Date);
    }

    [Fact]
    public void A_moved_date_says_why_and_reminds_before_the_new_date()
    {
        var moved = Clock.Start(Village, Local("2025-09-28 10:00"), Days)
            .Moved(Local("2025-10-09 10:00"), Local("2025-10-13 09:00"), Village, Days);

        Assert.Equal(
            ["suspended from 2025-10-09 to 2025-10-13, 3 working days: the last is 2025-10-22", "over at 24:00 on 2025-10-22 local time"],
            moved.Deadline.Why.TakeLast(2).Select(step => step.Text));
        Assert.Equal("2025年10月9日至2025年10月13日中止3个工作日，顺延至2025年10月22日", moved.Deadline.Why[^2].TextZh);
        Assert.Equal(["10-17 08:30", "10-21 08:30"], moved.Reminders.Select(Minute));
        Assert.Equal(Local("2025-10-23 00:00"), moved.NextOverdue);
    }

    [Fact]
    public void What_was_said_before_keeps_its_number()
    {
        var clock = Clock.Start(Village, Local("2025-09-28 10:00"), Days).Said(Local("2025-10-14 08:30"), Village, Days);

        var moved = clock.Moved(Local("2025-10-15 10:00"), Local("2025-10-16 09:00"), Village, Days);

        Assert.Equal(1, moved.RemindersSaid);
        Assert.Equal(["10-14 08:30", "10-17 08:30"], moved.Reminders.Select(Minute));
    }

    [Fact]
    public void A_clock_that_was_over_before_stays_over()
    {
        var clock = Clock.Start(Village, Local("2025-09-28 10:00"), Days);

        // Saturday, Sunday, and a Monday that would count.
        Assert.Same(clock, clock.Moved(Local("2025-10-18 00:00"), Local("2025-10-21 00:00"), Village, Days));
        Assert.NotSame(clock, clock.Moved(JustBefore(Local("2025-10-18 00:00")), Local("2025-10-21 00:00"), Village, Days));
    }

    [Fact]
    public void A_reminder_whose_very_moment_it_is_when_a_clock_begins_or_moves_is_dropped()
    {
        var morning = Local("2025-10-16 08:30");
        Assert.Empty(Clock.Given(Village, morning, Day("2025-10-17"), Days).Reminders);
        Assert.Equal([morning], Clock.Given(Village, JustBefore(morning), Day("2025-10-17"), Days).Reminders);

        var clock = Clock.Start(Village, Local("2025-09-28 10:00"), Days);
        Assert.Equal(["10-23 08:30"], clock.Extended(5, Local("2025-10-21 08:30"), Village, Days).Reminders.Select(Minute));
        Assert.Equal(["10-21 08:30", "10-23 08:30"], clock.Extended(5, JustBefore(Local("2025-10-21 08:30")), Village, Days).Reminders.Select(Minute));
    }

    [Fact]
    public void A_repeat_whose_very_moment_it_is_is_said_with_what_was_late()
    {
        var clock = Clock.Start(Village, Local("2025-09-28 10:00"), Days);

        var said = clock.Said(Local("2025-10-22 08:30"), Village, Days);

        Assert.Equal((2, "10-27 08:30"), (said.OverdueSaid, Minute(said.NextOverdue!.Value)));
        var before = clock.Said(JustBefore(Local("2025-10-22 08:30")), Village, Days);
        Assert.Equal((1, "10-22 08:30"), (before.OverdueSaid, Minute(before.NextOverdue!.Value)));
    }

    [Fact]
    public void A_rest_day_at_the_end_is_rolled_once_and_not_once_more_after_the_standstill()
    {
        // 10 July to 10 October would roll from the holiday; 5 July counts to 5 October and rolls to the 9th.
        var clock = Clock.Start(Total, Local("2025-07-05 09:00"), Days);
        Assert.Equal(Day("2025-10-09"), clock.Deadline.Date);

        var moved = clock.Moved(Local("2025-09-01 09:00"), Local("2025-09-05 09:00"), Total, Days);

        Assert.Equal(Day("2025-10-09"), moved.Deadline.Date);
        Assert.Equal(
            ["start", "start-not-counted", "count-months", "suspended", "ends"],
            moved.Deadline.Why.Select(step => step.Rule));
    }

    [Fact]
    public void Hours_move_by_hours()
    {
        var policy = Village with { Id = "HOURS", Period = new Period(24, PeriodUnit.Hour), Reminders = null };
        var clock = Clock.Start(policy, Local("2025-09-26 09:00"), Days);

        var moved = clock.Moved(Local("2025-09-26 20:00"), Local("2025-09-26 22:30"), policy, Days);

        Assert.Equal(Local("2025-09-27 11:30"), moved.Deadline.At);
        Assert.Equal(Local("2025-09-27 13:30"), moved.Moved(Local("2025-09-26 23:00"), Local("2025-09-27 01:00"), policy, Days).Deadline.At);
    }

    [Fact]
    public void More_time_is_counted_from_the_day_everybody_had_been_told()
    {
        var level = Clock.Start(Village, Local("2025-09-28 10:00"), Days).Extended(5, Local("2025-10-13 09:00"), Village, Days);
        Assert.Equal(Day("2025-10-24"), level.Deadline.Date);
        Assert.Equal("extended by 5 working days: the last is 2025-10-24", level.Deadline.Why[^2].Text);

        // 25 December and 10 days is a Sunday that is worked: no roll.
        var total = Clock.Start(Total, Local("2025-09-25 09:00"), Days).Extended(10, Local("2025-10-13 09:00"), Total, Days);
        Assert.Equal(Day("2026-01-04"), total.Deadline.Date);
    }

    [Fact]
    public void A_date_moved_into_a_year_without_a_calendar_is_provisional()
    {
        var clock = Clock.Start(Village, Local("2026-12-10 10:00"), Days);
        Assert.False(Deadlines.IsProvisional(clock.Deadline));

        Assert.True(Deadlines.IsProvisional(clock.Moved(Local("2026-12-11 10:00"), Local("2026-12-25 10:00"), Village, Days).Deadline));
    }

    [Fact]
    public void Clocks_agree_with_a_calculator_that_walks_day_by_day() => Gen
        .Select(
            Gen.Int[0, 400],
            Gen.OneOf("DISPUTE-VILLAGE", "DISPUTE-TOWNSHIP", "PM-TERM", "DISPUTE-TOTAL"),
            Gen.Select(Gen.Int[0, 300], Gen.Int[0, 500], Gen.Int[-3, 12]).Array[0, 6])
        .Sample(
            (start, id, events) =>
            {
                var policy = ReferenceCounty.Policies[id];
                var at = Local("2024-02-01 09:00").AddHours(start * 24);
                var clock = Clock.Start(policy, at, Days);
                var reference = new Walk(policy, at);
                foreach (var (pause, length, days) in events)
                {
                    at = at.AddHours(pause);
                    if (clock.Deadline.At <= at)
                    {
                        break;
                    }

                    if (days > 0)
                    {
                        clock = clock.Extended(days, at, policy, Days);
                        reference.Extend(days);
                        continue;
                    }

                    var to = at.AddHours(length);
                    clock = clock.Moved(at, to, policy, Days);
                    reference.StandStill(at, to);
                    at = to;
                }

                Assert.Equal(reference.Due, clock.Deadline.Date);
                Assert.Equal(Days.EndOf(reference.Due), clock.NextOverdue);
            },
            iter: 2000);

    /// <summary>Counts like a clerk with a calendar on the wall: one day after the other.</summary>
    private sealed class Walk
    {
        private readonly DeadlinePolicy policy;
        private readonly DateOnly from;
        private DateOnly counted;

        public Walk(DeadlinePolicy policy, DateTimeOffset at)
        {
            this.policy = policy;
            from = Days.LocalDate(at);
            counted = policy.Period.Unit == PeriodUnit.Month ? from.AddMonths(policy.Period.Amount) : from;
            for (var days = 0; policy.Period.Unit == PeriodUnit.WorkingDay && days < policy.Period.Amount; days++)
            {
                counted = Next(counted);
            }
        }

        public DateOnly Due
        {
            get
            {
                var due = counted;
                while (policy.Period.Roll == Roll.NextWorkday && !Days.IsWorkday(due))
                {
                    due = due.AddDays(1);
                }

                return due;
            }
        }

        public void Extend(int days)
        {
            counted = Due;
            for (var day = 0; day < days; day++)
            {
                counted = Next(counted);
            }
        }

        public void StandStill(DateTimeOffset stopped, DateTimeOffset wentOn)
        {
            for (var day = from.AddDays(1); Days.EndOf(day) <= wentOn; day = day.AddDays(1))
            {
                if (Days.EndOf(day) > stopped && Counts(day))
                {
                    counted = Next(counted);
                }
            }
        }

        private bool Counts(DateOnly day) => policy.Period.Unit != PeriodUnit.WorkingDay || Days.IsWorkday(day);

        private DateOnly Next(DateOnly day)
        {
            do
            {
                day = day.AddDays(1);
            }
            while (!Counts(day));

            return day;
        }
    }
}
