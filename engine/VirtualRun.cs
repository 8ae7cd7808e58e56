namespace Workflows.Engine;

/// <summary>Lets an engine on a virtual clock live through a span of time without waiting for it.</summary>
public static class VirtualRun
{
    /// <summary>Goes from date to date until the given moment; afterwards the engine is idle and the clock shows it.</summary>
    public static async Task Until(
        EmbeddedEngine engine, VirtualClock clock, DateTimeOffset until, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(clock);
        while (true)
        {
            await engine.WhenIdle(cancellation).ConfigureAwait(false);
            var next = await engine.NextDue().ConfigureAwait(false);
            if (next is null || next > until)
            {
                break;
            }

            if (next > clock.GetUtcNow())
            {
                clock.Set(next.Value);
            }
        }

        if (until > clock.GetUtcNow())
        {
            clock.Set(until);
        }

        await engine.WhenIdle(cancellation).ConfigureAwait(false);
    }
}
