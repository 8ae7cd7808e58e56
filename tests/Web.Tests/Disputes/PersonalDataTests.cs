using System.Text.Json;

namespace Workflows.Web.Tests.Disputes;

/// <summary>Who is shown who the parties are, and what is written down about it.</summary>
public sealed class PersonalDataTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private const string Identity = "35032219800101123X";
    private const string Purpose = "电话通知到场调解";

    [Fact]
    public async Task The_handler_and_every_unit_above_it_are_shown_the_parties_in_full()
    {
        var registered = (await county.Post("/api/disputes", Requests.Register().With("parties[0].identityNumber", Identity))).Is(201).Json;
        var id = registered.GetProperty("id").GetString()!;

        foreach (var by in (string[])[Requests.Village, Requests.Township, Requests.County])
        {
            var shown = (await Show(id, by)).Is(200).Json;

            var applicant = shown.GetProperty("parties")[0];
            Assert.Equal(
                ("p1", Requests.Applicant, Requests.ApplicantPhone, Identity),
                (Text(applicant, "id"), Text(applicant, "name"), Text(applicant, "phone"), Text(applicant, "identityNumber")));
            Assert.Equal(registered.GetProperty("codes").GetProperty("p1").GetString(), Text(applicant, "code"));
            Assert.Equal("排水沟改道后雨水流入院内，双方争执。", Text(shown, "summary"));
        }
    }

    [Fact]
    public async Task Another_unit_is_refused_and_every_attempt_stands_in_a_chained_journal()
    {
        var id = await county.Register();

        (await Show(id, "sfj")).IsProblem(403, "not-concerned");
        (await Show(id, Requests.Village)).Is(200);
        (await Show(id, "350322100")).IsProblem(403, "not-concerned");

        var accesses = (await county.Get($"/api/disputes/{id}/personal-data/accesses")).Is(200).Json;
        Assert.Equal(
            ["1 Refused sfj", $"2 Shown {Requests.Village}", "3 Refused 350322100"],
            accesses.GetProperty("entries").EnumerateArray().Select(entry =>
                $"{entry.GetProperty("number")} {entry.GetProperty("line").GetProperty("what")} {entry.GetProperty("by")}"));
        Assert.False(accesses.TryGetProperty("firstBroken", out _));
        Assert.DoesNotContain(Purpose, accesses.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Police_and_leaders_who_are_told_of_danger_may_know_who_is_in_it_and_of_no_other_case()
    {
        var dangerous = await county.Register(Requests.Register(danger: true));
        var crowded = await county.Register(Requests.Register(people: 5));
        var quiet = await county.Register();

        foreach (var by in (string[])["gaj", "zfw"])
        {
            Assert.Equal(Requests.Applicant, Text((await Show(dangerous, by)).Is(200).Json.GetProperty("parties")[0], "name"));
            (await Show(crowded, by)).Is(200);
            (await Show(quiet, by)).IsProblem(403, "not-concerned");
        }
    }

    [Fact]
    public async Task Nothing_is_shown_while_the_access_cannot_be_written_down()
    {
        await using var own = await ServedCounty.Start();
        var id = await own.Register();
        await ((IAsyncDisposable)own.County.Tables).DisposeAsync();

        var answer = await own.Post($"/api/disputes/{id}/personal-data", new { by = Requests.Village, purpose = Purpose });

        answer.IsProblem(500, "error");
        Assert.DoesNotContain(Requests.Applicant, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_request_is_named_and_is_no_access()
    {
        var id = await county.Register();

        (await county.Post($"/api/disputes/{id}/personal-data", new { })).IsInvalid(
            ("by", "is required: the id of the unit that acts"), ("purpose", "is required"));
        (await county.Post($"/api/disputes/{id}/personal-data", new { by = Requests.Village, purpose = new string('事', 501) }))
            .IsInvalid(("purpose", "must be at most 500 characters; it has 501"));
        (await county.Post("/api/disputes/D2025-99999/personal-data", new { by = Requests.Village, purpose = Purpose })).IsProblem(404, "not-found");
        (await county.Get("/api/disputes/D2025-99999/personal-data/accesses")).IsProblem(404, "not-found");

        Assert.Equal(0, (await county.Get($"/api/disputes/{id}/personal-data/accesses")).Is(200).Json.GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task A_person_is_found_exactly_and_shown_masked()
    {
        await using var own = await ServedCounty.Start();
        var id = await own.Register(Requests.Register()
            .With("parties[0].identityNumber", Identity).With("parties[0].phone", "13800001234").With("parties[0].address", "仙游县鲤城街道一号"));
        await own.Register(Requests.Register().With("parties[0].name", "陈阿明明"));

        foreach (var body in (object[])[new { name = " 陈阿明 " }, new { phone = "138-0000-1234" }, new { identityNumber = "35032219800101123x" }])
        {
            var found = Assert.Single((await own.Post("/api/disputes/search", body)).Is(200).Json.GetProperty("items").EnumerateArray());
            Assert.Equal(
                (id, "p1", "陈**", "138****1234", "350322**********3X", "仙游县鲤城街道**", "offered"),
                (Text(found, "case"), Text(found, "party"), Text(found, "name"), Text(found, "phone"), Text(found, "identityNumber"), Text(found, "address"), Text(found, "status")));
        }

        Assert.Equal(0, (await own.Post("/api/disputes/search", new { name = "陈阿" })).Is(200).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(2, (await own.Post("/api/disputes/search", new { name = Requests.Respondent })).Is(200).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_long_search_is_read_page_by_page_and_a_cursor_belongs_to_its_search()
    {
        await using var own = await ServedCounty.Start();
        for (var number = 0; number < 3; number++)
        {
            await own.Register();
        }

        var first = (await own.Post("/api/disputes/search", new { name = Requests.Applicant, size = 2 })).Is(200).Json;
        var next = Text(first, "next");
        var second = (await own.Post("/api/disputes/search", new { name = Requests.Applicant, size = 2, after = next })).Is(200).Json;

        Assert.Equal((2, 1), (first.GetProperty("items").GetArrayLength(), second.GetProperty("items").GetArrayLength()));
        Assert.False(second.TryGetProperty("next", out _));
        (await own.Post("/api/disputes/search", new { name = Requests.Respondent, after = next })).IsInvalid(("after", "is not a cursor that this list gave"));
    }

    [Fact]
    public async Task A_search_takes_one_known_thing_and_no_part_of_it()
    {
        const string One = "one of name, phone, identityNumber and code is looked for, and no more";
        (await county.Post("/api/disputes/search", new { })).IsInvalid(("name", One));
        (await county.Post("/api/disputes/search", new { name = "某甲", phone = "13800001234" })).IsInvalid(("name", One));
        (await county.Post("/api/disputes/search", new { phone = "无" })).IsInvalid(("phone", "must have at least one digit"));
        (await county.Post("/api/disputes/search", new { name = " " })).IsInvalid(("name", "is required"));
        (await county.Post("/api/disputes/search", new { name = "某甲", size = 0 })).IsInvalid(("size", "must be a number from 1 to 200"));
        (await county.Post("/api/disputes/search", new { name = "某甲", size = 201 })).IsInvalid(("size", "must be a number from 1 to 200"));
    }

    [Theory]
    [InlineData("2025-12-14 09:00", 1)]
    [InlineData("2025-12-15 09:00", 0)]
    public async Task The_same_party_place_and_category_within_90_days_are_a_hint_and_never_an_obstacle(string when, int hints)
    {
        await using var own = await ServedCounty.Start();
        var first = await own.Register();
        await own.Until(when);

        var second = (await own.Post("/api/disputes", Requests.Register())).Is(201).Json;

        var listed = second.GetProperty("duplicates").EnumerateArray().Select(hint => Text(hint, "id")).ToList();
        Assert.Equal(Enumerable.Repeat(first, hints), listed);
        var seen = (await own.Get($"/api/disputes/{first}")).Is(200).Json.GetProperty("duplicates");
        Assert.Equal(Enumerable.Repeat(Text(second, "id"), hints), seen.EnumerateArray().Select(hint => Text(hint, "id")));
        Assert.All(seen.EnumerateArray(), hint => Assert.Equal("offered", Text(hint, "status")));
    }

    [Theory]
    [InlineData("category", "damage", 0)]
    [InlineData("place", "350322103201", 0)]
    [InlineData("parties[0].name", "郑某", 1)]
    [InlineData("people", 3, 1)]
    public async Task Another_category_or_place_is_another_matter_and_one_party_in_common_is_enough(string field, object value, int hints)
    {
        await using var own = await ServedCounty.Start();
        await own.Register();

        var second = (await own.Post("/api/disputes", Requests.Register().With(field, value))).Is(201).Json;

        Assert.Equal(hints, second.GetProperty("duplicates").GetArrayLength());
    }

    [Fact]
    public async Task A_party_is_compared_by_the_surest_that_is_known_of_it()
    {
        await using var own = await ServedCounty.Start();
        var strangers = Requests.Register().With("parties[1].name", "郑某").With("parties[1].phone", "13900000001");
        await own.Register(strangers.With("parties[0].identityNumber", Identity));

        var sameNumber = (await own.Post("/api/disputes", Another("1").With("parties[0].identityNumber", Identity))).Is(201).Json;
        var sameNameOnly = (await own.Post("/api/disputes", Another("2").With("parties[0].identityNumber", "350322198001011248"))).Is(201).Json;

        Assert.Equal(1, sameNumber.GetProperty("duplicates").GetArrayLength());
        Assert.Equal(0, sameNameOnly.GetProperty("duplicates").GetArrayLength());

        static System.Text.Json.Nodes.JsonObject Another(string number) =>
            Requests.Register().With("parties[1].name", $"谢某{number}").With("parties[1].phone", $"1390000001{number}");
    }

    [Theory]
    [InlineData(null, null, 1)]
    [InlineData("parties[0].phone", "13900000009", 0)]
    [InlineData("parties[0].identityNumber", "350322198001011248", 0)]
    public async Task Somebody_of_whom_less_was_known_before_is_hinted_at_unless_something_surer_differs(string? field, string? value, int hints)
    {
        await using var own = await ServedCounty.Start();
        var before = Requests.Register().With("parties[1].name", "郑某").With("parties[1].phone", "13900000001").Without("parties[0].phone");
        await own.Register(field is null ? before : before.With(field, value));

        var now = (await own.Post("/api/disputes", Requests.Register().With("parties[0].identityNumber", Identity))).Is(201).Json;

        Assert.Equal(hints, now.GetProperty("duplicates").GetArrayLength());
    }

    private Task<Answer> Show(string id, string by) => county.Post($"/api/disputes/{id}/personal-data", new { by, purpose = Purpose });

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
