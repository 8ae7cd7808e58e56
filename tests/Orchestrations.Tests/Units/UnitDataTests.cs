using System.Text;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Tests.Calendar;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Tests.Units;

public sealed class UnitDataTests
{
    private const string County =
        """
        { "code": "350322", "name": "n", "timeZone": "Asia/Shanghai", "officeOpens": "08:30", "officeCloses": "17:30",
          "duties": { "countyCentre": "c", "dutyBox": "d", "supervision": "d", "police": "d", "leaders": "d" } }
        """;

    private const string Units =
        """
        { "source": "s", "operatorDefaults": [], "units": [],
          "offices": [
            { "id": "c", "name": "c", "kind": "office", "superior": "d", "mail": "c@x.example.org" },
            { "id": "d", "name": "d", "kind": "office", "mail": "d@x.example.org" } ] }
        """;

    private const string Divisions =
        """{ "code": "350322", "name": "n", "source": "s", "operatorDefaults": [], "townships": [] }""";

    [Fact]
    public void The_smallest_county_is_good() =>
        Assert.Equal(2, SeedFiles.Good(Parse(Units, Divisions, County)).All.Count);

    [Fact]
    public void The_seed_county_has_its_office_hours() => Assert.Equal(
        new CountySettings(
            "350322",
            "仙游县",
            "Asia/Shanghai",
            new TimeOnly(8, 30),
            new TimeOnly(17, 30),
            new DutyRoles("zzzx", "zbs", "dcs", "gaj", "zfw")),
        SeedFiles.Good(UnitData.ParseCounty("county.json", SeedFiles.Read("county.json").Json.Span)));

    [Fact]
    public void Bad_units_report_every_error_with_its_path()
    {
        var result = Parse(
            """
            { "source": "s", "operatorDefaults": [],
              "units": [
                { "id": "a", "name": "a", "kind": "government", "superior": "b" },
                { "id": "b", "name": " ", "kind": "government", "superior": "a", "aliases": [""] },
                { "id": "b", "name": "b", "kind": "village", "superior": "d" },
                { "id": "e", "name": "e", "kind": "party", "superior": "nobody", "mail": "no address" },
                { "id": "f", "name": "f", "kind": "party" },
                { "id": "g", "name": "g", "kind": "guild", "superior": "d" } ],
              "offices": [
                { "id": "c", "name": "c", "kind": "office", "superior": "d" },
                { "id": "d", "name": "d", "kind": "party" } ] }
            """,
            Divisions,
            County);

        Assert.Null(result.Value);
        Assert.Equal(
            [
                ("u", "$.units[5].kind", "json"),
                ("u", "$.units[2].kind", "kind"),
                ("u", "$.offices[1].kind", "kind"),
                ("u", "$.units[2].id", "duplicate-id"),
                ("u", "$.units[0].superior", "superior-cycle"),
                ("u", "$.units[1].name", "blank"),
                ("u", "$.units[1].aliases[0]", "blank"),
                ("u", "$.units[1].superior", "superior-cycle"),
                ("u", "$.units[3].mail", "mail-form"),
                ("u", "$.units[3].superior", "unknown-superior"),
                ("c", "$.duties.dutyBox", "duty-box"),
                ("u", "$.units[4].superior", "no-superior"),
            ],
            result.Errors.Select(error => (error.File, error.Path, error.Rule)));
    }

    [Fact]
    public void Bad_divisions_report_every_error_with_its_path()
    {
        var result = Parse(
            Units,
            """
            { "code": "350321", "name": "n", "source": "s", "operatorDefaults": [],
              "townships": [
                { "code": "35032200", "name": "t", "body": "", "children": [
                  { "code": "350322001001", "name": "v", "kind": "village" } ] },
                { "code": "350321002", "name": "t", "body": "t", "children": [
                  { "code": "350321002001", "name": "v", "kind": "office" },
                  { "code": "350321002001", "name": "", "kind": "village", "colour": "red" },
                  { "code": "350321002001", "name": "w", "kind": "village" } ] } ] }
            """,
            County);

        Assert.Equal(
            [
                ("d", "$.code", "county-code"),
                ("d", "$.townships[0].code", "code-form"),
                ("d", "$.townships[1].children[1].colour", "json"),
                ("d", "$.townships[1].children[0].kind", "kind"),
                ("d", "$.townships[1].children[2].code", "duplicate-id"),
                ("d", "$.townships[0].body", "blank"),
            ],
            result.Errors.Select(error => (error.File, error.Path, error.Rule)));
    }

    [Fact]
    public void A_bad_county_reports_every_error_with_its_path()
    {
        var result = Parse(
            Units,
            Divisions,
            """
            { "code": "35032", "name": "", "timeZone": "Mars/Olympus", "officeOpens": "17:30", "officeCloses": "08:30",
              "duties": { "countyCentre": "c", "dutyBox": "x", "supervision": "d", "police": "y", "leaders": "d" } }
            """);

        Assert.Equal(
            [
                ("$.code", "code-form"),
                ("$.name", "blank"),
                ("$.timeZone", "time-zone"),
                ("$.officeCloses", "office-hours"),
                ("$.duties.dutyBox", "unknown-unit"),
                ("$.duties.police", "unknown-unit"),
                ("$.offices[1].superior", "no-superior"),
            ],
            result.Errors.Select(error => (error.Path, error.Rule)));
    }

    [Theory]
    [InlineData("8:30")]
    [InlineData("25:00")]
    [InlineData("half past eight")]
    public void A_time_is_written_as_hours_and_minutes(string time)
    {
        var json = Json(County.Replace("08:30", time, StringComparison.Ordinal));

        var errors = UnitData.ParseCounty("c", json.Span).Errors;

        Assert.Equal(("$.officeOpens", "time"), (Assert.Single(errors).Path, errors[0].Rule));
    }

    [Fact]
    public void Files_that_are_no_JSON_are_each_reported() => Assert.Equal(
        ["c", "u", "d"], Parse("{", "[]", "null").Errors.Select(error => error.File));

    private static DataResult<UnitRegister> Parse(string units, string divisions, string county) =>
        UnitData.Parse(new("u", Json(units)), new("d", Json(divisions)), new("c", Json(county)));

    private static ReadOnlyMemory<byte> Json(string text) => Encoding.UTF8.GetBytes(text);
}
