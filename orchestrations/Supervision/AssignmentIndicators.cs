using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>
/// How the binding indicators of an assignment stand together, said in its journal whenever that changes, so that scores
/// know it of any past day. An aspirational one never counts.
/// </summary>
internal static class AssignmentIndicators
{
    /// <summary>The step with what it found; as it was under rules that score nobody.</summary>
    public static Step<Assignment, AssignmentFact>.Taken Told(Step<Assignment, AssignmentFact>.Taken step, SupervisionRules rules)
    {
        // What is claimed done is checked, and what stands still is not looked at.
        if (rules.Process is not { Score: not null, Indicators: not null } || step.State is { Status: AssignmentStatus.Claimed } or { Standstill: not null })
        {
            return step;
        }

        var standings = Binding(step.State, rules);
        var behind = standings.Where(one => one.State == IndicatorState.Behind).Select(one => one.Id).ToList();
        var now = behind.Count > 0 ? IndicatorState.Behind
            : standings.Count > 0 && standings.All(one => one.State is IndicatorState.Done or IndicatorState.Ahead) ? IndicatorState.Ahead
            : IndicatorState.OnSchedule;
        return now == (step.State.Stands ?? IndicatorState.OnSchedule)
            ? step
            : step with { State = step.State with { Stands = now }, Journal = [.. step.Journal, Line(now, behind)] };
    }

    /// <summary>How each binding indicator stood on the day of the last step.</summary>
    public static IReadOnlyList<(string Id, IndicatorState State)> Binding(Assignment assignment, SupervisionRules rules) =>
        rules.Process.Indicators is not { } rule || assignment.Seen is not { } seen
            ? []
            :
            [
                .. (assignment.Indicators ?? []).Where(indicator => indicator.Force == IndicatorForce.Binding).Select(indicator => (
                    indicator.Id,
                    IndicatorStandings.At(
                        indicator,
                        assignment.Figures?.FirstOrDefault(figure => figure.Indicator == indicator.Id),
                        rules.Calendar.LocalDate(assignment.IssuedAt),
                        seen,
                        rule.TolerancePercent).State)),
            ];

    private static JournalLine Line(IndicatorState now, List<string> behind) =>
        now == IndicatorState.Behind ? new JournalLine("IndicatorsBehind", $"Binding indicators are behind: {string.Join(", ", behind)}.", $"约束性指标进度滞后：{string.Join("、", behind)}。")
        : now == IndicatorState.Ahead ? new JournalLine("IndicatorsAhead", "Every binding indicator is met or ahead.", "约束性指标均已达到或者超前。")
        : new JournalLine("IndicatorsOnSchedule", "The binding indicators are on schedule.", "约束性指标进度正常。");
}
