using Workflows.Orchestrations.Durable;

namespace Workflows.Benchmarks.Rows;

/// <summary>Ended flows of six steps each are removed while others are served.</summary>
internal static class PurgeRow
{
    // The engine paces nothing by itself, so the one who purges does: with so many asked at once.
    private static readonly int[] Paces = [8, 32, 128, 512];

    public static async Task<string> Measure(Setup setup)
    {
        var (count, inFlight) = (setup.Count(150_000, least: 10_000), setup.Count(1_000));
        var prepared = await setup.Bench.Prepared(
            "ended",
            engine => ClosedLoop.PerSecond(count, 4_000, i => BenchFlows.Tour(engine, BenchFlows.Id("ended", i))));
        var (purged, losses, alone, paces) = (new List<double>(), new List<double>(), new List<double>(), new List<int>());
        for (var run = 0; run < setup.Runs; run++)
        {
            var best = await Once(setup, prepared, count, inFlight);
            purged.Add(best.Purged);
            losses.Add(100 * (1 - (best.Served / best.Alone)));
            alone.Add(best.Alone);
            paces.Add(best.Pace);
        }

        return $"flows={Figures.Count(count)} inflight={Figures.Count(inFlight)}: "
            + $"{Figures.Spread(purged, " per second")} (bar 5,000, aim 20,000), loss {Figures.Spread(losses, " %")}"
            + $" (at most 25), served alone {Figures.Number(Figures.Median(alone))} flows/s, asked at once {string.Join('/', paces)}";
    }

    /// <summary>The fastest pace that costs at most a quarter; when there is none, the one that costs least.</summary>
    private static async Task<Measured> Once(Setup setup, string prepared, int count, int inFlight)
    {
        var file = setup.Bench.Copy(prepared);
        var engine = await Workbench.Open(file, new BenchFlows());
        var measured = new List<Measured>();
        await using (engine)
        {
            await using var service = new Service(inFlight, 0, i => BenchFlows.Tour(engine, BenchFlows.Id("tour", i)));
            await service.PerSecond(setup.Window(2));
            var next = 0;
            foreach (var pace in Paces)
            {
                var before = await service.PerSecond(setup.Window(3));
                var purger = new Service(pace, next, i => Purge(engine, i, count));
                double served, purged;
                await using (purger)
                {
                    var both = (service.PerSecond(setup.Window(3)), purger.PerSecond(setup.Window(3)));
                    (served, purged) = (await both.Item1, await both.Item2);
                }

                next += checked((int)purger.Done);
                var after = await service.PerSecond(setup.Window(3));
                measured.Add(new Measured(pace, purged, served, (before + after) / 2));
            }
        }

        Workbench.Delete(file);
        return measured.Where(one => one.Served >= one.Alone * 0.75).MaxBy(one => one.Purged)
            ?? measured.MaxBy(one => one.Served / one.Alone)!;
    }

    private static async Task Purge(Engine.EmbeddedEngine engine, int number, int count)
    {
        if (number >= count)
        {
            throw new InvalidOperationException("All that was prepared is purged; the row needs more of it.");
        }

        if (await engine.Purge(BenchFlows.Id("ended", number)) is not OperateOutcome.Done and var outcome)
        {
            throw new InvalidOperationException($"A purge said {outcome}.");
        }
    }

    private sealed record Measured(int Pace, double Purged, double Served, double Alone);
}
