using System.Text.Json;
using Workflows.Activities.Flows;
using Workflows.Activities.Storage;
using Workflows.Functions.Tests.Scripted;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;
using Workflows.Testing.Durable;

[assembly: AssemblyFixture(typeof(AzuriteServer))]

namespace Workflows.Functions.Tests;

/// <summary>The inbox on the stores that it is meant for, with workers that send at the same time.</summary>
public sealed class InboxesOnStores(AzuriteServer azurite) : IDisposable
{
    private const int Workers = 6;
    private const int Each = 12;
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("azure")]
    public async Task Workers_that_send_at_once_lose_and_double_nothing_and_each_keeps_its_order(string kind)
    {
        var options = kind == "azure"
            ? (StorageOptions)new StorageOptions.Azure(await azurite.NewAccount(), "workflows")
            : new StorageOptions.Sqlite(folder.File("tables.db"), folder.File("blobs"));
        await using var stores = Stores.Open(options);
        using var host = new ScriptedHost(new FlowTable(Listener.Flow), new ActivityTable(), new RuleShelf(), Monday, stores.Tables);
        host.Start(Listener.Name, "f", new Heard(Monday.AddHours(1), []));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var inbox = new FlowInbox(stores.Tables, TimeProvider.System);
            var own = new List<SendOutcome>();
            for (var number = 0; number < Each; number++)
            {
                var id = $"w{worker}-{number:D2}";
                own.Add(await inbox.Append("f", id, nameof(JsonElement), Wire.Write(id), Cancelled));
                own.Add(await inbox.Append("f", id, nameof(JsonElement), Wire.Write(id), Cancelled));
            }

            return own;
        })));

        Assert.All(outcomes, own => Assert.Equal([.. Enumerable.Range(0, Each).SelectMany(_ => new[] { SendOutcome.Accepted, SendOutcome.Repeated })], own));
        var read = new List<InboxCommand>();
        var box = new FlowInbox(stores.Tables, TimeProvider.System);
        while (await box.Read("f", read.Count == 0 ? 0 : read[^1].Number, Cancelled) is { Count: > 0 } page)
        {
            read.AddRange(page);
        }

        Assert.Equal(Enumerable.Range(1, Workers * Each).Select(number => (long)number), read.Select(command => command.Number));
        Assert.Equal(Workers * Each, read.Select(command => command.Id).Distinct().Count());
        foreach (var worker in read.GroupBy(command => command.Id[..2]))
        {
            Assert.Equal(worker.Select(command => command.Id).Order(StringComparer.Ordinal), worker.Select(command => command.Id));
        }
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("azure")]
    public async Task A_flow_lives_its_life_over_the_store(string kind)
    {
        var options = kind == "azure"
            ? (StorageOptions)new StorageOptions.Azure(await azurite.NewAccount(), "workflows")
            : new StorageOptions.Sqlite(folder.File("tables.db"), folder.File("blobs"));
        await using var stores = Stores.Open(options);
        using var host = new ScriptedHost(new FlowTable(Listener.Flow), new ActivityTable(), new RuleShelf(), Monday, stores.Tables);
        host.Start(Listener.Name, "f", new Heard(Monday.AddHours(1), []));
        host.SweepUntil(Monday.AddMinutes(2));
        foreach (var word in new[] { "a", "b", "end" })
        {
            Assert.Equal(SendOutcome.Accepted, host.Send("f", word, new Said(word)));
        }

        host.SweepUntil(Monday.AddMinutes(5));

        Assert.Equal(["a", "b", "end"], host.Result<string[]>("f"));
        Assert.Equal(["f"], (await host.Flows.List(new FlowFilter(Listener.Name, FlowState.Completed), cancellation: Cancelled)).Flows.Select(flow => flow.Id));
    }
}
