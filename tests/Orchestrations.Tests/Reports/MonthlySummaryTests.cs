using Workflows.Orchestrations.Reports;

namespace Workflows.Orchestrations.Tests.Reports;

public sealed class MonthlySummaryTests
{
    private static readonly DateOnly October = new(2025, 10, 1);

    [Fact]
    public void Every_number_is_the_count_of_the_records_listed_with_it()
    {
        var summary = Of(
            [
                new("D-1", "settled", "village", 0, At(9, 20), At(10, 3)),
                new("D-2", "settled", "county", 2, At(8, 1), At(10, 31)),
                new("D-3", "failed", "township", 1, At(10, 2), At(10, 30)),
                new("D-4", "mediating", "village", 0, At(10, 5)),
                new("D-5", "settled", "village", 0, At(10, 6), At(11, 1)),
            ]);

        Assert.Equal(["D-3", "D-4", "D-5"], summary["opened"].Records);
        Assert.Equal(["D-1", "D-2", "D-3"], summary["ended"].Records);
        Assert.Equal(["D-1", "D-2"], summary["settled"].Records);
        Assert.Equal(["D-1"], summary["settled-village"].Records);
        Assert.Equal(["D-2"], summary["settled-county"].Records);
        Assert.Equal(["D-2", "D-3"], summary["ended-after-missed-term"].Records);
        Assert.Equal(["D-4", "D-5"], summary["open"].Records);
        Assert.Equal(66.7m, Share(summary, "settlement-rate"));
        Assert.Equal(50.0m, Share(summary, "stayed-in-village"));
        Assert.Equal(50.0m, Share(summary, "stayed-in-township"));
    }

    [Fact]
    public void The_first_and_the_last_instant_of_a_month_are_the_county_s_own()
    {
        var summary = Of(
            [
                new("D-before", "mediating", "village", 0, Utc("2025-09-30T15:59:59Z")),
                new("D-first", "mediating", "village", 0, Utc("2025-09-30T16:00:00Z")),
                new("D-last", "mediating", "village", 0, Utc("2025-10-31T15:59:59Z")),
                new("D-after", "mediating", "village", 0, Utc("2025-10-31T16:00:00Z")),
            ]);
        Assert.Equal(["D-first", "D-last"], summary["opened"].Records);
        Assert.Equal(["D-before", "D-first", "D-last"], summary["open"].Records);
    }

    [Fact]
    public void A_month_without_anything_has_no_rates()
    {
        var summary = Of([]);
        Assert.All(summary.Figures, figure => Assert.Equal(0, figure.Value));
        Assert.All(summary.Shares, share => Assert.Null(share.Percent));
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

    private static decimal? Share(MonthlySummary summary, string key) => summary.Shares.Single(share => share.Key == key).Percent;

    private static MonthlySummary Of(DisputeRow[] disputes) => MonthlySummary.Of(October, disputes, [], [], Local);

    private static DateOnly Local(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(8)).DateTime);

    private static DateTimeOffset At(int month, int day) => new(2025, month, day, 1, 0, 0, TimeSpan.Zero);

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
