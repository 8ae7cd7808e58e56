using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Workflows.Functions.Durable;

namespace Workflows.Functions.Triggers;

/// <summary>Every activity that a flow may ask for.</summary>
public sealed class ActivityFunctions(ActivityRunner runner)
{
    [Function(nameof(ActivateRules))]
    public Task<JsonElement> ActivateRules([ActivityTrigger] JsonElement call) => runner.Run(nameof(ActivateRules), call);

    [Function(nameof(DeliverNotice))]
    public Task<JsonElement> DeliverNotice([ActivityTrigger] JsonElement call) => runner.Run(nameof(DeliverNotice), call);

    [Function(nameof(FindCases))]
    public Task<JsonElement> FindCases([ActivityTrigger] JsonElement call) => runner.Run(nameof(FindCases), call);

    [Function(nameof(GatherNotice))]
    public Task<JsonElement> GatherNotice([ActivityTrigger] JsonElement call) => runner.Run(nameof(GatherNotice), call);

    [Function(nameof(MovePeople))]
    public Task<JsonElement> MovePeople([ActivityTrigger] JsonElement call) => runner.Run(nameof(MovePeople), call);

    [Function(nameof(SaveCase))]
    public Task<JsonElement> SaveCase([ActivityTrigger] JsonElement call) => runner.Run(nameof(SaveCase), call);

    [Function(nameof(SlicePlan))]
    public Task<JsonElement> SlicePlan([ActivityTrigger] JsonElement call) => runner.Run(nameof(SlicePlan), call);

    [Function(nameof(TakeSheetNumber))]
    public Task<JsonElement> TakeSheetNumber([ActivityTrigger] JsonElement call) => runner.Run(nameof(TakeSheetNumber), call);
}
