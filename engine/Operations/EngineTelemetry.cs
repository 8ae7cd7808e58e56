using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;

namespace Workflows.Engine.Operations;

/// <summary>
/// What one engine tells those who listen: the meter and the activity source "Workflows.Engine". Nobody listening costs
/// a test of a flag; names and ids of flows are told, what they carry never is.
/// </summary>
internal sealed class EngineTelemetry : IDisposable
{
    public const string Name = "Workflows.Engine";
    public const string EpisodeSpan = "workflows.episode";
    public const string CallSpan = "workflows.call";
    public const string FlowIdTag = "workflows.flow.id";
    public const string FlowTag = "workflows.flow";
    public const string ActivityTag = "workflows.activity";
    public const string AttemptTag = "workflows.attempt";
    public const string OutcomeTag = "workflows.outcome";

    private const string Prefix = "workflows.engine.";
    private static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> commits;
    private readonly Histogram<double> commitDuration;
    private readonly Counter<long> episodes;
    private readonly Histogram<double> episodeDuration;
    private readonly Histogram<double> callDuration;
    private readonly Histogram<double> timerLateness;
    private readonly Counter<long> startsRefused;
    private readonly Counter<long> replays;

    public EngineTelemetry()
    {
        Meter = new Meter(Name);
        commits = Meter.CreateCounter<long>(Prefix + "commits", "{commit}", "Commits that wrote something.");
        commitDuration = Meter.CreateHistogram<double>(Prefix + "commit.duration", "s", "From the order to commit until it is on the disk.");
        episodes = Meter.CreateCounter<long>(Prefix + "episodes", "{episode}", "Steps of flows.");
        episodeDuration = Meter.CreateHistogram<double>(Prefix + "episode.duration", "s", "One step, with its replay if it needed one.");
        callDuration = Meter.CreateHistogram<double>(Prefix + "call.duration", "s", "One attempt of a call, by activity and outcome.");
        timerLateness = Meter.CreateHistogram<double>(Prefix + "timer.lateness", "s", "From a date until the engine acts on it.");
        startsRefused = Meter.CreateCounter<long>(Prefix + "starts.refused", "{start}", "Starts refused as busy.");
        replays = Meter.CreateCounter<long>(Prefix + "replays", "{replay}", "Flows brought back into memory from their history.");
    }

    /// <summary>One for each engine, so that its gauges end with it.</summary>
    public Meter Meter { get; }

    /// <summary>Gauges are read by whoever listens, on his thread.</summary>
    public void Watch(EngineLoop loop, CallRunner runner, Func<long> blocked, Func<long> deadLetters)
    {
        Gauge("inputs.queued", "{input}", "What waits for the next commit.", () => loop.InputsQueued);
        Gauge("flows.ready", "{flow}", "Flows whose step comes next.", () => loop.FlowsReady);
        Gauge("flows.resident", "{flow}", "Flows in memory.", () => loop.FlowsResident);
        Gauge("flows.blocked", "{flow}", "Flows that wait for an operator.", blocked);
        Gauge("dead.letters", "{letter}", "Commands and calls that were given up.", deadLetters);
        Gauge("calls.running", "{call}", "Attempts under way.", () => runner.Running);
        Gauge("calls.waiting", "{call}", "Attempts that wait for a free slot.", () => runner.Waiting);
    }

    /// <summary>A timestamp, or 0 when nobody wants to know.</summary>
    public long CommitBegins() => commitDuration.Enabled ? Stopwatch.GetTimestamp() : 0;

    public void CommitEnds(long began)
    {
        commits.Add(1);
        if (began != 0)
        {
            commitDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
    }

    public Span EpisodeBegins(FlowEntry entry)
    {
        var span = Source.HasListeners() ? Source.StartActivity(EpisodeSpan, ActivityKind.Internal, TraceOf(entry.Id)) : null;
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(FlowTag, entry.Definition).SetTag(FlowIdTag, entry.Id);
        }

        return new Span(episodeDuration.Enabled ? Stopwatch.GetTimestamp() : 0, span);
    }

    public void EpisodeEnds(Span span, FlowEntry entry)
    {
        episodes.Add(1);
        if (span.Began != 0)
        {
            episodeDuration.Record(Stopwatch.GetElapsedTime(span.Began).TotalSeconds);
        }

        if (span.Activity is { } activity)
        {
            if (entry.State == Orchestrations.Durable.FlowState.Blocked)
            {
                activity.SetTag(OutcomeTag, "blocked").SetStatus(ActivityStatusCode.Error);
            }

            activity.Dispose();
        }
    }

    public Span CallBegins(CallJob job)
    {
        var span = Source.HasListeners() ? Source.StartActivity(CallSpan, ActivityKind.Client, TraceOf(job.FlowId)) : null;
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(FlowIdTag, job.FlowId).SetTag(ActivityTag, job.Name).SetTag(AttemptTag, job.Attempt);
        }

        return new Span(callDuration.Enabled ? Stopwatch.GetTimestamp() : 0, span);
    }

    /// <summary>The reason of a failure may name people and is not told.</summary>
    public void CallEnds(Span span, CallOutcome outcome)
    {
        if (span is { Began: 0, Activity: null })
        {
            return;
        }

        var word = outcome.IsUnknown ? "unknown" : outcome.Error is null ? "ok" : "failed";
        if (span.Began != 0)
        {
            callDuration.Record(
                Stopwatch.GetElapsedTime(span.Began).TotalSeconds,
                new KeyValuePair<string, object?>(ActivityTag, outcome.Job.Name),
                new KeyValuePair<string, object?>(OutcomeTag, word));
        }

        if (span.Activity is { } activity)
        {
            activity.SetTag(OutcomeTag, word);
            if (outcome.Error is not null || outcome.IsUnknown)
            {
                activity.SetStatus(ActivityStatusCode.Error);
            }

            activity.Dispose();
        }
    }

    /// <param name="late">Ticks.</param>
    public void DateFired(long late) => timerLateness.Record(late / (double)TimeSpan.TicksPerSecond);

    public void StartRefused() => startsRefused.Add(1);

    public void Replayed() => replays.Add(1);

    public void Dispose() => Meter.Dispose();

    /// <summary>A flow is one trace, however long it lives and whatever processes run it: the trace's id follows from the flow's.</summary>
    private static ActivityContext TraceOf(string flow)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(flow), hash);
        return new ActivityContext(
            ActivityTraceId.CreateFromBytes(hash[..16]), ActivitySpanId.CreateFromBytes(hash[16..24]), ActivityTraceFlags.Recorded, isRemote: true);
    }

    private void Gauge(string name, string unit, string description, Func<long> read) =>
        Meter.CreateObservableUpDownCounter(Prefix + name, read, unit, description);

    /// <summary>What was begun; nothing of it when nobody listens.</summary>
    internal readonly record struct Span(long Began, Activity? Activity);
}
