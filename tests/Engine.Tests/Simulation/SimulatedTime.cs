namespace Workflows.Engine.Tests.Simulation;

/// <summary>A wall clock that can leap and go back, over timers that count what really passes, as on a machine.</summary>
internal sealed class SimulatedTime(DateTimeOffset start) : TimeProvider
{
    private readonly VirtualClock passing = new(start);
    private TimeSpan leaps;

    /// <summary>The latest moment that the wall clock has ever shown.</summary>
    public DateTimeOffset Latest { get; private set; } = start;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => passing.GetUtcNow() + leaps;

    public override long GetTimestamp() => passing.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        passing.CreateTimer(callback, state, dueTime, period);

    /// <summary>Time passes; timers fire on the way.</summary>
    public void Pass(TimeSpan span)
    {
        passing.Set(passing.GetUtcNow() + span);
        Note();
    }

    /// <summary>Somebody sets the wall clock, forwards or back; no timer hears of it.</summary>
    public void Leap(TimeSpan span)
    {
        leaps += span;
        Note();
    }

    private void Note() => Latest = GetUtcNow() > Latest ? GetUtcNow() : Latest;
}
