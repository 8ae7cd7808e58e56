using System.Text.Json;
using Workflows.Activities.Rules;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Supervision;

namespace Workflows.Server.Commands;

/// <summary>The rule sets that a county has kept, each only if it is what its address says.</summary>
internal sealed class KeptRules : IRuleShelf
{
    private const string Prefix = "rules/";

    private readonly Dictionary<string, RuleSet> sets = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    public List<string> Problems { get; } = [];

    public static async Task<KeptRules> Read(IBlobs blobs, CancellationToken cancellation)
    {
        var kept = new KeptRules();
        await foreach (var name in blobs.List(Prefix, cancellation))
        {
            kept.Count++;
            try
            {
                var blob = await blobs.Get(name, cancellation);
                kept.Add(name, RuleFiles.Unpack(blob!.Content.Span));
            }
            catch (Exception damaged) when (damaged is JsonException or InvalidDataException or RuleSetRefusedException
                or InvalidOperationException)
            {
                kept.Problems.Add($"{name} cannot be read: {damaged.Message.ReplaceLineEndings(" ")}");
            }
        }

        return kept;
    }

    public TRules Get<TRules>(string version)
        where TRules : class
    {
        object? rules = !sets.TryGetValue(version, out var set) ? null
            : typeof(TRules) == typeof(DisputeRules) ? set.Disputes
            : typeof(TRules) == typeof(SupervisionRules) ? set.Supervision
            : typeof(TRules) == typeof(NoticeRules) ? set.Notices
            : null;
        return rules as TRules ?? throw new RulesMissingException(version, typeof(TRules));
    }

    private void Add(string name, RuleFiles files)
    {
        if (name != $"{Prefix}{files.Version}.json")
        {
            Problems.Add($"{name} is not what its address says: it holds {files.Version}");
            return;
        }

        sets[files.Version] = RuleSet.Parse(files);
    }
}
