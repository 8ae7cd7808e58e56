using Microsoft.Data.Sqlite;

namespace Workflows.Activities.Storage;

/// <summary>One moment of a file of <see cref="SqliteTables"/>, held still for copying while its writers go on.</summary>
public sealed class TablesSnapshot : IDisposable
{
    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(30);

    private readonly SqliteConnection writer;
    private readonly SqliteConnection reader;

    private TablesSnapshot(SqliteConnection writer, SqliteConnection reader)
    {
        this.writer = writer;
        this.reader = reader;
    }

    /// <summary>Everything committed when this returns, and nothing after it.</summary>
    /// <param name="file">Path of the database.</param>
    /// <param name="meanwhile">
    /// Runs while nobody can write to the tables, so that what it looks at and these tables belong to one moment.
    /// Writers wait for it.
    /// </param>
    public static TablesSnapshot Take(string file, Action meanwhile)
    {
        var writer = SqliteFile.OpenExisting(file, LockWait);
        SqliteConnection? reader = null;
        try
        {
            SqliteFile.Run(writer, "BEGIN IMMEDIATE");
            meanwhile();
            reader = SqliteFile.OpenForReading(file);
            SqliteFile.Run(reader, "BEGIN; SELECT count(*) FROM sqlite_master");
            SqliteFile.Run(writer, "ROLLBACK");
            return new TablesSnapshot(writer, reader);
        }
        catch
        {
            reader?.Dispose();
            writer.Dispose();
            throw;
        }
    }

    /// <param name="file">Does not exist.</param>
    public void CopyTo(string file)
    {
        using var copy = SqliteFile.OpenNew(file);
        reader.BackupDatabase(copy);
    }

    /// <summary>The writer closes last and so leaves no log beside a file that nobody else has open.</summary>
    public void Dispose()
    {
        reader.Dispose();
        writer.Dispose();
    }
}
