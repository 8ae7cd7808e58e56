using Workflows.Orchestrations.Durable;

namespace Workflows.Server;

/// <summary>
/// Once a day, while everything is served, removes the flows that ended long ago with their histories. Projections,
/// journals and mails stay.
/// </summary>
/// <param name="flows">Whose.</param>
/// <param name="keep">How long an ended flow is kept.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Says how many were removed, or why none.</param>
public sealed class FlowRetention(IFlowClient flows, TimeSpan keep, TimeProvider time, ILogger<FlowRetention> logger) : BackgroundService
{
    private const int AtOnce = 10_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var day = new PeriodicTimer(TimeSpan.FromDays(1), time);
        do
        {
            try
            {
                await Purge(stoppingToken);
            }
#pragma warning disable CA1031 // Whatever keeps it from purging today, it tries again tomorrow.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.LogError(failure, "Ended flows could not be removed; the next try is in a day");
            }
        }
        while (await day.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Purge(CancellationToken cancellation)
    {
        var before = time.GetUtcNow() - keep;
        var total = 0;
        int removed;
        do
        {
            removed = await flows.PurgeEnded(before, AtOnce, cancellation);
            total += removed;
        }
        while (removed == AtOnce);
        if (total > 0)
        {
            logger.LogInformation("{Count} flows that ended before {Before:u} were removed", total, before);
        }
    }
}
