using System.Text;
using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Tests.Calendar;

public sealed class CalendarDataTests
{
    private const string GoodPolicy =
        """
        { "id": "A", "name": "n", "domain": "d", "period": { "amount": 1, "unit": "day" }, "startEvent": "e",
          "source": "s", "scope": "national", "operatorDefault": false }
        """;

    [Fact]
    public void A_bad_year_reports_every_error_with_its_path()
    {
        var result = CalendarData.ParseYear("2025.json", Json(
            """
            { "year": 2025, "sources": [" "],
              "offDays": ["2025-01-01", "2025-01-01", "2024-12-31", "2024-11-30", "2026-01-01", "2025-02-08"],
              "makeUpWorkdays": ["2025-02-08", "2025-02-10", "2025-02-10"] }
            """).Span);

        Assert.Null(result.Value);
        Assert.Equal(
            [
                "2025.json $.sources[0]: blank: A text is required here.",
                "2025.json $.offDays[1]: duplicate-day: 2025-01-01 is listed twice.",
                "2025.json $.offDays[3]: other-year: 2024-11-30 is neither in 2025 nor in the December before.",
                "2025.json $.offDays[4]: other-year: 2026-01-01 is neither in 2025 nor in the December before.",
                "2025.json $.makeUpWorkdays[2]: duplicate-day: 2025-02-10 is listed twice.",
                "2025.json $.makeUpWorkdays[0]: off-and-make-up: 2025-02-08 is also a day off.",
                "2025.json $.makeUpWorkdays[1]: make-up-not-weekend: 2025-02-10 is a Monday.",
                "2025.json $.makeUpWorkdays[2]: make-up-not-weekend: 2025-02-10 is a Monday.",
            ],
            Lines(result.Errors));
    }

    [Fact]
    public void A_year_that_is_not_published_yet_is_no_calendar()
    {
        var result = CalendarData.ParseYear(
            "2027.json", Json("""{ "year": 2127, "offDays": [], "makeUpWorkdays": [], "sources": [] }""").Span);

        Assert.Equal(
            [("$.year", "year-range"), ("$.offDays", "no-off-days"), ("$.sources", "no-source")],
            result.Errors.Select(error => (error.Path, error.Rule)));
    }

    [Fact]
    public void Years_are_checked_against_each_other()
    {
        var result = CalendarData.ParseYears(
        [
            new("a.json", Json("""{ "year": 2022, "offDays": ["2022-01-01"], "makeUpWorkdays": ["2022-12-31"], "sources": ["x"] }""")),
            new("b.json", Json("""{ "year": 2023, "offDays": ["2022-12-31"], "makeUpWorkdays": [], "sources": ["x"] }""")),
            new("c.json", Json("""{ "year": 2023, "offDays": ["2023-01-01"], "makeUpWorkdays": [], "sources": ["x"] }""")),
            new("d.json", Json("""{ "year": 2024 """)),
        ]);

        Assert.Null(result.Value);
        Assert.Equal(
            [
                ("d.json", "$", "json"),
                ("c.json", "$.year", "duplicate-year"),
                ("a.json", "$.makeUpWorkdays[0]", "off-and-make-up"),
            ],
            result.Errors.Select(error => (error.File, error.Path, error.Rule)));
    }

    [Fact]
    public void Bad_policies_report_every_error_with_its_path()
    {
        var result = CalendarData.ParsePolicies("policies.json", Json(
            $$"""
            [
              {{GoodPolicy}},
              {{GoodPolicy}},
              { "id": "b", "name": "", "domain": "d", "period": { "amount": -1, "unit": "day" }, "startEvent": "e",
                "source": "s", "scope": "national", "operatorDefault": false,
                "validFrom": "2025-01-02", "validTo": "2025-01-01", "version": 0 },
              { "id": "C", "name": "n", "domain": "d", "period": { "amount": 10, "unit": "workingDay" }, "startEvent": "e",
                "source": "s", "scope": "national", "operatorDefault": false,
                "reminders": [
                  { "amount": 11, "unit": "workingDay" }, { "amount": 15, "unit": "day" }, { "amount": 1, "unit": "hour" },
                  { "amount": 3, "unit": "day" }, { "amount": 3, "unit": "day" }, { "amount": 14, "unit": "day" } ],
                "repeatOverdue": { "amount": 0, "unit": "day" } },
              { "id": "D", "name": "n", "domain": "d", "period": { "amount": 1, "unit": "fortnight" }, "startEvent": "e",
                "source": "s", "scope": "national", "operatorDefault": false },
              { "id": "E", "name": "n", "domain": "d", "period": { "amount": 1, "unit": "day" }, "startEvent": "e",
                "source": "s", "scope": "national", "operatorDefault": false, "colour": "red" },
              { "id": "F", "name": "n", "domain": "d", "period": { "amount": 1, "unit": "day" }, "source": "s",
                "scope": "national", "operatorDefault": false },
              { "id": "G", "name": "n", "domain": "d", "period": { "amount": 72, "unit": "hour", "roll": "nextWorkday" },
                "startEvent": "e", "source": "s", "scope": "national", "operatorDefault": false },
              null
            ]
            """).Span);

        Assert.Null(result.Value);
        Assert.Equal(
            [
                ("$[4].period.unit", "json"),
                ("$[5].colour", "json"),
                ("$[6]", "json"),
                ("$[8]", "json"),
                ("$[1].id", "duplicate-id"),
                ("$[2].name", "blank"),
                ("$[2].id", "id-form"),
                ("$[2].period.amount", "amount-range"),
                ("$[2].validTo", "validity"),
                ("$[2].version", "version"),
                ("$[3].reminders[0]", "reminder-longer"),
                ("$[3].reminders[1]", "reminder-longer"),
                ("$[3].reminders[2].unit", "reminder-unit"),
                ("$[3].reminders[4]", "duplicate-reminder"),
                ("$[3].repeatOverdue.amount", "amount-range"),
                ("$[7].period", "hours-exact"),
            ],
            result.Errors.Select(error => (error.Path, error.Rule)));
        Assert.All(result.Errors, error => Assert.Equal("policies.json", error.File));
        Assert.Contains("colour", result.Errors[1].Text, StringComparison.Ordinal);
        Assert.Contains("startEvent", result.Errors[2].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "json")]
    [InlineData("", "json")]
    [InlineData("[ {\"id\": \"A\", \"id\": \"B\"} ]", "json")]
    [InlineData("[ 1 ]", "json")]
    public void What_is_no_list_of_policies_is_refused(string json, string rule) =>
        Assert.Equal([rule], CalendarData.ParsePolicies("p", Json(json).Span).Errors.Select(error => error.Rule));

    [Fact]
    public void A_good_policy_is_read_with_its_defaults() => Assert.Equal(
        new DeadlinePolicy("A", "n", "d", new Period(1, PeriodUnit.Day), "e", "s", "national", false),
        SeedFiles.Good(CalendarData.ParsePolicies("p", Json($"[{GoodPolicy}]").Span))["A"]);

    private static ReadOnlyMemory<byte> Json(string text) => Encoding.UTF8.GetBytes(text);

    private static IEnumerable<string> Lines(IReadOnlyList<DataError> errors) =>
        errors.Select(error => error.ToString());
}
