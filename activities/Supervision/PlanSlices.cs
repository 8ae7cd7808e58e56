using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;

namespace Workflows.Activities.Supervision;

/// <summary>Gives the parts of a kept plan to the flows that walk through it.</summary>
public sealed class PlanSlices(KeptPlans plans, IRuleShelf rules) : IActivityHandler<SlicePlan, PlanSlice>
{
    /// <summary>The plan that was read last: a flow walks through one plan slice by slice, and a version never changes.</summary>
    private Tuple<string, string, Plan>? last;

    public async Task<PlanSlice> Run(SlicePlan request, CancellationToken cancellation)
    {
        var known = last is var (id, version, kept) && id == request.Plan && version == request.Version ? kept : null;
        var plan = known ?? await plans.Read(request.Plan, request.Version, cancellation)
            ?? throw new KeyNotFoundException($"Plan {request.Plan} was not kept as {request.Version}.");
        last = Tuple.Create(request.Plan, request.Version, plan);
        return PlanFanOut.Slice(plan, rules.Get<SupervisionRules>(request.Rules), request);
    }
}
