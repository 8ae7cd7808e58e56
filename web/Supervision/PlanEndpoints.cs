using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Rules;
using Workflows.Activities.Supervision;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Web.Http;

namespace Workflows.Web.Supervision;

/// <param name="By">The supervising office.</param>
public sealed record RequestActivation(string? By = null);

/// <summary>A plan as the API shows it.</summary>
/// <param name="Id">The plan's id.</param>
/// <param name="Number">The document's number.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Expires">The date of every task without its own.</param>
/// <param name="Tasks">How many tasks it has.</param>
/// <param name="Assignments">How many assignments they mean: per task and named unit, and per task and township.</param>
/// <param name="Active">Whether it has been activated.</param>
public sealed record PlanView(
    string Id, string Number, string Subject, DateOnly Expires, int Tasks, int Assignments, bool Active);

/// <summary>Plans over HTTP: looked at, and activated once.</summary>
internal static class PlanEndpoints
{
    private const string Path = "/api/plans";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var plans = routes.MapGroup(Path).WithTags("Plans");
        plans.MapGet("", List).Describe<IReadOnlyList<PlanView>>("ListPlans", "All plans.");
        plans.MapGet("/{id}", Get).Describe<PlanView>("GetPlan", "One plan.");
        plans.MapCommand<RequestActivation, PlanView>("/{id}/activate", "ActivatePlan", "Starts the supervision of everything the plan means.", StatusCodes.Status200OK, Activate);
    }

    private static async Task<Reply> List(HttpContext http, PlanShelf shelf)
    {
        var views = new List<PlanView>();
        foreach (var plan in shelf.All)
        {
            views.Add(await View(http, plan));
        }

        return Reply.Ok(views);
    }

    private static async Task<Reply> Get(string id, HttpContext http, PlanShelf shelf) =>
        shelf.Find(id) is { } plan ? Reply.Ok(await View(http, plan)) : Reply.NotFound($"There is no plan {id}.");

    private static async Task<Reply> Activate(HttpContext http, RequestActivation request, string commandId)
    {
        var rules = http.Get<RuleShelf>().Current;
        var id = (string)http.Request.RouteValues["id"]!;
        if (http.Get<PlanShelf>().Find(id) is not { } plan)
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

        return await Start(http, plan) == StartOutcome.Started
            ? Reply.Ok(await View(http, plan))
            : Reply.Refused("already-active", $"Plan {id} is active; a plan is activated once.");
    }

    /// <summary>The one place where a plan begins to be supervised.</summary>
    internal static Task<StartOutcome> Start(HttpContext http, Plan plan)
    {
        var assignments = Assignments(plan, http.Get<RuleShelf>().Current, http.Get<TimeProvider>().GetUtcNow());
        return http.Get<IFlowClient>().Start(
            PlanActivation.FlowName, PlanActivation.FlowId(plan.Id), new ActivatePlan(plan.Id, assignments), cancellation: http.RequestAborted);
    }

    private static async Task<PlanView> View(HttpContext http, Plan plan)
    {
        var activation = await http.Get<IFlowClient>().Get(PlanActivation.FlowId(plan.Id), http.RequestAborted);
        var count = Assignments(plan, http.Get<RuleShelf>().Current, DateTimeOffset.UnixEpoch).Count;
        return new PlanView(plan.Id, plan.Number, plan.Subject, plan.Expires, plan.Tasks.Count, count, activation is not null);
    }

    internal static IReadOnlyList<Assignment> Assignments(Plan plan, RuleSet rules, DateTimeOffset at) =>
        PlanFanOut.Of(plan, rules.Units.Townships.Select(unit => unit.Id), rules.Version, at);
}
