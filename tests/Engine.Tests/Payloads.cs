using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

public sealed class Payloads
{
    private const int Large = 100_000;

    private static readonly FlowDefinition Mover = FlowDefinition.Of<Order, string>("Mover", async (flow, order) =>
    {
        var said = await flow.Call(new Greet("big" + order.Name));
        var note = await flow.Next<Note>();
        if (note!.Body.Text.StartsWith("again", StringComparison.Ordinal))
        {
            flow.Restart(order);
            return "";
        }

        await flow.Start("Child", flow.Id + ".child", order);
        return said + note.Body.Text;
    });

    private static readonly FlowDefinition Child = FlowDefinition.Of<Order>("Child", (flow, _) => flow.Next<Note>());

    private static long Count(Sandbox box, string what)
    {
        using var connection = Schema.Connect(box.File, Microsoft.Data.Sqlite.SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT " + what;
        return (long)command.ExecuteScalar()!;
    }

    [Fact]
    public async Task Large_payloads_lie_beside_the_history_and_are_read_back_whole()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true, ResidentFlowsMax: 0) };
        var engine = await box.Open(Mover, Child);
        var large = new string('x', Large);
        await engine.Start("Mover", "m", new Order(large), cancellation: Cancelled);
        await box.Idle();
        await engine.Suspend("m", "a pause", Cancelled);
        await engine.Send("m", "1", new Note(new string('y', Large)), Cancelled);
        engine = await box.Open(Mover, Child);
        Assert.Equal(4, Count(box, "count(*) FROM payload"));

        // The one request's key is derived from it and stays in the history.
        Assert.InRange(Count(box, "sum(length(data)) FROM hist"), Large, Large + 1_000);
        Assert.InRange(Count(box, "max(length(data)) FROM inbox"), 1, 1_000);

        await engine.Resume("m", "go on", Cancelled);
        await box.Idle();

        var expected = "hello big" + large + new string('y', Large);
        Assert.Equal(expected, await box.ResultOf<string>("m"));
        Assert.Equal(expected, (await engine.Result("m", TimeSpan.FromMinutes(1), Cancelled))!.Result!.Value.GetString());
        Assert.Equal(expected, (await engine.History("m", Cancelled))![^1].Data!.Value.GetString());
        Assert.Contains(new string('y', Large), (await engine.Export("m", Cancelled))!.Value.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, Count(box, "count(*) FROM flow WHERE length(result) > 1000"));

        await engine.Terminate("m.child", "enough", cancellation: Cancelled);
        Assert.Equal(2, await engine.PurgeEnded(Monday.AddDays(1), 10, Cancelled));
        Assert.Equal(0, Count(box, "count(*) FROM payload"));
    }

    [Fact]
    public async Task A_restart_removes_the_payloads_of_the_old_history_and_keeps_those_of_unread_commands()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var engine = await box.Open(Mover, Child);
        await engine.Start("Mover", "m", new Order(new string('x', Large)), cancellation: Cancelled);
        await box.Idle();
        await engine.Suspend("m", "a pause", Cancelled);
        await engine.Send("m", "1", new Note("again" + new string('y', Large)), Cancelled);
        await engine.Send("m", "2", new Note(new string('z', Large)), Cancelled);
        engine = await box.Open(Mover, Child);
        Assert.Equal(5, Count(box, "count(*) FROM payload"));
        await engine.Restart("m", new Order("small"), "too large", Cancelled);
        Assert.Equal(OperateOutcome.Conflict, await engine.Resume("m", "go on", Cancelled));
        await box.Open(Mover, Child);
        await box.Idle();

        Assert.Equal("hello bigsmall" + new string('z', Large), await box.ResultOf<string>("m"));
    }

    [Fact]
    public async Task A_missing_payload_blocks_its_flow()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Mover, Child);
        await engine.Start("Mover", "m", new Order(new string('x', Large)), cancellation: Cancelled);
        await box.Idle();
        await box.Close();
        using (var connection = Schema.Connect(box.File, Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM payload WHERE number = 2";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        engine = await box.Open(Mover, Child);
        await engine.Send("m", "1", new Note("x"), Cancelled);
        await box.Idle();

        Assert.Equal("The history is damaged: payload 2 is missing.", (await box.Info("m")).Incident);
    }
}
