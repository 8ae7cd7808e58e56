using System.Globalization;
using Workflows.Activities.Storage;

namespace Workflows.Testing;

/// <summary>Tables in memory, fast enough for thousands of lives: keys, ETags, whole batches, ordinal order.</summary>
public sealed class MemoryTables : ITables
{
    private readonly Dictionary<(string Table, string Partition), SortedList<string, Entity>> partitions = [];
    private readonly object gate = new();
    private long tag;

    public Task<Entity?> Get(string table, string partition, string row, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            return Task.FromResult(partitions.GetValueOrDefault((table, partition))?.GetValueOrDefault(row));
        }
    }

    public Task<EntityPage> Query(
        string table, RowRange range, int size, string? after = null, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            return Task.FromResult(Page(table, range, size, after));
        }
    }

    public Task Submit(
        string table, string partition, IReadOnlyList<TableOperation> operations, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            return Submitted(table, partition, operations);
        }
    }

    private EntityPage Page(string table, RowRange range, int size, string? after)
    {
        var found = new List<Entity>();
        var rows = partitions.GetValueOrDefault((table, range.Partition)) ?? [];
        for (var index = IndexFrom(rows, after is null ? range.From ?? "" : after + '\0'); index < rows.Count; index++)
        {
            var row = rows.GetValueAtIndex(index);
            if (range.To is { } to && string.CompareOrdinal(row.Row, to) >= 0)
            {
                break;
            }

            if (found.Count == size)
            {
                return new EntityPage(found, found[^1].Row);
            }

            found.Add(row);
        }

        return new EntityPage(found, null);
    }

    private Task Submitted(string table, string partition, IReadOnlyList<TableOperation> operations)
    {
        if (!partitions.TryGetValue((table, partition), out var rows))
        {
            partitions[(table, partition)] = rows = new SortedList<string, Entity>(StringComparer.Ordinal);
        }

        foreach (var operation in operations)
        {
            var old = rows.GetValueOrDefault(operation.Row);
            var fits = operation switch
            {
                TableOperation.Insert => old is null,
                TableOperation.Replace replace => old?.ETag == replace.ETag,
                TableOperation.Delete { ETag: { } etag } => old?.ETag == etag,
                _ => true,
            };
            if (!fits)
            {
                return Task.FromException(new TableConflictException(table, partition, operation.Row));
            }
        }

        foreach (var operation in operations)
        {
            var properties = operation switch
            {
                TableOperation.Insert insert => insert.Properties,
                TableOperation.Put put => put.Properties,
                TableOperation.Replace replace => replace.Properties,
                _ => null,
            };
            if (properties is null)
            {
                rows.Remove(operation.Row);
            }
            else
            {
                rows[operation.Row] = new Entity(partition, operation.Row, properties, (++tag).ToString(CultureInfo.InvariantCulture));
            }
        }

        return Task.CompletedTask;
    }

    private static int IndexFrom(SortedList<string, Entity> rows, string from)
    {
        var (low, high) = (0, rows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(rows.GetKeyAtIndex(middle), from) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
