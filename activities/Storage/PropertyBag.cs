using System.Text;

namespace Workflows.Activities.Storage;

/// <summary>
/// The properties of a row as one blob: a version byte, a count, then name, type and value of each. Binary, because a
/// projection is read and written whole, and because JSON has neither bytes nor the difference between int and long.
/// </summary>
internal static class PropertyBag
{
    private const byte Version = 1;

    private enum Kind : byte
    {
        Text = 1,
        Bool = 2,
        Int = 3,
        Long = 4,
        Double = 5,
        Moment = 6,
        Bytes = 7,
    }

    public static byte[] Encode(IReadOnlyDictionary<string, object> properties)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Version);
        writer.Write7BitEncodedInt(properties.Count);
        foreach (var (name, value) in properties)
        {
            writer.Write(name);
            Write(writer, value);
        }

        writer.Flush();
        return stream.ToArray();
    }

    public static IReadOnlyDictionary<string, object> Decode(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
        if (reader.ReadByte() is var version && version != Version)
        {
            throw new InvalidDataException($"A row is written in form {version}; this program reads form {Version}.");
        }

        var count = reader.Read7BitEncodedInt();
        var properties = new Dictionary<string, object>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            properties[reader.ReadString()] = Read(reader);
        }

        return properties;
    }

    private static void Write(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.Write((byte)Kind.Text);
                writer.Write(text);
                break;
            case bool flag:
                writer.Write((byte)Kind.Bool);
                writer.Write(flag);
                break;
            case int number:
                writer.Write((byte)Kind.Int);
                writer.Write(number);
                break;
            case long number:
                writer.Write((byte)Kind.Long);
                writer.Write(number);
                break;
            case double number:
                writer.Write((byte)Kind.Double);
                writer.Write(number);
                break;
            case DateTimeOffset moment:
                writer.Write((byte)Kind.Moment);
                writer.Write(moment.UtcTicks);
                break;
            case byte[] bytes:
                writer.Write((byte)Kind.Bytes);
                writer.Write7BitEncodedInt(bytes.Length);
                writer.Write(bytes);
                break;
            default:
                throw new ArgumentException($"{value.GetType().Name} cannot be stored.", nameof(value));
        }
    }

    private static object Read(BinaryReader reader)
    {
        var kind = (Kind)reader.ReadByte();
        return kind switch
        {
            Kind.Text => reader.ReadString(),
            Kind.Bool => reader.ReadBoolean(),
            Kind.Int => reader.ReadInt32(),
            Kind.Long => reader.ReadInt64(),
            Kind.Double => reader.ReadDouble(),
            // Azure keeps instants, not offsets; so does every adapter.
            Kind.Moment => new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
            Kind.Bytes => reader.ReadBytes(reader.Read7BitEncodedInt()),
            _ => throw new InvalidDataException($"A row holds a value of unknown kind {(byte)kind}."),
        };
    }
}
