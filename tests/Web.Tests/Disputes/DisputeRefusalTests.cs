namespace Workflows.Web.Tests.Disputes;

/// <summary>Every refusal of the decider, reached over HTTP.</summary>
public sealed class DisputeRefusalTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private const string Village = Requests.Village;

    [Fact]
    public async Task Only_an_offered_dispute_is_signed_for()
    {
        var id = await county.RegisterMediated();

        (await county.Post($"/api/disputes/{id}/sign-for", new { by = Village }))
            .IsProblem(409, "not-offered", "Only an offered dispute is signed for; this one is Mediating.");
    }

    [Fact]
    public async Task Another_unit_than_the_handler_is_refused()
    {
        const string other = "350322103202";
        var only = $"Only {Village} handles this dispute, not {other}.";
        var offered = await county.Register();
        var id = await county.RegisterMediated();

        (await county.Post($"/api/disputes/{offered}/sign-for", new { by = other })).IsProblem(409, "not-the-handler", only);
        (await county.Post($"/api/disputes/{id}/sessions", new { by = other, on = "2025-09-15", record = "到场。" })).IsProblem(409, "not-the-handler", only);
        (await county.Post($"/api/disputes/{id}/settle", new { by = other, form = "oral", on = "2025-09-15", terms = "各半。" })).IsProblem(409, "not-the-handler", only);
        (await county.Post($"/api/disputes/{id}/escalate", new { by = other, reason = "难。" })).IsProblem(409, "not-the-handler", only);
    }

    [Fact]
    public async Task A_unit_that_is_neither_the_handler_nor_above_it_records_nothing_for_the_parties()
    {
        const string other = "350322104";
        var only = $"Only {Village} or a unit above it may record this, not {other}.";
        var id = await county.RegisterMediated();

        (await county.Post($"/api/disputes/{id}/refuse", new { by = other, party = "p1" })).IsProblem(409, "not-the-handler", only);
        (await county.Post($"/api/disputes/{id}/withdraw", new { by = other, party = "p1" })).IsProblem(409, "not-the-handler", only);
        (await county.Post($"/api/disputes/{id}/consent", new { by = other, party = "p1", answer = "once" })).IsProblem(409, "not-the-handler", only);
    }

    [Fact]
    public async Task Before_it_is_signed_for_nothing_is_mediated()
    {
        var id = await county.Register();
        const string reason = "The dispute is not being mediated; it is Offered.";

        (await county.Post($"/api/disputes/{id}/sessions", new { by = Village, on = "2025-09-15", record = "到场。" })).IsProblem(409, "not-mediating", reason);
        (await county.Post($"/api/disputes/{id}/settle", new { by = Village, form = "oral", on = "2025-09-15", terms = "各半。" })).IsProblem(409, "not-mediating", reason);
    }

    [Theory]
    [InlineData("2025-09-14")]
    [InlineData("2025-09-16")]
    public async Task A_session_or_an_agreement_lies_between_the_opening_and_today(string on)
    {
        var id = await county.RegisterMediated();
        var reason = $"{on} is not between 2025-09-15, when the case was opened, and 2025-09-15, today.";

        (await county.Post($"/api/disputes/{id}/sessions", new { by = Village, on, record = "到场。" })).IsProblem(409, "session-date", reason);
        (await county.Post($"/api/disputes/{id}/settle", new { by = Village, form = "oral", on, terms = "各半。" })).IsProblem(409, "agreement-date", reason);
    }

    [Fact]
    public async Task A_party_that_the_dispute_does_not_have_is_refused()
    {
        var id = await county.RegisterMediated();

        (await county.Post($"/api/disputes/{id}/refuse", new { by = Village, party = "p3" })).IsProblem(409, "unknown-party", "The dispute has no party p3.");
        (await county.Post($"/api/disputes/{id}/withdraw", new { by = Village, party = "p999" })).IsProblem(409, "unknown-party", "The dispute has no party p999.");
        (await county.Post($"/api/disputes/{id}/consent", new { by = Village, party = "p0", answer = "no" })).IsProblem(409, "unknown-party", "The dispute has no party p0.");
    }

    [Fact]
    public async Task A_respondent_can_refuse_but_not_withdraw()
    {
        var id = await county.RegisterMediated();

        (await county.Post($"/api/disputes/{id}/withdraw", new { by = Village, party = "p2" }))
            .IsProblem(409, "not-an-applicant", "Only an applicant can withdraw the case; p2 is a respondent, who can refuse.");
    }

    [Fact]
    public async Task The_parties_are_asked_once()
    {
        var id = await county.RegisterMediated();
        (await county.Post($"/api/disputes/{id}/escalate", new { by = Village, reason = "难。" })).Is(200);

        (await county.Post($"/api/disputes/{id}/escalate", new { by = Village, reason = "难。" }))
            .IsProblem(409, "already-awaiting-consent", "The parties are being asked already.");
    }

    [Fact]
    public async Task Nothing_goes_up_from_the_county()
    {
        var id = await county.Register(Requests.Register(category: "medical"));

        (await county.Post($"/api/disputes/{id}/escalate", new { by = Requests.County, reason = "难。" }))
            .IsProblem(409, "no-higher-level", "The county is the highest level; end the mediation instead.");
    }

    [Fact]
    public async Task The_county_ends_what_cannot_be_settled_with_a_rights_notice_and_a_village_asks_the_next_level_instead()
    {
        var low = await county.RegisterMediated();
        (await county.Post($"/api/disputes/{low}/no-agreement", new { by = Village, reason = "分歧过大。" }))
            .IsProblem(409, "higher-level", "There is a higher level; ask it to take over instead.");

        var id = await county.Register(Requests.Register(category: "medical"));
        (await county.Post($"/api/disputes/{id}/no-agreement", new { by = Requests.County, reason = "分歧过大。" })).IsProblem(409, "not-mediating");
        (await county.Post($"/api/disputes/{id}/sign-for", new { by = Requests.County })).Is(200);
        var ended = (await county.Post($"/api/disputes/{id}/no-agreement", new { by = Requests.County, reason = "分歧过大。" })).Is(200);

        Assert.Equal(("failed", "no-agreement"), (ended.Json.GetProperty("status").GetString(), ended.Json.GetProperty("outcome").GetProperty("reason").GetString()));
        Assert.DoesNotContain("分歧过大", ended.Text, StringComparison.Ordinal);
        Assert.Contains("因调解不成，调解于", (await county.Get($"/disputes/{id}/rights-notice.html?by={Requests.County}")).Text, StringComparison.Ordinal);
        foreach (var page in (string[])[$"/disputes/{id}", "/api/disputes/export.csv?from=2025-09-15&to=2025-09-15"])
        {
            Assert.Contains("经调解未能达成协议", (await county.Get(page)).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Not_asked_is_no_answer_to_a_question()
    {
        var id = await county.RegisterMediated();

        (await county.Post($"/api/disputes/{id}/consent", new { by = Village, party = "p1", answer = "notAsked" }))
            .IsProblem(409, "no-answer", "An answer is once, blanket or no.");
    }

    [Fact]
    public async Task An_ended_dispute_takes_no_command()
    {
        var id = await county.RegisterMediated();
        (await county.Post($"/api/disputes/{id}/withdraw", new { by = Village, party = "p1" })).Is(200);
        await county.Idle();

        foreach (var (path, body) in Commands)
        {
            (await county.Post($"/api/disputes/{id}/{path}", body)).IsProblem(409, "ended", "The dispute has ended: withdrawn.");
        }
    }

    [Fact]
    public async Task An_id_that_is_no_disputes_is_not_found()
    {
        var known = await county.Register();
        await county.ActivateSmallPlan();
        var notice = (await county.Get($"/api/notices?case={known}")).Is(200).Json.GetProperty("items")[0].GetProperty("key").GetString()!;

        foreach (var id in (string[])["D2025-99999", known.ToLowerInvariant(), notice, $"{ServedCounty.SmallTask}.sfj", "DisputeEscalation-" + known, "x"])
        {
            foreach (var (path, body) in Commands)
            {
                (await county.Post($"/api/disputes/{id}/{path}", body)).IsProblem(404, "not-found", $"There is no case {id}.");
            }
        }
    }

    [Theory]
    [InlineData("a%5Cb")]
    [InlineData("a%23b")]
    [InlineData("a%3Fb")]
    [InlineData("a%2Fb")]
    [InlineData("a%0Ab")]
    [InlineData("a%7Fb")]
    [InlineData("%EF%BF%BF")]
    [InlineData("%F0%A0%AE%B7")]
    [InlineData("..%2F..%2Fengine.db")]
    public async Task An_id_that_no_case_can_have_is_not_found_either(string id)
    {
        (await county.Get($"/api/disputes/{id}")).IsProblem(404, "not-found");
        (await county.Get($"/api/disputes/{id}/journal")).IsProblem(404, "not-found");
        (await county.Post($"/api/disputes/{id}/sign-for", new { by = Village })).IsProblem(404, "not-found");
        (await county.Get($"/api/assignments/{id}")).IsProblem(404, "not-found");
        (await county.Get($"/api/assignments/{id}/journal")).IsProblem(404, "not-found");
        (await county.Post($"/api/assignments/{id}/sign-for", new { by = "sfj" })).IsProblem(404, "not-found");
        (await county.Get($"/api/notices/{id}")).IsProblem(404, "not-found");
        (await county.Get($"/api/notices/{id}/journal")).IsProblem(404, "not-found");
        (await county.Get($"/api/flows/{id}")).IsProblem(404, "not-found");
        (await county.Get($"/api/flows/{id}/history")).IsProblem(404, "not-found");
        (await county.Get($"/api/plans/{id}")).IsProblem(404, "not-found");
        (await county.Post($"/api/plans/{id}/activate", new { by = "dcs" })).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task An_endless_id_is_not_found()
    {
        var id = new string('x', 2000);

        (await county.Get($"/api/disputes/{id}")).IsProblem(404, "not-found");
        (await county.Post($"/api/disputes/{id}/sign-for", new { by = Village })).IsProblem(404, "not-found");
        (await county.Get($"/api/notices/{id}/journal")).IsProblem(404, "not-found");
        (await county.Get($"/api/flows/{id}")).IsProblem(404, "not-found");
    }

    private static IEnumerable<(string Path, object Body)> Commands =>
    [
        ("sign-for", new { by = Village }),
        ("sessions", new { by = Village, on = "2025-09-15", record = "到场。" }),
        ("settle", new { by = Village, form = "oral", on = "2025-09-15", terms = "各半。" }),
        ("refuse", new { by = Village, party = "p1" }),
        ("withdraw", new { by = Village, party = "p1" }),
        ("escalate", new { by = Village, reason = "难。" }),
        ("no-agreement", new { by = Village, reason = "难。" }),
        ("consent", new { by = Village, party = "p1", answer = "once" }),
    ];
}
