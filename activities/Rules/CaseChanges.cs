using System.Globalization;
using Workflows.Activities.Cases;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Rules;

namespace Workflows.Activities.Rules;

/// <summary>A running case that another version of the rules would change.</summary>
/// <param name="Kind">What kind of case it is.</param>
/// <param name="Case">Its id.</param>
/// <param name="Change">What would become of it.</param>
public sealed record ChangedCase(ChangingKind Kind, string Case, CaseChange Change);

/// <param name="Cases">Those that have to be told, whether a date of theirs moves or not.</param>
/// <param name="Next">Where to go on; null when all were looked at.</param>
public sealed record ChangedCases(IReadOnlyList<ChangedCase> Cases, string? Next);

/// <summary>
/// Goes through the running cases and says what a version would make of each. It asks the flows which cases run, so that a
/// case that is followed after its end is among them, and one whose flow is suspended or blocked.
/// </summary>
/// <param name="cases">The cases as they were saved last.</param>
/// <param name="shelf">The versions.</param>
/// <param name="flows">Which cases run; asked for when it is needed, since hosts open it last.</param>
/// <param name="time">Now.</param>
public sealed class CaseChanges(CaseStore cases, IRuleShelf shelf, Func<IFlowClient> flows, TimeProvider time)
    : IActivityHandler<FindCases, CasesFound>
{
    /// <summary>Flows that are looked at in one stretch at most.</summary>
    public const int LookedAtMax = 200;

    /// <summary>The lists that are gone through, one after the other: each kind in each state of a living flow.</summary>
    private static readonly IReadOnlyList<(ChangingKind Kind, FlowFilter Filter)> Places =
    [
        .. ChangingCases.All.SelectMany(kind => new[] { FlowState.Running, FlowState.Suspended, FlowState.Blocked }
            .Select(state => (kind, new FlowFilter(Flow: kind.Flow, State: state)))),
    ];

    public async Task<CasesFound> Run(FindCases request, CancellationToken cancellation)
    {
        var found = await Stretch(
            request.Version, RulesChange.AtOnce, request.After, RulesChange.CommandId(request.Number), cancellation);
        return new CasesFound([.. found.Cases.Select(item => FoundCase.Of(item.Kind.Flow, item.Case, item.Change))], found.Next);
    }

    /// <summary>The next stretch of running cases.</summary>
    /// <param name="version">The version they would live under.</param>
    /// <param name="size">Flows to look at at most, 1 to <see cref="LookedAtMax"/>; never more cases than these are given.</param>
    /// <param name="after">Where the stretch before ended; null for the first.</param>
    /// <param name="commandId">The command of a change that is under way: cases that have answered it are left out.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="ArgumentException">Nobody gave out this place.</exception>
    public async Task<ChangedCases> Stretch(
        string version, int size, string? after = null, string? commandId = null, CancellationToken cancellation = default)
    {
        var (place, cursor) = Read(after);
        var (kind, filter) = Places[place];
        var page = await flows().List(filter, size, cursor, cancellation);
        var changes = await Task.WhenAll(page.Flows.Select(async flow =>
        {
            var id = flow.Id[(kind.Flow.Length + 1)..];
            var record = await cases.Record(kind.Flow, id, cancellation);
            return record is { } saved && kind.Change(saved, shelf, version, time.GetUtcNow(), commandId) is { } change
                ? new ChangedCase(kind, id, change)
                : null;
        }));
        var next = page.Next is not null ? Write(place, page.Next) : place + 1 < Places.Count ? Write(place + 1, "") : null;
        return new ChangedCases([.. changes.OfType<ChangedCase>()], next);
    }

    private static string Write(int place, string cursor) => string.Create(CultureInfo.InvariantCulture, $"{place}.{cursor}");

    private static (int Place, string? Cursor) Read(string? after)
    {
        if (after is null)
        {
            return (0, null);
        }

        var cut = after.IndexOf('.', StringComparison.Ordinal);
        return cut > 0 && int.TryParse(after.AsSpan(0, cut), NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < Places.Count
            ? (place, cut + 1 < after.Length ? after[(cut + 1)..] : null)
            : throw new ArgumentException($"'{after}' is no place in the running cases.", nameof(after));
    }
}
