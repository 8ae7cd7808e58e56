using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>
/// A page of flows as one query. Each way to restrict a list has its index, named here so that no statistics can lead
/// astray; a page begins in it where the page before ended. Where two indexes share a list, their rows are merged.
/// </summary>
internal static class FlowList
{
    private const string Place = "f.number < $number";

    // SQLite merges at most 500 queries; a host with so many definitions walks the newest flows first.
    private const int NamesMax = 400;

    public static void Ask(SqliteCommand command, FlowFilter filter, int size, string? after)
    {
        var rest = Rest(command, filter);
        var sources = Sources(command, filter, after is null ? null : ReadCursor(after, IsByDate(filter)));
        var page = string.Join(
            " UNION ALL ",
            sources.Select(source =>
                $"SELECT {StoreReader.Columns(source.Number, source.Due)} FROM {source.From} WHERE {string.Join(" AND ", source.Where.Concat(rest))}"));
        command.CommandText = $"{page} ORDER BY {(IsByDate(filter) ? "due, number" : "number DESC")} LIMIT $size";
        command.Parameters.AddWithValue("$size", size);
    }

    public static string Cursor(FlowFilter filter, FlowInfo last, long number) => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        IsByDate(filter)
            ? string.Create(CultureInfo.InvariantCulture, $"{number}/{last.Due!.Value.UtcTicks}")
            : number.ToString(CultureInfo.InvariantCulture)))
        .Replace('+', '-').Replace('/', '_').TrimEnd('=');

    private static bool IsByDate(FlowFilter filter) =>
        filter.Tag is null && (filter.DueFrom is not null || filter.DueTo is not null);

    private static List<Source> Sources(SqliteCommand command, FlowFilter filter, (long Number, long Due)? after)
    {
        command.Parameters.AddWithValue("$number", after?.Number ?? (IsByDate(filter) ? 0 : long.MaxValue));
        if (filter.Tag is not null)
        {
            var at = filter.Tag.IndexOf('=', StringComparison.Ordinal);
            command.Parameters.AddWithValue("$key", at < 0 ? filter.Tag : filter.Tag[..at]);
            command.Parameters.AddWithValue("$value", at < 0 ? "" : filter.Tag[(at + 1)..]);
            return [new("tag t CROSS JOIN flow f ON f.number = t.flow", ["t.key = $key", "t.value = $value", "t.flow < $number"], "t.flow")];
        }

        if (IsByDate(filter))
        {
            command.Parameters.AddWithValue("$due", after?.Due ?? filter.DueFrom?.UtcTicks ?? 0);
            command.Parameters.AddWithValue("$to", filter.DueTo?.UtcTicks ?? long.MaxValue);
            return
            [
                new(
                    "timer t CROSS JOIN flow f ON f.number = t.flow",
                    ["(t.due, t.flow) > ($due, $number)", "t.due < $to", "t.call = 0"],
                    "t.flow",
                    "t.due"),
                new(
                    "flow f INDEXED BY flow_suspended",
                    ["f.state = 1", "f.due IS NOT NULL", "(f.due, f.number) > ($due, $number)", "f.due < $to"]),
            ];
        }

        if (filter.WaitsFor is not null)
        {
            return
            [
                new("flow f INDEXED BY flow_awake", ["f.awake = 1", "f.waits = $waits", Place]),
                new("flow f INDEXED BY flow_asleep", ["f.awake = 0", "f.waits = $waits", Place]),
            ];
        }

        if (filter.Flow is null && filter.State is null)
        {
            return [new("flow f NOT INDEXED", [Place])];
        }

        // The one index has states before definitions: what is not given is asked once each.
        var states = filter.State is { } state ? [state] : Enum.GetValues<FlowState>();
        var names = filter.Flow is not null ? [filter.Flow] : Names(command, states[0]);
        return names.Count > NamesMax
            ? [new("flow f NOT INDEXED", [Place])]
            : [.. from one in states
                  from index in Enumerable.Range(0, names.Count)
                  select OfKind(command, one, index, names[index])];
    }

    private static Source OfKind(SqliteCommand command, FlowState state, int index, string name)
    {
        var parameter = string.Create(CultureInfo.InvariantCulture, $"$name{index}");
        if (!command.Parameters.Contains(parameter))
        {
            command.Parameters.AddWithValue(parameter, name);
        }

        return new(
            "flow f INDEXED BY flow_by_state",
            [string.Create(CultureInfo.InvariantCulture, $"f.state = {Codes.Of(state)}"), $"f.definition = {parameter}", Place]);
    }

    /// <summary>The definitions that flows of a state have: from each to the next in the index, whatever lies between.</summary>
    private static List<string> Names(SqliteCommand command, FlowState state)
    {
        using var names = command.Connection!.CreateCommand();
        names.Transaction = command.Transaction;
        names.CommandText =
            """
            WITH RECURSIVE next(name) AS (
                SELECT min(definition) FROM flow WHERE state = $state
                UNION ALL
                SELECT (SELECT min(definition) FROM flow WHERE state = $state AND definition > next.name) FROM next
                WHERE next.name IS NOT NULL)
            SELECT name FROM next WHERE name IS NOT NULL
            """;
        names.Parameters.AddWithValue("$state", Codes.Of(state));
        var found = new List<string>();
        using var reader = names.ExecuteReader();
        while (reader.Read())
        {
            found.Add(reader.GetString(0));
        }

        // A list of nothing is a list too.
        return found.Count > 0 ? found : [""];
    }

    /// <summary>Every restriction once more: what an index does not answer is asked of its rows.</summary>
    private static List<string> Rest(SqliteCommand command, FlowFilter filter)
    {
        var rest = new List<string>();
        void Add(string condition, string name, object? value)
        {
            if (value is not null)
            {
                rest.Add(condition);
                command.Parameters.AddWithValue(name, value);
            }
        }

        Add("+f.definition = $definition", "$definition", filter.Flow);
        Add("+f.state = $state", "$state", filter.State is { } state ? Codes.Of(state) : null);
        Add("+f.waits = $waits", "$waits", filter.WaitsFor);
        Add("+f.due >= $dueFrom", "$dueFrom", filter.DueFrom?.UtcTicks);
        Add("+f.due < $dueTo", "$dueTo", filter.DueTo?.UtcTicks);
        return rest;
    }

    private static (long Number, long Due) ReadCursor(string cursor, bool isByDate)
    {
        try
        {
            var padded = cursor.Replace('-', '+').Replace('_', '/').PadRight((cursor.Length + 3) / 4 * 4, '=');
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(padded)).Split('/');
            if (parts.Length == (isByDate ? 2 : 1))
            {
                var numbers = parts.Select(part => long.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture)).ToList();
                return (numbers[0], isByDate ? numbers[1] : 0);
            }
        }
        catch (Exception unreadable) when (unreadable is FormatException or OverflowException)
        {
            // Refused below, like one of another list.
        }

        throw new ArgumentException("This is no cursor that a page of this list gave.", nameof(cursor));
    }

    private sealed record Source(string From, string[] Where, string Number = "f.number", string Due = "f.due");
}
