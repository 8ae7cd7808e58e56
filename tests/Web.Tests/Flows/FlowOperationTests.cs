using System.Text.Json;

namespace Workflows.Web.Tests.Flows;

public sealed class FlowOperationTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private const string Why = "a look at it";

    private Task<Answer> Operate(string id, string operation) =>
        county.Post($"/api/flows/DisputeEscalation-{id}/{operation}", new { by = Requests.Supervision, reason = Why });

    [Fact]
    public async Task A_suspended_flow_keeps_its_commands_until_it_is_resumed_and_its_history_says_who_and_why()
    {
        var id = await county.Register();
        await county.Idle();

        Assert.Equal("suspended", (await Operate(id, "suspend")).Is(200).Json.GetProperty("state").GetString());
        (await Operate(id, "suspend")).IsProblem(409, "not-possible", $"Flow DisputeEscalation-{id} is not running.");
        Assert.Contains(await county.All("/api/flows?state=suspended"), flow => flow.GetProperty("id").GetString() == $"DisputeEscalation-{id}");
        Assert.Equal("running", (await Operate(id, "resume")).Is(200).Json.GetProperty("state").GetString());
        (await Operate(id, "resume")).IsProblem(409, "not-possible", $"Flow DisputeEscalation-{id} is not suspended.");
        (await Operate(id, "retry")).IsProblem(409, "not-possible", $"Flow DisputeEscalation-{id} is not blocked.");

        var acts = (await county.Get($"/api/flows/DisputeEscalation-{id}/history")).Is(200).Json.EnumerateArray()
            .Where(item => item.GetProperty("number").GetInt32() == 0)
            .Select(item => (item.GetProperty("kind").GetString(), item.GetProperty("data").GetProperty("reason").GetString()));
        Assert.Equal([("suspend", $"{Requests.Supervision}: {Why}"), ("resume", $"{Requests.Supervision}: {Why}")], acts);
    }

    [Fact]
    public async Task A_terminated_flow_says_who_ended_it_and_is_ended_only_once()
    {
        var id = await county.Register();

        var flow = (await Operate(id, "terminate")).Is(200).Json;

        Assert.Equal("terminated", flow.GetProperty("state").GetString());
        Assert.Equal($"{Requests.Supervision}: {Why}", flow.GetProperty("incident").GetString());
        (await Operate(id, "terminate")).IsProblem(409, "not-possible", $"Flow DisputeEscalation-{id} has ended.");
    }

    [Fact]
    public async Task A_case_goes_on_from_its_projection_as_if_nothing_had_been()
    {
        var id = await county.RegisterMediated();
        await county.Idle();
        var before = (await county.Get($"/api/disputes/{id}")).Is(200).Json.GetRawText();

        (await Operate(id, "restart")).Is(200);
        await county.Idle();

        Assert.Equal(before, (await county.Get($"/api/disputes/{id}")).Is(200).Json.GetRawText());
        Assert.Equal("restarted", (await county.Get($"/api/flows/DisputeEscalation-{id}/history")).Is(200).Json[1].GetProperty("kind").GetString());
        (await county.Post($"/api/disputes/{id}/withdraw", new { by = Requests.Village, party = "p1" })).Is(200);
    }

    [Fact]
    public async Task A_case_whose_flow_is_lost_is_started_again_from_its_projection()
    {
        var id = await county.RegisterMediated();
        await county.Idle();
        var engine = county.County.Engine;
        await engine.Terminate($"DisputeEscalation-{id}", "lost", cancellation: TestContext.Current.CancellationToken);
        await engine.Purge($"DisputeEscalation-{id}", TestContext.Current.CancellationToken);

        (await Operate(id, "restart")).Is(200);

        (await county.Post($"/api/disputes/{id}/withdraw", new { by = Requests.Village, party = "p1" })).Is(200);
    }

    [Fact]
    public async Task A_flow_without_a_case_is_restarted_with_an_input_that_fits()
    {
        (await county.Post("/api/flows/PlanActivation-none/restart", new { by = Requests.Supervision, reason = Why })).IsProblem(
            404, "not-found", "There is no case of flow PlanActivation-none; a flow without one is restarted with its input.");
        (await county.Post("/api/flows/PlanActivation-none/restart", new { by = Requests.Supervision, reason = Why, input = new { } })).IsProblem(
            404, "not-found", "There is no flow PlanActivation-none.");
        var id = await county.Register();
        (await county.Post($"/api/flows/DisputeEscalation-{id}/restart", new { by = Requests.Supervision, reason = Why, input = 5 }))
            .IsProblem(409, "input-refused");
    }

    [Theory]
    [InlineData("{}", "by", "is required")]
    [InlineData("""{"by":"nobody","reason":"x"}""", "by", "is not a unit")]
    [InlineData("""{"by":"dcs","reason":" "}""", "reason", "is required")]
    [InlineData("""{"by":"dcs","reason":"x","force":true}""", "force", "is not a field of this request")]
    public async Task Nobody_acts_without_saying_who_and_why(string body, string field, string rule)
    {
        foreach (var path in new[] { "flows/f/suspend", "flows/f/resume", "flows/f/retry", "flows/f/terminate", "flows/f/restart", "dead-letters/1/retry", "dead-letters/1/drop" })
        {
            var problem = (await county.Post($"/api/{path}", body)).IsProblem(400, "invalid-request").Json;
            Assert.StartsWith(rule, problem.GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Flows_are_found_by_what_they_wait_for_and_by_their_date()
    {
        var id = $"DisputeEscalation-{await county.Register()}";
        await county.Idle();
        static string? IdOf(JsonElement flow) => flow.GetProperty("id").GetString();

        Assert.Contains(id, (await county.All("/api/flows?waitsFor=command%20or%20date")).Select(IdOf));
        Assert.Contains(id, (await county.All("/api/flows?dueBefore=2026-12-31")).Select(IdOf));
        Assert.DoesNotContain(id, (await county.All("/api/flows?dueBefore=2025-09-15T00:00:00Z")).Select(IdOf));
        Assert.Empty(await county.All("/api/flows?tag=town%3Dnowhere"));
        (await county.Get("/api/flows?dueBefore=soon")).IsProblem(400, "invalid-request");
        var export = (await county.Get($"/api/flows/{id}/export")).Is(200).Json;
        Assert.Equal(id, export.GetProperty("flow").GetProperty("id").GetString());
        (await county.Get("/api/flows/none/export")).IsProblem(404, "not-found", "There is no flow none.");
    }

    [Fact]
    public async Task A_command_that_no_code_can_read_is_seen_among_the_dead_letters_and_dropped()
    {
        var id = $"DisputeEscalation-{await county.RegisterMediated()}";
        await county.Idle();
        await county.County.Engine.Send(id, "odd", new Odd(5), TestContext.Current.CancellationToken);
        for (var tries = 1; tries < 5; tries++)
        {
            await county.Idle();
            (await county.Post($"/api/flows/{id}/retry", new { by = Requests.Supervision, reason = Why })).Is(200);
        }

        await county.Idle();
        var letter = Assert.Single(await county.All("/api/dead-letters"));
        Assert.Equal((id, "odd", 5), (letter.GetProperty("flowId").GetString(), letter.GetProperty("key").GetString(), letter.GetProperty("tries").GetInt32()));
        var path = $"/api/dead-letters/{letter.GetProperty("id").GetInt64()}";
        Assert.Equal("dropped", (await county.Post(path + "/drop", new { by = Requests.Supervision, reason = Why })).Is(200).Json.GetProperty("outcome").GetString());
        (await county.Post(path + "/retry", new { by = Requests.Supervision, reason = Why })).IsProblem(404, "not-found");
        Assert.Empty(await county.All("/api/dead-letters"));
        (await county.Post("/api/dead-letters/9999/drop", new { by = Requests.Supervision, reason = Why })).IsProblem(404, "not-found", "There is no dead letter 9999.");
    }

    private sealed record Odd(int Fact);
}
