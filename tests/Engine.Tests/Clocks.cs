using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

public sealed class Clocks
{
    [Fact]
    public void Timers_fire_inside_set_in_the_order_of_their_dates_and_each_at_its_own()
    {
        var clock = new VirtualClock(Monday);
        var fired = new List<string>();
        void Note(string name) => fired.Add($"{name} {clock.GetUtcNow():HH:mm:ss}");
        using var late = clock.CreateTimer(_ => Note("late"), null, TimeSpan.FromMinutes(9), Timeout.InfiniteTimeSpan);
        using var early = clock.CreateTimer(_ => Note("early"), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        using var beat = clock.CreateTimer(_ => Note("beat"), null, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(4));
        using var gone = clock.CreateTimer(_ => Note("gone"), null, TimeSpan.FromMinutes(2), Timeout.InfiniteTimeSpan);
        gone.Dispose();

        clock.Set(Monday.AddMinutes(1));
        Assert.Equal(["early 08:01:00"], fired);
        early.Change(TimeSpan.FromMinutes(6), Timeout.InfiniteTimeSpan);
        clock.Set(Monday.AddMinutes(10));

        Assert.Equal(
            ["early 08:01:00", "beat 08:04:00", "early 08:07:00", "beat 08:08:00", "late 08:09:00"], fired);
        Assert.Equal(Monday.AddMinutes(10), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(10), clock.GetElapsedTime(Monday.UtcTicks));
    }

    [Fact]
    public void A_clock_is_never_set_back()
    {
        var clock = new VirtualClock(Monday);
        clock.Set(Monday.AddTicks(1));

        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Set(Monday));
        Assert.Equal(Monday.AddTicks(1), clock.GetUtcNow());
    }

    [Fact]
    public void A_timer_without_delay_fires_at_once()
    {
        var clock = new VirtualClock(Monday);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        clock.Set(Monday.AddYears(1));

        Assert.Equal(1, fired);
    }
}
