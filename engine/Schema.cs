using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Workflows.Engine;

/// <summary>The store's tables, and which files are taken for a store.</summary>
internal static class Schema
{
    /// <summary>"WFLW": says that a file is ours.</summary>
    public const int ApplicationId = 0x57464C57;

    public const int Version = 2;

    /// <summary>Makes the file when it does not exist and upgrades an older one.</summary>
    /// <exception cref="StoreRefusedException">The file is not ours or too new.</exception>
    public static void Prepare(string file)
    {
        var info = new FileInfo(file);
        if (!info.Exists || info.Length == 0)
        {
            Create(file);
        }
        else
        {
            RefuseForeign(file);
            Upgrade(file);
        }
    }

    /// <summary>Reads the file's first bytes and nothing else, so that a refused file stays as it is.</summary>
    /// <exception cref="StoreRefusedException">The file is not ours or too new.</exception>
    public static void RefuseForeign(string file)
    {
        var info = new FileInfo(file);
        if (!info.Exists || info.Length == 0)
        {
            return;
        }

        var header = new byte[100];
        using (var stream = info.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
                || !header.AsSpan(0, 16).SequenceEqual("SQLite format 3\0"u8)
                || BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(68)) != ApplicationId)
            {
                throw new StoreRefusedException(
                    $"{info.Name} is no store of Workflows; it was left as it is. Name another file.");
            }
        }

        // SQLite would notice only when it comes to a page that is gone. A log beside it may still hold the rest.
        var log = new FileInfo(file + "-wal");
        if (header.AsSpan(24, 4).SequenceEqual(header.AsSpan(92, 4))
            && BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(28)) * (long)PageBytes(header) > info.Length
            && (!log.Exists || log.Length == 0))
        {
            throw new StoreRefusedException(
                $"{info.Name} is cut off: it is shorter than it says; it was left as it is. Take a copy that is whole.");
        }

        RefuseVersion(info.Name, BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(60)));
    }

    private static void RefuseVersion(string name, long version)
    {
        if (version is < 1 or > Version)
        {
            throw new StoreRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} has schema {version}, this version of Workflows knows 1 to {Version}; the file was left as it is. Use the newer version."));
        }
    }

    private static int PageBytes(byte[] header) =>
        BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16)) is var bytes and not 1 ? bytes : 65_536;

    /// <summary>In place and in one transaction: a crash leaves the older store, whole.</summary>
    private static void Upgrade(string file)
    {
        using var connection = Connect(file, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();

        // Asked of SQLite: after a crash the log may be ahead of the file's first bytes.
        command.CommandText = "PRAGMA user_version";
        var version = (long)command.ExecuteScalar()!;
        RefuseVersion(Path.GetFileName(file), version);
        if (version == Version)
        {
            return;
        }

        command.CommandText = $"PRAGMA synchronous = FULL; BEGIN IMMEDIATE; {From1To2} PRAGMA user_version = 2; COMMIT;";
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }

    /// <summary>Made beside and moved into place, so that a crash never leaves half a store.</summary>
    private static void Create(string file)
    {
        var draft = file + ".new";
        File.Delete(draft);
        File.Delete(draft + "-journal");
        using (var connection = Connect(draft, SqliteOpenMode.ReadWriteCreate))
        {
            using var command = connection.CreateCommand();
            command.CommandText = string.Create(
                CultureInfo.InvariantCulture,
                $"""
                 PRAGMA page_size = 4096;
                 PRAGMA synchronous = FULL;
                 BEGIN IMMEDIATE;
                 PRAGMA application_id = {ApplicationId};
                 PRAGMA user_version = {Version};
                 {Tables1}
                 {Added2}
                 COMMIT;
                 """);
            command.ExecuteNonQuery();
        }

        // Logs of a store that somebody deleted would be taken for the new one's.
        File.Delete(file + "-wal");
        File.Delete(file + "-shm");
        File.Move(draft, file, overwrite: true);
    }

    public static SqliteConnection Connect(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // flow.number is the engine's own, in the order of creation; a flow that takes the place of another gets a new one,
    // so that nothing of the old one can reach it. hist.id is the flow's number times 2^24 plus the episode's.
    private const string Tables1 = """
        CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO meta VALUES ('moment', 0);
        CREATE TABLE flow(
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            definition TEXT NOT NULL,
            version INTEGER NOT NULL,
            state INTEGER NOT NULL,
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            generation INTEGER NOT NULL,
            awake INTEGER NOT NULL,
            waits TEXT,
            due INTEGER,
            status BLOB,
            result BLOB,
            incident TEXT);
        CREATE TABLE hist(id INTEGER PRIMARY KEY, generation INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE inbox(flow INTEGER, place INTEGER, data BLOB NOT NULL, PRIMARY KEY(flow, place)) WITHOUT ROWID;
        CREATE TABLE command(flow INTEGER, id TEXT, PRIMARY KEY(flow, id)) WITHOUT ROWID;
        CREATE TABLE timer(due INTEGER, flow INTEGER, call INTEGER, PRIMARY KEY(due, flow, call)) WITHOUT ROWID;
        CREATE TABLE attempt(
            flow INTEGER, call INTEGER, attempt INTEGER NOT NULL, due INTEGER NOT NULL,
            PRIMARY KEY(flow, call)) WITHOUT ROWID;
        CREATE TABLE ready(flow INTEGER PRIMARY KEY);

        """;

    private const string From1To2 = """
        DROP INDEX flow_listed;
        DROP INDEX flow_listed_by_definition;
        DROP INDEX flow_listed_by_state;
        DROP INDEX flow_awake;

        """ + Added2;

    // Every index ends in the flow's number, which is the order of its list. Indexes are what a flow costs most, so one
    // serves states and definitions alike, and a flow that only calls is in one of the two on what a flow waits for.
    private const string Added2 = """
        ALTER TABLE flow ADD COLUMN tags BLOB;
        ALTER TABLE flow ADD COLUMN starter TEXT;
        ALTER TABLE flow ADD COLUMN payloads INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE flow ADD COLUMN kept INTEGER;
        CREATE INDEX flow_by_state ON flow(state, definition);
        CREATE INDEX flow_awake ON flow(waits) WHERE awake = 1;
        CREATE INDEX flow_asleep ON flow(waits) WHERE awake = 0 AND waits IS NOT NULL;
        CREATE INDEX flow_suspended ON flow(due) WHERE state = 1 AND due IS NOT NULL;
        CREATE INDEX flow_ended ON flow(updated) WHERE state > 2;
        CREATE INDEX flow_started ON flow(starter) WHERE starter IS NOT NULL;
        CREATE TABLE lease(
            epoch INTEGER NOT NULL, process INTEGER NOT NULL, host TEXT NOT NULL, renewed INTEGER NOT NULL,
            clean INTEGER NOT NULL);
        INSERT INTO lease VALUES (0, 0, '', 0, 1);
        CREATE TABLE tag(key TEXT, value TEXT, flow INTEGER, PRIMARY KEY(key, value, flow)) WITHOUT ROWID;
        CREATE TABLE act(
            flow INTEGER, place INTEGER, generation INTEGER NOT NULL, episode INTEGER NOT NULL, at INTEGER NOT NULL,
            kind TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY(flow, place)) WITHOUT ROWID;
        CREATE TABLE payload(flow INTEGER, number INTEGER, data BLOB NOT NULL, PRIMARY KEY(flow, number));
        CREATE TABLE tries(flow INTEGER, what TEXT, tries INTEGER NOT NULL, PRIMARY KEY(flow, what)) WITHOUT ROWID;
        CREATE TABLE dead(
            id INTEGER PRIMARY KEY AUTOINCREMENT, flow INTEGER NOT NULL, at INTEGER NOT NULL, call INTEGER NOT NULL,
            tries INTEGER NOT NULL, reason TEXT NOT NULL, data BLOB NOT NULL);
        CREATE INDEX dead_of_flow ON dead(flow);

        """;
}
