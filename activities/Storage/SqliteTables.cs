namespace Workflows.Activities.Storage;

/// <summary>Tables in one SQLite file: the store of the single machine.</summary>
/// <remarks>
/// Writes go through one <see cref="SqliteWriter"/>; reads use a few connections of their own and see every acknowledged
/// write. Two processes may hold the same file: SQLite's own locks keep batches whole.
/// </remarks>
public sealed class SqliteTables : ITables, IAsyncDisposable
{
    private const int ReadersMax = 4;

    private readonly string file;
    private readonly SqliteWriter writer;
    private readonly SemaphoreSlim readers = new(ReadersMax);
    private readonly Stack<SqliteReader> idle = new();
    private bool disposed;

    private SqliteTables(string file, SqliteWriter writer)
    {
        this.file = file;
        this.writer = writer;
    }

    /// <summary>Opens or makes the file. One of another program or a newer version is refused and left as it is.</summary>
    /// <param name="file">Path of the database; its folder exists.</param>
    /// <param name="lockWait">How long a commit waits while another process writes; 30 seconds if not given.</param>
    public static SqliteTables Open(string file, TimeSpan? lockWait = null) =>
        new(file, new SqliteWriter(SqliteFile.OpenForWriting(file, lockWait ?? TimeSpan.FromSeconds(30))));

    public Task<Entity?> Get(string table, string partition, string row, CancellationToken cancellation = default)
    {
        TableChecks.Table(table);
        TableChecks.Key("Partition", partition);
        TableChecks.Key("Row", row);
        return Read(reader => reader.Get(table, partition, row), cancellation);
    }

    public Task<EntityPage> Query(
        string table, RowRange range, int size, string? after = null, CancellationToken cancellation = default)
    {
        TableChecks.Table(table);
        TableChecks.Range(range);
        TableChecks.PageSize(size);
        var last = after is null ? null : RowCursor.Read(after);
        return Read(reader => reader.Query(table, range, size, last), cancellation);
    }

    public Task Submit(
        string table, string partition, IReadOnlyList<TableOperation> operations, CancellationToken cancellation = default)
    {
        TableChecks.Batch(table, partition, operations);
        return writer.Submit(table, partition, operations, cancellation);
    }

    /// <summary>Carries out what was submitted, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (idle)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
        }

        // All readers have come home before the writer closes last and so leaves one file without a log beside it.
        for (var i = 0; i < ReadersMax; i++)
        {
            await readers.WaitAsync();
        }

        while (idle.TryPop(out var reader))
        {
            await reader.DisposeAsync();
        }

        await writer.DisposeAsync();
        // Who was on the way in meanwhile comes through and is told.
        readers.Release(ReadersMax);
    }

    private async Task<T> Read<T>(Func<SqliteReader, T> read, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        await readers.WaitAsync(cancellation);
        try
        {
            SqliteReader? reader;
            lock (idle)
            {
                ObjectDisposedException.ThrowIf(disposed, this);
                idle.TryPop(out reader);
            }

            reader ??= new SqliteReader(SqliteFile.OpenForReading(file));
            try
            {
                return read(reader);
            }
            finally
            {
                lock (idle)
                {
                    idle.Push(reader);
                }
            }
        }
        finally
        {
            readers.Release();
        }
    }
}
