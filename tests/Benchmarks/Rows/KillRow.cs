using Workflows.Orchestrations.Durable;

namespace Workflows.Benchmarks.Rows;

/// <summary>
/// A serving process is killed outright and started again. This process has noted all that was acknowledged and looks
/// for it afterwards. The system's page cache survives such a kill, so this says nothing about a power cut.
/// </summary>
internal static class KillRow
{
    public static async Task<string> Measure(Setup setup)
    {
        var inFlight = setup.Count(10_000, least: 100);
        var (commits, dones, open) = (new List<double>(), new List<double>(), new List<double>());
        var (acknowledged, lost) = (0, 0);
        for (var run = 0; run < setup.Runs; run++)
        {
            var file = setup.Bench.NewFile();
            var noted = await ServeAndKill(file, inFlight, new Random(run));
            var killed = TimeProvider.System.GetUtcNow();
            var opened = await Child.OpenAndFinish(file);
            commits.Add(opened.Committed.TotalSeconds);
            dones.Add(opened.Done.TotalSeconds);
            open.Add(noted.Started.Count - noted.Ended.Count);
            acknowledged += noted.Started.Count + noted.Ended.Count;
            lost += await Lost(file, noted, killed);
            Workbench.Delete(file);
        }

        return $"inflight={Figures.Count(inFlight)} (at the kill {Figures.Spread(open, "")}): "
            + $"process start to first commit {Figures.Spread(commits, " s")} (bar 2, aim 1), all done {Figures.Spread(dones, " s")}, "
            + $"acknowledged {Figures.Count(acknowledged)} starts and ends, lost {Figures.Count(lost)} (bar 0)";
    }

    private static async Task<Noted> ServeAndKill(string file, int inFlight, Random random)
    {
        var noted = new Noted([], []);
        var enough = (int)(inFlight * (0.5 + random.NextDouble()));
        using var child = Child.Start(file, inFlight);
        try
        {
            await Child.Expect(child, "committed");
            while (await child.StandardOutput.ReadLineAsync() is { } line)
            {
                // The pipe still gives what was said before the kill; the dot tells a whole line.
                if (line.Split(' ') is ["started" or "ended", var id, "."])
                {
                    (line[0] == 's' ? noted.Started : noted.Ended).Add(id);
                }

                if (noted.Ended.Count >= enough && noted.Started.Count - noted.Ended.Count >= inFlight * 0.9)
                {
                    child.Kill();
                    enough = int.MaxValue;
                }
            }

            await child.WaitForExitAsync();
            return noted;
        }
        finally
        {
            child.Kill();
        }
    }

    /// <summary>Started and not there, not ended after all was done, or said to have ended but ended only later.</summary>
    private static async Task<int> Lost(string file, Noted noted, DateTimeOffset killed)
    {
        await using var engine = await Workbench.Open(file, new BenchFlows());
        var lost = 0;
        foreach (var id in noted.Started)
        {
            lost += await engine.Get(id) is { State: FlowState.Completed } ? 0 : 1;
        }

        foreach (var id in noted.Ended)
        {
            lost += await engine.Get(id) is { State: FlowState.Completed } info && info.UpdatedAt <= killed ? 0 : 1;
        }

        return lost;
    }

    private sealed record Noted(HashSet<string> Started, HashSet<string> Ended);
}
