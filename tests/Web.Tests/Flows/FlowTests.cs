using System.Text.Json;

namespace Workflows.Web.Tests.Flows;

public sealed class FlowTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    [Fact]
    public async Task A_flow_says_where_it_stands_and_what_it_waits_for()
    {
        var id = await county.Register();
        await county.Idle();

        var flow = (await county.Get($"/api/flows/DisputeEscalation-{id}")).Is(200).Json;

        Assert.Equal("DisputeEscalation", flow.GetProperty("flow").GetString());
        Assert.Equal("running", flow.GetProperty("state").GetString());
        Assert.Equal("command or date", flow.GetProperty("waitsFor").GetString());
        Assert.Equal("offered", flow.GetProperty("status").GetProperty("status").GetString());
        Assert.Equal(id, flow.GetProperty("status").GetProperty("case").GetString());
        Assert.True(flow.GetProperty("due").GetDateTimeOffset() > ServedCounty.Begins);
    }

    [Fact]
    public async Task Its_history_tells_what_it_recorded_in_order()
    {
        var id = await county.RegisterMediated();
        await county.Idle();

        var history = (await county.Get($"/api/flows/DisputeEscalation-{id}/history")).Is(200).Json.EnumerateArray().ToList();

        Assert.Equal("started", Kind(history[0]));
        Assert.Equal(Enumerable.Range(1, history.Count), history.Select(item => item.GetProperty("number").GetInt32()));
        Assert.Contains(history, item => Kind(item) == "called" && item.GetProperty("name").GetString() == "SaveCase");
        Assert.Contains(history, item => Kind(item) == "command");
        Assert.Contains(history, item => Kind(item) == "flow-started" && item.GetProperty("name").GetString() == "NoticeDelivery");
    }

    [Fact]
    public async Task Flows_are_found_by_definition_and_by_state()
    {
        var id = await county.RegisterMediated();
        (await county.Post($"/api/disputes/{id}/withdraw", new { by = Requests.Village, party = "p1" })).Is(200);
        await county.Idle();

        var completed = (await county.All("/api/flows?state=completed")).Select(flow => flow.GetProperty("id").GetString()).ToList();
        var disputes = await county.All("/api/flows?flow=DisputeEscalation", size: 1);

        Assert.Contains($"NoticeDelivery-{id}.dispute-withdrawn.1.1.{Requests.Village}", completed);
        // What follows the end is still to come.
        Assert.DoesNotContain($"DisputeEscalation-{id}", completed);
        Assert.NotEmpty(disputes);
        Assert.All(disputes, flow => Assert.Equal("DisputeEscalation", flow.GetProperty("flow").GetString()));
        Assert.Empty(await county.All("/api/flows?flow=Nothing"));
        Assert.Empty(await county.All("/api/flows?state=blocked"));
    }

    [Fact]
    public async Task A_flow_that_does_not_exist_is_not_found()
    {
        (await county.Get("/api/flows/DisputeEscalation-D2025-99999")).IsProblem(404, "not-found", "There is no flow DisputeEscalation-D2025-99999.");
        (await county.Get("/api/flows/DisputeEscalation-D2025-99999/history")).IsProblem(404, "not-found", "There is no flow DisputeEscalation-D2025-99999.");
    }

    private static string Kind(JsonElement item) => item.GetProperty("kind").GetString()!;
}
