using Workflows.Activities.Cases;
using Workflows.Activities.Storage;

namespace Workflows.Activities.Supervision.Scores;

/// <summary>Compares what scores are counted from with the journals of all assignments and sheets, and mends it.</summary>
/// <param name="cases">Where both lie.</param>
public sealed class ScoreRecount(CaseStore cases)
{
    private const string FilledRow = "filled-trails";

    private static readonly string[] Lists = ["assignments", "sheets"];

    /// <summary>What differs; nothing when every score is what a recount gives. The county must not run.</summary>
    /// <param name="repair">Mends it.</param>
    /// <param name="cancellation">Stops between two cases.</param>
    public async Task<RecountReport> Run(bool repair, CancellationToken cancellation = default)
    {
        var there = (await cases.Trails(ScoreTrails.Partition, cancellation: cancellation)).ToDictionary(trail => trail.Key);
        var differences = new List<string>();
        var looked = 0;
        await foreach (var trail in Journals(cancellation))
        {
            looked++;
            if (there.Remove(trail.Key, out var kept) && kept.IsSame(trail))
            {
                continue;
            }

            differences.Add($"{trail.Row} is scored by another journal than its own");
            if (repair && kept is not null)
            {
                await cases.DropTrail(kept, cancellation);
            }

            if (repair)
            {
                await cases.FillTrail(trail, cancellation);
            }
        }

        foreach (var trail in there.Values.OrderBy(trail => trail.Row, StringComparer.Ordinal))
        {
            differences.Add($"{trail.Row} scores a case that is not there");
            if (repair)
            {
                await cases.DropTrail(trail, cancellation);
            }
        }

        return new RecountReport(looked, differences);
    }

    /// <summary>
    /// Adds the cases from before there were scores, once for each store. It drops nothing, so it may be done while cases go
    /// on.
    /// </summary>
    public async Task FillOnce(ITables tables, CancellationToken cancellation = default)
    {
        if (await tables.Get(CaseStore.CountsTable, "meta", FilledRow, cancellation) is not null)
        {
            return;
        }

        await foreach (var trail in Journals(cancellation))
        {
            await cases.FillTrail(trail, cancellation);
        }

        await tables.Submit(
            CaseStore.CountsTable,
            "meta",
            [new TableOperation.Put(FilledRow, new Dictionary<string, object> { ["Form"] = 1 })],
            cancellation);
    }

    private async IAsyncEnumerable<TrailRow> Journals([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var list in Lists)
        {
            await foreach (var card in cases.All(list, cancellation))
            {
                if (await cases.TrailBy(card.Case, cancellation) is { } trail)
                {
                    yield return trail;
                }
            }
        }
    }
}
