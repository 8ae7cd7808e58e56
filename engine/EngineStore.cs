using Microsoft.Data.Sqlite;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>
/// The writing side of the file; only the engine's thread uses it. It reads its own uncommitted rows, so within a batch
/// the file is the truth.
/// </summary>
internal sealed class EngineStore : IDisposable
{
    private const int EpisodeBits = 24;

    private readonly SqliteConnection connection;
    private readonly List<Statement> statements = [];
    private readonly string name;
    private long epoch;
    private readonly Statement begin, commit, rollback, setMoment, insertFlow, updateFlow, updateStanding, deleteFlow, flowByNumber,
        flowById, insertHistory, deleteHistory, historyOf, lastEpisode, insertInbox, deleteInbox, clearInbox, inboxOf,
        insertCommand, hasCommand, clearCommands, insertTimer, deleteTimer, dueTimers, nextDue, setAttempt,
        deleteAttempt, attemptsOf, clearAttempts, insertReady, deleteReady, readyFlows, awakeFlows, lastFlow, insertTag,
        deleteTag, insertAct, clearActs, startedFlows, endedFlows, insertPayload, setPayloads, payloadOf, payloadsOf, deletePayload, clearPayloads, addTry, tries,
        clearTries, clearCallTries, insertDead, deadById, deadOfFlow, deadCalls, deleteDead, deleteDeadCalls, clearDead, takeLease, renewLease, closeLease;

    public EngineStore(string file, int cacheMegabytes)
    {
        name = Path.GetFileName(file);
        connection = Schema.Connect(file, SqliteOpenMode.ReadWrite);
        try
        {
            Execute("PRAGMA busy_timeout = 30000");
            Execute("PRAGMA journal_mode = WAL");
            Execute("PRAGMA synchronous = FULL");
            Execute("PRAGMA wal_autocheckpoint = 10000");
            Execute("PRAGMA temp_store = MEMORY");
            Execute(FormattableString.Invariant($"PRAGMA cache_size = -{cacheMegabytes * 1024}"));
            begin = Prepare("BEGIN IMMEDIATE");
            commit = Prepare("COMMIT");
            rollback = Prepare("ROLLBACK");
            setMoment = Prepare(
                "UPDATE meta SET value = $1 WHERE name = 'moment' AND (SELECT epoch FROM lease) = $2", 2);
            takeLease = Prepare(
                "UPDATE lease SET epoch = epoch + 1, process = $1, host = $2, renewed = $3, clean = 0 RETURNING epoch", 3);
            renewLease = Prepare("UPDATE lease SET renewed = $1", 1);
            closeLease = Prepare("UPDATE lease SET clean = 1 WHERE epoch = $1", 1);
            insertFlow = Prepare(
                "INSERT INTO flow(number, id, definition, version, state, created, updated, generation, awake, waits, due, status, result, incident, tags, starter, payloads, kept) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)", 18);

            // Without the state, so that its indexes are left alone.
            updateStanding = Prepare(
                "UPDATE flow SET updated = $2, generation = $3, awake = $4, waits = $5, due = $6, status = $7 WHERE number = $1", 7);
            updateFlow = Prepare(
                "UPDATE flow SET state = $2, updated = $3, generation = $4, awake = $5, waits = $6, due = $7, status = $8, result = $9, incident = $10, kept = $11 WHERE number = $1", 11);
            deleteFlow = Prepare("DELETE FROM flow WHERE number = $1", 1);
            flowByNumber = Prepare("SELECT " + FlowColumns + " FROM flow WHERE number = $1", 1);
            flowById = Prepare("SELECT " + FlowColumns + " FROM flow WHERE id = $1", 1);
            insertHistory = Prepare("INSERT INTO hist(id, generation, data) VALUES ($1, $2, $3)", 3);
            deleteHistory = Prepare("DELETE FROM hist WHERE id >= $1 AND id < $2", 2);
            historyOf = Prepare("SELECT generation, data FROM hist WHERE id >= $1 AND id < $2 ORDER BY id", 2);
            lastEpisode = Prepare("SELECT max(id) FROM hist WHERE id >= $1 AND id < $2", 2);
            insertInbox = Prepare("INSERT INTO inbox(flow, place, data) VALUES ($1, $2, $3)", 3);
            deleteInbox = Prepare("DELETE FROM inbox WHERE flow = $1 AND place = $2", 2);
            clearInbox = Prepare("DELETE FROM inbox WHERE flow = $1", 1);
            inboxOf = Prepare("SELECT place, data FROM inbox WHERE flow = $1 ORDER BY place", 1);
            insertCommand = Prepare("INSERT OR IGNORE INTO command(flow, id) VALUES ($1, $2)", 2);
            hasCommand = Prepare("SELECT 1 FROM command WHERE flow = $1 AND id = $2", 2);
            clearCommands = Prepare("DELETE FROM command WHERE flow = $1", 1);
            insertTimer = Prepare("INSERT OR IGNORE INTO timer(due, flow, call) VALUES ($1, $2, $3)", 3);
            deleteTimer = Prepare("DELETE FROM timer WHERE due = $1 AND flow = $2 AND call = $3", 3);
            dueTimers = Prepare("SELECT due, flow, call FROM timer WHERE due <= $1 ORDER BY due LIMIT $2", 2);
            nextDue = Prepare("SELECT min(due) FROM timer");
            setAttempt = Prepare("INSERT OR REPLACE INTO attempt(flow, call, attempt, due) VALUES ($1, $2, $3, $4)", 4);
            deleteAttempt = Prepare("DELETE FROM attempt WHERE flow = $1 AND call = $2", 2);
            attemptsOf = Prepare("SELECT call, attempt, due FROM attempt WHERE flow = $1", 1);
            clearAttempts = Prepare("DELETE FROM attempt WHERE flow = $1", 1);
            insertReady = Prepare("INSERT OR IGNORE INTO ready(flow) VALUES ($1)", 1);
            deleteReady = Prepare("DELETE FROM ready WHERE flow = $1", 1);
            readyFlows = Prepare("SELECT flow FROM ready ORDER BY flow");
            awakeFlows = Prepare("SELECT number FROM flow WHERE awake = 1 ORDER BY number");
            lastFlow = Prepare("SELECT max(number) FROM flow");
            insertPayload = Prepare("INSERT INTO payload(flow, number, data) VALUES ($1, $2, $3)", 3);
            setPayloads = Prepare("UPDATE flow SET payloads = $2 WHERE number = $1", 2);
            payloadOf = Prepare("SELECT data FROM payload WHERE flow = $1 AND number = $2", 2);
            payloadsOf = Prepare("SELECT number FROM payload WHERE flow = $1", 1);
            deletePayload = Prepare("DELETE FROM payload WHERE flow = $1 AND number = $2", 2);
            clearPayloads = Prepare("DELETE FROM payload WHERE flow = $1", 1);
            addTry = Prepare(
                "INSERT INTO tries(flow, what, tries) VALUES ($1, $2, 1) ON CONFLICT DO UPDATE SET tries = tries + 1 RETURNING tries", 2);
            tries = Prepare("SELECT tries FROM tries WHERE flow = $1 AND what = $2", 2);
            clearTries = Prepare("DELETE FROM tries WHERE flow = $1", 1);
            clearCallTries = Prepare("DELETE FROM tries WHERE flow = $1 AND what >= 'call ' AND what < 'call!'", 1);
            insertDead = Prepare("INSERT INTO dead(flow, at, call, tries, reason, data) VALUES ($1, $2, $3, $4, $5, $6)", 6);
            deadById = Prepare("SELECT id, flow, tries, data FROM dead WHERE id = $1", 1);
            deadOfFlow = Prepare("SELECT id, flow, tries, data FROM dead WHERE flow = $1 ORDER BY id", 1);
            deadCalls = Prepare("SELECT call FROM dead WHERE flow = $1 AND call > 0", 1);
            deleteDead = Prepare("DELETE FROM dead WHERE id = $1", 1);
            deleteDeadCalls = Prepare("DELETE FROM dead WHERE flow = $1 AND call > 0", 1);
            clearDead = Prepare("DELETE FROM dead WHERE flow = $1", 1);
            insertTag = Prepare("INSERT INTO tag(key, value, flow) VALUES ($1, $2, $3)", 3);
            deleteTag = Prepare("DELETE FROM tag WHERE key = $1 AND value = $2 AND flow = $3", 3);
            insertAct = Prepare(
                "INSERT INTO act(flow, place, generation, episode, at, kind, reason) VALUES ($1, (SELECT coalesce(max(place), 0) + 1 FROM act WHERE flow = $1), $2, $3, $4, $5, $6)", 6);
            clearActs = Prepare("DELETE FROM act WHERE flow = $1", 1);
            startedFlows = Prepare("SELECT number FROM flow WHERE starter = $1 AND created >= $2 ORDER BY number", 2);
            endedFlows = Prepare("SELECT number FROM flow WHERE state > 2 AND updated < $1 ORDER BY updated, number LIMIT $2", 2);

            // A file that may only be read is refused here and not at the first commit.
            begin.Run();
            rollback.Run();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private const string FlowColumns =
        "number, id, definition, version, state, created, updated, generation, awake, waits, due, status, result, incident, tags, starter, payloads, kept";

    public SqliteConnection Connection => connection;

    public bool InTransaction { get; private set; }

    public void Begin()
    {
        begin.Run();
        InTransaction = true;
    }

    /// <exception cref="StoreOwnedException">Somebody else took the store meanwhile; nothing was written.</exception>
    public void Commit(long moment)
    {
        if (setMoment.With(1, moment).With(2, epoch).Run() == 0)
        {
            throw new StoreOwnedException($"{name} was taken over by {Holder()}. Nothing more is written from here.");
        }

        commit.Run();
        InTransaction = false;
    }

    /// <summary>
    /// Makes this the one writer, within the transaction: from its commit on no earlier one can commit. False when the
    /// one before did not close, so that its process has died.
    /// </summary>
    public bool TakeLease(long now)
    {
        using var wasClean = new Statement(connection, "SELECT clean FROM lease");
        var isClean = wasClean.Number() != 0;
        epoch = takeLease.With(1, (long)Environment.ProcessId).With(2, Environment.MachineName).With(3, now).Number()!.Value;
        return isClean;
    }

    /// <summary>Says, within the transaction, that the owner lives.</summary>
    public void RenewLease(long now) => renewLease.With(1, now).Run();

    /// <summary>Says that nothing was cut off; without it the next owner counts what was under way as tried.</summary>
    public void CloseLease()
    {
        try
        {
            closeLease.With(1, epoch).Run();
        }
        catch (SqliteException)
        {
            // Not said, then.
        }
    }

    /// <summary>Takes back what the batch wrote; safe to call when there is nothing.</summary>
    public void Rollback()
    {
        if (!InTransaction)
        {
            return;
        }

        InTransaction = false;
        try
        {
            rollback.Run();
        }
        catch (SqliteException)
        {
            // Some errors (disk full, I/O) have rolled the transaction back already.
        }
    }

    public long LastFlow() => lastFlow.Number() ?? 0;

    public long? NextDue() => nextDue.Number();

    public long LastMoment()
    {
        using var read = Prepare("SELECT value FROM meta WHERE name = 'moment'");
        return read.Number() ?? 0;
    }

    public List<long> AwakeFlows() => Numbers(awakeFlows);

    public List<long> ReadyFlows() => Numbers(readyFlows);

    public FlowEntry? Flow(string id) => Load(flowById.With(1, id));

    public FlowEntry? Flow(long number) => Load(flowByNumber.With(1, number));

    public void Save(FlowEntry entry)
    {
        if (entry.IsStored && entry.State == entry.StateStored && !entry.IsEnded && entry.Incident is null)
        {
            updateStanding.With(1, entry.Number).With(2, entry.Updated).With(3, entry.Generation)
                .With(4, entry.IsAwake ? 1 : 0).With(5, entry.WaitsFor).With(6, entry.Due).With(7, entry.Status).Run();
        }
        else if (entry.IsStored)
        {
            updateFlow.With(1, entry.Number).With(2, Codes.Of(entry.State)).With(3, entry.Updated)
                .With(4, entry.Generation).With(5, entry.IsAwake ? 1 : 0).With(6, entry.WaitsFor).With(7, entry.Due)
                .With(8, entry.Status).With(9, entry.Kept > 0 ? null : entry.Result).With(10, entry.Incident)
                .With(11, entry.Kept > 0 ? entry.Kept : null).Run();
        }
        else
        {
            insertFlow.With(1, entry.Number).With(2, entry.Id).With(3, entry.Definition).With(4, entry.Version)
                .With(5, Codes.Of(entry.State)).With(6, entry.Created).With(7, entry.Updated)
                .With(8, entry.Generation).With(9, entry.IsAwake ? 1 : 0).With(10, entry.WaitsFor)
                .With(11, entry.Due).With(12, entry.Status).With(13, entry.Kept > 0 ? null : entry.Result).With(14, entry.Incident)
                .With(15, entry.Tags).With(16, entry.Starter)
                .With(17, entry.Payloads).With(18, entry.Kept > 0 ? entry.Kept : null).Run();
            if (entry.Tags is not null)
            {
                foreach (var (key, value) in Tags.Read(entry.Tags))
                {
                    insertTag.With(1, key).With(2, value).With(3, entry.Number).Run();
                }
            }
        }

        entry.StateStored = entry.State;
    }

    /// <summary>Notes what an operator did; it is shown before the episode that comes next.</summary>
    public void AddAct(FlowEntry entry, long at, string kind, string reason) =>
        insertAct.With(1, entry.Number).With(2, entry.Generation).With(3, entry.Episodes).With(4, at).With(5, kind)
            .With(6, reason).Run();

    public void ClearActs(long flow) => clearActs.With(1, flow).Run();

    public void DeleteTags(FlowEntry entry)
    {
        foreach (var (key, value) in Tags.Read(entry.Tags))
        {
            deleteTag.With(1, key).With(2, value).With(3, entry.Number).Run();
        }
    }

    /// <summary>The flows that a flow started, in whatever state; not those of an older one with the same id.</summary>
    public List<long> StartedBy(FlowEntry entry) => Numbers(startedFlows.With(1, entry.Id).With(2, entry.Created));

    /// <summary>Those that ended first come first.</summary>
    public List<long> EndedBefore(long moment, int max) => Numbers(endedFlows.With(1, moment).With(2, max));

    public void DeleteFlow(long number) => deleteFlow.With(1, number).Run();

    /// <summary>Gives its size; what is in payloads counts too.</summary>
    public int AddEpisode(FlowEntry entry, long at, IReadOnlyList<FlowEventRecord> events)
    {
        var large = StorePayloads(entry, events);
        var data = HistoryCodec.Write(at, events);
        insertHistory.With(1, First(entry.Number) + entry.Episodes++).With(2, entry.Generation).With(3, data).Run();
        return data.Length + large;
    }

    public void DeleteHistory(long flow) => deleteHistory.With(1, First(flow)).With(2, First(flow + 1)).Run();

    /// <summary>The present generation's, with what lies in payloads.</summary>
    /// <exception cref="InvalidDataException">The history is damaged.</exception>
    public IEnumerable<Episode> Episodes(long flow)
    {
        var episodes = new List<byte[]>();
        using (var reader = historyOf.With(1, First(flow)).With(2, First(flow + 1)).Read())
        {
            while (reader.Read())
            {
                episodes.Add(reader.GetBytes(1));
            }
        }

        return episodes.Select(data => HistoryCodec.Read(data).Whole(number => Payload(flow, number)));
    }

    public void AddInbox(FlowEntry entry, InboxItem item, long at)
    {
        StorePayloads(entry, [item.Content]);
        item.Place = ++entry.LastPlace;
        insertInbox.With(1, entry.Number).With(2, item.Place).With(3, HistoryCodec.Write(at, [item.Content])).Run();
    }

    public void DeletePayload(long flow, int number) => deletePayload.With(1, flow).With(2, number).Run();

    public void ClearPayloads(long flow) => clearPayloads.With(1, flow).Run();

    /// <summary>Deletes those that neither the unread commands nor anything else of the given holds.</summary>
    public void DeletePayloads(FlowEntry entry, IEnumerable<FlowEventRecord> kept)
    {
        var held = kept.Select(item => item.Payload).ToHashSet();
        foreach (var number in Numbers(payloadsOf.With(1, entry.Number)).Where(number => !held.Contains((int)number)))
        {
            deletePayload.With(1, entry.Number).With(2, number).Run();
        }
    }

    public void DeleteInbox(long flow, long place) => deleteInbox.With(1, flow).With(2, place).Run();

    public void ClearInbox(long flow) => clearInbox.With(1, flow).Run();

    /// <summary>False when the flow has or had a command with this id.</summary>
    public bool AddCommand(long flow, string id) => insertCommand.With(1, flow).With(2, id).Run() == 1;

    public bool HasCommand(long flow, string id) => hasCommand.With(1, flow).With(2, id).Number() is not null;

    public void ClearCommands(long flow) => clearCommands.With(1, flow).Run();

    public void AddTimer(long due, long flow, int call) => insertTimer.With(1, due).With(2, flow).With(3, call).Run();

    public void DeleteTimer(long due, long flow, int call) =>
        deleteTimer.With(1, due).With(2, flow).With(3, call).Run();

    public List<(long Due, long Flow, int Call)> DueTimers(long moment, int max)
    {
        var due = new List<(long, long, int)>();
        using var reader = dueTimers.With(1, moment).With(2, max).Read();
        while (reader.Read())
        {
            due.Add((reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2)));
        }

        return due;
    }

    /// <param name="flow">The flow's number.</param>
    /// <param name="call">The call's number.</param>
    /// <param name="attempt">The attempt that comes or runs.</param>
    /// <param name="due">When it comes; 0 when it runs.</param>
    public void SetAttempt(long flow, int call, int attempt, long due) =>
        setAttempt.With(1, flow).With(2, call).With(3, attempt).With(4, due).Run();

    public void DeleteAttempt(long flow, int call) => deleteAttempt.With(1, flow).With(2, call).Run();

    public List<(int Call, int Attempt, long Due)> Attempts(long flow)
    {
        var attempts = new List<(int, int, long)>();
        using var reader = attemptsOf.With(1, flow).Read();
        while (reader.Read())
        {
            attempts.Add((reader.GetInt32(0), reader.GetInt32(1), reader.GetInt64(2)));
        }

        return attempts;
    }

    /// <summary>With their dates.</summary>
    public void ClearAttempts(long flow)
    {
        foreach (var (call, _, due) in Attempts(flow))
        {
            DeleteTimer(due, flow, call);
        }

        clearAttempts.With(1, flow).Run();
    }

    /// <summary>How many tries were counted.</summary>
    public long Tries(long flow, string what) => tries.With(1, flow).With(2, what).Number() ?? 0;

    /// <summary>Counts a try and gives how many there were.</summary>
    public int AddTry(long flow, string what) => checked((int)addTry.With(1, flow).With(2, what).Number()!.Value);

    public void ClearTries(long flow) => clearTries.With(1, flow).Run();

    public void ClearCallTries(long flow) => clearCallTries.With(1, flow).Run();

    public void AddDead(FlowEntry entry, long at, int tries, string reason, FlowEventRecord content)
    {
        StorePayloads(entry, [content]);
        insertDead.With(1, entry.Number).With(2, at).With(3, content.Kind == EventKind.Called ? content.Number : 0)
            .With(4, tries).With(5, reason).With(6, HistoryCodec.Write(at, [content])).Run();
    }

    public GivenUp? Dead(long id) => Letters(deadById.With(1, id)).SingleOrDefault();

    public List<GivenUp> DeadOf(long flow) => Letters(deadOfFlow.With(1, flow));

    public List<int> DeadCalls(long flow) => [.. Numbers(deadCalls.With(1, flow)).Select(call => (int)call)];

    public void DeleteDead(long id) => deleteDead.With(1, id).Run();

    /// <summary>Commands that were given up outlive the generation, calls do not.</summary>
    public void DeleteDeadCalls(long flow) => deleteDeadCalls.With(1, flow).Run();

    public void ClearDead(long flow) => clearDead.With(1, flow).Run();

    public void AddReady(long flow) => insertReady.With(1, flow).Run();

    public void DeleteReady(long flow) => deleteReady.With(1, flow).Run();

    public void Dispose()
    {
        foreach (var statement in statements)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    /// <summary>The first history row that a flow can have.</summary>
    public static long First(long flow) => flow << EpisodeBits;

    private string Holder()
    {
        using var lease = new Statement(connection, "SELECT process, host FROM lease");
        using var reader = lease.Read();
        return reader.Read() ? FormattableString.Invariant($"process {reader.GetInt64(0)} on {reader.GetString(1)}") : "another";
    }

    private List<GivenUp> Letters(Statement statement)
    {
        var rows = new List<(long Id, long Flow, int Tries, byte[] Data)>();
        using (var reader = statement.Read())
        {
            while (reader.Read())
            {
                rows.Add((reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetBytes(3)));
            }
        }

        var letters = new List<GivenUp>();
        foreach (var (id, flow, tries, data) in rows)
        {
            try
            {
                var content = HistoryCodec.Read(data).Whole(number => Payload(flow, number)).Events.Single();
                letters.Add(new GivenUp(id, flow, tries, content));
            }
            catch (InvalidDataException)
            {
                // A damaged one cannot be given back; it goes with its flow.
            }
        }

        return letters;
    }

    private byte[]? Payload(long flow, int number)
    {
        using var reader = payloadOf.With(1, flow).With(2, number).Read();
        return reader.Read() ? reader.GetBytes(0) : null;
    }

    private int StorePayloads(FlowEntry entry, IReadOnlyList<FlowEventRecord> events)
    {
        var bytes = 0;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is not { Data: { Length: > Limits.PayloadBytesInline } data, Payload: 0 } item)
            {
                continue;
            }

            item.Payload = ++entry.Payloads;
            bytes += data.Length;
            insertPayload.With(1, entry.Number).With(2, item.Payload).With(3, data).Run();
            if (entry.IsStored)
            {
                setPayloads.With(1, entry.Number).With(2, entry.Payloads).Run();
            }
        }

        return bytes;
    }

    private FlowEntry? Load(Statement statement)
    {
        FlowEntry entry;
        using (var reader = statement.Read())
        {
            if (!reader.Read())
            {
                return null;
            }

            var state = Codes.State(reader.GetInt64(4));
            var due = reader.IsDBNull(10) ? (long?)null : reader.GetInt64(10);
            entry = new FlowEntry
            {
                Number = reader.GetInt64(0),
                Id = reader.GetString(1),
                Definition = reader.GetString(2),
                Version = reader.GetInt32(3),
                State = state,
                Created = reader.GetInt64(5),
                Updated = reader.GetInt64(6),
                Generation = reader.GetInt32(7),
                IsAwake = reader.GetInt64(8) != 0,
                WaitsFor = reader.IsDBNull(9) ? null : reader.GetString(9),
                Due = due,
                Status = reader.IsDBNull(11) ? null : reader.GetBytes(11),
                Result = reader.IsDBNull(12) ? null : reader.GetBytes(12),
                Incident = reader.IsDBNull(13) ? null : reader.GetString(13),
                Tags = reader.IsDBNull(14) ? null : reader.GetBytes(14),
                Starter = reader.IsDBNull(15) ? null : reader.GetString(15),
                Payloads = reader.GetInt32(16),
                Kept = reader.IsDBNull(17) ? 0 : reader.GetInt32(17),
                HasCommands = true,
                HasAttempts = true,
                HasTries = true,
                IsStored = true,
                StateStored = state,
                DueStored = state == FlowState.Running ? due : null,
            };
        }

        if (entry.Kept > 0)
        {
            entry.Result = Payload(entry.Number, entry.Kept);
        }

        var last = lastEpisode.With(1, First(entry.Number)).With(2, First(entry.Number + 1)).Number();
        entry.Episodes = last is null ? 0 : checked((int)(last.Value - First(entry.Number) + 1));
        var unread = new List<(long Place, byte[] Data)>();
        using (var reader = inboxOf.With(1, entry.Number).Read())
        {
            while (reader.Read())
            {
                unread.Add((reader.GetInt64(0), reader.GetBytes(1)));
            }
        }

        foreach (var (place, data) in unread)
        {
            entry.LastPlace = place;
            try
            {
                var content = HistoryCodec.Read(data).Whole(number => Payload(entry.Number, number)).Events.Single();
                entry.Inbox.AddLast(new InboxItem(content) { Place = place });
            }
            catch (Exception damaged) when (damaged is InvalidDataException or InvalidOperationException)
            {
                entry.Damage = "The inbox is damaged: " + damaged.Message;
            }
        }

        return entry;
    }

    private static List<long> Numbers(Statement statement)
    {
        var numbers = new List<long>();
        using var reader = statement.Read();
        while (reader.Read())
        {
            numbers.Add(reader.GetInt64(0));
        }

        return numbers;
    }

    private Statement Prepare(string sql, int parameters = 0)
    {
        var statement = new Statement(connection, sql, parameters);
        statements.Add(statement);
        return statement;
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

/// <summary>A dead letter as the engine reads it back.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Flow">The flow's number.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="Content">The command, or the call as it stands in the history.</param>
internal sealed record GivenUp(long Id, long Flow, int Tries, FlowEventRecord Content)
{
    public bool IsCall => Content.Kind == EventKind.Called;
}
