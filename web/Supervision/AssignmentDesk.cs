using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Supervision;

/// <summary>What can be said to assignments from outside.</summary>
public sealed class AssignmentDesk(Desk desk)
{
    public const string Path = "/api/assignments";

    private readonly TaskSupervision kind = new();

    private CaseDesk<Assignment, AssignmentFact, SupervisionRules> Cases => new(kind, desk, Path);

    public async Task<Reply> Get(string id, CancellationToken cancellation) =>
        await Cases.Get(id, cancellation) is { } record
            ? Reply.Ok(View(record))
            : Reply.NotFound($"There is no assignment {id}.");

    /// <summary>Says a fact to an assignment.</summary>
    public Task<Reply> Say(string id, string commandId, string by, AssignmentFact fact, string? text, CancellationToken cancellation) =>
        Cases.Say(id, commandId, by, fact, text, record => Task.FromResult(View(record)), cancellation);

    private AssignmentView View(CaseRecord<Assignment> record) => AssignmentView.Of(record, Cases.RulesOf(record.State));
}

/// <summary>An assignment as the API shows it.</summary>
/// <param name="Id">plan.task.unit.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Plan">The plan's id.</param>
/// <param name="Task">The task's id.</param>
/// <param name="Title">The task in words.</param>
/// <param name="Unit">Who answers for it.</param>
/// <param name="Role">Its part.</param>
/// <param name="IssuedAt">UTC.</param>
/// <param name="Due">The plan's own date.</param>
/// <param name="Clocks">The terms that run now, each with why it ends when it does.</param>
/// <param name="Claims">How often completion was claimed.</param>
/// <param name="StruckOffAt">UTC.</param>
/// <param name="Rules">The rule set it lives under.</param>
/// <param name="Version">Counts its steps.</param>
public sealed record AssignmentView(
    string Id,
    AssignmentStatus Status,
    string Plan,
    string Task,
    string Title,
    UnitView Unit,
    AssignmentRole Role,
    DateTimeOffset IssuedAt,
    DateOnly Due,
    IReadOnlyList<ClockView> Clocks,
    int Claims,
    DateTimeOffset? StruckOffAt,
    string Rules,
    int Version)
{
    public static AssignmentView Of(CaseRecord<Assignment> record, SupervisionRules rules)
    {
        var assignment = record.State;
        Clock? finish = assignment.Status == AssignmentStatus.Claimed ? null : assignment.Finish;
        return new AssignmentView(
            assignment.Id,
            assignment.Status,
            assignment.Plan,
            assignment.Task,
            assignment.Title,
            UnitView.Of(assignment.Unit, rules.Units),
            assignment.Role,
            assignment.IssuedAt,
            assignment.Due,
            ClockView.Of(("signFor", assignment.SignFor), ("finish", finish), ("check", assignment.Check)),
            assignment.Claims,
            assignment.StruckOffAt,
            assignment.Rules,
            record.Version);
    }
}
