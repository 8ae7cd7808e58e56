using System.Text.Json;

namespace Workflows.Web.Tests.Calendar;

public sealed class DeadlineTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private const string FromRule = "must be a date such as 2025-09-26 or an instant such as 2025-09-26T10:00:00+08:00";

    [Theory]
    [InlineData("DISPUTE-SIGN", "2025-09-15", "2025-09-17", "2025-09-17T16:00:00+00:00")]
    [InlineData("DISPUTE-VILLAGE", "2025-09-15", "2025-09-28", "2025-09-28T16:00:00+00:00")]
    [InlineData("DISPUTE-SIGN", "2025-09-30", "2025-10-10", "2025-10-10T16:00:00+00:00")]
    [InlineData("PM-TERM", "2025-09-15", "2025-10-15", "2025-10-15T16:00:00+00:00")]
    [InlineData("PM-TERM", "2025-08-31", "2025-09-30", "2025-09-30T16:00:00+00:00")]
    [InlineData("JC-APPLY", "2025-09-03", "2025-10-09", "2025-10-09T16:00:00+00:00")]
    [InlineData("DISPUTE-SIGN", "2025-09-15T23:30:00%2B08:00", "2025-09-17", "2025-09-17T16:00:00+00:00")]
    [InlineData("DISPUTE-SIGN", "2025-09-15T23:30:00Z", "2025-09-18", "2025-09-18T16:00:00+00:00")]
    public async Task A_due_date_comes_with_its_instant_and_its_reasons(string policy, string from, string due, string overAt)
    {
        var answer = (await county.Get($"/api/deadlines?policy={policy}&from={from}")).Is(200).Json;

        Assert.Equal(policy, answer.GetProperty("policy").GetString());
        Assert.Equal(due, answer.GetProperty("due").GetString());
        Assert.Equal(overAt, answer.GetProperty("overAt").GetString());
        Assert.NotEmpty(answer.GetProperty("name").GetString()!);
        Assert.NotEmpty(answer.GetProperty("source").GetString()!);
        Assert.True(answer.GetProperty("why").GetArrayLength() >= 2, answer.GetRawText());
    }

    [Theory]
    [InlineData("2025-09-26T10:00:00%2B08:00", "2025-09-29T02:00:00+00:00")]
    [InlineData("2025-09-26T10:00:00+08:00", "2025-09-29T02:00:00+00:00")]
    [InlineData("2025-09-26T10:00%2B08:00", "2025-09-29T02:00:00+00:00")]
    [InlineData("2025-09-26T02:00:00Z", "2025-09-29T02:00:00+00:00")]
    [InlineData("2025-09-26T02:00:00.5Z", "2025-09-29T02:00:00.5+00:00")]
    [InlineData("2025-09-25T18:00:00-08:00", "2025-09-29T02:00:00+00:00")]
    public async Task Hours_are_counted_from_an_instant_however_its_plus_is_sent(string from, string overAt)
    {
        var answer = (await county.Get($"/api/deadlines?policy=DV-ORDER&from={from}")).Is(200).Json;

        Assert.Equal("2025-09-29", answer.GetProperty("due").GetString());
        Assert.Equal(overAt, answer.GetProperty("overAt").GetString());
    }

    [Fact]
    public async Task Hours_need_an_instant() =>
        (await county.Get("/api/deadlines?policy=DV-ORDER&from=2025-09-26")).IsInvalid(
            ("from", "must be an instant such as 2025-09-26T10:00:00+08:00, since DV-ORDER is counted in hours"));

    [Theory]
    [InlineData("2025-02-30")]
    [InlineData("26.9.2025")]
    [InlineData("2025-9-26")]
    [InlineData("2025-09-26 10:00")]
    [InlineData("2025-09-26T10:00:00")]
    [InlineData("2025-09-26T25:00:00Z")]
    [InlineData("T10:00Z")]
    [InlineData("Tuesday")]
    [InlineData("2025-09-26T10:00:00%2B99:00")]
    [InlineData("0001-01-01T00:00:00%2B14:00")]
    [InlineData("20250926")]
    [InlineData("明天")]
    public async Task What_is_neither_a_date_nor_an_instant_with_its_offset_is_refused(string from) =>
        (await county.Get($"/api/deadlines?policy=DISPUTE-SIGN&from={from}")).IsInvalid(("from", FromRule));

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("1899-12-31")]
    [InlineData("3000-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("9999-12-31T23:59:59Z")]
    public async Task A_date_outside_all_calendars_is_refused_by_every_policy(string from)
    {
        foreach (var policy in await Policies())
        {
            var answer = await county.Get($"/api/deadlines?policy={policy}&from={from}");

            answer.IsProblem(400, "invalid-request");
            Assert.Equal("must be from 1900-01-01 to 2999-12-31", answer.Json.GetProperty("errors").GetProperty("from")[0].GetString());
        }
    }

    [Theory]
    [InlineData("1900-01-01")]
    [InlineData("2024-02-29")]
    [InlineData("2026-12-31")]
    [InlineData("2999-12-31")]
    [InlineData("2025-10-01T00:00:00Z")]
    public async Task Every_policy_answers_or_says_why_not(string from)
    {
        foreach (var policy in await Policies())
        {
            var answer = await county.Get($"/api/deadlines?policy={policy}&from={from}");

            Assert.True(answer.Status is 200 or 400 or 422, $"{policy}: {answer.Text}");
        }
    }

    [Fact]
    public async Task An_unknown_policy_is_answered_with_those_that_there_are()
    {
        var ids = string.Join(", ", await Policies());

        (await county.Get("/api/deadlines?policy=PM-TERMS&from=2025-09-26")).IsInvalid(("policy", $"is not known; there are {ids}"));
        (await county.Get("/api/deadlines?policy=pm-term&from=2025-09-26")).IsInvalid(("policy", $"is not known; there are {ids}"));
    }

    [Fact]
    public async Task Missing_unknown_and_doubled_parameters_are_named_at_once()
    {
        const string policy = "is required: the id of a policy";
        const string from = "is required: a date such as 2025-09-26";
        const string unknown = "is not a parameter; there are policy, from";

        (await county.Get("/api/deadlines")).IsInvalid(("policy", policy), ("from", from));
        (await county.Get("/api/deadlines?policy=&from=")).IsInvalid(("policy", policy), ("from", FromRule));
        (await county.Get("/api/deadlines?Policy=PM-TERM&from=2025-09-26&until=x")).IsInvalid(("Policy", unknown), ("until", unknown), ("policy", policy));
        (await county.Get("/api/deadlines?policy=PM-TERM&policy=JC-APPLY&from=2025-09-26&from=2025-09-27"))
            .IsInvalid(("policy", "is given twice"), ("from", "is given twice"));
    }

    [Fact]
    public async Task A_year_without_a_calendar_is_said_and_not_guessed()
    {
        (await county.Get("/api/deadlines?policy=DISPUTE-SIGN&from=2027-03-01")).IsProblem(422, "no-calendar");
        var answer = (await county.Get("/api/deadlines?policy=DISPUTE-TOTAL&from=2026-12-30")).IsProblem(422, "no-calendar");

        Assert.Contains("2027", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_does_not_apply_to_the_date_says_from_when_it_does()
    {
        (await county.Get("/api/deadlines?policy=FY-APPLY&from=2023-12-31"))
            .IsProblem(422, "policy-not-valid", "FY-APPLY is valid from 2024-01-01, not on 2023-12-31.");
        (await county.Get("/api/deadlines?policy=FY-APPLY&from=2024-01-01")).Is(200);
    }

    [Fact]
    public async Task All_policies_are_listed_with_their_sources()
    {
        var policies = (await county.Get("/api/policies")).Is(200).Json.EnumerateArray().ToList();

        Assert.True(policies.Count > 50, $"{policies.Count}");
        Assert.All(policies, policy => Assert.NotEmpty(policy.GetProperty("source").GetString()!));
        Assert.Equal(policies.Count, policies.Select(policy => policy.GetProperty("id").GetString()).Distinct().Count());
    }

    private async Task<List<string>> Policies() =>
        [.. (await county.Get("/api/policies")).Is(200).Json.EnumerateArray().Select((JsonElement policy) => policy.GetProperty("id").GetString()!)];
}
