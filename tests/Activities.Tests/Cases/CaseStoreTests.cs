using System.Text.Json;
using Workflows.Activities.Cases;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Cases;

public sealed class CaseStoreTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Opened = new(2025, 9, 15, 1, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private SqliteTables tables = null!;
    private CaseStore cases = null!;

    public ValueTask InitializeAsync()
    {
        tables = SqliteTables.Open(folder.File("tables.db"));
        cases = new CaseStore(tables);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await tables.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_saved_step_is_read_back_whole_with_its_journal()
    {
        await Save("C-1", 1, "open", "first");
        await Save("C-1", 2, "open", "second");

        var record = await cases.Get<string>("Kind", "C-1", Cancellation);
        Assert.Equal(2, record!.Version);
        Assert.Equal("state 2", record.State);
        var journal = await cases.Journal("C-1", Cancellation);
        Assert.Equal(["first", "second"], journal.Select(entry => entry.Line.Text));
        Assert.Null(Journal.FirstBroken(journal));
    }

    [Fact]
    public async Task A_case_of_another_kind_is_not_there()
    {
        await Save("C-1", 1, "open", "first");
        Assert.Null(await cases.Get<string>("Other", "C-1", Cancellation));
    }

    [Fact]
    public async Task The_same_step_twice_changes_nothing()
    {
        await Save("C-1", 1, "open", "first");
        Assert.Equal(1, (await Save("C-1", 1, "open", "first")).Version);
        Assert.Single(await cases.Journal("C-1", Cancellation));
        Assert.Single((await cases.List("all", 10, cancellation: Cancellation)).Rows);
    }

    [Fact]
    public async Task A_late_older_step_changes_nothing()
    {
        await Save("C-1", 1, "open", "first");
        await Save("C-1", 2, "closed", "second");
        Assert.Equal(2, (await Save("C-1", 1, "open", "first")).Version);
        Assert.Equal("state 2", (await cases.Get<string>("Kind", "C-1", Cancellation))!.State);
        Assert.Empty((await cases.List("status.open", 10, cancellation: Cancellation)).Rows);
    }

    [Fact]
    public async Task A_case_moves_from_list_to_list_and_stands_in_each_once()
    {
        await Save("C-1", 1, "open", "first");
        await Save("C-1", 2, "closed", "second");
        Assert.Empty((await cases.List("status.open", 10, cancellation: Cancellation)).Rows);
        Assert.Equal("C-1", Assert.Single((await cases.List("status.closed", 10, cancellation: Cancellation)).Rows).Case);
        Assert.Equal("closed", Assert.Single((await cases.List("all", 10, cancellation: Cancellation)).Rows).Card.Status);
    }

    [Fact]
    public async Task A_step_cut_off_before_its_lists_is_repaired_when_it_is_saved_again()
    {
        await Save("C-1", 1, "open", "first");
        await using var broken = new ListlessTables(tables);
        await Assert.ThrowsAsync<IOException>(() => new CaseStore(broken).Run(Step("C-1", 2, "closed", "second"), Cancellation));
        Assert.Single((await cases.List("status.open", 10, cancellation: Cancellation)).Rows);

        await Save("C-1", 2, "closed", "second");
        Assert.Empty((await cases.List("status.open", 10, cancellation: Cancellation)).Rows);
        Assert.Single((await cases.List("status.closed", 10, cancellation: Cancellation)).Rows);
        Assert.Equal(2, (await cases.Journal("C-1", Cancellation)).Count);
    }

    [Fact]
    public async Task A_list_is_newest_first_and_paged_without_gaps()
    {
        for (var number = 1; number <= 7; number++)
        {
            await cases.Run(Step($"C-{number}", 1, "open", "first", Opened.AddHours(number)), Cancellation);
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await cases.List("all", 3, cursor, Cancellation);
            seen.AddRange(page.Rows.Select(row => row.Case));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(["C-7", "C-6", "C-5", "C-4", "C-3", "C-2", "C-1"], seen);
    }

    [Fact]
    public async Task A_state_of_hundreds_of_kilobytes_is_kept_whole()
    {
        var large = new string('纠', 150_000);
        var record = CaseRecord.Fresh("C-1", large) with { Version = 1 };
        await cases.Run(Step("C-1", 1, "open", "first") with { Record = JsonSerializer.SerializeToElement(record, Wire.Options) }, Cancellation);
        Assert.Equal(large, (await cases.Get<string>("Kind", "C-1", Cancellation))!.State);
    }

    [Fact]
    public async Task Whoever_waits_for_a_step_is_woken_by_it()
    {
        using var watch = new StepWatch(cases);
        var waiting = watch.Until<string>("Kind", "C-1", record => record.Version >= 2, TimeSpan.FromMinutes(1), Cancellation);
        await Save("C-1", 1, "open", "first");
        await Save("C-1", 2, "open", "second");
        var (record, satisfied) = await waiting;
        Assert.True(satisfied);
        Assert.Equal(2, record!.Version);
    }

    [Fact]
    public async Task Whoever_has_no_patience_gets_the_case_as_it_is()
    {
        using var watch = new StepWatch(cases);
        await Save("C-1", 1, "open", "first");
        var (record, satisfied) = await watch.Until<string>("Kind", "C-1", known => known.Version >= 2, TimeSpan.Zero, Cancellation);
        Assert.False(satisfied);
        Assert.Equal(1, record!.Version);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<Saved> Save(string id, int version, string status, string text) => cases.Run(Step(id, version, status, text), Cancellation);

    private static SaveCase Step(string id, int version, string status, string text, DateTimeOffset? opened = null)
    {
        var before = version == 1 ? [] : Journal.Append(0, Journal.Beginning, new Occasion(Opened, "unit", "test", "c1"), [new JournalLine("Said", "first", "一")]);
        var entries = Journal.Append(
            version - 1, before.Count == 0 ? Journal.Beginning : before[0].Hash, new Occasion(Opened, "unit", "test", "c" + version), [new JournalLine("Said", text, "二")]);
        var record = CaseRecord.Fresh(id, $"state {version}") with { Version = version };
        return new SaveCase(
            "Kind",
            id,
            version,
            JsonSerializer.SerializeToElement(record, Wire.Options),
            version == 1 ? Journal.Append(0, Journal.Beginning, new Occasion(Opened, "unit", "test", "c1"), [new JournalLine("Said", text, "一")]) : entries,
            new CaseCard(status, opened ?? Opened, null, "green", ["all", $"status.{status}"], JsonSerializer.SerializeToElement(new { id })));
    }

    /// <summary>The store that dies between a case and its lists.</summary>
    private sealed class ListlessTables(ITables tables) : ITables, IAsyncDisposable
    {
        public Task<Entity?> Get(string table, string partition, string row, CancellationToken cancellation = default) =>
            tables.Get(table, partition, row, cancellation);

        public Task<EntityPage> Query(string table, RowRange range, int size, string? after = null, CancellationToken cancellation = default) =>
            tables.Query(table, range, size, after, cancellation);

        public Task Submit(string table, string partition, IReadOnlyList<TableOperation> operations, CancellationToken cancellation = default) =>
            table == "Lists" ? throw new IOException("gone") : tables.Submit(table, partition, operations, cancellation);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
