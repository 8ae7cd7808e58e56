using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Workflows.Web;

namespace Workflows.Functions.Hosting;

/// <summary>The endpoints of the web as one pipeline, built once, inside the one HTTP function.</summary>
public sealed class WebPipeline
{
    private readonly RequestDelegate pipeline;

    public WebPipeline(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseWorkflowsProblems();
        app.UseEndpoints(routes => routes.MapWorkflows());
        pipeline = app.Build();
    }

    public Task Run(HttpContext http)
    {
        // Else routing would keep the function's own endpoint and its route values.
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        return pipeline(http);
    }
}
