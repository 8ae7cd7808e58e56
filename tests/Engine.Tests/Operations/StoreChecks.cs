using Microsoft.Data.Sqlite;
using Workflows.Engine.Operations;
using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests.Operations;

/// <summary>A store with a flow in every state, whole and damaged.</summary>
public sealed class StoreChecks
{
    private static readonly FlowDefinition Errand = FlowDefinition.Of<Order, string>("Errand", async (flow, order) =>
    {
        var said = await flow.Call(new Greet(order.Name));
        var note = await flow.Next<Note>(flow.Now.AddHours(1));
        if (note?.Body.Text == "again")
        {
            flow.Restart(new Order(order.Name + "2"));
            return "";
        }

        return note?.Body.Text == "bad" ? throw new InvalidOperationException("bad") : said;
    });

    private static readonly FlowTable Flows = new(Errand);

    [Fact]
    public async Task A_store_with_flows_in_every_state_is_whole_and_its_copy_too()
    {
        await using var box = await Filled();
        Assert.Empty(Problems(box.File));
        var copy = box.File + ".copy";
        using (var snapshot = StoreSnapshot.Take(box.File))
        {
            snapshot.CopyTo(copy);
        }

        Assert.Empty(Problems(copy, isBackup: true));
        Assert.Equal(new[] { copy }, Directory.GetFiles(Path.GetDirectoryName(copy)!, Path.GetFileName(copy) + "*"));
        StoreFile.Compact(box.File);
        Assert.Empty(Problems(box.File));
    }

    [Fact]
    public async Task A_copy_holds_the_moment_at_which_it_was_taken_and_the_original_goes_on()
    {
        await using var box = await Filled();
        var engine = await box.Open(Flows);
        using (var snapshot = StoreSnapshot.Take(box.File))
        {
            await engine.Start("Errand", "later", new Order("later"), cancellation: Cancelled);
            await box.Idle();
            snapshot.CopyTo(box.File + ".copy");
        }

        Assert.NotNull(await engine.Get("later", Cancelled));
        Assert.Empty(Problems(box.File + ".copy", isBackup: true));
        using var reader = new StoreReader(box.File + ".copy");
        Assert.Null(await reader.Get("later", Cancelled));
        Assert.NotNull(await reader.Get("waits", Cancelled));
    }

    [Theory]
    [InlineData("DELETE FROM timer WHERE call = 0", "waits waits for a date that has no timer")]
    [InlineData("DELETE FROM timer WHERE call > 0", "retries has an attempt that comes at a date without a timer")]
    [InlineData("UPDATE flow SET due = due + 1 WHERE id = 'waits'", "waits waits for \"command or date\"")]
    [InlineData("UPDATE flow SET waits = 'command' WHERE id = 'suspended'", "suspended waits for \"command\"")]
    [InlineData("UPDATE flow SET state = 0 WHERE id = 'ends'", "ends waits for \"\"")]
    [InlineData("UPDATE flow SET awake = 0 WHERE id = 'retries'", "retries waits for")]
    [InlineData("UPDATE flow SET incident = NULL WHERE id = 'blocked'", "blocked is blocked, but its row says no reason")]
    [InlineData("UPDATE flow SET generation = 1 WHERE id = 'restarts'", "restarts lacks an episode")]
    [InlineData("UPDATE flow SET version = 9 WHERE id = 'waits'", "waits: no flow is called Errand with version 9")]
    [InlineData("DELETE FROM command WHERE id = 'unread'", "suspended got command unread and would take it again")]
    [InlineData("DELETE FROM flow WHERE id = 'waits'", "hist: rows of flow number 1, which does not exist")]
    [InlineData("DELETE FROM attempt", "retries has a timer of an attempt that it does not have")]
    [InlineData("UPDATE attempt SET call = 7", "retries has a further attempt of call 7, which is not open")]
    [InlineData("INSERT INTO command VALUES ((SELECT number FROM flow WHERE id = 'ends'), 'c')", "command: rows of ends, which has ended")]
    [InlineData("DELETE FROM hist WHERE id = (SELECT (number << 24) FROM flow WHERE id = 'waits')", "waits lacks an episode")]
    [InlineData("UPDATE hist SET data = substr(data, 1, length(data) - 1) WHERE id = (SELECT (number << 24) FROM flow WHERE id = 'waits')", "waits episode 1: The history is damaged")]
    [InlineData("UPDATE inbox SET data = x'00'", "suspended has a message that cannot be read")]
    [InlineData("UPDATE flow SET state = 0 WHERE id = 'suspended'", "suspended has something to read and is not ready")]
    [InlineData("UPDATE meta SET value = 1", "waits episode 1 is not in the order of time")]
    public async Task Damage_is_found_and_named(string damage, string named)
    {
        await using var box = await Filled();
        Do(box.File, damage);
        Assert.Contains(Problems(box.File), problem => problem.StartsWith(named, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_byte_of_a_recorded_request_that_is_not_what_the_code_asks_is_found_by_replaying()
    {
        await using var box = await Filled();
        using (var connection = Schema.Connect(box.File, SqliteOpenMode.ReadWrite))
        {
            using var read = connection.CreateCommand();
            read.CommandText = "SELECT data FROM hist WHERE id = (SELECT (number << 24) FROM flow WHERE id = 'waits')";
            var data = (byte[])read.ExecuteScalar()!;
            data[data.AsSpan().LastIndexOf("waits"u8)] ^= 1;
            using var write = connection.CreateCommand();
            write.CommandText = "UPDATE hist SET data = $data WHERE id = (SELECT (number << 24) FROM flow WHERE id = 'waits')";
            write.Parameters.AddWithValue("$data", data);
            write.ExecuteNonQuery();
        }

        var problem = Assert.Single(Problems(box.File));
        Assert.StartsWith("waits: The code is not the one that wrote this history: at event 2", problem, StringComparison.Ordinal);
    }

    private static async Task<Sandbox> Filled()
    {
        var box = new Sandbox();
        box.Probe.Answers["greet/retries"] = (_, _) => throw new IOException("down");
        var engine = await box.Open(Flows);
        foreach (var id in new[] { "waits", "suspended", "blocked", "restarts", "ends", "terminated", "retries" })
        {
            await engine.Start("Errand", id, new Order(id), cancellation: Cancelled);
        }

        await box.Idle();
        await engine.Suspend("suspended", "a pause", Cancelled);
        await engine.Send("suspended", "unread", new Note("unread"), Cancelled);
        await engine.Send("blocked", "c-1", new Note("bad"), Cancelled);
        await engine.Send("restarts", "c-1", new Note("again"), Cancelled);
        await engine.Send("ends", "c-1", new Note("end"), Cancelled);
        await engine.Terminate("terminated", "enough", cancellation: Cancelled);
        await box.Idle();
        await box.Close();
        return box;
    }

    private static List<string> Problems(string file, bool isBackup = false) =>
        [.. StoreCheck.Run(file, Flows, new Shelf(), isBackup).SelectMany(finding => finding.Problems)];

    private static void Do(string file, string sql)
    {
        using var connection = Schema.Connect(file, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }
}
