using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>Reads what is committed, beside the writer and never in its way.</summary>
internal sealed class StoreReader(string file) : IDisposable
{
    private const string Columns =
        """
        f.id, f.definition, f.version, f.state, f.created, f.updated, f.waits, f.due, f.status, f.result, f.incident,
        (SELECT substr(data, 1, 9) FROM hist WHERE hist.id >= f.number << 24 AND hist.id < (f.number + 1) << 24
         ORDER BY hist.id DESC LIMIT 1)
        """;

    private readonly SqliteConnection connection = Schema.Connect(file, SqliteOpenMode.ReadOnly);
    private readonly SemaphoreSlim gate = new(1, 1);

    public Task<FlowInfo?> Get(string id, CancellationToken cancellation) => Read(
        command =>
        {
            command.CommandText = $"SELECT {Columns} FROM flow f WHERE f.id = $id";
            command.Parameters.AddWithValue("$id", id);
            using var reader = command.ExecuteReader();
            return reader.Read() ? Info(reader) : null;
        },
        cancellation);

    public Task<FlowPage> List(FlowFilter filter, int size, string? after, CancellationToken cancellation) => Read(
        command =>
        {
            var where = new List<string>();
            if (filter.Flow is not null)
            {
                where.Add("f.definition = $definition");
                command.Parameters.AddWithValue("$definition", filter.Flow);
            }

            if (filter.State is { } state)
            {
                // Literals, and "not completed" said once more: only so does the partial index count.
                var code = Codes.Of(state);
                where.Add(string.Create(CultureInfo.InvariantCulture, $"f.state = {code}"));
                if (state != FlowState.Completed)
                {
                    where.Add("f.state <> 3");
                }
            }

            if (after is not null)
            {
                var (created, id) = ReadCursor(after);
                where.Add("f.created <= $created AND (f.created < $created OR f.id > $id)");
                command.Parameters.AddWithValue("$created", created);
                command.Parameters.AddWithValue("$id", id);
            }

            var condition = where.Count == 0 ? "" : "WHERE " + string.Join(" AND ", where);
            command.CommandText =
                $"SELECT {Columns} FROM flow f {condition} ORDER BY f.created DESC, f.id LIMIT $size";
            command.Parameters.AddWithValue("$size", size + 1);
            var flows = new List<FlowInfo>(size);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                if (flows.Count == size)
                {
                    return new FlowPage(flows, Cursor(flows[^1]));
                }

                flows.Add(Info(reader));
            }

            return new FlowPage(flows, null);
        },
        cancellation);

    public Task<IReadOnlyList<FlowEvent>?> History(string id, CancellationToken cancellation) => Read(
        command =>
        {
            command.CommandText =
                """
                SELECT h.data FROM flow f
                LEFT JOIN hist h ON h.id >= f.number << 24 AND h.id < (f.number + 1) << 24
                WHERE f.id = $id ORDER BY h.id
                """;
            command.Parameters.AddWithValue("$id", id);
            List<FlowEvent>? events = null;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                events ??= [];
                if (!reader.IsDBNull(0))
                {
                    Add(events, HistoryCodec.Read(reader.GetFieldValue<byte[]>(0)));
                }
            }

            return (IReadOnlyList<FlowEvent>?)events;
        },
        cancellation);

    /// <summary>How many flows are blocked. "Not completed" is said too, for the index that leaves those out.</summary>
    public long Blocked()
    {
        gate.Wait();
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM flow WHERE state = 2 AND state <> 3";
            return (long)command.ExecuteScalar()!;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        connection.Dispose();
        gate.Dispose();
    }

    private static void Add(List<FlowEvent> events, Episode episode)
    {
        foreach (var item in episode.Events)
        {
            events.Add(new FlowEvent(
                events.Count + 1, Codes.Time(episode.At), Codes.Word(item.Kind), NameOf(item), DataOf(item)));
        }
    }

    private static string? NameOf(FlowEventRecord item) =>
        item.Kind is EventKind.DateReached or EventKind.Completed ? null : item.Name;

    private static JsonElement? DataOf(FlowEventRecord item) =>
        item.Kind == EventKind.DateReached
            ? JsonSerializer.SerializeToElement(Codes.Time(item.Moment), Wire.Options)
            : item.Kind == EventKind.Failed
            ? JsonSerializer.SerializeToElement(
                new { key = item.Key, attempts = item.Moment, reason = item.Text }, Wire.Options)
            : Json(item.Data);

    private static FlowInfo Info(SqliteDataReader reader)
    {
        var updated = reader.GetInt64(5);
        if (!reader.IsDBNull(11))
        {
            updated = Math.Max(updated, HistoryCodec.MomentOf(reader.GetFieldValue<byte[]>(11)));
        }

        return new FlowInfo(
            reader.GetString(0),
            reader.GetString(1),
            reader.GetInt32(2),
            Codes.State(reader.GetInt64(3)),
            Codes.Time(reader.GetInt64(4)),
            Codes.Time(updated),
            reader.IsDBNull(6) ? null : reader.GetString(6),
            reader.IsDBNull(7) ? null : Codes.Time(reader.GetInt64(7)),
            reader.IsDBNull(8) ? null : Json(reader.GetFieldValue<byte[]>(8)),
            reader.IsDBNull(9) ? null : Json(reader.GetFieldValue<byte[]>(9)),
            reader.IsDBNull(10) ? null : reader.GetString(10));
    }

    internal static JsonElement? Json(byte[]? data)
    {
        if (data is null || data.Length == 0)
        {
            return null;
        }

        var reader = new Utf8JsonReader(data);
        return JsonElement.ParseValue(ref reader);
    }

    private static string Cursor(FlowInfo last) => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{last.CreatedAt.UtcTicks}/{last.Id}")))
        .Replace('+', '-').Replace('/', '_').TrimEnd('=');

    private static (long Created, string Id) ReadCursor(string cursor)
    {
        try
        {
            var padded = cursor.Replace('-', '+').Replace('_', '/').PadRight((cursor.Length + 3) / 4 * 4, '=');
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(padded)).Split('/', 2);
            return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var created)
                ? (created, parts[1])
                : throw new FormatException();
        }
        catch (FormatException)
        {
            throw new ArgumentException("This is no cursor that a page gave.", nameof(cursor));
        }
    }

    private async Task<T> Read<T>(Func<SqliteCommand, T> read, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            using var command = connection.CreateCommand();
            return read(command);
        }
        finally
        {
            gate.Release();
        }
    }
}
