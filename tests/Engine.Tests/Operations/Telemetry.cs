using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Workflows.Engine.Operations;
using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests.Operations;

public sealed class Telemetry
{
    private static readonly FlowDefinition Greeting = FlowDefinition.Of<Order, string>("Greeting", async (flow, order) =>
    {
        var said = await flow.Call(new Greet(order.Name));
        await flow.Next<Note>(flow.Now.AddHours(1));
        return order.Name == "bad" ? throw new InvalidOperationException("bad") : said;
    });

    [Fact]
    public async Task What_the_engine_does_is_counted_and_timed()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Greeting);
        using var heard = new Heard(engine.Telemetry.Meter);
        await engine.Start("Greeting", "g-1", new Order("good"), cancellation: Cancelled);
        await engine.Start("Greeting", "g-2", new Order("bad"), cancellation: Cancelled);
        await box.Idle();
        box.Clock.Set(Monday.AddHours(1).AddSeconds(3));
        await box.Idle();

        Assert.Equal(2 * 3, heard.Sum("episodes"));
        Assert.Equal(heard.Sum("episodes"), heard.Count("episode.duration"));
        Assert.InRange(heard.Sum("commits"), 3, 10);
        Assert.Equal(heard.Sum("commits"), heard.Count("commit.duration"));
        Assert.Equal(["workflows.activity=Greet workflows.outcome=ok", "workflows.activity=Greet workflows.outcome=ok"], heard.Tags("call.duration"));

        // A virtual clock fires each timer at its own date.
        Assert.Equal(2, heard.Count("timer.lateness"));
        Assert.InRange(heard.Sum("timer.lateness"), 0, 6);
        Assert.Equal(2, heard.Sum("replays"));

        heard.Look();
        Assert.Equal(1, heard.Last("flows.blocked"));
        Assert.Equal(0, heard.Last("dead.letters"));
        Assert.Equal(0, heard.Last("flows.ready"));
        Assert.Equal(0, heard.Last("inputs.queued"));
        Assert.Equal(0, heard.Last("calls.running"));
        Assert.Equal(0, heard.Last("calls.waiting"));
        Assert.Equal(1, heard.Last("flows.resident"));
    }

    [Fact]
    public async Task A_start_that_is_refused_as_busy_is_counted()
    {
        await using var box = new Sandbox { Options = new EngineOptions("", UnfinishedStartsMax: 0) };
        var engine = await box.Open(Greeting);
        using var heard = new Heard(engine.Telemetry.Meter);
        await Assert.ThrowsAsync<FlowsBusyException>(() =>
            engine.Start("Greeting", "g-1", new Order("good"), cancellation: Cancelled));
        Assert.Equal(1, heard.Sum("starts.refused"));
    }

    [Fact]
    public async Task Every_episode_and_every_attempt_is_a_span_with_the_flows_id_and_nothing_it_carries()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EngineTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var box = new Sandbox();
        var down = 0;
        box.Probe.Answers["greet/secret"] = (_, _) =>
            down++ == 0 ? throw new IOException("secret is down") : Task.FromResult("hello");
        var engine = await box.Open(Greeting);
        await engine.Start("Greeting", "traced-1", new Order("secret"), cancellation: Cancelled);
        await box.Until(Monday.AddMinutes(1));

        // Other tests run beside this one; theirs are other flows.
        var own = spans.Where(span => (string?)span.GetTagItem(EngineTelemetry.FlowIdTag) == "traced-1").ToList();
        Assert.Equal(2, own.Count(span => span.OperationName == EngineTelemetry.EpisodeSpan));
        var attempts = own.Where(span => span.OperationName == EngineTelemetry.CallSpan)
            .Select(span => (span.GetTagItem(EngineTelemetry.AttemptTag), span.GetTagItem(EngineTelemetry.OutcomeTag), span.Status));
        Assert.Equal([(1, "failed", ActivityStatusCode.Error), (2, "ok", ActivityStatusCode.Unset)], attempts);
        Assert.Single(own.Select(span => span.TraceId).Distinct());
        Assert.All(own, span => Assert.DoesNotContain(span.TagObjects, tag => tag.Value is string text && text.Contains("secret", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_was_given_up_is_counted_as_long_as_it_lies_there()
    {
        await using var box = new Sandbox { Options = new EngineOptions("", TriesMax: 1) };
        var engine = await box.Open(Greeting);
        using var heard = new Heard(engine.Telemetry.Meter);
        await engine.Start("Greeting", "g-1", new Order("good"), cancellation: Cancelled);
        await box.Idle();
        await engine.Send("g-1", "odd", new Odd(5), Cancelled);
        await box.Idle();

        heard.Look();
        Assert.Equal(1, heard.Last("dead.letters"));
    }

    private sealed record Odd(int Text);

    [Fact]
    public async Task An_engine_that_has_stopped_says_why()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Greeting);
        Assert.Null(engine.StoppedBecause);
        await box.Close();
        Assert.NotNull(engine.StoppedBecause);
    }

    /// <summary>Listens to one engine.</summary>
    private sealed class Heard : IDisposable
    {
        private const string Prefix = "workflows.engine.";
        private readonly MeterListener listener = new();
        private readonly ConcurrentQueue<(string Name, double Value, string Tags)> values = [];

        public Heard(Meter meter)
        {
            listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == meter)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
            listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
            listener.Start();
        }

        public void Look() => listener.RecordObservableInstruments();

        public double Sum(string name) => Of(name).Sum(value => value.Value);

        public int Count(string name) => Of(name).Count();

        public double Last(string name) => Of(name).Last().Value;

        public IEnumerable<string> Tags(string name) => Of(name).Select(value => value.Tags);

        public void Dispose() => listener.Dispose();

        private IEnumerable<(string Name, double Value, string Tags)> Of(string name) =>
            values.Where(value => value.Name == Prefix + name);

        private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            values.Enqueue((instrument.Name, value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
    }
}
