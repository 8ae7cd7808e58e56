using Workflows.Benchmarks.Rows;

namespace Workflows.Benchmarks;

/// <summary>One measure: a name, what it shows, and what gives its line.</summary>
internal sealed record Row(string Name, string What, Func<Setup, Task<string>> Measure)
{
    /// <summary>Of a whole county, by where it keeps its tables and blobs.</summary>
    public static IReadOnlyList<Row> OfStorage { get; } =
    [
        new("register", "HTTP registration to first projection, tables and blobs in files", RegisterRow.OnFiles),
        new("register-azurite", "the same on Azurite", RegisterRow.OnAzurite),
        new("activation", "a plan's activation: the seed's, and 500 tasks for every unit and township", ActivationRow.Measure),
    ];

    /// <summary>Of the engine.</summary>
    public static IReadOnlyList<Row> OfEngine { get; } =
    [
        new("hellocities5", "flows of five calls in sequence, completed per second, 1,000 in flight", HelloCitiesRow.Thousand),
        new("hellocities5-100", "the same, 100 in flight", HelloCitiesRow.Hundred),
        new("ratio", "durable steps per second to rows of raw 50-row commits, 1,000 in flight", HelloCitiesRow.Ratio),
        new("start-latency", "start to first call on an idle engine, beside a raw commit", StartLatencyRow.Measure),
        new("commands", "commands to distinct sleeping flows, completed per second", CommandsRow.Measure),
        new("sequence", "one flow, calls in sequence, to raw one-row commits", SequenceRow.Measure),
        new("sleeping", "1,000,000 sleeping flows: process start to first commit, resident memory", SleepingRow.Measure),
        new("timers", "100,000 timers due at one instant, drained per second", TimersRow.Measure),
        new("timer-lateness", "how late a date comes on an idle engine", LatenessRow.Measure),
        new("list", "a page of 50 at 1,000,000 flows while serving", ListRow.Measure),
        new("purge", "purged per second while serving", PurgeRow.Measure),
        new("kill9", "SIGKILL with 10,000 flows in flight: start to first commit, lost", KillRow.Measure),
    ];
}
