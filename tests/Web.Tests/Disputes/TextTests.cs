namespace Workflows.Web.Tests.Disputes;

/// <summary>Words that came with what was said are there for those who must act on them.</summary>
public sealed class TextTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private const string Reason = "涉事地块属邻村，本村无权处理。";

    [Fact]
    public async Task The_superior_that_decides_on_a_return_reads_why_and_the_access_is_on_record()
    {
        var id = await county.Register();
        var asked = (await county.Post($"/api/disputes/{id}/return", new { by = Requests.Village, reason = Reason })).Is(200).Json;
        var text = asked.GetProperty("return").GetProperty("text").GetString()!;

        var read = (await county.Get($"/api/disputes/{id}/texts/{text}?by={Requests.Township}")).Is(200).Json;

        Assert.Equal((text, Reason), (read.GetProperty("id").GetString(), read.GetProperty("text").GetString()));
        (await county.Get($"/api/disputes/{id}/texts/{text}?by=sfj")).IsProblem(403, "not-concerned");
        Assert.Equal([$"Shown {Requests.Township}", "Refused sfj"], await Accesses(id));
    }

    [Fact]
    public async Task What_a_party_wrote_with_its_review_is_read_by_the_unit_that_answers()
    {
        var registered = (await county.Post("/api/disputes", Requests.Register())).Is(201).Json;
        var id = registered.GetProperty("id").GetString()!;
        (await county.Post($"/api/disputes/{id}/refuse", new { by = Requests.Village, party = "p2" })).Is(200);
        var code = registered.GetProperty("codes").GetProperty("p1").GetString();
        (await county.Post($"/api/party/{code}/review", new { choice = "review", text = Reason })).Is(200);

        var line = (await county.Get($"/api/disputes/{id}/journal")).Is(200).Json.GetProperty("entries").EnumerateArray()
            .Select(entry => entry.GetProperty("line")).Single(line => line.GetProperty("what").GetString() == "ReviewAsked");

        var read = (await county.Get($"/api/disputes/{id}/texts/{line.GetProperty("textId").GetString()}?by={Requests.Township}")).Is(200).Json;
        Assert.Equal(Reason, read.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Who_had_the_case_before_goes_on_reading_it()
    {
        var id = await county.RegisterMediated(Requests.Register(goUp: "blanket"));
        (await county.Post($"/api/disputes/{id}/escalate", new { by = Requests.Village, reason = Reason })).Is(200);

        (await county.Post($"/api/disputes/{id}/personal-data", new { by = Requests.Village, purpose = "交接" })).Is(200);
        (await county.Get($"/api/disputes/{id}/texts/summary?by={Requests.Village}")).Is(200);
    }

    [Fact]
    public async Task Who_acts_for_a_party_is_shown_in_full_with_the_number_to_call()
    {
        var id = await county.Register(Requests.Register()
            .With("parties[0].representedBy", "guardian").With("parties[0].representativeName", "陈大伯").With("parties[0].representativePhone", "13800005678"));

        var shown = (await county.Post($"/api/disputes/{id}/personal-data", new { by = Requests.Village, purpose = "通知到场" })).Is(200).Json.GetProperty("parties");

        Assert.Equal(("陈大伯", "13800005678"), (shown[0].GetProperty("representativeName").GetString(), shown[0].GetProperty("representativePhone").GetString()));
        Assert.False(shown[1].TryGetProperty("representativeName", out _));
    }

    [Fact]
    public async Task A_text_of_another_case_or_of_none_is_not_found_and_is_no_access()
    {
        var other = await county.Register();
        var text = (await county.Post($"/api/disputes/{other}/return", new { by = Requests.Village, reason = Reason })).Is(200).Json.GetProperty("return").GetProperty("text").GetString();
        var id = await county.Register();

        (await county.Get($"/api/disputes/{id}/texts/{text}?by={Requests.Village}")).IsProblem(404, "not-found");
        (await county.Get($"/api/disputes/D2025-99999/texts/summary?by={Requests.Village}")).IsProblem(404, "not-found");
        (await county.Get($"/api/disputes/{id}/texts/a%2Fb?by={Requests.Village}")).IsProblem(404, "not-found");
        (await county.Get($"/api/disputes/{id}/texts/summary")).IsInvalid(("by", "is required: the id of the unit that acts"));
        Assert.Empty(await Accesses(id));
    }

    private async Task<List<string>> Accesses(string id) =>
    [
        .. (await county.Get($"/api/disputes/{id}/personal-data/accesses")).Is(200).Json.GetProperty("entries").EnumerateArray()
            .Select(entry => $"{entry.GetProperty("line").GetProperty("what").GetString()} {entry.GetProperty("by").GetString()}"),
    ];
}
