using Microsoft.DurableTask.Client;
using Workflows.Activities.Flows;
using Workflows.Functions.Tests.Scripted;
using Workflows.Orchestrations.Durable;
using Workflows.Testing.Durable;

namespace Workflows.Functions.Tests;

/// <summary>What operators and the API do to flows, answered from the registry and done on the platform.</summary>
public sealed class Operating : IDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly FlowDefinition Parent = FlowDefinition.Of<Heard, string>("Parent", async (flow, heard) =>
    {
        await flow.Start(Listener.Name, $"{flow.Id}-child", heard);
        await flow.Next<Said>();
        return "done";
    });

    private static readonly FlowDefinition Breaks = FlowDefinition.Of<Heard, string>("Breaks", async (flow, _) =>
    {
        var said = await flow.Next<Said>();
        return said!.Body.Word == "break" && Broken ? throw new InvalidOperationException("a bug") : said.Body.Word;
    });

    private static bool Broken { get; set; }

    private readonly ScriptedHost host = new(
        new FlowTable(Listener.Flow, Parent, Breaks), new ActivityTable(), new RuleShelf(), Monday);

    [Fact]
    public async Task A_used_id_is_refused_in_whatever_state_its_flow_is()
    {
        Listens("f");
        Assert.Equal(StartOutcome.Exists, await host.Flows.Start(Listener.Name, "f", Until(1), cancellation: Cancelled));
        host.RunUntil(Monday.AddHours(2));
        Assert.Equal(FlowState.Completed, host.Info("f").State);

        Assert.Equal(StartOutcome.Exists, await host.Flows.Start(Listener.Name, "f", Until(1), cancellation: Cancelled));
        Assert.Equal(["date"], host.Result<string[]>("f"));
    }

    [Fact]
    public async Task An_ended_flow_is_replaced_when_asked_and_its_commands_do_not_come_back()
    {
        Listens("f");
        host.Send("f", "1", new Said("old"));
        host.RunUntil(Monday.AddHours(2));

        Assert.Equal(
            StartOutcome.Started,
            await host.Flows.Start(Listener.Name, "f", Until(3), new StartOptions(UsedId.ReplaceEnded), Cancelled));
        Assert.Equal(SendOutcome.Accepted, host.Send("f", "1", new Said("end")));
        host.RunUntil(Monday.AddHours(3));

        Assert.Equal(["end"], host.Result<string[]>("f"));
    }

    [Fact]
    public async Task A_living_flow_is_replaced_only_when_that_is_asked()
    {
        Listens("f");

        Assert.Equal(
            StartOutcome.Exists,
            await host.Flows.Start(Listener.Name, "f", Until(3), new StartOptions(UsedId.ReplaceEnded), Cancelled));
        Assert.Equal(
            StartOutcome.Started, await host.Flows.Start(Listener.Name, "f", Until(3), new StartOptions(UsedId.Replace), Cancelled));
        host.RunUntil(Monday.AddHours(4));

        Assert.Equal(["date"], host.Result<string[]>("f"));
        Assert.Equal(Monday.AddHours(3), host.Info("f").UpdatedAt);
    }

    [Fact]
    public void A_start_for_later_waits_for_its_moment_and_keeps_what_it_is_sent()
    {
        host.Start(Listener.Name, "f", Until(5), new StartOptions(At: Monday.AddHours(2)));
        Assert.Equal(("start", Monday.AddHours(2)), (host.Info("f").WaitsFor, host.Info("f").Due));
        host.Send("f", "1", new Said("early"));
        host.SweepUntil(Monday.AddHours(1));
        Assert.Empty(host.Hub.Runs);

        host.RunUntil(Monday.AddHours(6));

        Assert.Equal(["early", "date"], host.Result<string[]>("f"));
    }

    [Theory]
    [InlineData("a b", "a flow's id")]
    [InlineData("", "a flow's id")]
    public async Task A_bad_id_is_refused(string id, string named)
    {
        var refused = await Assert.ThrowsAsync<FlowRefusedException>(() => host.Flows.Start(Listener.Name, id, Until(1), cancellation: Cancelled));

        Assert.Contains(named, refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_unknown_flow_another_input_and_an_input_too_large_are_refused()
    {
        await Assert.ThrowsAsync<FlowRefusedException>(() => host.Flows.Start("Nobody", "f", Until(1), cancellation: Cancelled));
        await Assert.ThrowsAsync<FlowRefusedException>(() => host.Flows.Start(Listener.Name, "f", "text", cancellation: Cancelled));
        var large = new Heard(Monday, [new string('x', FlowLimits.PayloadBytesMax)]);
        await Assert.ThrowsAsync<FlowRefusedException>(() => host.Flows.Start(Listener.Name, "f", large, cancellation: Cancelled));
        Assert.Null(await host.Flows.Get("f", Cancelled));
    }

    [Fact]
    public async Task A_start_that_the_platform_does_not_take_is_acknowledged_and_made_good_by_the_sweep()
    {
        host.Client.Outage = new Grpc.Core.RpcException(new Grpc.Core.Status(Grpc.Core.StatusCode.Unavailable, "down"));
        host.Start(Listener.Name, "f", Until(1));
        Assert.Equal(SendOutcome.Accepted, host.Send("f", "1", new Said("end")));
        Assert.Null(host.Hub.Find("f"));

        host.Client.Outage = null;
        host.RunUntil(Monday.AddSeconds(10));
        Assert.Equal(1, host.Sweep()[FlowNeed.Start]);
        host.RunUntil(Monday.AddMinutes(1));

        Assert.Equal(["end"], host.Result<string[]>("f"));
        Assert.Equal(StartOutcome.Exists, await host.Flows.Start(Listener.Name, "f", Until(1), cancellation: Cancelled));
    }

    [Fact]
    public async Task A_suspended_flow_waits_and_reads_in_order_after_it_was_resumed()
    {
        Listens("f");

        Assert.Equal(OperateOutcome.Done, await host.Flows.Suspend("f", "audit", Cancelled));
        Assert.Equal(OperateOutcome.Conflict, await host.Flows.Suspend("f", "audit", Cancelled));
        host.Send("f", "1", new Said("a"));
        host.Send("f", "2", new Said("end"));
        host.SweepUntil(Monday.AddMinutes(30));
        Assert.Equal(FlowState.Suspended, host.Info("f").State);
        Assert.Equal(OperateOutcome.Done, await host.Flows.Resume("f", "audited", Cancelled));
        Assert.Equal(OperateOutcome.Conflict, await host.Flows.Resume("f", "audited", Cancelled));
        host.SweepUntil(Monday.AddMinutes(32));

        Assert.Equal(["a", "end"], host.Result<string[]>("f"));
        Assert.Equal(OperateOutcome.NotFound, await host.Flows.Suspend("nobody", "audit", Cancelled));
        var acts = (await host.Flows.History("f", Cancelled))!.Where(act => act.Number == 0).Select(act => $"{act.Kind} {act.Data}");
        Assert.Equal(["suspend audit", "resume audited"], acts);
    }

    [Fact]
    public async Task A_flow_is_terminated_with_what_it_started()
    {
        host.Start("Parent", "p", Until(5));
        host.RunUntil(Monday.AddMinutes(1));
        Assert.Equal("p", host.Info("p-child").StartedBy);

        Assert.Equal(OperateOutcome.Done, await host.Flows.Terminate("p", "mistake", withChildren: true, Cancelled));

        Assert.Equal((FlowState.Terminated, FlowState.Terminated), (host.Info("p").State, host.Info("p-child").State));
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, host.Hub.Find("p-child")!.Status);
        Assert.Equal("mistake", host.Info("p-child").Incident);
        Assert.Equal(SendOutcome.Ended, host.Send("p-child", "1", new Said("late")));
        Assert.Equal(OperateOutcome.Conflict, await host.Flows.Terminate("p", "again", true, Cancelled));
    }

    [Fact]
    public async Task A_parent_lives_on_when_its_child_was_terminated()
    {
        host.Start("Parent", "p", Until(5));
        host.RunUntil(Monday.AddMinutes(1));

        await host.Flows.Terminate("p-child", "mistake", cancellation: Cancelled);
        host.Send("p", "1", new Said("go"));
        host.RunUntil(Monday.AddMinutes(2));

        Assert.Equal("done", host.Result<string>("p"));
    }

    [Fact]
    public async Task What_a_dead_generation_still_asks_changes_nothing()
    {
        host.Hub.Disorder = new SlowRuns();
        host.Start(Listener.Name, "f", Until(5));
        host.RunUntil(Monday.AddSeconds(10));

        await host.Flows.Restart("f", Until(1), "wrong date", Cancelled);
        host.Hub.Disorder = new Disorder();
        host.RunUntil(Monday.AddHours(2));

        Assert.Equal(["date"], host.Result<string[]>("f"));
        Assert.Equal(Monday.AddHours(1), host.Info("f").UpdatedAt);
    }

    [Fact]
    public async Task A_flow_is_restarted_with_another_input_and_keeps_what_is_unread()
    {
        Listens("f");
        await host.Flows.Suspend("f", "hold", Cancelled);
        host.Send("f", "1", new Said("kept"));

        Assert.Equal(OperateOutcome.Done, await host.Flows.Restart("f", Until(3), "wrong date", Cancelled));
        host.RunUntil(Monday.AddHours(4));

        Assert.Equal(["kept", "date"], host.Result<string[]>("f"));
        Assert.Equal(OperateOutcome.NotFound, await host.Flows.Restart("nobody", Until(3), "", Cancelled));
    }

    [Fact]
    public async Task A_flow_whose_code_throws_is_blocked_and_lives_through_its_generation_again_when_retried()
    {
        Broken = true;
        host.Start("Breaks", "b", Until(1));
        host.Send("b", "1", new Said("break"));
        host.RunUntil(Monday.AddMinutes(1));
        Assert.Equal((FlowState.Blocked, "InvalidOperationException: a bug"), (host.Info("b").State, host.Info("b").Incident));
        Assert.Equal(SendOutcome.Accepted, host.Send("b", "2", new Said("later")));

        Broken = false;
        Assert.Equal(OperateOutcome.Done, await host.Flows.Retry("b", "fixed", Cancelled));
        host.RunUntil(Monday.AddMinutes(2));

        Assert.Equal("break", host.Result<string>("b"));
        Assert.Equal(OperateOutcome.Conflict, await host.Flows.Retry("b", "fixed", Cancelled));
    }

    [Fact]
    public async Task Lists_are_newest_first_filtered_and_paged()
    {
        for (var number = 0; number < 5; number++)
        {
            host.RunUntil(Monday.AddMinutes(number));
            host.Start(
                Listener.Name,
                $"f{number}",
                Until(number == 2 ? 1 : 10 + number),
                new StartOptions(Tags: new Dictionary<string, string> { ["town"] = number % 2 == 0 ? "榜头/镇" : "鲤城" }));
        }

        host.RunUntil(Monday.AddHours(2));

        Assert.Equal(["f4", "f3", "f2", "f1", "f0"], await Ids(new FlowFilter(), 2));
        Assert.Equal(["f4", "f3", "f1", "f0"], await Ids(new FlowFilter(Listener.Name, FlowState.Running), 3));
        Assert.Equal(["f2"], await Ids(new FlowFilter(State: FlowState.Completed), 3));
        Assert.Equal(["f4", "f2", "f0"], await Ids(new FlowFilter(Tag: "town=榜头/镇"), 2));
        Assert.Equal(["f3", "f1"], await Ids(new FlowFilter(Tag: "town=鲤城", WaitsFor: "command or date"), 1));
        Assert.Equal(["f1", "f3"], await Ids(new FlowFilter(DueFrom: Monday.AddHours(11), DueTo: Monday.AddHours(14)), 1));
        Assert.Empty(await Ids(new FlowFilter("Parent"), 3));
    }

    [Fact]
    public async Task An_ended_flow_is_purged_with_all_its_rows()
    {
        Listens("f");
        host.Send("f", "1", new Said("a"));
        Assert.Equal(OperateOutcome.Conflict, await host.Flows.Purge("f", Cancelled));
        host.RunUntil(Monday.AddHours(2));
        Assert.Equal(0, await host.Flows.PurgeEnded(Monday.AddHours(1), 10, Cancelled));

        Assert.Equal(1, await host.Flows.PurgeEnded(Monday.AddHours(1).AddTicks(1), 10, Cancelled));

        Assert.Null(await host.Flows.Get("f", Cancelled));
        Assert.Null(host.Hub.Find("f"));
        Assert.Empty(await Ids(new FlowFilter(), 10));
        Assert.Equal(SendOutcome.NotFound, host.Send("f", "2", new Said("a")));
        Assert.Equal(StartOutcome.Started, await host.Flows.Start(Listener.Name, "f", Until(3), cancellation: Cancelled));
    }

    [Fact]
    public async Task A_result_is_awaited_and_patience_has_an_end()
    {
        Listens("f");
        var slow = host.Flows.Result("f", TimeSpan.FromSeconds(1), Cancelled);
        host.RunUntil(Monday.AddMinutes(2));
        await Assert.ThrowsAsync<TimeoutException>(() => slow);

        var awaited = host.Flows.Result("f", TimeSpan.FromHours(2), Cancelled);
        host.RunUntil(Monday.AddHours(2));

        Assert.Equal(FlowState.Completed, (await awaited)!.State);
        Assert.Null(await host.Flows.Result("nobody", TimeSpan.FromSeconds(1), Cancelled));
    }

    [Fact]
    public async Task History_and_export_tell_what_the_registry_knows()
    {
        Listens("f");
        host.Send("f", "1", new Said("a"));
        host.RunUntil(Monday.AddHours(2));

        var history = await host.Flows.History("f", Cancelled);
        var export = await host.Flows.Export("f", Cancelled);

        Assert.Equal(["1 started Listener", "2 command Said", "3 completed "], history!.Select(said => $"{said.Number} {said.Kind} {said.Name}"));
        Assert.Equal("completed", export!.Value.GetProperty("flow").GetProperty("state").GetString());
        Assert.Equal(1, export.Value.GetProperty("inbox").GetArrayLength());
        Assert.Null(await host.Flows.History("nobody", Cancelled));
        Assert.Null(await host.Flows.Export("nobody", Cancelled));
    }

    public void Dispose() => host.Dispose();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Heard Until(int hours) => new(Monday.AddHours(hours), []);

    private void Listens(string id)
    {
        host.Start(Listener.Name, id, Until(1));
        host.RunUntil(host.Now.AddMinutes(1));
    }

    private async Task<IReadOnlyList<string>> Ids(FlowFilter filter, int size)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await host.Flows.List(filter, size, cursor, Cancelled);
            Assert.True(page.Flows.Count <= size);
            ids.AddRange(page.Flows.Select(flow => flow.Id));
            cursor = page.Next;
        }
        while (cursor is not null);
        return ids;
    }

    private sealed class SlowRuns : Disorder
    {
        public override IEnumerable<TimeSpan> Runs() => [TimeSpan.FromSeconds(40)];
    }
}
