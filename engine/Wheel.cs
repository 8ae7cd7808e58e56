namespace Workflows.Engine;

/// <summary>One timer for the earliest date in the file; all later ones stay rows.</summary>
internal sealed class Wheel : IDisposable
{
    // The longest that a system timer takes is 49 days; an early ring only sets it again.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly TimeProvider time;
    private readonly ITimer timer;
    private long? armed;

    public Wheel(TimeProvider time, Action ring)
    {
        this.time = time;
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

        timer.Change(delay < Longest ? delay : Longest, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer.Dispose();
}
