namespace Workflows.Orchestrations.Supervision;

/// <summary>A plan as far as assignments need it.</summary>
/// <param name="Id">Such as <c>2023-3</c>; part of every assignment's id.</param>
/// <param name="Number">The document's number.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Expires">The date that counts for every task without its own.</param>
/// <param name="Tasks">In the document's order.</param>
public sealed record Plan(string Id, string Number, string Subject, DateOnly Expires, IReadOnlyList<PlanTask> Tasks);

/// <summary>A task of a plan.</summary>
/// <param name="Id">Such as T18.</param>
/// <param name="Path">Where it stands in the document.</param>
/// <param name="Title">In our own words.</param>
/// <param name="Open">The list of units ends with 等: further units may be added later, with their basis.</param>
/// <param name="Units">The named units with their roles.</param>
/// <param name="TownshipsImplied">The standing rule: every township implements it too.</param>
public sealed record PlanTask(
    string Id, string Path, string Title, bool Open, IReadOnlyList<TaskUnit> Units, bool TownshipsImplied);

public sealed record TaskUnit(string Unit, AssignmentRole Role);

/// <summary>From a plan to the assignments it means.</summary>
public static class PlanFanOut
{
    /// <summary>One assignment per task and named unit, and per task and township where the standing rule says so.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="townships">All townships, in a stated order.</param>
    /// <param name="rules">The rule set the assignments live under.</param>
    /// <param name="at">When they are issued, UTC.</param>
    public static IReadOnlyList<Assignment> Of(Plan plan, IEnumerable<string> townships, string rules, DateTimeOffset at)
    {
        var everywhere = townships.ToList();
        return
        [
            .. plan.Tasks.SelectMany(task => task.Units
                .Concat(task.TownshipsImplied ? everywhere.Select(unit => new TaskUnit(unit, AssignmentRole.Implementer)) : [])
                .Select(unit => new Assignment(
                    $"{plan.Id}.{task.Id}.{unit.Unit}", rules, plan.Id, task.Id, task.Title, unit.Unit, unit.Role, at, plan.Expires))),
        ];
    }
}
