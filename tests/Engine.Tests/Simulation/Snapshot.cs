using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine.Tests.Simulation;

/// <summary>One flow as the file's tables have it.</summary>
internal sealed class StoredFlow
{
    private List<string>? accepted;

    public required long Number { get; init; }

    public required string Id { get; init; }

    public required string Definition { get; init; }

    public required FlowState State { get; init; }

    public required long Created { get; init; }

    public required long Updated { get; init; }

    public required int Version { get; init; }

    public string? Starter { get; init; }

    /// <summary>The payload of its result; 0 for none.</summary>
    public int Kept { get; init; }

    public required int Generation { get; init; }

    public required bool IsAwake { get; init; }

    public string? Waits { get; init; }

    public long? Due { get; init; }

    public byte[]? Status { get; init; }

    public byte[]? Result { get; init; }

    public string? Incident { get; init; }

    public List<(long Row, byte[] Data, Episode Episode)> History { get; } = [];

    public List<FlowEventRecord> Inbox { get; } = [];

    public HashSet<string> CommandIds { get; } = new(StringComparer.Ordinal);

    public List<(long Due, int Call)> Timers { get; } = [];

    public List<(int Call, int Attempt, long Due)> Attempts { get; } = [];

    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public List<(long Letter, int Call, string Key)> Dead { get; } = [];

    /// <summary>What operators did to the present generation.</summary>
    public int Acts { get; set; }

    /// <summary>What lies beside the history, and what of it something refers to.</summary>
    public Dictionary<int, byte[]> Payloads { get; } = [];

    public HashSet<int> Referred { get; } = [];

    public bool IsReady { get; set; }

    public bool IsEnded => State is FlowState.Completed or FlowState.Terminated;

    public IEnumerable<FlowEventRecord> Events => History.SelectMany(row => row.Episode.Events);

    /// <summary>Unread commands, in order, but for those that nobody can read.</summary>
    public IEnumerable<string> Unread => Inbox.Where(item => item.Kind == EventKind.Command).Select(item => item.Key!).Where(key => !IsOdd(key));

    /// <summary>Odd commands wherever they lie.</summary>
    public IEnumerable<string> Odd => Inbox.Where(item => item.Kind == EventKind.Command).Select(item => item.Key!)
        .Concat(Dead.Select(letter => letter.Key)).Where(IsOdd);

    /// <summary>All readable commands that were accepted, in order: those of earlier generations, read ones, unread ones.</summary>
    public IReadOnlyList<string> Accepted => accepted ??= Gather();

    private List<string> Gather()
    {
        var items = Events.Concat(Inbox).ToList();
        var begun = items.Where(item => item.Kind == EventKind.Restarted)
            .SelectMany(item => Wire.Read<Life>(item.Data).Lines)
            .Where(line => line.StartsWith("read:", StringComparison.Ordinal)).Select(line => line[5..]);
        return [.. begun, .. items.Where(item => item.Kind == EventKind.Command).Select(item => item.Key!).Where(key => !IsOdd(key))];
    }

    public static bool IsOdd(string key) => key.StartsWith("odd-", StringComparison.Ordinal);

    /// <summary>With what lies in payloads, and without saying that it does.</summary>
    public Episode Whole(Episode episode)
    {
        Referred.UnionWith(episode.Events.Select(item => item.Payload).Where(payload => payload > 0));
        var whole = episode.Whole(payload => Payloads.GetValueOrDefault(payload));
        return ReferenceEquals(whole, episode) ? episode : whole with { Events = [.. whole.Events.Select(item => item with { Payload = 0 })] };
    }
}

/// <summary>All tables at one commit.</summary>
internal sealed class Snapshot
{
    private readonly SortedDictionary<long, StoredFlow> flows = [];

    private Snapshot()
    {
    }

    public static Snapshot Empty { get; } = new();

    public IReadOnlyCollection<StoredFlow> Flows => flows.Values;

    /// <summary>Rows that belong to no flow.</summary>
    public List<string> Orphans { get; } = [];

    public long Moment { get; private set; }

    /// <summary>Counts the owners of the file.</summary>
    public long Epoch { get; private set; }

    /// <summary>Of every row of every table.</summary>
    public string Digest { get; private set; } = "";

    public StoredFlow? Find(string id) => flows.Values.FirstOrDefault(flow => flow.Id == id);

    public StoredFlow? Find(long number) => flows.GetValueOrDefault(number);

    /// <param name="statements">Read what is committed.</param>
    /// <param name="before">Spares decoding what it has already.</param>
    public static Snapshot Read(Statements statements, Snapshot before)
    {
        var now = new Snapshot();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Each(string sql, Action<SqliteDataReader> row)
        {
            using var reader = statements.Read(sql);
            while (reader.Read())
            {
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    var value = reader.GetValue(column);
                    hash.AppendData(value as byte[]
                        ?? Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture) + "|"));
                }

                row(reader);
            }
        }

        void Of(long number, string what, Action<StoredFlow> add)
        {
            if (now.Find(number) is { } flow)
            {
                add(flow);
            }
            else
            {
                now.Orphans.Add($"{what} of flow {number}");
            }
        }

        Each("SELECT value FROM meta WHERE name = 'moment'", row => now.Moment = row.GetInt64(0));
        Each(
            "SELECT number, id, definition, state, created, generation, awake, waits, due, status, result, incident, updated, version, starter, kept FROM flow",
            row => now.flows.Add(row.GetInt64(0), new StoredFlow
            {
                Number = row.GetInt64(0),
                Id = row.GetString(1),
                Definition = row.GetString(2),
                State = Codes.State(row.GetInt64(3)),
                Created = row.GetInt64(4),
                Updated = row.GetInt64(12),
                Version = row.GetInt32(13),
                Starter = row.IsDBNull(14) ? null : row.GetString(14),
                Kept = row.IsDBNull(15) ? 0 : row.GetInt32(15),
                Generation = row.GetInt32(5),
                IsAwake = row.GetInt64(6) != 0,
                Waits = row.IsDBNull(7) ? null : row.GetString(7),
                Due = row.IsDBNull(8) ? null : row.GetInt64(8),
                Status = row.IsDBNull(9) ? null : row.GetFieldValue<byte[]>(9),
                Result = row.IsDBNull(10) ? null : row.GetFieldValue<byte[]>(10),
                Incident = row.IsDBNull(11) ? null : row.GetString(11),
            }));
        Each("SELECT epoch, clean FROM lease", row => now.Epoch = row.GetInt64(0));
        Each("SELECT flow, number, data FROM payload", row => Of(
            row.GetInt64(0), "payload", flow => flow.Payloads.Add(row.GetInt32(1), row.GetFieldValue<byte[]>(2))));
        Each("SELECT flow, key, value FROM tag ORDER BY flow, key, value", row => Of(
            row.GetInt64(0), "tag", flow => flow.Tags.Add(row.GetString(1), row.GetString(2))));
        Each("SELECT flow, generation, kind, reason FROM act ORDER BY flow, place", row => Of(
            row.GetInt64(0), "act", flow => flow.Acts += row.GetInt32(1) == flow.Generation ? 1 : 0));
        Each("SELECT flow, what, tries FROM tries ORDER BY flow, what", row => Of(row.GetInt64(0), "tries", _ => { }));
        Each("SELECT flow, id, call, data, tries, reason FROM dead ORDER BY id", row => Of(row.GetInt64(0), "dead letter", flow =>
            flow.Dead.Add((row.GetInt64(1), row.GetInt32(2), flow.Whole(HistoryCodec.Read(row.GetFieldValue<byte[]>(3))).Events.Single().Key!))));
        Each("SELECT id, data FROM hist ORDER BY id", row =>
        {
            var (id, data) = (row.GetInt64(0), row.GetFieldValue<byte[]>(1));
            Of(id >> 24, "history", flow =>
            {
                var at = flow.History.Count;
                var old = before.Find(flow.Number)?.History;
                if (flow.Payloads.Count == 0 && old?.Count > at && old[at].Row == id && old[at].Data.AsSpan().SequenceEqual(data))
                {
                    flow.History.Add(old[at]);
                }
                else
                {
                    flow.History.Add((id, data, flow.Whole(HistoryCodec.Read(data))));
                }
            });
        });
        Each("SELECT flow, data FROM inbox ORDER BY flow, place", row => Of(
            row.GetInt64(0), "inbox", flow => flow.Inbox.Add(flow.Whole(HistoryCodec.Read(row.GetFieldValue<byte[]>(1))).Events.Single())));
        Each("SELECT flow, id FROM command", row => Of(
            row.GetInt64(0), "command", flow => flow.CommandIds.Add(row.GetString(1))));
        Each("SELECT due, flow, call FROM timer", row => Of(
            row.GetInt64(1), "timer", flow => flow.Timers.Add((row.GetInt64(0), row.GetInt32(2)))));
        Each("SELECT flow, call, attempt, due FROM attempt", row => Of(
            row.GetInt64(0), "attempt", flow => flow.Attempts.Add((row.GetInt32(1), row.GetInt32(2), row.GetInt64(3)))));
        Each("SELECT flow FROM ready", row => Of(row.GetInt64(0), "ready", flow => flow.IsReady = true));
        now.Digest = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
        return now;
    }
}

/// <summary>Statements over one connection, each prepared once.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> prepared = [];

    public SqliteDataReader Read(string sql)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            prepared.Add(sql, command = connection.CreateCommand());
            command.CommandText = sql;
        }

        return command.ExecuteReader();
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }
}
