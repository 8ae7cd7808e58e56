using System.Text.Json;
using Workflows.Activities.Cases;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Reports;

namespace Workflows.Activities.Reports;

/// <summary>The measures of a month, added up from the rows of its days; nothing else is read.</summary>
public sealed class MonthlyMeasures(CaseStore cases, RuleShelf rules)
{
    /// <summary>Every measure of the current rule set, in its order.</summary>
    /// <param name="month">Any day of the month.</param>
    /// <param name="place">A division code; a township stands for its villages too. Null: the county.</param>
    /// <param name="categories">Null: all.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async Task<IReadOnlyList<Measured>> Of(
        DateOnly month, string? place = null, IReadOnlyCollection<string>? categories = null, CancellationToken cancellation = default)
    {
        var book = rules.Current.Measures;
        var first = new DateOnly(month.Year, month.Month, 1);
        var counted = (await Cases(first, book.RepeatWithinDays, cancellation)).Within(place, categories);
        return [.. book.All.Select(measure => Measured.Of(measure, book.RepeatWithinDays, first, counted))];
    }

    private async Task<CountedCases> Cases(DateOnly first, int repeatWithinDays, CancellationToken cancellation)
    {
        var next = first.AddMonths(1);

        // Open cases are read before ended ones: a case that ends in between is found twice and not missed.
        var open = new Dictionary<string, CountedCase>(StringComparer.Ordinal);
        await foreach (var row in cases.All("disputes.open", cancellation))
        {
            var dispute = row.Card.Summary.Deserialize<OpenDispute>(Wire.Options)!;
            var date = rules.Current.Calendar.LocalDate(dispute.OpenedAt);
            if (date < next)
            {
                open[dispute.Id] = new CountedCase(dispute.Id, dispute.Place, dispute.Category, date);
            }
        }

        var ended = await Rows(DisputeCounts.Ended, first, null, cancellation);
        foreach (var one in ended)
        {
            open.Remove(one.Id);
            if (one.Ended >= next && one.Opened < next)
            {
                open[one.Id] = one.AtOpening();
            }
        }

        var opened = await Rows(DisputeCounts.Opened, first.AddDays(-repeatWithinDays), next, cancellation);
        return new CountedCases(opened, [.. ended.Where(one => one.Ended < next)], [.. open.Values]);
    }

    private async Task<IReadOnlyList<CountedCase>> Rows(
        string partition, DateOnly from, DateOnly? to, CancellationToken cancellation) =>
    [
        .. (await cases.Counted(partition, DisputeCounts.From(from), to is { } end ? DisputeCounts.From(end) : null, cancellation))
            .Select(DisputeCounts.CaseOf),
    ];

    /// <summary>What is read of an open dispute's list row.</summary>
    private sealed record OpenDispute(string Id, string Place, string Category, DateTimeOffset OpenedAt);
}
