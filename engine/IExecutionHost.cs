using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>What the code of a flow needs of the engine around it.</summary>
internal interface IExecutionHost
{
    IRuleShelf Rules { get; }

    FlowDefinition? Newest(string flow);

    bool HasActivity(string name);

    /// <summary>What becomes of a command that the flow sends now, with the actions of this step before it.</summary>
    SendOutcome OutcomeOf(string id, string commandId, IReadOnlyList<FlowEventRecord> before);

    /// <summary>The flow's code was continued by something the engine does not know; comes from any thread.</summary>
    void Foreign(FlowExecution execution);
}

/// <summary>Thrown into flow code that has to stop; whether it is caught there or not, the flow is blocked.</summary>
internal sealed class FlowStoppedException(string incident) : Exception(incident);
