using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Workflows.Engine;

/// <summary>
/// A prepared statement with numbered parameters, for one thread. Straight over SQLite's own calls: the provider looks up
/// each parameter by name and boxes each value, every time.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly int[] places;

    public Statement(SqliteConnection connection, string sql, int parameters = 0)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
        places = new int[parameters];
        for (var i = 0; i < parameters; i++)
        {
            places[i] = raw.sqlite3_bind_parameter_index(statement, "$" + (i + 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    public Statement With(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, places[parameter - 1], value));
        return this;
    }

    public Statement With(int parameter, long? value) => value is { } number ? With(parameter, number) : Null(parameter);

    public Statement With(int parameter, string? value)
    {
        if (value is null)
        {
            return Null(parameter);
        }

        Check(raw.sqlite3_bind_text(statement, places[parameter - 1], value));
        return this;
    }

    public Statement With(int parameter, byte[]? value)
    {
        if (value is null)
        {
            return Null(parameter);
        }

        Check(value.Length == 0
            ? raw.sqlite3_bind_zeroblob(statement, places[parameter - 1], 0)
            : raw.sqlite3_bind_blob(statement, places[parameter - 1], value));
        return this;
    }

    /// <summary>Gives the number of rows changed.</summary>
    public int Run()
    {
        try
        {
            while (Step())
            {
                // Rows that nobody asked for.
            }

            return raw.sqlite3_changes(database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Until the rows are disposed the statement cannot be used again.</summary>
    public StatementRows Read() => new(this);

    /// <summary>The first value of the first row; null when it is none or no number.</summary>
    public long? Number()
    {
        try
        {
            return Step() && raw.sqlite3_column_type(statement, 0) == raw.SQLITE_INTEGER ? raw.sqlite3_column_int64(statement, 0) : null;
        }
        finally
        {
            Reset();
        }
    }

    public void Dispose() => statement.Dispose();

    internal sqlite3_stmt Handle => statement;

    /// <summary>False when there is no further row.</summary>
    internal bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            Check(code);
        }

        return false;
    }

    internal void Reset() => raw.sqlite3_reset(statement);

    private Statement Null(int parameter)
    {
        Check(raw.sqlite3_bind_null(statement, places[parameter - 1]));
        return this;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            var extended = raw.sqlite3_extended_errcode(database);
            throw new SqliteException(
                string.Create(CultureInfo.InvariantCulture, $"SQLite Error {code}: '{raw.sqlite3_errmsg(database).utf8_to_string()}'."), code, extended);
        }
    }
}

/// <summary>The rows of one reading of a statement.</summary>
internal sealed class StatementRows(Statement statement) : IDisposable
{
    private readonly sqlite3_stmt handle = statement.Handle;

    public bool Read() => statement.Step();

    public bool IsDBNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(handle, column);

    public int GetInt32(int column) => checked((int)GetInt64(column));

    public string GetString(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public byte[] GetBytes(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public void Dispose() => statement.Reset();
}
