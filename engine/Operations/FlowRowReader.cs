using Microsoft.Data.Sqlite;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine.Operations;

/// <summary>A flow as the file has it, not yet trusted.</summary>
internal sealed record FlowRow(
    long Number,
    string Id,
    string Definition,
    int Version,
    FlowState State,
    int Generation,
    bool IsAwake,
    string? Waits,
    long? Due,
    byte[]? Result,
    string? Incident,
    bool IsReady)
{
    public required List<(long Id, int Generation, byte[] Data)> Episodes { get; init; }

    public required List<byte[]> Inbox { get; init; }

    public required HashSet<string> Commands { get; init; }

    public required List<int> Attempts { get; init; }

    public required List<byte[]> DeadLetters { get; init; }

    /// <summary>What lies beside the history, by number.</summary>
    public required Dictionary<int, byte[]> Payloads { get; init; }

    public bool IsEnded => State is FlowState.Completed or FlowState.Terminated;
}

/// <summary>Reads flows with all that belongs to them, one after the other.</summary>
/// <param name="connection">Of a store that stands still.</param>
/// <param name="schema">Which tables it has.</param>
internal sealed class FlowRowReader(SqliteConnection connection, long schema) : IDisposable
{
    private readonly Statement flows = new(
        connection,
        """
        SELECT number, id, definition, version, state, generation, awake, waits, due, result, incident,
            EXISTS (SELECT 1 FROM ready WHERE ready.flow = flow.number)
        FROM flow ORDER BY number
        """);

    private readonly Statement history = new(connection, "SELECT id, generation, data FROM hist WHERE id >= $1 AND id < $2 ORDER BY id", 2);
    private readonly Statement inbox = new(connection, "SELECT data FROM inbox WHERE flow = $1 ORDER BY place", 1);
    private readonly Statement commands = new(connection, "SELECT id FROM command WHERE flow = $1", 1);
    private readonly Statement attempts = new(connection, "SELECT call FROM attempt WHERE flow = $1", 1);
    private readonly Statement? dead = schema < 2 ? null : new(connection, "SELECT data FROM dead WHERE flow = $1 ORDER BY id", 1);
    private readonly Statement? payloads = schema < 2 ? null : new(connection, "SELECT number, data FROM payload WHERE flow = $1", 1);

    public IEnumerable<FlowRow> Rows()
    {
        using var reader = flows.Read();
        while (reader.Read())
        {
            var number = reader.GetInt64(0);
            yield return new FlowRow(
                number,
                reader.GetString(1),
                reader.GetString(2),
                reader.GetInt32(3),
                Codes.State(reader.GetInt64(4)),
                reader.GetInt32(5),
                reader.GetInt64(6) != 0,
                reader.IsDBNull(7) ? null : reader.GetString(7),
                reader.IsDBNull(8) ? null : reader.GetInt64(8),
                reader.IsDBNull(9) ? null : reader.GetBytes(9),
                reader.IsDBNull(10) ? null : reader.GetString(10),
                reader.GetInt64(11) != 0)
            {
                Episodes = Read(
                    history.With(1, EngineStore.First(number)).With(2, EngineStore.First(number + 1)),
                    row => (row.GetInt64(0), row.GetInt32(1), row.GetBytes(2))),
                Inbox = Read(inbox.With(1, number), row => row.GetBytes(0)),
                Commands = [.. Read(commands.With(1, number), row => row.GetString(0))],
                Attempts = Read(attempts.With(1, number), row => row.GetInt32(0)),
                DeadLetters = Read(dead?.With(1, number), row => row.GetBytes(0)),
                Payloads = Read(payloads?.With(1, number), row => (Number: row.GetInt32(0), Data: row.GetBytes(1)))
                    .ToDictionary(payload => payload.Number, payload => payload.Data),
            };
        }
    }

    public void Dispose()
    {
        flows.Dispose();
        history.Dispose();
        inbox.Dispose();
        commands.Dispose();
        attempts.Dispose();
        dead?.Dispose();
        payloads?.Dispose();
    }

    private static List<T> Read<T>(Statement? statement, Func<StatementRows, T> read)
    {
        var rows = new List<T>();
        if (statement is null)
        {
            return rows;
        }

        using var reader = statement.Read();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
