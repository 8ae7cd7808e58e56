using Workflows.Activities.Storage;
using static Workflows.Activities.Storage.TableOperation;

namespace Workflows.Activities.Tests.Storage;

public abstract partial class TablesContract
{
    // In ordinal order: an emoji is a surrogate pair (D83D) and comes before U+E000 and U+FF21, though not in UTF-8.
    private static readonly string[] Ordered =
        ["-", "0", "A", "Z", "_", "a", "a-", "a0", "aa", "b", "z", "é", "Ω", "中", "仙游", "😀", "\ue000", "Ａ"];

    [Fact]
    public async Task Rows_come_in_ordinal_order()
    {
        foreach (var row in Ordered.Reverse())
        {
            await Submit(new Insert(row, Text(row)));
        }

        Assert.Equal(Ordered, Ordered.Order(StringComparer.Ordinal));
        Assert.Equal(Ordered, await Rows());
    }

    [Fact]
    public async Task A_range_holds_its_beginning_and_not_its_end()
    {
        await Submit([.. Ordered.Select(row => new Insert(row, Text(row)))]);

        Assert.Equal(["a", "a-", "a0", "aa"], await Rows(new RowRange(P, "a", "b")));
        Assert.Equal(["-", "0"], await Rows(new RowRange(P, null, "A")));
        Assert.Equal(["😀", "\ue000", "Ａ"], await Rows(new RowRange(P, "😀")));
        Assert.Empty(await Rows(new RowRange(P, "b", "a")));
        Assert.Empty(await Rows(new RowRange(P, "b", "b")));
    }

    [Fact]
    public async Task A_prefix_finds_all_that_begin_with_it_and_no_neighbour()
    {
        await Submit([.. Ordered.Select(row => new Insert(row, Text(row)))]);

        Assert.Equal(["a", "a-", "a0", "aa"], await Rows(RowRange.Prefix(P, "a")));
        Assert.Equal(["仙游"], await Rows(RowRange.Prefix(P, "仙")));
        Assert.Empty(await Rows(RowRange.Prefix(P, "x")));
        Assert.Equal(Ordered, await Rows(RowRange.Prefix(P, "")));
    }

    [Fact]
    public async Task A_prefix_of_any_last_character_finds_its_rows_and_not_the_next()
    {
        string[] prefixes = [".", "~", "'", "\ud7ff", "😀", "\ud83d\udfff", "\udbff\udfff", "\ue000", "\ufffd", "a\ufffd"];
        await Submit([.. prefixes.SelectMany(prefix => new[] { prefix, prefix + "\ufffd" }).Distinct().Select(row => new Insert(row, Text("x")))]);
        var all = await Rows();

        foreach (var prefix in prefixes)
        {
            Assert.Equal(all.Where(row => row.StartsWith(prefix, StringComparison.Ordinal)), await Rows(RowRange.Prefix(P, prefix)));
        }

        Assert.Empty(await Rows(new RowRange(P, "\uffff")));
        Assert.Equal(all, await Rows(new RowRange(P, "", "\uffff")));
    }

    [Fact]
    public async Task Half_a_surrogate_pair_bounds_no_range()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Rows(new RowRange(P, "\ud83d")));
        await Assert.ThrowsAsync<ArgumentException>(() => Rows(new RowRange(P, null, "\ud83d")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(18)]
    [InlineData(1000)]
    public async Task Pages_join_to_the_whole_range_and_the_last_has_no_cursor(int size)
    {
        await Submit([.. Ordered.Select(row => new Insert(row, Text(row)))]);
        var rows = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Tables.Query(Table, new RowRange(P), size, cursor, Stop);
            Assert.InRange(page.Entities.Count, 1, size);
            rows.AddRange(page.Entities.Select(e => e.Text("Text")));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(Ordered, rows);
    }

    [Fact]
    public async Task Writing_between_pages_neither_repeats_nor_hides_other_rows()
    {
        await Submit([.. "bdfhj".Select(c => new Insert($"{c}", Text("old")))]);
        var first = await Tables.Query(Table, new RowRange(P), 2, null, Stop);

        await Submit(
            new Delete("d"), new Delete("f"), new Insert("a", Text("1")), new Insert("e", Text("1")), new Put("h", Text("1")));
        var second = await Tables.Query(Table, new RowRange(P), 2, first.Next, Stop);
        var third = await Tables.Query(Table, new RowRange(P), 2, second.Next, Stop);

        Assert.Equal(["b", "d"], first.Entities.Select(e => e.Row));
        Assert.Equal(["e", "h"], second.Entities.Select(e => e.Row));
        Assert.Equal(["j"], third.Entities.Select(e => e.Row));
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task Queried_rows_carry_the_etag_that_a_replace_needs()
    {
        await Submit(new Insert("r", Text("1")));
        var read = Assert.Single((await Tables.Query(Table, new RowRange(P), 1, null, Stop)).Entities);

        await Submit(new Replace("r", Text("2"), read.ETag!));

        Assert.Equal("2", (await Get("r"))!.Text("Text"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_page_of_no_or_too_many_rows_is_refused(int size) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Query(Table, new RowRange(P), size, null, Stop));

    [Fact]
    public async Task A_cursor_that_nobody_gave_out_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Query(Table, new RowRange(P), 10, "no cursor!", Stop));
}
