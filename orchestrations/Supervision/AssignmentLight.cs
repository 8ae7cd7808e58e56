namespace Workflows.Orchestrations.Supervision;

/// <summary>How an assignment stands at a glance, with the rule that says so.</summary>
/// <param name="Color">green, yellow or red.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="Text">The rule in a sentence, English.</param>
/// <param name="TextZh">The same in Chinese.</param>
public sealed record Light(string Color, string Rule, string Text, string TextZh);

/// <summary>The first rule that matches gives the light. What has ended is green.</summary>
public static class AssignmentLight
{
    public const string Green = "green";
    public const string Yellow = "yellow";
    public const string Red = "red";

    /// <summary>Rules of sets that name none.</summary>
    private static readonly IReadOnlyList<LightRule> Usual =
    [
        new("overdue", Red, LightCause.Over, "A term is over.", "有期限已届满。"),
        new("reminded", Yellow, LightCause.Reminded, "A reminder of a term is out.", "有期限临近，已提醒。"),
    ];

    private static readonly Light InTime = new(Green, "in-time", "Nothing is due soon.", "各项均在期限内。");

    private static readonly Light NothingRuns = new(Green, "ended", "Nothing runs any more.", "已办结。");

    public static Light Of(Assignment assignment, SupervisionRules rules)
    {
        if (assignment.Ended)
        {
            return NothingRuns;
        }

        return (rules.Process.Lights ?? Usual).FirstOrDefault(rule => Matches(rule, assignment, rules)) is { } found
            ? new Light(found.Color, found.Id, found.Text, found.TextZh)
            : InTime;
    }

    private static bool Matches(LightRule rule, Assignment assignment, SupervisionRules rules)
    {
        var clocks = AssignmentClocks.Of(assignment)
            .Where(running => !running.Held && rule.Clocks?.Contains(running.Name) != false)
            .Select(running => running.Clock);
        return rule.When switch
        {
            LightCause.Over => clocks.Any(clock => clock.IsOverdue && clock.OverdueSaid >= rule.From),
            LightCause.Reminded => clocks.Any(clock => clock.RemindersSaid >= rule.From),
            LightCause.Missed => (assignment.Missed?.Count ?? 0) >= rule.From,
            LightCause.Returned => assignment.Status == AssignmentStatus.Active && assignment.Claims >= rule.From,
            LightCause.Behind => Behind(assignment, rules) >= rule.From,
            LightCause.StandsStill => assignment.Standstill is not null,
            LightCause.Waits => assignment.Extension is not null || assignment.Objection is not null,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Binding indicators that were behind on the day of the last step; an aspirational one never counts.</summary>
    internal static int Behind(Assignment assignment, SupervisionRules rules) =>
        AssignmentIndicators.Binding(assignment, rules).Count(one => one.State == IndicatorState.Behind);
}
