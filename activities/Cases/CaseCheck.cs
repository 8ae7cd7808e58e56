using System.Globalization;
using System.Text.Json;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Cases;

/// <summary>
/// Looks at all cases of a tables file that stands still: whether every journal's chain holds, whether a case's state
/// is the one that its journal led to, and whether the lists show what the cases' cards say.
/// </summary>
public sealed class CaseCheck
{
    private readonly Func<string, int, bool> isUnderWay;
    private readonly HashSet<(string List, string Row)> missing = [];
    private readonly Dictionary<(string List, string Row), (string Case, string Card)> expected = [];
    private readonly HashSet<string> underWay = new(StringComparer.Ordinal);

    private CaseCheck(Func<string, int, bool> isUnderWay) => this.isUnderWay = isUnderWay;

    /// <summary>By case: the version saved last.</summary>
    public Dictionary<string, int> Versions { get; } = new(StringComparer.Ordinal);

    public int JournalEntries { get; private set; }

    public int ListRows { get; private set; }

    public List<string> JournalProblems { get; } = [];

    public List<string> StateProblems { get; } = [];

    public List<string> ListProblems { get; } = [];

    /// <param name="file">The tables.</param>
    /// <param name="isBackup">Leaves no file beside it.</param>
    /// <param name="isUnderWay">Whether this version of a case is still being saved, so that its list rows may come later.</param>
    public static CaseCheck Run(string file, bool isBackup, Func<string, int, bool> isUnderWay)
    {
        var check = new CaseCheck(isUnderWay);
        try
        {
            check.Cases(TablesFile.Rows(file, CaseRows.Cases, isBackup));
        }
        catch (InvalidDataException damaged)
        {
            check.StateProblems.Add(damaged.Message);
            return check;
        }

        try
        {
            check.Lists(TablesFile.Rows(file, CaseRows.Lists, isBackup));
        }
        catch (InvalidDataException damaged)
        {
            check.ListProblems.Add(damaged.Message);
        }

        return check;
    }

    /// <summary>The journal comes before the state in the order of rows.</summary>
    private void Cases(IEnumerable<Entity> rows)
    {
        var id = "";
        var journal = new List<JournalEntry>();
        var hasState = true;
        foreach (var row in rows)
        {
            if (row.Partition != id)
            {
                Whole(id, hasState);
                (id, hasState) = (row.Partition, false);
                journal.Clear();
            }

            try
            {
                if (row.Row.StartsWith(CaseRows.JournalPrefix, StringComparison.Ordinal))
                {
                    journal.Add(Entry(row));
                }
                else if (row.Row == CaseRows.State)
                {
                    hasState = true;
                    Chain(id, journal);
                    State(id, row, journal);
                }
            }
            catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or InvalidCastException or InvalidOperationException)
            {
                StateProblems.Add($"{id}: row {row.Row} cannot be read: {damaged.Message}");
            }
        }

        Whole(id, hasState);
    }

    private void Whole(string id, bool hasState)
    {
        if (!hasState)
        {
            StateProblems.Add($"{id} has a journal and no state");
        }
    }

    private JournalEntry Entry(Entity row)
    {
        JournalEntries++;
        var entry = Wire.Read<JournalEntry>(System.Text.Encoding.UTF8.GetBytes(row.Text("Entry")));
        if (row.Row != CaseRows.JournalRow(entry.Number))
        {
            JournalProblems.Add(string.Create(
                CultureInfo.InvariantCulture, $"{row.Partition}: row {row.Row} holds journal entry {entry.Number}"));
        }

        return entry;
    }

    private void Chain(string id, List<JournalEntry> journal)
    {
        if (Journal.FirstBroken(journal) is { } broken)
        {
            JournalProblems.Add(string.Create(
                CultureInfo.InvariantCulture, $"{id}: the journal's chain breaks at entry {broken}"));
        }
    }

    private void State(string id, Entity row, List<JournalEntry> journal)
    {
        using var document = JsonDocument.Parse(CaseRows.RecordOf(row));
        var record = document.RootElement;
        var version = (int)row.Number("Version");
        Versions[id] = version;
        var length = record.GetProperty("journalLength").GetInt32();
        if (record.GetProperty("id").GetString() != id || record.GetProperty("version").GetInt32() != version)
        {
            StateProblems.Add($"{id}: its record is of another case or version");
        }

        if (length != journal.Count)
        {
            StateProblems.Add(string.Create(
                CultureInfo.InvariantCulture, $"{id}: its state counts {length} journal entries, there are {journal.Count}"));
        }
        else if (record.GetProperty("journalHash").GetString() != (journal.Count == 0 ? Journal.Beginning : journal[^1].Hash))
        {
            StateProblems.Add($"{id}: its state does not build on the last journal entry");
        }

        if (isUnderWay(id, version))
        {
            underWay.Add(id);
            return;
        }

        var card = CaseRows.CardOf(row);
        foreach (var list in card.Lists)
        {
            var key = (list, CaseRows.ListRow(card.OpenedAt, id));
            missing.Add(key);
            expected[key] = (id, JsonSerializer.Serialize(card with { Lists = [] }, Wire.Options));
        }
    }

    private void Lists(IEnumerable<Entity> rows)
    {
        foreach (var row in rows)
        {
            ListRows++;
            var key = (row.Partition, row.Row);
            missing.Remove(key);
            var id = row.TextOrNull("Case") ?? "";
            if (underWay.Contains(id))
            {
                continue;
            }

            if (!expected.TryGetValue(key, out var due) || due.Case != id)
            {
                ListProblems.Add($"{id} stands in {row.Partition}, which its card does not say");
            }
            else if (row.TextOrNull("Card") != due.Card)
            {
                ListProblems.Add($"{id} stands in {row.Partition} with another card than its own");
            }
        }

        ListProblems.AddRange(missing
            .Select(key => $"{expected[key].Case} is missing from {key.List}")
            .Order(StringComparer.Ordinal));
    }
}
