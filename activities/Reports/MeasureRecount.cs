using Workflows.Activities.Cases;
using Workflows.Activities.Storage;

namespace Workflows.Activities.Reports;

/// <summary>Compares the counts with the cases' states and the trails with their journals, and mends them.</summary>
/// <param name="cases">Where both lie.</param>
public sealed class MeasureRecount(CaseStore cases)
{
    private static readonly string[] Partitions = [DisputeCounts.Opened, DisputeCounts.Ended];

    /// <summary>What differs; nothing when every number is what a recount gives. The county must not run.</summary>
    /// <param name="repair">Mends it.</param>
    /// <param name="cancellation">Stops between two cases.</param>
    public async Task<RecountReport> Run(bool repair, CancellationToken cancellation = default)
    {
        var there = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var partition in Partitions)
        {
            foreach (var row in await cases.Counted(partition, cancellation: cancellation))
            {
                there[row.Key] = row.Facts;
            }
        }

        var differences = new List<string>();
        var counted = 0;
        await foreach (var card in cases.All("disputes", cancellation))
        {
            counted++;
            var isRight = true;
            foreach (var row in await cases.CountedBy(card.Case, cancellation) ?? [])
            {
                var key = row.Key;
                if (!there.Remove(key, out var facts))
                {
                    differences.Add($"{card.Case} is not counted in {key}");
                    isRight = false;
                }
                else if (facts != row.Facts)
                {
                    differences.Add($"{card.Case} is counted in {key} with other facts than its own");
                    isRight = false;
                }
            }

            if (repair && !isRight)
            {
                await cases.Recount(card.Case, cancellation);
            }
        }

        foreach (var key in there.Keys.Order(StringComparer.Ordinal))
        {
            differences.Add($"{key} counts a case that does not stand so");
            if (repair)
            {
                await cases.DropCount(key, cancellation);
            }
        }

        return new RecountReport(counted + await Trails(repair, differences, cancellation), differences);
    }

    private async Task<int> Trails(bool repair, List<string> differences, CancellationToken cancellation)
    {
        var there = (await cases.Trails(ScoreTrails.Partition, cancellation: cancellation)).ToDictionary(trail => trail.Key);
        var looked = 0;
        await foreach (var card in Scored(cancellation))
        {
            looked++;
            if (await cases.TrailBy(card.Case, cancellation) is not { } trail)
            {
                continue;
            }

            if (there.Remove(trail.Key, out var kept) && kept.IsSame(trail))
            {
                continue;
            }

            differences.Add($"{card.Case} is scored by another journal than its own");
            if (repair && kept is not null)
            {
                await cases.DropTrail(kept, cancellation);
            }

            if (repair)
            {
                await cases.FillTrail(trail, cancellation);
            }
        }

        foreach (var (key, trail) in there.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            differences.Add($"{key} scores a case that is not there");
            if (repair)
            {
                await cases.DropTrail(trail, cancellation);
            }
        }

        return looked;
    }

    private async IAsyncEnumerable<CardRow> Scored([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var list in (string[])["assignments", "sheets"])
        {
            await foreach (var card in cases.All(list, cancellation))
            {
                yield return card;
            }
        }
    }

    /// <summary>
    /// Counts the cases from before there were counts, and scores those from before there were scores, once for each store.
    /// It drops nothing, so it may be done while cases go on.
    /// </summary>
    public async Task FillOnce(ITables tables, CancellationToken cancellation = default)
    {
        if (await tables.Get(CaseStore.CountsTable, "meta", "filled", cancellation) is null)
        {
            await foreach (var card in cases.All("disputes", cancellation))
            {
                await cases.Recount(card.Case, cancellation);
            }

            await Filled(tables, "filled", cancellation);
        }

        if (await tables.Get(CaseStore.CountsTable, "meta", "filled-trails", cancellation) is null)
        {
            await foreach (var card in Scored(cancellation))
            {
                if (await cases.TrailBy(card.Case, cancellation) is { } trail)
                {
                    await cases.FillTrail(trail, cancellation);
                }
            }

            await Filled(tables, "filled-trails", cancellation);
        }
    }

    private static Task Filled(ITables tables, string row, CancellationToken cancellation) => tables.Submit(
        CaseStore.CountsTable,
        "meta",
        [new TableOperation.Put(row, new Dictionary<string, object> { ["Form"] = 1 })],
        cancellation);
}

/// <param name="Cases">How many were looked at.</param>
/// <param name="Differences">What was wrong, a line each.</param>
public sealed record RecountReport(int Cases, IReadOnlyList<string> Differences);
