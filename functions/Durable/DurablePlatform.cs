using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Workflows.Activities.Flows;

namespace Workflows.Functions.Durable;

/// <summary>
/// The client of Durable Functions as our platform. It answers "Unknown" to most things that cannot be done, so the
/// state is read first, without inputs and outputs, which may be larger than a reply may be.
/// </summary>
public sealed class DurablePlatform(CurrentClient current) : IFlowPlatform
{
    private static readonly string[] Living =
    [
        nameof(OrchestrationRuntimeStatus.Running),
        nameof(OrchestrationRuntimeStatus.Pending),
        nameof(OrchestrationRuntimeStatus.Suspended),
    ];

    private static readonly string[] Every =
    [
        .. Living,
        nameof(OrchestrationRuntimeStatus.Completed),
        nameof(OrchestrationRuntimeStatus.Failed),
        nameof(OrchestrationRuntimeStatus.Terminated),
    ];

    /// <summary>An ended instance is replaced silently unless its status is listed, so the list is always given.</summary>
    public async Task<bool> Start(PlatformStart start, CancellationToken cancellation = default)
    {
        var options = new StartOrchestrationOptions(start.Id, start.At) { DedupeStatuses = start.ReplaceEnded ? Living : Every };
        try
        {
            await current.Client.ScheduleNewOrchestrationInstanceAsync(start.Flow, start.Begin, options, cancellation);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }

    public async Task Poke(string id, CancellationToken cancellation = default)
    {
        try
        {
            await current.Client.RaiseEventAsync(id, DurableFlow.PokeEvent, true, cancellation);
        }
        catch (RpcException nobody) when (nobody.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            // Not there yet, or over: whoever comes looks into the inbox first.
        }
    }

    public async Task<PlatformState?> Look(string id, CancellationToken cancellation = default) =>
        await current.Client.GetInstanceAsync(id, false, cancellation) is { } instance ? Of(instance.RuntimeStatus) : null;

    public async Task<string?> Failure(string id, CancellationToken cancellation = default)
    {
        var instance = await current.Client.GetInstanceAsync(id, true, cancellation);
        return instance?.FailureDetails?.ErrorMessage ?? instance?.SerializedOutput;
    }

    public async Task<bool> Suspend(string id, string reason, CancellationToken cancellation = default)
    {
        if (await Look(id, cancellation) is not (PlatformState.Running or PlatformState.Pending))
        {
            return false;
        }

        return await Try(() => current.Client.SuspendInstanceAsync(id, reason, cancellation));
    }

    public async Task<bool> Resume(string id, string reason, CancellationToken cancellation = default)
    {
        if (await Look(id, cancellation) is not PlatformState.Suspended)
        {
            return false;
        }

        return await Try(() => current.Client.ResumeInstanceAsync(id, reason, cancellation));
    }

    /// <summary>Never with children: the platform's own way is not carried out by every version, so ours walks them.</summary>
    public async Task Terminate(string id, string reason, CancellationToken cancellation = default)
    {
        if (await Look(id, cancellation) is PlatformState.Running or PlatformState.Pending or PlatformState.Suspended)
        {
            await Try(() => current.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions(reason), cancellation));
        }
    }

    public async Task Purge(string id, CancellationToken cancellation = default)
    {
        if (await Look(id, cancellation) is not null)
        {
            await current.Client.PurgeInstanceAsync(id, null, cancellation);
        }
    }

    /// <summary>False when the instance came into another state between the look and the deed.</summary>
    private static async Task<bool> Try(Func<Task> operate)
    {
        try
        {
            await operate();
            return true;
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition or StatusCode.Unknown)
        {
            return false;
        }
    }

    private static PlatformState Of(OrchestrationRuntimeStatus status) => status.ToString() switch
    {
        nameof(OrchestrationRuntimeStatus.Pending) => PlatformState.Pending,
        nameof(OrchestrationRuntimeStatus.Suspended) => PlatformState.Suspended,
        nameof(OrchestrationRuntimeStatus.Completed) => PlatformState.Completed,
        nameof(OrchestrationRuntimeStatus.Failed) => PlatformState.Failed,
        nameof(OrchestrationRuntimeStatus.Terminated) => PlatformState.Terminated,
        // Running, and on its way from one generation to the next.
        _ => PlatformState.Running,
    };
}
