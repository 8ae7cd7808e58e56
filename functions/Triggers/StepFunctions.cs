using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Workflows.Activities.Flows;
using Workflows.Functions.Durable;
using Workflows.Orchestrations.Durable;

namespace Workflows.Functions.Triggers;

/// <summary>What every flow asks of its registry and inbox, whatever its code does.</summary>
public sealed class StepFunctions(FlowSteps steps, CurrentClient current)
{
    [Function(nameof(LookIntoInbox))]
    public Task<JsonElement> LookIntoInbox([ActivityTrigger] JsonElement request) =>
        Run<LookIntoInbox, InboxLook>(request, asked => steps.Look(asked));

    [Function(nameof(StartAnother))]
    public Task<JsonElement> StartAnother([ActivityTrigger] JsonElement request, [DurableClient] DurableTaskClient client)
    {
        current.Use(client);
        return Run<StartAnother, StartedAnother>(request, asked => steps.Start(asked));
    }

    [Function(nameof(SendToAnother))]
    public Task<JsonElement> SendToAnother([ActivityTrigger] JsonElement request, [DurableClient] DurableTaskClient client)
    {
        current.Use(client);
        return Run<SendToAnother, SentToAnother>(request, asked => steps.Send(asked));
    }

    [Function(nameof(BeginGeneration))]
    public Task<JsonElement> BeginGeneration([ActivityTrigger] JsonElement request) =>
        Run<BeginGeneration, StepTaken>(request, asked => steps.Begin(asked));

    [Function(nameof(EndFlow))]
    public Task<JsonElement> EndFlow([ActivityTrigger] JsonElement request) =>
        Run<EndFlow, StepTaken>(request, asked => steps.End(asked));

    [Function(nameof(BlockFlow))]
    public Task<JsonElement> BlockFlow([ActivityTrigger] JsonElement request) =>
        Run<BlockFlow, StepTaken>(request, asked => steps.Block(asked));

    private static async Task<JsonElement> Run<TRequest, TAnswer>(JsonElement request, Func<TRequest, Task<TAnswer>> run) =>
        JsonSerializer.SerializeToElement(await run(Plain.Of(request).Deserialize<TRequest>(Wire.Options)!), Wire.Options);
}
