using Microsoft.Data.Sqlite;
using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Storage;

public sealed class SqliteFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    private string Database => folder.File("tables.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_newer_file_is_refused_and_untouched()
    {
        await SqliteTables.Open(Database).DisposeAsync();
        Sql("PRAGMA user_version = 2");

        AssertRefused("schema 2");
    }

    [Fact]
    public void A_database_of_another_program_is_refused_and_untouched()
    {
        Sql("PRAGMA journal_mode = WAL; CREATE TABLE theirs (id INTEGER); INSERT INTO theirs VALUES (1)");

        AssertRefused("another program");
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_untouched()
    {
        File.WriteAllText(Database, new string('x', 5000));

        AssertRefused("no SQLite database");
    }

    [Fact]
    public async Task An_empty_file_and_one_cut_short_while_it_was_made_are_taken_over()
    {
        File.WriteAllBytes(Database, []);
        await SqliteTables.Open(Database).DisposeAsync();
        File.Delete(Database);
        Sql("PRAGMA journal_mode = WAL");

        await using var tables = SqliteTables.Open(Database);

        await tables.Submit("Cases", "p", [new TableOperation.Delete("r")], TestContext.Current.CancellationToken);
    }

    private void AssertRefused(string words)
    {
        var before = File.ReadAllBytes(Database);

        var refusal = Assert.Throws<InvalidDataException>(() => SqliteTables.Open(Database));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Database));
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
