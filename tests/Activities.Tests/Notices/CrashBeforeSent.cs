using Workflows.Activities.Storage;

namespace Workflows.Activities.Tests.Notices;

/// <summary>The process dies after the server said yes.</summary>
internal sealed class CrashBeforeSent(ITables inner) : ITables
{
    public Task<Entity?> Get(string table, string partition, string row, CancellationToken cancellation = default) =>
        inner.Get(table, partition, row, cancellation);

    public Task<EntityPage> Query(
        string table, RowRange range, int size, string? after = null, CancellationToken cancellation = default) =>
        inner.Query(table, range, size, after, cancellation);

    public Task Submit(
        string table, string partition, IReadOnlyList<TableOperation> operations, CancellationToken cancellation = default) =>
        operations[0] is TableOperation.Put
            ? throw new IOException("crash")
            : inner.Submit(table, partition, operations, cancellation);
}
