using System.Text.Json;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Tests.Durable;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Supervision.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Supervision;

/// <summary>The life of a plan once it is active.</summary>
public sealed class PlanDeciderTests
{
    private static readonly ActivePlan Active = new(
        "2025-8", ReferenceCounty.FollowedVersion, "p-0123456789abcdef", "仙政办〔2025〕8号", "社区服务", Day("2025-10-31"), EndOf("2025-10-31"), Issued, Office);

    private static readonly Assignment Given = Services with { Id = "2025-8.T01.sfj", Rules = ReferenceCounty.FollowedVersion, Plan = "2025-8", Task = "T01", Unit = "sfj" };

    internal static ActivePlan Everything() => Active with
    {
        Status = PlanStatus.Superseded,
        Added = [new AddedUnit("T01", "sfj", Issued, new UnitBasis(false, "仙政办〔2025〕9号", "c1"))],
        ExpiredAt = EndOf("2025-10-31"),
        Superseded = new Superseding("2026-1", EndOf("2025-11-30"), ExpiryFate.GoOn),
    };

    [Fact]
    public void A_plan_expires_when_its_last_day_is_over_and_its_open_tasks_go_on()
    {
        var run = Run();
        Assert.IsType<Step<ActivePlan, PlanFact>.Nothing>(run.Reach(JustBefore(Local("2025-11-01 00:00"))));
        Assert.IsType<Step<ActivePlan, PlanFact>.Taken>(run.Reach(Local("2025-11-01 00:00")));
        Assert.IsType<Step<ActivePlan, PlanFact>.Nothing>(run.Reach(Local("2025-11-01 00:01")));

        Assert.Equal((PlanStatus.Expired, Local("2025-11-01 00:00")), (run.State.Status, run.State.ExpiredAt!.Value));
        Assert.Equal(["11-01 00:00 plan-expired dcs"], run.Said);
        Assert.Contains("继续督办", run.Notices[0].Model["fate"], StringComparison.Ordinal);
        Assert.DoesNotContain(run.Starts, start => start.Flow == PlanClosing.FlowName);
        Assert.Null(run.Kind.Next(run.State));
        CaseChecks.Whole(run);
    }

    [Fact]
    public void Where_the_county_says_so_open_tasks_are_closed_with_the_expiry_as_the_reason()
    {
        var rules = ReferenceCounty.Supervised;
        rules = rules with { Process = rules.Process with { AtExpiry = new ExpiryRule(ExpiryFate.Close, "operator default") } };
        var run = new CaseRun<ActivePlan, PlanFact, SupervisionRules>(new PlanLife(), Active, rules);
        run.Open();
        run.RunOut();

        var close = Assert.Single(run.Starts, start => start.Flow == PlanClosing.FlowName);
        Assert.Equal("PlanClosing-2025-8.expired", close.Id);
        Assert.Equal(new ClosePlan("2025-8", Active.Version, Active.Rules, "expired", Office), close.Input.Deserialize<ClosePlan>(Wire.Options));
        Assert.Contains("终止督办", run.Notices[0].Model["fate"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, null, true, null)]
    [InlineData(true, "仙政办〔2025〕9号", false, null)]
    [InlineData(false, "仙政办〔2025〕9号", false, null)]
    [InlineData(true, null, false, "basis-needed")]
    [InlineData(false, null, true, "basis-needed")] // the list is closed: words are not enough
    [InlineData(false, null, false, "basis-needed")]
    public void A_unit_is_added_with_its_basis_on_record(bool isOpen, string? document, bool hasText, string? code)
    {
        var run = Run();
        var step = run.Tell(Local("2025-10-09 09:00"), Office, new PlanFact.UnitAdded(Given, isOpen, document, hasText));

        Assert.Equal(code, (step as Step<ActivePlan, PlanFact>.Refused)?.Code);
        if (code is null)
        {
            var basis = new UnitBasis(isOpen, document, hasText ? "c1" : null);
            Assert.Equal(new AddedUnit("T01", "sfj", Local("2025-10-09 09:00"), basis), Assert.Single(run.State.Added!));
            var start = Assert.Single(run.Starts);
            var issued = start.Input.Deserialize<CaseRecord<Assignment>>(Wire.Options)!.State;
            Assert.Equal(("TaskSupervision-2025-8.T01.sfj", Given with { Basis = basis, IssuedAt = Local("2025-10-09 09:00") }), (start.Id, issued));
        }
    }

    [Fact]
    public void Nobody_else_adds_and_a_committee_is_never_the_object()
    {
        var run = Run();
        var at = Local("2025-10-09 09:00");
        Assert.Equal("not-the-supervision", Code(run.Tell(at, "zfw", new PlanFact.UnitAdded(Given, true, HasText: true))));
        Assert.Equal("not-an-object", Code(run.Tell(at, Office, new PlanFact.UnitAdded(Given with { Unit = "350322103203" }, true, HasText: true))));
        Assert.Equal("unknown-unit", Code(run.Tell(at, Office, new PlanFact.UnitAdded(Given with { Unit = "nobody" }, true, HasText: true))));
        run.Tell(at, Office, new PlanFact.UnitAdded(Given, true, HasText: true));
        Assert.Equal("already-assigned", Code(run.Tell(at, Office, new PlanFact.UnitAdded(Given, true, HasText: true))));
        run.RunUntil(Local("2025-11-01 00:00"));
        Assert.Equal("not-active", Code(run.Tell(Local("2025-11-02 09:00"), Office, new PlanFact.UnitAdded(Given with { Unit = "mzj" }, true, HasText: true))));
    }

    [Fact]
    public void Another_plan_takes_its_place_once_before_or_after_its_expiry()
    {
        var run = Run().RunUntil(Local("2025-11-01 00:00"));
        Assert.Equal("same-plan", Code(run.Tell(Local("2025-11-03 09:00"), Office, new PlanFact.Superseded("2025-8", ExpiryFate.Close))));
        Assert.Equal("not-the-supervision", Code(run.Tell(Local("2025-11-03 09:00"), Unit, new PlanFact.Superseded("2026-1", ExpiryFate.Close))));
        run.Tell(Local("2025-11-03 09:00"), Office, new PlanFact.Superseded("2026-1", ExpiryFate.GoOn));

        Assert.True(run.Ended);
        Assert.Equal(new Superseding("2026-1", Local("2025-11-03 09:00"), ExpiryFate.GoOn), run.State.Superseded);
        Assert.DoesNotContain(run.Starts, start => start.Flow == PlanClosing.FlowName);
        Assert.Equal("already-superseded", Code(run.Tell(Local("2025-11-03 09:00"), Office, new PlanFact.Superseded("2026-2", ExpiryFate.Close))));
    }

    [Fact]
    public void What_is_open_is_closed_with_the_new_plans_name_and_what_it_names_too_is_carried_on_under_its_matter()
    {
        var county = new InMemoryCounty(Issued);
        var plan = PlanActivationTests.ReferencePlan();
        county.Plans.Add(plan);
        county.Flows.Start(PlanActivation.FlowName, PlanActivation.FlowId(plan.Id), PlanActivationTests.Activate(plan));
        var life = new PlanLife().FlowId(plan.Id);
        var added = PlanFanOut.Of(plan, plan.Tasks[1], new TaskUnit("fgj", AssignmentRole.Participant), ReferenceCounty.Supervision, Issued);
        county.Flows.Send(life, "c1", new CaseCommand<PlanFact>(new PlanFact.UnitAdded(added, IsOpen: true, HasText: true), Office, "api"));
        county.Flows.Send(life, "c2", new CaseCommand<PlanFact>(
            new PlanFact.Superseded("2026-1", ExpiryFate.Close, [new MatterLink("T01", "2026-1.T05")]), Office, "api"));
        county.Flows.RunUntil(Local("2025-09-26 18:00"));

        var last = county.Saved.Where(save => save.Kind == TaskSupervision.FlowName).GroupBy(save => save.Id)
            .Select(saves => saves.Last().Record.Deserialize<CaseRecord<Assignment>>(Wire.Options)!.State).ToList();
        Assert.Equal(794, last.Count);
        Assert.All(last.Where(assignment => assignment.Task == "T01"), assignment => Assert.Equal((AssignmentStatus.Issued, "2026-1.T05"), (assignment.Status, assignment.Matter)));
        Assert.All(last.Where(assignment => assignment.Task != "T01"), assignment => Assert.Equal((AssignmentStatus.Closed, "2026-1"), (assignment.Status, assignment.Closing!.Plan)));
        Assert.Equal(
            new PlanClosed("2023-3", 794), Wire.Read<PlanClosed>(county.Flows.Find("PlanClosing-2023-3.superseded")!.Result));
        county.Flows.ReplayAll();
    }

    private static CaseRun<ActivePlan, PlanFact, SupervisionRules> Run()
    {
        var run = new CaseRun<ActivePlan, PlanFact, SupervisionRules>(new PlanLife(), Active, ReferenceCounty.Supervised);
        run.Open();
        return run;
    }

    private static string Code(Step<ActivePlan, PlanFact> step) => Assert.IsType<Step<ActivePlan, PlanFact>.Refused>(step).Code;

    private static DateTimeOffset EndOf(string day) => ReferenceCounty.Calendar.EndOf(Day(day));
}
