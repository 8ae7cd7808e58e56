namespace Workflows.Engine;

/// <summary>How one embedded engine is set up.</summary>
/// <param name="File">The store; made when it does not exist. Its owner lock is the same path with ".lock".</param>
/// <param name="CallsMax">Attempts that run at the same time.</param>
/// <param name="ResidentFlowsMax">Waiting flows kept in memory; the others are replayed when something reaches them.</param>
/// <param name="UnfinishedStartsMax">
/// Starts that wait for their commit plus calls that wait for a free slot; beyond it a start is refused as busy.
/// </param>
/// <param name="VerifyReplay">Replays each flow after every episode and blocks it when the replay differs.</param>
/// <param name="EpisodesPerCommitMax">Bounds how long one commit keeps its callers waiting.</param>
/// <param name="BytesPerCommitMax">Bounds the same by size.</param>
/// <param name="CacheMegabytes">The store's page cache.</param>
public sealed record EngineOptions(
    string File,
    int CallsMax = 64,
    long ResidentFlowsMax = 100_000,
    int UnfinishedStartsMax = 1_000_000,
    bool VerifyReplay = false,
    int EpisodesPerCommitMax = 4_000,
    int BytesPerCommitMax = 8_000_000,
    int CacheMegabytes = 64)
{
    /// <summary>Lets a test fail the commit with this number, before or after it became durable.</summary>
    internal Action<CommitPoint, long>? AtCommit { get; init; }
}

internal enum CommitPoint
{
    Before,
    After,
}

/// <summary>Thrown by a test at a commit: the engine stops as if its process had died.</summary>
internal sealed class CrashException() : Exception("The process is taken to have died here.");
