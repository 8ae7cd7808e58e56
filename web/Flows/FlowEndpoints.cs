using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Http;

namespace Workflows.Web.Flows;

/// <summary>Flows over HTTP, for whoever watches the engine.</summary>
internal static class FlowEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var flows = routes.MapGroup("/api/flows").WithTags("Flows");
        flows.MapGet("", List).Describe<Page<FlowInfo>>("ListFlows", "Flows, newest first; one filter of flow (the definition's name) or state.");
        flows.MapGet("/{id}", Get).Describe<FlowInfo>("GetFlow", "One flow: where it stands and what it waits for.");
        flows.MapGet("/{id}/history", History).Describe<IReadOnlyList<FlowEvent>>("GetFlowHistory", "The recorded events of its present generation.");
    }

    private static async Task<Reply> List(HttpContext http, IFlowClient flows)
    {
        var (query, refusal) = ListQuery.Read(http.Request, "flow", "state");
        if (query is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        var filter = query.Filter switch
        {
            "flow" => new FlowFilter(Flow: query.Value),
            "state" => new FlowFilter(State: errors.OneOf<FlowState>("state", query.Value)),
            _ => new FlowFilter(),
        };
        if (errors.Any)
        {
            return Reply.Invalid(errors);
        }

        try
        {
            var page = await flows.List(filter, query.Size, query.After, http.RequestAborted);
            return Reply.Ok(new Page<FlowInfo>(page.Flows, page.Next));
        }
        catch (ArgumentException) when (query.After is not null)
        {
            return Reply.Invalid("after", "is not a cursor that this list gave");
        }
    }

    private static async Task<Reply> Get(string id, HttpContext http, IFlowClient flows) =>
        await flows.Get(id, http.RequestAborted) is { } flow ? Reply.Ok(flow) : Reply.NotFound($"There is no flow {id}.");

    private static async Task<Reply> History(string id, HttpContext http, IFlowClient flows) =>
        await flows.History(id, http.RequestAborted) is { } history ? Reply.Ok(history) : Reply.NotFound($"There is no flow {id}.");
}
