namespace Workflows.Benchmarks.Rows;

/// <summary>One flow alone: each call is a commit, so that the disk is the limit.</summary>
internal static class SequenceRow
{
    public static async Task<string> Measure(Setup setup)
    {
        // A generation holds at most 10,000 events, and a call is two.
        var count = setup.Count(3_000, least: 100);
        var (rates, raws, ratios) = (new List<double>(), new List<double>(), new List<double>());
        var bytes = 150;
        for (var run = 0; run < setup.Runs; run++)
        {
            var (once, raw) = await RawFile.Around(setup, bytes, 1, () => Once(setup, count));
            bytes = once.Bytes;
            rates.Add(once.Rate);
            raws.Add(raw);
            ratios.Add(once.Rate / raw);
        }

        return $"calls={Figures.Count(count)}: ratio {Figures.Spread(ratios, "")} (bar 0.4, aim 0.6), "
            + $"{Figures.Spread(rates, " calls per second")}, "
            + $"raw 1-row commits {Figures.Spread(raws, " per second")} of {bytes} B";
    }

    private static async Task<(double Rate, int Bytes)> Once(Setup setup, int count)
    {
        var file = setup.Bench.NewFile();
        await using var engine = await Workbench.Open(file, new BenchFlows());
        await Walk(engine, "warm", setup.Count(300));
        var rate = await ClosedLoop.PerSecond(1, 1, _ => Walk(engine, "one", count)) * count;
        await engine.DisposeAsync();
        var bytes = Workbench.StepBytes(file);
        Workbench.Delete(file);
        return (rate, bytes);
    }

    private static async Task Walk(Engine.EmbeddedEngine engine, string id, int calls)
    {
        await engine.Start(BenchFlows.Sequence, id, new Steps(calls));
        await BenchFlows.Completed(engine, id);
    }
}
