using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Workflows.Engine.Operations;

/// <summary>What an operator does to a store that stands still.</summary>
public static class StoreFile
{
    /// <summary>Keeps every engine away from the store until it is disposed.</summary>
    /// <exception cref="StoreOwnedException">An engine owns it; the message names it.</exception>
    public static IDisposable Own(string file, DateTimeOffset since) => OwnerLock.Take(file, since);

    /// <summary>Gives the file the size of what it holds. Nobody else may have it open.</summary>
    public static void Compact(string file)
    {
        Schema.RefuseForeign(file);
        using var connection = Schema.Connect(file, SqliteOpenMode.ReadWrite);
        Run(connection, "VACUUM");
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>For reading; a file of a backup is opened so that nothing is written beside it.</summary>
    internal static SqliteConnection Open(string file, bool isBackup) =>
        Schema.Connect(isBackup ? Untouched(file) : file, SqliteOpenMode.ReadOnly);

    internal static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    internal static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Untouched(string file)
    {
        var path = Uri.EscapeDataString(Path.GetFullPath(file).Replace('\\', '/')).Replace("%2F", "/", StringComparison.Ordinal);
        return $"file:{(path[0] == '/' ? "" : "/")}{path}?immutable=1";
    }
}
