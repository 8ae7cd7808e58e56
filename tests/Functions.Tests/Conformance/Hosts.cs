using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Engine;
using Workflows.Functions.Durable;
using Workflows.Functions.Tests.Scripted;
using Workflows.Orchestrations.Durable;
using Workflows.Testing.Durable;

namespace Workflows.Functions.Tests.Conformance;

/// <summary>The flows in memory: the reference.</summary>
internal sealed class MemoryFlowHost(Scenario scenario, FlowTable flows) : IFlowHost
{
    private readonly InMemoryFlows memory = new(flows, scenario.Activities(), scenario.Rules, scenario.Begins);

    public Task Start(string flow, string id, object input)
    {
        memory.Start(flow, id, input);
        return Task.CompletedTask;
    }

    public Task<SendOutcome> Send<TCommand>(string id, string commandId, TCommand command)
        where TCommand : class => Task.FromResult(memory.Send(id, commandId, command));

    public Task Until(DateTimeOffset moment)
    {
        memory.RunUntil(moment);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> Standing() => Task.FromResult<IReadOnlyList<string>>(
    [
        .. memory.All.OrderBy(flow => flow.Id, StringComparer.Ordinal).Select(flow => Line.Of(
            flow.Id,
            flow.Definition,
            flow.Ended,
            flow.Ended ? null : flow.WaitsUntil,
            flow.LastStatus,
            flow.Result is { } result ? System.Text.Encoding.UTF8.GetString(result) : null)),
    ]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>The embedded engine on a virtual clock and a store of its own.</summary>
internal sealed class EngineFlowHost : IFlowHost
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("workflows-conformance-");
    private readonly VirtualClock clock;
    private readonly EmbeddedEngine engine;

    private EngineFlowHost(DirectoryInfo folder, VirtualClock clock, EmbeddedEngine engine)
    {
        this.folder = folder;
        this.clock = clock;
        this.engine = engine;
    }

    public static async Task<EngineFlowHost> Open(Scenario scenario, FlowTable flows)
    {
        var folder = Directory.CreateTempSubdirectory("workflows-conformance-");
        var clock = new VirtualClock(scenario.Begins);
        var engine = await EmbeddedEngine.Open(
            new EngineOptions(Path.Combine(folder.FullName, "flows.db")),
            flows,
            scenario.Activities(),
            scenario.Rules,
            clock,
            NullLogger.Instance,
            TestContext.Current.CancellationToken);
        return new EngineFlowHost(folder, clock, engine);
    }

    public async Task Start(string flow, string id, object input)
    {
        await engine.Start(flow, id, input);
        await engine.WhenIdle();
    }

    public async Task<SendOutcome> Send<TCommand>(string id, string commandId, TCommand command)
        where TCommand : class
    {
        var outcome = await engine.Send(id, commandId, command);
        await engine.WhenIdle();
        return outcome;
    }

    public Task Until(DateTimeOffset moment) => VirtualRun.Until(engine, clock, moment);

    public Task<IReadOnlyList<string>> Standing() => Line.Of(engine);

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        folder.Delete(recursive: true);
    }
}

/// <summary>The functions over a scripted task hub.</summary>
internal sealed class FunctionsFlowHost(Scenario scenario, FlowTable flows) : IFlowHost
{
    private readonly ScriptedHost host = new(flows, scenario.Activities(), scenario.Rules, scenario.Begins);

    public async Task Start(string flow, string id, object input)
    {
        await host.Flows.Start(flow, id, input);
        host.RunUntil(host.Now);
    }

    public async Task<SendOutcome> Send<TCommand>(string id, string commandId, TCommand command)
        where TCommand : class
    {
        var outcome = await host.Flows.Send(id, commandId, command);
        host.RunUntil(host.Now);
        return outcome;
    }

    public Task Until(DateTimeOffset moment)
    {
        host.RunUntil(moment);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> Standing() => Line.Of(host.Flows);

    public ValueTask DisposeAsync()
    {
        host.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A flow in one line.</summary>
internal static class Line
{
    public static string Of(string id, string flow, bool hasEnded, DateTimeOffset? due, string? status, string? result) =>
        $"{id} {flow} {(hasEnded ? "ended" : "lives")} {due:O} {Plainly(status)} {Plainly(result)}";

    private static string? Plainly(string? json) =>
        json is null ? null : Plain.Of(JsonSerializer.Deserialize<JsonElement>(json, Wire.Options)).GetRawText();

    public static async Task<IReadOnlyList<string>> Of(IFlowClient client)
    {
        var lines = new List<string>();
        string? cursor = null;
        do
        {
            var page = await client.List(new FlowFilter(), 200, cursor);
            lines.AddRange(page.Flows.OrderBy(flow => flow.Id, StringComparer.Ordinal).Select(flow => Of(
                flow.Id,
                flow.Flow,
                flow.State == FlowState.Completed,
                flow.Due,
                flow.Status?.GetRawText(),
                flow.Result?.GetRawText())));
            cursor = page.Next;
        }
        while (cursor is not null);
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
