using System.Globalization;
using System.Text.Json;

namespace Workflows.Web.Tests.Http;

/// <summary>Lists: one filter, a size and a cursor.</summary>
public sealed class ListTests(ListTests.Cases cases) : IClassFixture<ListTests.Cases>
{
    private const string CursorRule = "is not a cursor that this list gave";
    private readonly ServedCounty county = cases.County;

    public static TheoryData<string, string> Lists => new()
    {
        { "/api/disputes", "status, handler, place, aftercare, light, open, suspended, assisting, mediator, deciding, board, size, after" },
        { "/api/assignments", "status, unit, task, light, open, week, stuck, size, after" },
        { "/api/notices", "case, to, status, size, after" },
        { "/api/flows", "flow, state, waitsFor, tag, dueBefore, size, after" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_size_is_a_number_from_1_to_200(string path, string parameters)
    {
        Assert.NotEmpty(parameters);
        Assert.Equal(1, (await county.Get($"{path}?size=1")).Is(200).Json.GetProperty("items").GetArrayLength());
        (await county.Get($"{path}?size=200")).Is(200);
        foreach (var size in (string[])["0", "201", "-1", "abc", "", "1.5", "99999999999", "1&size=2"])
        {
            (await county.Get($"{path}?size={size}")).IsInvalid(("size", "must be a number from 1 to 200"));
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task An_unknown_parameter_is_named_with_those_that_there_are(string path, string parameters)
    {
        var rule = $"is not a parameter of this list; there are {parameters}";

        (await county.Get($"{path}?color=red")).IsInvalid(("color", rule));
        (await county.Get($"{path}?Size=5")).IsInvalid(("Size", rule));
        (await county.Get($"{path}?color=red&size=0")).IsInvalid(("color", rule), ("size", "must be a number from 1 to 200"));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_takes_one_filter_once(string path, string parameters)
    {
        var filters = parameters.Split(", ");

        var two = (await county.Get($"{path}?{filters[0]}=x&{filters[1]}=y")).IsProblem(400, "invalid-request");
        Assert.Equal(
            $"cannot be combined with {filters[0]}; a list takes one filter", two.Json.GetProperty("errors").GetProperty(filters[1])[0].GetString());
        (await county.Get($"{path}?{filters[0]}=x&{filters[0]}=y")).IsInvalid((filters[0], "is given twice"));
        (await county.Get($"{path}?{filters[0]}=")).IsInvalid((filters[0], "is required"));
        var endless = (await county.Get($"{path}?{filters[0]}={new string('x', 101)}")).IsProblem(400, "invalid-request");
        Assert.Equal("must be at most 100 characters; it has 101", endless.Json.GetProperty("errors").GetProperty(filters[0])[0].GetString());
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_cursor_that_this_list_did_not_give_is_refused(string path, string parameters)
    {
        Assert.NotEmpty(parameters);
        var cursor = (await county.Get($"{path}?size=1")).Is(200).Json.GetProperty("next").GetString()!;
        var others = Lists.Select(row => row.Data.Item1).Where(other => other != path);

        foreach (var wrong in (string[])["", "x", "a", "aaaa", "YQ", "!!!", "游标", cursor[..^1], cursor + "A", "a" + cursor, cursor.ToUpperInvariant()])
        {
            (await county.Get($"{path}?after={Uri.EscapeDataString(wrong)}")).IsInvalid(("after", CursorRule));
        }

        foreach (var other in others)
        {
            (await county.Get($"{other}?after={cursor}")).IsInvalid(("after", CursorRule));
        }

        (await county.Get($"{path}?after={cursor}&after={cursor}")).IsInvalid(("after", CursorRule));
        (await county.Get($"{path}?size=2&after={cursor}")).Is(200);
    }

    [Fact]
    public async Task A_cursor_of_a_list_under_one_filter_is_no_cursor_under_another()
    {
        var open = (await county.Get("/api/disputes?open=true&size=1")).Is(200).Json.GetProperty("next").GetString();
        var running = (await county.Get("/api/flows?state=running&size=1")).Is(200).Json.GetProperty("next").GetString();

        (await county.Get($"/api/disputes?after={open}")).IsInvalid(("after", CursorRule));
        (await county.Get($"/api/disputes?status=offered&after={open}")).IsInvalid(("after", CursorRule));
        (await county.Get($"/api/disputes?open=true&after={open}")).Is(200);
        (await county.Get($"/api/flows?after={running}")).IsInvalid(("after", CursorRule));
        (await county.Get($"/api/flows?state=running&after={running}")).Is(200);
    }

    [Fact]
    public async Task Disputes_are_found_by_status_handler_place_light_and_whether_they_are_open()
    {
        Assert.Equal([cases.Mediated], await Ids("/api/disputes?status=mediating"));
        Assert.Equal([cases.Withdrawn], await Ids("/api/disputes?status=withdrawn"));
        Assert.Empty(await Ids("/api/disputes?status=settled"));
        Assert.Equal([cases.AtTownship], await Ids($"/api/disputes?handler={Requests.Township}"));
        Assert.Equal([cases.AtTownship], await Ids($"/api/disputes?place={Requests.Township}"));
        Assert.Equal([cases.Offered, cases.Mediated, cases.AtTownship], await Ids("/api/disputes?light=green"));
        Assert.Empty(await Ids("/api/disputes?light=red"));
        Assert.Equal([cases.Offered, cases.Mediated, cases.AtTownship], await Ids("/api/disputes?open=true"));
        Assert.Equal([cases.Offered, cases.Mediated, cases.AtTownship, cases.Withdrawn], await Ids("/api/disputes"));
    }

    [Fact]
    public async Task A_row_shows_where_the_case_stands()
    {
        var row = (await county.All($"/api/disputes?place={Requests.Township}")).Single();

        Assert.Equal(
            $$"""{"id":"{{cases.AtTownship}}","status":"offered","level":"township","handler":"{{Requests.Township}}","place":"{{Requests.Township}}","category":"labour","people":8,"danger":false,"openedAt":"2025-09-15T01:00:00+00:00","due":"2025-09-17T16:00:00+00:00","light":"green","offers":1,"overdue":0,"code":"仙调〔2025〕3号"}""",
            row.GetRawText());
    }

    [Fact]
    public async Task Assignments_are_found_by_status_unit_task_light_and_whether_they_are_open()
    {
        Assert.Equal(["small.T1.mzj", "small.T1.sfj"], await Ids("/api/assignments?status=issued"));
        Assert.Equal(["small.T1.sfj"], await Ids("/api/assignments?unit=sfj"));
        Assert.Equal(["small.T1.mzj", "small.T1.sfj"], await Ids("/api/assignments?task=small.T1"));
        Assert.Equal(["small.T1.mzj", "small.T1.sfj"], await Ids("/api/assignments?light=green"));
        Assert.Equal(["small.T1.mzj", "small.T1.sfj"], await Ids("/api/assignments?open=true"));
        Assert.Empty(await Ids("/api/assignments?unit=gaj"));
    }

    [Fact]
    public async Task A_word_that_the_filter_does_not_know_is_refused_with_those_it_knows()
    {
        const string disputes = "must be one of registered, offered, mediating, awaitingConsent, settled, refused, withdrawn, failed, merged";
        (await county.Get("/api/disputes?status=closed")).IsInvalid(("status", disputes));
        (await county.Get("/api/disputes?status=Offered")).IsInvalid(("status", disputes));
        (await county.Get("/api/disputes?light=blue")).IsInvalid(("light", "must be one of green, yellow, red"));
        (await county.Get("/api/disputes?open=false")).IsInvalid(("open", "must be true"));
        (await county.Get("/api/assignments?status=offered")).IsInvalid(("status", "must be one of planned, issued, active, claimed, struckOff, closed"));
        (await county.Get("/api/assignments?light=Red")).IsInvalid(("light", "must be one of green, yellow, red"));
        (await county.Get("/api/assignments?open=1")).IsInvalid(("open", "must be true"));
        (await county.Get("/api/notices?status=lost")).IsProblem(400, "invalid-request");
        (await county.Get("/api/flows?state=asleep")).IsInvalid(("state", "must be one of running, suspended, blocked, completed, terminated"));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Strange_values_of_filters_are_refused_or_find_nothing(string path, string parameters)
    {
        string[] values =
        [
            "a/b", "a\\b", "a#b", "a?b", "a\nb", "a\0b", "\u007f", "\u0085", "\uffff", "\ufffe", "县司法局", "𠮷", "' OR 1=1 --", "%", "*", "..", " x ", "a,b",
            new('长', 100), new('x', 5_000), "<script>", "\ufeff",
        ];
        foreach (var filter in parameters.Split(", ").Where(name => name is not ("size" or "after")))
        {
            foreach (var value in values)
            {
                var answer = await county.Get($"{path}?{filter}={Uri.EscapeDataString(value)}");
                if (answer.Status == 200)
                {
                    Assert.Equal("""{"items":[]}""", answer.Text);
                }
                else
                {
                    answer.IsProblem(400, "invalid-request");
                }
            }

            Assert.Contains((await county.Get($"{path}?{filter}=%ED%A0%80")).Status, (int[])[200, 400]);
        }
    }

    [Fact]
    public async Task While_new_cases_arrive_the_pages_give_every_old_case_once()
    {
        await using var own = await ServedCounty.Start();
        var old = new List<string>();
        for (var number = 0; number < 11; number++)
        {
            old.Add(await own.Register());
        }

        foreach (var path in (string[])["/api/disputes", "/api/disputes?open=true", "/api/flows?flow=DisputeEscalation"])
        {
            var seen = new List<string>();
            string? after = null;
            do
            {
                var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
                var page = (await own.Get($"{path}{separator}size=2{(after is null ? "" : "&after=" + after)}")).Is(200).Json;
                Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, 2);
                seen.AddRange(page.GetProperty("items").EnumerateArray().Select(Id));
                after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
                await own.Until(own.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).AddMinutes(1).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
                await own.Register();
            }
            while (after is not null);

            Assert.Equal(seen.Count, seen.Distinct().Count());
            Assert.Empty(old.Except(seen.Select(id => id.Replace("DisputeEscalation-", "", StringComparison.Ordinal))));
        }
    }

    private static string Id(JsonElement row) => row.GetProperty("id").GetString()!;

    private async Task<IEnumerable<string>> Ids(string path) =>
        (await county.All(path, size: 2)).Select(Id).Order(StringComparer.Ordinal);

    /// <summary>A county with four disputes and two assignments.</summary>
    public sealed class Cases : IAsyncLifetime
    {
        public ServedCounty County { get; private set; } = null!;

        public string Offered { get; private set; } = "";

        public string Mediated { get; private set; } = "";

        public string AtTownship { get; private set; } = "";

        public string Withdrawn { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            County = await ServedCounty.Start();
            Offered = await County.Register();
            Mediated = await County.RegisterMediated();
            AtTownship = await County.Register(Requests.Register(Requests.Township, "labour", people: 8));
            Withdrawn = await County.RegisterMediated();
            (await County.Post($"/api/disputes/{Withdrawn}/withdraw", new { by = Requests.Village, party = "p1" })).Is(200);
            await County.ActivateSmallPlan();
        }

        public ValueTask DisposeAsync() => County.DisposeAsync();
    }
}
