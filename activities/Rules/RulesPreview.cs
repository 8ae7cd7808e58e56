using System.Security.Cryptography;
using System.Text;
using Workflows.Orchestrations.Calendar;

namespace Workflows.Activities.Rules;

/// <summary>What a version would do to all running cases.</summary>
/// <param name="Cases">Running cases that would go over or would have to.</param>
/// <param name="Moved">Of those, cases with a date that moves or becomes firm.</param>
/// <param name="Dates">The dates that move or become firm.</param>
/// <param name="Overdue">Dates that would be over at once.</param>
/// <param name="Kept">Cases that would keep their rules, because they meet something that is missing.</param>
/// <param name="Confirm">A stamp of exactly this; another one when anything else would move.</param>
public sealed record PreviewTotals(int Cases, int Moved, int Dates, int Overdue, int Kept, string Confirm);

/// <summary>What a version would do, before anybody decides.</summary>
public sealed class RulesPreview(CaseChanges changes)
{
    private const int StampCharacters = 16;

    /// <summary>Looks at every running case.</summary>
    public async Task<PreviewTotals> Totals(string version, CancellationToken cancellation = default)
    {
        var (cases, moved, dates, overdue, kept) = (0, 0, 0, 0, 0);
        var lines = new List<string>();
        string? after = null;
        do
        {
            var stretch = await changes.Stretch(version, CaseChanges.LookedAtMax, after, cancellation: cancellation);
            foreach (var item in stretch.Cases)
            {
                cases++;
                moved += item.Change.Moved.Count > 0 ? 1 : 0;
                dates += item.Change.Moved.Count;
                overdue += item.Change.Moved.Count(date => date.IsOverdue);
                kept += item.Change.Keeps is null ? 0 : 1;
                lines.AddRange(Lines(item));
            }

            after = stretch.Next;
        }
        while (after is not null);
        return new PreviewTotals(cases, moved, dates, overdue, kept, Stamp(version, lines));
    }

    /// <summary>The next cases with a date that moves, or that would keep their rules.</summary>
    /// <param name="version">Which version.</param>
    /// <param name="size">At most so many.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async Task<ChangedCases> Page(string version, int size, string? after, CancellationToken cancellation = default)
    {
        var found = new List<ChangedCase>();
        do
        {
            // Never more flows than there is room for cases, so that a page ends exactly where the next begins.
            var stretch = await changes.Stretch(version, Math.Min(size - found.Count, CaseChanges.LookedAtMax), after, cancellation: cancellation);
            found.AddRange(stretch.Cases.Where(item => item.Change.Moved.Count > 0 || item.Change.Keeps is not null));
            after = stretch.Next;
        }
        while (after is not null && found.Count < size);
        return new ChangedCases(found, after);
    }

    private static IEnumerable<string> Lines(ChangedCase item) => item.Change.Keeps is { } keeps
        ? [$"{item.Kind.Flow} {item.Case} keeps {keeps.Code}"]
        : item.Change.Moved.Select(date => FormattableString.Invariant(
            $"{item.Kind.Flow} {item.Case} {date.Clock} {date.Of} {date.From.At.UtcTicks} {date.To.At.UtcTicks} {Deadlines.IsProvisional(date.To)}"));

    private static string Stamp(string version, List<string> lines)
    {
        lines.Sort(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{version}\n{string.Join('\n', lines)}")))[..StampCharacters];
    }
}
