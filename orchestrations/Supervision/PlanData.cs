using System.Text.Json;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Supervision;

/// <summary>Reads and checks a plan file. Pure: the bytes come from the caller.</summary>
public static class PlanData
{
    /// <summary>The plan, or everything that is wrong with it; every unit must stand in the register.</summary>
    public static DataResult<Plan> Parse(string file, ReadOnlySpan<byte> json, UnitRegister units)
    {
        List<DataError> errors = [];
        if (DataJson.Read<PlanFile>(file, json, errors) is not { } plan)
        {
            return new(null, errors);
        }

        DataJson.RequireText(file, "$.id", plan.Id, errors);
        if (plan.Id.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '-'))
        {
            errors.Add(new(file, "$.id", "plan-id", $"{plan.Id} must be of letters, digits and hyphens: it is a part of case ids."));
        }

        if (DataJson.Element<PlanDocument>(file, "$.document", plan.Document, errors) is not { } document)
        {
            return new(null, errors);
        }

        var tasks = DataJson.Elements<PlanFileTask>(file, "$.tasks", plan.Tasks, errors);
        HashSet<string> ids = [];
        foreach (var (path, task) in tasks)
        {
            if (!ids.Add(task.Id))
            {
                errors.Add(new(file, $"{path}.id", "duplicate-task", $"{task.Id} is listed twice."));
            }

            CheckUnits(file, path, task, units, errors);
            for (var index = 1; index < task.Milestones?.Count; index++)
            {
                if (task.Milestones[index] <= task.Milestones[index - 1])
                {
                    errors.Add(new(file, $"{path}.milestones[{index}]", "milestone-order", "Milestones ascend."));
                }
            }

            if (task is { Cadence: Supervision.Cadence.Milestones, Milestones: not { Count: > 0 } })
            {
                errors.Add(new(file, $"{path}.milestones", "milestones-missing", $"{task.Id} is asked at milestones and has none."));
            }
        }

        var indicators = plan.Indicators is null ? null : Indicators(file, plan.Indicators, ids, errors);
        return errors.Count > 0
            ? new(null, errors)
            : new(new Plan(plan.Id, document.Number, document.Subject, document.Expires, [.. tasks.Select(entry => Of(entry.Value))], indicators), errors);
    }

    private static List<PlanIndicator> Indicators(string file, IReadOnlyList<JsonElement> elements, HashSet<string> tasks, List<DataError> errors)
    {
        HashSet<string> ids = [];
        List<PlanIndicator> indicators = [];
        foreach (var (path, read) in DataJson.Elements<PlanFileIndicator>(file, "$.indicators", elements, errors))
        {
            if (!ids.Add(read.Id))
            {
                errors.Add(new(file, $"{path}.id", "duplicate-indicator", $"{read.Id} is listed twice."));
            }

            if (!tasks.Contains(read.Task))
            {
                errors.Add(new(file, $"{path}.task", "unknown-task", $"There is no task {read.Task}."));
            }

            for (var index = 1; index < read.Curve?.Count; index++)
            {
                if (read.Curve[index].On <= read.Curve[index - 1].On)
                {
                    errors.Add(new(file, $"{path}.curve[{index}].on", "curve-order", "The days of a curve ascend."));
                }
            }

            indicators.Add(new PlanIndicator(
                read.Id, read.Task, read.Name, read.Comparator, read.Value, read.Unit, read.Due, read.Cadence, read.Scope, read.Force, read.ValueTo, read.Curve));
        }

        return indicators;
    }

    private static void CheckUnits(string file, string path, PlanFileTask task, UnitRegister units, List<DataError> errors)
    {
        HashSet<string> seen = [];
        for (var index = 0; index < task.Responsible.Count; index++)
        {
            var unit = task.Responsible[index].Unit;
            var at = $"{path}.responsible[{index}].unit";
            if (units.Find(unit) is null)
            {
                errors.Add(new(file, at, "unknown-unit", $"{unit} is not in the register."));
            }

            if (units.Find(unit) is { Kind: UnitKind.Village or UnitKind.Community })
            {
                errors.Add(new(file, at, "not-an-object", $"{unit} is a committee, which is no object of supervision; its township is."));
            }

            if (!seen.Add(unit))
            {
                errors.Add(new(file, at, "duplicate-unit", $"{unit} is listed twice for {task.Id}."));
            }
        }

        if (task.Responsible.Count(unit => unit.Role == AssignmentRole.Lead) > 1)
        {
            errors.Add(new(file, $"{path}.responsible", "one-lead", $"{task.Id} has more than one lead."));
        }

        if (task.Responsible.Count == 0 && !task.TownshipsImplied)
        {
            errors.Add(new(file, $"{path}.responsible", "nobody", $"{task.Id} has nobody to do it."));
        }
    }

    private static PlanTask Of(PlanFileTask task) =>
        new(task.Id, task.Path, task.Title, task.Etc, task.Responsible, task.TownshipsImplied, task.Due, task.Cadence, task.Milestones, task.Important);

    // What the file has beyond these is for people and for the import.
    private sealed record PlanFile(
        string Id,
        JsonElement Document,
        IReadOnlyList<JsonElement> Tasks,
        string? Note = null,
        string? Source = null,
        IReadOnlyList<string>? Units = null,
        IReadOnlyList<string>? Townships = null,
        JsonElement? StandingRules = null,
        IReadOnlyList<JsonElement>? Indicators = null,
        JsonElement? QualitativeTargets = null);

    private sealed record PlanDocument(
        string Number,
        string Issuer,
        string Subject,
        DateOnly Issued,
        DateOnly EffectiveFrom,
        DateOnly Expires,
        string Disclosure,
        IReadOnlyList<string>? Addressees = null,
        IReadOnlyList<string>? Basis = null);

    private sealed record PlanFileTask(
        string Id,
        string Path,
        string PathText,
        string Title,
        string Mode,
        bool Etc,
        IReadOnlyList<TaskUnit> Responsible,
        bool TownshipsImplied,
        string? Note = null,
        DateOnly? Due = null,
        Cadence? Cadence = null,
        IReadOnlyList<DateOnly>? Milestones = null,
        bool? Important = null);

    private sealed record PlanFileIndicator(
        string Id,
        string Section,
        string Task,
        string Name,
        Comparator Comparator,
        decimal Value,
        string Unit,
        DateOnly Due,
        string DueSource,
        string Cadence,
        string Scope,
        IndicatorForce Force,
        string? Note = null,
        decimal? ValueTo = null,
        IReadOnlyList<CurvePoint>? Curve = null);
}
