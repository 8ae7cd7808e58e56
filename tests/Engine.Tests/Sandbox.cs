using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine.Tests;

/// <summary>One store in a folder of its own, with a clock that the test sets; reopened as often as a test likes.</summary>
public sealed class Sandbox : IAsyncDisposable
{
    public static readonly DateTimeOffset Monday = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("workflows-engine-").FullName;
    private EmbeddedEngine? engine;

    public string File => Path.Combine(folder, "flows.db");

    public VirtualClock Clock { get; set; } = new(Monday);

    public EngineOptions Options { get; set; } = new("");

    public Probe Probe { get; } = new();

    public Shelf Shelf { get; } = new();

    public ILogger Logger { get; set; } = NullLogger.Instance;

    public EmbeddedEngine Engine => engine ?? throw new InvalidOperationException("Open first.");

    public Task<EmbeddedEngine> Open(params FlowDefinition[] flows) => Open(new FlowTable(flows));

    /// <summary>Closes the engine that is open, if any, and opens the same file again.</summary>
    public async Task<EmbeddedEngine> Open(FlowTable flows, ActivityTable? activities = null)
    {
        await Close();
        engine = await EmbeddedEngine.Open(
            Options with { File = File }, flows, activities ?? Probe.Activities, Shelf, Clock, Logger, Cancelled);
        return engine;
    }

    public async Task Close()
    {
        if (engine is not null)
        {
            await engine.DisposeAsync();
            engine = null;
        }
    }

    public Task Idle() => Engine.WhenIdle(Cancelled);

    public Task Until(DateTimeOffset moment) => VirtualRun.Until(Engine, Clock, moment, Cancelled);

    public async Task<FlowInfo> Info(string id) =>
        await Engine.Get(id, Cancelled) ?? throw new InvalidOperationException($"There is no flow {id}.");

    public async Task<T> ResultOf<T>(string id)
    {
        var info = await Info(id);
        return info.State == FlowState.Completed
            ? Wire.Read<T>(System.Text.Encoding.UTF8.GetBytes(info.Result!.Value.GetRawText()))
            : throw new InvalidOperationException($"{id} is {info.State}: {info.Incident}");
    }

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await Close();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>A rule shelf that holds what a test puts on it.</summary>
public sealed class Shelf : IRuleShelf
{
    private readonly ConcurrentDictionary<string, object> rules = [];

    public void Put(string version, object set) => rules[version] = set;

    public TRules Get<TRules>(string version)
        where TRules : class =>
        rules.GetValueOrDefault(version) as TRules ?? throw new RulesMissingException(version, typeof(TRules));
}

/// <summary>An activity that writes down every run and does what the test tells it.</summary>
public sealed class Probe
{
    public Probe() => Activities = new ActivityTable().Add<Greet, string>(Run);

    public ActivityTable Activities { get; }

    /// <summary>The keys of all runs in the order of their beginning.</summary>
    public ConcurrentQueue<string> Runs { get; } = [];

    /// <summary>By key; without one the answer is "hello NAME".</summary>
    public ConcurrentDictionary<string, Func<Greet, CancellationToken, Task<string>>> Answers { get; } = [];

    private Task<string> Run(Greet greet, CancellationToken cancellation)
    {
        Runs.Enqueue(greet.Key);
        return Answers.TryGetValue(greet.Key, out var answer)
            ? answer(greet, cancellation)
            : Task.FromResult("hello " + greet.Name);
    }
}

public sealed record Greet(string Name) : IActivity<string>
{
    [JsonIgnore]
    public string Key => "greet/" + Name;
}

public sealed record Note(string Text);

public sealed record Order(string Name);
