using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

public sealed class FirstSteps
{
    private static readonly FlowDefinition Cities = FlowDefinition.Of<Order, string>("Cities", async (flow, order) =>
    {
        var first = await flow.Call(new Greet(order.Name));
        var second = await flow.Call(new Greet(first));
        return second;
    });

    private static readonly FlowDefinition Listener = FlowDefinition.Of<Order, List<string>>("Listener", async (flow, order) =>
    {
        var heard = new List<string>();
        var until = flow.Now.AddDays(1);
        while (await flow.Next<Note>(until) is { } note)
        {
            heard.Add(note.Body.Text);
            flow.Status(new { heard = heard.Count });
        }

        heard.Add($"{order.Name} {flow.Now:yyyy-MM-dd HH:mm}");
        return heard;
    });

    [Fact]
    public async Task A_flow_calls_in_sequence_and_gives_its_result()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var engine = await box.Open(Cities);

        Assert.Equal(StartOutcome.Started, await engine.Start("Cities", "c-1", new Order("Bern"), cancellation: Cancelled));
        await box.Idle();

        Assert.Equal("hello hello Bern", await box.ResultOf<string>("c-1"));
        Assert.Equal(["greet/Bern", "greet/hello Bern"], box.Probe.Runs);
    }

    [Fact]
    public async Task Commands_are_read_in_the_order_in_which_they_were_accepted()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var engine = await box.Open(Listener);
        await engine.Start("Listener", "l-1", new Order("x"), cancellation: Cancelled);

        foreach (var text in new[] { "a", "b", "c" })
        {
            Assert.Equal(SendOutcome.Accepted, await engine.Send("l-1", text, new Note(text), Cancelled));
        }

        await box.Until(Monday.AddDays(2));
        Assert.Equal(["a", "b", "c", "x 2026-11-03 08:00"], await box.ResultOf<List<string>>("l-1"));
    }

    [Fact]
    public async Task A_flow_in_flight_goes_on_after_the_file_was_reopened()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Listener, Cities);
        var running = new TaskCompletionSource();
        box.Probe.Answers["greet/Bern"] = async (_, cancellation) =>
        {
            running.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return "never";
        };
        await engine.Start("Listener", "l-1", new Order("x"), cancellation: Cancelled);
        await engine.Send("l-1", "a", new Note("a"), Cancelled);
        await engine.Start("Cities", "c-1", new Order("Bern"), cancellation: Cancelled);
        await running.Task;

        box.Probe.Answers.Clear();
        engine = await box.Open(Listener, Cities);
        await engine.Send("l-1", "b", new Note("b"), Cancelled);
        await box.Until(Monday.AddDays(1));

        Assert.Equal(["a", "b", "x 2026-11-03 08:00"], await box.ResultOf<List<string>>("l-1"));
        Assert.Equal("hello hello Bern", await box.ResultOf<string>("c-1"));
        Assert.Equal(Monday.AddDays(1), engine.LastMoment);
    }

    [Fact]
    public async Task A_failed_attempt_comes_again_after_its_wait_even_when_the_file_was_reopened()
    {
        var retry = new Retry(3, TimeSpan.FromMinutes(1), 10, TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
        var flow = FlowDefinition.Of<Order, string>("Trier", (flow, order) => flow.Call(new Greet(order.Name), retry));
        await using var box = new Sandbox();
        box.Probe.Answers["greet/Bern"] = (_, _) => throw new IOException("down");
        var engine = await box.Open(flow);
        await engine.Start("Trier", "t-1", new Order("Bern"), cancellation: Cancelled);
        await box.Idle();
        Assert.Single(box.Probe.Runs);
        Assert.Equal(Monday.AddMinutes(1), await engine.NextDue());

        await box.Open(flow);
        await box.Until(Monday.AddMinutes(5));
        Assert.Equal(2, box.Probe.Runs.Count);

        engine = await box.Open(flow);
        Assert.Equal(Monday.AddMinutes(11), await engine.NextDue());
        box.Probe.Answers.Clear();
        await box.Until(Monday.AddMinutes(11));

        Assert.Equal(3, box.Probe.Runs.Count);
        Assert.Equal("hello Bern", await box.ResultOf<string>("t-1"));
    }

    [Fact]
    public async Task An_engine_is_idle_only_when_no_call_runs()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Cities);
        var answer = new TaskCompletionSource<string>();
        box.Probe.Answers["greet/Bern"] = (_, _) => answer.Task;
        await engine.Start("Cities", "c-1", new Order("Bern"), cancellation: Cancelled);

        var idle = engine.WhenIdle(Cancelled);
        await engine.NextDue();
        Assert.False(idle.IsCompleted);
        answer.SetResult("Basel");
        await idle;

        Assert.Equal("hello Basel", await box.ResultOf<string>("c-1"));
    }

    [Fact]
    public async Task A_result_is_told_to_whoever_waits_for_it()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Listener);
        await engine.Start("Listener", "l-1", new Order("x"), cancellation: Cancelled);

        var result = engine.Result("l-1", TimeSpan.FromMinutes(1), Cancelled);
        await box.Until(Monday.AddDays(1));

        Assert.Equal(FlowState.Completed, (await result)!.State);
        Assert.Null(await engine.Result("nobody", TimeSpan.FromMinutes(1), Cancelled));
    }
}
