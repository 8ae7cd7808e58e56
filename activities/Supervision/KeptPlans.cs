using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;

namespace Workflows.Activities.Supervision;

/// <summary>
/// Activated plans, as they were when they were: the content in a blob <c>plans/ID/VERSION.json</c> that is written once,
/// and a row per plan that says which version is the active one.
/// </summary>
/// <param name="tables">Where the rows lie.</param>
/// <param name="blobs">Where the contents lie.</param>
/// <param name="shelf">Plans of the seeds, which may not be activated yet.</param>
public sealed class KeptPlans(ITables tables, IBlobs blobs, PlanShelf shelf)
{
    /// <summary>More plans than this are not listed.</summary>
    public const int ListMax = 200;

    private const int IdCharactersMax = 60;
    private const string Table = "Plans";
    private const string Partition = "plans";
    private const string VersionColumn = "Version";

    /// <summary>Keeps a plan that is about to be activated; the same content again is fine.</summary>
    /// <returns>The version that counts: another one when the plan was activated with other content before.</returns>
    public async Task<string> Keep(Plan plan, CancellationToken cancellation = default)
    {
        await blobs.Put(Name(plan.Id, plan.Version), Wire.Write(plan), "application/json", once: true, cancellation);
        try
        {
            await tables.Submit(Table, Partition, [new TableOperation.Insert(plan.Id, new Dictionary<string, object> { [VersionColumn] = plan.Version })], cancellation);
            return plan.Version;
        }
        catch (TableConflictException)
        {
            return (await tables.Get(Table, Partition, plan.Id, cancellation))!.Text(VersionColumn);
        }
    }

    /// <summary>The plan as it was activated, or as the seeds have it.</summary>
    public async Task<Plan?> Find(string id, CancellationToken cancellation = default) =>
        CanBeId(id) && await tables.Get(Table, Partition, id, cancellation) is { } row
            ? await Read(id, row.Text(VersionColumn), cancellation)
            : shelf.Find(id);

    /// <summary>Every plan: those of the seeds first, then those that were activated.</summary>
    public async Task<IReadOnlyList<Plan>> List(CancellationToken cancellation = default)
    {
        var page = await tables.Query(Table, new RowRange(Partition), ListMax, cancellation: cancellation);
        var kept = new List<Plan>();
        foreach (var row in page.Entities)
        {
            kept.Add((await Read(row.Row, row.Text(VersionColumn), cancellation))!);
        }

        return [.. shelf.All.Select(plan => kept.FirstOrDefault(known => known.Id == plan.Id) ?? plan), .. kept.Where(plan => shelf.Find(plan.Id) is null)];
    }

    /// <summary>A version's content; null when it was never kept.</summary>
    public async Task<Plan?> Read(string id, string version, CancellationToken cancellation = default) =>
        await blobs.Get(Name(id, version), cancellation) is { } blob ? Wire.Read<Plan>(blob.Content.Span) : null;

    /// <summary>A caller's slash or line break must not reach the store.</summary>
    private static bool CanBeId(string id) => id.Length <= IdCharactersMax && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static string Name(string id, string version) => $"plans/{id}/{version}.json";
}
