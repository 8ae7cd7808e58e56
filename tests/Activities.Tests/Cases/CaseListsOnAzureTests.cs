using System.Globalization;
using System.Text.Json;
using Workflows.Activities.Cases;
using Workflows.Activities.Storage;
using Workflows.Activities.Tests.Storage;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Cases;

/// <summary>However long a list is, a page of it is one question to the account.</summary>
public sealed class CaseListsOnAzureTests(AzuriteServer azurite)
{
    /// <summary>How many cases the list has; 100,000 of them take some minutes on the emulator, which looks at every row for every page.</summary>
    public const string Cases = "WORKFLOWS_TEST_CASES";
    private const string List = "disputes.open";
    private const int PageSize = 200;

    private static readonly DateTimeOffset Opened = new(2025, 9, 15, 1, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static int Count => int.Parse(Environment.GetEnvironmentVariable(Cases) ?? "1500", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Every_page_of_a_long_list_is_one_range_query()
    {
        var connection = await azurite.NewConnection();
        await Fill(new AzureTables(AzureAccount.ByConnectionString(connection)));
        var network = new Troubled();
        var store = new CaseStore(new AzureTables(AzureAccount.ByConnectionString(connection, null, network)));

        var cases = new HashSet<string>(StringComparer.Ordinal);
        var pages = 0;
        string? cursor = null;
        do
        {
            var page = await store.List(List, PageSize, cursor, Stop);
            cases.UnionWith(page.Rows.Select(row => row.Case));
            cursor = page.Next;
            pages++;
            Assert.Equal(pages, network.Sent.Count);
        }
        while (cursor is not null);

        Assert.Equal(Count + 1, cases.Count);
        Assert.Equal((Count + PageSize) / PageSize, pages);
        Assert.All(network.Sent, request => Assert.Contains($"PartitionKey eq '{List}'", request.Replace('+', ' '), StringComparison.Ordinal));
    }

    /// <summary>One case as the product saves it, and the others as copies of its row, a hundred at once.</summary>
    private static async Task Fill(AzureTables tables)
    {
        var nothing = JsonSerializer.SerializeToElement(new { });
        var card = new CaseCard("offered", Opened, null, "green", [List], nothing);
        await new CaseStore(tables).Run(new SaveCase("Dispute", "first", 1, nothing, [], card), Stop);
        var row = Assert.Single((await tables.Query("Lists", new RowRange(List), 10, null, Stop)).Entities);
        foreach (var chunk in Enumerable.Range(0, Count).Chunk(TableLimits.BatchMax))
        {
            await tables.Submit(
                "Lists",
                List,
                [
                    .. chunk.Select(i => new TableOperation.Insert(
                        row.Row.Replace("first", $"second-{i:D6}", StringComparison.Ordinal),
                        new Dictionary<string, object>(row.Properties) { ["Case"] = $"second-{i:D6}" })),
                ],
                Stop);
        }
    }
}
