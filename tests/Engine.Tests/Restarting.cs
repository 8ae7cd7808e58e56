using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

public sealed class Restarting
{
    private static readonly FlowDefinition Listener = FlowDefinition.Of<Order, string>("Listener", async (flow, order) =>
    {
        if (order.Name == "broken")
        {
            throw new InvalidOperationException("broken");
        }

        var said = order.Name == "calls" ? await flow.Call(new Greet("slow")) : "";
        var heard = new List<string>();
        while (await flow.Next<Note>(flow.Now.AddDays(1)) is { } note)
        {
            heard.Add(note.Body.Text);
            if (note.Body.Text == "fail")
            {
                throw new InvalidOperationException("failed");
            }
        }

        return $"{order.Name} {said}{string.Join(' ', heard)}";
    });

    private static readonly StartOptions Tagged = new(Tags: new Dictionary<string, string> { ["a"] = "b" });

    [Fact]
    public async Task A_blocked_flow_begins_again_with_new_input_and_keeps_unread_commands_and_tags()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var engine = await box.Open(Listener);
        await engine.Start("Listener", "f", new Order("broken"), Tagged, Cancelled);
        await engine.Send("f", "1", new Note("kept"), Cancelled);
        await box.Idle();
        Assert.Equal(FlowState.Blocked, (await box.Info("f")).State);

        Assert.Equal(OperateOutcome.Done, await engine.Restart("f", new Order("mended"), "wrong input", Cancelled));
        await box.Open(Listener);
        Assert.Equal(SendOutcome.Repeated, await box.Engine.Send("f", "1", new Note("again"), Cancelled));
        await box.Idle();
        var history = await box.Engine.History("f", Cancelled);
        Assert.Equal(
            ["0 restart {\"reason\":\"wrong input\"}", "1 restarted {\"name\":\"mended\"}", "2 command {\"text\":\"kept\"}"],
            history!.Select(happened => $"{happened.Number} {happened.Kind} {happened.Data}"));
        await box.Until(Monday.AddDays(2));

        Assert.Equal("mended kept", await box.ResultOf<string>("f"));
        Assert.Equal("b", (await box.Info("f")).Tags!["a"]);
    }

    [Fact]
    public async Task An_ended_flow_lives_again_and_ends_again()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var engine = await box.Open(Listener);
        await engine.Start("Listener", "f", new Order("first"), Tagged, Cancelled);
        await box.Until(Monday.AddDays(1));
        Assert.Equal("first ", await box.ResultOf<string>("f"));

        Assert.Equal(OperateOutcome.Done, await engine.Restart("f", new Order("second"), "once more", Cancelled));
        await box.Idle();
        var living = await box.Info("f");
        Assert.Equal((FlowState.Running, null, Monday), (living.State, living.Result, living.CreatedAt));
        Assert.Equal(SendOutcome.Accepted, await engine.Send("f", "1", new Note("x"), Cancelled));
        var result = engine.Result("f", TimeSpan.FromMinutes(1), Cancelled);
        await box.Until(Monday.AddDays(3));

        Assert.Equal("second x", (await result)!.Result!.Value.GetString());
        Assert.Equal("second x", await box.ResultOf<string>("f"));
        Assert.Equal(OperateOutcome.NotFound, await engine.Restart("nobody", new Order("x"), "", Cancelled));
        await Assert.ThrowsAsync<FlowRefusedException>(() => engine.Restart("f", new Note("x"), "", Cancelled));
    }

    [Fact]
    public async Task A_call_under_way_is_nothing_to_the_next_generation()
    {
        await using var box = new Sandbox();
        var slow = new TaskCompletionSource<string>();
        var began = new TaskCompletionSource();
        box.Probe.Answers["greet/slow"] = (_, _) =>
        {
            began.TrySetResult();
            return slow.Task;
        };
        var engine = await box.Open(Listener);
        await engine.Start("Listener", "f", new Order("calls"), cancellation: Cancelled);
        await began.Task;

        await engine.Restart("f", new Order("quiet"), "it hangs", Cancelled);
        slow.SetResult("from the past");
        await box.Until(Monday.AddDays(2));

        Assert.Equal("quiet ", await box.ResultOf<string>("f"));
    }

    [Fact]
    public async Task What_operators_did_stands_in_the_history_where_they_did_it()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Listener);
        await engine.Start("Listener", "f", new Order("x"), cancellation: Cancelled);
        await box.Idle();
        await engine.Suspend("f", "a pause", Cancelled);
        await engine.Send("f", "1", new Note("fail"), Cancelled);
        await engine.Resume("f", "go on", Cancelled);
        await box.Idle();
        await engine.Retry("f", "try", Cancelled);
        await box.Idle();
        await engine.Terminate("f", "no use", cancellation: Cancelled);

        Assert.Equal(
            ["1 started", "0 suspend a pause", "0 resume go on", "0 retry try", "0 terminate no use"],
            (await engine.History("f", Cancelled))!.Select(happened =>
                $"{happened.Number} {happened.Kind} {(happened.Number == 0 ? happened.Data!.Value.GetProperty("reason").GetString() : "")}".TrimEnd()));
        await Assert.ThrowsAsync<FlowRefusedException>(() => engine.Retry("f", new string('x', 2_001), Cancelled));
        await engine.Purge("f", Cancelled);
        await engine.Start("Listener", "f", new Order("x"), cancellation: Cancelled);
        await box.Idle();
        Assert.Equal(["started"], (await engine.History("f", Cancelled))!.Select(happened => happened.Kind));
    }

    [Fact]
    public async Task An_export_holds_the_whole_flow()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Listener);
        await engine.Start("Listener", "f", new Order("x"), Tagged, Cancelled);
        await engine.Send("f", "1", new Note("read"), Cancelled);
        await box.Idle();
        await engine.Suspend("f", "a pause", Cancelled);
        await engine.Send("f", "2", new Note("unread"), Cancelled);

        var export = (await engine.Export("f", Cancelled))!.Value;

        Assert.Equal(
            """{"flow":{"id":"f","flow":"Listener","version":1,"state":"suspended","createdAt":"2026-11-02T08:00:00+00:00","updatedAt":"2026-11-02T08:00:00+00:00","waitsFor":"command or date","due":"2026-11-03T08:00:00+00:00","tags":{"a":"b"}},"generation":1,"history":[{"at":"2026-11-02T08:00:00+00:00","kind":"started","name":"Listener","data":{"name":"x"}},{"at":"2026-11-02T08:00:00+00:00","kind":"command","name":"Note","key":"1","acceptedAt":"2026-11-02T08:00:00+00:00","data":{"text":"read"}}],"inbox":[{"at":"2026-11-02T08:00:00+00:00","kind":"command","name":"Note","key":"2","acceptedAt":"2026-11-02T08:00:00+00:00","data":{"text":"unread"}}],"dates":[],"attempts":[],"operators":[{"at":"2026-11-02T08:00:00+00:00","generation":1,"kind":"suspend","reason":"a pause"}]}""",
            export.GetRawText());
        await engine.Resume("f", "go on", Cancelled);
        await box.Idle();
        export = (await engine.Export("f", Cancelled))!.Value;
        Assert.Equal("""[{"due":"2026-11-03T08:00:00+00:00"}]""", export.GetProperty("dates").GetRawText());
        Assert.Null(await engine.Export("nobody", Cancelled));
    }
}
