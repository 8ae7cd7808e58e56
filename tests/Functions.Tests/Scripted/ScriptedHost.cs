using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Activities.Cases;
using Workflows.Activities.Flows;
using Workflows.Activities.Storage;
using Workflows.Engine;
using Workflows.Functions.Durable;
using Workflows.Functions.Hosting;
using Workflows.Functions.Triggers;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;

namespace Workflows.Functions.Tests.Scripted;

/// <summary>
/// The functions as they are deployed, over a scripted task hub and tables in memory. Flows and activities that are no
/// function of ours, because a test made them up, run as every function does.
/// </summary>
internal sealed class ScriptedHost : IDisposable
{
    private readonly ServiceProvider services;
    private readonly Dictionary<string, MethodInfo> functions = new[] { typeof(FlowFunctions), typeof(ActivityFunctions), typeof(StepFunctions) }
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
        .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);

    public ScriptedHost(FlowTable flows, ActivityTable activities, IRuleShelf rules, DateTimeOffset start, ITables? tables = null)
    {
        Clock = new VirtualClock(start);
        Tables = tables ?? new MemoryTables();
        Hub = new ScriptedHub(Clock) { Orchestrator = Orchestrate, Activity = Act };
        Client = new ScriptedClient(Hub);
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(Tables)
            .AddSingleton(new CaseStore(Tables))
            .AddSingleton(flows)
            .AddSingleton(activities)
            .AddSingleton(rules)
            .AddFlows()
            .BuildServiceProvider();
        services.GetRequiredService<CurrentClient>().Use(Client);
    }

    public VirtualClock Clock { get; }

    public ITables Tables { get; }

    public ScriptedHub Hub { get; }

    public ScriptedClient Client { get; }

    public RegisteredFlows Flows => services.GetRequiredService<RegisteredFlows>();

    public FlowRegistry Registry => services.GetRequiredService<FlowRegistry>();

    public FlowSweep Sweeps => services.GetRequiredService<FlowSweep>();

    public DateTimeOffset Now => Clock.GetUtcNow();

    public void Start(string flow, string id, object input, StartOptions? options = null) =>
        Assert.Equal(StartOutcome.Started, Flows.Start(flow, id, input, options).GetAwaiter().GetResult());

    public SendOutcome Send<TCommand>(string id, string commandId, TCommand command)
        where TCommand : class => Flows.Send(id, commandId, command).GetAwaiter().GetResult();

    public FlowInfo Info(string id) => Flows.Get(id).GetAwaiter().GetResult()!;

    public IReadOnlyDictionary<FlowNeed, int> Sweep() => Sweeps.Run().GetAwaiter().GetResult();

    public void RunUntil(DateTimeOffset until) => Hub.RunUntil(until);

    /// <summary>Lets time pass with a sweep every minute, as the timer function does.</summary>
    public void SweepUntil(DateTimeOffset until)
    {
        while (Now < until)
        {
            var minute = Now.AddMinutes(1);
            RunUntil(minute < until ? minute : until);
            Sweep();
        }

        RunUntil(until);
    }

    public T Result<T>(string id) => Info(id) is { State: FlowState.Completed, Result: { } result }
        ? result.Deserialize<T>(Wire.Options)!
        : throw new InvalidOperationException($"{id} is {Info(id)}.");

    public void Dispose() => services.Dispose();

    private Task<JsonElement> Orchestrate(string name, TaskOrchestrationContext context) => functions.ContainsKey(name)
        ? Invoke(name, context)
        : services.GetRequiredService<FlowRunner>().Run(name, context);

    private async Task<JsonElement> Act(string name, JsonElement input) => functions.ContainsKey(name)
        ? await Invoke(name, input)
        : await services.GetRequiredService<ActivityRunner>().Run(name, input);

    private Task<JsonElement> Invoke(string name, object trigger)
    {
        var method = functions[name];
        var instance = ActivatorUtilities.CreateInstance(services, method.DeclaringType!);
        object[] arguments = [.. method.GetParameters().Select(parameter =>
            parameter.GetCustomAttribute<DurableClientAttribute>() is null ? trigger : Client)];
        return (Task<JsonElement>)method.Invoke(instance, arguments)!;
    }
}
