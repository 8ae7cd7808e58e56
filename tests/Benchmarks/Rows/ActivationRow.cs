using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Server;
using Workflows.Testing;

namespace Workflows.Benchmarks.Rows;

/// <summary>A plan is activated on files: until every assignment's flow exists, and until every unit has been told.</summary>
internal static class ActivationRow
{
    private const int Tasks = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task<string> Measure(Setup setup)
    {
        var seed = await Activate(county => county.Plans.Find("2023-3")!);
        var large = await Activate(county => Large(county, setup.Count(Tasks)));
        return $"seed plan {seed}; large plan {large}";
    }

    private static async Task<string> Activate(Func<County, Plan> choose)
    {
        using var folder = new TempFolder();
        await using var county = await County.Open(new CountyOptions(folder.File("data"), CountyOptions.PublishedSeeds), TimeProvider.System, NullLoggerFactory.Instance);
        var plan = choose(county);
        var watch = Stopwatch.StartNew();
        var version = await county.KeptPlans.Keep(plan);
        await county.Engine.Start(
            PlanActivation.FlowName,
            PlanActivation.FlowId(plan.Id),
            new ActivatePlan(plan.Id, [], county.Rules.Current.Version, TimeProvider.System.GetUtcNow(), version, By: county.Rules.Current.Units.Duties.Supervision));
        PlanActivated? activated = null;
        while (activated is null && watch.Elapsed < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20));
            activated = (await county.Engine.Get(PlanActivation.FlowId(plan.Id)))?.Result is { } result ? Wire.Read<PlanActivated>(System.Text.Encoding.UTF8.GetBytes(result.GetRawText())) : null;
        }

        var started = watch.Elapsed;
        await county.Engine.WhenIdle();
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{activated?.Assignments:N0} assignments: all started {started.TotalSeconds:F1} s, all issued and gathered {watch.Elapsed.TotalSeconds:F1} s");
    }

    /// <summary>Every task for every county unit, office and township.</summary>
    private static Plan Large(County county, int tasks)
    {
        var units = county.Rules.Current.Units;
        List<TaskUnit> named = [.. units.CountyUnits.Concat(units.Offices).Select(unit => new TaskUnit(unit.Id, AssignmentRole.Participant))];
        return new Plan("large", "large", "large", new DateOnly(2030, 12, 31), [.. Enumerable.Range(1, tasks).Select(number =>
            new PlanTask($"T{number}", $"{number}", $"任务{number}", Open: false, named, TownshipsImplied: true))]);
    }
}
