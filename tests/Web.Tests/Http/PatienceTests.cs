namespace Workflows.Web.Tests.Http;

/// <summary>A case that does not answer in time.</summary>
public sealed class PatienceTests
{
    private const string Path = "/api/disputes";

    [Fact]
    public async Task A_command_that_is_not_answered_yet_gets_a_place_to_look_and_its_key_the_answer_later()
    {
        await using var county = await ServedCounty.Start();
        var id = await county.Register();
        await county.Idle();
        county.HavePatience(TimeSpan.Zero);
        await county.County.Engine.Suspend($"DisputeEscalation-{id}", "slow", TestContext.Current.CancellationToken);
        var body = new { by = Requests.Village };

        var pending = (await county.Post($"{Path}/{id}/sign-for", body, "slow")).Is(202);
        var still = (await county.Post($"{Path}/{id}/sign-for", body, "slow")).Is(202);
        var rival = await county.Post($"{Path}/{id}/sign-for", new { by = Requests.Township }, "slow");
        await county.County.Engine.Resume($"DisputeEscalation-{id}", "slow", TestContext.Current.CancellationToken);
        await county.Idle();
        var answered = (await county.Post($"{Path}/{id}/sign-for", body, "slow")).Is(200);
        var again = (await county.Post($"{Path}/{id}/sign-for", body, "slow")).Is(200);

        Assert.Equal($$"""{"status":"accepted","look":"{{Path}}/{{id}}"}""", pending.Text);
        Assert.Equal($"{Path}/{id}", pending.Location);
        Assert.Equal(pending.Text, still.Text);
        Assert.False(still.Replayed);
        rival.IsProblem(422, "key-reused");
        Assert.Equal("mediating", answered.Json.GetProperty("status").GetString());
        Assert.Equal(2, answered.Json.GetProperty("version").GetInt32());
        Assert.False(answered.Replayed);
        Assert.True(again.Replayed);
        Assert.Equal(answered.Text, again.Text);
    }

    [Fact]
    public async Task A_command_that_the_case_refuses_in_the_end_gives_its_key_the_refusal()
    {
        await using var county = await ServedCounty.Start();
        var id = await county.Register();
        await county.Idle();
        county.HavePatience(TimeSpan.Zero);
        await county.County.Engine.Suspend($"DisputeEscalation-{id}", "slow", TestContext.Current.CancellationToken);

        (await county.Post($"{Path}/{id}/withdraw", new { by = Requests.Village, party = "p1" }, "withdraw")).Is(202);
        (await county.Post($"{Path}/{id}/sign-for", new { by = Requests.Village }, "sign")).Is(202);
        await county.County.Engine.Resume($"DisputeEscalation-{id}", "slow", TestContext.Current.CancellationToken);
        await county.Idle();

        Assert.Equal("withdrawn", (await county.Post($"{Path}/{id}/withdraw", new { by = Requests.Village, party = "p1" }, "withdraw")).Is(200).Json.GetProperty("status").GetString());
        (await county.Post($"{Path}/{id}/sign-for", new { by = Requests.Village }, "sign")).IsProblem(409, "ended");
    }

    [Fact]
    public async Task A_registration_that_is_not_answered_yet_keeps_its_number_and_its_parties_for_its_key()
    {
        await using var county = await ServedCounty.Start();
        county.HavePatience(TimeSpan.FromTicks(-1));

        var first = await county.Post(Path, Requests.Register(), "reg");
        var rival = await county.Post(Path, Requests.Register().With("parties[0].name", "别某某"), "reg");
        await county.Idle();
        county.HavePatience(TimeSpan.FromSeconds(5));
        var answered = (await county.Post(Path, Requests.Register(), "reg")).Is(201);

        Assert.Contains(first.Status, (int[])[201, 202]);
        Assert.Equal(first.Location, answered.Location);
        rival.IsProblem(422, "key-reused");
        Assert.Equal("陈**", answered.Json.GetProperty("parties")[0].GetProperty("name").GetString());
        Assert.Single(await county.All(Path));
    }

    [Fact]
    public async Task A_case_whose_flow_is_gone_is_not_running_and_keeps_no_answer()
    {
        await using var county = await ServedCounty.Start();
        var id = await county.Register();
        await county.County.Engine.Terminate($"DisputeEscalation-{id}", "test", cancellation: TestContext.Current.CancellationToken);
        (await county.Post($"{Path}/{id}/sign-for", new { by = Requests.Village })).IsProblem(409, "ended");
        await county.County.Engine.Purge($"DisputeEscalation-{id}", TestContext.Current.CancellationToken);

        (await county.Post($"{Path}/{id}/sign-for", new { by = Requests.Village }, "gone"))
            .IsProblem(503, "not-running", $"The flow of {id} is not there; an administrator can restart it from its projection.");
        Assert.False((await county.Post($"{Path}/{id}/sign-for", new { by = Requests.Village }, "gone")).IsProblem(503, "not-running").Replayed);
    }
}
