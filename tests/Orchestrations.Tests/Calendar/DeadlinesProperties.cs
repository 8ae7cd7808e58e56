using CsCheck;
using Workflows.Orchestrations.Calendar;
using static Workflows.Orchestrations.Tests.Calendar.Counting;

namespace Workflows.Orchestrations.Tests.Calendar;

public sealed class DeadlinesProperties
{
    private static readonly Gen<DateOnly> Start = Gen.Int[0, 1460].Select(new DateOnly(2023, 1, 1).AddDays);

    private static CountyCalendar Calendar => SeedFiles.Calendar;

    [Fact]
    public void Counting_a_then_b_working_days_is_counting_their_sum() =>
        Gen.Select(Start, Gen.Int[0, 60], Gen.Int[0, 60]).Sample((from, a, b) =>
        {
            var whole = Deadlines.Compute(Policy(a + b, PeriodUnit.WorkingDay), from, Calendar);
            var first = Deadlines.Compute(Policy(a, PeriodUnit.WorkingDay), from, Calendar);
            var second = first is DeadlineAnswer.Due due
                ? Deadlines.Compute(Policy(b, PeriodUnit.WorkingDay), due.Deadline.Date, Calendar)
                : first;

            Assert.Equal(DateOf(whole), DateOf(second));
        });

    [Fact]
    public void Counting_never_lands_on_a_day_of_rest() =>
        Gen.Select(Start, Gen.Int[1, 120], Gen.Bool, Gen.Enum<StartDay>()).Sample((from, amount, rolled, start) =>
        {
            var policy = rolled
                ? Policy(amount, PeriodUnit.Day, start, Roll.NextWorkday)
                : Policy(amount, PeriodUnit.WorkingDay, start);

            if (Deadlines.Compute(policy, from, Calendar) is DeadlineAnswer.Due due)
            {
                Assert.True(Calendar.KindOf(due.Deadline.Date) is DayKind.Workday or DayKind.MakeUpWorkday);
            }
        });

    [Fact]
    public void A_reference_that_walks_day_by_day_agrees() =>
        Gen.Select(Start, Gen.Int[0, 120], Gen.Enum<StartDay>(), Gen.Int[0, 2]).Sample((from, amount, start, kind) =>
        {
            var policy = kind switch
            {
                0 => Policy(amount, PeriodUnit.WorkingDay, start),
                1 => Policy(amount, PeriodUnit.Day, start),
                _ => Policy(amount, PeriodUnit.Day, start, Roll.NextWorkday),
            };

            Assert.Equal(Reference.Count(policy.Period, from), DateOf(Deadlines.Compute(policy, from, Calendar)));
        });

    [Fact]
    public void Counting_back_undoes_counting_from_a_workday() =>
        Gen.Select(Start, Gen.Int[0, 60]).Sample((from, amount) =>
        {
            if (Calendar.IsWorkday(from)
                && DateOf(Deadlines.Compute(Policy(amount, PeriodUnit.WorkingDay), from, Calendar)) is { } date)
            {
                Assert.Equal(from, DateOf(Deadlines.CountBack("TEST", WorkingDays(amount), date, Calendar)));
            }
        });

    [Fact]
    public void The_last_step_carries_the_date_and_the_first_the_start() =>
        Gen.Select(Start, Gen.Int[0, 40], Gen.Enum<PeriodUnit>(), Gen.Enum<Roll>()).Sample((from, amount, unit, roll) =>
        {
            if (unit != PeriodUnit.Hour
                && Deadlines.Compute(Policy(amount, unit, roll: roll), from, Calendar) is DeadlineAnswer.Due due)
            {
                Assert.Equal(("start", from), (due.Deadline.Why[0].Rule, due.Deadline.Why[0].Date));
                Assert.Equal(("ends", due.Deadline.Date), (due.Deadline.Why[^1].Rule, due.Deadline.Why[^1].Date));
                Assert.True(due.Deadline.Date >= from);
                Assert.Equal(Calendar.EndOf(due.Deadline.Date), due.Deadline.At);
            }
        });

    [Fact]
    public void Reminders_come_in_order_on_workdays_between_start_and_date() =>
        Gen.Select(Start, Gen.Int[0, 60], Gen.Enum<PeriodUnit>(), Gen.Int[0, 40].List[0, 5], Gen.Bool.List[5])
            .Sample((from, amount, unit, reminders, inDays) =>
            {
                var policy = Policy(amount, unit) with
                {
                    Reminders = [.. reminders.Select((n, i) => inDays[i] ? Days(n) : WorkingDays(n))],
                };

                if (Deadlines.Compute(policy, Calendar.OpeningOf(from), Calendar) is not DeadlineAnswer.Due due)
                {
                    return;
                }

                var moments = Deadlines.RemindersOf(policy, due.Deadline, Calendar);
                Assert.Equal(moments.Distinct().Order(), moments);
                Assert.All(moments, moment =>
                {
                    var date = Calendar.LocalDate(moment);
                    Assert.True(Calendar.IsWorkday(date));
                    Assert.Equal(Calendar.OpeningOf(date), moment);
                    Assert.InRange(date, from, due.Deadline.Date);
                    Assert.True(moment < due.Deadline.At);
                });
            });

    [Fact]
    public void Overdue_notices_follow_each_other_on_workdays_and_never_stop() =>
        Gen.Select(Start, Gen.Int[1, 20], Gen.Enum<PeriodUnit>(), Gen.Int[0, 8]).Sample((from, every, unit, said) =>
        {
            var policy = Policy(0, PeriodUnit.Day) with { RepeatOverdue = new Period(every, unit) };
            var due = Due(policy, from);

            var next = Deadlines.NextOverdueNotice(policy, due, said + 1, Calendar);

            Assert.True(Calendar.IsWorkday(Calendar.LocalDate(next)));
            Assert.True(next > due.At);
            Assert.True(next > Deadlines.NextOverdueNotice(policy, due, said, Calendar));
        });

    private static DateOnly? DateOf(DeadlineAnswer answer) => (answer as DeadlineAnswer.Due)?.Deadline.Date;
}
