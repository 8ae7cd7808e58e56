using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workflows.Web.Tests.Disputes;

public sealed class RegistrationTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    [Fact]
    public async Task A_registered_dispute_is_shown_with_masked_names_and_with_terms_that_say_why()
    {
        var answer = (await county.Post("/api/disputes", Requests.Register())).Is(201);

        var dispute = answer.Json;
        var id = dispute.GetProperty("id").GetString()!;
        Assert.Matches("^D2025-[0-9]{5}$", id);
        Assert.Equal($"/api/disputes/{id}", answer.Location);
        Assert.Equal("offered", dispute.GetProperty("status").GetString());
        Assert.Equal("village", dispute.GetProperty("level").GetString());
        Assert.Equal(Requests.Village, dispute.GetProperty("handler").GetProperty("id").GetString());
        Assert.NotEqual(Requests.Village, dispute.GetProperty("handler").GetProperty("name").GetString());
        Assert.Equal(
            """[{"id":"p1","role":"applicant","consent":"yes","goUp":"notAsked","name":"陈**"},{"id":"p2","role":"respondent","consent":"yes","goUp":"notAsked","name":"林**"}]""",
            dispute.GetProperty("parties").GetRawText());
        var clocks = dispute.GetProperty("clocks").EnumerateArray().ToList();
        Assert.Equal(["signFor 2025-09-17", "total 2025-12-15"], clocks.Select(clock => $"{clock.GetProperty("clock")} {clock.GetProperty("due")}"));
        Assert.All(clocks, clock => Assert.True(clock.GetProperty("why").GetArrayLength() >= 2, clock.GetRawText()));
        Assert.Equal("2025-09-17T16:00:00+00:00", clocks[0].GetProperty("overAt").GetString());
        Assert.Equal(1, dispute.GetProperty("version").GetInt32());
        // The codes are in the first answer only.
        var codes = $",\"codes\":{dispute.GetProperty("codes").GetRawText()}";
        Assert.Equal(dispute.GetRawText().Replace(codes, "", StringComparison.Ordinal), (await county.Get(answer.Location!)).Is(200).Json.GetRawText());
    }

    [Fact]
    public async Task The_journal_begins_with_the_registration_and_its_chain_holds()
    {
        var id = await county.Register();

        var journal = (await county.Get($"/api/disputes/{id}/journal")).Is(200).Json;

        Assert.Equal(
            ["Registered", "Triaged", "Offered"],
            journal.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("line").GetProperty("what").GetString()));
        Assert.False(journal.TryGetProperty("firstBroken", out _));
    }

    [Fact]
    public async Task A_dispute_and_a_journal_that_do_not_exist_are_not_found()
    {
        (await county.Get("/api/disputes/D2025-99999")).IsProblem(404, "not-found", "There is no dispute D2025-99999.");
        (await county.Get("/api/disputes/D2025-99999/journal")).IsProblem(404, "not-found", "There is no case D2025-99999.");
    }

    [Fact]
    public async Task A_family_name_outside_the_basic_plane_is_masked_whole()
    {
        var answer = await county.Post("/api/disputes", Requests.Register().With("parties[0].name", "𠮷田明"));

        Assert.Equal("𠮷**", answer.Is(201).Json.GetProperty("parties")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_name_of_one_character_is_masked_altogether()
    {
        var answer = await county.Post("/api/disputes", Requests.Register().With("parties[0].name", "丙"));

        Assert.Equal("**", answer.Is(201).Json.GetProperty("parties")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Spaces_around_a_name_are_no_part_of_it()
    {
        var answer = await county.Post("/api/disputes", Requests.Register().With("parties[0].name", "　陈阿明 "));

        Assert.Equal("陈**", answer.Is(201).Json.GetProperty("parties")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_party_that_refuses_mediation_at_intake_ends_the_case_at_once()
    {
        var answer = await county.Post("/api/disputes", Requests.Register().With("parties[1].consent", "no"));

        var dispute = answer.Is(201).Json;
        Assert.Equal("refused", dispute.GetProperty("status").GetString());
        Assert.Equal("p2", dispute.GetProperty("outcome").GetProperty("party").GetString());
        Assert.Equal(0, dispute.GetProperty("clocks").GetArrayLength());
    }

    [Fact]
    public async Task A_person_may_choose_a_higher_level_with_a_reason()
    {
        var answer = await county.Post("/api/disputes", Requests.Register().With("level", "township").With("levelReason", "牵涉两个村。"));

        var dispute = answer.Is(201).Json;
        Assert.Equal("township", dispute.GetProperty("level").GetString());
        Assert.Equal(Requests.Township, dispute.GetProperty("handler").GetProperty("id").GetString());
        Assert.DoesNotContain("牵涉两个村", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_may_choose_a_level_below_the_floor()
    {
        var request = Requests.Register(danger: true).With("level", "village").With("levelReason", "离得近。");

        (await county.Post("/api/disputes", request)).IsProblem(
            409, "level-below-floor", "The triage does not allow a start at village level: signs of danger.");
    }

    public static TheoryData<string, string, object?> Good => new()
    {
        { "the least number of people", "people", 2 },
        { "the greatest number of people", "people", 1_000_000 },
        { "danger not said", "danger", null },
        { "the longest summary", "summary", new string('长', 2000) },
        { "the longest name", "parties[0].name", new string('长', 50) },
        { "the longest address", "parties[0].address", new string('长', 200) },
        { "the shortest phone", "parties[0].phone", "12345" },
        { "the longest phone", "parties[0].phone", "+86 594-1234567 12-3" },
        { "no phone", "parties[0].phone", null },
        { "an identity number of digits", "parties[0].identityNumber", "350322198001011248" },
        { "an identity number with X", "parties[0].identityNumber", "35032219800101123X" },
        { "consent not asked", "parties[0].consent", "notAsked" },
        { "consent to go up given once", "parties[0].goUp", "once" },
        { "a township as the place", "place", Requests.Township },
        { "a hotline", "channel", "hotline" },
        { "fifty parties", "parties", Parties(50) },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public async Task Whatever_is_just_allowed_is_taken(string what, string field, object? value)
    {
        var answer = await county.Post("/api/disputes", Requests.Register().With(field, value));

        Assert.True(answer.Status == 201, $"{what}: {answer.Text}");
    }

    private static JsonElement[] Parties(int count) =>
    [
        .. Enumerable.Range(0, count).Select(index => JsonSerializer.SerializeToElement(
            new JsonObject { ["role"] = index == 0 ? "applicant" : "respondent", ["name"] = $"某{index}", ["represents"] = index == 1 })),
    ];
}
