using Microsoft.Data.Sqlite;

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
    private readonly Stack<SqliteConnection> idle = new();
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
        return Read(Find, cancellation);

        Entity? Find(SqliteConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText =
                "SELECT etag, properties FROM entities WHERE name = $table AND partition = $partition AND row = $row";
            command.Parameters.AddWithValue("$table", SqliteFile.TableKey(table));
            command.Parameters.AddWithValue("$partition", OrdinalKey.Encode(partition));
            command.Parameters.AddWithValue("$row", OrdinalKey.Encode(row));
            using var reader = command.ExecuteReader();
            return reader.Read()
                ? new Entity(partition, row, Properties(reader, 1), SqliteFile.ETag(reader.GetInt64(0)))
                : null;
        }
    }

    public Task<EntityPage> Query(
        string table, RowRange range, int size, string? after = null, CancellationToken cancellation = default)
    {
        TableChecks.Table(table);
        TableChecks.Range(range);
        TableChecks.PageSize(size);
        var last = after is null ? null : RowCursor.Read(after);
        return Read(Page, cancellation);

        EntityPage Page(SqliteConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText =
                "SELECT row, etag, properties FROM entities WHERE name = $table AND partition = $partition"
                + (last is null ? " AND row >= $from" : " AND row >= $from AND row > $last")
                + (range.To is null ? "" : " AND row < $to")
                + " ORDER BY row LIMIT $limit";
            command.Parameters.AddWithValue("$table", SqliteFile.TableKey(table));
            command.Parameters.AddWithValue("$partition", OrdinalKey.Encode(range.Partition));
            command.Parameters.AddWithValue("$from", OrdinalKey.Encode(range.From ?? ""));
            command.Parameters.AddWithValue("$limit", size + 1);
            if (last is not null)
            {
                command.Parameters.AddWithValue("$last", OrdinalKey.Encode(last));
            }

            if (range.To is not null)
            {
                command.Parameters.AddWithValue("$to", OrdinalKey.Encode(range.To));
            }

            var entities = new List<Entity>();
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                if (entities.Count == size)
                {
                    return new EntityPage(entities, RowCursor.After(entities[^1].Row));
                }

                var row = OrdinalKey.Decode(reader.GetFieldValue<byte[]>(0));
                var tag = SqliteFile.ETag(reader.GetInt64(1));
                entities.Add(new Entity(range.Partition, row, Properties(reader, 2), tag));
            }

            return new EntityPage(entities, null);
        }
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

        while (idle.TryPop(out var connection))
        {
            await connection.DisposeAsync();
        }

        await writer.DisposeAsync();
        // Who was on the way in meanwhile comes through and is told.
        readers.Release(ReadersMax);
    }

    private async Task<T> Read<T>(Func<SqliteConnection, T> read, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        await readers.WaitAsync(cancellation);
        try
        {
            SqliteConnection? connection;
            lock (idle)
            {
                ObjectDisposedException.ThrowIf(disposed, this);
                idle.TryPop(out connection);
            }

            connection ??= SqliteFile.OpenForReading(file);
            try
            {
                return read(connection);
            }
            finally
            {
                lock (idle)
                {
                    idle.Push(connection);
                }
            }
        }
        finally
        {
            readers.Release();
        }
    }

    private static IReadOnlyDictionary<string, object> Properties(SqliteDataReader reader, int column) =>
        PropertyBag.Decode(reader.GetFieldValue<byte[]>(column));
}
