using System.Globalization;
using Microsoft.Data.Sqlite;
using Workflows.Activities.Cases;
using Workflows.Activities.Storage;
using Workflows.Engine.Operations;
using Workflows.Orchestrations;
using Workflows.Orchestrations.Durable;

namespace Workflows.Server.Commands;

/// <summary>Looks at everything a county keeps, and at whether its parts agree. It only reads.</summary>
internal sealed class CountyCheck
{
    // By case: the highest version that its flow knows to be saved, and the highest it has asked to save.
    private readonly Dictionary<string, (int Saved, int Asked)> versions = new(StringComparer.Ordinal);
    private readonly HashSet<(string Case, int Version)> underWay = [];
    private readonly List<StoreFinding> findings = [];

    private CountyCheck()
    {
    }

    /// <param name="options">Whose county; it does not run.</param>
    /// <param name="manifest">What the folder holds when it is a backup.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<IReadOnlyList<StoreFinding>> Run(
        CountyOptions options, BackupManifest? manifest, CancellationToken cancellation)
    {
        var check = new CountyCheck();
        if (manifest is not null)
        {
            check.Found($"{manifest.Files.Count:N0} files are those that were backed up at {manifest.MadeAt:u}", manifest.Differences(options.Data));
        }

        using var blobs = new FileBlobs(options.Blobs);
        var rules = await KeptRules.Read(blobs, cancellation);
        check.Found($"{rules.Count:N0} rule sets are what their addresses say", rules.Problems);
        check.findings.AddRange(StoreCheck.Run(options.EngineFile, FlowCatalogue.All, rules, manifest is not null, check.Hear));
        check.Tables(options.TablesFile, manifest is not null);
        return check.findings;
    }

    private void Hear(RecordedCall call)
    {
        var cut = call.Key.LastIndexOf("/v", StringComparison.Ordinal);
        if (call.Activity != nameof(SaveCase)
            || cut < 0 || !int.TryParse(call.Key.AsSpan(cut + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return;
        }

        var id = call.Key[..cut];
        var (saved, asked) = versions.GetValueOrDefault(id);
        versions[id] = (Math.Max(saved, call.IsAnswered ? version : 0), Math.Max(asked, version));
        if (!call.IsAnswered)
        {
            underWay.Add((id, version));
        }
    }

    private void Tables(string file, bool isBackup)
    {
        var name = Path.GetFileName(file);
        try
        {
            Found($"{name} is whole", TablesFile.Broken(file, isBackup));
            var cases = CaseCheck.Run(file, isBackup, (id, version) => underWay.Contains((id, version)));
            Found($"{cases.JournalEntries:N0} journal entries are chained without a break", cases.JournalProblems);
            Found($"{cases.Versions.Count:N0} cases stand where their journals end", cases.StateProblems);
            Found($"{cases.ListRows:N0} list rows say what the cases' cards say", cases.ListProblems);
            Agree(cases.Versions);
        }
        catch (SqliteException unreadable)
        {
            Found($"{name} can be read to its end", [unreadable.Message]);
        }
    }

    /// <summary>The tables are neither older nor newer than what the flows have recorded.</summary>
    private void Agree(Dictionary<string, int> saved)
    {
        var problems = new List<string>();
        foreach (var (id, known) in versions.OrderBy(known => known.Key, StringComparer.Ordinal))
        {
            var version = saved.GetValueOrDefault(id);
            if (version < known.Saved || version > known.Asked)
            {
                problems.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{id}: its flow has saved version {known.Saved}, the tables hold version {version}"));
            }
        }

        Found($"{versions.Count:N0} cases are saved as their flows know", problems);
    }

    private void Found(FormattableString what, IReadOnlyList<string> problems) =>
        findings.Add(new StoreFinding(what.ToString(CultureInfo.InvariantCulture), problems));
}
