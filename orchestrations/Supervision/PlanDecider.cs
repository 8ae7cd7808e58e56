using System.Diagnostics;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Supervision;

/// <summary>
/// What becomes of an activated plan: units are added with their basis on record, it expires, and another plan takes its
/// place. Its assignments live on their own; what the plan's life does to them is done by <see cref="PlanClosing"/>.
/// </summary>
public static class PlanDecider
{
    public static Step<ActivePlan, PlanFact> Decide(ActivePlan plan, PlanFact fact, Occasion occasion, SupervisionRules rules)
    {
        var draft = new CaseDraft<ActivePlan, PlanFact>(plan.Id, plan, occasion, rules);
        if (fact is PlanFact.UnitAdded or PlanFact.Superseded && occasion.By != rules.Units.Duties.Supervision)
        {
            return draft.Refuse("not-the-supervision", $"Only {rules.Units.Duties.Supervision} changes plans, not {occasion.By}.");
        }

        return fact switch
        {
            PlanFact.Opened => Open(draft),
            PlanFact.DateReached => Expire(draft, rules),
            PlanFact.UnitAdded added => Add(draft, added, rules),
            PlanFact.Superseded superseded => Supersede(draft, superseded),
            _ => throw new UnreachableException(),
        };
    }

    private static Step<ActivePlan, PlanFact> Open(CaseDraft<ActivePlan, PlanFact> draft)
    {
        var plan = draft.State;
        draft.Line("Activated", $"Activated by {plan.By}, version {plan.Version}; in force until {Why.Iso(plan.Expires)}.", $"{draft.NameOf(plan.By)}启动督办，有效期至{DeadlineText.Zh(plan.Expires)}。");
        return draft.Done();
    }

    private static Step<ActivePlan, PlanFact> Expire(CaseDraft<ActivePlan, PlanFact> draft, SupervisionRules rules)
    {
        var plan = draft.State;
        if (plan.Status != PlanStatus.Active || draft.Occasion.At < plan.ExpiresAt)
        {
            return new Step<ActivePlan, PlanFact>.Nothing();
        }

        var supervision = rules.Units.Duties.Supervision;
        var isClosed = rules.Process.AtExpiry is { Open: ExpiryFate.Close };
        var (fate, fateZh) = isClosed ? ("Open assignments are closed.", "未销号任务终止督办") : ("Open assignments go on until they are struck off.", "未销号任务继续督办，直至销号");
        draft.State = plan with { Status = PlanStatus.Expired, ExpiredAt = draft.Occasion.At };
        draft.Line("Expired", $"In force until {Why.Iso(plan.Expires)}. {fate}", $"有效期至{DeadlineText.Zh(plan.Expires)}，{fateZh}。");
        draft.Say("plan-expired", "1", supervision, new Dictionary<string, string>
        {
            ["number"] = plan.Number,
            ["subject"] = plan.Subject,
            ["expires"] = DeadlineText.Zh(plan.Expires),
            ["fate"] = fateZh,
        });
        if (isClosed)
        {
            draft.Begin(PlanClosing.Start(new ClosePlan(plan.Id, plan.Version, plan.Rules, "expired", supervision, Added: Ids(plan))));
        }

        return draft.Done();
    }

    private static Step<ActivePlan, PlanFact> Add(CaseDraft<ActivePlan, PlanFact> draft, PlanFact.UnitAdded added, SupervisionRules rules)
    {
        var (plan, assignment) = (draft.State, added.Assignment);
        if (plan.Status != PlanStatus.Active)
        {
            return draft.Refuse("not-active", $"The plan is {plan.Status}; nobody gets a task of it any more.");
        }

        if (rules.Units.Find(assignment.Unit) is not { } unit)
        {
            return draft.Refuse("unknown-unit", $"{assignment.Unit} is not in the register.");
        }

        if (unit.Kind is UnitKind.Village or UnitKind.Community)
        {
            return draft.Refuse("not-an-object", $"A committee is no object of supervision; {rules.Units.ResponsibleFor(unit).Id} answers for it (政府督查工作条例第五条).");
        }

        if (plan.Added?.Any(known => known.Task == assignment.Task && known.Unit == assignment.Unit) == true)
        {
            return draft.Refuse("already-assigned", $"{assignment.Unit} has {assignment.Task}.");
        }

        if (added.Document is null && !(added.IsOpen && added.HasText))
        {
            return draft.Refuse(
                "basis-needed",
                added.IsOpen
                    ? "Say why, or name the document that says so."
                    : $"The plan's list of units of {assignment.Task} is closed; name the document that adds {assignment.Unit}.");
        }

        var basis = new UnitBasis(added.IsOpen, added.Document, added.HasText ? draft.Occasion.Id : null);
        var issued = assignment with { Basis = basis, IssuedAt = draft.Occasion.At };
        draft.State = plan with { Added = [.. plan.Added ?? [], new AddedUnit(assignment.Task, assignment.Unit, draft.Occasion.At, basis)] };
        draft.Line(
            "UnitAdded",
            $"{assignment.Unit} gets {assignment.Task} as {assignment.Role}{(added.Document is null ? "; the plan's list is open" : $", by {added.Document}")}.",
            $"任务{assignment.Task}增加{draft.NameOf(assignment.Unit)}{(added.Document is null ? "（方案列明“等”）" : $"（依据{added.Document}）")}。",
            textId: basis.Text);
        var supervision = new TaskSupervision();
        draft.Begin(StartFlow.Of(supervision.Name, supervision.FlowId(issued.Id), CaseRecord.Fresh(issued.Id, issued)));
        return draft.Done();
    }

    private static Step<ActivePlan, PlanFact> Supersede(CaseDraft<ActivePlan, PlanFact> draft, PlanFact.Superseded superseded)
    {
        var plan = draft.State;
        if (plan.Status == PlanStatus.Superseded)
        {
            return draft.Refuse("already-superseded", $"{plan.Superseded!.Plan} has taken its place.");
        }

        if (superseded.Plan == plan.Id)
        {
            return draft.Refuse("same-plan", "A plan does not supersede itself.");
        }

        var isClosed = superseded.Open == ExpiryFate.Close;
        draft.State = plan with { Status = PlanStatus.Superseded, Superseded = new Superseding(superseded.Plan, draft.Occasion.At, superseded.Open) };
        draft.Line(
            "Superseded",
            $"{superseded.Plan} takes its place; open assignments {(isClosed ? "are closed" : "are carried on")}.",
            $"由{superseded.Plan}替代，未销号任务{(isClosed ? "终止督办" : "继续督办")}。");
        if (isClosed || superseded.Links is { Count: > 0 })
        {
            draft.Begin(PlanClosing.Start(new ClosePlan(
                plan.Id, plan.Version, plan.Rules, "superseded", draft.Occasion.By, superseded.Plan, isClosed, superseded.Links, Ids(plan))));
        }

        return draft.Done();
    }

    private static List<string>? Ids(ActivePlan plan) => plan.Added?.Select(added => $"{plan.Id}.{added.Task}.{added.Unit}").ToList();
}
