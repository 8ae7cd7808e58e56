using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>A plan as far as assignments need it.</summary>
/// <param name="Id">Such as <c>2023-3</c>; part of every assignment's id.</param>
/// <param name="Number">The document's number.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Expires">The date that counts for every task without its own.</param>
/// <param name="Tasks">In the document's order.</param>
/// <param name="Indicators">Its targets with a number.</param>
public sealed record Plan(
    string Id, string Number, string Subject, DateOnly Expires, IReadOnlyList<PlanTask> Tasks, IReadOnlyList<PlanIndicator>? Indicators = null)
{
    /// <summary>Names exactly this content.</summary>
    [JsonIgnore]
    public string Version => "p-" + Convert.ToHexStringLower(SHA256.HashData(Wire.Write(this)))[..16];
}

/// <summary>A task of a plan.</summary>
/// <param name="Id">Such as T18.</param>
/// <param name="Path">Where it stands in the document.</param>
/// <param name="Title">In our own words.</param>
/// <param name="Open">The list of units ends with 等: further units may be added later, with their basis.</param>
/// <param name="Units">The named units with their roles.</param>
/// <param name="TownshipsImplied">The standing rule: every township implements it too.</param>
/// <param name="Due">A date of its own; else the plan's expiry.</param>
/// <param name="Cadence">How often feedback is asked; else as the county's rules say.</param>
/// <param name="Milestones">Days at which feedback is due, ascending.</param>
/// <param name="Important">Sheets about it begin at a graver colour, where the rules have one; null: like any other.</param>
public sealed record PlanTask(
    string Id,
    string Path,
    string Title,
    bool Open,
    IReadOnlyList<TaskUnit> Units,
    bool TownshipsImplied,
    DateOnly? Due = null,
    Cadence? Cadence = null,
    IReadOnlyList<DateOnly>? Milestones = null,
    bool? Important = null);

public sealed record TaskUnit(string Unit, AssignmentRole Role);

/// <summary>From a plan to the assignments it means.</summary>
public static class PlanFanOut
{
    /// <summary>One assignment per task and named unit, and per task and township where the standing rule says so.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="townships">All townships, in a stated order.</param>
    /// <param name="rules">The rule set the assignments live under.</param>
    /// <param name="at">When they are issued, UTC.</param>
    /// <param name="reporting">Who reports indicators; nobody when not given.</param>
    public static IReadOnlyList<Assignment> Of(
        Plan plan, IEnumerable<string> townships, string rules, DateTimeOffset at, IndicatorRule? reporting = null)
    {
        var everywhere = townships.ToList();
        return [.. plan.Tasks.SelectMany(task => Units(task, everywhere).Select(unit => Of(plan, task, unit, rules, at, Reported(plan, task, unit, everywhere, reporting))))];
    }

    /// <summary>A part of them, for a plan of any size.</summary>
    public static PlanSlice Slice(Plan plan, SupervisionRules rules, SlicePlan part)
    {
        List<string> everywhere = [.. rules.Units.Townships.Select(unit => unit.Id)];
        List<(PlanTask Task, TaskUnit Unit)> all = [.. plan.Tasks.SelectMany(task => Units(task, everywhere).Select(unit => (task, unit)))];
        return new PlanSlice(
            plan.Number,
            plan.Subject,
            plan.Expires,
            [.. all.Skip(part.From).Take(part.Size).Select(one => Of(
                plan, one.Task, one.Unit, rules.Version, part.At, Reported(plan, one.Task, one.Unit, everywhere, rules.Process.Indicators)))],
            part.From + part.Size >= all.Count);
    }

    /// <summary>The assignment of one unit, which the plan may name or not.</summary>
    public static Assignment Of(Plan plan, PlanTask task, TaskUnit unit, SupervisionRules rules, DateTimeOffset at) => Of(
        plan, task, unit, rules.Version, at, Reported(plan, task, unit, [.. rules.Units.Townships.Select(known => known.Id)], rules.Process.Indicators));

    private static Assignment Of(
        Plan plan, PlanTask task, TaskUnit unit, string rules, DateTimeOffset at, IReadOnlyList<PlanIndicator>? indicators) => new(
        $"{plan.Id}.{task.Id}.{unit.Unit}", rules, plan.Id, task.Id, task.Title, unit.Unit, unit.Role, at, task.Due ?? plan.Expires)
        {
            Cadence = task.Cadence,
            Milestones = task.Milestones,
            Important = task.Important == true ? true : null,
            Indicators = indicators,
        };

    private static IEnumerable<TaskUnit> Units(PlanTask task, IReadOnlyList<string> townships) =>
        task.Units.Concat(task.TownshipsImplied ? townships.Except(task.Units.Select(unit => unit.Unit)).Select(unit => new TaskUnit(unit, AssignmentRole.Implementer)) : []);

    private static List<PlanIndicator>? Reported(
        Plan plan, PlanTask task, TaskUnit unit, IReadOnlyList<string> townships, IndicatorRule? reporting)
    {
        if (reporting is null || plan.Indicators is null)
        {
            return null;
        }

        List<AssignmentRole> roles = [.. Units(task, townships).Select(known => known.Role).Distinct()];
        List<PlanIndicator> own =
        [
            .. plan.Indicators.Where(indicator => indicator.Task == task.Id
                && (reporting.Reporters.FirstOrDefault(rule => rule.Scope is null || rule.Scope == indicator.Scope)?.Roles is not { } who
                    || !who.Any(roles.Contains)
                    || who.Contains(unit.Role))),
        ];
        return own.Count > 0 ? own : null;
    }
}
