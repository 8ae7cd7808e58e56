using System.Globalization;
using System.Text;

namespace Workflows.Activities.Storage;

/// <summary>
/// What every adapter refuses before it touches its store, so that a row that fits one machine also fits Azure.
/// </summary>
/// <remarks>Source: "Understanding the Table service data model" and "Performing entity group transactions".</remarks>
internal static class TableChecks
{
    private static readonly DateTimeOffset OldestMoment = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    public static void Table(string table)
    {
        var good = table.Length is >= 3 and <= 63
            && char.IsAsciiLetter(table[0]) && table.All(char.IsAsciiLetterOrDigit);
        if (!good || string.Equals(table, "tables", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"Table name '{table}' is not 3 to 63 ASCII letters and digits with a letter first, or is reserved.");
        }
    }

    /// <param name="what">"Partition" or "Row", for the message.</param>
    /// <param name="key">The key.</param>
    public static void Key(string what, string key)
    {
        if (key.Length > TableLimits.KeyCharactersMax)
        {
            throw Over($"A {what} key", key.Length, "characters", nameof(TableLimits.KeyCharactersMax), TableLimits.KeyCharactersMax);
        }

        for (var i = 0; i < key.Length; i++)
        {
            // U+FFFE and U+FFFF are no characters of XML, and a prefix range ends with U+FFFF.
            if (key[i] is '/' or '\\' or '#' or '?' or '\ufffe' or '\uffff' || char.IsControl(key[i]))
            {
                throw new ArgumentException(
                    $"{what} key '{key}' holds U+{(int)key[i]:X4}; no key may hold / \\ # ? or control characters.");
            }
        }

        WholeCharacters($"{what} key", key);
    }

    /// <summary>The ends of a range need not be keys, but they must have a form on the wire.</summary>
    public static void Range(RowRange range)
    {
        Key("Partition", range.Partition);
        WholeCharacters("The beginning of a range", range.From ?? "");
        WholeCharacters("The end of a range", range.To ?? "");
    }

    public static void PageSize(int size)
    {
        if (size is < 1 or > 1000)
        {
            throw new ArgumentException($"Page size {size} is not 1 to 1000.");
        }
    }

    public static void Batch(string table, string partition, IReadOnlyList<TableOperation> operations)
    {
        Table(table);
        Key("Partition", partition);
        if (operations.Count is < 1 or > TableLimits.BatchMax)
        {
            throw new ArgumentException($"{operations.Count} operations are not 1 to BatchMax ({TableLimits.BatchMax}).");
        }

        var rows = new HashSet<string>(StringComparer.Ordinal);
        var bytes = 0L;
        foreach (var operation in operations)
        {
            Key("Row", operation.Row);
            if (!rows.Add(operation.Row))
            {
                throw new ArgumentException($"Two operations on row '{operation.Row}' in one batch.");
            }

            bytes += TableSizes.OperationOnTheWire + operation switch
            {
                TableOperation.Insert insert => Entity(partition, insert.Key, insert.Properties),
                TableOperation.Put put => Entity(partition, put.Key, put.Properties),
                TableOperation.Replace replace => Entity(partition, replace.Key, replace.Properties),
                _ => 0,
            };
        }

        if (bytes > TableLimits.BatchBytesMax)
        {
            throw Over("A batch", bytes, "bytes on the wire", nameof(TableLimits.BatchBytesMax), TableLimits.BatchBytesMax);
        }
    }

    /// <summary>Checks one row; gives its size on the wire.</summary>
    private static long Entity(string partition, string row, IReadOnlyDictionary<string, object> properties)
    {
        if (properties.Count > TableLimits.PropertiesMax)
        {
            throw Over($"Row '{row}'", properties.Count, "properties", nameof(TableLimits.PropertiesMax), TableLimits.PropertiesMax);
        }

        var stored = TableSizes.Keys(partition, row);
        var wire = TableSizes.TextOnTheWire(partition) + TableSizes.TextOnTheWire(row);
        foreach (var (name, value) in properties)
        {
            PropertyName(row, name);
            var size = TableSizes.Value(row, name, value);
            if (size > TableLimits.PropertyBytesMax)
            {
                var what = $"Property {name} of row '{row}'";
                throw Over(what, size, "bytes", nameof(TableLimits.PropertyBytesMax), TableLimits.PropertyBytesMax);
            }

            PropertyValue(row, name, value);
            stored += TableSizes.Property(name, value, size);
            wire += TableSizes.PropertyOnTheWire(name, value);
        }

        return stored <= TableLimits.EntityBytesMax
            ? wire
            : throw Over($"Row '{row}'", stored, "bytes", nameof(TableLimits.EntityBytesMax), TableLimits.EntityBytesMax);
    }

    private static void PropertyName(string row, string name)
    {
        var good = name.Length is >= 1 and <= 255
            && (name[0] == '_' || IsLetter(name[0])) && name.All(c => IsLetter(c) || IsPart(c));
        if (!good || name is "PartitionKey" or "RowKey" or "Timestamp" or AzureMark.Property)
        {
            throw new ArgumentException(
                $"Property name '{name}' of row '{row}' is no C# identifier of at most 255 characters, or is reserved.");
        }
    }

    private static bool IsLetter(char c) =>
        char.IsLetter(c) || char.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber;

    private static bool IsPart(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static void PropertyValue(string row, string name, object value)
    {
        switch (value)
        {
            case string text:
                WholeCharacters($"Property {name} of row '{row}'", text);
                break;
            case double number when !double.IsFinite(number):
                throw new ArgumentException($"Property {name} of row '{row}' is infinite or NaN, which JSON does not know.");
            case DateTimeOffset moment when moment < OldestMoment:
                throw new ArgumentException($"Property {name} of row '{row}' is before the year 1601.");
            default:
                break;
        }
    }

    /// <summary>Half a surrogate pair has no UTF-8 form and would come back as another character.</summary>
    private static void WholeCharacters(string what, string text)
    {
        try
        {
            StrictUtf8.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException($"{what} holds half a surrogate pair.");
        }
    }

    private static ArgumentException Over(string what, long size, string unit, string limit, int max) =>
        new($"{what} of {size} {unit} is over {limit} ({max}).");
}
