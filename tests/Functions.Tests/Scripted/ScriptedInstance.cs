using Microsoft.DurableTask.Client;

namespace Workflows.Functions.Tests.Scripted;

/// <summary>An instance as the platform keeps it.</summary>
internal sealed class ScriptedInstance(string id, string name, DateTimeOffset created)
{
    public string Id => id;

    public string Name => name;

    public DateTimeOffset Created => created;

    /// <summary>Changes with every generation; what is addressed to an earlier one is dropped.</summary>
    public int Execution { get; set; }

    public List<Recorded> History { get; set; } = [];

    public OrchestrationRuntimeStatus Status { get; set; } = OrchestrationRuntimeStatus.Pending;

    public string? Input { get; set; }

    public string? Output { get; set; }

    public string? CustomStatus { get; set; }

    public string? Failure { get; set; }

    /// <summary>How many generations it began by itself.</summary>
    public int Restarts { get; set; }

    public bool IsEnded => Status
        is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}
