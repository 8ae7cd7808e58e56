using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

public sealed class Starting
{
    private static readonly FlowDefinition Waiter = FlowDefinition.Of<Order, string>("Waiter", async (flow, order) =>
        order.Name + " " + (await flow.Next<Note>())!.Body.Text);

    private static readonly FlowDefinition Parent = FlowDefinition.Of<Order>("Parent", async (flow, order) =>
    {
        await flow.Start("Waiter", "child", order);
        await flow.Start("Waiter", "child", new Order("second"));
        await flow.Next<Note>();
    });

    [Fact]
    public async Task A_second_start_with_the_same_id_changes_nothing()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Waiter);

        var starts = await Task.WhenAll(
            engine.Start("Waiter", "w", new Order("a"), cancellation: Cancelled),
            engine.Start("Waiter", "w", new Order("b"), cancellation: Cancelled));
        await box.Open(Waiter);
        var third = await box.Engine.Start("Waiter", "w", new Order("c"), cancellation: Cancelled);
        await box.Engine.Send("w", "1", new Note("x"), Cancelled);
        await box.Idle();

        Assert.Equal([StartOutcome.Started, StartOutcome.Exists], starts.Order());
        Assert.Equal(StartOutcome.Exists, third);
        Assert.Equal("a x", await box.ResultOf<string>("w"));
        Assert.Equal(
            StartOutcome.Exists, await box.Engine.Start("Waiter", "w", new Order("d"), cancellation: Cancelled));
    }

    [Fact]
    public async Task An_ended_flow_is_replaced_when_asked_and_a_living_one_only_when_asked_for_that()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Waiter);
        await engine.Start("Waiter", "w", new Order("a"), cancellation: Cancelled);
        await engine.Send("w", "unread", new Note("x"), Cancelled);
        await box.Idle();

        Assert.Equal(StartOutcome.Started, await engine.Start("Waiter", "w", new Order("b"), new(UsedId.ReplaceEnded), Cancelled));
        Assert.Equal(StartOutcome.Exists, await engine.Start("Waiter", "w", new Order("c"), new(UsedId.ReplaceEnded), Cancelled));
        Assert.Equal(StartOutcome.Started, await engine.Start("Waiter", "w", new Order("d"), new(UsedId.Replace), Cancelled));
        Assert.Equal(SendOutcome.Accepted, await engine.Send("w", "unread", new Note("y"), Cancelled));
        await box.Idle();

        Assert.Equal("d y", await box.ResultOf<string>("w"));
    }

    [Fact]
    public async Task A_replaced_flow_is_not_reached_by_the_answer_of_its_old_call()
    {
        var caller = FlowDefinition.Of<Order, string>("Caller", (flow, order) => flow.Call(new Greet(order.Name)));
        await using var box = new Sandbox();
        var engine = await box.Open(caller);
        var old = new TaskCompletionSource<string>();
        var began = new TaskCompletionSource();
        box.Probe.Answers["greet/old"] = (_, _) =>
        {
            began.SetResult();
            return old.Task;
        };
        await engine.Start("Caller", "c", new Order("old"), cancellation: Cancelled);
        await began.Task;

        await engine.Start("Caller", "c", new Order("new"), new(UsedId.Replace), Cancelled);
        old.SetResult("from the past");
        await box.Idle();

        Assert.Equal("hello new", await box.ResultOf<string>("c"));
    }

    [Fact]
    public async Task A_flow_starts_another_once_and_together_with_its_step()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var engine = await box.Open(Waiter, Parent);

        await engine.Start("Parent", "p-1", new Order("first"), cancellation: Cancelled);
        await engine.Start("Parent", "p-2", new Order("late"), cancellation: Cancelled);
        await engine.Send("child", "1", new Note("x"), Cancelled);
        await box.Idle();

        Assert.Equal("first x", await box.ResultOf<string>("child"));
        Assert.Equal("command", (await box.Info("p-2")).WaitsFor);
    }

    [Theory]
    [InlineData("Nobody", "id", "No flow is called Nobody.")]
    [InlineData("Waiter", "", "A flow's id has 1 to 100 characters of A-Z, a-z, 0-9 and . _ : - (\"\").")]
    [InlineData("Waiter", "a b", "A flow's id has 1 to 100 characters of A-Z, a-z, 0-9 and . _ : - (\"a b\").")]
    public async Task A_start_that_can_never_work_is_refused(string flow, string id, string reason)
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Waiter);

        var refusal = await Assert.ThrowsAsync<FlowRefusedException>(
            () => engine.Start(flow, id, new Order("a"), cancellation: Cancelled));

        Assert.Equal(reason, refusal.Message);
    }

    [Fact]
    public async Task An_input_of_another_type_or_too_large_is_refused()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Waiter);

        var wrong = await Assert.ThrowsAsync<FlowRefusedException>(
            () => engine.Start("Waiter", "w", new Note("a"), cancellation: Cancelled));
        var large = await Assert.ThrowsAsync<FlowRefusedException>(
            () => engine.Start("Waiter", "w", new Order(new string('x', 4_000_000)), cancellation: Cancelled));

        Assert.Equal("Waiter takes Order, not Note.", wrong.Message);
        Assert.Equal("The input of Waiter has 4,000,011 bytes; at most 4,000,000 are taken.", large.Message);
        Assert.Null(await engine.Get("w", Cancelled));
    }

    [Fact]
    public async Task A_start_beyond_the_bound_is_busy_and_works_later()
    {
        var caller = FlowDefinition.Of<Order, string>("Caller", (flow, order) => flow.Call(new Greet(order.Name)));
        await using var box = new Sandbox { Options = new("", CallsMax: 1, UnfinishedStartsMax: 2) };
        var engine = await box.Open(caller);
        var answer = new TaskCompletionSource<string>();
        box.Probe.Answers["greet/slow"] = (_, _) => answer.Task;
        for (var i = 0; i < 3; i++)
        {
            await engine.Start("Caller", $"c-{i}", new Order("slow"), cancellation: Cancelled);
        }

        await Assert.ThrowsAsync<FlowsBusyException>(
            () => engine.Start("Caller", "c-3", new Order("slow"), cancellation: Cancelled));
        answer.SetResult("done");
        await box.Idle();
        Assert.Equal(
            StartOutcome.Started, await engine.Start("Caller", "c-3", new Order("slow"), cancellation: Cancelled));
    }
}
