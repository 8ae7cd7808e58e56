using System.Diagnostics;
using Workflows.Orchestrations.Durable;

namespace Workflows.Benchmarks.Rows;

/// <summary>Pages of a list of a million flows while other flows are served from the same file.</summary>
internal static class ListRow
{
    private const int PagesInARow = 10;

    // What a console asks; each finds more than a page.
    private static readonly FlowFilter[] Filters =
    [
        new(BenchFlows.Sleeper, FlowState.Running),
        new(BenchFlows.HelloCities, FlowState.Completed),
        new(State: FlowState.Running),
        new(BenchFlows.Sleeper),
        new(),
    ];

    // Nothing or little to find among a million.
    private static readonly FlowFilter[] RareFilters =
    [
        new(BenchFlows.Sleeper, FlowState.Completed),
        new(State: FlowState.Completed),
        new(BenchFlows.HelloCities, FlowState.Running),
        new(State: FlowState.Blocked),
    ];

    public static async Task<string> Measure(Setup setup)
    {
        var file = await SleepingRow.Store(setup);
        var (pages, inFlight) = (setup.Count(2_000, least: 200), setup.Count(100));
        var (p50, p99, most, served, rare) =
            (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run < setup.Runs; run++)
        {
            await using var engine = await Workbench.Open(file, new BenchFlows());
            var kind = FormattableString.Invariant($"tour-{run}");
            await using var service = new Service(inFlight, 0, i => BenchFlows.Tour(engine, BenchFlows.Id(kind, i)));
            await service.PerSecond(setup.Window(2));
            var (before, watch) = (service.Done, Stopwatch.StartNew());
            var samples = await Pages(engine, Filters, pages);
            served.Add((service.Done - before) / watch.Elapsed.TotalSeconds);
            p50.Add(Figures.Percentile(samples, 50));
            p99.Add(Figures.Percentile(samples, 99));
            most.Add(samples.Max());
            rare.Add((await Pages(engine, RareFilters, 2 * RareFilters.Length)).Max());
        }

        return $"flows={Figures.Count(SleepingRow.Count(setup))} pages={Figures.Count(pages)} inflight={inFlight}: "
            + $"p99 {Figures.Spread(p99, " ms")} (bar 10, aim 3), p50 {Figures.Number(Figures.Median(p50))}, "
            + $"max {Figures.Number(most.Max())}, served meanwhile {Figures.Number(Figures.Median(served))} flows/s; "
            + $"filters that find little: max {Figures.Spread(rare, " ms")}";
    }

    /// <summary>Some pages in a row of one filter, then of the next.</summary>
    private static async Task<List<double>> Pages(Engine.EmbeddedEngine engine, FlowFilter[] filters, int count)
    {
        var samples = new List<double>(count);
        string? after = null;
        var (filter, inARow) = (0, 0);
        while (samples.Count < count)
        {
            var watch = Stopwatch.StartNew();
            var page = await engine.List(filters[filter], 50, after);
            samples.Add(watch.Elapsed.TotalMilliseconds);
            after = page.Next;
            if (after is null || ++inARow == PagesInARow)
            {
                (after, inARow, filter) = (null, 0, (filter + 1) % filters.Length);
            }
        }

        return samples;
    }
}
