using System.Globalization;

namespace Workflows.Benchmarks;

/// <summary>
/// What the process has used so far. Unlike a rate, most of it hardly depends on what else the machine does.
/// </summary>
/// <param name="Process">Processor time in microseconds.</param>
/// <param name="Engine">Of it the engine's one thread; not a number where the system does not tell threads apart.</param>
/// <param name="Paused">Microseconds for which the garbage collector stopped all threads.</param>
/// <param name="Collections">How often it did so.</param>
/// <param name="Allocated">Bytes.</param>
internal sealed record Cost(double Process, double Engine, double Paused, double Collections, double Allocated)
{
    private const string Tasks = "/proc/self/task";

    public static Cost SoFar() => new(
        Environment.CpuUsage.TotalTime.TotalMicroseconds,
        EngineThread(),
        GC.GetTotalPauseDuration().TotalMicroseconds,
        GC.CollectionCount(0),
        GC.GetTotalAllocatedBytes());

    /// <summary>Since an earlier moment, for each of so many.</summary>
    public Cost Per(Cost before, int count) => new(
        (Process - before.Process) / count,
        (Engine - before.Engine) / count,
        (Paused - before.Paused) / count,
        (Collections - before.Collections) / count,
        (Allocated - before.Allocated) / count);

    /// <summary>"processor per flow 132 us [...], of it the engine's thread 102; ...", the medians of several runs.</summary>
    public static string Describe(IReadOnlyCollection<Cost> costs, string one)
    {
        var (thread, paused, collections, allocated) = (
            Figures.Median([.. costs.Select(cost => cost.Engine)]),
            Figures.Median([.. costs.Select(cost => cost.Paused)]),
            Figures.Median([.. costs.Select(cost => cost.Collections)]) * 1_000,
            Figures.Median([.. costs.Select(cost => cost.Allocated)]) / 1e3);
        return $"processor per {one} {Figures.Spread([.. costs.Select(cost => cost.Process)], " us")}, of it the engine's thread {Figures.Number(thread)}; "
            + $"collector pauses {Figures.Number(paused)} us, allocated {Figures.Number(allocated)} KB per {one}, {Figures.Number(collections)} collections per 1,000";
    }

    private static double EngineThread()
    {
        var task = Directory.Exists(Tasks) ? Directory.GetDirectories(Tasks).FirstOrDefault(IsEngine) : null;
        return task is null
            ? double.NaN
            : double.Parse(File.ReadAllText(task + "/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1e3;
    }

    /// <summary>The system keeps fifteen characters of a thread's name.</summary>
    private static bool IsEngine(string task)
    {
        try
        {
            return File.ReadAllText(task + "/comm").StartsWith("Workflows engin", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It has just ended.
            return false;
        }
    }
}
