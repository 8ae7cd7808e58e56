using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Activities.Storage;
using Workflows.Engine;
using Workflows.Orchestrations.Supervision;
using Workflows.Testing;

namespace Workflows.Server.Tests.CountyPlan;

/// <summary>
/// The county plan on the virtual clock, through the real engine, stores and outbox: from its activation until its end
/// has been said, with units that behave well, late, carelessly and not at all.
/// </summary>
internal static class CountyPlanStory
{
    private static readonly DateTimeOffset Activated = At(2023, 10, 9, 9);

    /// <summary>What fell due with the plan has been said, and sheets for it are out.</summary>
    private static readonly DateTimeOffset Over = At(2026, 1, 5, 17);

    /// <summary>Lives through the plan and checks every case of it.</summary>
    /// <param name="elsewhere">Where tables and blobs are, if not in the county's folder.</param>
    /// <param name="tasks">Ids of the tasks that are given out, with every flow replayed after every step; null: all 36.</param>
    public static async Task Run(StorageOptions? elsewhere = null, IReadOnlyList<string>? tasks = null)
    {
        using var folder = new TempFolder();
        var clock = new VirtualClock(Activated);
        var stop = TestContext.Current.CancellationToken;
        var options = new CountyOptions(folder.File("data"), Path.Combine(ReferenceCounty.Root, "seeds"), Elsewhere: elsewhere, VerifyReplay: tasks is not null);
        await using var county = await County.Open(options, clock, NullLoggerFactory.Instance, cancellation: stop);
        var rules = county.Rules.Current.Supervision;
        var plan = county.Plans.Find("2023-3")!;
        plan = plan with { Tasks = [.. plan.Tasks.Where(task => tasks?.Contains(task.Id) != false)] };
        var assignments = PlanFanOut.Of(plan, rules.Units.Townships.Select(unit => unit.Id), rules.Version, Activated, rules.Process.Indicators);
        Assert.Equal(tasks is null ? 145 + 648 : assignments.Count, assignments.Count);
        Assert.Equal(Enum.GetValues<Manner>(), assignments.Select(Manners.Of).Distinct().Order());

        var version = await county.KeptPlans.Keep(plan, stop);
        await county.Engine.Start(
            PlanActivation.FlowName,
            PlanActivation.FlowId(plan.Id),
            new ActivatePlan(plan.Id, [], rules.Version, Activated, version, By: rules.Units.Duties.Supervision),
            cancellation: stop);
        await VirtualRun.Until(county.Engine, clock, Activated, stop);
        foreach (var (at, speak) in new PlanPeople(county, assignments).Days())
        {
            await VirtualRun.Until(county.Engine, clock, at, stop);
            await speak();
        }

        await VirtualRun.Until(county.Engine, clock, Over, stop);
        await new AssignmentChecks(county).Run(assignments);
        await new SheetChecks(county).Run(assignments);
        await new NoticeChecks(county).Run();
    }

    private static DateTimeOffset At(int year, int month, int day, int hour) =>
        new DateTimeOffset(year, month, day, hour, 0, 0, TimeSpan.FromHours(8)).ToUniversalTime();
}
