using System.Globalization;

namespace Workflows.Benchmarks;

/// <summary>Medians, percentiles and how they are written.</summary>
internal static class Figures
{
    public static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The nearest rank over all samples; nothing is estimated.</summary>
    public static double Percentile(IReadOnlyCollection<double> samples, double percent)
    {
        var sorted = samples.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>"12,345 per second [11,900-13,001 over 5]".</summary>
    public static string Spread(IReadOnlyCollection<double> runs, string unit) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Number(Median(runs))}{unit} [{Number(runs.Min())}-{Number(runs.Max())} over {runs.Count}]");

    /// <summary>Three digits that matter, thousands grouped.</summary>
    public static string Number(double value) => value.ToString(
        Math.Abs(value) switch
        {
            >= 100 => "N0",
            >= 10 => "N1",
            _ => "N2",
        },
        CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
