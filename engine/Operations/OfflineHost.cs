using Workflows.Orchestrations.Durable;

namespace Workflows.Engine.Operations;

/// <summary>Stands around a flow that is only replayed: what it did is recorded, so nothing is asked of anybody.</summary>
internal sealed class OfflineHost(FlowTable flows, IRuleShelf rules) : IExecutionHost
{
    public IRuleShelf Rules => rules;

    public FlowDefinition? Newest(string flow) => flows.Newest(flow);

    public bool HasActivity(string name) => true;

    public SendOutcome OutcomeOf(string id, string commandId, IReadOnlyList<FlowEventRecord> before) =>
        SendOutcome.Accepted;

    public void Foreign(FlowExecution execution)
    {
        // A wait that the engine does not know is seen at the end of the replay.
    }
}
