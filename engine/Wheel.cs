namespace Workflows.Engine;

/// <summary>One timer for the earliest date in the file; all later ones stay rows.</summary>
internal sealed class Wheel : IDisposable
{
    private readonly TimeProvider time;

    // No timer hears of a clock that was set or a machine that slept, so it looks again; an early ring only sets it anew.
    private readonly TimeSpan longest;
    private readonly ITimer timer;
    private long? armed;

    public Wheel(TimeProvider time, Action ring)
    {
        this.time = time;
        longest = time is VirtualClock ? TimeSpan.FromDays(40) : TimeSpan.FromMinutes(1);
        timer = time.CreateTimer(_ => ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>After a ring the caller arms again, whatever the date is.</summary>
    public void Rang() => armed = null;

    public void Arm(long? due)
    {
        if (due == armed)
        {
            return;
        }

        armed = due;
        if (due is null)
        {
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var delay = TimeSpan.FromTicks(Math.Max(0, due.Value - time.GetUtcNow().UtcTicks));
        if (time == TimeProvider.System)
        {
            // The system's timer counts whole milliseconds and would ring early.
            delay += TimeSpan.FromMilliseconds(1);
        }

        timer.Change(delay < longest ? delay : longest, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer.Dispose();
}
