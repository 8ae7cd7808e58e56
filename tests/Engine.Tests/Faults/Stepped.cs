using Microsoft.Data.Sqlite;

namespace Workflows.Engine.Tests.Faults;

/// <summary>Turns the engine on the test's thread; attempts run at once.</summary>
internal sealed class Stepped : EngineSeam
{
    private const int TurnsMax = 200;

    public EngineLoop Loop { get; private set; } = null!;

    public SqliteConnection Connection { get; private set; } = null!;

    public override void Opened(EngineLoop loop, SqliteConnection connection) => (Loop, Connection) = (loop, connection);

    /// <summary>When set, attempts wait here instead.</summary>
    public List<Action>? Held { get; set; }

    public override void Dispatch(CallJob job, Action run)
    {
        if (Held is null)
        {
            run();
        }
        else
        {
            Held.Add(run);
        }
    }

    /// <summary>Until the engine waits; false when it does not come to rest.</summary>
    public bool Turn()
    {
        for (var turns = 0; turns < TurnsMax; turns++)
        {
            if (!Loop.TurnOnce())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the engine answers; an answer that does not come is a failure and no hang.</summary>
    public async Task<T> Answer<T>(Task<T> asked)
    {
        Turn();
        return await asked.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }
}
