using System.Text.Json;

namespace Workflows.Web.Tests.Http;

public sealed class IdempotencyTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private const string Path = "/api/disputes";
    private const string KeyRule = "must be one value of 1 to 200 printable ASCII characters";
    private const string Reused = "Idempotency-Key was used with another request body.";

    [Fact]
    public async Task The_same_registration_under_the_same_key_is_one_dispute_and_gets_the_first_answer()
    {
        var before = (await county.All(Path)).Count;

        var first = (await county.Post(Path, Requests.Register(), "reg-1")).Is(201);
        var again = (await county.Post(Path, Requests.Register(), "reg-1")).Is(201);

        Assert.False(first.Replayed);
        Assert.True(again.Replayed);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.Location, again.Location);
        Assert.Equal(before + 1, (await county.All(Path)).Count);
    }

    [Fact]
    public async Task A_command_under_the_same_key_is_carried_out_once()
    {
        var id = await county.RegisterMediated();
        var session = new { by = Requests.Village, on = "2025-09-15", record = "到场。" };

        var first = (await county.Post($"{Path}/{id}/sessions", session, "session-1")).Is(200);
        var again = (await county.Post($"{Path}/{id}/sessions", session, "session-1")).Is(200);
        var other = (await county.Post($"{Path}/{id}/sessions", session, "session-2")).Is(200);
        var third = (await county.Post($"{Path}/{id}/sessions", session)).Is(200);

        Assert.Equal((false, true, false, false), (first.Replayed, again.Replayed, other.Replayed, third.Replayed));
        Assert.Equal(first.Text, again.Text);
        Assert.Equal([1, 1, 2, 3], new[] { first, again, other, third }.Select(answer => answer.Json.GetProperty("sessions").GetInt32()));
    }

    [Fact]
    public async Task A_refusal_is_given_again_even_when_the_command_would_be_taken_by_now()
    {
        var id = await county.Register();
        var session = new { by = Requests.Village, on = "2025-09-15", record = "到场。" };
        var first = (await county.Post($"{Path}/{id}/sessions", session, "early")).IsProblem(409, "not-mediating");
        (await county.Post($"{Path}/{id}/sign-for", new { by = Requests.Village })).Is(200);

        var again = (await county.Post($"{Path}/{id}/sessions", session, "early")).IsProblem(409, "not-mediating");

        Assert.True(again.Replayed);
        Assert.Equal(first.Text, again.Text);
        (await county.Post($"{Path}/{id}/sessions", session, "later")).Is(200);
    }

    [Fact]
    public async Task Another_body_under_a_used_key_is_refused_whatever_the_first_answer_was()
    {
        var id = await county.Register();
        (await county.Post(Path, Requests.Register(), "used-201")).Is(201);
        (await county.Post($"{Path}/{id}/sign-for", new { by = Requests.Township }, "used-409")).IsProblem(409, "not-the-handler");
        (await county.Post($"{Path}/{id}/sign-for", new { by = Requests.Village }, "used-200")).Is(200);

        (await county.Post(Path, Requests.Register(people: 3), "used-201")).IsProblem(422, "key-reused", Reused);
        (await county.Post($"{Path}/{id}/sign-for", new { by = Requests.Village }, "used-409")).IsProblem(422, "key-reused", Reused);
        (await county.Post($"{Path}/{id}/sign-for", new { by = Requests.Township }, "used-200")).IsProblem(422, "key-reused", Reused);
    }

    [Fact]
    public async Task A_wrong_request_may_be_mended_under_its_key()
    {
        (await county.Post(Path, Requests.Register(people: 1), "mend")).IsInvalid(("people", "must be from 2 to 1000000"));
        (await county.Post(Path, "{", "mend")).IsProblem(400, "invalid-request");

        Assert.False((await county.Post(Path, Requests.Register(), "mend")).Is(201).Replayed);
        Assert.True((await county.Post(Path, Requests.Register(), "mend")).Is(201).Replayed);
    }

    [Fact]
    public async Task A_case_that_was_not_there_may_be_there_later_under_the_same_key()
    {
        var body = new { by = "sfj" };
        (await county.Post("/api/assignments/small.T1.sfj/sign-for", body, "too-early")).IsProblem(404, "not-found");
        await county.ActivateSmallPlan();

        Assert.False((await county.Post("/api/assignments/small.T1.sfj/sign-for", body, "too-early")).Is(200).Replayed);
    }

    [Fact]
    public async Task Many_at_once_under_one_key_register_one_dispute()
    {
        var before = (await county.All(Path)).Count;

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => county.Post(Path, Requests.Register(), "at-once")));

        Assert.Single(answers.Select(answer => answer.Is(201).Json.GetProperty("id").GetString()).Distinct());
        Assert.Single(answers.Select(answer => answer.Location).Distinct());
        Assert.Equal(before + 1, (await county.All(Path)).Count);
    }

    [Fact]
    public async Task Of_two_bodies_at_once_under_one_key_one_is_taken_and_its_parties_stay()
    {
        for (var round = 0; round < 10; round++)
        {
            var key = $"rivals-{round}";
            var answers = await Task.WhenAll(
                county.Post(Path, Requests.Register().With("parties[0].name", "甲某某"), key),
                county.Post(Path, Requests.Register().With("parties[0].name", "乙某某"), key));

            var taken = Assert.Single(answers, answer => answer.Status == 201);
            Assert.Single(answers, answer => answer.Status == 422).IsProblem(422, "key-reused", Reused);
            var shown = (await county.Get(taken.Location!)).Is(200).Json;
            Assert.Equal(Name(taken.Json), Name(shown));
        }
    }

    [Fact]
    public async Task The_same_key_on_another_path_is_another_command()
    {
        var first = await county.Register();
        var second = await county.Register();

        (await county.Post($"{Path}/{first}/sign-for", new { by = Requests.Village }, "shared")).Is(200);
        var other = (await county.Post($"{Path}/{second}/sign-for", new { by = Requests.Village }, "shared")).Is(200);
        (await county.Post($"{Path}/{first}/refuse", new { by = Requests.Village, party = "p1" }, "shared")).Is(200);

        Assert.False(other.Replayed);
        Assert.Equal(second, other.Json.GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_same_path_spelt_otherwise_is_the_same_command()
    {
        var first = (await county.Post(Path, Requests.Register(), "spelt")).Is(201);

        Assert.Equal(first.Text, (await county.Post(Path + "/", Requests.Register(), "spelt")).Is(201).Text);
        Assert.Equal(first.Text, (await county.Post("/API/Disputes", Requests.Register(), "spelt")).Is(201).Text);
    }

    [Fact]
    public async Task A_plan_that_was_activated_under_a_key_answers_that_key_again()
    {
        await using var own = await ServedCounty.Start();

        var first = (await own.Post("/api/plans/small/activate", new { by = "dcs" }, "activate")).Is(200);
        var again = (await own.Post("/api/plans/small/activate", new { by = "dcs" }, "activate")).Is(200);

        Assert.True(again.Replayed);
        Assert.Equal(first.Text, again.Text);
        (await own.Post("/api/plans/small/activate", new { by = "dcs" }, "another")).IsProblem(409, "already-active");
    }

    [Fact]
    public async Task A_key_has_at_most_200_characters()
    {
        (await county.Post(Path, Requests.Register(), new string('k', 200))).Is(201);
        (await county.Post(Path, Requests.Register(), "~ !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}")).Is(201);
        (await county.Post(Path, Requests.Register(), new string('k', 201))).IsInvalid(("Idempotency-Key", KeyRule));
        (await county.Post(Path, Requests.Register(), "")).IsInvalid(("Idempotency-Key", KeyRule));
    }

    [Fact]
    public async Task A_key_that_is_given_twice_or_is_not_ASCII_is_refused()
    {
        var body = Requests.Register().ToJsonString();

        (await RawHttp.Post(county, Path, body, "Idempotency-Key: a", "Idempotency-Key: b")).IsInvalid(("Idempotency-Key", KeyRule));
        (await RawHttp.Post(county, Path, body, "Idempotency-Key: 钥匙")).IsInvalid(("Idempotency-Key", KeyRule));
        (await RawHttp.Post(county, Path, body, "Idempotency-Key: a\tb")).IsInvalid(("Idempotency-Key", KeyRule));
    }

    private static string Name(JsonElement dispute) => dispute.GetProperty("parties")[0].GetProperty("name").GetString()!;
}
