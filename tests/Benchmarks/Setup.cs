using Workflows.Benchmarks.Rows;

namespace Workflows.Benchmarks;

/// <summary>How much is measured.</summary>
/// <param name="Runs">Of each row; the median of them is its figure.</param>
/// <param name="Scale">1 is the full size; smaller sizes try the rows out and say nothing about the bars.</param>
/// <param name="Bench">Where the files are.</param>
internal sealed record Setup(int Runs, double Scale, Workbench Bench)
{
    private HelloCitiesRow.Measured? thousandInFlight;

    /// <summary>A full size, scaled, but not below what a figure needs.</summary>
    public int Count(int full, int least = 20) => Math.Max(Math.Min(full, least), (int)(full * Scale));

    public TimeSpan Window(double seconds) => TimeSpan.FromSeconds(Math.Max(0.3, seconds * Math.Min(1, Scale)));

    /// <summary>Two rows read this off; measured once.</summary>
    public async Task<HelloCitiesRow.Measured> ThousandInFlight() =>
        thousandInFlight ??= await HelloCitiesRow.Run(this, Count(1_000), Count(40_000));
}
