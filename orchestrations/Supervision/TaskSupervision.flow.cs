using System.Globalization;
using System.Text.Json;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>One flow per task and unit, until it is struck off.</summary>
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

    public override DateTimeOffset? Next(Assignment state) => state.Clocks.Min(clock => clock.Next);

    public override bool Ended(Assignment state) => state.Ended;

    public override string RulesVersion(Assignment state) => state.Rules;

    public override string RulesVersion(Assignment state, AssignmentFact fact) =>
        fact is AssignmentFact.RulesChanged changed ? changed.Version : state.Rules;

    public override CaseCard Card(Assignment state, SupervisionRules rules)
    {
        var status = JsonNamingPolicy.CamelCase.ConvertName(state.Status.ToString());
        var due = state.Clocks.Min(clock => (DateTimeOffset?)clock.Deadline.At);
        var light = LightOf(state);
        var summary = new AssignmentSummary(
            state.Id, status, state.Plan, state.Task, state.Title, state.Unit, state.Role, state.IssuedAt, state.Due,
            due, light, state.SignFor?.OverdueSaid ?? 0, state.Finish?.OverdueSaid ?? 0, state.Claims, state.StruckOffAt);
        string[] open = state.Ended
            ? [string.Create(CultureInfo.InvariantCulture, $"assignments.struckOff.{rules.Calendar.LocalDate(state.StruckOffAt!.Value):yyyy-MM}")]
            : ["assignments.open", $"assignments.light.{light}"];
        return new CaseCard(
            status,
            state.IssuedAt,
            due,
            light,
            [
                "assignments",
                $"assignments.status.{status}",
                $"assignments.unit.{state.Unit}",
                $"assignments.task.{state.Plan}.{state.Task}",
                .. open,
            ],
            JsonSerializer.SerializeToElement(summary, Wire.Options));
    }

    /// <summary>Red: a term is over. Yellow: a reminder of one is out. Else green.</summary>
    private static string LightOf(Assignment assignment) =>
        assignment.Clocks.Any(clock => clock.IsOverdue) ? "red"
        : assignment.Clocks.Any(clock => clock.RemindersSaid > 0) ? "yellow"
        : "green";
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
    DateTimeOffset? StruckOffAt);
