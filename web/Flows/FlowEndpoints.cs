using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Http;

namespace Workflows.Web.Flows;

/// <summary>Flows over HTTP, for whoever watches the engine.</summary>
internal static class FlowEndpoints
{
    private static readonly ListFilter[] Filters = [new("flow"), ListFilter.Of<FlowState>("state")];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var flows = routes.MapGroup("/api/flows").WithTags("Flows");
        flows.MapGet("", List).Describe<Page<FlowInfo>>("ListFlows", "Flows, newest first; one filter of flow (the definition's name) or state.").Takes(Filters);
        flows.MapGet("/{id}", Get).Describe<FlowInfo>("GetFlow", "One flow: where it stands and what it waits for.");
        flows.MapGet("/{id}/history", History).Describe<IReadOnlyList<FlowEvent>>("GetFlowHistory", "The recorded events of its present generation.");
    }

    private static async Task<Reply> List(HttpContext http, IFlowClient flows)
    {
        var (query, refusal) = ListQuery.Read(http.Request, Filters);
        if (query is null)
        {
            return refusal!;
        }

        var list = $"flows {query.Filter} {query.Value}";
        if (!ListCursor.TryTake(list, query.After, out var after))
        {
            return Reply.Invalid("after", "is not a cursor that this list gave");
        }

        var filter = query.Filter switch
        {
            "flow" => new FlowFilter(Flow: query.Value),
            "state" => new FlowFilter(State: Enum.Parse<FlowState>(query.Value, ignoreCase: true)),
            _ => new FlowFilter(),
        };
        var page = await flows.List(filter, query.Size, after, http.RequestAborted);
        return Reply.Ok(new Page<FlowInfo>(page.Flows, ListCursor.Give(list, page.Next)));
    }

    private static async Task<Reply> Get(string id, HttpContext http, IFlowClient flows) =>
        await flows.Get(id, http.RequestAborted) is { } flow ? Reply.Ok(flow) : Reply.NotFound($"There is no flow {id}.");

    private static async Task<Reply> History(string id, HttpContext http, IFlowClient flows) =>
        await flows.History(id, http.RequestAborted) is { } history ? Reply.Ok(history) : Reply.NotFound($"There is no flow {id}.");
}
