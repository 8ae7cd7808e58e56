using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision.Sheets;

namespace Workflows.Orchestrations.Supervision;

/// <summary>
/// What an assignment misses, derived from its state alone; a step that changes it tells the unit's flow the whole of it, so
/// nothing that is made good can be forgotten in one place of the decider.
/// </summary>
internal static class AssignmentMisses
{
    /// <summary>
    /// The causes now, the gravest first; none for what has ended, is claimed done or stands still, and none that more time
    /// was asked for in time.
    /// </summary>
    public static IReadOnlyList<MissedCause> Of(Assignment assignment, SupervisionRules rules) =>
        assignment.Ended || assignment.Status == AssignmentStatus.Claimed || assignment.Standstill is not null
            ? []
            :
            [
                .. Cause(assignment.Finish is { IsOverdue: true }, SheetCauses.Finish, assignment.Finish?.Deadline.Date),
                .. Cause(assignment.SignFor is { IsOverdue: true }, SheetCauses.SignFor, assignment.SignFor?.Deadline.Date),
                .. Cause(assignment.Missed is not null || assignment.Feedback is { Clock.IsOverdue: true }, SheetCauses.Feedback, assignment.Missed is null ? assignment.Feedback?.Clock.Deadline.Date : null),
                .. Cause(AssignmentLight.Behind(assignment, rules) > 0, SheetCauses.Behind, null),
            ];

    /// <summary>The step with what it has to tell; as it was under rules without sheets.</summary>
    public static Step<Assignment, AssignmentFact> Told(
        Assignment before, Step<Assignment, AssignmentFact> step, Occasion occasion, SupervisionRules rules)
    {
        if (rules.Process.Sheets is null || step is not Step<Assignment, AssignmentFact>.Taken { State: var after } taken)
        {
            return step;
        }

        var (was, now) = (Of(before, rules), Of(after, rules));
        var isMissed = was.Count > 0 || now.Count > 0;
        if (was.SequenceEqual(now) && !(isMissed && before.MatterKey != after.MatterKey) && after.Ended == before.Ended)
        {
            return step;
        }

        // A village is never the object: its township is (政府督查工作条例 5).
        var unit = rules.Units.ResponsibleFor(rules.Units.Find(after.Unit) ?? throw new KeyNotFoundException($"No unit {after.Unit}.")).Id;
        var fact = new UnitSheetsFact.MatterChanged(after.Id, after.MatterKey, after.Title, now, after.Ended, after.Important);
        return taken with
        {
            Tells =
            [
                .. taken.Tells ?? [],
                TellFlow.Of(
                    UnitSheets.FlowName,
                    new UnitSheets().FlowId(unit),
                    $"{after.Id}.{occasion.Id}",
                    new CaseCommand<UnitSheetsFact>(fact, occasion.By, "assignments"),
                    isMissed ? CaseRecord.Fresh(unit, new UnitMatters(unit, rules.Version, occasion.At)) : null),
            ],
        };
    }

    private static IEnumerable<MissedCause> Cause(bool isMissed, string cause, DateOnly? due) => isMissed ? [new MissedCause(cause, due)] : [];
}
