using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;

namespace Workflows.Activities.Supervision;

/// <summary>Gives the parts of a kept plan to the flows that walk through it.</summary>
public sealed class PlanSlices(KeptPlans plans, IRuleShelf rules) : IActivityHandler<SlicePlan, PlanSlice>
{
    public async Task<PlanSlice> Run(SlicePlan request, CancellationToken cancellation)
    {
        var plan = await plans.Read(request.Plan, request.Version, cancellation)
            ?? throw new KeyNotFoundException($"Plan {request.Plan} was not kept as {request.Version}.");
        return PlanFanOut.Slice(plan, rules.Get<SupervisionRules>(request.Rules), request);
    }
}
