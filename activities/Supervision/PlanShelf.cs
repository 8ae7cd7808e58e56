using Workflows.Activities.Rules;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Units;

namespace Workflows.Activities.Supervision;

/// <summary>The plans of the county, by id.</summary>
public sealed class PlanShelf(IReadOnlyList<Plan> plans)
{
    public IReadOnlyList<Plan> All => plans;

    public Plan? Find(string id) => plans.FirstOrDefault(plan => plan.Id == id);

    /// <summary>Reads <c>plan.json</c> of a seeds folder.</summary>
    /// <exception cref="RuleSetRefusedException">The plan is wrong; the message lists all of it.</exception>
    public static PlanShelf Read(string seeds, UnitRegister units)
    {
        var plan = PlanData.Parse("plan.json", File.ReadAllBytes(Path.Combine(seeds, "plan.json")), units);
        return plan.Value is { } value ? new PlanShelf([value]) : throw new RuleSetRefusedException(plan.Errors);
    }
}
