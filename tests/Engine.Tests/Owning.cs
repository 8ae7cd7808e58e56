using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

public sealed class Owning
{
    private static readonly FlowDefinition Waiter = FlowDefinition.Of<Order, string>("Waiter", async (flow, order) =>
        order.Name + " " + (await flow.Next<Note>())!.Body.Text);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static Task<EmbeddedEngine> OpenStandby(Sandbox box, CancellationToken cancellation) => EmbeddedEngine.Open(
        new EngineOptions(box.File, Standby: true, Heartbeat: Minute),
        new FlowTable(Waiter), box.Probe.Activities, box.Shelf, box.Clock, box.Logger, cancellation);

    private static (long Epoch, DateTimeOffset Renewed, bool IsClean) Lease(Sandbox box)
    {
        using var connection = Schema.Connect(box.File, Microsoft.Data.Sqlite.SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT epoch, renewed, clean FROM lease";
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        return (reader.GetInt64(0), Codes.Time(reader.GetInt64(1)), reader.GetInt64(2) == 1);
    }

    [Fact]
    public async Task Every_owner_has_a_later_epoch_and_says_when_it_closes()
    {
        await using var box = new Sandbox();
        await box.Open(Waiter);
        Assert.Equal((1L, Monday, false), Lease(box));
        await box.Close();
        Assert.Equal((1L, Monday, true), Lease(box));

        box.Clock.Set(Monday.AddDays(1));
        await box.Open(Waiter);

        Assert.Equal((2L, Monday.AddDays(1), false), Lease(box));
    }

    [Fact]
    public async Task A_writer_whose_store_was_taken_over_writes_nothing_more_and_says_so()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Waiter);
        await engine.Start("Waiter", "before", new Order("x"), cancellation: Cancelled);
        await box.Idle();
        using (var connection = Schema.Connect(box.File, Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE lease SET epoch = epoch + 1, process = 7, host = 'elsewhere'";
            command.ExecuteNonQuery();
        }

        var refusal = await Assert.ThrowsAsync<StoreOwnedException>(
            () => engine.Start("Waiter", "after", new Order("x"), cancellation: Cancelled));

        Assert.Equal(
            "flows.db was taken over by process 7 on elsewhere. Nothing more is written from here.", refusal.Message);
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => engine.Start("Waiter", "after", new Order("x"), cancellation: Cancelled));
        await box.Close();
        Assert.Equal((2L, Monday, false), Lease(box));
        await box.Open(Waiter);
        Assert.Equal(["before"], (await box.Engine.List(new FlowFilter(), cancellation: Cancelled)).Flows.Select(flow => flow.Id));
    }

    [Fact]
    public async Task An_idle_owner_says_at_each_heartbeat_that_it_lives_and_writes_nothing_else()
    {
        long commits = 0;
        await using var box = new Sandbox();
        box.Options = new EngineOptions("", Heartbeat: Minute) { AtCommit = (_, number) => commits = number };
        var engine = await box.Open(Waiter);
        await engine.Start("Waiter", "f", new Order("x"), cancellation: Cancelled);
        await box.Idle();
        var before = commits;

        for (var beat = 1; beat <= 3; beat++)
        {
            box.Clock.Set(Monday + (Minute * beat));
            await box.Idle();
            Assert.Equal((before + beat, Monday + (Minute * beat)), (commits, Lease(box).Renewed));
        }

        box.Clock.Set(Monday + (Minute * 3) + TimeSpan.FromSeconds(59));
        await box.Idle();
        Assert.Equal(before + 3, commits);
    }

    [Fact]
    public async Task A_virtual_clock_renews_nothing_unless_it_is_asked_to()
    {
        await using var box = new Sandbox();
        await box.Open(Waiter);

        await box.Until(Monday.AddYears(20));

        Assert.Equal(Monday, Lease(box).Renewed);
    }

    [Fact]
    public async Task A_standby_waits_until_the_owner_is_gone_and_goes_on_with_its_flows()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Waiter);
        await engine.Start("Waiter", "f", new Order("x"), cancellation: Cancelled);
        await box.Idle();

        var standby = OpenStandby(box, Cancelled);
        box.Clock.Set(Monday + Minute);
        Assert.False(standby.IsCompleted);
        await box.Close();
        while (!standby.IsCompleted)
        {
            // It looks once a heartbeat, and sets its timer for the next a little after the clock has moved.
            box.Clock.Set(box.Clock.GetUtcNow() + Minute);
            await Task.Yield();
        }

        await using var second = await standby;
        await second.Send("f", "1", new Note("a"), Cancelled);
        await second.WhenIdle(Cancelled);
        Assert.Equal("x a", (await second.Get("f", Cancelled))!.Result!.Value.GetString());
        Assert.Equal(2, Lease(box).Epoch);
    }

    [Fact]
    public async Task A_standby_can_be_called_off()
    {
        await using var box = new Sandbox();
        await box.Open(Waiter);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        var standby = OpenStandby(box, enough.Token);
        await enough.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => standby);
    }

    [Fact]
    public async Task Flows_leave_memory_when_together_they_take_too_much_of_it()
    {
        await using var box = new Sandbox { Options = new("", ResidentMegabytesMax: 1, VerifyReplay: true) };
        var engine = await box.Open(Waiter);
        for (var i = 0; i < 60; i++)
        {
            await engine.Start("Waiter", $"f-{i}", new Order(new string('x', 30_000)), cancellation: Cancelled);
        }

        await box.Idle();
        var (flows, bytes) = await engine.Residents();
        Assert.InRange(flows, 1, 59);
        Assert.InRange(bytes, 1, 1 << 20);
        for (var i = 0; i < 60; i++)
        {
            await engine.Send($"f-{i}", "1", new Note("a"), Cancelled);
        }

        await box.Idle();
        Assert.Equal((0, 0L), await engine.Residents());
        Assert.Equal(30_002, (await box.ResultOf<string>("f-0")).Length);
    }
}
