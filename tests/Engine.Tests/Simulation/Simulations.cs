using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Workflows.Engine.Tests.Simulation;

/// <summary>Seeds against the invariants. More of them: WORKFLOWS_SIMULATION_SEEDS; a single one: WORKFLOWS_SIMULATION_SEED.</summary>
public sealed class Simulations : IDisposable
{
    private const int SeedsOfATestRun = 1_000;
    private const int FailuresMax = 10;
    private const int LinesShown = 60;

    private readonly string folder = Directory.CreateDirectory(
        Path.Combine(Memory(), $"workflows-simulation-{Guid.NewGuid():N}")).FullName;

    private readonly string pristine;

    public Simulations()
    {
        pristine = Path.Combine(folder, "pristine.db");
        Schema.Prepare(pristine);
    }

    [Fact]
    public void Whatever_happens_the_invariants_hold_and_everything_ends_once_the_faults_stop()
    {
        var watch = Stopwatch.StartNew();
        var seeds = Number("WORKFLOWS_SIMULATION_SEED") is { } one
            ? [one]
            : Enumerable.Range(1, Number("WORKFLOWS_SIMULATION_SEEDS") ?? SeedsOfATestRun).ToArray();
        var next = -1;
        var commits = 0;
        var failures = new ConcurrentQueue<string>();

        // Threads of their own: a run waits for the pool's.
        var threads = Enumerable.Range(0, Math.Min(Environment.ProcessorCount, seeds.Length)).Select(_ => new Thread(() =>
        {
            int at;
            while (failures.Count < FailuresMax && (at = Interlocked.Increment(ref next)) < seeds.Length)
            {
                using var run = new SimulatedRun(seeds[at], folder, pristine);
                if (Failure(run, seeds[at]) is { } failure)
                {
                    failures.Enqueue(failure);
                }

                Interlocked.Add(ref commits, run.Commits);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{seeds.Length} seeds, {commits} commits, {seeds.Length / watch.Elapsed.TotalSeconds:F0} seeds a second"));
        Assert.True(failures.IsEmpty, string.Join('\n', failures.Select(failure => failure.Split('\n')[0]).Concat(failures.Take(1))));
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_to_the_last_row_of_every_commit()
    {
        for (var seed = 2_000_001; seed <= 2_000_025; seed++)
        {
            Assert.Equal(TraceOf(seed), TraceOf(seed));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string? Failure(SimulatedRun run, int seed)
    {
        try
        {
            run.Run();
            return null;
        }
#pragma warning disable CA1031 // Whatever it is, the seed that shows it is told.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return string.Create(CultureInfo.InvariantCulture, $"""
                Seed {seed}: {failure.Message}
                Once more: WORKFLOWS_SIMULATION_SEED={seed} dotnet test --project tests/Engine.Tests --filter-class {typeof(Simulations).FullName}
                {string.Join('\n', run.Trace.TakeLast(LinesShown))}
                {failure}
                """);
        }
    }

    private List<string> TraceOf(int seed)
    {
        using var run = new SimulatedRun(seed, folder, pristine);
        var thread = new Thread(() => run.Trace.Add(Failure(run, seed) ?? "held"));
        thread.Start();
        thread.Join();
        return run.Trace;
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>A drive in memory when there is one: the same calls in the same order, without a disk to wait for.</summary>
    private static string Memory()
    {
        foreach (var drive in DriveInfo.GetDrives().Where(drive => drive is { DriveFormat: "tmpfs", IsReady: true }
            && drive.AvailableFreeSpace > 200_000_000).OrderByDescending(drive => drive.AvailableFreeSpace))
        {
            try
            {
                var tried = Path.Combine(drive.Name, $"workflows-{Guid.NewGuid():N}");
                Directory.CreateDirectory(tried);
                Directory.Delete(tried);
                return drive.Name;
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                // Another one may take it.
            }
        }

        return Path.GetTempPath();
    }
}
