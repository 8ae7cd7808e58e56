using System.Diagnostics;
using Workflows.Orchestrations.Durable;

namespace Workflows.Benchmarks.Rows;

/// <summary>Many dates at one instant, none of the flows in memory.</summary>
internal static class TimersRow
{
    public static async Task<string> Measure(Setup setup)
    {
        var count = setup.Count(100_000);
        var due = TimeProvider.System.GetUtcNow().AddHours(3);
        var prepared = await setup.Bench.Prepared(
            "timers",
            engine => ClosedLoop.PerSecond(
                count, 4_000, i => engine.Start(BenchFlows.Sleeper, BenchFlows.Id("timer", i), new Sleep(due))));
        var rates = new List<double>();
        for (var run = 0; run < setup.Runs; run++)
        {
            rates.Add(await Once(setup.Bench, prepared, count, due));
        }

        return $"timers={Figures.Count(count)}: {Figures.Spread(rates, " per second")} (bar 10,000, aim 40,000)";
    }

    private static async Task<double> Once(Workbench bench, string prepared, int count, DateTimeOffset due)
    {
        var file = bench.Copy(prepared);
        var time = new ShiftedTime(due - TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(1));
        await using var engine = await Workbench.Open(file, new BenchFlows(), time);
        await Task.Delay(due - time.GetUtcNow());
        var watch = Stopwatch.StartNew();
        while (await IsAnyLeft(engine))
        {
            await engine.WhenIdle();
        }

        var rate = count / watch.Elapsed.TotalSeconds;
        await engine.DisposeAsync();
        Workbench.Delete(file);
        return rate;
    }

    private static async Task<bool> IsAnyLeft(Engine.EmbeddedEngine engine) =>
        (await engine.List(new FlowFilter(State: FlowState.Running), 1)).Flows.Count > 0;

    /// <summary>The real clock, put forward so that nobody waits for hours.</summary>
    private sealed class ShiftedTime(TimeSpan forward) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + forward;
    }
}
