using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Rules;
using Workflows.Activities.Supervision;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Supervision;

/// <param name="By">The supervising office.</param>
public sealed record RequestActivation(string? By = null);

/// <param name="By">The supervising office.</param>
/// <param name="Task">The task's id.</param>
/// <param name="Unit">The unit that gets it; never a committee of a village or community.</param>
/// <param name="Role">lead, participant or implementer.</param>
/// <param name="Document">The number of the document that says so; needed when the plan's list of units is closed.</param>
/// <param name="Reason">Why, at most 2,000 characters; enough when the list is open (等).</param>
public sealed record AddPlanUnit(
    string? By = null, string? Task = null, string? Unit = null, string? Role = null, string? Document = null, string? Reason = null);

/// <param name="By">The supervising office.</param>
/// <param name="Plan">The plan that takes its place; it must be active.</param>
/// <param name="Open">What becomes of open assignments: close or goOn.</param>
/// <param name="Links">Tasks that the new plan names too; their assignments are carried on as its matter. At most 500.</param>
public sealed record SupersedePlan(string? By = null, string? Plan = null, string? Open = null, IReadOnlyList<TaskLink?>? Links = null);

/// <param name="Task">A task of the plan that is superseded.</param>
/// <param name="To">A task of the new plan.</param>
public sealed record TaskLink(string? Task = null, string? To = null);

/// <summary>Plans over HTTP: looked at, activated once, given more units, superseded.</summary>
internal static class PlanEndpoints
{
    private const int ReasonCharactersMax = 2_000;
    private const int DocumentCharactersMax = 100;
    private const int LinksMax = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var plans = routes.MapGroup(PlanDesk.Path).WithTags("Plans");
        plans.MapGet("", (HttpContext http, PlanDesk desk) => desk.List(http.RequestAborted)).Describe<IReadOnlyList<PlanView>>("ListPlans", "All plans: of the seeds, and those that were activated.");
        plans.MapGet("/{id}", (string id, HttpContext http, PlanDesk desk) => desk.Get(id, http.RequestAborted)).Describe<PlanView>("GetPlan", "One plan.");
        plans.MapGet("/{id}/journal", CaseReads.Journal<ActivePlan>(PlanLife.FlowName))
            .Describe<JournalView>("GetPlanJournal", "What happened to a plan since it was activated, chained by hashes.");
        plans.MapCommand<RequestActivation, PlanView>("/{id}/activate", "ActivatePlan", "Starts the supervision of everything the plan means.", StatusCodes.Status200OK, Activate);
        plans.MapCommand<AddPlanUnit, PlanView>("/{id}/units", "AddPlanUnit", "Gives a task of an active plan to another unit, with its basis on record.", StatusCodes.Status200OK, Add);
        plans.MapCommand<SupersedePlan, PlanView>("/{id}/supersede", "SupersedePlan", "Another plan takes its place; open assignments are closed or carried on.", StatusCodes.Status200OK, Supersede);
    }

    private static async Task<Reply> Activate(HttpContext http, RequestActivation request, string commandId)
    {
        var rules = http.Get<RuleShelf>().Current;
        var id = (string)http.Request.RouteValues["id"]!;
        if (await http.Get<KeptPlans>().Find(id, http.RequestAborted) is not { } plan)
        {
            return Reply.NotFound($"There is no plan {id}.");
        }

        var check = new RequestCheck(rules.Units);
        var by = check.Unit(request.By);
        if (check.Errors.Any)
        {
            return Reply.Invalid(check.Errors);
        }

        if (by != rules.Units.Duties.Supervision)
        {
            return Reply.Refused("not-the-supervision", $"Only {rules.Units.Duties.Supervision} activates plans, not {by}.");
        }

        return await http.Get<PlanDesk>().Start(plan, by, http.RequestAborted) is (StartOutcome.Started, var view)
            ? Reply.Ok(view)
            : Reply.Refused("already-active", $"Plan {id} is active; a plan is activated once.");
    }

    private static Task<Reply> Add(HttpContext http, AddPlanUnit request, string commandId)
    {
        var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
        check.Unit(request.By);
        check.Errors.Id("task", request.Task);
        check.Unit("unit", request.Unit);
        var role = check.Errors.OneOf<AssignmentRole>("role", request.Role);
        check.Errors.OptionalText("document", request.Document, DocumentCharactersMax);
        check.Errors.OptionalText("reason", request.Reason, ReasonCharactersMax);
        return check.Errors.Any
            ? Task.FromResult(Reply.Invalid(check.Errors))
            : http.Get<PlanDesk>().Add((string)http.Request.RouteValues["id"]!, commandId, request, role, http.RequestAborted);
    }

    private static Task<Reply> Supersede(HttpContext http, SupersedePlan request, string commandId)
    {
        var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
        check.Unit(request.By);
        check.Errors.Id("plan", request.Plan);
        var open = check.Errors.OneOf<ExpiryFate>("open", request.Open);
        var links = new List<MatterLink>();
        if (request.Links?.Count > LinksMax)
        {
            check.Errors.Add("links", $"must be at most {LinksMax}");
        }

        for (var index = 0; index < Math.Min(request.Links?.Count ?? 0, LinksMax); index++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"links[{index}]");
            var link = request.Links![index];
            links.Add(new MatterLink(check.Errors.Id($"{at}.task", link?.Task), $"{request.Plan}.{check.Errors.Id($"{at}.to", link?.To)}"));
        }

        return check.Errors.Any
            ? Task.FromResult(Reply.Invalid(check.Errors))
            : http.Get<PlanDesk>().Supersede((string)http.Request.RouteValues["id"]!, commandId, request, open, links, http.RequestAborted);
    }
}
