using Workflows.Activities.Storage;
using static Workflows.Activities.Storage.TableOperation;

namespace Workflows.Activities.Tests.Storage;

/// <summary>What every adapter of <see cref="ITables"/> does. A derived class says how to open one.</summary>
public abstract partial class TablesContract : IAsyncLifetime
{
    protected const string P = "partition";

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A table of this test alone, so that adapters with a shared server can run the contract too.</summary>
    protected string Table { get; } = $"T{Guid.NewGuid():N}";

    protected ITables Tables { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Tables = await Open();

    public async ValueTask DisposeAsync()
    {
        await Close();
        CleanUp();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<ITables> Open();

    /// <summary>May be called twice.</summary>
    protected abstract Task Close();

    /// <summary>Removes what the test leaves behind.</summary>
    protected abstract void CleanUp();

    protected static Dictionary<string, object> Text(string text) => new() { ["Text"] = text };

    protected Task Submit(params TableOperation[] operations) => Tables.Submit(Table, P, operations, Stop);

    protected Task<Entity?> Get(string row) => Tables.Get(Table, P, row, Stop);

    protected async Task<string[]> Rows(RowRange? range = null) =>
        [.. (await Tables.Query(Table, range ?? new RowRange(P), 1000, null, Stop)).Entities.Select(e => e.Row)];

    [Fact]
    public async Task A_missing_row_is_null_and_a_missing_table_has_an_empty_page()
    {
        Assert.Null(await Get("none"));
        var page = await Tables.Query(Table, new RowRange(P), 10, null, Stop);
        Assert.Empty(page.Entities);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Every_type_comes_back_as_it_was_written()
    {
        var written = new Dictionary<string, object>
        {
            ["Text"] = "仙游县 \"引号\" \\ / \n 😀 \u0001",
            ["Empty"] = "",
            ["Yes"] = true,
            ["No"] = false,
            ["Int"] = int.MinValue,
            ["Long"] = 1L,
            ["LongMax"] = long.MaxValue,
            ["Whole"] = 3.0,
            ["Double"] = 0.1 + 0.2,
            ["Tiny"] = double.Epsilon,
            ["Moment"] = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).AddTicks(1234567),
            ["Bytes"] = new byte[] { 0, 255, 1 },
            ["NoBytes"] = Array.Empty<byte>(),
            ["名称"] = "a name of letters",
        };

        await Submit(new Insert("r", written));

        var read = (await Get("r"))!;
        Assert.Equal(written.OrderBy(p => p.Key), read.Properties.OrderBy(p => p.Key));
        Assert.All(written, p => Assert.IsType(p.Value.GetType(), read.Properties[p.Key]));
        Assert.Equal((P, "r"), (read.Partition, read.Row));
    }

    [Fact]
    public async Task A_moment_comes_back_as_the_same_instant_in_utc()
    {
        var local = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(8));

        await Submit(new Insert("r", new Dictionary<string, object> { ["At"] = local }));

        var read = (DateTimeOffset)(await Get("r"))!.Properties["At"];
        Assert.Equal(local, read);
        Assert.Equal(TimeSpan.Zero, read.Offset);
    }

    [Fact]
    public async Task An_insert_of_an_existing_row_conflicts_and_changes_nothing()
    {
        await Submit(new Insert("r", Text("first")));

        var conflict = await Assert.ThrowsAsync<TableConflictException>(() => Submit(new Insert("r", Text("second"))));

        Assert.Equal("r", conflict.Row);
        Assert.Equal("first", (await Get("r"))!.Text("Text"));
    }

    [Fact]
    public async Task A_put_replaces_all_properties()
    {
        await Submit(new Put("r", new Dictionary<string, object> { ["Old"] = 1 }));
        await Submit(new Put("r", Text("new")));

        Assert.Equal(Text("new"), (await Get("r"))!.Properties);
    }

    [Fact]
    public async Task Every_write_changes_the_etag_even_of_equal_content()
    {
        var tags = new List<string?>();
        await Submit(new Insert("r", Text("same")));
        tags.Add((await Get("r"))!.ETag);
        await Submit(new Put("r", Text("same")));
        tags.Add((await Get("r"))!.ETag);
        await Submit(new Replace("r", Text("same"), tags[1]!));
        tags.Add((await Get("r"))!.ETag);
        await Submit(new Delete("r"));
        await Submit(new Insert("r", Text("same")));
        tags.Add((await Get("r"))!.ETag);

        Assert.Equal(4, tags.Where(t => t is not null).Distinct().Count());
    }

    [Fact]
    public async Task A_replace_needs_the_etag_as_read()
    {
        await Submit(new Insert("r", Text("1")));
        var tag = (await Get("r"))!.ETag!;
        await Submit(new Replace("r", Text("2"), tag));

        await Assert.ThrowsAsync<TableConflictException>(() => Submit(new Replace("r", Text("3"), tag)));
        await Assert.ThrowsAsync<TableConflictException>(() => Submit(new Replace("missing", Text("3"), tag)));
        Assert.Equal("2", (await Get("r"))!.Text("Text"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("never")]
    [InlineData("")]
    [InlineData("W/\"*\"")]
    public async Task An_etag_that_nobody_gave_out_never_matches(string tag)
    {
        await Submit(new Insert("r", Text("1")));

        await Assert.ThrowsAsync<TableConflictException>(() => Submit(new Replace("r", Text("2"), tag)));
        await Assert.ThrowsAsync<TableConflictException>(() => Submit(new Delete("r", tag)));
        Assert.Equal("1", (await Get("r"))!.Text("Text"));
    }

    [Fact]
    public async Task A_delete_without_an_etag_takes_whatever_is_there()
    {
        await Submit(new Insert("r", Text("1")));

        await Submit(new Delete("r"), new Delete("missing"));

        Assert.Null(await Get("r"));
    }

    [Fact]
    public async Task A_delete_with_an_etag_needs_the_row_as_read()
    {
        await Submit(new Insert("r", Text("1")));
        var old = (await Get("r"))!.ETag!;
        await Submit(new Put("r", Text("2")));

        await Assert.ThrowsAsync<TableConflictException>(() => Submit(new Delete("r", old)));
        await Submit(new Delete("r", (await Get("r"))!.ETag));
        await Assert.ThrowsAsync<TableConflictException>(() => Submit(new Delete("r", old)));
    }

    [Fact]
    public async Task Deletes_of_missing_rows_leave_the_rest_of_their_batch_as_it_is()
    {
        await Submit(new Insert("c", Text("1")));

        await Submit(new Delete("a"), new Insert("b", Text("2")), new Delete("c"), new Delete("d"));
        await Submit(new Delete("none"), new Delete("nowhere"));

        Assert.Equal(["b"], await Rows());
    }

    [Fact]
    public async Task Who_has_given_up_writes_nothing()
    {
        using var given = new CancellationTokenSource();
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Tables.Submit(Table, P, [new Insert("r", Text("x"))], given.Token));

        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task A_batch_with_one_conflict_does_nothing()
    {
        await Submit(new Insert("taken", Text("1")), new Insert("old", Text("1")));
        var before = await Rows();

        var conflict = await Assert.ThrowsAsync<TableConflictException>(() => Submit(
            new Insert("new", Text("2")), new Put("old", Text("2")), new Insert("taken", Text("2")), new Delete("other")));

        Assert.Equal("taken", conflict.Row);
        Assert.Equal(before, await Rows());
        Assert.Equal("1", (await Get("old"))!.Text("Text"));
    }

    [Fact]
    public async Task Partitions_and_tables_are_apart_and_table_names_ignore_case()
    {
        await Submit(new Insert("r", Text("here")));

        Assert.Null(await Tables.Get(Table, "elsewhere", "r", Stop));
        Assert.Null(await Tables.Get(Table + "2", P, "r", Stop));
        Assert.NotNull(await Tables.Get(Table.ToUpperInvariant(), P, "r", Stop));
        Assert.Null(await Get("R"));
    }

    [Fact]
    public async Task Of_many_callers_with_one_etag_exactly_one_wins()
    {
        await Submit(new Insert("r", Text("0")));
        var tag = (await Get("r"))!.ETag!;

        var wins = await Task.WhenAll(Enumerable.Range(1, 20).Select(async i =>
        {
            try
            {
                await Submit(new Replace("r", Text($"{i}"), tag));
                return i;
            }
            catch (TableConflictException)
            {
                return 0;
            }
        }));

        Assert.Equal($"{Assert.Single(wins, i => i > 0)}", (await Get("r"))!.Text("Text"));
    }
}
