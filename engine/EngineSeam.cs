using Microsoft.Data.Sqlite;

namespace Workflows.Engine;

/// <summary>
/// What a simulation puts in the place of threads: it decides when the engine turns, when an attempt runs and what
/// becomes of the file, so that one seed gives one run. Without a seam the engine has its own thread and the pool.
/// </summary>
internal abstract class EngineSeam
{
    /// <summary>Hands over the engine; <see cref="EngineLoop.TurnOnce"/> is its thread's one turn.</summary>
    public abstract void Opened(EngineLoop loop, SqliteConnection connection);

    /// <summary>An attempt that may run from now on; <paramref name="run"/> is what the pool would do.</summary>
    public abstract void Dispatch(CallJob job, Action run);
}
