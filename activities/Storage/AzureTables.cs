using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Workflows.Activities.Storage;

/// <summary>Tables in an Azure storage account. A table is made by its first write.</summary>
/// <remarks>
/// Every write is one entity group transaction. A conflict after an answer was lost is looked into before anybody hears
/// of it: by its <see cref="AzureMark"/> it may be this very write. One thing is not as in the other adapters: a
/// <see cref="TableOperation.Delete"/> without an ETag of a missing row is left out of its batch, since Azure has no
/// such operation, and a row that others insert in that instant stays.
/// </remarks>
public sealed class AzureTables : ITables
{
    /// <summary>The most that Azure gives at once.</summary>
    private const int AnswerRowsMax = 1000;

    private readonly TableServiceClient service;
    private readonly AzureTries tries;

    public AzureTables(AzureAccount account)
    {
        service = account.OpenTables();
        tries = new AzureTries(account.Patience);
    }

    public async Task<Entity?> Get(string table, string partition, string row, CancellationToken cancellation = default)
    {
        TableChecks.Table(table);
        TableChecks.Key("Partition", partition);
        TableChecks.Key("Row", row);
        var found = await tries.Read(
            $"Reading a row of table {table}", stop => Find(Table(table), partition, row, stop), cancellation);
        return found is null ? null : AzureRows.Read(found);
    }

    public async Task<EntityPage> Query(
        string table, RowRange range, int size, string? after = null, CancellationToken cancellation = default)
    {
        TableChecks.Table(table);
        TableChecks.Range(range);
        TableChecks.PageSize(size);
        if (AzureRange.Filter(range, after is null ? null : RowCursor.Read(after)) is not { } filter)
        {
            return new EntityPage([], null);
        }

        // One row more than the page says whether there is a next one. Azure may give fewer than asked, even none, and a
        // token to go on with; a token alone does not mean that anything follows.
        var entities = new List<Entity>();
        string? token = null;
        do
        {
            var (from, rows) = (token, Math.Min(AnswerRowsMax, size + 1 - entities.Count));
            var answer = await tries.Read(
                $"Reading a range of table {table}", stop => Answer(Table(table), filter, from, rows, stop), cancellation);
            entities.AddRange(answer.Rows.Select(AzureRows.Read));
            token = answer.Token;
        }
        while (token is not null && entities.Count <= size);
        return entities.Count <= size
            ? new EntityPage(entities, null)
            : new EntityPage(entities[..size], RowCursor.After(entities[size - 1].Row));
    }

    public async Task Submit(
        string table, string partition, IReadOnlyList<TableOperation> operations, CancellationToken cancellation = default)
    {
        TableChecks.Batch(table, partition, operations);
        var batch = new AzureBatch(Table(table), table, partition, operations);
        await tries.Write($"Writing to table {table}", batch.Submit, cancellation);
    }

    /// <summary>In small letters: Azure ignores the case of a table's name, but an emulator need not.</summary>
    private TableClient Table(string name) => service.GetTableClient(name.ToLowerInvariant());

    /// <summary>A row, or null when it or its table is missing.</summary>
    internal static async Task<TableEntity?> Find(TableClient table, string partition, string row, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    private static async Task<(IReadOnlyList<TableEntity> Rows, string? Token)> Answer(
        TableClient table, string filter, string? token, int rows, CancellationToken cancellation)
    {
        try
        {
            var pages = table.QueryAsync<TableEntity>(filter, rows, cancellationToken: cancellation).AsPages(token, rows);
            await foreach (var page in pages)
            {
                return (page.Values, page.ContinuationToken);
            }

            return ([], null);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == TableErrorCode.TableNotFound)
        {
            return ([], null);
        }
    }
}
