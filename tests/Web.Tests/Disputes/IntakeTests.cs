namespace Workflows.Web.Tests.Disputes;

/// <summary>What is turned away, who acts for whom, groups, and signs of danger at registration.</summary>
public sealed class IntakeTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private static readonly string[] Weapons = ["weapons"];
    private static readonly string[] Thunder = ["thunder"];

    [Theory]
    [InlineData("in-court", "neighbours", "人民调解工作若干规定第二十二条")]
    [InlineData("criminal", "neighbours", "请向公安机关提出")]
    [InlineData(null, "family-status", "请向人民法院或者婚姻、收养登记机关提出")]
    public async Task A_matter_that_mediation_may_not_take_is_told_where_to_go_and_nothing_is_created(string? matter, string category, string words)
    {
        var before = (await county.All("/api/disputes")).Count;
        var request = Requests.Register(category: category).With("matters", matter is null ? Array.Empty<string>() : [matter]);

        var answer = await county.Post("/api/disputes", request);

        answer.IsProblem(409, "not-acceptable");
        var detail = answer.Json.GetProperty("detail").GetString()!;
        Assert.Contains(words, detail, StringComparison.Ordinal);
        Assert.Contains("the right channel is", detail, StringComparison.Ordinal);
        Assert.Equal(before, (await county.All("/api/disputes")).Count);
    }

    [Fact]
    public async Task A_party_may_be_represented_and_only_the_capacity_leaves_the_personal_data()
    {
        var answer = (await county.Post("/api/disputes", Requests.Register()
            .With("parties[0].kind", "person")
            .With("parties[0].representedBy", "guardian")
            .With("parties[0].representativeName", "陈大川")
            .With("parties[1].kind", "organisation"))).Is(201);

        var party = answer.Json.GetProperty("parties")[0];
        Assert.Equal(("guardian", "陈**"), (party.GetProperty("representedBy").GetString(), party.GetProperty("representative").GetString()));
        Assert.Equal("organisation", answer.Json.GetProperty("parties")[1].GetProperty("kind").GetString());
        Assert.DoesNotContain("陈大川", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_representative_has_a_capacity_and_a_name()
    {
        (await county.Post("/api/disputes", Requests.Register().With("parties[0].representedBy", "guardian")))
            .IsInvalid(("parties[0].representativeName", "is required with representedBy"));
        (await county.Post("/api/disputes", Requests.Register().With("parties[0].representativeName", "某")))
            .IsInvalid(("parties[0].representedBy", "is needed with the representative's name or phone"));
        (await county.Post("/api/disputes", Requests.Register().With("parties[0].representedBy", "friend").With("parties[0].representativeName", "某")))
            .IsInvalid(("parties[0].representedBy", "is not known; one of guardian, agent, relative, legal-representative, grid-worker"));
    }

    [Theory]
    [InlineData(4, 0, true)]
    [InlineData(4, 1, false)]
    [InlineData(5, 0, false)]
    [InlineData(5, 1, true)]
    [InlineData(6, 5, true)]
    [InlineData(6, 6, false)]
    public async Task A_side_of_five_or_more_names_one_to_five_representatives(int parties, int named, bool good)
    {
        var request = Requests.Register(people: 20);
        var list = request["parties"]!.AsArray();
        while (list.Count < parties + 1)
        {
            list.Add(list[0]!.DeepClone());
        }

        foreach (var party in list.Where(party => party!["role"]!.GetValue<string>() == "applicant").Take(named))
        {
            party!["represents"] = true;
        }

        Assert.Equal(good ? 201 : 400, (await county.Post("/api/disputes", request)).Status);
    }

    [Fact]
    public async Task A_named_sign_of_danger_sets_the_floor_and_the_old_member_still_counts()
    {
        var named = (await county.Post("/api/disputes", Requests.Register().With("dangerSigns", Weapons))).Is(201).Json;
        Assert.Equal(("county", true, "weapons"), (named.GetProperty("level").GetString(), named.GetProperty("danger").GetBoolean(), named.GetProperty("dangerSigns")[0].GetString()));

        var old = (await county.Post("/api/disputes", Requests.Register(danger: true))).Is(201).Json;
        Assert.Equal("township", old.GetProperty("level").GetString());

        var unknown = await county.Post("/api/disputes", Requests.Register().With("dangerSigns", Thunder));
        Assert.Contains("dangerSigns[0]", unknown.IsProblem(400, "invalid-request").Json.GetProperty("errors").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_to_choose_from_are_the_countys_data()
    {
        var words = (await county.Get("/api/disputes/words")).Is(200).Json;
        Assert.Equal(["not-civil", "identity", "adoption", "marriage"], words.GetProperty("bars").EnumerateArray().Select(bar => bar.GetProperty("id").GetString()));

        Assert.Contains(words.GetProperty("categories").EnumerateArray(), category => category.TryGetProperty("parent", out var parent) && parent.GetString() == "labour-wages");
        Assert.Equal(5, words.GetProperty("group").GetProperty("partiesFrom").GetInt32());
        Assert.Contains("criminal", words.GetProperty("notAcceptable").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));
    }
}
