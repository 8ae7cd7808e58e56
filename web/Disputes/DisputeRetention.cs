using System.Globalization;
using Workflows.Activities.Cases;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;

namespace Workflows.Web.Disputes;

/// <summary>
/// Makes closed disputes anonymous once their time is over, and makes those of earlier versions findable. Both may be
/// stopped anywhere and begun again.
/// </summary>
public sealed class DisputeRetention(CaseStore cases, PersonalDataTable personal, Anonymisation anonymisation, RuleShelf shelf, TimeProvider time)
{
    /// <summary>No case ended before; every month since is looked at, which is a query each.</summary>
    private static readonly DateOnly FirstMonth = new(2015, 1, 1);

    /// <summary>Erases closed cases that are past their retention.</summary>
    /// <param name="endedBefore">Only cases that ended before this day; null for all.</param>
    /// <param name="dryRun">Only says which.</param>
    /// <param name="cancellation">Stops between two cases.</param>
    /// <returns>The cases, in the order of their ends' months.</returns>
    /// <exception cref="InvalidDataException">Some could not be read or erased, each named; all others were seen to.</exception>
    public async Task<IReadOnlyList<string>> Run(DateOnly? endedBefore, bool dryRun, CancellationToken cancellation = default)
    {
        var rules = shelf.Current;
        var now = time.GetUtcNow();
        var today = rules.Calendar.LocalDate(now);
        var erased = new List<string>();
        var failures = new Dictionary<string, Exception>();
        for (var month = FirstMonth; month <= today; month = month.AddMonths(1))
        {
            await foreach (var row in cases.All(string.Create(CultureInfo.InvariantCulture, $"disputes.ended.{month:yyyy-MM}"), cancellation))
            {
                try
                {
                    if (await Due(row.Case, rules, today, endedBefore, cancellation) is { } rule)
                    {
                        await Erase(row.Case, rule, now, dryRun, cancellation);
                        erased.Add(row.Case);
                    }
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    // One that cannot be read keeps nobody else's people.
                    failures[row.Case] = failure;
                }
            }
        }

        return failures.Count == 0
            ? erased
            : throw new InvalidDataException($"These cases could not be read or made anonymous: {string.Join(", ", failures.Keys)}.", new AggregateException(failures.Values));
    }

    /// <summary>Makes every dispute findable by what is known of its parties; gives how many parties.</summary>
    public async Task<int> Reindex(CancellationToken cancellation = default)
    {
        var count = 0;
        await foreach (var row in cases.All("disputes", cancellation))
        {
            if (await cases.Get<Dispute>(DisputeEscalation.FlowName, row.Case, cancellation) is not { } record)
            {
                continue;
            }

            var matter = new Matter(record.State.Place, record.State.Category, record.State.OpenedAt);
            foreach (var party in await personal.GetParties(row.Case, cancellation))
            {
                await personal.Index.Put(row.Case, matter, party, cancellation);
                count++;
            }
        }

        return count;
    }

    private async Task Erase(string id, RetentionRule rule, DateTimeOffset now, bool dryRun, CancellationToken cancellation)
    {
        if (dryRun)
        {
            return;
        }

        var years = rule.Years.ToString(CultureInfo.InvariantCulture);
        await anonymisation.Run(
            id,
            new Occasion(now, Occasion.Clock, Occasion.Clock, "retention"),
            $"{years} years after the end are over ({rule.Source}).",
            $"结束满{years}年，保存期限届满。",
            cancellation);
    }

    /// <summary>The rule by which a case is to be erased now; null when it is not, or was.</summary>
    private async Task<RetentionRule?> Due(
        string id, RuleSet rules, DateOnly today, DateOnly? endedBefore, CancellationToken cancellation)
    {
        // The list may be older than the case: one that was reopened has no end. One that is still followed needs its names
        // and the words of its agreement, however long ago it ended.
        if (await cases.Get<Dispute>(DisputeEscalation.FlowName, id, cancellation) is not { State: { Ended: true, Outcome: { } outcome } state })
        {
            return null;
        }

        var end = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.Status.ToString());
        var ended = rules.Calendar.LocalDate(outcome.At);
        return today >= rules.Personal.EraseFrom(end, ended)
            && (endedBefore is null || ended < endedBefore)
            && !await anonymisation.IsDone(id, cancellation)
                ? rules.Personal.For(end)
                : null;
    }
}
