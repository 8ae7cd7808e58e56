using System.Text.Json;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Workflows.Functions.Tests.Scripted;

/// <summary>The client as the real host answers: what cannot be done is mostly "Unknown".</summary>
internal sealed class ScriptedClient(ScriptedHub hub) : DurableTaskClient("test")
{
    /// <summary>What an unreachable platform throws; null while it is reachable.</summary>
    public Exception? Outage { get; set; }

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        Reach();
        var id = options!.InstanceId!;
        if (hub.Find(id) is { } old && options.DedupeStatuses!.Contains(old.Status.ToString()))
        {
            throw new OrchestrationAlreadyExistsException($"An Orchestration instance with the ID {id} already exists.");
        }

        hub.Create(id, orchestratorName, JsonSerializer.Serialize(input, ScriptedContext.Json), options.StartAt ?? hub.Now);
        return Task.FromResult(id);
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        Reach();
        var instance = hub.Find(instanceId) ?? throw Refused(StatusCode.NotFound);
        if (instance.IsEnded)
        {
            throw Refused(StatusCode.FailedPrecondition);
        }

        hub.Raise(instance, eventName, JsonSerializer.Serialize(eventPayload, ScriptedContext.Json));
        return Task.CompletedTask;
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        Change(instanceId, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        Change(instanceId, OrchestrationRuntimeStatus.Suspended, OrchestrationRuntimeStatus.Running);

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Reach();
        var instance = hub.Find(instanceId) ?? throw Refused(StatusCode.NotFound);
        if (instance.IsEnded)
        {
            throw Refused(StatusCode.FailedPrecondition);
        }

        instance.Status = OrchestrationRuntimeStatus.Terminated;
        instance.Output = JsonSerializer.Serialize(options?.Output, ScriptedContext.Json);
        return Task.CompletedTask;
    }

    public override Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Reach();
        if (hub.Find(instanceId) is not { } instance)
        {
            return Task.FromResult(new PurgeResult(0));
        }

        if (!instance.IsEnded)
        {
            throw new InvalidOperationException("Only orchestrations in a terminal state can be purged.");
        }

        hub.Lose(instanceId);
        return Task.FromResult(new PurgeResult(1));
    }

    public override Task<OrchestrationMetadata?> GetInstanceAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        Reach();
        return Task.FromResult(hub.Find(instanceId) is not { } instance ? null : new OrchestrationMetadata(instance.Name, instance.Id)
        {
            RuntimeStatus = instance.Status,
            CreatedAt = instance.Created,
            LastUpdatedAt = hub.Now,
            SerializedInput = getInputsAndOutputs ? instance.Input : null,
            SerializedOutput = getInputsAndOutputs ? instance.Output : null,
            SerializedCustomStatus = getInputsAndOutputs ? instance.CustomStatus : null,
            FailureDetails = getInputsAndOutputs && instance.Failure is { } failure
                ? new TaskFailureDetails("(unknown)", failure, null, null, null)
                : null,
        });
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static RpcException Refused(StatusCode code) => new(new Status(code, code.ToString()));

    private Task Change(string id, OrchestrationRuntimeStatus from, OrchestrationRuntimeStatus to)
    {
        Reach();
        var instance = hub.Find(id) ?? throw Refused(StatusCode.Unknown);
        instance.Status = instance.Status == from ? to : throw Refused(StatusCode.Unknown);
        return Task.CompletedTask;
    }

    private void Reach()
    {
        if (Outage is { } outage)
        {
            throw outage;
        }
    }
}
