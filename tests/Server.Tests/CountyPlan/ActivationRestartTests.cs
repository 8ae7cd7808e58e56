using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Engine;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Testing;

namespace Workflows.Server.Tests.CountyPlan;

/// <summary>An activation is many flows' starts; the process may end between any two of them.</summary>
public sealed class ActivationRestartTests
{
    private static readonly DateTimeOffset Monday = new(2023, 10, 9, 1, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_activation_that_a_restart_cuts_off_goes_on_with_the_plan_as_it_was_kept()
    {
        using var folder = new TempFolder();
        var options = new CountyOptions(folder.File("data"), Path.Combine(ReferenceCounty.Root, "seeds"), VerifyReplay: false);
        Plan plan;
        int before;
        await using (var county = await Open(options))
        {
            // A plan of another id than the seed's: after the restart nobody has it but the store.
            plan = county.Plans.Find("2023-3")! with { Id = "2023-9" };
            var version = await county.KeptPlans.Keep(plan, Stop);
            var rules = county.Rules.Current.Supervision;
            await county.Engine.Start(
                PlanActivation.FlowName,
                PlanActivation.FlowId(plan.Id),
                new ActivatePlan(plan.Id, [], rules.Version, Monday, version, By: rules.Units.Duties.Supervision),
                cancellation: Stop);
            do
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), Stop);
                before = await Assignments(county);
            }
            while (before == 0);
        }

        await using var again = await Open(options);
        await again.Engine.WhenIdle(Stop);

        Assert.InRange(before, 1, 792);
        Assert.Equal(793, await Assignments(again));
        Assert.Equal(plan.Version, (await again.KeptPlans.Find(plan.Id, Stop))!.Version);
        Assert.Equal(793, Wire.Read<PlanActivated>(System.Text.Encoding.UTF8.GetBytes((await again.Engine.Get(PlanActivation.FlowId(plan.Id), Stop))!.Result!.Value.GetRawText())).Assignments);
    }

    private static Task<County> Open(CountyOptions options) =>
        County.Open(options, new VirtualClock(Monday), NullLoggerFactory.Instance, cancellation: Stop);

    private static async Task<int> Assignments(County county)
    {
        var count = 0;
        await foreach (var _ in county.Cases.All("assignments", Stop))
        {
            count++;
        }

        return count;
    }
}
