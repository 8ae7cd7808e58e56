using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>A running assignment goes over to another version of the rules, and whoever has a date that moves is told.</summary>
internal static class AssignmentRulesChange
{
    /// <param name="draft">Decided under the version that it goes over to.</param>
    /// <param name="version">That version.</param>
    public static Step<Assignment, AssignmentFact> Take(AssignmentDraft draft, string version)
    {
        var assignment = draft.State;
        if (assignment.Rules == version)
        {
            return new Step<Assignment, AssignmentFact>.Nothing();
        }

        if (draft.Rules.Version != version)
        {
            return draft.Refuse("other-rules", $"The change to {version} is decided under {version}, not under {draft.Rules.Version}.");
        }

        var recount = AssignmentRecount.Of(assignment, draft.Rules, draft.Occasion.At);
        draft.State = recount.State;
        draft.Lines(RulesJournal.Lines(assignment.Rules, version, recount.Moved, recount.Keeps));
        foreach (var owner in recount.Moved.GroupBy(date => AssignmentClocks.All.First(kind => kind.Name == date.Clock).Remind.To(draft)))
        {
            draft.Say("assignment-dates-moved", owner.Key, of: draft.Occasion.Id, more: ("dates", string.Concat(owner.Select(RulesJournal.Zh))));
        }

        return draft.Done();
    }
}
