using System.Globalization;
using System.Text.Json.Serialization;
using Workflows.Engine;
using Workflows.Orchestrations.Durable;

namespace Workflows.Benchmarks;

/// <summary>The flows that are measured, with calls that cost nothing.</summary>
internal sealed class BenchFlows
{
    /// <summary>Five calls in sequence, the example every engine shows.</summary>
    public const string HelloCities = nameof(HelloCities);

    /// <summary>As many calls in sequence as the input says.</summary>
    public const string Sequence = nameof(Sequence);

    /// <summary>Waits for a command or its date, then ends.</summary>
    public const string Sleeper = nameof(Sleeper);

    private static readonly string[] Cities = ["Tokyo", "Seattle", "London", "Amsterdam", "Seoul"];

    public BenchFlows()
    {
        Activities = new ActivityTable().Add<SayHello, string>((request, _) =>
        {
            OnCall?.Invoke();
            return Task.FromResult("Hello " + request.City + "!");
        });
        Flows = new FlowTable(
            FlowDefinition.Of<Tour, string[]>(HelloCities, Visit),
            FlowDefinition.Of<Steps, int>(Sequence, Walk),
            FlowDefinition.Of<Sleep, bool>(Sleeper, Wait));
    }

    public ActivityTable Activities { get; }

    public FlowTable Flows { get; }

    /// <summary>When a call reaches the outside.</summary>
    public Action? OnCall { get; set; }

    /// <summary>
    /// When flow code sees its date. It looks at the real clock, which flow code must not; nothing here is replayed.
    /// </summary>
    public Action<DateTimeOffset>? OnDate { get; set; }

    /// <summary>Starts one tour and waits for its end.</summary>
    public static async Task Tour(EmbeddedEngine engine, string id)
    {
        // Asked together, so that both usually share a commit; the order of asking is kept.
        var started = engine.Start(HelloCities, id, new Tour(id));
        await Completed(engine, id);
        await started;
    }

    public static async Task Completed(EmbeddedEngine engine, string id)
    {
        var info = await engine.Result(id, Timeout.InfiniteTimeSpan);
        if (info?.State != FlowState.Completed)
        {
            throw new InvalidOperationException($"{id} is {info?.State.ToString() ?? "missing"}: {info?.Incident}");
        }
    }

    public static string Id(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}");

    private static async Task<string[]> Visit(IFlow flow, Tour tour)
    {
        var greetings = new string[Cities.Length];
        for (var i = 0; i < Cities.Length; i++)
        {
            greetings[i] = await flow.Call(new SayHello(tour.Name, Cities[i], i));
        }

        return greetings;
    }

    private static async Task<int> Walk(IFlow flow, Steps steps)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            await flow.Call(new SayHello(flow.Id, Cities[i % Cities.Length], i));
        }

        return steps.Count;
    }

    private async Task<bool> Wait(IFlow flow, Sleep sleep)
    {
        var poke = await flow.Next<Poke>(sleep.Until);
        if (poke is null && sleep.Until is { } due)
        {
            OnDate?.Invoke(due);
        }

        return poke is not null;
    }
}

internal sealed record Tour(string Name);

internal sealed record Steps(int Count);

internal sealed record Sleep(DateTimeOffset? Until);

internal sealed record Poke(string By);

internal sealed record SayHello(string Tour, string City, int Number) : IActivity<string>
{
    [JsonIgnore]
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Tour}/{Number}");
}
