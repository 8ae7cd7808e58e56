using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>What the plan's life does to its assignments: a later plan takes the matter over, or takes it along.</summary>
internal static class AssignmentEnd
{
    /// <summary>Reasons for which an assignment is closed without being done, with their words.</summary>
    private static readonly Dictionary<string, (string En, string Zh)> Reasons = new(StringComparer.Ordinal)
    {
        ["superseded"] = ("the plan was superseded", "方案已被替代"),
        ["expired"] = ("the plan expired", "方案有效期届满"),
    };

    public static Step<Assignment, AssignmentFact> Close(AssignmentDraft draft, AssignmentFact.Closed closed)
    {
        if (Assigned.NotTheSupervision(draft, "closes assignments") is { } refusal)
        {
            return refusal;
        }

        if (!Reasons.TryGetValue(closed.Reason, out var words))
        {
            return draft.Refuse("unknown-reason", $"An assignment is not closed because of {closed.Reason}.");
        }

        var by = closed.Plan is null ? ("", "") : ($" by {closed.Plan}", $"（{closed.Plan}）");
        draft.State = draft.State.Over(AssignmentStatus.Closed) with { Closing = new Closing(closed.Reason, draft.Occasion.At, closed.Plan) };
        draft.Line("Closed", $"Closed without being done: {words.En}{by.Item1}.", $"未完成即终止：{words.Zh}{by.Item2}。");
        draft.Say("assignment-closed", draft.State.Unit, more: ("reason", words.Zh + by.Item2));
        return draft.Done();
    }

    public static Step<Assignment, AssignmentFact> Link(AssignmentDraft draft, string matter)
    {
        if (Assigned.NotTheSupervision(draft, "says whose matter it is") is { } refusal)
        {
            return refusal;
        }

        if (draft.State.MatterKey == matter)
        {
            return draft.Refuse("already-linked", $"Its matter is {matter} already.");
        }

        draft.State = draft.State with { Matter = matter };
        draft.Line("MatterLinked", $"The same matter as {matter}: at most one sheet is open for both.", $"与{matter}为同一事项，合并督办。");
        return draft.Done();
    }
}
