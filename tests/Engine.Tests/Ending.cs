using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

public sealed class Ending
{
    /// <summary>Starts two flows under its id, as deep as the input says.</summary>
    private static readonly FlowDefinition Tree = FlowDefinition.Of<Depth, string>("Tree", async (flow, depth) =>
    {
        for (var i = 1; i <= 2 && depth.Left > 0; i++)
        {
            await flow.Start("Tree", $"{flow.Id}.{i}", new Depth(depth.Left - 1));
        }

        return (await flow.Next<Note>())!.Body.Text;
    });

    private sealed record Depth(int Left);

    private static readonly FlowDefinition Quick = FlowDefinition.Of<Order, string>("Quick", async (flow, order) =>
        await flow.Call(new Greet(order.Name)));

    private static async Task<string> Living(Sandbox box) => string.Join(
        ' ',
        (await box.Engine.List(new FlowFilter(State: FlowState.Running), 200, null, Cancelled)).Flows
            .Select(flow => flow.Id).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_flow_is_terminated_with_all_that_it_started_however_deep_also_through_ended_ones()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Tree);
        await engine.Start("Tree", "a", new Depth(2), cancellation: Cancelled);
        await engine.Start("Tree", "b", new Depth(1), cancellation: Cancelled);
        await box.Idle();
        Assert.Equal("a.1", (await box.Info("a.1.2")).StartedBy);
        Assert.Null((await box.Info("a")).StartedBy);
        await engine.Send("a.1", "1", new Note("done"), Cancelled);
        await engine.Terminate("a.2", "alone", cancellation: Cancelled);
        await box.Open(Tree);
        engine = box.Engine;
        Assert.Equal("a a.1.1 a.1.2 a.2.1 a.2.2 b b.1 b.2", await Living(box));

        Assert.Equal(OperateOutcome.Done, await engine.Terminate("a", "all of it", withChildren: true, Cancelled));

        Assert.Equal("b b.1 b.2", await Living(box));
        Assert.Equal(("all of it", "alone", "all of it"), (
            (await box.Info("a.1.1")).Incident, (await box.Info("a.2")).Incident, (await box.Info("a.2.2")).Incident));
        Assert.Equal("done", await box.ResultOf<string>("a.1"));
        Assert.Equal(OperateOutcome.Conflict, await engine.Terminate("a", "again", withChildren: true, Cancelled));
    }

    [Fact]
    public async Task Flows_that_an_older_flow_with_the_same_id_started_are_not_the_new_ones_children()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Tree);
        await engine.Start("Tree", "a", new Depth(1), cancellation: Cancelled);
        await box.Idle();
        box.Clock.Set(Monday.AddDays(1));
        await engine.Start("Tree", "a", new Depth(0), new StartOptions(UsedId.Replace), Cancelled);
        await box.Idle();

        await engine.Terminate("a", "with nobody", withChildren: true, Cancelled);

        Assert.Equal("a.1 a.2", await Living(box));
    }

    [Fact]
    public async Task Flows_that_ended_long_ago_are_purged_oldest_first_and_no_more_than_asked()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Quick, Tree);
        for (var day = 0; day < 3; day++)
        {
            box.Clock.Set(Monday.AddDays(day));
            for (var i = 0; i < 150; i++)
            {
                await engine.Start("Quick", $"q-{day}-{i:000}", new Order("x"), cancellation: Cancelled);
            }

            await box.Idle();
        }

        await engine.Start("Tree", "living", new Depth(0), cancellation: Cancelled);

        Assert.Equal(0, await engine.PurgeEnded(Monday, 1_000, Cancelled));
        Assert.Equal(70, await engine.PurgeEnded(Monday.AddDays(2), 70, Cancelled));
        engine = await box.Open(Quick, Tree);
        Assert.Equal(230, await engine.PurgeEnded(Monday.AddDays(2), 1_000, Cancelled));
        Assert.Equal(0, await engine.PurgeEnded(Monday.AddDays(2), 1_000, Cancelled));

        var left = (await engine.List(new FlowFilter(), 200, null, Cancelled)).Flows;
        Assert.Equal(151, left.Count);
        Assert.All(left, flow => Assert.True(flow.Id == "living" || flow.CreatedAt == Monday.AddDays(2)));
        Assert.Null(await engine.History("q-0-000", Cancelled));
        Assert.Equal(StartOutcome.Started, await engine.Start("Quick", "q-0-000", new Order("x"), cancellation: Cancelled));
    }
}
