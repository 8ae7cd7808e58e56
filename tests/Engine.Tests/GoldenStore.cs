using Microsoft.Data.Sqlite;
using Workflows.Engine.Operations;
using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

/// <summary>A store as schema 1 wrote it, with flows in flight in every state. The file only ever gets siblings.</summary>
public sealed class GoldenStore
{
    private static readonly Retry Slow =
        new(2, TimeSpan.FromHours(1), 1, TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));

    private static readonly FlowDefinition Golden = FlowDefinition.Of<Order, string>("Golden", async (flow, order) =>
    {
        flow.Status(new { order.Name });
        if (order.Name == "retries")
        {
            return await flow.Call(new Greet("down"), Slow);
        }

        var said = await flow.Call(new Greet("up"));
        try
        {
            await flow.Call(new Greet("down"), Slow with { AttemptsMax = 1 });
        }
        catch (ActivityFailedException failed)
        {
            said += " " + failed.Attempts;
        }

        await flow.Start("Child", flow.Id + ".child", order);
        said += " " + await flow.Send(flow.Id + ".child", "c-1", new Note("from " + order.Name));
        await flow.Next<Note>(flow.Now);
        if (order.Name == "restarts")
        {
            flow.Restart(new Order("restarted"));
            return "";
        }

        var first = await flow.Next<Note>(flow.Now.AddHours(2));
        if (first?.Body.Text == "block")
        {
            throw new InvalidOperationException("blocked");
        }

        var second = await flow.Next<Note>(flow.Now.AddHours(2));
        return $"{said} {first?.Body.Text} {second?.Body.Text} {flow.Recorded}";
    });

    private static readonly FlowDefinition Child = FlowDefinition.Of<Order, string>("Child", async (flow, order) =>
        (await flow.Next<Note>())!.Body.Text + " to " + order.Name);

    /// <summary>How the golden store was made.</summary>
    private static async Task Make(Sandbox box)
    {
        box.Probe.Answers["greet/down"] = (_, _) => throw new IOException("down");
        var engine = await box.Open(Golden, Child);
        foreach (var name in new[] { "waits", "reads", "restarts", "retries", "suspended", "blocked", "ended" })
        {
            await engine.Start("Golden", name, new Order(name), cancellation: Cancelled);
            await box.Idle();
        }

        await engine.Send("reads", "r-1", new Note("漢字"), Cancelled);
        await engine.Suspend("suspended", "a pause", Cancelled);
        await engine.Send("suspended", "s-1", new Note("unread"), Cancelled);
        await engine.Send("blocked", "b-1", new Note("block"), Cancelled);
        await engine.Terminate("ended", "enough", cancellation: Cancelled);
        await box.Idle();
        await box.Close();
    }

    private static string Script => Path.Combine(AppContext.BaseDirectory, "Histories", "schema-1.golden.sql");

    private static async Task<Sandbox> OpenGolden(bool isOpened = true)
    {
        var box = new Sandbox();
        using (var connection = Schema.Connect(box.File, SqliteOpenMode.ReadWriteCreate))
        {
            using var command = connection.CreateCommand();
            command.CommandText = await File.ReadAllTextAsync(Script, Cancelled);
            command.ExecuteNonQuery();
        }

        if (isOpened)
        {
            await box.Open(Golden, Child);
        }

        return box;
    }

    [Fact]
    public async Task A_store_of_schema_1_goes_on()
    {
        await using var box = await OpenGolden();
        Assert.Equal(Monday, box.Engine.LastMoment);
        box.Probe.Answers["greet/down"] = (_, _) => Task.FromResult("up again");

        await box.Engine.Send("waits", "w-1", new Note("now"), Cancelled);
        Assert.Equal(SendOutcome.Repeated, await box.Engine.Send("reads", "r-1", new Note("again"), Cancelled));
        await box.Engine.Resume("suspended", "go on", Cancelled);
        await box.Engine.Retry("blocked", "fixed", Cancelled);
        await box.Until(Monday.AddDays(1));

        Assert.Equal("hello up 1 Accepted now  10", await box.ResultOf<string>("waits"));
        Assert.Equal("hello up 1 Accepted 漢字  10", await box.ResultOf<string>("reads"));
        Assert.Equal("hello up 1 Ended   10", await box.ResultOf<string>("restarts"));
        Assert.Equal("up again", await box.ResultOf<string>("retries"));
        Assert.Equal("hello up 1 Accepted unread  10", await box.ResultOf<string>("suspended"));
        Assert.Equal("InvalidOperationException: blocked", (await box.Info("blocked")).Incident);
        Assert.Equal("enough", (await box.Info("ended")).Incident);
        Assert.Equal("from waits to waits", await box.ResultOf<string>("waits.child"));
    }

    [Fact]
    public async Task A_store_of_schema_1_is_found_whole_before_and_after_its_upgrade()
    {
        await using var box = await OpenGolden(isOpened: false);
        var table = new FlowTable(Golden, Child);
        Assert.Empty(StoreCheck.Run(box.File, table, box.Shelf).SelectMany(found => found.Problems));
        await box.Open(Golden, Child);
        await box.Close();
        Assert.Empty(StoreCheck.Run(box.File, table, box.Shelf).SelectMany(found => found.Problems));
    }

    [Fact]
    public async Task An_upgraded_store_is_like_a_new_one_and_is_upgraded_once()
    {
        await using var old = await OpenGolden();
        await using var made = new Sandbox();
        await made.Open(Golden, Child);

        static List<string> Tables(Sandbox box) => [.. GoldenStoreOfSchema2.Column(
            box, "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
            .Select(sql => string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
        Assert.Equal(Tables(made), Tables(old));
        Assert.Equal(["2"], GoldenStoreOfSchema2.Column(old, "SELECT user_version || '' FROM pragma_user_version"));

        await old.Open(Golden, Child);
        Assert.Equal(13, (await old.Engine.List(new FlowFilter(), 50, null, Cancelled)).Flows.Count);
    }

    [Fact]
    public async Task Every_episode_of_schema_1_is_written_again_as_it_was()
    {
        await using var box = await OpenGolden();
        var kinds = new HashSet<EventKind>();
        using var connection = Schema.Connect(box.File, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT data FROM hist";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var bytes = reader.GetFieldValue<byte[]>(0);
            var episode = HistoryCodec.Read(bytes);
            kinds.UnionWith(episode.Events.Select(happened => happened.Kind));
            Assert.Equal(bytes, HistoryCodec.Write(episode.At, episode.Events));
        }

        Assert.Equal(Enum.GetValues<EventKind>(), kinds.Order());
    }

    [Fact]
    public async Task Damaged_bytes_are_refused_and_never_read_as_something_else()
    {
        await using var box = await OpenGolden();
        using var connection = Schema.Connect(box.File, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT data FROM hist ORDER BY length(data) DESC LIMIT 1";
        var bytes = (byte[])command.ExecuteScalar()!;

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => HistoryCodec.Read(bytes[..length]));
        }

        for (var place = 0; place < bytes.Length; place++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[place] ^= 0x80;
            try
            {
                HistoryCodec.Read(damaged);
            }
            catch (InvalidDataException)
            {
                // Refused, which is one of the two good ends; the other is a changed text or number.
            }
        }
    }

    [Fact]
    public async Task Todays_engine_still_writes_what_schema_1_wrote()
    {
        await using var golden = await OpenGolden();
        await using var today = new Sandbox();
        await Make(today);

        Assert.Equal(Episodes(golden), Episodes(today));
    }

    private static List<string> Episodes(Sandbox box)
    {
        var episodes = new List<string>();
        using var connection = Schema.Connect(box.File, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id || ' ' || generation || ' ' || hex(data) FROM hist ORDER BY id";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            episodes.Add(reader.GetString(0));
        }

        return episodes;
    }
}
