using Workflows.Orchestrations.Durable;

namespace Workflows.Testing.Durable;

/// <summary>
/// Flows in memory with time skipping: no store, no threads, one step after the other. The reference that the engine
/// and the Durable Functions adapter are compared with, and the host of the flow tests.
/// </summary>
/// <remarks>A failing call is tried again at once: waits between attempts are the engine's business, not the flow's.</remarks>
public sealed class InMemoryFlows(FlowTable flows, ActivityTable activities, IRuleShelf rules, DateTimeOffset start)
{
    private readonly List<InMemoryFlow> all = [];

    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>All flows in the order of their start.</summary>
    public IReadOnlyList<InMemoryFlow> All => all;

    public InMemoryFlow? Find(string id) => all.Find(flow => flow.Id == id);

    public StartOutcome Start(string flow, string id, object input)
    {
        if (Find(id) is not null)
        {
            return StartOutcome.Exists;
        }

        var definition = flows.Newest(flow) ?? throw new ArgumentException($"No flow is called {flow}.", nameof(flow));
        var started = new InMemoryFlow(this, id, definition, Wire.Write(input));
        all.Add(started);
        started.Begin();
        return StartOutcome.Started;
    }

    public SendOutcome Send<TCommand>(string id, string commandId, TCommand command)
        where TCommand : class => Find(id)?.Deliver(commandId, Now, Wire.Write(command)) ?? SendOutcome.NotFound;

    /// <summary>Skips from date to date until none is due at or before <paramref name="until"/>.</summary>
    public void RunUntil(DateTimeOffset until)
    {
        while (all.Where(flow => flow.WaitsUntil <= until).MinBy(flow => flow.WaitsUntil) is { } next)
        {
            Now = next.WaitsUntil > Now ? next.WaitsUntil!.Value : Now;
            next.DateReached();
        }

        Now = until > Now ? until : Now;
    }

    /// <summary>Runs every flow again from its record and fails when one asks for anything else.</summary>
    public void ReplayAll()
    {
        foreach (var flow in all)
        {
            flow.Replay();
        }
    }

    /// <summary>Runs today's code against a record that was kept; fails when it asks for anything else.</summary>
    public void Replay(History history) => InMemoryFlow.Replay(
        this, flows.Newest(history.Flow) ?? throw new ArgumentException($"No flow is called {history.Flow}.", nameof(history)), history);

    internal byte[] Run(string activity, byte[] request) =>
        activities.Run(activity, request, CancellationToken.None).GetAwaiter().GetResult();

    internal TRules Rules<TRules>(string version)
        where TRules : class => rules.Get<TRules>(version);
}
