using System.Globalization;
using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Tests.Calendar;

/// <summary>Short words for the tests of this room.</summary>
internal static class Counting
{
    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateTimeOffset Local(string text) =>
        DateTimeOffset.ParseExact(text + " +08:00", "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    public static DeadlinePolicy Policy(
        int amount, PeriodUnit unit, StartDay start = StartDay.Excluded, Roll roll = Roll.None) => new(
        "TEST", "测试", "test", new Period(amount, unit, start, roll), "受理", "test", "operator", true);

    public static DeadlineAnswer Answer(DeadlinePolicy policy, string from) =>
        Deadlines.Compute(policy, Day(from), SeedFiles.Calendar);

    public static Deadline Due(DeadlinePolicy policy, DateOnly from) =>
        Assert.IsType<DeadlineAnswer.Due>(Deadlines.Compute(policy, from, SeedFiles.Calendar)).Deadline;

    public static Deadline Due(DeadlinePolicy policy, string from) => Due(policy, Day(from));

    public static Period WorkingDays(int amount) => new(amount, PeriodUnit.WorkingDay);

    public static Period Days(int amount) => new(amount, PeriodUnit.Day);
}
