using Workflows.Activities.Cases;
using Workflows.Activities.Storage;

namespace Workflows.Activities.Reports;

/// <summary>Compares the counts with the cases' states, and mends them.</summary>
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

        return new RecountReport(counted, differences);
    }

    /// <summary>
    /// Counts the cases from before there were counts, once for each store. It drops nothing, so it may be done while
    /// cases go on.
    /// </summary>
    public async Task FillOnce(ITables tables, CancellationToken cancellation = default)
    {
        if (await tables.Get(CaseStore.CountsTable, "meta", "filled", cancellation) is not null)
        {
            return;
        }

        await foreach (var card in cases.All("disputes", cancellation))
        {
            await cases.Recount(card.Case, cancellation);
        }

        await tables.Submit(
            CaseStore.CountsTable,
            "meta",
            [new TableOperation.Put("filled", new Dictionary<string, object> { ["Form"] = 1 })],
            cancellation);
    }
}
