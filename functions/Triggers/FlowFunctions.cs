using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Workflows.Functions.Durable;

namespace Workflows.Functions.Triggers;

/// <summary>Every flow of the catalogue as an orchestration.</summary>
public sealed class FlowFunctions(FlowRunner runner)
{
    [Function(nameof(DisputeEscalation))]
    public Task<JsonElement> DisputeEscalation([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.Run(nameof(DisputeEscalation), context);

    [Function(nameof(NoticeDelivery))]
    public Task<JsonElement> NoticeDelivery([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.Run(nameof(NoticeDelivery), context);

    [Function(nameof(PlanActivation))]
    public Task<JsonElement> PlanActivation([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.Run(nameof(PlanActivation), context);

    [Function(nameof(RulesChange))]
    public Task<JsonElement> RulesChange([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.Run(nameof(RulesChange), context);

    [Function(nameof(PlanClosing))]
    public Task<JsonElement> PlanClosing([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.Run(nameof(PlanClosing), context);

    [Function(nameof(PlanLife))]
    public Task<JsonElement> PlanLife([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.Run(nameof(PlanLife), context);

    [Function(nameof(SupervisionSheet))]
    public Task<JsonElement> SupervisionSheet([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.Run(nameof(SupervisionSheet), context);

    [Function(nameof(TaskSupervision))]
    public Task<JsonElement> TaskSupervision([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.Run(nameof(TaskSupervision), context);

    [Function(nameof(UnitSheets))]
    public Task<JsonElement> UnitSheets([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.Run(nameof(UnitSheets), context);
}
