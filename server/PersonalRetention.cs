using Workflows.Web.Cases;
using Workflows.Web.Disputes;

namespace Workflows.Server;

/// <summary>
/// Once a day, while everything is served, makes the closed disputes anonymous whose retention is over, and removes
/// files that no case knows.
/// </summary>
public sealed class PersonalRetention(DisputeRetention retention, FileSweep files, TimeProvider time, ILogger<PersonalRetention> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var day = new PeriodicTimer(TimeSpan.FromDays(1), time);
        do
        {
            try
            {
                var removed = await files.Run(stoppingToken);
                var erased = await retention.Run(endedBefore: null, dryRun: false, stoppingToken);
                if (erased.Count + removed > 0)
                {
                    logger.LogInformation("{Cases} cases were made anonymous, {Files} files that no case knows were removed", erased.Count, removed);
                }
            }
#pragma warning disable CA1031 // Whatever keeps it from erasing today, it tries again tomorrow.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.LogError(failure, "Personal data past its retention could not be erased; the next try is in a day");
            }
        }
        while (await day.WaitForNextTickAsync(stoppingToken));
    }
}
