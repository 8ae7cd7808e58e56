using System.Text.Json;
using Microsoft.DurableTask;
using Workflows.Activities.Flows;
using Workflows.Orchestrations.Durable;

namespace Workflows.Functions.Durable;

/// <summary>Runs one generation of a flow as an orchestration, from its beginning to its end, restart or incident.</summary>
public sealed class FlowRunner(FlowTable flows, ActivityTable activities, IRuleShelf rules)
{
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement<object?>(null);

    /// <param name="name">The definition's name.</param>
    /// <param name="context">The orchestration; its input is a <see cref="FlowBegin"/>.</param>
    public async Task<JsonElement> Run(string name, TaskOrchestrationContext context)
    {
        var begin = Plain.Of(context.GetInput<JsonElement>()).Deserialize<FlowBegin>(Wire.Options)
            ?? throw new InvalidOperationException($"{name} began with nothing.");
        var flow = new DurableFlow(context, begin, flows, activities, rules);
        try
        {
            await flow.Begin();
            var definition = flows.Find(name, begin.Version)
                ?? throw new InvalidOperationException(FormattableString.Invariant($"{name} has no version {begin.Version} here."));
            var result = await definition.Run(flow, Wire.Write(begin.Input));
            flow.Disarm();
            return flow.RestartInput is { } input
                ? await Restart(context, begin, flow, input)
                : await End(context, begin, flow, result);
        }
        catch (FlowSupersededException)
        {
            flow.Disarm();
            return Nothing;
        }
        catch (Exception stopped)
        {
            flow.Disarm();
            await flow.Ask<BlockFlow, StepTaken>(
                new BlockFlow(context.InstanceId, begin.Generation, $"{stopped.GetType().Name}: {stopped.Message}"));
            throw;
        }
    }

    /// <summary>Pokes are not carried over: the next generation looks into its inbox before it waits.</summary>
    private static async Task<JsonElement> Restart(
        TaskOrchestrationContext context, FlowBegin begin, DurableFlow flow, JsonElement input)
    {
        var begun = await flow.Ask<BeginGeneration, StepTaken>(
            new BeginGeneration(context.InstanceId, begin.Generation, flow.After, input, flow.LastStatus));
        if (!begun.Superseded)
        {
            var next = new FlowBegin(begin.Version, begin.Generation + 1, flow.After, input, Floor: flow.Now);
            context.ContinueAsNew(JsonSerializer.SerializeToElement(next, Wire.Options), preserveUnprocessedEvents: false);
        }

        return Nothing;
    }

    private static async Task<JsonElement> End(
        TaskOrchestrationContext context, FlowBegin begin, DurableFlow flow, byte[]? result)
    {
        if (result is not null && FlowLimits.PayloadProblem("The flow's result", result) is { } problem)
        {
            throw new InvalidOperationException(problem);
        }

        var element = result is null ? (JsonElement?)null : JsonSerializer.Deserialize<JsonElement>(result, Wire.Options);
        await flow.Ask<EndFlow, StepTaken>(new EndFlow(context.InstanceId, begin.Generation, element, flow.LastStatus));
        return element ?? Nothing;
    }
}
