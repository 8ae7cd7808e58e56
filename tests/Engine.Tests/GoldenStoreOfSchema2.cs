using Microsoft.Data.Sqlite;
using Workflows.Engine.Operations;
using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

/// <summary>A store as schema 2 wrote it: with flows for later, tags, children, large data, dead letters and reasons.</summary>
public sealed class GoldenStoreOfSchema2
{
    private static readonly FlowDefinition First = Family(1);

    private static readonly FlowDefinition Second = Family(2);

    private static FlowDefinition Family(int version) => FlowDefinition.Of<Order, string>(
        "Family",
        async (flow, order) =>
        {
            if (order.Name == "parent")
            {
                await flow.Start("Family", "child", new Order("child"));
            }

            var said = await flow.Call(new Greet(order.Name.Length > 20 ? "large" : order.Name));
            var note = await flow.Next<Note>();
            return $"v{version} {said} {note!.Body.Text} to {order.Name.Length}";
        },
        version);

    private sealed record Odd(int Text);

    /// <summary>How the golden store was made.</summary>
    private static async Task Make(Sandbox box)
    {
        var engine = await box.Open(First, Second);
        var tagged = new Dictionary<string, string> { ["town"] = "Oberdorf", ["kind"] = "漢字" };
        await engine.Start("Family", "later", new Order("later"), new StartOptions(At: Monday.AddDays(1), Tags: tagged), Cancelled);
        await engine.Send("later", "1", new Note("early"), Cancelled);
        await engine.Start("Family", "old", new Order("old"), new StartOptions(Version: 1), Cancelled);
        await engine.Start("Family", "parent", new Order("parent"), cancellation: Cancelled);
        await box.Idle();
        await engine.Start("Family", "large", new Order(new string('x', 70_000)), cancellation: Cancelled);
        await box.Idle();
        await engine.Start("Family", "letter", new Order("letter"), cancellation: Cancelled);
        await box.Idle();
        await engine.Send("letter", "odd", new Odd(5), Cancelled);
        for (var tries = 1; tries < 5; tries++)
        {
            await box.Idle();
            await engine.Retry("letter", "once more", Cancelled);
        }

        await box.Idle();
        await engine.Start("Family", "again", new Order("first"), cancellation: Cancelled);
        await box.Idle();
        await engine.Restart("again", new Order("second"), "a wrong name", Cancelled);
        await box.Idle();
        await engine.Suspend("again", "a pause", Cancelled);
        await box.Close();
    }

    private static async Task<Sandbox> OpenGolden(bool isOpened = true)
    {
        var box = new Sandbox();
        using (var connection = Schema.Connect(box.File, SqliteOpenMode.ReadWriteCreate))
        {
            using var command = connection.CreateCommand();
            command.CommandText = await File.ReadAllTextAsync(
                Path.Combine(AppContext.BaseDirectory, "Histories", "schema-2.golden.sql"), Cancelled);
            command.ExecuteNonQuery();
        }

        if (isOpened)
        {
            await box.Open(First, Second);
        }

        return box;
    }

    [Fact]
    public async Task A_store_of_schema_2_goes_on()
    {
        await using var box = await OpenGolden();
        var engine = box.Engine;
        Assert.Equal(
            "later", Assert.Single((await engine.List(new FlowFilter(Tag: "kind=漢字"), cancellation: Cancelled)).Flows).Id);
        var letter = Assert.Single((await engine.DeadLetters(cancellation: Cancelled)).Letters);
        Assert.Equal(("letter", "odd", 5), (letter.FlowId, letter.Key, letter.Tries));
        Assert.Equal(OperateOutcome.Done, await engine.DropDeadLetter(letter.Id, "nonsense", Cancelled));
        Assert.Equal(
            "0 restart a wrong name|1 restarted|2 called|3 result|0 suspend a pause",
            string.Join('|', (await engine.History("again", Cancelled))!.Select(happened => (
                $"{happened.Number} {happened.Kind} " + (happened.Number == 0 ? happened.Data!.Value.GetProperty("reason").GetString() : "")).TrimEnd())));

        await engine.Resume("again", "go on", Cancelled);
        foreach (var id in new[] { "old", "large", "letter", "again" })
        {
            await engine.Send(id, "now", new Note("now"), Cancelled);
        }

        await engine.Terminate("parent", "both", withChildren: true, Cancelled);
        await box.Until(Monday.AddDays(2));

        Assert.Equal("v2 hello later early to 5", await box.ResultOf<string>("later"));
        Assert.Equal("v1 hello old now to 3", await box.ResultOf<string>("old"));
        Assert.Equal("v2 hello large now to 70000", await box.ResultOf<string>("large"));
        Assert.Equal("v2 hello letter now to 6", await box.ResultOf<string>("letter"));
        Assert.Equal("v2 hello second now to 6", await box.ResultOf<string>("again"));
        Assert.Equal(("both", "parent"), ((await box.Info("child")).Incident, (await box.Info("child")).StartedBy));
    }

    [Fact]
    public async Task A_store_of_schema_2_is_found_whole_and_damage_beside_its_histories_is_named()
    {
        await using var box = await OpenGolden();
        await box.Close();
        List<string> Problems() => [.. StoreCheck.Run(box.File, new FlowTable(First, Second), box.Shelf).SelectMany(found => found.Problems)];
        Assert.Empty(Problems());

        Do(box, "INSERT INTO payload VALUES (5, 2, x'00')");
        Assert.Equal(["large keeps data that nothing refers to"], Problems());
        Do(box, "DELETE FROM payload");
        Assert.Equal(["large episode 1: The history is damaged: payload 1 is missing."], Problems());
        Do(box, "UPDATE dead SET data = x'00'");
        Assert.Contains("letter has a dead letter that cannot be read", Problems()[^1], StringComparison.Ordinal);
        Do(box, "INSERT INTO tag VALUES ('town', 'Oberdorf', 99)");
        Assert.Contains("tag: rows of flow number 99, which does not exist", Problems());
    }

    private static void Do(Sandbox box, string sql)
    {
        using var connection = Schema.Connect(box.File, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [Fact]
    public async Task Todays_engine_still_writes_what_schema_2_wrote()
    {
        await using var golden = await OpenGolden(isOpened: false);
        await using var today = new Sandbox();
        await Make(today);

        foreach (var query in new[]
        {
            "SELECT id || ' ' || generation || ' ' || hex(data) FROM hist ORDER BY id",
            "SELECT flow || ' ' || place || ' ' || hex(data) FROM inbox ORDER BY flow, place",
            "SELECT flow || ' ' || number || ' ' || hex(data) FROM payload ORDER BY flow, number",
            "SELECT flow || ' ' || place || ' ' || generation || ' ' || episode || ' ' || kind || ' ' || reason FROM act ORDER BY flow, place",
            "SELECT flow || ' ' || call || ' ' || tries || ' ' || hex(data) FROM dead ORDER BY id",
            "SELECT key || ' ' || value || ' ' || flow FROM tag ORDER BY key, value, flow",
        })
        {
            var written = Column(golden, query);
            Assert.NotEmpty(written);
            Assert.Equal(written, Column(today, query));
        }
    }

    internal static List<string> Column(Sandbox box, string query)
    {
        var values = new List<string>();
        using var connection = Schema.Connect(box.File, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
