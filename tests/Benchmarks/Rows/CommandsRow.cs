namespace Workflows.Benchmarks.Rows;

/// <summary>One command to each of many flows of which none is in memory, in random order.</summary>
internal static class CommandsRow
{
    public static async Task<string> Measure(Setup setup)
    {
        var (count, outstanding) = (setup.Count(100_000), setup.Count(1_000));
        var prepared = await setup.Bench.Prepared(
            "waiting",
            engine => ClosedLoop.PerSecond(
                count, 4_000, i => engine.Start(BenchFlows.Sleeper, BenchFlows.Id("waiting", i), new Sleep(null))));
        var rates = new List<double>();
        for (var run = 0; run < setup.Runs; run++)
        {
            rates.Add(await Once(setup.Bench, prepared, count, outstanding, run));
        }

        return $"flows={Figures.Count(count)} outstanding={Figures.Count(outstanding)}: "
            + $"{Figures.Spread(rates, " per second")} (bar 5,000, aim 10,000)";
    }

    private static async Task<double> Once(Workbench bench, string prepared, int count, int outstanding, int seed)
    {
        var file = bench.Copy(prepared);
        await using var engine = await Workbench.Open(file, new BenchFlows());
        var order = Enumerable.Range(0, count).ToArray();
        new Random(seed).Shuffle(order);
        var rate = await ClosedLoop.PerSecond(count, outstanding, i => Poke(engine, BenchFlows.Id("waiting", order[i])));
        await engine.DisposeAsync();
        Workbench.Delete(file);
        return rate;
    }

    private static async Task Poke(Engine.EmbeddedEngine engine, string id)
    {
        var sent = engine.Send(id, "poke", new Poke("bench"));
        await BenchFlows.Completed(engine, id);
        await sent;
    }
}
