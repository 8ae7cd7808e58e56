using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>
/// Starts the supervision of everything a plan means, slice by slice, so that no history and no input grows with the
/// plan. Its id is the plan's: a plan is activated once.
/// </summary>
public static class PlanActivation
{
    public const string FlowName = nameof(PlanActivation);

    /// <summary>So many assignments are started in one history.</summary>
    public const int SliceMax = 100;

    public static FlowDefinition Flow { get; } = FlowDefinition.Of<ActivatePlan, PlanActivated>(FlowName, Run);

    public static string FlowId(string plan) => $"{FlowName}-{plan}";

    private static async Task<PlanActivated> Run(IFlow flow, ActivatePlan plan)
    {
        // Plans that were activated before they were stored brought all their assignments with them.
        if (plan is not { Version: { } version, Rules: { } rules, At: { } at, By: { } by })
        {
            await Start(flow, plan.Assignments);
            flow.Log("Plan {Plan} activated with {Assignments} assignments", plan.Plan, plan.Assignments.Count);
            return new PlanActivated(plan.Plan, plan.Assignments.Count);
        }

        var from = plan.From ?? 0;
        var slice = await flow.Call(new SlicePlan(plan.Plan, version, rules, at, from, SliceMax));
        if (from == 0)
        {
            var calendar = flow.Rules<SupervisionRules>(rules).Calendar;
            var life = new PlanLife();
            await flow.Start(life.Name, life.FlowId(plan.Plan), CaseRecord.Fresh(plan.Plan, new ActivePlan(
                plan.Plan, rules, version, slice.Number, slice.Subject, slice.Expires, calendar.EndOf(slice.Expires), at, by)));
        }

        await Start(flow, slice.Assignments);
        var started = from + slice.Assignments.Count;
        if (!slice.IsLast)
        {
            flow.Restart(plan with { From = started });
            return new PlanActivated(plan.Plan, started);
        }

        flow.Log("Plan {Plan} activated with {Assignments} assignments", plan.Plan, started);
        return new PlanActivated(plan.Plan, started);
    }

    private static async Task Start(IFlow flow, IReadOnlyList<Assignment> assignments)
    {
        var supervision = new TaskSupervision();
        foreach (var assignment in assignments)
        {
            await flow.Start(supervision.Name, supervision.FlowId(assignment.Id), CaseRecord.Fresh(assignment.Id, assignment));
        }
    }
}

/// <param name="Plan">The plan's id.</param>
/// <param name="Assignments">What it fans out to, for a plan that is not stored; else empty.</param>
/// <param name="Rules">The rule set its assignments live under.</param>
/// <param name="At">When they are issued, UTC.</param>
/// <param name="Version">Names the stored plan's content.</param>
/// <param name="From">How many have been started.</param>
/// <param name="By">The unit that activates it.</param>
public sealed record ActivatePlan(
    string Plan,
    IReadOnlyList<Assignment> Assignments,
    string? Rules = null,
    DateTimeOffset? At = null,
    string? Version = null,
    int? From = null,
    string? By = null);

/// <summary>What was started.</summary>
public sealed record PlanActivated(string Plan, int Assignments);

/// <summary>Reads a part of what a stored plan means.</summary>
/// <param name="Plan">The plan's id.</param>
/// <param name="Version">Names its content.</param>
/// <param name="Rules">The rule set: its townships, and who reports indicators.</param>
/// <param name="At">When the assignments are issued, UTC.</param>
/// <param name="From">How many come before.</param>
/// <param name="Size">At most so many.</param>
public sealed record SlicePlan(string Plan, string Version, string Rules, DateTimeOffset At, int From, int Size) : IActivity<PlanSlice>
{
    public string Key => FormattableString.Invariant($"{Plan}/{Version}/{From}");
}

/// <param name="Number">The document's number.</param>
/// <param name="Subject">What the plan is about.</param>
/// <param name="Expires">Its last day, local.</param>
/// <param name="Assignments">The part.</param>
/// <param name="IsLast">Nothing comes after it.</param>
public sealed record PlanSlice(string Number, string Subject, DateOnly Expires, IReadOnlyList<Assignment> Assignments, bool IsLast);
