using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Workflows.Benchmarks;

/// <summary>
/// What the disk gives without an engine: rows of the same size into one table, with the engine's settings. The
/// yardstick of its run, because the same disk may be five times as fast an hour later.
/// </summary>
internal sealed class RawFile : IDisposable
{
    private readonly string file;
    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin, insert, commit;
    private long rows;

    public RawFile(Workbench bench, int bytes)
    {
        file = bench.NewFile();
        connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        foreach (var sql in new[]
        {
            "PRAGMA page_size = 4096", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
            "PRAGMA wal_autocheckpoint = 10000", "PRAGMA cache_size = -65536",
            "CREATE TABLE raw(id INTEGER PRIMARY KEY, generation INTEGER NOT NULL, data BLOB NOT NULL)",
        })
        {
            using var command = Prepare(sql);
            command.ExecuteNonQuery();
        }

        begin = Prepare("BEGIN IMMEDIATE");
        commit = Prepare("COMMIT");
        insert = Prepare("INSERT INTO raw(id, generation, data) VALUES ($1, 1, $2)");
        var data = new byte[bytes];
        Random.Shared.NextBytes(data);
        insert.Parameters.AddWithValue("$1", 0L);
        insert.Parameters.AddWithValue("$2", data);
        insert.Prepare();
    }

    /// <summary>Rows per second in commits of so many rows, measured for so long on a fresh file.</summary>
    public static double PerSecond(Setup setup, int bytes, int rowsPerCommit)
    {
        using var raw = new RawFile(setup.Bench, bytes);
        var (window, watch) = (setup.Window(2), Stopwatch.StartNew());
        while (watch.Elapsed < window)
        {
            raw.Commit(rowsPerCommit);
        }

        return raw.rows / watch.Elapsed.TotalSeconds;
    }

    /// <summary>The same before and after what is measured; the mean stands for the time in between.</summary>
    public static async Task<(T Result, double Raw)> Around<T>(
        Setup setup, int bytes, int rowsPerCommit, Func<Task<T>> measure)
    {
        var before = PerSecond(setup, bytes, rowsPerCommit);
        var result = await measure();
        return (result, (before + PerSecond(setup, bytes, rowsPerCommit)) / 2);
    }

    /// <summary>One commit; gives its milliseconds.</summary>
    public double Commit(int count)
    {
        var watch = Stopwatch.StartNew();
        begin.ExecuteNonQuery();
        for (var i = 0; i < count; i++)
        {
            insert.Parameters[0].Value = ++rows;
            insert.ExecuteNonQuery();
        }

        commit.ExecuteNonQuery();
        return watch.Elapsed.TotalMilliseconds;
    }

    public void Dispose()
    {
        begin.Dispose();
        insert.Dispose();
        commit.Dispose();
        connection.Dispose();
        Workbench.Delete(file);
    }

    private SqliteCommand Prepare(string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only the constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
