namespace Workflows.Activities.Storage;

/// <summary>How Azure counts bytes: UTF-16 for what is stored, JSON for what travels.</summary>
internal static class TableSizes
{
    /// <summary>MIME part, HTTP lines, headers and timestamp annotations of one operation, rounded up.</summary>
    public const int OperationOnTheWire = 1024;

    private const int EntityOverhead = 4;
    private const int PropertyOverhead = 8;
    private const int LengthOverhead = 4;

    // "name@odata.type":"Edm.DateTimeOffset","name": and the longest number or date.
    private const int AnnotationOnTheWire = 96;

    public static long Keys(string partition, string row) => EntityOverhead + 2L * (partition.Length + row.Length);

    /// <summary>The bytes of a value; refuses a type that the port does not have.</summary>
    public static int Value(string row, string name, object value) => value switch
    {
        string text => 2 * text.Length,
        byte[] bytes => bytes.Length,
        bool => 1,
        int => 4,
        long or double or DateTimeOffset => 8,
        _ => throw new ArgumentException(
            $"Property {name} of row '{row}' is {value?.GetType().Name ?? "null"}; "
            + "string, bool, int, long, double, DateTimeOffset and byte[] can be stored.",
            nameof(value)),
    };

    public static long Property(string name, object value, int size) =>
        PropertyOverhead + 2L * name.Length + size + (value is byte[] or string ? LengthOverhead : 0);

    /// <summary>A whole row.</summary>
    public static long Entity(string partition, string row, IReadOnlyDictionary<string, object> properties) =>
        Keys(partition, row) + properties.Sum(p => Property(p.Key, p.Value, Value(row, p.Key, p.Value)));

    public static long PropertyOnTheWire(string name, object value) =>
        AnnotationOnTheWire + (2 * TextOnTheWire(name)) + ValueOnTheWire(value);

    /// <summary>The SDK's JSON writer escapes all but plain ASCII as six characters.</summary>
    public static long TextOnTheWire(string text)
    {
        var bytes = 0L;
        foreach (var c in text)
        {
            bytes += char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_' or '.' or ':' or ',' ? 1 : 6;
        }

        return bytes;
    }

    private static long ValueOnTheWire(object value) => value switch
    {
        string text => TextOnTheWire(text),
        byte[] bytes => 4L * ((bytes.Length + 2) / 3),
        _ => 0,
    };
}
