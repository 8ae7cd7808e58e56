using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Workflows.Activities.Flows;
using Workflows.Functions.Durable;

namespace Workflows.Functions.Triggers;

/// <summary>The net under a platform that may lose what it is told.</summary>
public sealed class MinuteSweep(FlowSweep sweep, CurrentClient current)
{
    [Function(nameof(MinuteSweep))]
    public Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client)
    {
        _ = timer;
        current.Use(client);
        return sweep.Run();
    }
}
