using Microsoft.Data.Sqlite;
using Workflows.Activities.Storage;
using Workflows.Testing;
using static Workflows.Activities.Storage.TableOperation;

namespace Workflows.Activities.Tests.Storage;

public sealed class SqliteTablesTests : TablesContract
{
    private readonly TempFolder folder = new();

    private string File => folder.File("tables.db");

    protected override Task<ITables> Open() => Task.FromResult<ITables>(SqliteTables.Open(File));

    protected override async Task Close() => await ((SqliteTables)Tables).DisposeAsync();

    protected override void CleanUp() => folder.Dispose();

    [Fact]
    public async Task What_was_acknowledged_is_there_after_reopening_with_the_same_etag()
    {
        await Submit(new Insert("r", Text("kept")));
        var tag = (await Get("r"))!.ETag;
        await Close();

        await using var again = SqliteTables.Open(File);

        var read = (await again.Get(Table, P, "r", Stop))!;
        Assert.Equal(("kept", tag), (read.Text("Text"), read.ETag));
    }

    [Fact]
    public async Task Closing_carries_out_what_waits_and_leaves_one_file()
    {
        var waiting = Enumerable.Range(0, 50).Select(i => Submit(new Insert($"{i:D2}", Text("x")))).ToArray();
        await Close();
        await Task.WhenAll(waiting);

        Assert.Equal([File], Directory.GetFiles(folder.Root));
        await using var again = SqliteTables.Open(File);
        Assert.Equal(50, (await again.Query(Table, new RowRange(P), 1000, null, Stop)).Entities.Count);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Submit(new Insert("late", Text("x"))));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Get("r"));
    }

    [Fact]
    public async Task In_a_group_a_conflict_fails_only_its_own_batch()
    {
        await Submit(new Insert("taken", Text("first")));

        var all = Enumerable.Range(0, 200).Select(i => i % 2 == 0
            ? Submit(new Insert($"{i:D3}", Text("x")))
            : Submit(new Insert($"{i:D3}", Text("x")), new Insert("taken", Text("x")))).ToArray();
        await Task.WhenAll(all.Select(t => t.ContinueWith(_ => { }, Stop, TaskContinuationOptions.None, TaskScheduler.Default)));

        Assert.All(all.Index(), t => Assert.Equal(t.Index % 2 == 0, t.Item.IsCompletedSuccessfully));
        Assert.Equal(101, (await Rows()).Length);
    }

    [Fact]
    public async Task A_failed_commit_fails_its_callers_and_the_writer_goes_on()
    {
        await Submit(new Insert("before", Text("x")));
        // A deferred foreign key fails at COMMIT and nowhere earlier, as a full disk may.
        Sql("CREATE TABLE gate (id INTEGER PRIMARY KEY);"
            + "CREATE TABLE trap (id INTEGER REFERENCES gate (id) DEFERRABLE INITIALLY DEFERRED);"
            + "CREATE TRIGGER spring AFTER INSERT ON entities BEGIN INSERT INTO trap VALUES (1); END");

        var failed = Enumerable.Range(0, 20).Select(i => Submit(new Insert($"{i}", Text("x")))).ToArray();
        foreach (var caller in failed)
        {
            await Assert.ThrowsAsync<IOException>(() => caller);
        }

        Sql("DROP TRIGGER spring");
        Assert.Equal(["before"], await Rows());
        await Submit(new Insert("after", Text("x")));
        Assert.Equal(["after", "before"], await Rows());
    }

    [Fact]
    public async Task A_locked_file_fails_the_callers_who_wait_and_the_next_ones_succeed()
    {
        await using var impatient = SqliteTables.Open(File, TimeSpan.FromSeconds(1));
        using (var other = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            other.Open();
            Sql("BEGIN IMMEDIATE", other);
            await Assert.ThrowsAsync<IOException>(() => impatient.Submit(Table, P, [new Insert("r", Text("x"))], Stop));
            Sql("ROLLBACK", other);
        }

        await impatient.Submit(Table, P, [new Insert("r", Text("x"))], Stop);
        Assert.NotNull(await Get("r"));
    }

    [Fact]
    public async Task Two_stores_on_one_file_see_each_others_writes()
    {
        await using var other = SqliteTables.Open(File);
        await Submit(new Insert("r", Text("1")));
        await other.Submit(Table, P, [new Replace("r", Text("2"), (await other.Get(Table, P, "r", Stop))!.ETag!)], Stop);

        Assert.Equal("2", (await Get("r"))!.Text("Text"));
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        Sql(sql, connection);
    }

    private static void Sql(string sql, SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
