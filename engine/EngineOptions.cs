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
/// <param name="TriesMax">
/// How often a command that cannot be read, or a call during which the process died, is tried before it becomes a dead
/// letter.
/// </param>
/// <param name="ResidentMegabytesMax">The same bound as <paramref name="ResidentFlowsMax"/> by their estimated size.</param>
/// <param name="Standby">Opening waits until the file's owner is gone, instead of being refused.</param>
/// <param name="Heartbeat">
/// How often the lease is renewed, and how often a standby looks whether the owner is gone. When it is not given, ten
/// seconds; a virtual clock, which stands still by itself, then renews nothing. Zero renews nothing on any clock.
/// </param>
public sealed record EngineOptions(
    string File,
    int CallsMax = 64,
    long ResidentFlowsMax = 100_000,
    int UnfinishedStartsMax = 1_000_000,
    bool VerifyReplay = false,
    int EpisodesPerCommitMax = 4_000,
    int BytesPerCommitMax = 8_000_000,
    int CacheMegabytes = 64,
    int TriesMax = 5,
    int ResidentMegabytesMax = 256,
    bool Standby = false,
    TimeSpan? Heartbeat = null)
{
    internal static readonly TimeSpan HeartbeatUsual = TimeSpan.FromSeconds(10);

    /// <summary>Lets a test fail the commit with this number, before or after it became durable.</summary>
    internal Action<CommitPoint, long>? AtCommit { get; init; }

    /// <summary>Lets a simulation turn the engine on its own thread.</summary>
    internal EngineSeam? Seam { get; init; }
}

internal enum CommitPoint
{
    Before,
    After,
}

/// <summary>Thrown by a test at a commit: the engine stops as if its process had died.</summary>
internal sealed class CrashException() : Exception("The process is taken to have died here.");
