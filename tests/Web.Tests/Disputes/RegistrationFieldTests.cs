using System.Text.Json.Nodes;

namespace Workflows.Web.Tests.Disputes;

public sealed class RegistrationFieldTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private const string Categories =
        "one of neighbours, family, rural-land, labour, property-management, damage, land-rights, medical, other";

    private const string Place =
        "must be the 12-digit code of a village or community or the 9-digit code of a township of this county";

    private const string Together = "level and levelReason go together";

    private static readonly string[] Fields =
    [
        "place", "category", "people", "danger", "channel", "by", "summary", "parties", "level", "levelReason",
        "parties[0].role", "parties[0].name", "parties[0].phone", "parties[0].identityNumber", "parties[0].address",
        "parties[0].consent", "parties[0].goUp",
    ];

    public static TheoryData<string, object?, string> Bad => new()
    {
        { "place", null, "is required" },
        { "place", "", Place },
        { "place", "350322", Place },
        { "place", "350322999999", Place },
        { "place", "350400100", Place },
        { "place", "sfj", Place },
        { "category", null, $"is required; {Categories}" },
        { "category", "", $"is not known; {Categories}" },
        { "category", "Neighbours", $"is not known; {Categories}" },
        { "people", null, "is required" },
        { "people", 1, "must be from 2 to 1000000" },
        { "people", -5, "must be from 2 to 1000000" },
        { "people", 1_000_001, "must be from 2 to 1000000" },
        { "channel", null, "is required; one of window, grid, hotline, online, police, petitions, court" },
        { "channel", "", "must be one of window, grid, hotline, online, police, petitions, court" },
        { "channel", "fax", "must be one of window, grid, hotline, online, police, petitions, court" },
        { "by", null, "is required: the id of the unit that acts" },
        { "by", " ", "is required: the id of the unit that acts" },
        { "by", "nobody", "is not a unit of this county" },
        { "summary", null, "is required" },
        { "summary", "", "is required" },
        { "summary", " \t ", "is required" },
        { "summary", new string('长', 2001), "must be at most 2000 characters; it has 2001" },
        { "parties", null, "must be 2 to 50 parties" },
        { "parties", Array.Empty<object>(), "must be 2 to 50 parties" },
        { "parties", Parties("applicant"), "must be 2 to 50 parties" },
        { "parties", Parties([.. Enumerable.Repeat("respondent", 51)]), "must be 2 to 50 parties" },
        { "parties", Parties("applicant", "applicant"), "must include a party with role respondent" },
        { "parties", Parties("respondent", "respondent"), "must include a party with role applicant" },
        { "parties[0].role", null, "is required; one of applicant, respondent" },
        { "parties[0].role", "witness", "must be one of applicant, respondent" },
        { "parties[0].name", null, "is required" },
        { "parties[0].name", "", "is required" },
        { "parties[1].name", new string('长', 51), "must be at most 50 characters; it has 51" },
        { "parties[0].phone", "", "must be 5 to 20 digits, spaces, + and -" },
        { "parties[0].phone", "1234", "must be 5 to 20 digits, spaces, + and -" },
        { "parties[0].phone", "+86 594-1234567 12-34", "must be 5 to 20 digits, spaces, + and -" },
        { "parties[0].phone", "电话12345", "must be 5 to 20 digits, spaces, + and -" },
        { "parties[0].phone", "12345\n", "must be 5 to 20 digits, spaces, + and -" },
        { "parties[0].identityNumber", "", "must be 17 digits and a digit or X" },
        { "parties[0].identityNumber", "35032219800101123", "must be 17 digits and a digit or X" },
        { "parties[0].identityNumber", "3503221980010112345", "must be 17 digits and a digit or X" },
        { "parties[0].identityNumber", "999999999999999999", "must end in the check character of its first 17 digits (GB 11643); one of them was mistyped" },
        { "parties[0].identityNumber", "350322198001101248", "must end in the check character of its first 17 digits (GB 11643); one of them was mistyped" },
        { "parties[0].address", "", "must not be empty; leave it out instead" },
        { "parties[0].address", new string('长', 201), "must be at most 200 characters; it has 201" },
        { "parties[0].consent", "maybe", "must be one of notAsked, yes, no" },
        { "parties[0].goUp", "", "must be one of notAsked, once, blanket, no" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_wrong_field_is_named_with_its_rule(string field, object? value, string rule) =>
        (await county.Post("/api/disputes", Requests.Register().With(field, value))).IsInvalid((field, rule));

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_required_field_that_is_left_out_is_as_wrong_as_one_that_is_null(string field, object? value, string rule)
    {
        if (value is null)
        {
            (await county.Post("/api/disputes", Requests.Register().Without(field))).IsInvalid((field, rule));
        }
    }

    [Fact]
    public async Task A_level_needs_its_reason_and_a_reason_its_level()
    {
        (await county.Post("/api/disputes", Requests.Register().With("level", "county"))).IsInvalid(("levelReason", Together));
        (await county.Post("/api/disputes", Requests.Register().With("levelReason", "请县里处理。"))).IsInvalid(("level", Together));
        (await county.Post("/api/disputes", Requests.Register().With("level", "state").With("levelReason", "太大。")))
            .IsInvalid(("level", "must be one of village, township, county"));
        (await county.Post("/api/disputes", Requests.Register().With("level", "county").With("levelReason", "")))
            .IsInvalid(("levelReason", "must not be empty; leave it out instead"));
        (await county.Post("/api/disputes", Requests.Register().With("level", "county").With("levelReason", new string('长', 2001))))
            .IsInvalid(("levelReason", "must be at most 2000 characters; it has 2001"));
    }

    [Theory]
    [InlineData("parties[0].name", "陈\u202e阿明")]
    [InlineData("parties[0].name", "\u200b")]
    [InlineData("parties[1].name", "林秀珍\n抄送：某人")]
    [InlineData("parties[1].name", "林\0秀珍")]
    public async Task A_name_is_on_one_line_and_can_be_seen(string field, string name) =>
        (await county.Post("/api/disputes", Requests.Register().With(field, name))).IsInvalid((field, "must be on one line and without invisible characters"));

    [Fact]
    public async Task Nobody_is_two_parties_of_one_dispute()
    {
        var twice = Requests.Register().With("parties[0].identityNumber", "35032219800101123x").With("parties[1].identityNumber", "35032219800101123X");

        (await county.Post("/api/disputes", twice)).IsInvalid(("parties[1].identityNumber", "is that of parties[0]; nobody is two parties of one dispute"));
        (await county.Post("/api/disputes", twice.With("parties[1].identityNumber", "350322198001011248"))).Is(201);
    }

    [Fact]
    public async Task A_party_must_be_an_object_and_not_null() =>
        (await county.Post("/api/disputes", Requests.Register().With("parties", new object?[] { new { role = "applicant", name = "某甲" }, null })))
            .IsInvalid(("parties[1]", "must be an object, not null"));

    [Fact]
    public async Task All_wrong_fields_are_named_at_once()
    {
        var answer = await county.Post("/api/disputes", new { people = 1, channel = "fax", parties = new[] { new { role = "x" }, new { role = "respondent" } } });

        answer.IsInvalid(
            ("place", "is required"),
            ("category", $"is required; {Categories}"),
            ("people", "must be from 2 to 1000000"),
            ("channel", "must be one of window, grid, hotline, online, police, petitions, court"),
            ("by", "is required: the id of the unit that acts"),
            ("summary", "is required"),
            ("parties[0].role", "must be one of applicant, respondent"),
            ("parties[0].name", "is required"),
            ("parties[1].name", "is required"));
        Assert.StartsWith("place is required. category is required; one of", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_of_the_wrong_type_is_named()
    {
        foreach (var field in Fields)
        {
            foreach (var value in (object[])[new { }, Array.Empty<int>(), 1.5, "true", true])
            {
                if (FitsTheType(field, value))
                {
                    continue;
                }

                (await county.Post("/api/disputes", Requests.Register().With(field, value))).IsInvalid((field, "has the wrong type"));
            }
        }
    }

    [Fact]
    public async Task An_unknown_field_is_named_wherever_it_stands()
    {
        (await county.Post("/api/disputes", Requests.Register().With("priority", "high"))).IsInvalid(("priority", "is not a field of this request"));
        (await county.Post("/api/disputes", Requests.Register().With("parties[1].nickname", "阿明"))).IsInvalid(("parties[1].nickname", "is not a field of this request"));
        (await county.Post("/api/disputes", Requests.Register().With("a field of the caller's", 1))).IsInvalid(("a field of the caller's", "is not a field of this request"));
        (await county.Post("/api/disputes", Requests.Register().With("备注", 1))).IsInvalid(("备注", "is not a field of this request"));
    }

    [Fact]
    public async Task A_field_that_is_given_twice_is_named()
    {
        var request = Requests.Register().ToJsonString();

        (await county.Post("/api/disputes", request.Replace("\"people\":2", "\"people\":2,\"people\":3", StringComparison.Ordinal)))
            .IsInvalid(("people", "is given twice"));
        (await county.Post("/api/disputes", request.Replace("\"role\":\"respondent\"", "\"role\":\"respondent\",\"Role\":\"applicant\"", StringComparison.Ordinal)))
            .IsInvalid(("parties[1].Role", "is given twice"));
    }

    private static bool FitsTheType(string field, object value) => field switch
    {
        "people" => false,
        "danger" => value is true,
        "parties" => value is int[],
        _ => value is string,
    };

    private static JsonArray Parties(params string[] roles) =>
        [.. roles.Select(role => (JsonNode)new JsonObject { ["role"] = role, ["name"] = "某人" })];
}
