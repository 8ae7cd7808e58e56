using CsCheck;
using Microsoft.Data.Sqlite;
using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests.Faults;

/// <summary>Bytes of the file that are not what was written: their flow has an incident, and every other goes on.</summary>
public sealed class Damage
{
    private static readonly Retry Slow =
        new(3, TimeSpan.FromMinutes(5), 2, TimeSpan.FromHours(1), TimeSpan.FromMinutes(2));

    private static readonly FlowDefinition Target = FlowDefinition.Of<Order, string>("Target", async (flow, order) =>
    {
        flow.Status(new { order.Name });
        var said = await flow.Call(new Greet("up"));
        await flow.Start("Healthy", flow.Id + ".child", order);
        said += await flow.Send(flow.Id + ".child", "1", new Note("from " + order.Name));
        var first = await flow.Next<Note>(flow.Now.AddMinutes(1));
        if (order.Name == "restarts")
        {
            flow.Restart(new Order("restarted"));
            return "";
        }

        if (order.Name != "ends")
        {
            said += await flow.Call(new Greet("down"), Slow);
            said += (await flow.Next<Note>(flow.Now.AddHours(1)))?.Body.Text;
        }

        return said + first?.Body.Text + flow.Now;
    });

    private static readonly FlowDefinition Healthy = FlowDefinition.Of<Order, string>(
        "Healthy", async (flow, order) => await flow.Call(new Greet("up")) + (await flow.Next<Note>())!.Body.Text);

    private static readonly string[] Names = ["waits", "restarts", "ends", "suspended"];

    private static readonly string[] Blobs =
    [
        "hist.data", "hist.data", "hist.data", "inbox.data", "flow.status", "flow.result",
    ];

    /// <summary>Which bytes and what becomes of them.</summary>
    private sealed record Hit(int Blob, int Row, int What, int Place, byte Value, byte[] Noise)
    {
        public byte[] On(byte[] bytes)
        {
            var place = bytes.Length == 0 ? 0 : Place % bytes.Length;
            var changed = (byte[])bytes.Clone();
            switch (What)
            {
                case 0 when bytes.Length > 0:
                    changed[place] ^= (byte)(1 << (Value % 8));
                    return changed;
                case 1 when bytes.Length > 0:
                    changed[place] = Value;
                    return changed;
                case 2:
                    return bytes[..place];
                case 3:
                    return [.. bytes[..place], .. Noise, .. bytes[place..]];
                case 4:
                    return [.. bytes[..place], .. bytes[Math.Min(bytes.Length, place + Noise.Length)..]];
                case 5:
                    return [.. bytes, .. bytes];
                default:
                    return Noise;
            }
        }
    }

    private static readonly Gen<Hit> Hits = Gen.Select(
        Gen.Int[0, 5], Gen.Int[0, 30], Gen.Int[0, 6], Gen.Int[0, 100_000], Gen.Byte, Gen.Byte.Array[0, 12],
        (blob, row, what, place, value, noise) => new Hit(blob, row, what, place, value, noise));

    [Fact]
    public async Task Damaged_bytes_stop_their_own_flow_at_most()
    {
        await using var whole = await Make();
        Hits.Sample(hit => Live(whole.File, [hit]).GetAwaiter().GetResult(), iter: 150, threads: 1);
    }

    [Fact]
    public async Task Much_damage_at_once_stops_no_healthy_flow()
    {
        await using var whole = await Make();
        Hits.Array[5, 20].Sample(hits => Live(whole.File, hits).GetAwaiter().GetResult(), iter: 30, threads: 1);
    }

    [Fact]
    public async Task A_file_with_wrong_bytes_anywhere_gives_errors_and_never_hangs()
    {
        await using var whole = await Make();
        var bytes = await File.ReadAllBytesAsync(whole.File, Cancelled);
        Gen.Select(Gen.Int[100, bytes.Length - 1], Gen.Byte).Array[1, 30].Sample(
            changes => Survive(bytes, changes).GetAwaiter().GetResult(), iter: 60, threads: 1);
    }

    private static async Task<Sandbox> Make()
    {
        var box = new Sandbox();
        box.Probe.Answers["greet/down"] = (_, _) => throw new IOException("down");
        var engine = await box.Open(Target, Healthy);
        foreach (var name in Names)
        {
            await engine.Start("Target", name, new Order(name), cancellation: Cancelled);
        }

        await box.Idle();
        foreach (var name in Names)
        {
            await engine.Send(name, "a", new Note("漢字"), Cancelled);
            await box.Idle();
        }

        await engine.Suspend("suspended", "a pause", Cancelled);
        foreach (var name in Names)
        {
            await engine.Send(name, "b", new Note("unread"), Cancelled);
        }

        await box.Idle();
        await box.Close();
        return box;
    }

    private static async Task Live(string whole, Hit[] hits)
    {
        await using var box = new Sandbox();
        var seam = new Stepped();
        box.Options = new EngineOptions("") { Seam = seam };
        File.Copy(whole, box.File);
        foreach (var hit in hits)
        {
            Strike(box.File, hit);
        }

        var engine = await box.Open(Target, Healthy);
        Assert.True(seam.Turn());
        await seam.Answer(engine.Start("Healthy", "healthy", new Order("x"), cancellation: Cancelled));
        foreach (var name in Names)
        {
            await seam.Answer(engine.Send(name, "c", new Note("more"), Cancelled));
            await seam.Answer(engine.Resume(name, "go on", Cancelled));
            await seam.Answer(engine.Retry(name, "mended", Cancelled));
            await engine.Get(name, Cancelled);
            var said = await Record.ExceptionAsync(() => engine.History(name, Cancelled));
            Assert.True(said is null or InvalidDataException, $"{said}");
        }

        for (var hours = 0; hours < 4; hours++)
        {
            box.Clock.Set(box.Clock.GetUtcNow().AddHours(1));
            Assert.True(seam.Turn());
        }

        await seam.Answer(engine.Send("healthy", "1", new Note("!"), Cancelled));
        Assert.Equal("hello up!", await box.ResultOf<string>("healthy"));
        var listed = (await engine.List(new FlowFilter(), 50, null, Cancelled)).Flows;
        Assert.True(listed.Count(flow => flow.State == FlowState.Blocked) <= hits.Length);
        Assert.All(listed, flow => Assert.Equal(flow.State == FlowState.Blocked, flow.Incident is not null));
        foreach (var name in Names)
        {
            await seam.Answer(engine.Terminate(name, "enough", cancellation: Cancelled));
            Assert.Equal(OperateOutcome.Done, await seam.Answer(engine.Purge(name, Cancelled)));
        }
    }

    private static void Strike(string file, Hit hit)
    {
        var (table, column) = (Blobs[hit.Blob].Split('.')[0], Blobs[hit.Blob].Split('.')[1]);
        using var connection = Schema.Connect(file, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        var key = table == "inbox" ? "flow || ' ' || place" : "rowid";
        command.CommandText = $"SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY 1";
        var rows = new List<(object Key, byte[] Data)>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                rows.Add((reader.GetValue(0), reader.GetFieldValue<byte[]>(1)));
            }
        }

        var (row, data) = rows[hit.Row % rows.Count];
        command.CommandText = $"UPDATE {table} SET {column} = $data WHERE {key} = $key";
        command.Parameters.AddWithValue("$data", hit.On(data));
        command.Parameters.AddWithValue("$key", row);
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private static async Task Survive(byte[] bytes, (int Place, byte Value)[] changes)
    {
        await using var box = new Sandbox();
        var seam = new Stepped();
        box.Options = new EngineOptions("") { Seam = seam };
        var damaged = (byte[])bytes.Clone();
        foreach (var (place, value) in changes)
        {
            damaged[place] = value;
        }

        await File.WriteAllBytesAsync(box.File, damaged, Cancelled);
        EmbeddedEngine engine;
        try
        {
            engine = await box.Open(Target, Healthy);
        }
        catch (Exception refused) when (refused is SqliteException or StoreRefusedException or InvalidDataException
            or InvalidCastException or InvalidOperationException or OverflowException)
        {
            return;
        }

        seam.Turn();
        foreach (var name in Names)
        {
            foreach (var ask in new Func<Task>[]
            {
                () => seam.Answer(engine.Send(name, "c", new Note("more"), Cancelled)),
                () => seam.Answer(engine.Resume(name, "go on", Cancelled)),
                () => seam.Answer(engine.Terminate(name, "enough", cancellation: Cancelled)),
                () => engine.Get(name, Cancelled),
                () => engine.History(name, Cancelled),
                () => engine.List(new FlowFilter(), 50, null, Cancelled),
            })
            {
                var said = await Record.ExceptionAsync(ask);
                Assert.False(said is TimeoutException, $"{said}");
            }
        }

        Assert.Null(seam.Loop.Ending);
    }
}
