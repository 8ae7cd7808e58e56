using System.Collections.Concurrent;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Supervision;

namespace Workflows.Activities.Rules;

/// <summary>
/// Every rule set that a case may live under, by the address of its content. A version is stored for good when it
/// becomes current, so a case of last year still finds its calendar.
/// </summary>
public sealed class RuleShelf : IRuleShelf
{
    private readonly IBlobs blobs;
    private readonly ConcurrentDictionary<string, RuleSet> sets = [];

    private RuleShelf(IBlobs blobs, RuleSet current)
    {
        this.blobs = blobs;
        Current = current;
        sets[current.Version] = current;
    }

    /// <summary>The version that new cases live under.</summary>
    public RuleSet Current { get; }

    /// <summary>Makes the files of a seeds folder the current version.</summary>
    /// <exception cref="RuleSetRefusedException">The files are wrong; nothing was stored.</exception>
    public static async Task<RuleShelf> Open(string seeds, IBlobs blobs, CancellationToken cancellation = default)
    {
        var files = RuleFiles.Read(seeds);
        var current = RuleSet.Parse(files);
        await blobs.Put(Name(current.Version), files.Pack(), "application/json", once: true, cancellation);
        return new RuleShelf(blobs, current);
    }

    public TRules Get<TRules>(string version)
        where TRules : class
    {
        var set = sets.GetOrAdd(version, Load<TRules>);
        object? rules = typeof(TRules) == typeof(DisputeRules) ? set.Disputes
            : typeof(TRules) == typeof(SupervisionRules) ? set.Supervision
            : typeof(TRules) == typeof(NoticeRules) ? set.Notices
            : null;
        return rules as TRules ?? throw new RulesMissingException(version, typeof(TRules));
    }

    /// <summary>
    /// Read while a flow waits: the content is fixed by its address, so the flow cannot tell, and it happens once per
    /// version and process.
    /// </summary>
    private RuleSet Load<TRules>(string version) =>
        blobs.Get(Name(version)).GetAwaiter().GetResult() is { } blob
            ? RuleSet.Parse(RuleFiles.Unpack(blob.Content.Span))
            : throw new RulesMissingException(version, typeof(TRules));

    private static string Name(string version) => $"rules/{version}.json";
}
