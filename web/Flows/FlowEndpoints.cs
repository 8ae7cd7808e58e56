using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Http;

namespace Workflows.Web.Flows;

/// <summary>Flows over HTTP, for whoever watches the engine.</summary>
internal static class FlowEndpoints
{
    private static readonly ListFilter[] Filters =
        [new("flow"), ListFilter.Of<FlowState>("state"), new("waitsFor"), new("tag"), new("dueBefore")];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var flows = routes.MapGroup("/api/flows").WithTags("Flows");
        flows.MapGet("", List).Describe<Page<FlowInfo>>("ListFlows", "Flows, newest first; one filter of flow (the definition's name), state, waitsFor (the whole text), tag (key=value), or dueBefore (UTC), which lists by date.").Takes(Filters);
        flows.MapGet("/{id}", Get).Describe<FlowInfo>("GetFlow", "One flow: where it stands and what it waits for.");
        flows.MapGet("/{id}/history", History).Describe<IReadOnlyList<FlowEvent>>("GetFlowHistory", "The recorded events of its present generation, and what operators did.");
        flows.MapGet("/{id}/export", Export).Describe<JsonElement>("ExportFlow", "All that is kept of one flow, for people and other programs.");
        FlowOperations.Map(flows);
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

        if (query.Filter == "dueBefore" && !DateTimeOffset.TryParse(query.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        {
            return Reply.Invalid("dueBefore", "must be a moment such as 2025-09-26T08:00:00Z");
        }

        var filter = query.Filter switch
        {
            "waitsFor" => new FlowFilter(WaitsFor: query.Value),
            "tag" => new FlowFilter(Tag: query.Value),
            "dueBefore" => new FlowFilter(DueTo: DateTimeOffset.Parse(query.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)),
            "flow" => new FlowFilter(Flow: query.Value),
            "state" => new FlowFilter(State: Enum.Parse<FlowState>(query.Value, ignoreCase: true)),
            _ => new FlowFilter(),
        };
        var page = await flows.List(filter, query.Size, after, http.RequestAborted);
        return Reply.Ok(new Page<FlowInfo>(page.Flows, ListCursor.Give(list, page.Next)));
    }

    private static async Task<Reply> Export(string id, HttpContext http, IFlowClient flows) =>
        await flows.Export(id, http.RequestAborted) is { } flow ? Reply.Ok(flow) : Reply.NotFound($"There is no flow {id}.");

    private static async Task<Reply> Get(string id, HttpContext http, IFlowClient flows) =>
        await flows.Get(id, http.RequestAborted) is { } flow ? Reply.Ok(flow) : Reply.NotFound($"There is no flow {id}.");

    private static async Task<Reply> History(string id, HttpContext http, IFlowClient flows) =>
        await flows.History(id, http.RequestAborted) is { } history ? Reply.Ok(history) : Reply.NotFound($"There is no flow {id}.");
}
