using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>Starts the supervision of everything a plan means. Its id is the plan's: a plan is activated once.</summary>
public static class PlanActivation
{
    public const string FlowName = nameof(PlanActivation);

    public static FlowDefinition Flow { get; } = FlowDefinition.Of<ActivatePlan, PlanActivated>(FlowName, Run);

    public static string FlowId(string plan) => $"{FlowName}-{plan}";

    private static async Task<PlanActivated> Run(IFlow flow, ActivatePlan plan)
    {
        var supervision = new TaskSupervision();
        foreach (var assignment in plan.Assignments)
        {
            await flow.Start(supervision.Name, supervision.FlowId(assignment.Id), CaseRecord.Fresh(assignment.Id, assignment));
        }

        flow.Log("Plan {Plan} activated with {Assignments} assignments", plan.Plan, plan.Assignments.Count);
        return new PlanActivated(plan.Plan, plan.Assignments.Count);
    }
}

/// <param name="Plan">The plan's id.</param>
/// <param name="Assignments">What it fans out to.</param>
public sealed record ActivatePlan(string Plan, IReadOnlyList<Assignment> Assignments);

/// <summary>What was started.</summary>
public sealed record PlanActivated(string Plan, int Assignments);
