using Workflows.Orchestrations;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Rules;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Orchestrations.Tests.Disputes;
using Workflows.Orchestrations.Tests.Rules;
using Workflows.Testing;
using Workflows.Testing.Durable;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;
using Office = Workflows.Orchestrations.Tests.Supervision.Samples;

namespace Workflows.Functions.Tests.Conformance;

/// <summary>The county's own flows under its real rules: disputes, assignments, a plan, and all their notices.</summary>
internal static class CountyStories
{
    private static readonly string[] Names = ["DisputeEscalation", "NoticeDelivery", "PlanActivation", "PlanClosing", "PlanLife", "RulesChange", "SupervisionSheet", "TaskSupervision", "UnitSheets"];

    private static readonly Plan Kept = new(
        "2025-8", "仙政办〔2025〕8号", "社区服务", Day("2025-10-31"), [new PlanTask("T01", "1.1", "党建", Open: true, [new("zzb", AssignmentRole.Lead)], TownshipsImplied: true)]);

    public static IReadOnlyDictionary<string, Scenario> All { get; } = new Dictionary<string, Scenario>
    {
        ["The village settles"] = Of(Neighbours.OpenedAt, async host =>
        {
            var tell = await Open(host, Neighbours);
            await tell(Local("2025-09-28 10:00"), Village, new DisputeFact.SignedFor());
            await tell(Local("2025-09-29 18:00"), Village, new DisputeFact.SessionHeld(Day("2025-09-29")));
            await tell(Local("2025-10-10 09:00"), Village, new DisputeFact.Settled(AgreementForm.Written, Day("2025-10-09")));
            await host.Until(Local("2026-03-31 18:00"));
        }),
        ["Nobody answers and all consent"] = Of(Neighbours.OpenedAt, async host =>
        {
            await Open(host, Neighbours.WithConsent());
            await host.Until(Local("2026-03-31 18:00"));
        }),
        ["Consent is refused"] = Of(Neighbours.OpenedAt, async host =>
        {
            var tell = await Open(host, Neighbours);
            await tell(Local("2025-09-28 10:00"), Village, new DisputeFact.SignedFor());
            await tell(Local("2025-10-20 09:00"), Village, new DisputeFact.ConsentAnswered("a", ConsentToGoUp.Once));
            await tell(Local("2025-10-20 15:00"), Village, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.No));
            await host.Until(Local("2026-03-31 18:00"));
        }),
        ["A task is returned"] = Of(Office.Services.IssuedAt, async host =>
        {
            var tell = await Open(host, Office.Services);
            await tell(Local("2025-09-28 10:00"), Office.Unit, new AssignmentFact.SignedFor());
            await tell(Local("2025-10-30 15:00"), Office.Unit, new AssignmentFact.Claimed());
            await tell(Local("2025-11-05 15:00"), Office.Office, new AssignmentFact.Checked(false));
            await tell(Local("2025-11-10 15:00"), Office.Unit, new AssignmentFact.Claimed());
            await tell(Local("2025-11-11 15:00"), Office.Office, new AssignmentFact.Checked(true));
            await host.Until(Local("2026-03-31 18:00"));
        }),
        ["A task is missed, gets two sheets, and is made good"] = Of(Office.Services.IssuedAt, async host =>
        {
            var tell = await Open(host, Office.Services with { Rules = ReferenceCounty.SheetedVersion });
            await tell(Local("2025-12-10 10:00"), Office.Unit, new AssignmentFact.SignedFor());
            await tell(Local("2025-12-20 15:00"), Office.Unit, new AssignmentFact.Claimed());
            await tell(Local("2025-12-21 15:00"), Office.Office, new AssignmentFact.Checked(true));
            await host.Until(Local("2026-03-31 18:00"));
        }),
        ["A plan is activated"] = Of(Office.Issued, async host =>
        {
            string[] units = ["zzb", "mzj", "sfj"];
            IReadOnlyList<Assignment> fanned = [.. units.Select(unit => Office.Services with { Id = $"2023-3.T18.{unit}", Unit = unit })];
            await host.Start(PlanActivation.FlowName, PlanActivation.FlowId("2023-3"), new ActivatePlan("2023-3", fanned));
            await host.Until(Local("2025-10-31 18:00"));
        }),
        ["The rules change while a dispute and a task run"] = Of(Neighbours.OpenedAt, async host =>
        {
            var tell = await Open(host, Neighbours);
            await Open(host, Office.Services);
            await tell(Local("2025-09-28 10:00"), Village, new DisputeFact.SignedFor());
            await host.Until(Local("2025-10-10 09:00"));
            await host.Start(
                RulesChange.FlowName,
                RulesChange.FlowId(1),
                new ChangeRules(1, OtherRules.Version, "dcs", "longer", RunningCases.Recompute, Local("2025-10-10 09:00")));
            await host.Until(Local("2026-03-31 18:00"));
        }),
        ["A kept plan is activated, gets a unit, expires and is superseded"] = Of(Office.Issued, async host =>
        {
            await host.Start(PlanActivation.FlowName, PlanActivation.FlowId(Kept.Id), new ActivatePlan(Kept.Id, [], ReferenceCounty.Version, Office.Issued, Kept.Version, By: Office.Office));
            var tell = Teller<PlanFact>(host, new PlanLife().FlowId(Kept.Id));
            var added = PlanFanOut.Of(Kept, Kept.Tasks[0], new TaskUnit("sfj", AssignmentRole.Participant), ReferenceCounty.Supervision, Office.Issued);
            await tell(Local("2025-09-28 10:00"), Office.Office, new PlanFact.UnitAdded(added, IsOpen: true, HasText: true));
            await tell(Local("2025-11-03 10:00"), Office.Office, new PlanFact.Superseded("2026-1", ExpiryFate.Close));
            await host.Until(Local("2025-12-31 18:00"));
        }),
    };

    internal static Scenario Of(DateTimeOffset begins, Func<IFlowHost, Task> play) =>
        new(begins, [.. Names.Select(name => FlowCatalogue.All.Newest(name)!)], Shelf(), Activities, play);

    private static RuleShelf Shelf() => ReferenceCounty.Shelf
        .Put(OtherRules.Version, OtherRules.Village(12))
        .Put(OtherRules.Version, OtherRules.Supervision)
        .Put(OtherRules.Version, ReferenceCounty.Notices with { Version = OtherRules.Version });

    internal static async Task<Func<DateTimeOffset, string, DisputeFact, Task>> Open(IFlowHost host, Dispute dispute)
    {
        var kind = new DisputeEscalation();
        await host.Start(kind.Name, kind.FlowId(dispute.Id), CaseRecord.Fresh(dispute.Id, dispute));
        return Teller<DisputeFact>(host, kind.FlowId(dispute.Id));
    }

    private static async Task<Func<DateTimeOffset, string, AssignmentFact, Task>> Open(IFlowHost host, Assignment assignment)
    {
        var kind = new TaskSupervision();
        await host.Start(kind.Name, kind.FlowId(assignment.Id), CaseRecord.Fresh(assignment.Id, assignment));
        return Teller<AssignmentFact>(host, kind.FlowId(assignment.Id));
    }

    private static Func<DateTimeOffset, string, TFact, Task> Teller<TFact>(IFlowHost host, string id)
        where TFact : class
    {
        var told = 0;
        return async (at, by, fact) =>
        {
            await host.Until(at);
            Assert.Equal(SendOutcome.Accepted, await host.Send(id, $"c{++told}", new CaseCommand<TFact>(fact, by, "window")));
        };
    }

    private static ActivityTable Activities() => new ActivityTable()
        .Add<SaveCase, Saved>((save, _) => Task.FromResult(new Saved(save.Version)))
        .Add<SlicePlan, PlanSlice>((part, _) => Task.FromResult(PlanFanOut.Slice(Kept, ReferenceCounty.Supervision, part)))
        .Add<DeliverNotice, DeliveryFact>((_, _) => Task.FromResult<DeliveryFact>(new DeliveryFact.Accepted()))
        .Add<ActivateRules, RulesActivated>((_, _) => Task.FromResult(new RulesActivated(true)))
        .Add<FindCases, CasesFound>((find, _) => Task.FromResult(Found(find)))
        .Add<TakeSheetNumber, UnitSheetsFact>((number, _) => Task.FromResult<UnitSheetsFact>(new UnitSheetsFact.NumberTaken(number.Sheet[^1] - '0')));

    /// <summary>Two stretches in the first pass, and nobody left in the second.</summary>
    private static CasesFound Found(FindCases find) => (find.Pass, find.After) switch
    {
        (1, null) => new CasesFound([new FoundCase("DisputeEscalation", Neighbours.Id, 1, 0)], "1"),
        (1, _) => new CasesFound([new FoundCase("TaskSupervision", Office.Services.Id, 0, 0), new FoundCase("TaskSupervision", "none", 0, 0)], null),
        _ => new CasesFound([], null),
    };
}
