using Workflows.Orchestrations.Reports;

namespace Workflows.Orchestrations.Tests.Reports;

public sealed class MonthlySummaryTests
{
    private static readonly DateOnly October = new(2025, 10, 1);

    [Fact]
    public void Every_number_is_the_count_of_the_records_listed_with_it()
    {
        var summary = MonthlySummary.Of(
            October,
            [MeasuredTests.October(MeasuredTests.Shipped("settled"), MeasuredTests.Sample), MeasuredTests.October(MeasuredTests.Shipped("settlement-rate"), MeasuredTests.Sample)],
            [new("a1", "active", At(9, 1)), new("a2", "struckOff", At(9, 1), At(10, 31)), new("a3", "struckOff", At(9, 1), At(9, 30))],
            [],
            Local);

        Assert.Equal(["D-1", "D-2"], summary["settled"].Records);
        Assert.Equal(["a1"], summary["assignments-open"].Records);
        Assert.Equal(["a2"], summary["assignments-struck-off"].Records);
        Assert.Equal(["settlement-rate"], summary.Measures.Select(measure => measure.Id));
        Assert.Equal((2, 3, 66.7m), (summary.Measures[0].Numerator, summary.Measures[0].Denominator, summary.Measures[0].Value));
    }

    [Fact]
    public void Overdue_notices_are_those_that_say_that_a_term_is_over()
    {
        var summary = MonthlySummary.Of(
            October, [], [], [new("n1", "dispute-sign-overdue", "sent"), new("n2", "dispute-total-over", "sent"), new("n3", "dispute-offered", "failedPermanent")], Local);
        Assert.Equal(["n1", "n2"], summary["notices-overdue"].Records);
        Assert.Equal(["n3"], summary["notices-undelivered"].Records);
        Assert.Equal(3, summary["notices"].Value);
    }

    private static DateOnly Local(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(8)).DateTime);

    private static DateTimeOffset At(int month, int day) => new(2025, month, day, 1, 0, 0, TimeSpan.Zero);
}
