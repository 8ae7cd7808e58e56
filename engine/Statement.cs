using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Workflows.Engine;

/// <summary>A prepared statement with numbered parameters, for one thread.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand command;

    public Statement(SqliteConnection connection, string sql, int parameters = 0)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i.ToString(CultureInfo.InvariantCulture) });
        }

        command.Prepare();
    }

    public Statement With(int parameter, long value) => Set(parameter, value);

    public Statement With(int parameter, long? value) => Set(parameter, value);

    public Statement With(int parameter, string? value) => Set(parameter, value);

    public Statement With(int parameter, byte[]? value) => Set(parameter, value);

    /// <summary>Gives the number of rows changed.</summary>
    public int Run() => command.ExecuteNonQuery();

    public SqliteDataReader Read() => command.ExecuteReader();

    public long? Number() => command.ExecuteScalar() is long number ? number : null;

    public void Dispose() => command.Dispose();

    private Statement Set(int parameter, object? value)
    {
        command.Parameters[parameter - 1].Value = value ?? DBNull.Value;
        return this;
    }
}
