using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

public sealed class Operating
{
    private static readonly FlowDefinition Waiter = FlowDefinition.Of<Order, string>("Waiter", async (flow, order) =>
    {
        flow.Status(new { step = 1 });
        var said = await flow.Call(new Greet(order.Name), new Retry(1, TimeSpan.Zero, 1, TimeSpan.Zero, TimeSpan.FromDays(9)));
        var note = await flow.Next<Note>(flow.Now.AddHours(1));
        flow.Status(new { step = 2, text = "né 漢字" });
        return $"{said} {note?.Body.Text ?? "nobody"} {flow.Now:HH:mm}";
    });

    private static readonly FlowDefinition Other = FlowDefinition.Of<Order>("Other", (flow, _) => flow.Next<Note>());

    [Fact]
    public async Task A_suspended_flow_keeps_commands_dates_and_results_for_later()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var answer = new TaskCompletionSource<string>();
        var began = new TaskCompletionSource();
        box.Probe.Answers["greet/x"] = (_, _) =>
        {
            began.SetResult();
            return answer.Task;
        };
        var engine = await box.Open(Waiter);
        await engine.Start("Waiter", "w", new Order("x"), cancellation: Cancelled);
        await began.Task;

        Assert.Equal(OperateOutcome.Done, await engine.Suspend("w", "a pause", Cancelled));
        answer.SetResult("said");
        Assert.Equal(SendOutcome.Accepted, await engine.Send("w", "1", new Note("hello"), Cancelled));
        await box.Until(Monday.AddHours(3));
        Assert.Equal(FlowState.Suspended, (await box.Info("w")).State);
        engine = await box.Open(Waiter);
        Assert.Equal(OperateOutcome.Conflict, await engine.Suspend("w", "again", Cancelled));
        Assert.Equal(OperateOutcome.Done, await engine.Resume("w", "go on", Cancelled));
        await box.Idle();

        Assert.Equal("said hello 11:00", await box.ResultOf<string>("w"));
        Assert.Equal(["greet/x"], box.Probe.Runs);
    }

    [Fact]
    public async Task A_date_that_comes_during_a_suspension_is_reached_when_the_flow_resumes()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Waiter);
        await engine.Start("Waiter", "w", new Order("x"), cancellation: Cancelled);
        await box.Idle();
        await engine.Suspend("w", "a pause", Cancelled);
        Assert.Null(await engine.NextDue());
        await box.Until(Monday.AddHours(2));

        await engine.Resume("w", "go on", Cancelled);
        await box.Idle();

        Assert.Equal("hello x nobody 10:00", await box.ResultOf<string>("w"));
    }

    [Fact]
    public async Task A_terminated_flow_has_ended_for_everybody_and_can_be_purged()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Waiter);
        await engine.Start("Waiter", "w", new Order("x"), cancellation: Cancelled);
        await box.Idle();
        var result = engine.Result("w", TimeSpan.FromMinutes(1), Cancelled);
        Assert.Equal(OperateOutcome.Conflict, await engine.Purge("w", Cancelled));

        Assert.Equal(OperateOutcome.Done, await engine.Terminate("w", "no longer needed", cancellation: Cancelled));

        Assert.Equal(FlowState.Terminated, (await result)!.State);
        Assert.Equal("no longer needed", (await box.Info("w")).Incident);
        Assert.Equal(SendOutcome.Ended, await engine.Send("w", "1", new Note("a"), Cancelled));
        Assert.Equal(OperateOutcome.Conflict, await engine.Terminate("w", "again", cancellation: Cancelled));
        Assert.Equal(OperateOutcome.Conflict, await engine.Resume("w", "again", Cancelled));
        Assert.Equal(OperateOutcome.Conflict, await engine.Retry("w", "fixed", Cancelled));
        Assert.Null(await engine.NextDue());

        Assert.Equal(OperateOutcome.Done, await engine.Purge("w", Cancelled));
        Assert.Null(await engine.Get("w", Cancelled));
        Assert.Null(await engine.History("w", Cancelled));
        Assert.Equal(OperateOutcome.NotFound, await engine.Purge("w", Cancelled));
        Assert.Equal(StartOutcome.Started, await engine.Start("Waiter", "w", new Order("y"), cancellation: Cancelled));
    }

    [Fact]
    public async Task A_flow_is_shown_where_it_stands()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Waiter);
        await engine.Start("Waiter", "w", new Order("x"), cancellation: Cancelled);
        await box.Idle();

        var waiting = await box.Info("w");
        Assert.Equal(("Waiter", 1, FlowState.Running, Monday, "command or date", Monday.AddHours(1)),
            (waiting.Flow, waiting.Version, waiting.State, waiting.CreatedAt, waiting.WaitsFor, waiting.Due));
        Assert.Equal("""{"step":1}""", waiting.Status!.Value.GetRawText());

        box.Clock.Set(Monday.AddMinutes(5));
        await engine.Send("w", "1", new Note("a"), Cancelled);
        await box.Idle();
        var ended = await box.Info("w");
        Assert.Equal((Monday.AddMinutes(5), null, null), (ended.UpdatedAt, ended.WaitsFor, ended.Due));
        Assert.Equal("""{"step":2,"text":"né 漢字"}""", ended.Status!.Value.GetRawText());
        Assert.Equal("\"hello x a 08:05\"", ended.Result!.Value.GetRawText());
    }

    [Fact]
    public async Task A_history_is_shown_event_by_event()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Waiter);
        await engine.Start("Waiter", "w", new Order("x"), cancellation: Cancelled);
        await box.Until(Monday.AddHours(1));

        Assert.Equal(
            [
                """1 08:00 started Waiter {"name":"x"}""",
                """2 08:00 called Greet {"name":"x"}""",
                """3 08:00 result Greet "hello x" """.TrimEnd(),
                """4 09:00 date-reached  "2026-11-02T09:00:00+00:00" """.TrimEnd(),
                """5 09:00 completed  "hello x nobody 09:00" """.TrimEnd(),
            ],
            (await engine.History("w", Cancelled))!.Select(
                happened => $"{happened.Number} {happened.At:HH:mm} {happened.Kind} {happened.Name} {happened.Data?.GetRawText()}"));
    }

    [Fact]
    public async Task A_list_is_filtered_and_paged_newest_first()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Waiter, Other);
        for (var i = 0; i < 25; i++)
        {
            // Several share a moment, so that pages also break within one.
            box.Clock.Set(Monday.AddMinutes(i / 4));
            await engine.Start(i % 2 == 0 ? "Waiter" : "Other", $"f-{i:00}", new Order("x"), cancellation: Cancelled);
        }

        await engine.Terminate("f-05", "enough", cancellation: Cancelled);
        await engine.Suspend("f-07", "a pause", Cancelled);
        await engine.Send("f-09", "1", new Note("a"), Cancelled);
        await box.Idle();

        async Task<List<string>> All(FlowFilter filter)
        {
            var ids = new List<string>();
            string? after = null;
            do
            {
                var page = await engine.List(filter, 3, after, Cancelled);
                Assert.InRange(page.Flows.Count, 0, 3);
                ids.AddRange(page.Flows.Select(flow => flow.Id));
                after = page.Next;
            }
            while (after is not null);
            return ids;
        }

        var expected = Enumerable.Range(0, 25).Reverse().ToList();
        Assert.Equal(expected.Select(i => $"f-{i:00}"), await All(new FlowFilter()));
        Assert.Equal(expected.Where(i => i % 2 == 1).Select(i => $"f-{i:00}"), await All(new FlowFilter("Other")));
        Assert.Equal(["f-05"], await All(new FlowFilter(State: FlowState.Terminated)));
        Assert.Equal(["f-07"], await All(new FlowFilter("Other", FlowState.Suspended)));
        Assert.Equal(["f-09"], await All(new FlowFilter(State: FlowState.Completed)));
        Assert.Equal(22, (await All(new FlowFilter(State: FlowState.Running))).Count);
        await Assert.ThrowsAsync<ArgumentException>(() => engine.List(new FlowFilter(), 3, "nonsense", Cancelled));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => engine.List(new FlowFilter(), 201, null, Cancelled));
    }

    [Fact]
    public async Task Whoever_waits_for_a_result_loses_patience()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Other);
        await engine.Start("Other", "o", new Order("x"), cancellation: Cancelled);

        await Assert.ThrowsAsync<TimeoutException>(() => engine.Result("o", TimeSpan.Zero, Cancelled));
    }

    [Fact]
    public async Task A_flow_keeps_the_version_it_started_with()
    {
        static FlowDefinition Version(int number) => FlowDefinition.Of<Order, string>(
            "Versioned", async (flow, _) => $"{number} {(await flow.Next<Note>())!.Body.Text}", number);
        await using var box = new Sandbox();
        var engine = await box.Open(Version(1));
        await engine.Start("Versioned", "old", new Order("x"), cancellation: Cancelled);

        engine = await box.Open(Version(1), Version(2));
        await engine.Start("Versioned", "new", new Order("x"), cancellation: Cancelled);
        await engine.Send("old", "1", new Note("a"), Cancelled);
        await engine.Send("new", "1", new Note("a"), Cancelled);
        await box.Idle();

        Assert.Equal(("1 a", "2 a"), (await box.ResultOf<string>("old"), await box.ResultOf<string>("new")));
    }
}
