using Microsoft.Data.Sqlite;
using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

public sealed class Storing
{
    private static readonly FlowDefinition Waiter =
        FlowDefinition.Of<Order>("Waiter", (flow, _) => flow.Next<Note>());

    private static Task<EmbeddedEngine> OpenSecond(Sandbox box) => EmbeddedEngine.Open(
        new EngineOptions(box.File), new FlowTable(Waiter), box.Probe.Activities, box.Shelf, box.Clock, box.Logger, Cancelled);

    [Fact]
    public async Task A_second_owner_is_refused_and_told_who_the_first_is()
    {
        await using var box = new Sandbox();
        await box.Open(Waiter);

        var refusal = await Assert.ThrowsAsync<StoreOwnedException>(() => OpenSecond(box));
        Assert.Equal(
            $"flows.db is owned by another engine: process {Environment.ProcessId} on {Environment.MachineName} since 2026-11-02T08:00:00Z. Stop that one first.",
            refusal.Message);

        await box.Close();
        await using var second = await OpenSecond(box);
        Assert.Null(second.LastMoment);
    }

    [Theory]
    [InlineData("PRAGMA application_id = 1", "flows.db is no store of Workflows; it was left as it is. Name another file.")]
    [InlineData("PRAGMA user_version = 3", "flows.db has schema 3, this version of Workflows knows 1 to 2; the file was left as it is. Use the newer version.")]
    [InlineData("PRAGMA user_version = 0", "flows.db has schema 0, this version of Workflows knows 1 to 2; the file was left as it is. Use the newer version.")]
    public async Task A_newer_or_foreign_store_is_refused_and_left_untouched(string change, string reason)
    {
        await using var box = new Sandbox();
        await box.Open(Waiter);
        await box.Close();
        using (var connection = Schema.Connect(box.File, SqliteOpenMode.ReadWrite))
        {
            using var command = connection.CreateCommand();
            command.CommandText = change;
            command.ExecuteNonQuery();
        }

        var before = await File.ReadAllBytesAsync(box.File, Cancelled);
        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(() => box.Open(Waiter));

        Assert.Equal(reason, refusal.Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(box.File, Cancelled));
    }

    [Fact]
    public async Task A_file_of_another_kind_is_refused_and_left_untouched()
    {
        await using var box = new Sandbox();
        await File.WriteAllTextAsync(box.File, "Somebody's letter.", Cancelled);

        await Assert.ThrowsAsync<StoreRefusedException>(() => box.Open(Waiter));

        Assert.Equal("Somebody's letter.", await File.ReadAllTextAsync(box.File, Cancelled));
        Assert.Equal([box.File], Directory.GetFiles(Path.GetDirectoryName(box.File)!));
    }

    [Fact]
    public async Task A_damaged_history_blocks_its_flow_and_no_other()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Waiter);
        await engine.Start("Waiter", "a", new Order("x"), cancellation: Cancelled);
        await engine.Start("Waiter", "b", new Order("x"), cancellation: Cancelled);
        await box.Close();
        using (var connection = Schema.Connect(box.File, SqliteOpenMode.ReadWrite))
        {
            using var command = connection.CreateCommand();
            command.CommandText =
                "UPDATE hist SET data = x'0100' WHERE id >> 24 = (SELECT number FROM flow WHERE id = 'a')";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        engine = await box.Open(Waiter);
        await engine.Send("a", "1", new Note("a"), Cancelled);
        await engine.Send("b", "1", new Note("a"), Cancelled);
        await box.Idle();

        Assert.Equal((FlowState.Blocked, FlowState.Completed), ((await box.Info("a")).State, (await box.Info("b")).State));
        Assert.StartsWith("The history is damaged", (await box.Info("a")).Incident, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_was_closed_says_so()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Waiter);
        await box.Close();

        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => engine.Start("Waiter", "a", new Order("x"), cancellation: Cancelled));
    }
}
