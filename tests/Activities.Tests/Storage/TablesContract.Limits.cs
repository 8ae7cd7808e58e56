using Workflows.Activities.Storage;
using static Workflows.Activities.Storage.TableOperation;

namespace Workflows.Activities.Tests.Storage;

public abstract partial class TablesContract
{
    private const int PropertyCharactersMax = TableLimits.PropertyBytesMax / 2;

    /// <summary>An emulator may take less than Azure does.</summary>
    protected virtual int StoredKeyCharactersMax => TableLimits.KeyCharactersMax;

    private async Task Refused(string words, params TableOperation[] operations)
    {
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => Submit(operations));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, object> Of(object value) => new() { ["Value"] = value };

    private static Insert[] Inserts(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new Insert($"{i:D3}", Text("x")))];

    private static Dictionary<string, object> Full(int properties) =>
        Enumerable.Range(0, properties).ToDictionary(i => $"P{i:D2}", _ => (object)new byte[TableLimits.PropertyBytesMax]);

    [Fact]
    public async Task A_batch_holds_100_operations_and_not_101()
    {
        await Submit(Inserts(100));
        Assert.Equal(100, (await Rows()).Length);

        await Refused(nameof(TableLimits.BatchMax), Inserts(101));
        await Refused(nameof(TableLimits.BatchMax));
    }

    [Fact]
    public async Task A_row_occurs_once_in_a_batch()
    {
        await Refused("Two operations on row 'r'", new Put("r", Text("1")), new Delete("r"));
        await Submit(new Put("r", Text("1")), new Put("R", Text("1")));
    }

    [Fact]
    public async Task A_text_of_64_kib_in_utf_16_fits_and_one_character_more_does_not()
    {
        var text = new string('中', PropertyCharactersMax);
        await Submit(new Insert("r", Of(text)));
        Assert.Equal(text, (await Get("r"))!.Text("Value"));

        await Refused(nameof(TableLimits.PropertyBytesMax), new Insert("s", Of(text + "中")));
    }

    [Fact]
    public async Task Bytes_of_64_kib_fit_and_one_more_does_not()
    {
        await Submit(new Insert("r", Of(new byte[TableLimits.PropertyBytesMax])));
        await Refused(nameof(TableLimits.PropertyBytesMax), new Insert("s", Of(new byte[TableLimits.PropertyBytesMax + 1])));
    }

    [Fact]
    public async Task A_row_of_1_mib_fits_and_one_byte_more_does_not()
    {
        // Azure's formula: 4, two bytes a key character, and 8 + 2 a name character + 4 + value for each property.
        const int keys = 4 + (2 * (9 + 1));
        const int perProperty = 8 + (2 * 3) + 4;
        const int rest = TableLimits.EntityBytesMax - keys - (16 * perProperty) - (15 * TableLimits.PropertyBytesMax);
        var properties = Full(15);
        properties["P15"] = new byte[rest];
        await Submit(new Insert("r", properties));
        Assert.Equal(16, (await Get("r"))!.Properties.Count);

        properties["P15"] = new byte[rest + 1];
        await Refused(nameof(TableLimits.EntityBytesMax), new Insert("s", properties));
    }

    [Fact]
    public async Task A_batch_over_4_mib_is_refused_and_three_large_rows_are_not()
    {
        var large = Full(15);

        await Submit([.. "abc".Select(c => new Insert($"{c}", large))]);
        await Refused(nameof(TableLimits.BatchBytesMax), [.. "vwxyz".Select(c => new Insert($"{c}", large))]);
    }

    [Fact]
    public async Task A_row_holds_252_properties_and_not_253()
    {
        var properties = Enumerable.Range(0, TableLimits.PropertiesMax).ToDictionary(i => $"P{i}", i => (object)i);
        await Submit(new Insert("r", properties));

        properties["Over"] = 1;
        await Refused(nameof(TableLimits.PropertiesMax), new Insert("s", properties));
    }

    [Fact]
    public async Task A_key_of_1024_characters_fits_and_one_more_does_not()
    {
        var stored = new string('k', StoredKeyCharactersMax);
        await Tables.Submit(Table, stored, [new Insert(stored, Text("x"))], Stop);
        Assert.NotNull(await Tables.Get(Table, stored, stored, Stop));

        var key = new string('k', TableLimits.KeyCharactersMax);
        await Refused(nameof(TableLimits.KeyCharactersMax), new Insert(key + "k", Text("x")));
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Submit(Table, key + "k", [new Insert("r", Text("x"))], Stop));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("a\u007f")]
    [InlineData("a\u0085")]
    [InlineData("a\uffff")]
    public async Task A_key_with_a_forbidden_character_is_refused_everywhere(string key)
    {
        await Refused("key", new Insert(key, Text("x")));
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Submit(Table, key, [new Insert("r", Text("x"))], Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Get(Table, P, key, Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Query(Table, new RowRange(key), 10, null, Stop));
    }

    [Fact]
    public async Task A_key_may_hold_every_other_character()
    {
        string[] keys =
            [" ", "'", "''", "a'b or 'c", "%", "%2F", "a%20b", "+", "&", "=", "a=b&c", "\"", ";", ":", "@", "$", "(a,b)", "<", ">", "*", "!", "|", "~", "^", "`", "{0}", "[a]", ".", "..", "a.", "仙游", "😀", "\ud7ff", "\ufffd"];
        foreach (var key in keys)
        {
            await Tables.Submit(Table, key, [new Insert(key, Text(key)), new Insert(key + "z", Text("z"))], Stop);

            Assert.Equal(key, (await Tables.Get(Table, key, key, Stop))!.Text("Text"));
            var first = await Tables.Query(Table, RowRange.Prefix(key, key), 1, null, Stop);
            Assert.Equal([key], first.Entities.Select(e => e.Row));
            var second = await Tables.Query(Table, RowRange.Prefix(key, key), 1, first.Next, Stop);
            Assert.Equal([key + "z"], second.Entities.Select(e => e.Row));
            await Tables.Submit(Table, key, [new Replace(key, Text("2"), first.Entities[0].ETag!), new Delete(key + "z")], Stop);
        }
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused()
    {
        await Refused("surrogate", new Insert("a\ud83d", Text("x")));
        await Refused("surrogate", new Insert("r", Text("\ude00")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a-b")]
    [InlineData("a b")]
    [InlineData("a.b")]
    [InlineData("PartitionKey")]
    [InlineData("RowKey")]
    [InlineData("Timestamp")]
    [InlineData("_Submission")]
    public async Task A_property_name_is_an_identifier_that_neither_azure_nor_an_adapter_uses(string name) =>
        await Refused("Property name", new Insert("r", new Dictionary<string, object> { [name] = 1 }));

    [Fact]
    public async Task A_property_name_has_at_most_255_characters()
    {
        await Submit(new Insert("r", new Dictionary<string, object> { [new string('n', 255)] = 1 }));
        await Refused("Property name", new Insert("s", new Dictionary<string, object> { [new string('n', 256)] = 1 }));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1table")]
    [InlineData("my-table")]
    [InlineData("表格表格")]
    [InlineData("Tables")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public async Task A_table_name_is_3_to_63_letters_and_digits(string table)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Submit(table, P, [new Insert("r", Text("x"))], Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Get(table, P, "r", Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => Tables.Query(table, new RowRange(P), 10, null, Stop));
    }

    [Fact]
    public async Task Values_that_some_adapter_cannot_keep_are_refused()
    {
        await Refused("Decimal", new Insert("r", Of(1m)));
        await Refused("DateTime", new Insert("r", Of(new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc))));
        await Refused("null", new Insert("r", Of(null!)));
        await Refused("NaN", new Insert("r", Of(double.NaN)));
        await Refused("1601", new Insert("r", Of(DateTimeOffset.MinValue)));
    }

    [Fact]
    public async Task A_refused_batch_does_nothing()
    {
        await Refused("key", new Insert("good", Text("x")), new Insert("b/d", Text("x")));

        Assert.Empty(await Rows());
    }
}
