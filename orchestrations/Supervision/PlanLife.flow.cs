using System.Text.Json;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>One flow per activated plan, until another takes its place.</summary>
public sealed class PlanLife : CaseKind<ActivePlan, PlanFact, SupervisionRules>
{
    public const string FlowName = nameof(PlanLife);

    public override string Name => FlowName;

    public override PlanFact DateReached { get; } = new PlanFact.DateReached();

    public override Step<ActivePlan, PlanFact> Decide(ActivePlan state, PlanFact fact, Occasion occasion, SupervisionRules rules) =>
        PlanDecider.Decide(state, fact, occasion, rules);

    public override (PlanFact Fact, Occasion Occasion) Opening(ActivePlan state) =>
        (new PlanFact.Opened(), new Occasion(state.ActivatedAt, Occasion.Clock, "plan", "opened"));

    public override DateTimeOffset? Next(ActivePlan state) => state.Status == PlanStatus.Active ? state.ExpiresAt : null;

    public override bool Ended(ActivePlan state) => state.Status == PlanStatus.Superseded;

    public override string RulesVersion(ActivePlan state) => state.Rules;

    public override CaseCard Card(ActivePlan state, SupervisionRules rules)
    {
        var status = JsonNamingPolicy.CamelCase.ConvertName(state.Status.ToString());
        string[] open = Ended(state) ? [] : ["plans.open"];
        return new CaseCard(
            status,
            state.ActivatedAt,
            Next(state),
            state.Status == PlanStatus.Expired ? AssignmentLight.Yellow : AssignmentLight.Green,
            ["plans", $"plans.status.{status}", .. open],
            JsonSerializer.SerializeToElement(new PlanSummary(state.Id, status, state.Number, state.Subject, state.Expires, state.ActivatedAt), Wire.Options));
    }
}

/// <summary>A row in the list of activated plans.</summary>
public sealed record PlanSummary(string Id, string Status, string Number, string Subject, DateOnly Expires, DateTimeOffset ActivatedAt);
