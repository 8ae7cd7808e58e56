using System.Diagnostics;

namespace Workflows.Benchmarks.Rows;

/// <summary>From asking for a start to the handler of the first call, when nothing else is under way.</summary>
internal static class StartLatencyRow
{
    public static async Task<string> Measure(Setup setup)
    {
        var count = setup.Count(500, least: 50);
        var (p50, p99, rawP50, rawP99) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run < setup.Runs; run++)
        {
            var (latencies, raws) = await Once(setup, count);
            p50.Add(Figures.Percentile(latencies, 50));
            p99.Add(Figures.Percentile(latencies, 99));
            rawP50.Add(Figures.Percentile(raws, 50));
            rawP99.Add(Figures.Percentile(raws, 99));
        }

        var more = p99.Zip(rawP99, (engine, raw) => engine - raw).ToList();
        return $"starts={Figures.Count(count)}: p99 less raw p99 {Figures.Spread(more, " ms")} (bar 5, aim 2), "
            + $"p50 {Figures.Number(Figures.Median(p50))}, p99 {Figures.Spread(p99, " ms")}, "
            + $"raw commit p50 {Figures.Number(Figures.Median(rawP50))}, p99 {Figures.Spread(rawP99, " ms")}";
    }

    private static async Task<(List<double> Latencies, List<double> Raws)> Once(Setup setup, int count)
    {
        var file = setup.Bench.NewFile();
        var flows = new BenchFlows();
        using var raw = new RawFile(setup.Bench, 150);
        await using var engine = await Workbench.Open(file, flows);
        var (latencies, raws) = (new List<double>(), new List<double>());
        for (var i = -20; i < count; i++)
        {
            // Turn and turn about, so that both meet the same disk. The first ones only warm up.
            var (engineMs, rawMs) = (await Latency(engine, flows, i), raw.Commit(1));
            await Task.Delay(3);
            if (i >= 0)
            {
                latencies.Add(engineMs);
                raws.Add(rawMs);
            }
        }

        await engine.DisposeAsync();
        Workbench.Delete(file);
        return (latencies, raws);
    }

    private static async Task<double> Latency(Engine.EmbeddedEngine engine, BenchFlows flows, int number)
    {
        var called = 0L;
        flows.OnCall = () => Interlocked.CompareExchange(ref called, Stopwatch.GetTimestamp(), 0);
        var asked = Stopwatch.GetTimestamp();
        var id = BenchFlows.Id("one", number);
        await engine.Start(BenchFlows.Sequence, id, new Steps(1));
        await BenchFlows.Completed(engine, id);
        await engine.WhenIdle();
        return Stopwatch.GetElapsedTime(asked, Interlocked.Read(ref called)).TotalMilliseconds;
    }
}
