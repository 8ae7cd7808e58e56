using CsCheck;
using Workflows.Orchestrations.Calendar;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Calendar.Counting;

namespace Workflows.Orchestrations.Tests.Calendar;

/// <summary>A running date under another policy or calendar: from its own start, with what it went through.</summary>
public sealed class RecountedTests
{
    private static readonly CountyCalendar Days = ReferenceCounty.Calendar;
    private static readonly DeadlinePolicy Hours48 = Policy(48, PeriodUnit.Hour);
    private static readonly DeadlinePolicy Hours72 = Policy(72, PeriodUnit.Hour);

    [Theory]
    [InlineData(PeriodUnit.WorkingDay, 5, "2025-10-11")]
    [InlineData(PeriodUnit.Day, 5, "2025-10-03")]
    [InlineData(PeriodUnit.Month, 1, "2025-10-28")]
    [InlineData(PeriodUnit.WorkingDay, 0, "2025-09-28")]
    public void A_date_is_counted_from_its_own_start_by_the_new_length_and_unit(PeriodUnit unit, int amount, string date)
    {
        var was = Due(Policy(10, PeriodUnit.WorkingDay), "2025-09-28");

        Assert.Equal(Due(Policy(amount, unit), "2025-09-28").Why, Recounted(was, Policy(amount, unit)).Why);
        Assert.Equal(Day(date), Recounted(was, Policy(amount, unit)).Date);
    }

    [Fact]
    public void A_date_that_was_set_and_not_counted_stays_as_it_was_set()
    {
        var set = Deadlines.Given(Policy(0, PeriodUnit.Day), Day("2025-09-28"), Day("2025-10-31"), Days);

        Assert.Equal(Day("2025-10-31"), Recounted(set, Policy(30, PeriodUnit.WorkingDay)).Date);
        Assert.Equal(Day("2025-10-31"), Recounted(set, Hours48).Date);
    }

    [Fact]
    public void Standstills_and_more_time_are_taken_in_their_order_and_in_the_days_that_the_new_policy_counts()
    {
        var policy = Policy(10, PeriodUnit.WorkingDay);
        var clock = Clock.Start(policy, Local("2025-09-28 10:00"), Days)
            .Moved(Local("2025-10-09 10:00"), Local("2025-10-13 09:00"), policy, Days)
            .Extended(3, Local("2025-10-14 09:00"), policy, Days);
        Assert.Equal(Day("2025-10-27"), clock.Deadline.Date);

        var recounted = Recounted(clock.Deadline, Policy(10, PeriodUnit.Day));

        // 8 October by the count, four days of the calendar for the standstill, three that were granted.
        Assert.Equal(Day("2025-10-15"), recounted.Date);
        Assert.Equal(["start", "start-not-counted", "count-days", "suspended", "extended", "ends"], recounted.Why.Select(step => step.Rule));
        Assert.Equal(clock.Deadline.Why.Select(step => step.Text), Recounted(recounted, policy).Why.Select(step => step.Text));
    }

    [Fact]
    public void Hours_are_counted_on_to_the_second_and_keep_their_standstills()
    {
        var began = Local("2025-09-28 10:00").AddSeconds(17);
        var clock = Clock.Start(Hours48, began, Days).Moved(Local("2025-09-29 10:00"), Local("2025-09-29 12:30"), Hours48, Days);
        Assert.Equal(began.AddHours(50.5), clock.Deadline.At);

        var longer = Recounted(clock.Deadline, Hours72);

        Assert.Equal(began.AddHours(74.5), longer.At);
        Assert.Equal("suspended from 2025-09-29 10:00 to 2025-09-29 12:30: ends at 2025-10-01 12:30 local time", longer.Why[^1].Text);
        Assert.Equal(clock.Deadline.At, Recounted(longer, Hours48).At);
        Assert.Same(clock.Deadline.Why, Recounted(clock.Deadline, Hours48).Why);
    }

    [Fact]
    public void Hours_that_were_extended_end_with_the_day_that_was_granted()
    {
        var clock = Clock.Start(Hours48, Local("2025-09-28 10:00"), Days).Extended(2, Local("2025-09-29 10:00"), Hours48, Days);

        Assert.Equal(clock.Deadline.At, Recounted(clock.Deadline, Hours72).At);
    }

    [Fact]
    public void Hours_become_days_and_days_never_hours()
    {
        var hours = Clock.Start(Hours48, Local("2025-09-28 10:00"), Days).Deadline;
        Assert.Equal(Day("2025-09-30"), Recounted(hours, Policy(2, PeriodUnit.Day)).Date);

        var refused = Assert.IsType<DeadlineAnswer.NotValid>(Deadlines.Recounted(Due(Policy(2, PeriodUnit.Day), "2025-09-28"), Hours48, Days));
        Assert.Equal("TEST is counted in hours; the day of the start is known and not the moment.", refused.Reason);
    }

    [Theory]
    [InlineData("2025-09-28", true)]
    [InlineData("2025-09-29", false)]
    public void A_policy_that_was_not_valid_on_the_first_day_is_refused(string validFrom, bool isValid) => Assert.Equal(
        isValid,
        Deadlines.Recounted(Due(Policy(2, PeriodUnit.Day), "2025-09-28"), Policy(3, PeriodUnit.Day) with { ValidFrom = Day(validFrom) }, Days) is DeadlineAnswer.Due);

    [Fact]
    public void Whatever_a_date_went_through_is_read_from_its_steps_without_a_loss() => Gen
        .Select(
            Gen.Select(Gen.Int[1, 40], Gen.OneOf(PeriodUnit.Day, PeriodUnit.WorkingDay, PeriodUnit.Month), Gen.Enum<StartDay>(), Gen.Enum<Roll>()),
            Gen.Int[0, 24 * 500],
            Gen.Select(Gen.Bool, Gen.Int[0, 200], Gen.Int[0, 500]).Array[0, 4])
        .Sample((counted, hours, moves) =>
        {
            var policy = Policy(counted.Item1, counted.Item2, counted.Item3, counted.Item4);
            var at = Local("2024-02-01 00:00").AddHours(hours);
            var clock = Clock.Start(policy, at, Days);
            foreach (var (isGranted, later, length) in moves)
            {
                var from = at.AddHours(later);
                at = from.AddHours(length);
                clock = isGranted ? clock.Extended(1 + (length % 20), at, policy, Days) : clock.Moved(from, at, policy, Days);
            }

            var recounted = Recounted(clock.Deadline, policy);
            Assert.Equal(clock.Deadline.Why.Select(step => step.Text), recounted.Why.Select(step => step.Text));
            Assert.Equal(clock.Deadline.At, recounted.At);
        });

    private static Deadline Recounted(Deadline deadline, DeadlinePolicy policy) =>
        Assert.IsType<DeadlineAnswer.Due>(Deadlines.Recounted(deadline, policy, Days)).Deadline;
}
