using Workflows.Orchestrations.Durable;

namespace Workflows.Functions.Tests.Conformance;

/// <summary>
/// Every scenario is told by the flows in memory, by the embedded engine and by the functions, and all three tell it
/// alike: the same commands read, the same calls under the same keys, the same statuses and the same results.
/// </summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> Scenarios => [.. Primitives.All.Keys, .. CountyStories.All.Keys];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Every_host_tells_it_alike(string name)
    {
        var scenario = Primitives.All.GetValueOrDefault(name) ?? CountyStories.All[name];

        var memory = await Tell(scenario, flows => Task.FromResult<IFlowHost>(new MemoryFlowHost(scenario, flows)));
        var engine = await Tell(scenario, async flows => await EngineFlowHost.Open(scenario, flows));
        var functions = await Tell(scenario, flows => Task.FromResult<IFlowHost>(new FunctionsFlowHost(scenario, flows)));

        Assert.NotEmpty(memory.Traces);
        Assert.Equal(memory.Traces, engine.Traces);
        Assert.Equal(memory.Traces, functions.Traces);
        Assert.Equal(memory.Standing, engine.Standing);
        Assert.Equal(memory.Standing, functions.Standing);
    }

    [Fact]
    public void Every_flow_of_the_county_has_its_scenario()
    {
        var told = CountyStories.All.Values.SelectMany(scenario => scenario.Flows).Select(flow => flow.Name).Distinct();

        Assert.All(Orchestrations.FlowCatalogue.All.Names, name => Assert.Contains(name, told));
    }

    private static async Task<(IReadOnlyList<string> Traces, IReadOnlyList<string> Standing)> Tell(
        Scenario scenario, Func<FlowTable, Task<IFlowHost>> open)
    {
        var traces = new Traces();
        await using var host = await open(new FlowTable(scenario.Flows.Select(traces.Of)));
        await scenario.Play(host);
        return ([.. traces.Lines()], await host.Standing());
    }
}
