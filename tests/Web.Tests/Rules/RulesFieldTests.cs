namespace Workflows.Web.Tests.Rules;

/// <summary>What is wrong with a candidate or an activation is named, and nothing is stored then.</summary>
public sealed class RulesFieldTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private string Current => county.County.Rules.Current.Version;

    [Fact]
    public async Task Everything_wrong_with_a_candidate_is_named_by_file_path_and_rule_and_nothing_is_stored()
    {
        var before = await Versions();
        var disputes = (await county.RuleFile("disputes.json")).Replace("\"DISPUTE-TOTAL\"", "\"NOPE\"", StringComparison.Ordinal);
        var supervision = (await county.RuleFile("supervision.json")).Replace("SUPERVISION-CHECK", "NEITHER", StringComparison.Ordinal);

        (await county.Post("/api/rules", Body(("disputes.json", disputes), ("supervision.json", supervision)))).IsInvalid(
            ("disputes.json $.total", "unknown-policy: There is no policy NOPE"),
            ("supervision.json $.check", "unknown-policy: There is no policy NEITHER"));
        (await county.Post("/api/rules", Body(("units.json", "{")))).IsProblem(400, "invalid-request");
        (await county.Post("/api/rules", Body(("county.json", null), ("politics.json", "{}"), ("calendar/26.json", "{}")))).IsInvalid(
            ("files.county.json", "is required: no set can do without it"),
            ("files.politics.json", "is not a file of a rule set"),
            ("files.calendar/26.json", "is not a file of a rule set"));

        Assert.Equal(before, await Versions());
    }

    [Fact]
    public async Task A_set_is_whole_or_names_the_version_it_changes()
    {
        (await county.Post("/api/rules", new { by = Requests.Supervision, reason = "x", files = new Dictionary<string, string> { ["county.json"] = "{}" } })).IsInvalid(
            ("files.units.json", "is required: no set can do without it"),
            ("files.divisions.json", "is required: no set can do without it"),
            ("files.policies.json", "is required: no set can do without it"),
            ("files.disputes.json", "is required: no set can do without it"),
            ("files.supervision.json", "is required: no set can do without it"),
            ("files.calendar", "is required: at least one year, such as calendar/2026.json"));
        (await county.Post("/api/rules", new { by = Requests.Supervision, reason = "x", @base = "r-0", files = new Dictionary<string, string> { ["county.json"] = "{}" } })).IsInvalid(
            ("base", "is not a version of the rules"));
        (await county.Post("/api/rules", "{}")).IsInvalid(
            ("by", "is required: the id of the unit that acts"), ("reason", "is required"), ("files", "is required: at least one file by its name"));
        (await county.Post("/api/rules", """{"by":"dcs","reason":"x","files":{"a":1}}""")).IsProblem(400, "invalid-request");
    }

    [Fact]
    public async Task A_whole_set_is_taken_and_the_same_content_has_the_same_address()
    {
        var version = (await county.Get($"/api/rules/{Current}")).Is(200).Json;
        var files = new Dictionary<string, string>();
        foreach (var name in version.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()!))
        {
            files[name] = await county.RuleFile(name);
        }

        var answer = (await county.Post("/api/rules", new { by = Requests.Supervision, reason = "the same again", files })).Is(201);

        Assert.Equal(Current, answer.Json.GetProperty("version").GetString());
        Assert.Equal("files", answer.Json.GetProperty("by").GetString());
        Assert.Equal($"/api/rules/{Current}", answer.Location);
        Assert.True(answer.Json.GetProperty("isCurrent").GetBoolean());
    }

    [Fact]
    public async Task An_optional_file_is_left_out_and_a_year_added()
    {
        const string year = """{ "year": 2027, "offDays": ["2027-01-01"], "makeUpWorkdays": [], "sources": ["https://example.gov.cn/2027"] }""";
        var answer = (await county.Post("/api/rules", Body(("measures.json", null), ("calendar/2027.json", year)))).Is(201).Json;

        var names = answer.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()).ToList();
        Assert.DoesNotContain("measures.json", names);
        Assert.Contains("calendar/2027.json", names);
        Assert.NotEqual(Current, answer.GetProperty("version").GetString());
    }

    [Fact]
    public async Task An_activation_says_who_why_and_what_becomes_of_running_cases()
    {
        var path = $"/api/rules/{Current}/activate";
        (await county.Post(path, "{}")).IsInvalid(
            ("by", "is required: the id of the unit that acts"),
            ("reason", "is required"),
            ("running", "is required; one of keep, recompute"));
        (await county.Post(path, new { by = "nobody", reason = "x", running = "restart" })).IsInvalid(
            ("by", "is not a unit of this county"), ("running", "must be one of keep, recompute"));
        (await county.Post(path, new { by = Requests.Supervision, reason = "x", running = "recompute" })).IsInvalid(("confirm", "is required"));
        (await county.Post(path, new { by = Requests.Supervision, reason = "x", running = "keep", confirm = "x" })).IsInvalid(
            ("confirm", "is given with recompute only"));
        (await county.Post(path, new { by = Requests.Supervision, reason = "x", running = "recompute", confirm = "x" })).IsProblem(409, "preview-changed");
    }

    [Theory]
    [InlineData("/api/rules/r-0000000000000000", "There is no version r-0000000000000000 of the rules.")]
    [InlineData("/api/rules/r-0000000000000000/preview", "There is no version r-0000000000000000 of the rules.")]
    [InlineData("/api/rules/r-0000000000000000/files/units.json", "There is no version r-0000000000000000 of the rules.")]
    [InlineData("/api/rules/%2e%2e%5cx", "There is no version ..\\x of the rules.")]
    public async Task What_is_not_there_is_not_found(string path, string detail) =>
        (await county.Get(path)).IsProblem(404, "not-found", detail);

    [Fact]
    public async Task A_version_that_is_not_there_is_not_activated_and_a_file_that_it_has_not_is_not_found()
    {
        (await county.Post("/api/rules/r-0/activate", new { by = Requests.Supervision, reason = "x", running = "keep" })).IsProblem(404, "not-found");
        (await county.Get($"/api/rules/{Current}/files/plan.json")).IsProblem(404, "not-found", $"Version {Current} has no file plan.json.");
        (await county.Get($"/api/rules/{Current}/files/calendar/1999.json")).IsProblem(404, "not-found");
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(Testing.ReferenceCounty.Root, "seeds", "calendar", "2026.json"), TestContext.Current.CancellationToken),
            await county.RuleFile("calendar/2026.json"));
    }

    private object Body(params (string Name, string? Text)[] files) => new
    {
        by = Requests.Supervision,
        reason = "x",
        @base = Current,
        files = files.ToDictionary(file => file.Name, file => file.Text),
    };

    private async Task<IReadOnlyList<string?>> Versions() =>
    [
        .. (await county.Get("/api/rules")).Is(200).Json.GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("version").GetString()),
    ];
}
