using System.Text.Json;

namespace Workflows.Web.Tests.Mediators;

/// <summary>Rosters of mediators over HTTP.</summary>
public sealed class MediatorTests
{
    private const string Name = "郑国华";
    private static readonly string[] Fields = ["neighbours"];

    [Fact]
    public async Task A_unit_keeps_its_roster_and_sees_names_that_others_see_masked()
    {
        await using var county = await ServedCounty.Start();
        var added = (await county.Post("/api/mediators", Good, "once")).Is(201).Json;
        var again = (await county.Post("/api/mediators", Good, "once")).Is(201).Json;
        Assert.Equal("m-350322103203-1", added.GetProperty("id").GetString());
        Assert.Equal(added.GetRawText(), again.GetRawText());
        Assert.Equal("m-350322103203-2", (await county.Post("/api/mediators", Good)).Is(201).Json.GetProperty("id").GetString());

        var own = await Roster(county, $"&by={Requests.Village}");
        var above = await Roster(county, $"&by={Requests.Township}");
        var other = await Roster(county, "&by=mzj");
        var nobody = await Roster(county, "");

        Assert.Equal([Name, Name], Names(own));
        Assert.Equal([Name, Name], Names(above));
        Assert.Equal(["郑**", "郑**"], Names(other));
        Assert.Equal(["郑**", "郑**"], Names(nobody));
        Assert.Equal(("partTime", true), (own[0].GetProperty("time").GetString(), own[0].GetProperty("active").GetBoolean()));
    }

    [Fact]
    public async Task A_mediator_is_changed_and_ends_and_stays_known_by_the_id()
    {
        await using var county = await ServedCounty.Start();
        var id = await Add(county);

        (await county.Post($"/api/mediators/{id}/change", new { by = Requests.Township, name = "郑国平", time = "fullTime" })).Is(200);
        (await county.Post($"/api/mediators/{id}/end", new { by = Requests.Village, until = "2024-12-31" })).IsInvalid(("until", "must not be before 2025-01-01, the first day on the roster"));
        (await county.Post($"/api/mediators/{id}/end", new { by = Requests.Village, until = "2025-09-15" })).Is(200);
        Assert.True((await Roster(county, ""))[0].GetProperty("active").GetBoolean());
        await county.Until("2025-09-16 09:00");

        var left = (await Roster(county, $"&by={Requests.Village}"))[0];
        Assert.Equal(
            (id, "郑国平", "fullTime", "2025-09-15", false),
            (left.GetProperty("id").GetString(), left.GetProperty("name").GetString(), left.GetProperty("time").GetString(), left.GetProperty("until").GetString(), left.GetProperty("active").GetBoolean()));
        var dispute = await county.RegisterMediated();
        (await county.Post($"/api/disputes/{dispute}/mediators", new { by = Requests.Village, mediators = new[] { id } }))
            .IsProblem(409, "mediator-not-active", $"{id} is not on the roster today.");
    }

    [Fact]
    public async Task Who_leaves_the_roster_must_be_replaced_in_the_open_cases_which_the_answer_names()
    {
        await using var county = await ServedCounty.Start();
        var id = await Add(county);
        var (named, planned, ended) = (await county.RegisterMediated(), await county.RegisterMediated(), await county.RegisterMediated());
        foreach (var dispute in (string[])[named, ended])
        {
            (await county.Post($"/api/disputes/{dispute}/mediators", new { by = Requests.Village, mediators = new[] { id } })).Is(200);
        }

        (await county.Post($"/api/disputes/{planned}/session-plans", new { by = Requests.Village, on = "2025-09-17", from = "09:00", to = "10:00", place = "村委会", form = "onSite", mediators = new[] { id } })).Is(200);
        (await county.Post($"/api/disputes/{ended}/refuse", new { by = Requests.Village, party = "p1" })).Is(200);

        var end = (await county.Post($"/api/mediators/{id}/end", new { by = Requests.Township, until = "2025-09-15" })).Is(200).Json;

        Assert.Equal([named, planned], end.GetProperty("cases").EnumerateArray().Select(item => item.GetString()).Order());
        Assert.True((await county.Get($"/api/disputes/{named}")).Is(200).Json.GetProperty("mediators")[0].GetProperty("active").GetBoolean());
        await county.Until("2025-09-16 09:00");
        Assert.False((await county.Get($"/api/disputes/{named}")).Is(200).Json.GetProperty("mediators")[0].GetProperty("active").GetBoolean());
        Assert.Contains("（已不在名册）", (await county.Get($"/disputes/{named}")).Text, StringComparison.Ordinal);
        Assert.All(await Roster(county, ""), known => Assert.False(known.TryGetProperty("cases", out _)));
    }

    [Fact]
    public async Task Nobody_keeps_the_roster_of_a_unit_that_is_not_below()
    {
        await using var county = await ServedCounty.Start();
        var id = await Add(county);

        (await county.Post("/api/mediators", Good.With("by", "mzj")))
            .IsProblem(409, "not-your-roster", $"Only {Requests.Village} and the units above it keep its roster, not mzj.");
        (await county.Post($"/api/mediators/{id}/end", new { by = "mzj", until = "2025-12-31" })).IsProblem(409, "not-your-roster");
        (await county.Post("/api/mediators/m-zzzx-9/end", new { by = "zzzx", until = "2025-12-31" })).IsProblem(404, "not-found", "There is no mediator m-zzzx-9.");
        (await county.Get("/api/mediators")).IsInvalid(("unit", "is required: the id of the unit that acts"));
    }

    [Fact]
    public async Task A_name_stands_in_no_table_but_that_of_personal_data()
    {
        await using var county = await ServedCounty.Start();
        await Add(county);

        foreach (var file in Directory.EnumerateFiles(county.County.Options.Data, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await open.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            Assert.Equal(-1, bytes.ToArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Name)));
        }
    }

    private static System.Text.Json.Nodes.JsonObject Good => Requests.Node(new
    {
        by = Requests.Village,
        unit = Requests.Village,
        name = Name,
        time = "partTime",
        fields = Fields,
        since = "2025-01-01",
        qualified = true,
    });

    internal static async Task<string> Add(ServedCounty county, string unit = Requests.Village, string name = Name) =>
        (await county.Post("/api/mediators", Good.With("by", unit).With("unit", unit).With("name", name))).Is(201).Json.GetProperty("id").GetString()!;

    private static async Task<List<JsonElement>> Roster(ServedCounty county, string more) =>
        [.. (await county.Get($"/api/mediators?unit={Requests.Village}{more}")).Is(200).Json.GetProperty("items").EnumerateArray()];

    private static IEnumerable<string?> Names(IEnumerable<JsonElement> items) => items.Select(item => item.GetProperty("name").GetString());
}
