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

    /// <summary>Why a fact would be refused now; null when it would be taken.</summary>
    public Reply? Refusal(Assignment assignment, AssignmentFact fact, string by, string commandId) =>
        kind.Decide(assignment, fact, new Occasion(desk.Time.GetUtcNow(), by, "api", commandId), Cases.RulesOf(assignment)) is Step<Assignment, AssignmentFact>.Refused refused
            ? Reply.Refused(refused.Code, refused.Reason)
            : null;

    private AssignmentView View(CaseRecord<Assignment> record) => AssignmentView.Of(record, Cases.RulesOf(record.State), desk.Time.GetUtcNow());
}
