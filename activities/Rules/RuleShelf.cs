using System.Collections.Concurrent;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Rules;
using Workflows.Orchestrations.Supervision;

namespace Workflows.Activities.Rules;

/// <summary>
/// Every rule set that a case may live under, by the address of its content, and which one is current. A version is stored
/// for good when it is added, so a case of last year still finds its calendar.
/// </summary>
public sealed class RuleShelf : IRuleShelf, IActivityHandler<ActivateRules, RulesActivated>
{
    private const string Prefix = "rules/";

    private readonly IBlobs blobs;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, RuleSet> sets = [];
    private readonly Lock looking = new();
    private volatile InForce inForce;

    private RuleShelf(IBlobs blobs, RuleVersions versions, TimeProvider time, RuleSet folder)
    {
        this.blobs = blobs;
        this.time = time;
        Versions = versions;
        Folder = folder;
        sets[folder.Version] = folder;
        inForce = new InForce(0, folder, DateTimeOffset.MinValue);
    }

    /// <summary>
    /// How long a process may go on with a version after another process has activated one. A case that is registered in
    /// this time lives under the older version, which is a correct one.
    /// </summary>
    public static TimeSpan LookAgainAfter { get; } = TimeSpan.FromSeconds(10);

    public RuleVersions Versions { get; }

    /// <summary>What the seeds folder held at the start, whether it is current or not.</summary>
    public RuleSet Folder { get; }

    /// <summary>The version that new cases live under. Looks now and then whether another process has activated one.</summary>
    public RuleSet Current
    {
        get
        {
            LookNowAndThen();
            return inForce.Set;
        }
    }

    /// <summary>The number of the activation by which <see cref="Current"/> is.</summary>
    public int Number => inForce.Number;

    /// <summary>
    /// Opens the shelf and adds the content of a seeds folder. It becomes current when the folder holds something else than
    /// when it was last looked at: software or files were changed by hand. Else what was activated at run time stays.
    /// </summary>
    /// <exception cref="RuleSetRefusedException">The files are wrong; nothing was stored.</exception>
    public static async Task<RuleShelf> Open(
        string seeds, ITables tables, IBlobs blobs, TimeProvider time, CancellationToken cancellation = default)
    {
        var files = RuleFiles.Read(seeds);
        var shelf = new RuleShelf(blobs, new RuleVersions(tables), time, RuleSet.Parse(files));
        await shelf.Add(files, RuleVersions.ByFiles, "The seeds folder held it at a start.", RuleSource.Files, cancellation);
        while (!await shelf.TakeFolder(cancellation))
        {
            // Another process that starts at the same moment was first.
        }

        await shelf.Look(cancellation);
        return shelf;
    }

    /// <summary>Checks and stores a set; one that is known stays as it is.</summary>
    /// <exception cref="RuleSetRefusedException">The files are wrong; nothing was stored.</exception>
    public async Task<RuleSet> Add(
        RuleFiles files, string by, string reason, RuleSource from, CancellationToken cancellation = default)
    {
        var set = RuleSet.Parse(files);
        await blobs.Put(Name(set.Version), files.Pack(), "application/json", once: true, cancellation);
        await Versions.Add(new RuleVersion(set.Version, time.GetUtcNow(), by, reason, from), cancellation);
        return sets.GetOrAdd(set.Version, set);
    }

    /// <summary>The files of a version; null when nothing is stored under the address.</summary>
    public async Task<RuleFiles?> Files(string version, CancellationToken cancellation = default) =>
        await Versions.Find(version, cancellation) is not null && await blobs.Get(Name(version), cancellation) is { } blob
            ? RuleFiles.Unpack(blob.Content.Span)
            : null;

    /// <summary>Makes a version current, once by number; the answer to the same request again is the same.</summary>
    public async Task<RulesActivated> Run(ActivateRules request, CancellationToken cancellation)
    {
        var asked = new RuleActivation(
            request.Number, request.Version, request.At, request.By, request.Reason, request.Running, RuleSource.Http);
        if (await Versions.Find(request.Version, cancellation) is null)
        {
            return new RulesActivated(false, "unknown-version");
        }

        var before = await Versions.Current(cancellation);
        if (before?.Number == request.Number - 1 && await Versions.Activate(asked, before.Folder, before, cancellation))
        {
            await Look(cancellation);
            return new RulesActivated(true);
        }

        var written = await Versions.Activation(request.Number, cancellation);
        await Look(cancellation);
        return written == asked ? new RulesActivated(true) : new RulesActivated(false, "other-activation");
    }

    /// <summary>Looks at once what is current.</summary>
    public async Task Look(CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        if (await Versions.Current(cancellation) is not { } current)
        {
            return;
        }

        var set = current.Number == inForce.Number ? inForce.Set
            : sets.TryGetValue(current.Version, out var held) ? held
            : RuleSet.Parse(await Files(current.Version, cancellation) ?? throw new RulesMissingException(current.Version, typeof(RuleSet)));
        sets.TryAdd(set.Version, set);
        lock (looking)
        {
            // A look that began earlier and took longer knows less.
            inForce = current.Number < inForce.Number ? inForce with { LookedAt = now } : new InForce(current.Number, set, now);
        }
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

    /// <returns>False when somebody else wrote meanwhile.</returns>
    private async Task<bool> TakeFolder(CancellationToken cancellation)
    {
        var before = await Versions.Current(cancellation);
        if (before is null)
        {
            await NoteKept(cancellation);
        }

        return before?.Folder == Folder.Version
            || (before?.Version == Folder.Version
                ? await Versions.Note(before, Folder.Version, cancellation)
                : await Versions.Activate(
                    new RuleActivation(
                        (before?.Number ?? 0) + 1,
                        Folder.Version,
                        time.GetUtcNow(),
                        RuleVersions.ByFiles,
                        "The seeds folder holds something new.",
                        RunningCases.Keep,
                        RuleSource.Files),
                    Folder.Version,
                    before,
                    cancellation));
    }

    /// <summary>Sets that were stored before there was a table of versions are versions too.</summary>
    private async Task NoteKept(CancellationToken cancellation)
    {
        await foreach (var name in blobs.List(Prefix, cancellation))
        {
            var version = name[Prefix.Length..^".json".Length];
            await Versions.Add(
                new RuleVersion(version, time.GetUtcNow(), RuleVersions.ByFiles, "It was stored before versions were noted.", RuleSource.Files), cancellation);
        }
    }

    /// <summary>One row is read, at most so often, by whoever comes first; the others go on with what is known.</summary>
    private void LookNowAndThen()
    {
        var known = inForce;
        var now = time.GetUtcNow();
        if ((now - known.LookedAt).Duration() < LookAgainAfter || Interlocked.CompareExchange(ref inForce, known with { LookedAt = now }, known) != known)
        {
            return;
        }

        try
        {
            Look().GetAwaiter().GetResult();
        }
#pragma warning disable CA1031 // Whatever keeps it from looking, what is known is a correct version; it looks again.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>
    /// Read while a flow waits: the content is fixed by its address, so the flow cannot tell, and it happens once per
    /// version and process.
    /// </summary>
    private RuleSet Load<TRules>(string version) =>
        blobs.Get(Name(version)).GetAwaiter().GetResult() is { } blob
            ? RuleSet.Parse(RuleFiles.Unpack(blob.Content.Span))
            : throw new RulesMissingException(version, typeof(TRules));

    private static string Name(string version) => $"{Prefix}{version}.json";

    /// <summary>What is current as far as this process knows.</summary>
    private sealed record InForce(int Number, RuleSet Set, DateTimeOffset LookedAt);
}
