using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>Reads what is committed, beside the writer and never in its way.</summary>
internal sealed class StoreReader(string file) : IDisposable
{
    /// <param name="number">Where the flow's number is read, which is where an index has it in order.</param>
    /// <param name="due">The same of its date.</param>
    public static string Columns(string number = "f.number", string due = "f.due") =>
        $"""
        {number} AS number, f.id, f.definition, f.version, f.state, f.created, f.updated, f.waits, {due} AS due, f.status,
        coalesce(f.result, (SELECT data FROM payload p WHERE p.flow = f.number AND p.number = f.kept)), f.incident,
        f.starter, f.tags,
        (SELECT substr(data, 1, 9) FROM hist WHERE hist.id >= f.number << 24 AND hist.id < (f.number + 1) << 24
         ORDER BY hist.id DESC LIMIT 1)
        """;

    private readonly SqliteConnection connection = Schema.Connect(file, SqliteOpenMode.ReadOnly);
    private readonly SemaphoreSlim gate = new(1, 1);

    public Task<FlowInfo?> Get(string id, CancellationToken cancellation) => Read(
        command => Find(command, id)?.Info,
        cancellation);

    public Task<FlowPage> List(FlowFilter filter, int size, string? after, CancellationToken cancellation) => Read(
        command =>
        {
            FlowList.Ask(command, filter, size + 1, after);
            var flows = new List<FlowInfo>(size);
            long last = 0;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                if (flows.Count == size)
                {
                    return new FlowPage(flows, FlowList.Cursor(filter, flows[^1], last));
                }

                flows.Add(Info(reader));
                last = reader.GetInt64(0);
            }

            return new FlowPage(flows, null);
        },
        cancellation);

    public Task<IReadOnlyList<FlowEvent>?> History(string id, CancellationToken cancellation) => Read(
        command =>
        {
            if (Find(command, id) is not { } flow)
            {
                return null;
            }

            var acts = new Queue<Act>(Acts(command, flow.Number).Where(act => act.Generation == flow.Generation));
            var events = new List<FlowEvent>();
            var number = 0;
            foreach (var (place, episode) in Episodes(command, flow.Number))
            {
                TakeActs(events, acts, place);
                foreach (var item in episode.Events)
                {
                    events.Add(new FlowEvent(
                        ++number, Codes.Time(episode.At), Codes.Word(item.Kind), NameOf(item), DataOf(item), item.Key));
                }
            }

            TakeActs(events, acts, int.MaxValue);
            return (IReadOnlyList<FlowEvent>?)events;
        },
        cancellation);

    /// <summary>How many flows are blocked.</summary>
    public long Blocked() => Count("SELECT count(*) FROM flow INDEXED BY flow_by_state WHERE state = 2");

    public long DeadLetters() => Count("SELECT count(*) FROM dead");

    private long Count(string sql)
    {
        gate.Wait();
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return (long)command.ExecuteScalar()!;
        }
        finally
        {
            gate.Release();
        }
    }

    public Task<DeadLetterPage> DeadLetters(int size, string? after, CancellationToken cancellation) => Read(
        command =>
        {
            var before = long.MaxValue;
            if (after is not null && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            {
                throw new ArgumentException("This is no cursor that a page of this list gave.", nameof(after));
            }

            command.CommandText =
                """
                SELECT d.id, f.id, f.definition, d.at, d.tries, d.reason, d.data, d.flow
                FROM dead d CROSS JOIN flow f ON f.number = d.flow WHERE d.id < $before ORDER BY d.id DESC LIMIT $size
                """;
            command.Parameters.AddWithValue("$before", before);
            command.Parameters.AddWithValue("$size", size + 1);
            var found = new List<(DeadLetter Letter, byte[] Data, long Flow)>();
            using (var reader = command.ExecuteReader())
            {
                while (reader.Read())
                {
                    var letter = new DeadLetter(
                        reader.GetInt64(0),
                        reader.GetString(1),
                        reader.GetString(2),
                        Codes.Time(reader.GetInt64(3)),
                        "",
                        "",
                        "",
                        reader.GetInt32(4),
                        reader.GetString(5),
                        null);
                    found.Add((letter, reader.GetFieldValue<byte[]>(6), reader.GetInt64(7)));
                }
            }

            var letters = found.Take(size).Select(row =>
            {
                var content = Whole(command, row.Flow, row.Data).Events.Single();
                return row.Letter with
                {
                    Kind = content.Kind == EventKind.Called ? "call" : "command",
                    Name = content.Name ?? "",
                    Key = content.Key ?? "",
                    Data = DataOf(content),
                };
            }).ToList();
            return new DeadLetterPage(
                letters,
                found.Count > size ? letters[^1].Id.ToString(CultureInfo.InvariantCulture) : null);
        },
        cancellation);

    /// <summary>All that the file holds of a flow; the form is one for people and other programs, it is not read back.</summary>
    public Task<JsonElement?> Export(string id, CancellationToken cancellation) => Read(
        command =>
        {
            if (Find(command, id) is not { } flow)
            {
                return (JsonElement?)null;
            }

            return JsonSerializer.SerializeToElement(
                new
                {
                    flow = flow.Info,
                    generation = flow.Generation,
                    history = Episodes(command, flow.Number).SelectMany(
                        placed => placed.Episode.Events.Select(item => Exported(placed.Episode.At, item))).ToList(),
                    inbox = Inbox(command, flow.Number).SelectMany(
                        episode => episode.Events.Select(item => Exported(episode.At, item))).ToList(),
                    dates = Rows(
                        command,
                        "SELECT t.due, t.call FROM flow f JOIN timer t ON t.flow = f.number AND t.call = 0 AND t.due = f.due WHERE f.number = $flow UNION ALL SELECT due, call FROM attempt WHERE flow = $flow AND due > 0 ORDER BY 1, 2",
                        flow.Number,
                        reader => new { due = Codes.Time(reader.GetInt64(0)), call = NullFor0(reader.GetInt32(1)) }),
                    attempts = Rows(
                        command,
                        "SELECT call, attempt FROM attempt WHERE flow = $flow ORDER BY call",
                        flow.Number,
                        reader => new { call = reader.GetInt32(0), attempt = reader.GetInt32(1) }),
                    operators = Acts(command, flow.Number).Select(
                        act => new { at = Codes.Time(act.At), act.Generation, act.Kind, act.Reason }).ToList(),
                },
                Wire.Options);
        },
        cancellation);

    public void Dispose()
    {
        connection.Dispose();
        gate.Dispose();
    }

    private static object Exported(long at, FlowEventRecord item) => new
    {
        at = Codes.Time(at),
        kind = Codes.Word(item.Kind),
        call = item.Kind is EventKind.Called or EventKind.Result or EventKind.Failed ? NullFor0(item.Number) : null,
        outcome = item.Kind == EventKind.Sent ? Codes.Outcome(item.Number) : (SendOutcome?)null,
        name = item.Name,
        key = item.Key,
        commandId = item.Text is not null && item.Kind == EventKind.Sent ? item.Text : null,
        acceptedAt = item.Kind == EventKind.Command ? Codes.Time(item.Moment) : (DateTimeOffset?)null,
        retry = item.Retry,
        data = DataOf(item),
    };

    private static int? NullFor0(int number) => number == 0 ? null : number;

    private static void TakeActs(List<FlowEvent> events, Queue<Act> acts, int until)
    {
        while (acts.TryPeek(out var act) && act.Episode <= until)
        {
            acts.Dequeue();
            events.Add(new FlowEvent(
                0, Codes.Time(act.At), act.Kind, null, JsonSerializer.SerializeToElement(new { act.Reason }, Wire.Options)));
        }
    }

    private static (long Number, int Generation, FlowInfo Info)? Find(SqliteCommand command, string id)
    {
        command.CommandText = $"SELECT {Columns()}, f.generation FROM flow f WHERE f.id = $id";
        command.Parameters.AddWithValue("$id", id);
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetInt32(15), Info(reader)) : null;
    }

    private static List<Act> Acts(SqliteCommand command, long flow) => Rows(
        command,
        "SELECT generation, episode, at, kind, reason FROM act WHERE flow = $flow ORDER BY place",
        flow,
        reader => new Act(
            reader.GetInt32(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetString(3), reader.GetString(4)));

    private static List<(int Place, Episode Episode)> Episodes(SqliteCommand command, long flow) =>
        [.. Rows(
            command,
            "SELECT id - ($flow << 24), data FROM hist WHERE id >= $flow << 24 AND id < ($flow + 1) << 24 ORDER BY id",
            flow,
            reader => (Place: reader.GetInt32(0), Data: reader.GetFieldValue<byte[]>(1)))
            .Select(row => (row.Place, Whole(command, flow, row.Data)))];

    private static List<Episode> Inbox(SqliteCommand command, long flow) =>
        [.. Rows(command, "SELECT data FROM inbox WHERE flow = $flow ORDER BY place", flow, reader => reader.GetFieldValue<byte[]>(0))
            .Select(data => Whole(command, flow, data))];

    private static Episode Whole(SqliteCommand command, long flow, byte[] data) => HistoryCodec.Read(data).Whole(number => Rows(
        command,
        string.Create(CultureInfo.InvariantCulture, $"SELECT data FROM payload WHERE flow = $flow AND number = {number}"),
        flow,
        reader => reader.GetFieldValue<byte[]>(0)).SingleOrDefault());

    private static List<T> Rows<T>(SqliteCommand command, string sql, long flow, Func<SqliteDataReader, T> row)
    {
        command.CommandText = sql;
        command.Parameters.Clear();
        command.Parameters.AddWithValue("$flow", flow);
        var rows = new List<T>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
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
        var updated = reader.GetInt64(6);
        if (!reader.IsDBNull(14))
        {
            updated = Math.Max(updated, HistoryCodec.MomentOf(reader.GetFieldValue<byte[]>(14)));
        }

        return new FlowInfo(
            reader.GetString(1),
            reader.GetString(2),
            reader.GetInt32(3),
            Codes.State(reader.GetInt64(4)),
            Codes.Time(reader.GetInt64(5)),
            Codes.Time(updated),
            reader.IsDBNull(7) ? null : reader.GetString(7),
            reader.IsDBNull(8) ? null : Codes.Time(reader.GetInt64(8)),
            reader.IsDBNull(9) ? null : Json(reader.GetFieldValue<byte[]>(9)),
            reader.IsDBNull(10) ? null : Json(reader.GetFieldValue<byte[]>(10)),
            reader.IsDBNull(11) ? null : reader.GetString(11),
            reader.IsDBNull(12) ? null : reader.GetString(12),
            reader.IsDBNull(13) ? null : Tags.Read(reader.GetFieldValue<byte[]>(13)));
    }

    internal static JsonElement? Json(byte[]? data)
    {
        if (data is null || data.Length == 0)
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(data);
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            // One damaged row hides no other from a list.
            return JsonSerializer.SerializeToElement("This is damaged in the store.", Wire.Options);
        }
    }

    private async Task<T> Read<T>(Func<SqliteCommand, T> read, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // One look at the file, however many questions are asked.
            using var transaction = connection.BeginTransaction(deferred: true);
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            return read(command);
        }
        finally
        {
            gate.Release();
        }
    }

    private sealed record Act(int Generation, int Episode, long At, string Kind, string Reason);
}
