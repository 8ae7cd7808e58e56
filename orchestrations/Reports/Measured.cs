using System.Diagnostics;

namespace Workflows.Orchestrations.Reports;

/// <summary>The cases that the measures of a month look at.</summary>
/// <param name="Opened">Registered in the month, or so shortly before that they make others repeats.</param>
/// <param name="Ended">Ended in the month.</param>
/// <param name="OpenAtEnd">Open when it was over.</param>
public sealed record CountedCases(
    IReadOnlyList<CountedCase> Opened, IReadOnlyList<CountedCase> Ended, IReadOnlyList<CountedCase> OpenAtEnd)
{
    /// <summary>The same cases as far as they belong to a place and one of the categories.</summary>
    /// <param name="place">A division code; a township stands for its villages too. Null: everywhere.</param>
    /// <param name="categories">Null: all.</param>
    public CountedCases Within(string? place, IReadOnlyCollection<string>? categories)
    {
        bool Fits(CountedCase counted) =>
            (place is null || counted.Place.StartsWith(place, StringComparison.Ordinal))
            && (categories is null || categories.Contains(counted.Category));
        return new CountedCases([.. Opened.Where(Fits)], [.. Ended.Where(Fits)], [.. OpenAtEnd.Where(Fits)]);
    }
}

/// <summary>A measure with its number and the cases behind it.</summary>
/// <param name="Measure">Which.</param>
/// <param name="Cases">The cases counted, in the order of their ids.</param>
/// <param name="Whole">The cases below the line of a percentage.</param>
public sealed record Measured(Measure Measure, IReadOnlyList<CountedCase> Cases, IReadOnlyList<CountedCase>? Whole)
{
    /// <summary>Above the line: cases, or the sum of their days.</summary>
    public int Numerator => Measure.Unit == MeasureUnit.Days ? Cases.Sum(counted => counted.Days) : Cases.Count;

    /// <summary>Below the line; null for a plain number.</summary>
    public int? Denominator => Measure.Unit switch
    {
        MeasureUnit.Cases => null,
        MeasureUnit.Percent => Whole!.Count,
        MeasureUnit.Days => Cases.Count,
        _ => throw new UnreachableException(),
    };

    /// <summary>The number, rounded to one decimal; null when nothing is below the line.</summary>
    public decimal? Value => Denominator switch
    {
        null => Numerator,
        0 => null,
        { } whole => Rounded((Measure.Unit == MeasureUnit.Percent ? 100m : 1m) * Numerator / whole),
    };

    /// <summary>The day by which half of the cases had ended; null for other units and for no case.</summary>
    public decimal? Median
    {
        get
        {
            if (Measure.Unit != MeasureUnit.Days || Cases.Count == 0)
            {
                return null;
            }

            var days = Cases.Select(counted => counted.Days).Order().ToList();
            return Rounded((days[(days.Count - 1) / 2] + days[days.Count / 2]) / 2m);
        }
    }

    /// <summary>Counts one measure.</summary>
    /// <param name="measure">What.</param>
    /// <param name="repeatWithinDays">How long a registration makes a later one a repeat.</param>
    /// <param name="from">The month's first day.</param>
    /// <param name="cases">The month's cases.</param>
    public static Measured Of(Measure measure, int repeatWithinDays, DateOnly from, CountedCases cases) => new(
        measure,
        Select(measure.Count, repeatWithinDays, from, cases),
        measure.Of is { } whole ? Select(whole, repeatWithinDays, from, cases) : null);

    private static List<CountedCase> Select(Tally tally, int repeatWithinDays, DateOnly from, CountedCases cases)
    {
        IEnumerable<CountedCase> counted = tally.Event switch
        {
            CountedEvent.Opened => cases.Opened.Where(opened => opened.Opened >= from),
            CountedEvent.Ended => cases.Ended.Where(ended =>
                tally.Status?.Contains(ended.Status!) != false
                && tally.Levels?.Contains(ended.Level!.Value) != false
                && (tally.WentUp is null || tally.WentUp == ended.WentUp)
                && (tally.TermMissed is null || tally.TermMissed == ended.TermMissed)),
            CountedEvent.OpenAtEnd => cases.OpenAtEnd,
            _ => throw new UnreachableException(),
        };
        if (tally.Repeat is { } isRepeat)
        {
            var repeats = Repeats(cases.Opened, repeatWithinDays);
            counted = counted.Where(opened => repeats.Contains(opened.Id) == isRepeat);
        }

        return [.. counted.OrderBy(one => one.Id, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Parties are unknown here, and their names stay with the personal data; so a repeat is a case of the same place
    /// and category, registered within so many days of the one before.
    /// </summary>
    private static HashSet<string> Repeats(IReadOnlyList<CountedCase> opened, int withinDays)
    {
        var repeats = new HashSet<string>(StringComparer.Ordinal);
        var last = new Dictionary<(string Place, string Category), DateOnly>();
        foreach (var one in opened.OrderBy(one => one.Opened).ThenBy(one => one.Id, StringComparer.Ordinal))
        {
            if (last.TryGetValue((one.Place, one.Category), out var before) && one.Opened.DayNumber - before.DayNumber <= withinDays)
            {
                repeats.Add(one.Id);
            }

            last[(one.Place, one.Category)] = one.Opened;
        }

        return repeats;
    }

    private static decimal Rounded(decimal value) => Math.Round(value, 1, MidpointRounding.AwayFromZero);
}
