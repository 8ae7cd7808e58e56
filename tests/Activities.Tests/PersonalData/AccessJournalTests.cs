using Workflows.Activities.PersonalData;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;

namespace Workflows.Activities.Tests.PersonalData;

public sealed class AccessJournalTests : IAsyncDisposable
{
    private const string Case = "D2026-00001";
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private readonly SqliteTables tables;
    private readonly AccessJournal journal;

    public AccessJournalTests()
    {
        tables = SqliteTables.Open(folder.File("tables.db"));
        journal = new AccessJournal(tables);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await tables.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Entries_are_numbered_and_chained_case_by_case()
    {
        Assert.Null(await journal.Last(Case, Stop));

        await Add(Case, "Shown");
        await Add("D2026-00002", "Shown");
        await Add(Case, "Refused");

        var entries = await journal.Read(Case, Stop);
        Assert.Equal([(1, "Shown"), (2, "Refused")], entries.Select(entry => (entry.Number, entry.Line.What)));
        Assert.Null(Journal.FirstBroken(entries));
        Assert.Equal("Refused", await journal.Last(Case, Stop));
        Assert.Equal("zzzx", entries[0].By);
    }

    [Fact]
    public async Task Many_at_once_all_stand_in_one_unbroken_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Add(Case, "Shown")));

        var entries = await journal.Read(Case, Stop);
        Assert.Equal(Enumerable.Range(1, 20), entries.Select(entry => entry.Number));
        Assert.Null(Journal.FirstBroken(entries));
    }

    [Fact]
    public async Task An_entry_that_was_changed_in_the_store_breaks_the_chain()
    {
        await Add(Case, "Refused");
        await Add(Case, "Shown");
        var row = (await tables.Get("PersonalAccesses", Case, "entry-000001", Stop))!;
        var changed = new Dictionary<string, object> { ["Entry"] = row.Text("Entry").Replace("Refused", "Shown", StringComparison.Ordinal) };
        await tables.Submit("PersonalAccesses", Case, [new TableOperation.Put(row.Row, changed)], Stop);

        Assert.Equal(1, Journal.FirstBroken(await journal.Read(Case, Stop)));
    }

    private Task Add(string caseId, string what) =>
        journal.Add(caseId, new Occasion(Monday, "zzzx", "api", "c1"), new JournalLine(what, $"{what}.", $"{what}。"), Stop);
}
