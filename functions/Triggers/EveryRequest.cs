using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Workflows.Functions.Durable;
using Workflows.Functions.Hosting;

namespace Workflows.Functions.Triggers;

/// <summary>Every request runs through the same endpoints as on one machine; they know who may do what.</summary>
public sealed class EveryRequest(WebPipeline pipeline, CurrentClient current)
{
    [Function(nameof(EveryRequest))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options", Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        current.Use(client);
        await pipeline.Run(request.HttpContext);
        return new EmptyResult();
    }
}
