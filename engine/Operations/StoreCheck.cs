using System.Globalization;
using Microsoft.Data.Sqlite;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine.Operations;

/// <summary>One thing that was looked at, and what is wrong with it.</summary>
/// <param name="Checked">With counts; it holds when there is no problem.</param>
/// <param name="Problems">A line each.</param>
public sealed record StoreFinding(string Checked, IReadOnlyList<string> Problems);

/// <summary>A call that a history holds, for those who know what it means.</summary>
public readonly record struct RecordedCall(string Activity, string Key, bool IsAnswered);

/// <summary>
/// Looks at a store that stands still: whether the file is whole, and whether every row follows from the histories. It
/// only reads.
/// </summary>
public sealed class StoreCheck
{
    private readonly SqliteConnection connection;
    private readonly List<StoreFinding> findings = [];
    private long schema;

    private StoreCheck(SqliteConnection connection, FlowTable flows, IRuleShelf rules, Action<RecordedCall>? told)
    {
        this.connection = connection;
        Flows = flows;
        Host = new OfflineHost(flows, rules);
        Told = told;
    }

    internal FlowTable Flows { get; }

    internal OfflineHost Host { get; }

    internal Action<RecordedCall>? Told { get; }

    internal long Moment { get; private set; }

    internal Tally Histories { get; } = new();

    internal Tally Calls { get; } = new();

    internal Tally Commands { get; } = new();

    internal Tally Standing { get; } = new();

    internal Tally Inbox { get; } = new();

    internal Tally Replays { get; } = new();

    internal Tally Payloads { get; } = new();

    internal Tally DeadLetters { get; } = new();

    internal long Episodes { get; set; }

    internal long Blocked { get; set; }

    /// <summary>How many flows a missing rule set keeps from being replayed.</summary>
    internal SortedDictionary<string, int> RulesMissing { get; } = new(StringComparer.Ordinal);

    /// <param name="file">The store; nobody writes to it.</param>
    /// <param name="flows">Whose code is replayed.</param>
    /// <param name="rules">What the flows decide by.</param>
    /// <param name="isBackup">Leaves no file beside it.</param>
    /// <param name="told">Hears of every recorded call.</param>
    /// <exception cref="StoreRefusedException">The file is foreign or newer.</exception>
    public static IReadOnlyList<StoreFinding> Run(
        string file, FlowTable flows, IRuleShelf rules, bool isBackup = false, Action<RecordedCall>? told = null)
    {
        Schema.RefuseForeign(file);
        using var connection = StoreFile.Open(file, isBackup);
        var check = new StoreCheck(connection, flows, rules, told);
        var name = Path.GetFileName(file);
        try
        {
            check.Look(name);
        }
        catch (Exception unreadable) when (unreadable is SqliteException or InvalidDataException or InvalidCastException
            or ArgumentOutOfRangeException)
        {
            check.findings.Add(new StoreFinding($"{name} can be read to its end", [unreadable.Message]));
        }

        return check.findings;
    }

    private void Look(string name)
    {
        schema = StoreFile.Number(connection, "PRAGMA user_version");
        var broken = Texts("PRAGMA integrity_check");
        findings.Add(new StoreFinding($"{name} is whole", broken is ["ok"] ? [] : broken));
        Moment = StoreFile.Number(connection, "SELECT value FROM meta WHERE name = 'moment'");
        Owners();
        EachFlow();
        var missing = RulesMissing.Select(rules => string.Create(
            CultureInfo.InvariantCulture, $"{rules.Value:N0} flows cannot be replayed: {rules.Key}"));
        Replays.Problems.AddRange(missing);
        Found($"{Histories.Count:N0} events in {Episodes:N0} episodes are readable and in order", Histories);
        Found($"{Calls.Count:N0} calls have at most one answer each", Calls);
        Found($"{Commands.Count:N0} commands have ids of their own", Commands);
        Found($"{Standing.Count:N0} flows stand as their rows say", Standing);
        Found($"{Inbox.Count:N0} unread messages wait for a flow that will read them", Inbox);
        Found($"{Payloads.Count:N0} large pieces of data lie beside the history that refers to them", Payloads);
        Found($"{DeadLetters.Count:N0} dead letters can be given back or dropped", DeadLetters);
        Dates();
        Found($"{Replays.Count:N0} living flows do again what they recorded", Replays);
        findings.Add(new StoreFinding(FormattableString.Invariant($"{Blocked:N0} flows are blocked and wait for an operator"), []));
    }

    /// <summary>Every row belongs to a flow, and an ended one has left nothing to be read.</summary>
    private void Owners()
    {
        var rows = new Tally();
        string[] added = schema < 2 ? [] : ["tag", "act", "payload", "tries", "dead"];
        foreach (var table in added.Concat(["hist", "inbox", "command", "timer", "attempt", "ready"]))
        {
            var flow = table == "hist" ? "id >> 24" : "flow";
            rows.Count += StoreFile.Number(connection, $"SELECT count(*) FROM {table}");
            rows.Problems.AddRange(Texts(
                $"SELECT DISTINCT '{table}: rows of flow number ' || ({flow}) || ', which does not exist' FROM {table} WHERE ({flow}) NOT IN (SELECT number FROM flow)"));
        }

        foreach (var table in new[] { "inbox", "command", "attempt" })
        {
            rows.Problems.AddRange(Texts(
                $"SELECT DISTINCT '{table}: rows of ' || f.id || ', which has ended' FROM {table} t JOIN flow f ON f.number = t.flow WHERE f.state > 2"));
        }

        Found($"{rows.Count:N0} rows belong to flows", rows);
    }

    private void Dates()
    {
        var dates = new Tally { Count = StoreFile.Number(connection, "SELECT count(*) FROM timer") };
        foreach (var (sql, problem) in new[]
        {
            ("SELECT f.id, f.due FROM flow f WHERE f.state = 0 AND f.due IS NOT NULL AND NOT EXISTS (SELECT 1 FROM timer t WHERE t.due = f.due AND t.flow = f.number AND t.call = 0)",
                "waits for a date that has no timer"),
            ("SELECT f.id, t.due FROM timer t JOIN flow f ON f.number = t.flow WHERE t.call = 0 AND (f.state <> 0 OR f.due IS NOT t.due)",
                "has a timer for a date that it does not wait for"),
            ("SELECT f.id, a.due FROM attempt a JOIN flow f ON f.number = a.flow WHERE a.due > 0 AND NOT EXISTS (SELECT 1 FROM timer t WHERE t.due = a.due AND t.flow = a.flow AND t.call = a.call)",
                "has an attempt that comes at a date without a timer"),
            ("SELECT f.id, t.due FROM timer t JOIN flow f ON f.number = t.flow WHERE t.call > 0 AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.flow = t.flow AND a.call = t.call AND a.due = t.due)",
                "has a timer of an attempt that it does not have"),
        })
        {
            using var command = Command(sql);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                dates.Problems.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{reader.GetString(0)} {problem}: {Codes.Time(reader.GetInt64(1)):u}"));
            }
        }

        Found($"{dates.Count:N0} timers are those that are waited for", dates);
    }

    private void EachFlow()
    {
        using var reader = new FlowRowReader(connection, schema);
        foreach (var row in reader.Rows())
        {
            new FlowCheck(this, row).Run();
        }
    }

    private void Found(FormattableString what, Tally tally) =>
        findings.Add(new StoreFinding(what.ToString(CultureInfo.InvariantCulture), tally.Problems));

    private List<string> Texts(string sql)
    {
        var texts = new List<string>();
        using var command = Command(sql);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    private SqliteCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    /// <summary>How many were looked at, and what is wrong with them.</summary>
    internal sealed class Tally
    {
        public long Count { get; set; }

        public List<string> Problems { get; } = [];
    }
}
