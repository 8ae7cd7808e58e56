using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Workflows.Activities.Storage;

/// <summary>The file of <see cref="SqliteTables"/>: its schema, how it is opened and whose it is.</summary>
internal static class SqliteFile
{
    /// <summary>"WFTB" in the header marks the file as ours.</summary>
    private const long ApplicationId = 0x57465442;
    private const long SchemaVersion = 1;

    /// <summary>The writer's pages in memory: a case touches a dozen lists, and each has its own place in the file.</summary>
    private const int CacheKibibytes = 64 * 1024;

    /// <summary>The log is written into the file when it has so many pages of 4 KiB; a page that changed often is written once.</summary>
    private const int LogPages = 8192;

    // WITHOUT ROWID: a range scan of a partition walks one tree and the keys are stored once.
    private const string Schema = """
        CREATE TABLE entities (
            name TEXT NOT NULL,
            partition BLOB NOT NULL,
            row BLOB NOT NULL,
            etag INTEGER NOT NULL,
            properties BLOB NOT NULL,
            PRIMARY KEY (name, partition, row)
        ) WITHOUT ROWID
        """;

    /// <summary>Azure's table names differ in more than case.</summary>
    public static string TableKey(string table) => table.ToLowerInvariant();

    public static string ETag(long version) => version.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Null when the text is no ETag of this store, and so matches nothing.</summary>
    public static long? ETag(string tag) =>
        long.TryParse(tag, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var version) ? version : null;

    public static SqliteConnection OpenForReading(string file)
    {
        var connection = Connect(file, SqliteOpenMode.ReadOnly, TimeSpan.FromSeconds(30));
        connection.Open();
        return connection;
    }

    /// <summary>For writing; refuses what is missing or not ours, and changes nothing by itself.</summary>
    public static SqliteConnection OpenExisting(string file, TimeSpan lockWait)
    {
        if (!File.Exists(file) || IsEmptyOrOurs(file))
        {
            throw new InvalidDataException($"{file} holds no tables.");
        }

        var connection = Connect(file, SqliteOpenMode.ReadWrite, lockWait);
        connection.Open();
        // Nor does an operator's hand leave bytes of what was erased.
        Run(connection, "PRAGMA secure_delete = ON");
        return connection;
    }

    /// <summary>An empty file to be filled page by page.</summary>
    public static SqliteConnection OpenNew(string file)
    {
        var connection = Connect(file, SqliteOpenMode.ReadWriteCreate, TimeSpan.FromSeconds(1));
        connection.Open();
        return connection;
    }

    public static SqliteConnection OpenForWriting(string file, TimeSpan lockWait)
    {
        var fresh = !File.Exists(file) || new FileInfo(file).Length == 0 || IsEmptyOrOurs(file);
        var connection = Connect(file, SqliteOpenMode.ReadWriteCreate, lockWait);
        try
        {
            connection.Open();
            Run(connection, "PRAGMA journal_mode = WAL");
            Run(connection, "PRAGMA synchronous = FULL");
            Run(connection, $"PRAGMA cache_size = -{CacheKibibytes}");
            Run(connection, $"PRAGMA wal_autocheckpoint = {LogPages}");
            // Erased personal data shall leave no bytes behind in free pages.
            Run(connection, "PRAGMA secure_delete = ON");
            if (fresh)
            {
                Create(connection);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>True for a database without content; false for ours; refuses all others. Only reads.</summary>
    private static bool IsEmptyOrOurs(string file)
    {
        try
        {
            using var connection = OpenForReading(file);
            var application = Number(connection, "PRAGMA application_id");
            var version = Number(connection, "PRAGMA user_version");
            if (application == ApplicationId)
            {
                return version == SchemaVersion ? false : throw new InvalidDataException(
                    $"{file} has schema {version}; this program knows {SchemaVersion}. It was not touched.");
            }

            // A process that was killed while it made the file leaves an empty one.
            var empty = application == 0 && version == 0 && Number(connection, "SELECT count(*) FROM sqlite_master") == 0;
            return empty ? true : throw new InvalidDataException($"{file} belongs to another program. It was not touched.");
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_NOTADB)
        {
            throw new InvalidDataException($"{file} is no SQLite database. It was not touched.", e);
        }
    }

    private static void Create(SqliteConnection connection)
    {
        Run(connection, "BEGIN IMMEDIATE");
        // Another process may have made it in between.
        if (Number(connection, "PRAGMA application_id") == 0)
        {
            Run(connection, Schema);
            Run(connection, $"PRAGMA application_id = {ApplicationId}");
            Run(connection, $"PRAGMA user_version = {SchemaVersion}");
        }

        Run(connection, "COMMIT");
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static SqliteConnection Connect(string file, SqliteOpenMode mode, TimeSpan lockWait) => new(
        new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = (int)Math.Ceiling(lockWait.TotalSeconds),
        }.ConnectionString);
}
