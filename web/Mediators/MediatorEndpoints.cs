using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Mediators;
using Workflows.Activities.Rules;
using Workflows.Web.Http;

namespace Workflows.Web.Mediators;

/// <summary>Rosters of mediators over HTTP.</summary>
internal static class MediatorEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var mediators = routes.MapGroup(MediatorDesk.Path).WithTags("Mediators");
        mediators.MapGet("", List)
            .Describe<RosterView>("ListMediators", "A unit's roster of mediators; names in full for the unit and those above it.")
            .Takes(
                new QueryParameter("unit", "Whose roster.", Required: true),
                new QueryParameter("by", "The unit that asks; masked names when not given."));
        mediators.MapCommand<AddMediator, MediatorView>("", "AddMediator", "Puts a person on a unit's roster.", StatusCodes.Status201Created, Add);
        mediators.MapCommand<ChangeMediator, MediatorView>("/{id}/change", "ChangeMediator", "Changes what is known of a mediator.", StatusCodes.Status200OK, Change);
        mediators.MapCommand<EndMediator, MediatorView>("/{id}/end", "EndMediator", "A mediator's last day on the roster; the answer names the open disputes in which the person must be replaced.", StatusCodes.Status200OK, End);
        MediatorTables.Map(mediators);
    }

    private static async Task<Reply> List(HttpContext http, MediatorDesk desk, RuleShelf shelf)
    {
        var check = new RequestCheck(shelf.Current.Units);
        var query = QueryOnce.Read(http.Request, check.Errors, "unit", "by");
        var unit = check.Unit("unit", query["unit"]);
        var by = query["by"] is { } given ? check.Unit(given) : null;
        return check.Errors.Any ? Reply.Invalid(check.Errors) : await desk.Of(unit, by, http.RequestAborted);
    }

    private static Task<Reply> Add(HttpContext http, AddMediator request, string commandId)
    {
        var rules = http.Get<RuleShelf>().Current;
        var check = new RequestCheck(rules.Units);
        var by = check.Unit(request.By);
        var unit = check.Unit("unit", request.Unit);
        var (mediator, name) = MediatorForm.New(
            unit, request.Name, request.Time, request.Fields, request.Since, request.Qualified, rules, check.Errors);
        return check.Errors.Any
            ? Task.FromResult(Reply.Invalid(check.Errors))
            : http.Get<MediatorDesk>().Add(by, mediator, name, commandId, http.RequestAborted);
    }

    private static Task<Reply> Change(HttpContext http, ChangeMediator request, string commandId)
    {
        var rules = http.Get<RuleShelf>().Current;
        var check = new RequestCheck(rules.Units);
        var by = check.Unit(request.By);
        var name = check.Errors.OptionalName("name", request.Name, MediatorForm.NameCharactersMax);
        var time = check.Errors.OptionalOneOf<MediatorTime>("time", request.Time);
        var fields = MediatorForm.Fields(request.Fields, rules, check.Errors);
        return check.Errors.Any
            ? Task.FromResult(Reply.Invalid(check.Errors))
            : http.Get<MediatorDesk>().Change(
                Id(http), by, known => known with { Time = time ?? known.Time, Fields = fields ?? known.Fields }, name, http.RequestAborted);
    }

    private static Task<Reply> End(HttpContext http, EndMediator request, string commandId)
    {
        var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
        var by = check.Unit(request.By);
        var until = check.Errors.Date("until", request.Until);
        return check.Errors.Any
            ? Task.FromResult(Reply.Invalid(check.Errors))
            : http.Get<MediatorDesk>().End(Id(http), by, until, http.RequestAborted);
    }

    private static string Id(HttpContext http) => (string)http.Request.RouteValues["id"]!;
}
