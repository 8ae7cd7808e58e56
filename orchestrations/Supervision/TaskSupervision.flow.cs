using System.Globalization;
using System.Text.Json;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>One flow per task and unit, until it is struck off or closed with its plan.</summary>
public sealed class TaskSupervision : CaseKind<Assignment, AssignmentFact, SupervisionRules>
{
    public const string FlowName = nameof(TaskSupervision);

    public override string Name => FlowName;

    public override AssignmentFact DateReached { get; } = new AssignmentFact.DateReached();

    public override Step<Assignment, AssignmentFact> Decide(
        Assignment state, AssignmentFact fact, Occasion occasion, SupervisionRules rules) =>
        AssignmentDecider.Decide(state, fact, occasion, rules);

    public override (AssignmentFact Fact, Occasion Occasion) Opening(Assignment state) =>
        (new AssignmentFact.Opened(), new Occasion(state.IssuedAt, Occasion.Clock, "plan", "opened"));

    public override DateTimeOffset? Next(Assignment state) => state.Next;

    public override bool Ended(Assignment state) => state.Ended;

    public override string RulesVersion(Assignment state) => state.Rules;

    public override string RulesVersion(Assignment state, AssignmentFact fact) =>
        fact is AssignmentFact.RulesChanged changed ? changed.Version : state.Rules;

    public override CaseCard Card(Assignment state, SupervisionRules rules)
    {
        var status = JsonNamingPolicy.CamelCase.ConvertName(state.Status.ToString());
        var due = state.Clocks.Min(clock => (DateTimeOffset?)clock.Deadline.At);
        var light = AssignmentLight.Of(state, rules);

        // What the board shows came with lights as data; a request that older histories hold stays as it was (decision 0005).
        var board = rules.Process.Lights is not null;
        string[] stuck = board ? [.. AssignmentBoard.Of(state, rules)] : [];
        string[] weeks = board ? [.. WeeksOf(state)] : [];
        var summary = new AssignmentSummary(
            state.Id, status, state.Plan, state.Task, state.Title, state.Unit, state.Role, state.IssuedAt, state.Due,
            due, light.Color, state.SignFor?.OverdueSaid ?? 0, state.Finish?.OverdueSaid ?? 0, state.Claims, state.StruckOffAt)
        {
            FinishBy = state.FinishBy == state.Due ? null : state.FinishBy,
            Rule = board ? light.Rule : null,
            Why = board ? light.Text : null,
            WhyZh = board ? light.TextZh : null,
            Stuck = stuck.Length > 0 ? stuck : null,
            Weeks = weeks.Length > 0 ? weeks : null,
            Matter = state.Matter,
            Added = state.Basis is null ? null : true,
            FeedbackDue = state.Ended ? null : state.Feedback?.Clock.Deadline.Date,
            Missed = state.Missed?.Count,
            ClosedAt = state.Closing?.At,
        };
        string[] open = state switch
        {
            { StruckOffAt: { } at } => [string.Create(CultureInfo.InvariantCulture, $"assignments.struckOff.{rules.Calendar.LocalDate(at):yyyy-MM}")],
            { Ended: true } => [],
            _ =>
            [
                "assignments.open",
                $"assignments.light.{light.Color}",
                .. stuck.Select(cause => $"assignments.stuck.{cause}"),
                .. weeks.Select(week => $"assignments.week.{week}"),
            ],
        };
        return new CaseCard(
            status,
            state.IssuedAt,
            due,
            light.Color,
            [
                "assignments",
                $"assignments.status.{status}",
                $"assignments.unit.{state.Unit}",
                $"assignments.task.{state.Plan}.{state.Task}",
                .. open,
            ],
            JsonSerializer.SerializeToElement(summary, Wire.Options));
    }

    /// <summary>The ISO weeks, such as 2025-W44, in which a term of the unit's own ends.</summary>
    private static IEnumerable<string> WeeksOf(Assignment assignment) => AssignmentClocks.Of(assignment)
        .Where(running => !running.Held && running.Name is "finish" or "signFor" or "feedback")
        .Select(running => Week(running.Clock.Deadline.Date))
        .Distinct();

    /// <summary>The ISO week of a day, as lists are called by it.</summary>
    public static string Week(DateOnly day)
    {
        var date = day.ToDateTime(TimeOnly.MinValue);
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(date):D4}-W{ISOWeek.GetWeekOfYear(date):D2}");
    }
}

/// <summary>A row in a list of assignments.</summary>
/// <param name="Id">plan.task.unit.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Plan">The plan's id.</param>
/// <param name="Task">The task's id.</param>
/// <param name="Title">The task in words.</param>
/// <param name="Unit">The responsible unit.</param>
/// <param name="Role">Its part.</param>
/// <param name="IssuedAt">UTC.</param>
/// <param name="Finish">The plan's own date.</param>
/// <param name="Due">The end of the nearest term, UTC.</param>
/// <param name="Light">green, yellow or red.</param>
/// <param name="SignOverdue">How often it was said that it is not signed for.</param>
/// <param name="FinishOverdue">How often it was said that it is not finished.</param>
/// <param name="Claims">How often completion was claimed.</param>
/// <param name="StruckOffAt">UTC.</param>
/// <param name="FinishBy">Until when it must be done, when that is not the plan's own date any more.</param>
/// <param name="Rule">The rule that gives the light.</param>
/// <param name="Why">The same in a sentence, English.</param>
/// <param name="WhyZh">The same in Chinese.</param>
/// <param name="Stuck">Why it is stuck, kebab-case.</param>
/// <param name="Weeks">ISO weeks in which a term of the unit's own ends.</param>
/// <param name="Matter">The task, as plan.task, whose matter it is, when it is not its own.</param>
/// <param name="Added">True for a unit that the plan does not name.</param>
/// <param name="FeedbackDue">When feedback is due, local.</param>
/// <param name="Missed">Periods without feedback.</param>
/// <param name="ClosedAt">UTC; when it was closed without being done.</param>
public sealed record AssignmentSummary(
    string Id,
    string Status,
    string Plan,
    string Task,
    string Title,
    string Unit,
    AssignmentRole Role,
    DateTimeOffset IssuedAt,
    DateOnly Finish,
    DateTimeOffset? Due,
    string Light,
    int SignOverdue,
    int FinishOverdue,
    int Claims,
    DateTimeOffset? StruckOffAt,
    DateOnly? FinishBy = null,
    string? Rule = null,
    string? Why = null,
    string? WhyZh = null,
    IReadOnlyList<string>? Stuck = null,
    IReadOnlyList<string>? Weeks = null,
    string? Matter = null,
    bool? Added = null,
    DateOnly? FeedbackDue = null,
    int? Missed = null,
    DateTimeOffset? ClosedAt = null);
