using Microsoft.Data.Sqlite;
using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

public sealed class Listing
{
    private static readonly FlowDefinition Waiter = FlowDefinition.Of<Order, string>("Waiter", async (flow, order) =>
    {
        if (order.Name.StartsWith("call", StringComparison.Ordinal))
        {
            return await flow.Call(new Greet(order.Name), Slow);
        }

        await flow.Next<Note>(order.Name == "dateless" ? null : flow.Now.AddHours(1));
        return "done";
    });

    private static readonly FlowDefinition Other = FlowDefinition.Of<Order>("Other", (flow, _) => flow.Next<Note>(flow.Now.AddHours(3)));

    private static readonly Retry Slow = new(3, TimeSpan.FromHours(9), 1, TimeSpan.FromHours(9), TimeSpan.FromDays(9));

    private static async Task<List<string>> All(EmbeddedEngine engine, FlowFilter filter, int size = 3)
    {
        var ids = new List<string>();
        string? after = null;
        do
        {
            var page = await engine.List(filter, size, after, Cancelled);
            Assert.InRange(page.Flows.Count, 0, size);
            ids.AddRange(page.Flows.Select(flow => flow.Id));
            after = page.Next;
        }
        while (after is not null);
        return ids;
    }

    [Fact]
    public async Task Every_filter_gives_exactly_its_flows_page_by_page()
    {
        await using var box = new Sandbox();
        box.Probe.Answers["greet/call"] = (_, _) => throw new IOException("down");
        var engine = await box.Open(Waiter, Other);
        for (var i = 0; i < 40; i++)
        {
            box.Clock.Set(Monday.AddMinutes(i / 3));
            await engine.Start(
                i % 4 == 3 ? "Other" : "Waiter",
                $"f-{i:00}",
                new Order(i % 5 == 0 ? "call" : i % 5 == 1 ? "dateless" : "x"),
                new StartOptions(
                    At: i % 8 == 6 ? Monday.AddHours(2) : null,
                    Tags: i % 2 == 0 ? new Dictionary<string, string> { ["kind"] = i % 4 == 0 ? "a" : "b" } : null),
                Cancelled);
        }

        await box.Idle();
        foreach (var id in new[] { "f-02", "f-07", "f-12" })
        {
            await engine.Suspend(id, "a pause", Cancelled);
        }

        await engine.Send("f-16", "1", new Note("x"), Cancelled);
        await engine.Send("f-21", "1", new Note("x"), Cancelled);
        await engine.Terminate("f-22", "enough", cancellation: Cancelled);
        await box.Idle();

        var flows = (await engine.List(new FlowFilter(), 200, null, Cancelled)).Flows;
        Assert.Equal(40, flows.Count);
        (int? From, int? To)[] dates = [(null, null), (62, null), (null, 65), (61, 190), (300, 200)];
        var filters =
            from flow in new[] { null, "Waiter", "Other", "Nobody" }
            from state in new FlowState?[] { null, FlowState.Running, FlowState.Suspended, FlowState.Completed, FlowState.Terminated }
            from waits in new[] { null, "command", "command or date", "start", "call Greet" }
            from due in dates
            from tag in new[] { null, "kind=a", "kind=b", "kind" }
            select new FlowFilter(
                flow,
                state,
                waits,
                due.From is { } after ? Monday.AddMinutes(after) : null,
                due.To is { } before ? Monday.AddMinutes(before) : null,
                tag);
        var found = 0;
        foreach (var filter in filters)
        {
            var expected = flows.Where(flow =>
                (filter.Flow is null || flow.Flow == filter.Flow)
                && (filter.State is null || flow.State == filter.State)
                && (filter.WaitsFor is null || flow.WaitsFor == filter.WaitsFor)
                && (filter.DueFrom is null || flow.Due >= filter.DueFrom)
                && (filter.DueTo is null || flow.Due < filter.DueTo)
                && (filter.Tag is null || $"kind={flow.Tags?.GetValueOrDefault("kind")}" == filter.Tag))
                .Select(flow => flow.Id).ToList();
            if (filter.Tag is null && (filter.DueFrom ?? filter.DueTo) is not null)
            {
                var place = flows.ToDictionary(flow => flow.Id, flow => (flow.Due, flow.Id));
                expected.Sort((one, other) => Comparer<(DateTimeOffset?, string)>.Default.Compare(place[one], place[other]));
            }

            found += expected.Count;
            Assert.Equal((filter, string.Join(' ', expected)), (filter, string.Join(' ', await All(engine, filter))));
        }

        Assert.True(found > 1_000);
    }

    [Fact]
    public async Task A_page_has_1_to_200_flows_and_takes_only_cursors_of_its_own_list()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Waiter);
        for (var i = 0; i < 201; i++)
        {
            await engine.Start("Waiter", $"f-{i}", new Order("x"), cancellation: Cancelled);
        }

        await box.Idle();
        var page = await engine.List(new FlowFilter(), 200, null, Cancelled);
        Assert.Equal((200, "f-200"), (page.Flows.Count, page.Flows[0].Id));
        Assert.Equal("f-0", Assert.Single((await engine.List(new FlowFilter(), 200, page.Next, Cancelled)).Flows).Id);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => engine.List(new FlowFilter(), 0, null, Cancelled));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => engine.List(new FlowFilter(), 201, null, Cancelled));
        await Assert.ThrowsAsync<ArgumentException>(
            () => engine.List(new FlowFilter(DueFrom: Monday), 3, page.Next, Cancelled));
    }

    public static TheoryData<FlowFilter, string[]> Plans => new()
    {
        { new FlowFilter(), ["SEARCH f USING INTEGER PRIMARY KEY (rowid<?)"] },
        { new FlowFilter("Waiter", FlowState.Blocked), ["SEARCH f USING INDEX flow_by_state (state=? AND definition=? AND rowid<?)"] },
        { new FlowFilter(State: FlowState.Completed), ["SEARCH f USING INDEX flow_by_state (state=? AND definition=? AND rowid<?)"] },
        { new FlowFilter(Tag: "a=b"), ["SEARCH t USING PRIMARY KEY (key=? AND value=? AND flow<?)", "SEARCH f USING INTEGER PRIMARY KEY (rowid=?)"] },
        {
            new FlowFilter(WaitsFor: "command"),
            ["SEARCH f USING INDEX flow_awake (waits=? AND rowid<?)", "SEARCH f USING INDEX flow_asleep (waits=? AND rowid<?)"]
        },
        {
            new FlowFilter(DueTo: Monday),
            [
                "SEARCH t USING PRIMARY KEY ((due,flow)>(?,?) AND due<?)",
                "SEARCH f USING INTEGER PRIMARY KEY (rowid=?)",
                "SEARCH f USING INDEX flow_suspended (due>? AND due<?)",
            ]
        },
        {
            new FlowFilter("Waiter"),
            [.. Enumerable.Repeat("SEARCH f USING INDEX flow_by_state (state=? AND definition=? AND rowid<?)", 5)]
        },
    };

    [Theory]
    [MemberData(nameof(Plans), DisableDiscoveryEnumeration = true)]
    public async Task Every_list_walks_its_index_and_sorts_nothing(FlowFilter filter, string[] expected)
    {
        await using var box = new Sandbox();
        await box.Open(Waiter);
        using var connection = Schema.Connect(box.File, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        FlowList.Ask(command, filter, 51, null);
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        var steps = new List<string>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        Assert.DoesNotContain(steps, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
        Assert.Equal(
            expected,
            steps.Where(step => step.StartsWith("SCAN f", StringComparison.Ordinal)
                || step.StartsWith("SEARCH f ", StringComparison.Ordinal)
                || step.StartsWith("SEARCH t ", StringComparison.Ordinal)));
    }
}
