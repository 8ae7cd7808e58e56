namespace Workflows.Functions.Tests.Scripted;

/// <summary>One event of an orchestration's history, as the platform records them.</summary>
internal abstract record Recorded
{
    private Recorded()
    {
    }

    public sealed record EpisodeStarted(DateTime At) : Recorded;

    public sealed record Started(string Input) : Recorded;

    public sealed record TaskScheduled(int Id, string Name, string Input) : Recorded;

    public sealed record TaskCompleted(int Id, string Result) : Recorded;

    public sealed record TaskFailed(int Id, string Message) : Recorded;

    public sealed record TimerCreated(int Id, DateTime FireAt) : Recorded;

    public sealed record TimerFired(int Id) : Recorded;

    public sealed record EventRaised(string Name, string Payload) : Recorded;
}

/// <summary>The code did something else than its history says.</summary>
internal sealed class NonDeterminismException(string said, string did)
    : Exception($"History says {said}, the code did {did}.");
