using System.Text.Json;

namespace Workflows.Web.Tests.Reports;

public sealed class MeasureTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    [Fact]
    public async Task A_number_names_its_two_numbers_and_opens_the_cases_behind_it()
    {
        await using var own = await ServedCounty.Start();
        var settled = await own.RegisterMediated();
        (await own.Post($"/api/disputes/{settled}/settle", new { by = Requests.Village, form = "oral", on = "2025-09-15", terms = "各半。" })).Is(200);
        var refused = await own.RegisterMediated();
        (await own.Post($"/api/disputes/{refused}/refuse", new { by = Requests.Village, party = "p1" })).Is(200);
        var open = await own.Register();

        var rate = await Measure(own, "settlement-rate", "month=2025-09");
        Assert.Equal("percent 1/2=50", Text(rate));
        Assert.True(rate.GetProperty("higherIsBetter").GetBoolean());
        Assert.Equal(("化解率", "operator default"), (rate.GetProperty("nameZh").GetString(), rate.GetProperty("source").GetString()));
        Assert.Equal("days 0/1=0", Text(await Measure(own, "days-to-settle", "month=2025-09")));
        Assert.Equal("percent 0/0=", Text(await Measure(own, "settlement-rate", "month=2025-10")));
        Assert.Equal("cases 1=1", Text(await Measure(own, "open", "month=2025-10")));
        Assert.Equal([settled], await Cases(own, "settlement-rate", "month=2025-09"));
        Assert.Equal([settled, refused], await Cases(own, "settlement-rate", "month=2025-09&of=denominator"));
        Assert.Equal([settled, refused, open], await Cases(own, "opened", "month=2025-09", size: 1));
        Assert.Equal([refused, open], await Cases(own, "repeats", "month=2025-09"));
    }

    [Fact]
    public async Task Numbers_are_those_of_a_place_with_what_is_below_it_and_of_a_category()
    {
        await using var own = await ServedCounty.Start();
        var here = await own.Register(Requests.Register(category: "neighbours-water"));
        var place = Requests.Village;

        foreach (var (scope, expected) in new[]
        {
            ($"&place={place}", here),
            ($"&place={place[..9]}", here),
            ($"&place={place[..6]}", here),
            ("&place=350322104", ""),
            ("&category=neighbours", here),
            ("&category=neighbours-water", here),
            ("&category=neighbours-noise", ""),
            ("&category=labour", ""),
            ($"&place={place[..9]}&category=neighbours", here),
        })
        {
            Assert.Equal((scope, expected), (scope, string.Join(' ', await Cases(own, "opened", "month=2025-09" + scope))));
        }
    }

    [Fact]
    public async Task A_case_counts_in_the_month_of_its_end_however_late_that_is()
    {
        await using var own = await ServedCounty.Start();
        var id = await own.RegisterMediated();
        await own.Until("2025-10-30 00:00");

        Assert.Equal([id], await Cases(own, "opened", "month=2025-09"));
        Assert.Equal([id], await Cases(own, "open", "month=2025-09"));
        Assert.Equal([id], await Cases(own, "ended", "month=2025-10"));
        Assert.Equal([], await Cases(own, "ended", "month=2025-09"));
        Assert.Equal([id], await Cases(own, "missed-term-rate", "month=2025-10"));
    }

    [Fact]
    public async Task What_is_wrong_with_a_question_is_named_by_field()
    {
        (await county.Get("/api/measures?month=2025-13&place=1&category=x")).IsInvalid(
            ("month", "must be a month such as 2025-10"),
            ("place", "must be the code of a village, a township or the county"),
            ("category", "must be one of " + string.Join(", ", county.County.Rules.Current.Disputes.Process.Categories.Select(category => category.Id))));
        (await county.Get("/api/measures/opened/cases?month=2025-10&of=denominator")).IsInvalid(("of", "has nothing below the line of opened"));
        (await county.Get("/api/measures/opened/cases?month=2025-10&of=both")).IsInvalid(("of", "must be one of numerator, denominator"));
        (await county.Get("/api/measures/opened/cases?month=2025-10&size=0")).IsInvalid(("size", "must be a number from 1 to 200"));
        (await county.Get("/api/measures/opened/cases?month=2025-10&after=D2025-00001")).IsInvalid(("after", "is not a cursor that this list gave"));
        (await county.Get("/api/measures/nothing/cases?month=2025-10")).IsProblem(404, "not-found");
    }

    private static async Task<JsonElement> Measure(ServedCounty own, string id, string query) =>
        (await own.Get($"/api/measures?{query}")).Is(200).Json.GetProperty("measures").EnumerateArray()
            .Single(measure => measure.GetProperty("id").GetString() == id);

    private static async Task<IEnumerable<string?>> Cases(ServedCounty own, string id, string query, int size = 200)
    {
        await own.Idle();
        return (await own.All($"/api/measures/{id}/cases?{query}", size)).Select(item => item.GetString());
    }

    private static string Text(JsonElement measure)
    {
        var whole = measure.TryGetProperty("denominator", out var below) ? $"/{below.GetInt32()}" : "";
        var value = measure.TryGetProperty("value", out var number) ? number.GetRawText() : "";
        return $"{measure.GetProperty("unit").GetString()} {measure.GetProperty("numerator").GetInt32()}{whole}={value}";
    }
}
