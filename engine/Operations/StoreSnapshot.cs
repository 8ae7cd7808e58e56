using Microsoft.Data.Sqlite;

namespace Workflows.Engine.Operations;

/// <summary>One moment of a store, held still for copying while its owner goes on.</summary>
public sealed class StoreSnapshot : IDisposable
{
    private readonly SqliteConnection connection;

    private StoreSnapshot(SqliteConnection connection, int schema, DateTimeOffset? lastMoment)
    {
        this.connection = connection;
        Schema = schema;
        LastMoment = lastMoment;
    }

    public int Schema { get; }

    /// <summary>The last moment that the store has recorded; null when it is fresh.</summary>
    public DateTimeOffset? LastMoment { get; }

    /// <summary>Everything committed when this returns, and nothing after it.</summary>
    /// <exception cref="StoreRefusedException">The file is foreign or newer.</exception>
    public static StoreSnapshot Take(string file)
    {
        Engine.Schema.RefuseForeign(file);
        var connection = Engine.Schema.Connect(file, SqliteOpenMode.ReadOnly);
        try
        {
            // The first read fixes the snapshot; it lasts as long as the transaction.
            StoreFile.Run(connection, "BEGIN");
            var moment = StoreFile.Number(connection, "SELECT value FROM meta WHERE name = 'moment'");
            var schema = (int)StoreFile.Number(connection, "PRAGMA user_version");
            return new StoreSnapshot(connection, schema, moment > 0 ? Codes.Time(moment) : null);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <param name="file">Does not exist.</param>
    public void CopyTo(string file)
    {
        using var copy = Engine.Schema.Connect(file, SqliteOpenMode.ReadWriteCreate);
        connection.BackupDatabase(copy);
    }

    public void Dispose() => connection.Dispose();
}
