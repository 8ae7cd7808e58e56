using System.Text.Json;

namespace Workflows.Activities.Flows;

/// <summary>
/// What a platform that runs flows must be able to do. It may lose, double and reorder pokes: the inbox is a table, and
/// a poke says no more than that something may lie there.
/// </summary>
public interface IFlowPlatform
{
    /// <summary>Starts an instance under the flow's id.</summary>
    /// <param name="start">What to start.</param>
    /// <param name="cancellation">Gives up waiting; the start may still happen.</param>
    /// <returns>False when an instance with this id exists and may not be replaced.</returns>
    Task<bool> Start(PlatformStart start, CancellationToken cancellation = default);

    /// <summary>Wakes a flow so that it looks into its inbox. A flow that is not there is no error.</summary>
    Task Poke(string id, CancellationToken cancellation = default);

    /// <summary>Where the platform has the instance; null when it knows none.</summary>
    Task<PlatformState?> Look(string id, CancellationToken cancellation = default);

    /// <summary>Why an instance failed, in the platform's words.</summary>
    Task<string?> Failure(string id, CancellationToken cancellation = default);

    /// <returns>False when the instance's state does not allow it.</returns>
    Task<bool> Suspend(string id, string reason, CancellationToken cancellation = default);

    /// <returns>False when the instance's state does not allow it.</returns>
    Task<bool> Resume(string id, string reason, CancellationToken cancellation = default);

    /// <summary>Asks for the instance's end, which may come a little later. One that is not there or has ended is no error.</summary>
    Task Terminate(string id, string reason, CancellationToken cancellation = default);

    /// <summary>Removes an ended instance. One that is not there is no error.</summary>
    Task Purge(string id, CancellationToken cancellation = default);
}

/// <summary>An instance to start.</summary>
/// <param name="Flow">The definition's name.</param>
/// <param name="Id">The flow's id.</param>
/// <param name="Begin">The input of the generation, a <see cref="FlowBegin"/>.</param>
/// <param name="At">When its first step comes, UTC; null is at once.</param>
/// <param name="ReplaceEnded">Takes the place of an ended instance; of a living one never.</param>
public sealed record PlatformStart(string Flow, string Id, JsonElement Begin, DateTimeOffset? At, bool ReplaceEnded);

/// <summary>What one generation of a flow begins with: the only input an instance ever gets.</summary>
/// <param name="Version">Of the definition.</param>
/// <param name="Generation">Counts all beginnings of this id, from 1; what an older one still says is not heard.</param>
/// <param name="After">The last command that earlier generations read.</param>
/// <param name="Input">As the definition declares it.</param>
/// <param name="NotBefore">When its first step comes, UTC; null is at once.</param>
/// <param name="Floor">The flow's clock is never below it, UTC.</param>
public sealed record FlowBegin(
    int Version,
    int Generation,
    long After,
    JsonElement Input,
    DateTimeOffset? NotBefore = null,
    DateTimeOffset? Floor = null);

/// <summary>Where a platform has an instance.</summary>
public enum PlatformState
{
    /// <summary>Accepted, its first step has not come.</summary>
    Pending,
    Running,
    Suspended,
    Completed,

    /// <summary>Stopped by an error that its code or the platform threw.</summary>
    Failed,
    Terminated,
}
