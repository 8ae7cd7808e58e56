namespace Workflows.Benchmarks.Rows;

/// <summary>What a million sleeping flows cost: memory, and the time until the process works.</summary>
internal static class SleepingRow
{
    /// <summary>A store of flows that wait for a command or a date far away; filled once, through the engine.</summary>
    public static Task<string> Store(Setup setup) => setup.Bench.Prepared(
        "sleeping",
        engine =>
        {
            var farAway = TimeProvider.System.GetUtcNow().AddDays(100);
            return ClosedLoop.PerSecond(
                Count(setup),
                4_000,
                i => engine.Start(BenchFlows.Sleeper, BenchFlows.Id("sleeper", i), new Sleep(farAway.AddSeconds(i % 100_000))));
        });

    public static int Count(Setup setup) => setup.Count(1_000_000);

    public static async Task<string> Measure(Setup setup)
    {
        var file = await Store(setup);
        var (commits, residents, anonymous) = (new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run < setup.Runs; run++)
        {
            var opened = await Child.OpenAndFinish(file);
            commits.Add(opened.Committed.TotalSeconds);
            residents.Add(opened.Megabytes);
            anonymous.Add(opened.AnonymousMegabytes);
        }

        return $"flows={Figures.Count(Count(setup))} file={Figures.Number(new FileInfo(file).Length / 1e6)} MB: "
            + $"resident {Figures.Spread(residents, " MB")} (bar 150, aim 60), of it anonymous {Figures.Number(Figures.Median(anonymous))}; "
            + $"process start to first commit {Figures.Spread(commits, " s")} (bar 1, aim 0.3)";
    }
}
