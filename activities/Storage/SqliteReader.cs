using Microsoft.Data.Sqlite;

namespace Workflows.Activities.Storage;

/// <summary>One reading connection with its prepared statements; used by one reader at a time.</summary>
internal sealed class SqliteReader(SqliteConnection connection) : IAsyncDisposable
{
    private const string OfRow = "SELECT etag, properties FROM entities WHERE name = $table AND partition = $partition AND row = $row";

    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    public Entity? Get(string table, string partition, string row)
    {
        var command = Prepared(OfRow, table, partition);
        command.Parameters.AddWithValue("$row", OrdinalKey.Encode(row));
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new Entity(partition, row, Properties(reader, 1), SqliteFile.ETag(reader.GetInt64(0)))
            : null;
    }

    /// <param name="table">The table's name.</param>
    /// <param name="range">Which rows.</param>
    /// <param name="size">At most so many.</param>
    /// <param name="last">The row after which the page begins; null for the first page.</param>
    public EntityPage Query(string table, RowRange range, int size, string? last)
    {
        var command = Prepared(
            "SELECT row, etag, properties FROM entities WHERE name = $table AND partition = $partition"
            + (last is null ? " AND row >= $from" : " AND row >= $from AND row > $last")
            + (range.To is null ? "" : " AND row < $to")
            + " ORDER BY row LIMIT $limit",
            table,
            range.Partition);
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

    public async ValueTask DisposeAsync()
    {
        foreach (var command in prepared.Values)
        {
            await command.DisposeAsync();
        }

        await connection.DisposeAsync();
    }

    private SqliteCommand Prepared(string sql, string table, string partition)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            prepared.Add(sql, command);
        }

        command.Parameters.Clear();
        command.Parameters.AddWithValue("$table", SqliteFile.TableKey(table));
        command.Parameters.AddWithValue("$partition", OrdinalKey.Encode(partition));
        return command;
    }

    private static IReadOnlyDictionary<string, object> Properties(SqliteDataReader reader, int column) =>
        PropertyBag.Decode(reader.GetFieldValue<byte[]>(column));
}
