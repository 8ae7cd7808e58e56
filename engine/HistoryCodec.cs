using System.Buffers.Binary;
using System.Text;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>
/// An episode as bytes: version, moment, count, events. An event is its kind, a byte that says which parts are there,
/// and those parts. A reader refuses what it does not know rather than guess.
/// </summary>
internal static class HistoryCodec
{
    private const byte Version = 1;
    private const int ReusedBytesMax = 100_000;

    // One buffer a thread: an episode is written at every step of every flow.
    [ThreadStatic]
    private static BinaryWriter? reused;

    // Half a character, as the cut text of an error may end with, is written as a mark; what is read must be whole.
    private static readonly UTF8Encoding Lenient = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [Flags]
    private enum Parts : byte
    {
        None = 0,
        Number = 1,
        Moment = 2,
        Name = 4,
        Key = 8,
        Text = 16,
        Data = 32,
        Retry = 64,

        /// <summary>In the place of Data: the number of the payload that holds it.</summary>
        Payload = 128,
    }

    public static byte[] Write(long at, IReadOnlyList<FlowEventRecord> events)
    {
        var writer = reused ??= new BinaryWriter(new MemoryStream(1024), Lenient);
        var bytes = (MemoryStream)writer.BaseStream;
        bytes.SetLength(0);
        writer.Write(Version);
        writer.Write(at);
        writer.Write7BitEncodedInt(events.Count);
        foreach (var item in events)
        {
            Write(writer, item);
        }

        writer.Flush();
        var episode = bytes.ToArray();
        if (bytes.Capacity > ReusedBytesMax)
        {
            reused = null;
        }

        return episode;
    }

    /// <exception cref="InvalidDataException">The bytes are no episode of a known version.</exception>
    public static Episode Read(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Strict);
            var version = reader.ReadByte();
            if (version != Version)
            {
                throw new InvalidDataException($"History version {version} is not known here.");
            }

            var at = Moment(reader.ReadInt64());
            var count = reader.Read7BitEncodedInt();
            if (count < 0 || count > bytes.Length)
            {
                throw new InvalidDataException("The history is damaged: impossible count.");
            }

            var events = new FlowEventRecord[count];
            for (var i = 0; i < count; i++)
            {
                events[i] = Read(reader, bytes.Length);
            }

            return reader.BaseStream.Position == bytes.Length
                ? new Episode(at, events)
                : throw new InvalidDataException("The history is damaged: bytes are left over.");
        }
        catch (Exception damaged) when (damaged is IOException or FormatException or ArgumentException
            or OverflowException)
        {
            throw new InvalidDataException("The history is damaged: " + damaged.Message, damaged);
        }
    }

    /// <summary>The moment of an episode by its first bytes; 0 when they are damaged, which a list only shows.</summary>
    public static long MomentOf(byte[] bytes) =>
        bytes.Length > sizeof(long) && BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(1)) is var at
        && at >= 0 && at <= DateTimeOffset.MaxValue.UtcTicks
            ? at
            : 0;

    private static void Write(BinaryWriter writer, FlowEventRecord item)
    {
        var retry = item.Retry is not null && item.Retry != Retry.Standard ? item.Retry : null;
        var parts = (item.Number != 0 ? Parts.Number : Parts.None)
            | (item.Moment != 0 ? Parts.Moment : Parts.None)
            | (item.Name is not null ? Parts.Name : Parts.None)
            | (item.Key is not null ? Parts.Key : Parts.None)
            | (item.Text is not null ? Parts.Text : Parts.None)
            | (item.Payload > 0 ? Parts.Payload : item.Data is not null ? Parts.Data : Parts.None)
            | (retry is not null ? Parts.Retry : Parts.None);
        writer.Write((byte)item.Kind);
        writer.Write((byte)parts);
        if (item.Number != 0)
        {
            writer.Write7BitEncodedInt(item.Number);
        }

        if (item.Moment != 0)
        {
            writer.Write7BitEncodedInt64(item.Moment);
        }

        WriteText(writer, item.Name);
        WriteText(writer, item.Key);
        WriteText(writer, item.Text);
        if (item.Payload > 0)
        {
            writer.Write7BitEncodedInt(item.Payload);
        }
        else if (item.Data is not null)
        {
            writer.Write7BitEncodedInt(item.Data.Length);
            writer.Write(item.Data);
        }

        if (retry is not null)
        {
            writer.Write7BitEncodedInt(retry.AttemptsMax);
            writer.Write(retry.FirstWait.Ticks);
            writer.Write(retry.Factor);
            writer.Write(retry.LongestWait.Ticks);
            writer.Write(retry.Timeout.Ticks);
        }
    }

    private static void WriteText(BinaryWriter writer, string? text)
    {
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    private static FlowEventRecord Read(BinaryReader reader, int bytesMax)
    {
        var kind = (EventKind)reader.ReadByte();
        if (kind is < EventKind.Started or > EventKind.Completed)
        {
            throw new InvalidDataException($"The history is damaged: no event has the kind {(byte)kind}.");
        }

        var parts = (Parts)reader.ReadByte();
        if (parts.HasFlag(Parts.Data | Parts.Payload))
        {
            throw new InvalidDataException("The history is damaged: impossible parts.");
        }

        var number = parts.HasFlag(Parts.Number) ? reader.Read7BitEncodedInt() : 0;
        var moment = parts.HasFlag(Parts.Moment) ? Moment(reader.Read7BitEncodedInt64()) : 0;
        var name = parts.HasFlag(Parts.Name) ? reader.ReadString() : null;
        var key = parts.HasFlag(Parts.Key) ? reader.ReadString() : null;
        var text = parts.HasFlag(Parts.Text) ? reader.ReadString() : null;
        var data = parts.HasFlag(Parts.Data) ? ReadData(reader, bytesMax) : null;
        var payload = parts.HasFlag(Parts.Payload) ? reader.Read7BitEncodedInt() : 0;
        if (payload < 0)
        {
            throw new InvalidDataException("The history is damaged: impossible payload.");
        }

        var retry = parts.HasFlag(Parts.Retry) ? ReadRetry(reader) : kind == EventKind.Called ? Retry.Standard : null;
        return new FlowEventRecord(kind, number, moment, name, key, text, data, retry) { Payload = payload };
    }

    private static long Moment(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
        ? ticks
        : throw new InvalidDataException("The history is damaged: impossible moment.");

    private static byte[] ReadData(BinaryReader reader, int bytesMax)
    {
        var length = reader.Read7BitEncodedInt();
        if (length < 0 || length > bytesMax)
        {
            throw new InvalidDataException("The history is damaged: impossible length.");
        }

        var data = reader.ReadBytes(length);
        return data.Length == length ? data : throw new EndOfStreamException();
    }

    private static Retry ReadRetry(BinaryReader reader) => new(
        reader.Read7BitEncodedInt(),
        new TimeSpan(reader.ReadInt64()),
        reader.ReadDouble(),
        new TimeSpan(reader.ReadInt64()),
        new TimeSpan(reader.ReadInt64()));
}
