using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Workflows.Web.Cases;
using Workflows.Web.Disputes;

namespace Workflows.Functions.Triggers;

/// <summary>Once a night makes the closed disputes anonymous whose retention is over, and removes files that no case knows.</summary>
public sealed class DailySweep(DisputeRetention retention, FileSweep files, ILogger<DailySweep> logger)
{
    /// <summary>18:30 UTC, half past two in the county.</summary>
    [Function(nameof(DailySweep))]
    public async Task Run([TimerTrigger("0 30 18 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        _ = timer;
        var removed = await files.Run(cancellation);
        var erased = await retention.Run(endedBefore: null, dryRun: false, cancellation);
        if (erased.Count + removed > 0)
        {
            logger.LogInformation("{Cases} cases were made anonymous, {Files} files that no case knows were removed", erased.Count, removed);
        }
    }
}
