using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Workflows.Activities.Storage;

/// <summary>The prepared statements of the writer; used by its thread only.</summary>
internal sealed class SqliteStatements : IDisposable
{
    private const string Row = "($table, $partition, $row, $new, $properties)";
    private const string Key = "name = $table AND partition = $partition AND row = $row";

    private readonly List<SqliteCommand> all = [];
    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand save;
    private readonly SqliteCommand keep;
    private readonly SqliteCommand undo;
    private readonly SqliteCommand insert;
    private readonly SqliteCommand put;
    private readonly SqliteCommand replace;
    private readonly SqliteCommand delete;
    private readonly SqliteCommand deleteMatching;

    public SqliteStatements(SqliteConnection connection)
    {
        this.connection = connection;
        begin = Prepare("BEGIN IMMEDIATE");
        commit = Prepare("COMMIT");
        save = Prepare("SAVEPOINT submission");
        keep = Prepare("RELEASE submission");
        undo = Prepare("ROLLBACK TO submission; RELEASE submission");
        insert = Prepare($"INSERT OR IGNORE INTO entities VALUES {Row}");
        put = Prepare($"INSERT OR REPLACE INTO entities VALUES {Row}");
        replace = Prepare($"UPDATE entities SET etag = $new, properties = $properties WHERE {Key} AND etag = $old");
        delete = Prepare($"DELETE FROM entities WHERE {Key}");
        deleteMatching = Prepare($"DELETE FROM entities WHERE {Key} AND etag = $old");
    }

    public void Begin() => begin.ExecuteNonQuery();

    public void Commit() => commit.ExecuteNonQuery();

    public void Save() => save.ExecuteNonQuery();

    public void Keep() => keep.ExecuteNonQuery();

    public void Undo() => undo.ExecuteNonQuery();

    /// <summary>Ends the transaction if SQLite has not ended it itself, as it does on a full disk.</summary>
    public void RollBack()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) != 0)
        {
            return;
        }

        try
        {
            SqliteFile.Run(connection, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // The next BEGIN fails while this transaction is open, and comes here again.
        }
    }

    /// <summary>False: the row is not as expected.</summary>
    public bool Carry(string table, string partition, TableOperation operation, long version) => operation switch
    {
        TableOperation.Insert o => Run(insert, table, partition, operation, version, o.Properties) == 1,
        TableOperation.Put o => Run(put, table, partition, operation, version, o.Properties) == 1,
        TableOperation.Replace o => SqliteFile.ETag(o.ETag) is { } old
            && Run(replace, table, partition, operation, version, o.Properties, old) == 1,
        TableOperation.Delete { ETag: null } => Run(delete, table, partition, operation) >= 0,
        TableOperation.Delete { ETag: { } tag } => SqliteFile.ETag(tag) is { } old
            && Run(deleteMatching, table, partition, operation, old: old) == 1,
        _ => throw new UnreachableException(),
    };

    public void Dispose() => all.ForEach(command => command.Dispose());

    private static int Run(
        SqliteCommand command,
        string table,
        string partition,
        TableOperation operation,
        long? version = null,
        IReadOnlyDictionary<string, object>? properties = null,
        long? old = null)
    {
        command.Parameters.Clear();
        command.Parameters.AddWithValue("$table", SqliteFile.TableKey(table));
        command.Parameters.AddWithValue("$partition", OrdinalKey.Encode(partition));
        command.Parameters.AddWithValue("$row", OrdinalKey.Encode(operation.Row));
        if (version is { } written && properties is not null)
        {
            command.Parameters.AddWithValue("$new", written);
            command.Parameters.AddWithValue("$properties", PropertyBag.Encode(properties));
        }

        if (old is { } expected)
        {
            command.Parameters.AddWithValue("$old", expected);
        }

        return command.ExecuteNonQuery();
    }

    private SqliteCommand Prepare(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        all.Add(command);
        return command;
    }
}
