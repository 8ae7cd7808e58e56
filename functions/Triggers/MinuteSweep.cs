using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Workflows.Activities.Flows;
using Workflows.Activities.Webhooks;
using Workflows.Functions.Durable;

namespace Workflows.Functions.Triggers;

/// <summary>The net under a platform that may lose what it is told, and the post to other systems.</summary>
public sealed class MinuteSweep(FlowSweep sweep, WebhookSender webhooks, CurrentClient current)
{
    [Function(nameof(MinuteSweep))]
    public async Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        _ = timer;
        current.Use(client);
        await sweep.Run(cancellation);
        await webhooks.Run(cancellation);
    }
}
