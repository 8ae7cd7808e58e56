namespace Workflows.Benchmarks.Rows;

/// <summary>One date after the other on an idle engine: when flow code sees it, and when its end is durable.</summary>
internal static class LatenessRow
{
    public static async Task<string> Measure(Setup setup)
    {
        var count = setup.Count(400, least: 50);
        var (p50, p99, first, durable) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run < setup.Runs; run++)
        {
            var (seen, ended) = await Once(setup, count);
            p50.Add(Figures.Percentile(seen, 50));
            p99.Add(Figures.Percentile(seen, 99));
            first.Add(seen.Min());
            durable.Add(Figures.Percentile(ended, 99));
        }

        return $"timers={Figures.Count(count)}: p99 {Figures.Spread(p99, " ms")} (bar 50, aim 20), "
            + $"p50 {Figures.Number(Figures.Median(p50))}, earliest {Figures.Number(first.Min())}, "
            + $"durable p99 {Figures.Spread(durable, " ms")}";
    }

    private static async Task<(List<double> Seen, List<double> Ended)> Once(Setup setup, int count)
    {
        var file = setup.Bench.NewFile();
        var (seen, ended) = (new List<double>(), new List<double>());
        var flows = new BenchFlows { OnDate = due => seen.Add(Since(due)) };
        await using var engine = await Workbench.Open(file, flows);
        var random = new Random(1);
        for (var i = 0; i < count; i++)
        {
            var due = TimeProvider.System.GetUtcNow().AddMilliseconds(20 + (20 * random.NextDouble()));
            var id = BenchFlows.Id("timer", i);
            await engine.Start(BenchFlows.Sleeper, id, new Sleep(due));
            await BenchFlows.Completed(engine, id);
            ended.Add(Since(due));
        }

        await engine.DisposeAsync();
        Workbench.Delete(file);
        return (seen, ended);
    }

    private static double Since(DateTimeOffset due) => (TimeProvider.System.GetUtcNow() - due).TotalMilliseconds;
}
