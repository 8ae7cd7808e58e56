using Workflows.Activities.Webhooks;

namespace Workflows.Server;

/// <summary>Posts what waits for other systems, every few seconds of real time, whatever clock the county lives by.</summary>
public sealed class WebhookPost(WebhookSender sender, ILogger<WebhookPost> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Every, stoppingToken);
                await sender.Run(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // It stops; what waits is posted when it serves again.
            }
#pragma warning disable CA1031 // Whatever keeps it from posting now, it tries again in a few seconds.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.LogError(failure, "Webhooks could not be looked at; the next look is in a few seconds");
            }
        }
    }
}
