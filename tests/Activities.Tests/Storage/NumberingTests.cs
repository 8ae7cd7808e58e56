using Workflows.Activities.Storage;
using Workflows.Activities.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;

namespace Workflows.Activities.Tests.Storage;

/// <summary>Number series on every kind of storage. A derived class says which.</summary>
public abstract class NumberingTests : IAsyncLifetime
{
    private ITables tables = null!;
    private ITables otherTables = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => (tables, otherTables) = await OpenTwice();

    public async ValueTask DisposeAsync()
    {
        await Close(tables, otherTables);
        GC.SuppressFinalize(this);
    }

    /// <summary>The same store, as two programs have it.</summary>
    protected abstract Task<(ITables Here, ITables There)> OpenTwice();

    protected abstract ValueTask Close(ITables here, ITables there);

    [Fact]
    public async Task Fifty_callers_at_once_get_1_to_50()
    {
        using var numbering = new Numbering(tables);

        var numbers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => Task.Run(() => numbering.Next("sheets.2026", $"sheet {i}", Stop))));

        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), numbers.Order());
    }

    [Fact]
    public async Task Two_programs_on_one_store_share_a_series_without_gaps()
    {
        using var here = new Numbering(tables);
        using var there = new Numbering(otherTables);

        var numbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => Task.Run(() => (i % 2 == 0 ? here : there).Next("sheets.2026", $"sheet {i}", Stop))));

        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), numbers.Order());
    }

    [Fact]
    public async Task A_repeated_key_keeps_its_number_and_takes_no_other()
    {
        using var numbering = new Numbering(tables);
        using var later = new Numbering(tables);

        Assert.Equal(1, await numbering.Next("s", "督办/1?", Stop));
        Assert.Equal(2, await numbering.Next("s", "督办/2?", Stop));
        Assert.Equal(1, await later.Next("s", "督办/1?", Stop));
        Assert.Equal(3, await later.Next("s", "督办/3?", Stop));
    }

    [Fact]
    public async Task One_key_asked_for_by_many_at_once_is_one_number()
    {
        var each = Enumerable.Range(0, 5).Select(_ => new Numbering(tables)).ToArray();

        var numbers = await Task.WhenAll(each.Select(n => Task.Run(() => n.Next("s", "same", Stop))));

        Assert.All(numbers, n => Assert.Equal(1, n));
        Array.ForEach(each, n => n.Dispose());
    }

    [Fact]
    public async Task Series_count_apart()
    {
        using var numbering = new Numbering(tables);

        Assert.Equal(1, await numbering.Next("a", "k", Stop));
        Assert.Equal(1, await numbering.Next("b", "k", Stop));
        Assert.Equal(2, await numbering.Next("b", "l", Stop));
    }

    /// <summary>A caller that dies after the number is written, or before it has heard, asks again under the same key.</summary>
    [Fact]
    public async Task Sheets_of_many_units_that_ask_at_once_and_again_after_a_crash_have_no_gap_and_no_number_twice()
    {
        using var here = new Numbering(tables);
        using var there = new Numbering(otherTables);
        List<TakeSheetNumber> asked =
        [
            .. from unit in (string[])["mzj", "sfj", "zzb", "350322101"] from sheet in Enumerable.Range(1, 6) from time in Enumerable.Range(0, 2)
               select new TakeSheetNumber(unit == "zzb" ? "仙委督" : "仙政督", 2026, FormattableString.Invariant($"{unit}.s{sheet}")),
        ];

        var given = await Task.WhenAll(asked.Select((request, i) => Task.Run(async () =>
            (request, Number: ((UnitSheetsFact.NumberTaken)await new SheetNumbers(i % 3 == 0 ? here : there).Run(request, Stop)).Number))));

        Assert.All(given.GroupBy(one => one.request), same => Assert.Single(same.Select(one => one.Number).Distinct()));
        Assert.All(
            given.DistinctBy(one => one.request).GroupBy(one => one.request.Word),
            series => Assert.Equal(Enumerable.Range(1, series.Count()).Select(number => (long)number), series.Select(one => one.Number).Order()));
    }

    [Fact]
    public async Task Who_loses_every_time_is_told()
    {
        using var numbering = new Numbering(new NeverWins());

        await Assert.ThrowsAsync<TableConflictException>(() => numbering.Next("s", "k", Stop));
    }

    private sealed class NeverWins : ITables
    {
        public Task<Entity?> Get(string table, string partition, string row, CancellationToken cancellation = default) =>
            Task.FromResult<Entity?>(null);

        public Task<EntityPage> Query(
            string table, RowRange range, int size, string? after = null, CancellationToken cancellation = default) =>
            Task.FromResult(new EntityPage([], null));

        public Task Submit(
            string table, string partition, IReadOnlyList<TableOperation> operations, CancellationToken cancellation = default) =>
            throw new TableConflictException(table, partition, operations[0].Row);
    }
}
