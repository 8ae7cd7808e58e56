using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>What another version of the rules makes of an assignment: its clocks are counted anew.</summary>
public static class AssignmentRecount
{
    /// <param name="assignment">Not struck off.</param>
    /// <param name="rules">The other version.</param>
    /// <param name="at">When it comes into force for the assignment.</param>
    public static RulesRecount<Assignment> Of(Assignment assignment, SupervisionRules rules, DateTimeOffset at)
    {
        var draft = new RecountDraft(rules, at);
        draft.Needs(assignment.Unit);
        var step = new AssignmentDraft(assignment, new Occasion(at, Occasion.Clock, Occasion.Clock, ""), rules);
        var after = assignment with { Rules = rules.Version };
        foreach (var kind in AssignmentClocks.All)
        {
            if (kind.Find(after) is var (of, clock))
            {
                draft.Needs(kind.Remind.To(step));
                after = kind.Put(after, draft.Of(kind.Name, of, kind.Remind.WhatZh, clock, kind.Policy(after, rules.Process)));
            }
        }

        return draft.Done(assignment, after);
    }
}
