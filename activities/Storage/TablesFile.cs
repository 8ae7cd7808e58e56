using Microsoft.Data.Sqlite;

namespace Workflows.Activities.Storage;

/// <summary>What an operator does to a file of <see cref="SqliteTables"/> that stands still.</summary>
public static class TablesFile
{
    /// <summary>What SQLite finds wrong with the file; nothing when it is whole.</summary>
    public static IReadOnlyList<string> Broken(string file, bool isBackup)
    {
        using var connection = Open(file, isBackup);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(0));
        }

        return lines is ["ok"] ? [] : lines;
    }

    /// <summary>Every row of a table, partition by partition, in the order of the keys.</summary>
    /// <exception cref="InvalidDataException">A row is damaged.</exception>
    public static IEnumerable<Entity> Rows(string file, string table, bool isBackup)
    {
        using var connection = Open(file, isBackup);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT partition, row, properties FROM entities WHERE name = $table ORDER BY partition, row";
        command.Parameters.AddWithValue("$table", SqliteFile.TableKey(table));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var partition = OrdinalKey.Decode(reader.GetFieldValue<byte[]>(0));
            var row = OrdinalKey.Decode(reader.GetFieldValue<byte[]>(1));
            yield return new Entity(partition, row, Properties(partition, row, reader.GetFieldValue<byte[]>(2)));
        }
    }

    /// <summary>Gives the file the size of what it holds. Nobody else may have it open.</summary>
    public static void Compact(string file)
    {
        using var connection = SqliteFile.OpenExisting(file, TimeSpan.FromSeconds(1));
        SqliteFile.Run(connection, "VACUUM");
        SqliteFile.Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static IReadOnlyDictionary<string, object> Properties(string partition, string row, byte[] bytes)
    {
        try
        {
            return PropertyBag.Decode(bytes);
        }
        catch (Exception damaged) when (damaged is EndOfStreamException or FormatException or InvalidDataException or ArgumentException)
        {
            throw new InvalidDataException($"Row {row} of {partition} is damaged: {damaged.Message}", damaged);
        }
    }

    /// <summary>A file of a backup is opened so that nothing is written beside it.</summary>
    private static SqliteConnection Open(string file, bool isBackup)
    {
        if (!isBackup)
        {
            return SqliteFile.OpenForReading(file);
        }

        var path = Uri.EscapeDataString(Path.GetFullPath(file).Replace('\\', '/')).Replace("%2F", "/", StringComparison.Ordinal);
        return SqliteFile.OpenForReading($"file:{(path[0] == '/' ? "" : "/")}{path}?immutable=1");
    }
}
