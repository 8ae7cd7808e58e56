using Workflows.Activities.Rules;
using Workflows.Activities.Supervision;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Supervision;

/// <summary>A plan as the API shows it.</summary>
/// <param name="Id">The plan's id.</param>
/// <param name="Number">The document's number.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Expires">The date of every task without its own.</param>
/// <param name="Tasks">How many tasks it has.</param>
/// <param name="Assignments">How many assignments they mean: per task and named unit, and per task and township.</param>
/// <param name="Active">Whether it has been activated.</param>
/// <param name="Status">checked before that, then active, expired or superseded.</param>
/// <param name="Indicators">How many targets with a number it has.</param>
/// <param name="ActivatedAt">UTC.</param>
/// <param name="Added">Units that were added later, each with its basis.</param>
/// <param name="Superseded">What took its place.</param>
public sealed record PlanView(
    string Id,
    string Number,
    string Subject,
    DateOnly Expires,
    int Tasks,
    int Assignments,
    bool Active,
    string Status,
    int Indicators,
    DateTimeOffset? ActivatedAt,
    IReadOnlyList<AddedUnit> Added,
    Superseding? Superseded);

/// <summary>The life of plans from outside: begun once, given more units, superseded.</summary>
public sealed class PlanDesk(Desk desk, KeptPlans plans, RuleShelf shelf)
{
    public const string Path = "/api/plans";

    private readonly PlanLife kind = new();

    private CaseDesk<ActivePlan, PlanFact, SupervisionRules> Cases => new(kind, desk, Path);

    public async Task<Reply> List(CancellationToken cancellation)
    {
        var views = new List<PlanView>();
        foreach (var plan in await plans.List(cancellation))
        {
            views.Add(await View(plan, null, cancellation));
        }

        return Reply.Ok<IReadOnlyList<PlanView>>(views);
    }

    public async Task<Reply> Get(string id, CancellationToken cancellation) =>
        await plans.Find(id, cancellation) is { } plan ? Reply.Ok(await View(plan, null, cancellation)) : Missing(id);

    /// <summary>The one place where a plan begins to be supervised: kept first, so that whoever starts later reads the same.</summary>
    public async Task<(StartOutcome Outcome, PlanView View)> Start(Plan plan, string by, CancellationToken cancellation)
    {
        var version = await plans.Keep(plan, cancellation);
        var outcome = await desk.Flows.Start(
            PlanActivation.FlowName,
            PlanActivation.FlowId(plan.Id),
            new ActivatePlan(plan.Id, [], shelf.Current.Version, desk.Time.GetUtcNow(), version, By: by),
            cancellation: cancellation);
        return (outcome, await View(plan, null, cancellation));
    }

    /// <summary>Gives a task to a unit that the plan does not name.</summary>
    public async Task<Reply> Add(string id, string commandId, AddPlanUnit request, AssignmentRole role, CancellationToken cancellation)
    {
        if (await plans.Find(id, cancellation) is not { } plan)
        {
            return Missing(id);
        }

        if (plan.Tasks.FirstOrDefault(task => task.Id == request.Task) is not { } task)
        {
            return Reply.Invalid("task", "is no task of this plan");
        }

        if (await Opened(plan, cancellation) is not { } record)
        {
            return Reply.Refused("not-active", $"Plan {id} is not active; correct its draft instead.");
        }

        var assignment = PlanFanOut.Of(plan, task, new TaskUnit(request.Unit!, role), shelf.Current.Supervision, desk.Time.GetUtcNow());
        var isNew = record.State.Added?.Any(added => added.Task == task.Id && added.Unit == request.Unit) != true;
        if (isNew && await desk.Cases.Find<Assignment>(TaskSupervision.FlowName, assignment.Id, cancellation) is not null)
        {
            return Reply.Refused("already-assigned", $"{request.Unit} has {task.Id}.");
        }

        if (isNew && role == AssignmentRole.Lead && task.Units.Any(unit => unit.Role == AssignmentRole.Lead))
        {
            return Reply.Refused("one-lead", $"{task.Id} has a unit that leads; there is never a second one.");
        }

        return await Say(plan, commandId, request.By!, new PlanFact.UnitAdded(assignment, task.Open, request.Document, request.Reason is not null), request.Reason, cancellation);
    }

    /// <summary>Another plan, which must be active, takes its place.</summary>
    public async Task<Reply> Supersede(string id, string commandId, SupersedePlan request, ExpiryFate open, IReadOnlyList<MatterLink> links, CancellationToken cancellation)
    {
        if (await plans.Find(id, cancellation) is not { } plan)
        {
            return Missing(id);
        }

        if (await plans.Find(request.Plan!, cancellation) is not { } next || await desk.Flows.Get(PlanActivation.FlowId(next.Id), cancellation) is null)
        {
            return Reply.Refused("unknown-plan", $"There is no active plan {request.Plan}.");
        }

        foreach (var link in links)
        {
            if (plan.Tasks.All(task => task.Id != link.Task) || next.Tasks.All(task => $"{next.Id}.{task.Id}" != link.Matter))
            {
                return Reply.Refused("unknown-task", $"{link.Task} is no task of {id}, or {link.Matter} none of {next.Id}.");
            }
        }

        return await Opened(plan, cancellation) is null
            ? Reply.Refused("not-active", $"Plan {id} is not active; there is nothing to supersede.")
            : await Say(plan, commandId, request.By!, new PlanFact.Superseded(next.Id, open, links.Count > 0 ? links : null), null, cancellation);
    }

    private Task<Reply> Say(Plan plan, string commandId, string by, PlanFact fact, string? text, CancellationToken cancellation) =>
        Cases.Say(plan.Id, commandId, by, fact, text, record => View(plan, record.State, cancellation), cancellation);

    /// <summary>The plan's case; begun now for a plan that was activated before plans had one. Null for one that is not active.</summary>
    private async Task<CaseRecord<ActivePlan>?> Opened(Plan plan, CancellationToken cancellation)
    {
        if (await Cases.Get(plan.Id, cancellation) is { } known)
        {
            return known;
        }

        if (await desk.Flows.Get(PlanActivation.FlowId(plan.Id), cancellation) is not { } activation)
        {
            return null;
        }

        var version = await plans.Keep(plan, cancellation);
        var rules = shelf.Current;
        await desk.Flows.Start(
            kind.Name,
            kind.FlowId(plan.Id),
            CaseRecord.Fresh(plan.Id, new ActivePlan(
                plan.Id, rules.Version, version, plan.Number, plan.Subject, plan.Expires, rules.Calendar.EndOf(plan.Expires), activation.CreatedAt, rules.Units.Duties.Supervision)),
            cancellation: cancellation);
        var (record, isOpen) = await desk.Watch.Until<ActivePlan>(kind.Name, plan.Id, record => record.Version > 0, desk.Patience, cancellation);
        return isOpen ? record : null;
    }

    private async Task<PlanView> View(Plan plan, ActivePlan? state, CancellationToken cancellation)
    {
        state ??= (await Cases.Get(plan.Id, cancellation))?.State;
        var isActivated = state is not null || await desk.Flows.Get(PlanActivation.FlowId(plan.Id), cancellation) is not null;
        return new PlanView(
            plan.Id,
            plan.Number,
            plan.Subject,
            plan.Expires,
            plan.Tasks.Count,
            Count(plan, shelf.Current),
            isActivated,
            state is null ? isActivated ? "active" : "checked" : System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.Status.ToString()),
            plan.Indicators?.Count ?? 0,
            state?.ActivatedAt,
            state?.Added ?? [],
            state?.Superseded);
    }

    /// <summary>How many assignments a plan means.</summary>
    internal static int Count(Plan plan, RuleSet rules) =>
        PlanFanOut.Of(plan, rules.Units.Townships.Select(unit => unit.Id), rules.Version, DateTimeOffset.UnixEpoch).Count;

    private static Reply Missing(string id) => Reply.NotFound($"There is no plan {id}.");
}
