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

    [Fact]
    public void A_kept_plan_is_started_slice_by_slice_and_no_history_holds_more_than_a_slice()
    {
        var county = new InMemoryCounty(Samples.Issued);
        var plan = ReferencePlan();
        county.Plans.Add(plan);

        county.Flows.Start(PlanActivation.FlowName, PlanActivation.FlowId(plan.Id), Activate(plan));

        var flow = county.Flows.Find("PlanActivation-2023-3")!;
        Assert.Equal(new PlanActivated("2023-3", 793), Wire.Read<PlanActivated>(flow.Result));
        Assert.Equal(
            PlanFanOut.Of(plan, ReferenceCounty.Units.Townships.Select(unit => unit.Id), ReferenceCounty.Version, Samples.Issued).Select(assignment => assignment.Id).Order(StringComparer.Ordinal),
            county.Saved.Where(save => save is { Kind: TaskSupervision.FlowName, Version: 1 }).Select(save => save.Id).Order(StringComparer.Ordinal));
        var asked = county.Asked("PlanActivation-2023-3");
        Assert.Equal(8, asked.Count(line => line.StartsWith("call SlicePlan", StringComparison.Ordinal)));
        Assert.Equal(7, asked.Count(line => line == "restart"));
        Assert.Equal(794, asked.Count(line => line.StartsWith("start ", StringComparison.Ordinal)));
        Assert.Equal(PlanStatus.Active, county.Record<ActivePlan>("2023-3").State.Status);
        county.Flows.ReplayAll();
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(5, 1)]
    [InlineData(3, 2)]
    [InlineData(1, 4)]
    public void Slices_of_any_size_give_everything_once_in_order(int size, int from)
    {
        var rules = ReferenceCounty.Supervision;
        var whole = PlanFanOut.Slice(Small, rules, new SlicePlan(Small.Id, Small.Version, rules.Version, Samples.Issued, 0, 1000));
        Assert.Equal((21, true), (whole.Assignments.Count, whole.IsLast));
        List<string> ids = [.. PlanFanOut.Slice(Small, rules, new SlicePlan(Small.Id, Small.Version, rules.Version, Samples.Issued, 0, from)).Assignments.Select(assignment => assignment.Id)];
        for (var isLast = false; !isLast;)
        {
            var slice = PlanFanOut.Slice(Small, rules, new SlicePlan(Small.Id, Small.Version, rules.Version, Samples.Issued, ids.Count, size));
            ids.AddRange(slice.Assignments.Select(assignment => assignment.Id));
            isLast = slice.IsLast;
            Assert.Equal(ids.Count == 21, isLast);
        }

        Assert.Equal(whole.Assignments.Select(assignment => assignment.Id), ids);
    }

    [Fact]
    public void A_task_with_a_date_or_a_rhythm_of_its_own_keeps_it()
    {
        var plan = Small with { Tasks = [Small.Tasks[0] with { Due = Day("2024-06-30"), Cadence = Cadence.Milestones, Milestones = [Day("2024-03-31")] }, Small.Tasks[1]] };

        var fanned = PlanFanOut.Of(plan, [], ReferenceCounty.Version, Samples.Issued);

        Assert.Equal((Day("2024-06-30"), Cadence.Milestones), (fanned[0].Due, fanned[0].Cadence));
        Assert.Equal([Day("2024-03-31")], fanned[0].Milestones!);
        Assert.Equal((Day("2025-12-31"), null), (fanned[2].Due, fanned[2].Cadence));
    }

    [Fact]
    public void An_indicator_of_the_county_is_reported_by_the_named_units_and_others_by_the_townships()
    {
        PlanIndicator Indicator(string id, string task, string scope) => new(id, task, id, Comparator.Gte, 1, "个", Day("2025-12-31"), "once", scope);
        var plan = Small with { Indicators = [Indicator("I1", "T01", "county"), Indicator("I2", "T01", "per-village"), Indicator("I3", "T18", "per-village")] };

        var fanned = PlanFanOut.Of(plan, ["350322001"], ReferenceCounty.Version, Samples.Issued, ReferenceCounty.Supervised.Process.Indicators);

        // T18 has no township, so its own units report what is counted by village.
        Assert.Equal(
            ["zzb I1", "mzj I1", "350322001 I2", "sfj I3"],
            fanned.Select(assignment => $"{assignment.Unit} {string.Join(' ', assignment.Indicators!.Select(indicator => indicator.Id))}"));
    }

    internal static ActivatePlan Activate(Plan plan) => new(plan.Id, [], ReferenceCounty.Version, Samples.Issued, plan.Version, By: Samples.Office);

    /// <summary>As much of seeds/plan.json as a fan-out needs.</summary>
    internal static Plan ReferencePlan()
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
