namespace Workflows.Engine;

/// <summary>A clock that stands still until it is set. Timers fire inside <see cref="Set"/>, in the order of their dates.</summary>
public sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<(VirtualTimer Timer, long Setting), (long Due, long Order)> timers = new();
    private long now = start.UtcTicks;
    private long order;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref now), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref now);

    /// <summary>Moves the clock and runs every timer that falls due on the way, each at its own date.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The moment lies before the present one.</exception>
    public void Set(DateTimeOffset moment)
    {
        var target = moment.UtcTicks;
        ArgumentOutOfRangeException.ThrowIfLessThan(target, Interlocked.Read(ref now), nameof(moment));
        while (true)
        {
            VirtualTimer? fires = null;
            lock (gate)
            {
                if (timers.TryPeek(out var next, out var priority) && priority.Due <= target)
                {
                    timers.Dequeue();
                    Interlocked.Exchange(ref now, Math.Max(now, priority.Due));
                    if (next.Timer.Setting != next.Setting)
                    {
                        continue;
                    }

                    fires = next.Timer;
                    Requeue(fires, priority.Due);
                }
                else
                {
                    Interlocked.Exchange(ref now, Math.Max(now, target));
                }
            }

            // Outside the lock: a callback may set timers of its own.
            if (fires is null)
            {
                return;
            }

            fires.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Requeue(VirtualTimer timer, long firedAt)
    {
        timer.Setting = ++order;
        if (timer.Period > TimeSpan.Zero)
        {
            timers.Enqueue((timer, order), (firedAt + timer.Period.Ticks, order));
        }
    }

    private bool Change(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        var firesAtOnce = false;
        lock (gate)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            timer.Period = period;
            timer.Setting = ++order;
            if (dueTime == TimeSpan.Zero)
            {
                firesAtOnce = true;
                Requeue(timer, now);
            }
            else if (dueTime > TimeSpan.Zero)
            {
                var due = dueTime.Ticks > DateTimeOffset.MaxValue.UtcTicks - now
                    ? DateTimeOffset.MaxValue.UtcTicks
                    : now + dueTime.Ticks;
                timers.Enqueue((timer, order), (due, order));
            }
        }

        if (firesAtOnce)
        {
            timer.Fire();
        }

        return true;
    }

    private void Remove(VirtualTimer timer)
    {
        lock (gate)
        {
            timer.IsDisposed = true;
            timer.Setting = ++order;
        }
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        /// <summary>Counts changes: an older setting in the queue no longer fires.</summary>
        public long Setting { get; set; }

        public TimeSpan Period { get; set; } = Timeout.InfiniteTimeSpan;

        public bool IsDisposed { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Change(this, dueTime, period);

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
