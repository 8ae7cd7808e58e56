using System.Text.Json;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Testing;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Supervision;

public sealed class PlanActivationTests
{
    private static readonly Plan Small = new(
        "2023-3",
        "仙政办规〔2023〕3号",
        "社区服务",
        Day("2025-12-31"),
        [
            new PlanTask("T01", "1.1", "党建", Open: false, [new TaskUnit("zzb", AssignmentRole.Participant), new TaskUnit("mzj", AssignmentRole.Participant)], TownshipsImplied: true),
            new PlanTask("T18", "2.4.3", "法律服务", Open: true, [new TaskUnit("sfj", AssignmentRole.Lead)], TownshipsImplied: false),
        ]);

    [Fact]
    public void A_plan_means_one_assignment_per_task_and_unit_and_one_per_township_where_the_standing_rule_says_so()
    {
        var fanned = PlanFanOut.Of(Small, ["350322001", "350322100"], ReferenceCounty.Version, Samples.Issued);

        Assert.Equal(
            [
                ("2023-3.T01.zzb", AssignmentRole.Participant),
                ("2023-3.T01.mzj", AssignmentRole.Participant),
                ("2023-3.T01.350322001", AssignmentRole.Implementer),
                ("2023-3.T01.350322100", AssignmentRole.Implementer),
                ("2023-3.T18.sfj", AssignmentRole.Lead),
            ],
            fanned.Select(assignment => (assignment.Id, assignment.Role)));
        Assert.All(fanned, assignment => Assert.Equal((Day("2025-12-31"), Samples.Issued), (assignment.Due, assignment.IssuedAt)));
    }

    [Fact]
    public void The_reference_plan_means_145_named_roles_and_648_of_townships()
    {
        var plan = ReferencePlan();

        var fanned = PlanFanOut.Of(
            plan, ReferenceCounty.Units.Townships.Select(unit => unit.Id), ReferenceCounty.Version, Samples.Issued);

        Assert.Equal((36, 793), (plan.Tasks.Count, fanned.Count));
        Assert.Equal(648, fanned.Count(assignment => assignment.Role == AssignmentRole.Implementer));
        Assert.Equal(3, fanned.Count(assignment => assignment.Role == AssignmentRole.Lead));
        Assert.Equal(fanned.Count, fanned.Select(assignment => assignment.Id).Distinct().Count());
        Assert.All(fanned, assignment => Assert.NotNull(ReferenceCounty.Units.Find(assignment.Unit)));
    }

    [Fact]
    public void An_activated_plan_starts_every_assignment_once()
    {
        var county = new InMemoryCounty(Samples.Issued);
        var fanned = PlanFanOut.Of(Small, ["350322001"], ReferenceCounty.Version, Samples.Issued);

        county.Flows.Start(PlanActivation.FlowName, PlanActivation.FlowId("2023-3"), new ActivatePlan("2023-3", fanned));
        var again = county.Flows.Start(PlanActivation.FlowName, PlanActivation.FlowId("2023-3"), new ActivatePlan("2023-3", fanned));

        Assert.Equal(StartOutcome.Exists, again);
        Assert.Equal(
            new PlanActivated("2023-3", 4), Wire.Read<PlanActivated>(county.Flows.Find("PlanActivation-2023-3")!.Result));
        Assert.Equal(
            [
                "start TaskSupervision-2023-3.T01.zzb",
                "start TaskSupervision-2023-3.T01.mzj",
                "start TaskSupervision-2023-3.T01.350322001",
                "start TaskSupervision-2023-3.T18.sfj",
            ],
            county.Asked("PlanActivation-2023-3"));
        Assert.Equal(
            [
                "09-26 09:00 assignment-issued zzb",
                "09-26 09:00 assignment-issued mzj",
                "09-26 09:00 assignment-issued 350322001",
                "09-26 09:00 assignment-issued sfj",
            ],
            county.Mails);
        county.Flows.ReplayAll();
    }

    /// <summary>As much of seeds/plan.json as a fan-out needs.</summary>
    private static Plan ReferencePlan()
    {
        using var json = JsonDocument.Parse(ReferenceCounty.Seed("plan.json").Json);
        var tasks = json.RootElement.GetProperty("tasks").EnumerateArray().Select(task => new PlanTask(
            task.GetProperty("id").GetString()!,
            task.GetProperty("path").GetString()!,
            task.GetProperty("title").GetString()!,
            task.GetProperty("etc").GetBoolean(),
            [.. task.GetProperty("responsible").EnumerateArray().Select(unit => new TaskUnit(
                unit.GetProperty("unit").GetString()!,
                Enum.Parse<AssignmentRole>(unit.GetProperty("role").GetString()!, ignoreCase: true)))],
            task.GetProperty("townshipsImplied").GetBoolean()));
        return new Plan("2023-3", "", "", Day("2025-12-31"), [.. tasks]);
    }
}
