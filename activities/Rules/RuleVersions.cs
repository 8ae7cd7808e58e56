using System.Globalization;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Rules;

namespace Workflows.Activities.Rules;

/// <summary>How a version or an activation came about.</summary>
public enum RuleSource
{
    /// <summary>By the seeds folder, when the program started.</summary>
    Files,
    Http,
}

/// <summary>A version of the rules, without its content.</summary>
/// <param name="Version">The address of its content.</param>
/// <param name="AddedAt">UTC.</param>
/// <param name="By">The unit that added it; <see cref="RuleVersions.ByFiles"/> when the folder did.</param>
/// <param name="Reason">Why.</param>
/// <param name="From">How it came.</param>
public sealed record RuleVersion(string Version, DateTimeOffset AddedAt, string By, string Reason, RuleSource From);

/// <summary>A version became current.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Version">Which.</param>
/// <param name="At">When it was decided, UTC.</param>
/// <param name="By">The unit that decided; <see cref="RuleVersions.ByFiles"/> when the folder did.</param>
/// <param name="Reason">Why.</param>
/// <param name="Running">What becomes of running cases.</param>
/// <param name="From">How it came.</param>
public sealed record RuleActivation(
    int Number, string Version, DateTimeOffset At, string By, string Reason, RunningCases Running, RuleSource From);

/// <summary>What is current, and what the seeds folder held when it was last looked at.</summary>
/// <param name="Number">Of the last activation.</param>
/// <param name="Version">The current version.</param>
/// <param name="Folder">The version of the folder's content.</param>
/// <param name="ETag">Of the row.</param>
internal sealed record CurrentRules(int Number, string Version, string Folder, string ETag);

/// <summary>
/// The versions of the rules and the history of activations: one partition, so that an activation and what is current are
/// written together, and so that what is current is one row to read.
/// </summary>
public sealed class RuleVersions(ITables tables)
{
    /// <summary>Who added or activated what the folder brought.</summary>
    public const string ByFiles = "files";

    private const string Table = "Rules";
    private const string Partition = "rules";
    private const string CurrentRow = "current";
    private const string VersionPrefix = "version-";
    private const string ActivationPrefix = "activation-";
    private const int PageSize = 200;

    /// <summary>Every version, in the order of the addresses.</summary>
    public Task<IReadOnlyList<RuleVersion>> All(CancellationToken cancellation = default) => Rows(VersionPrefix, VersionOf, cancellation);

    public async Task<RuleVersion?> Find(string version, CancellationToken cancellation = default) =>
        IsAddress(version) && await tables.Get(Table, Partition, VersionPrefix + version, cancellation) is { } row ? VersionOf(row) : null;

    /// <summary>Every activation, oldest first.</summary>
    public Task<IReadOnlyList<RuleActivation>> History(CancellationToken cancellation = default) => Rows(ActivationPrefix, ActivationOf, cancellation);

    public async Task<RuleActivation?> Activation(int number, CancellationToken cancellation = default) =>
        await tables.Get(Table, Partition, ActivationRow(number), cancellation) is { } row ? ActivationOf(row) : null;

    /// <summary>Notes a version; one that is known stays as it was noted first.</summary>
    /// <returns>False when it was known.</returns>
    internal async Task<bool> Add(RuleVersion version, CancellationToken cancellation)
    {
        try
        {
            await tables.Submit(
                Table, Partition, [new TableOperation.Insert(VersionPrefix + version.Version, Properties(version))], cancellation);
            return true;
        }
        catch (TableConflictException)
        {
            return false;
        }
    }

    internal async Task<CurrentRules?> Current(CancellationToken cancellation) =>
        await tables.Get(Table, Partition, CurrentRow, cancellation) is { } row
            ? new CurrentRules((int)row.Number("Number"), row.Text("Version"), row.Text("Folder"), row.ETag!)
            : null;

    /// <summary>Writes an activation and what is current by it, both or none.</summary>
    /// <param name="activation">The next number.</param>
    /// <param name="folder">What the seeds folder holds.</param>
    /// <param name="before">What was current; null when nothing was.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False when somebody else was first.</returns>
    internal Task<bool> Activate(RuleActivation activation, string folder, CurrentRules? before, CancellationToken cancellation) => Submit(
        [
            new TableOperation.Insert(ActivationRow(activation.Number), Properties(activation)),
            Current(activation.Number, activation.Version, folder, before),
        ],
        cancellation);

    /// <summary>Notes that the folder holds what is current already.</summary>
    internal Task<bool> Note(CurrentRules before, string folder, CancellationToken cancellation) =>
        Submit([Current(before.Number, before.Version, folder, before)], cancellation);

    private static bool IsAddress(string version) =>
        version.Length is > 0 and <= 100 && version.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static string ActivationRow(int number) => ActivationPrefix + number.ToString("D8", CultureInfo.InvariantCulture);

    private async Task<bool> Submit(IReadOnlyList<TableOperation> operations, CancellationToken cancellation)
    {
        try
        {
            await tables.Submit(Table, Partition, operations, cancellation);
            return true;
        }
        catch (TableConflictException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<T>> Rows<T>(string prefix, Func<Entity, T> read, CancellationToken cancellation)
    {
        var all = new List<T>();
        string? cursor = null;
        do
        {
            var page = await tables.Query(Table, RowRange.Prefix(Partition, prefix), PageSize, cursor, cancellation);
            all.AddRange(page.Entities.Select(read));
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }

    private static TableOperation Current(int number, string version, string folder, CurrentRules? before)
    {
        var properties = new Dictionary<string, object> { ["Number"] = number, ["Version"] = version, ["Folder"] = folder };
        return before is null
            ? new TableOperation.Insert(CurrentRow, properties)
            : new TableOperation.Replace(CurrentRow, properties, before.ETag);
    }

    private static Dictionary<string, object> Properties(RuleVersion version) => new()
    {
        ["AddedAt"] = version.AddedAt,
        ["By"] = version.By,
        ["Reason"] = version.Reason,
        ["From"] = version.From.ToString(),
    };

    private static Dictionary<string, object> Properties(RuleActivation activation) => new()
    {
        ["Version"] = activation.Version,
        ["At"] = activation.At,
        ["By"] = activation.By,
        ["Reason"] = activation.Reason,
        ["Running"] = activation.Running.ToString(),
        ["From"] = activation.From.ToString(),
    };

    private static RuleVersion VersionOf(Entity row) => new(
        row.Row[VersionPrefix.Length..],
        (DateTimeOffset)row.Properties["AddedAt"],
        row.Text("By"),
        row.Text("Reason"),
        Enum.Parse<RuleSource>(row.Text("From")));

    private static RuleActivation ActivationOf(Entity row) => new(
        int.Parse(row.Row[ActivationPrefix.Length..], CultureInfo.InvariantCulture),
        row.Text("Version"),
        (DateTimeOffset)row.Properties["At"],
        row.Text("By"),
        row.Text("Reason"),
        Enum.Parse<RunningCases>(row.Text("Running")),
        Enum.Parse<RuleSource>(row.Text("From")));
}
