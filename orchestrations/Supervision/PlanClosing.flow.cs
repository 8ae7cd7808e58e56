using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>
/// Tells every assignment of a plan what the plan's end means for it, slice by slice: closed with the reason, or carried
/// on as the matter of another plan's task. One that has ended reads nothing any more.
/// </summary>
public static class PlanClosing
{
    public const string FlowName = nameof(PlanClosing);

    public static FlowDefinition Flow { get; } = FlowDefinition.Of<ClosePlan, PlanClosed>(FlowName, Run);

    /// <summary>Once for a plan and a reason.</summary>
    public static StartFlow Start(ClosePlan close) => StartFlow.Of(FlowName, $"{FlowName}-{close.Plan}.{close.Reason}", close);

    private static async Task<PlanClosed> Run(IFlow flow, ClosePlan close)
    {
        var from = close.From ?? 0;
        var slice = await flow.Call(new SlicePlan(close.Plan, close.Version, close.Rules, DateTimeOffset.UnixEpoch, from, PlanActivation.SliceMax));
        var told = close.Told ?? 0;
        foreach (var assignment in slice.Assignments)
        {
            told += await Tell(flow, close, assignment.Id, assignment.Task);
        }

        if (!slice.IsLast)
        {
            flow.Restart(close with { From = from + slice.Assignments.Count, Told = told });
            return new PlanClosed(close.Plan, told);
        }

        foreach (var id in close.Added ?? [])
        {
            told += await Tell(flow, close, id, id.Split('.')[1]);
        }

        flow.Log("Plan {Plan}: {Assignments} open assignments told that it is {Reason}", close.Plan, told, close.Reason);
        return new PlanClosed(close.Plan, told);
    }

    private static async Task<int> Tell(IFlow flow, ClosePlan close, string id, string task)
    {
        AssignmentFact? fact = close.Links?.FirstOrDefault(link => link.Task == task) is { } link ? new AssignmentFact.MatterLinked(link.Matter)
            : close.IsClosed ? new AssignmentFact.Closed(close.Reason, close.NewPlan)
            : null;
        return fact is not null
            && await flow.Send(new TaskSupervision().FlowId(id), $"plan-{close.Reason}", new CaseCommand<AssignmentFact>(fact, close.By, "plan")) == SendOutcome.Accepted ? 1 : 0;
    }
}

/// <param name="Plan">The plan's id.</param>
/// <param name="Version">Names its content.</param>
/// <param name="Rules">The rule set its assignments were issued under.</param>
/// <param name="Reason"><c>superseded</c> or <c>expired</c>.</param>
/// <param name="By">The supervising office.</param>
/// <param name="NewPlan">What took its place.</param>
/// <param name="IsClosed">Whether assignments without a link are closed.</param>
/// <param name="Links">Tasks whose matter the new plan names too.</param>
/// <param name="Added">Ids of assignments that were added later.</param>
/// <param name="From">How many have been looked at.</param>
/// <param name="Told">How many were told.</param>
public sealed record ClosePlan(
    string Plan,
    string Version,
    string Rules,
    string Reason,
    string By,
    string? NewPlan = null,
    bool IsClosed = true,
    IReadOnlyList<MatterLink>? Links = null,
    IReadOnlyList<string>? Added = null,
    int? From = null,
    int? Told = null);

/// <summary>How many open assignments were told.</summary>
public sealed record PlanClosed(string Plan, int Assignments);
