using System.Text;
using System.Text.Json;

namespace Workflows.Web.Tests.Mediators;

/// <summary>Rosters of mediators as tables, in and out.</summary>
public sealed class MediatorTableTests
{
    private const string Head = "单位编码,姓名,专兼职,专长类别,上册日期,符合任职条件";
    private const string First = $"{Requests.Village},郑国华,兼职,neighbours、medical,2025-01-01,是";
    private const string Second = $"{Requests.Village},林秀珍,专职,,2025-02-01,是";

    [Fact]
    public async Task Good_rows_are_put_on_rosters_and_wrong_ones_are_named_by_row_field_and_rule()
    {
        await using var county = await ServedCounty.Start();

        var report = await Import(county, $"{Head}\n{First}\n{First.Replace("兼职", "偶尔", StringComparison.Ordinal).Replace("medical", "weather", StringComparison.Ordinal)}\n,,,,,否\n");

        Assert.Equal(
            [
                "2 registered m-350322103203-1 ",
                "3 refused  time must be one of fullTime, partTime, fields[1] is not a category",
                "4 refused  unit is required: the id of the unit that acts, name is required, time is required; one of fullTime, partTime, since is required, qualified must be true: only a person who meets 人民调解法 14 is put on a roster",
            ],
            Lines(report));
        Assert.DoesNotContain("郑国华", report.GetRawText(), StringComparison.Ordinal);
        var kept = Assert.Single(await Roster(county));
        Assert.Equal("郑国华 partTime neighbours,medical 2025-01-01", Words(kept));
    }

    [Fact]
    public async Task A_corrected_file_doubles_nobody_and_two_of_one_name_stay_two()
    {
        await using var county = await ServedCounty.Start();
        await Import(county, $"{Head}\n{First}\n{First}\n{Second.Replace("专职", "偶尔", StringComparison.Ordinal)}\n");

        var again = await Import(county, $"{Head}\n{Second}\n{First.Replace("兼职", "专职", StringComparison.Ordinal)}\n{First}\n");

        Assert.Equal(["2 registered m-350322103203-3 ", "3 changed m-350322103203-1 ", "4 changed m-350322103203-2 "], Lines(again));
        Assert.Equal(
            ["郑国华 fullTime neighbours,medical 2025-01-01", "郑国华 partTime neighbours,medical 2025-01-01", "林秀珍 fullTime  2025-02-01"],
            (await Roster(county)).Select(Words));
    }

    [Fact]
    public async Task A_dry_run_and_all_or_nothing_with_a_wrong_row_keep_nothing()
    {
        await using var county = await ServedCounty.Start();

        Assert.Equal(["2 valid  "], Lines(await Import(county, $"{Head}\n{First}\n", "&dryRun=true")));
        Assert.Equal(
            ["2 valid  ", "3 refused  name is required"],
            Lines(await Import(county, $"{Head}\n{First}\n{First.Replace("郑国华", "", StringComparison.Ordinal)}\n", "&allOrNothing=true")));

        Assert.Empty(await Roster(county));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task What_is_exported_is_corrected_and_imported_again(string ending)
    {
        await using var county = await ServedCounty.Start();
        await Import(county, $"{Head}\n{First}\n{Second}\n");
        var file = await county.Http.GetByteArrayAsync($"/api/mediators/export.{ending}?unit={Requests.Township}&by={Requests.Township}", TestContext.Current.CancellationToken);

        Assert.Equal(["2 changed m-350322103203-1 ", "3 changed m-350322103203-2 "], Lines(await Import(county, file, by: Requests.Township)));
        Assert.Equal(["郑国华 partTime neighbours,medical 2025-01-01", "林秀珍 fullTime  2025-02-01"], (await Roster(county)).Select(Words));
        var changed = await Import(county, "id,until,name\nm-350322103203-2,2025-12-31,林秀真\nm-350322103203-1,2024-12-31,\nm-350322103203-9,,\n");

        Assert.Equal(
            [
                "2 changed m-350322103203-2 ",
                "3 refused  until must not be before 2025-01-01, the first day on the roster",
                "4 refused  row not-found: There is no mediator m-350322103203-9.",
            ],
            Lines(changed));
        Assert.Equal(("林秀真", "2025-12-31"), ((await Roster(county))[1].GetProperty("name").GetString(), (await Roster(county))[1].GetProperty("until").GetString()));
    }

    [Fact]
    public async Task Who_a_person_is_does_not_change_by_a_row()
    {
        await using var county = await ServedCounty.Start();
        await Import(county, $"{Head}\n{First}\n");

        Assert.Equal(
            ["2 refused  unit is not that of m-350322103203-1; a person of another unit is another row without an id, since is not that of m-350322103203-1; the first day stays, qualified must be true: who may not mediate gets a last day"],
            Lines(await Import(county, $"id,unit,since,qualified\nm-350322103203-1,{Requests.Township},2025-03-01,否\n")));
    }

    [Fact]
    public async Task Rosters_of_others_are_neither_filled_nor_shown()
    {
        await using var county = await ServedCounty.Start();

        Assert.Equal(
            [$"2 refused  row not-your-roster: Only {Requests.Village} and the units above it keep its roster, not mzj."],
            Lines(await Import(county, Encoding.UTF8.GetBytes($"{Head}\n{First}\n"), by: "mzj")));
        (await county.Get($"/api/mediators/export.csv?unit={Requests.Village}&by=mzj")).IsProblem(409, "not-your-roster");
        (await county.Get("/api/mediators/export.csv")).IsInvalid(("unit", "is required: the id of the unit that acts"), ("by", "is required: the id of the unit that acts"));
        (await county.PostBytes("/api/mediators/import", "unit\n"u8.ToArray(), contentType: "text/csv")).IsInvalid(("by", "is required: the id of the unit that acts"));
        (await county.PostBytes($"/api/mediators/import?by={Requests.Village}", "unit,shoe size\n"u8.ToArray(), contentType: "text/csv")).IsInvalid(("column 2", "has a heading that is no field of a mediator"));
    }

    private static Task<JsonElement> Import(ServedCounty county, string text, string more = "") => Import(county, Encoding.UTF8.GetBytes(text), more);

    private static async Task<JsonElement> Import(ServedCounty county, byte[] file, string more = "", string by = Requests.Village) =>
        (await county.PostBytes($"/api/mediators/import?by={by}{more}", file, contentType: "text/csv")).Is(200).Json;

    private static IEnumerable<string> Lines(JsonElement report) => report.GetProperty("items").EnumerateArray().Select(row => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{row.GetProperty("row").GetInt32()} {row.GetProperty("outcome").GetString()} {(row.TryGetProperty("id", out var id) ? id.GetString() : "")} {string.Join(", ", row.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("field").GetString()} {error.GetProperty("rule").GetString()}"))}"));

    private static async Task<List<JsonElement>> Roster(ServedCounty county) =>
        [.. (await county.Get($"/api/mediators?unit={Requests.Village}&by={Requests.Village}")).Is(200).Json.GetProperty("items").EnumerateArray()];

    private static string Words(JsonElement mediator) =>
        $"{mediator.GetProperty("name").GetString()} {mediator.GetProperty("time").GetString()} {string.Join(',', mediator.GetProperty("fields").EnumerateArray().Select(field => field.GetString()))} {mediator.GetProperty("since").GetString()}";
}
