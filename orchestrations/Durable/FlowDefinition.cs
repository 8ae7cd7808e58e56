namespace Workflows.Orchestrations.Durable;

/// <summary>A flow by name: what a host needs to run it from bytes.</summary>
/// <param name="Name">The process's name; frozen once a history carries it.</param>
/// <param name="Input">The input's type.</param>
/// <param name="Run">Reads the input, runs the flow, gives its result as JSON (null for none).</param>
/// <param name="Version">A flow keeps the version it started with.</param>
public sealed record FlowDefinition(string Name, Type Input, Func<IFlow, byte[], Task<byte[]?>> Run, int Version = 1)
{
    public static FlowDefinition Of<TInput, TResult>(string name, Func<IFlow, TInput, Task<TResult>> run, int version = 1) =>
        new(name, typeof(TInput), async (flow, input) => Wire.Write(await run(flow, Wire.Read<TInput>(input))), version);

    public static FlowDefinition Of<TInput>(string name, Func<IFlow, TInput, Task> run, int version = 1) =>
        new(
            name,
            typeof(TInput),
            async (flow, input) =>
            {
                await run(flow, Wire.Read<TInput>(input));
                return null;
            },
            version);
}

/// <summary>The flows a host can run.</summary>
public sealed class FlowTable
{
    private readonly Dictionary<(string Name, int Version), FlowDefinition> definitions = [];
    private readonly Dictionary<string, FlowDefinition> newest = [];

    public FlowTable(params IEnumerable<FlowDefinition> flows)
    {
        foreach (var flow in flows)
        {
            if (!definitions.TryAdd((flow.Name, flow.Version), flow))
            {
                throw new ArgumentException($"Flow {flow.Name} version {flow.Version} is listed twice.", nameof(flows));
            }

            if (!newest.TryGetValue(flow.Name, out var known) || known.Version < flow.Version)
            {
                newest[flow.Name] = flow;
            }
        }
    }

    /// <summary>All names, in ordinal order.</summary>
    public IEnumerable<string> Names => newest.Keys.Order(StringComparer.Ordinal);

    /// <summary>The version new flows start with; null when no flow has this name.</summary>
    public FlowDefinition? Newest(string name) => newest.GetValueOrDefault(name);

    public FlowDefinition? Find(string name, int version) => definitions.GetValueOrDefault((name, version));
}
