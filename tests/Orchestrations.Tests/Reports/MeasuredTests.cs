using Workflows.Orchestrations.Reports;
using Workflows.Orchestrations.Units;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Reports;

public sealed class MeasuredTests
{
    private const string Village = "350322103203";
    private const string Neighbour = "350322103204";
    private const string Elsewhere = "350322104001";

    private static readonly DateOnly First = new(2025, 10, 1);

    private static readonly MeasureBook Book = MeasureData.Parse(
        "measures.json", ReferenceCounty.Seed("measures.json").Json.Span, ["settled", "refused", "withdrawn", "failed", "merged"]).Value!;

    /// <summary>Three ended in October, of which two were settled; one is open; one ended in November.</summary>
    internal static CountedCases Sample { get; } = new(
        [
            new("D-3", Village, "neighbours", Day(10, 2)),
            new("D-4", Neighbour, "labour", Day(10, 5)),
            new("D-5", Village, "neighbours", Day(10, 6)),
        ],
        [
            new("D-1", Village, "neighbours", Day(9, 20), Day(10, 3), "settled", Level.Village),
            new("D-2", Elsewhere, "labour", Day(8, 1), Day(10, 31), "settled", Level.County, WentUp: true, TermMissed: true),
            new("D-3", Village, "neighbours", Day(10, 2), Day(10, 30), "failed", Level.Township, WentUp: true),
        ],
        [new("D-4", Neighbour, "labour", Day(10, 5)), new("D-5", Village, "neighbours", Day(10, 6))]);

    [Theory]
    [InlineData("opened", "D-3 D-4 D-5", "3")]
    [InlineData("ended", "D-1 D-2 D-3", "3")]
    [InlineData("settled", "D-1 D-2", "2")]
    [InlineData("settled-village", "D-1", "1")]
    [InlineData("settled-township", "", "0")]
    [InlineData("settled-county", "D-2", "1")]
    [InlineData("refused", "", "0")]
    [InlineData("failed", "D-3", "1")]
    [InlineData("ended-after-going-up", "D-2 D-3", "2")]
    [InlineData("ended-after-missed-term", "D-2", "1")]
    [InlineData("open", "D-4 D-5", "2")]
    [InlineData("repeats", "D-5", "1")]
    [InlineData("settlement-rate", "D-1 D-2", "2/3=66.7")]
    [InlineData("stayed-in-village", "D-1", "1/3=33.3")]
    [InlineData("stayed-in-township", "D-1", "1/3=33.3")]
    [InlineData("missed-term-rate", "D-2", "1/3=33.3")]
    [InlineData("escalation-rate", "D-2 D-3", "2/3=66.7")]
    [InlineData("repeat-rate", "D-5", "1/3=33.3")]
    [InlineData("days-to-settle", "D-1 D-2", "104/2=52.0 median 52.0")]
    public void Every_shipped_measure_counts_the_sample(string id, string cases, string number)
    {
        var measured = October(Shipped(id), Sample);

        Assert.Equal(cases, string.Join(' ', measured.Cases.Select(counted => counted.Id)));
        Assert.Equal(number, Text(measured));
    }

    [Fact]
    public void Nothing_below_the_line_gives_no_number() => Assert.All(
        Book.All.Where(measure => measure.Unit != MeasureUnit.Cases),
        measure => Assert.Null(October(measure, new CountedCases([], [], [])).Value));

    [Fact]
    public void A_township_stands_for_its_villages_and_a_category_for_itself()
    {
        Assert.Equal("2", Text(October(Shipped("opened"), Sample.Within(Village, null))));
        Assert.Equal("3", Text(October(Shipped("opened"), Sample.Within("350322103", null))));
        Assert.Equal("1", Text(October(Shipped("opened"), Sample.Within("350322103", ["labour"]))));
        Assert.Equal("3", Text(October(Shipped("ended"), Sample.Within("350322", null))));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(89, true)]
    [InlineData(90, true)]
    [InlineData(91, false)]
    public void A_case_is_a_repeat_up_to_ninety_days_after_another_of_its_place_and_category(int days, bool isRepeat)
    {
        var second = Day(10, 20);
        var cases = new CountedCases(
            [new("D-1", Village, "neighbours", second.AddDays(-days)), new("D-2", Village, "neighbours", second)], [], []);

        Assert.Equal(isRepeat, October(Shipped("repeats"), cases).Cases.Any(counted => counted.Id == "D-2"));
    }

    [Fact]
    public void Another_place_or_another_category_makes_no_repeat()
    {
        var cases = new CountedCases(
            [
                new("D-1", Village, "neighbours", Day(10, 1)),
                new("D-2", Neighbour, "neighbours", Day(10, 2)),
                new("D-3", Village, "labour", Day(10, 3)),
            ],
            [],
            []);

        Assert.Empty(October(Shipped("repeats"), cases).Cases);
    }

    [Fact]
    public void The_median_of_an_even_number_of_cases_lies_between_the_middle_two()
    {
        CountedCase After(string id, int days) =>
            new(id, Village, "labour", Day(10, 31).AddDays(-days), Day(10, 31), "settled", Level.Village);
        var measured = October(
            Shipped("days-to-settle"), new CountedCases([], [After("D-1", 0), After("D-2", 3), After("D-3", 6), After("D-4", 40)], []));

        Assert.Equal("49/4=12.3 median 4.5", Text(measured));
    }

    [Fact]
    public void A_state_is_counted_on_the_county_s_days_and_by_what_it_says()
    {
        var calendar = ReferenceCounty.Calendar;
        var open = new DisputeState("D-1", Village, "labour", LocalTime.Local("2025-09-30 23:59"), "mediating", Level.Township, 2, [Village]);
        var ended = open with { Status = "failed", Outcome = new DisputeOutcome(LocalTime.Local("2025-10-31 23:59")) };

        Assert.Equal(new CountedCase("D-1", Village, "labour", Day(9, 30)), CountedCase.Of(open, calendar.LocalDate));
        Assert.Equal(
            new CountedCase("D-1", Village, "labour", Day(9, 30), Day(10, 31), "failed", Level.Township, WentUp: true, TermMissed: true),
            CountedCase.Of(ended, calendar.LocalDate));
    }

    [Theory]
    [InlineData("350322001003", Level.Village, false)]
    [InlineData("350322001003", Level.Township, true)]
    [InlineData("350322100", Level.Township, false)]
    [InlineData("350322100", Level.County, true)]
    [InlineData("zzzx", Level.County, false)]
    public void A_case_went_up_when_a_lower_level_had_it_and_not_by_a_return_to_another_of_its_own(string former, Level level, bool wentUp)
    {
        var ended = new DisputeState(
            "D-1", Village, "labour", LocalTime.Local("2025-09-30 10:00"), "settled", level, 0, [former], new DisputeOutcome(LocalTime.Local("2025-10-09 10:00")));

        Assert.Equal(wentUp, CountedCase.Of(ended, ReferenceCounty.Calendar.LocalDate).WentUp);
    }

    internal static Measure Shipped(string id) => Book.Find(id)!;

    internal static Measured October(Measure measure, CountedCases cases) =>
        Measured.Of(measure, Book.RepeatWithinDays, First, cases);

    private static DateOnly Day(int month, int day) => new(2025, month, day);

    private static string Text(Measured measured) => FormattableString.Invariant(
        $"{measured.Numerator}{(measured.Denominator is { } whole ? $"/{whole}={measured.Value:0.0}" : "")}{(measured.Median is { } median ? $" median {median:0.0}" : "")}");
}
