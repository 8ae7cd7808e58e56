using System.Text.Json;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Rules;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Testing;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Durable;

/// <summary>One of everything that lands in a history, an inbox or a projection, with as many members set as can be.</summary>
internal static class WireSamples
{
    private static readonly InMemoryCounty Settled = Stories.VillageSettles();
    private static readonly InMemoryCounty Returned = Stories.TaskIsReturned();
    private static readonly InMemoryCounty InFull = Stories.TaskGoesItsWholeWay();
    private static readonly InMemoryCounty Unreachable = Stories.UnreachableVillage();

    private static readonly RulesTally Tally = new(60, 12, 15, 1, 2, new SortedDictionary<string, int> { ["unit-gone"] = 2 }, 1);

    /// <summary>Name of the golden file, declared type, value.</summary>
    public static IReadOnlyDictionary<string, (Type Type, object Value)> All { get; } =
        new SortedDictionary<string, (Type Type, object Value)>(StringComparer.Ordinal)
        {
            ["case-of-dispute-open"] = Of(RecordOf<Dispute>(Stories.EveryLevelTriesAndFails(), 6)),
            ["case-of-dispute-asked"] = Of(RecordOf<Dispute>(Stories.ConsentIsRefused(), 7)),
            ["case-of-dispute-settled"] = Of(RecordOf<Dispute>(Settled, 6)),
            ["case-of-assignment-claimed"] = Of(RecordOf<Assignment>(Returned, 7)),
            ["case-of-assignment-in-full"] = Of(RecordOf<Assignment>(InFull, InFull.Saved.Last(save => save.Card.Summary.GetProperty("status").GetString() == "active" && save.Record.GetProperty("state").TryGetProperty("extension", out _) && save.Id == Stories.CaseOf(InFull)).Version)),
            ["case-of-assignment-struck-off"] = Of(RecordOf<Assignment>(Returned, 11)),
            ["case-of-delivery-down"] = Of(Unreachable.Saved.Last(save => save.Card.Status == "failedTemporary").Record.Deserialize<CaseRecord<Delivery>>(Wire.Options)!),
            ["case-of-delivery-sent"] = Of(Unreachable.Saved.Last(save => save.Card.Status == "sent").Record.Deserialize<CaseRecord<Delivery>>(Wire.Options)!),
            ["commands-to-disputes"] = Of<IReadOnlyList<CaseCommand<DisputeFact>>>(
            [
                .. new DisputeFact[]
                {
                    new DisputeFact.Opened(),
                    new DisputeFact.DateReached(),
                    new DisputeFact.SignedFor(),
                    new DisputeFact.SessionHeld(Day("2025-10-09")),
                    new DisputeFact.Settled(AgreementForm.Written, Day("2025-10-09")),
                    new DisputeFact.Refused("b"),
                    new DisputeFact.Withdrawn("a"),
                    new DisputeFact.EscalationAsked(),
                    new DisputeFact.ConsentAnswered("a", ConsentToGoUp.Once),
                    new DisputeFact.ConsentAnswered("b", ConsentToGoUp.Blanket),
                    new DisputeFact.ConsentAnswered("b", ConsentToGoUp.No, RecordMeans.Online),
                    new DisputeFact.MediationConsent("a", Consent.Yes, RecordMeans.Written),
                    new DisputeFact.DangerReported(["violence"]),
                    new DisputeFact.FileAdded("f1", "session-record", new string('0', 64)),
                    new DisputeFact.ReturnAsked(),
                    new DisputeFact.ReturnDecided(true, "350322001"),
                    new DisputeFact.AssistAsked("mzj"),
                    new DisputeFact.AssistGiven(),
                    new DisputeFact.Suspended("appraisal"),
                    new DisputeFact.Resumed(),
                    new DisputeFact.ExtensionAsked(3, ["a", "b"]),
                    new DisputeFact.ExtensionDecided(true),
                    new DisputeFact.Settled(
                        AgreementForm.Written,
                        Day("2025-10-09"),
                        [new ClauseTerms("b", 1200.50m, Day("2025-11-10")), new ClauseTerms()],
                        [new Signature("a", Day("2025-10-09")), new Signature(Signature.Seal, Day("2025-10-10"))],
                        "identity"),
                    new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-09"), [new ClauseTerms(HasManner: true)], HasFacts: true),
                    new DisputeFact.AgreementSigned([new Signature(Signature.Mediator, Day("2025-10-10"))]),
                    new DisputeFact.ConfirmationApplied(Day("2025-10-20")),
                    new DisputeFact.ConfirmationDecided(true, Day("2025-10-30")),
                    new DisputeFact.ClausePerformed(1),
                    new DisputeFact.ClauseNotPerformed(2, "b"),
                    new DisputeFact.CalledBack("a", CallBackResult.Unreachable),
                    new DisputeFact.Rated("a", 2, HasText: true),
                    new DisputeFact.MendTold("a"),
                    new DisputeFact.ReviewAsked("b"),
                    new DisputeFact.ReviewAnswered("b", ReviewOutcome.Upheld),
                    new DisputeFact.Reopened("a"),
                    new DisputeFact.RulesChanged("r-0123456789abcdef"),
                    new DisputeFact.SessionHeld(Day("2025-10-10"), 1, ["a"], ["m-350322001001-1"], ["f1"]),
                    new DisputeFact.SessionPlanned(Day("2025-10-10"), new TimeOnly(19, 30), new TimeOnly(21, 0), SessionForm.OnSite, ["m-350322001001-1"]),
                    new DisputeFact.SessionMoved(1, Day("2025-10-11"), new TimeOnly(9, 0), new TimeOnly(10, 30), SessionForm.Online, HasPlace: true),
                    new DisputeFact.SessionCancelled(1),
                    new DisputeFact.MediatorsNamed(["m-350322001001-1", "m-350322001001-2"]),
                    new DisputeFact.MediatorChosen("a", "m-350322001001-2"),
                    new DisputeFact.AvoidanceAsked("m-350322001001-1", "relative", "b"),
                    new DisputeFact.AvoidanceDecided("m-350322001001-1", true),
                    new DisputeFact.ConflictDeclared("m-350322001001-2"),
                    new DisputeFact.LinkAsked("D2025-00002"),
                    new DisputeFact.UnlinkAsked("D2025-00002"),
                    new DisputeFact.LinkTold("D2025-00001", true),
                    new DisputeFact.MergeAsked("D2025-00002", [new SameParty("a", "p1")]),
                    new DisputeFact.JoinAsked(new JoiningCase(
                        "D2025-00001", "350322001001", 2, [new Party("a", PartyRole.Applicant)], [new SameParty("a", "p1")], null, ["violence"], true, "summary")),
                    new DisputeFact.JoinAnswered("D2025-00002", [new MovedParty("a", "D2025-00002", "p1")]),
                    new DisputeFact.JoinAnswered("D2025-00002", Code: "suspended", Reason: "It stands still."),
                    new DisputeFact.SplitAsked("D2025-00003", ["b"], 2, ["a"], "family"),
                    new DisputeFact.PeopleMoved("D2025-00003"),
                    new DisputeFact.PeopleNotMoved(),
                    new DisputeFact.CaseGone("D2025-00002"),
                    new DisputeFact.NoAgreement(),
                    new DisputeFact.RepresentativesNamed(PartyRole.Applicant, ["a", "c"]),
                    new DisputeFact.JoinConfirmed("D2025-00001", "merge-D2025-00001-7"),
                    new DisputeFact.JoinTakenBack("D2025-00001", "merge-D2025-00001-7", "it has ended: refused.", "350322001001", "neighbours", Local("2025-09-28 09:00")),
                }.Select(fact => new CaseCommand<DisputeFact>(fact, "350322001001", "window")),
            ]),
            ["commands-to-assignments"] = Of<IReadOnlyList<CaseCommand<AssignmentFact>>>(
            [
                .. new AssignmentFact[]
                {
                    new AssignmentFact.Opened(),
                    new AssignmentFact.DateReached(),
                    new AssignmentFact.SignedFor(),
                    new AssignmentFact.Claimed(),
                    new AssignmentFact.Checked(true),
                    new AssignmentFact.RulesChanged("r-0123456789abcdef"),
                    new AssignmentFact.Claimed([new Figure("I01", 6.5m, Day("2025-10-08"))], ["f1"]),
                    new AssignmentFact.FeedbackGiven("2025-Q4", [new Figure("I01", 6, Day("2025-10-08"))], ["f1"]),
                    new AssignmentFact.FileAdded("f1", "photo", new string('0', 64)),
                    new AssignmentFact.ExtensionAsked(Day("2025-11-28")),
                    new AssignmentFact.ExtensionDecided(true),
                    new AssignmentFact.Suspended("force-majeure"),
                    new AssignmentFact.Resumed(),
                    new AssignmentFact.ObjectionRaised(),
                    new AssignmentFact.ObjectionDecided(true, Done: true),
                    new AssignmentFact.MatterLinked("2026-1.T02"),
                    new AssignmentFact.Closed("superseded", "2026-1"),
                }.Select(fact => new CaseCommand<AssignmentFact>(fact, "mzj", "api")),
            ]),
            ["answers-of-channels"] = Of<IReadOnlyList<DeliveryFact>>(
            [
                new DeliveryFact.Opened(),
                new DeliveryFact.DateReached(),
                new DeliveryFact.Accepted(),
                new DeliveryFact.Undeliverable("no such mailbox"),
                new DeliveryFact.ChannelDown("connection refused"),
                new DeliveryFact.Gathered([new DigestPlace("mzj", new DateOnly(2025, 9, 28))]),
            ]),
            ["gather-notice"] = Of(new GatherNotice(
                Stories.TaskIsLate().Delivered.First(mail => mail.Notice.Copies.Count > 0).Notice, new DateOnly(2025, 9, 28))),
            ["save-case"] = Of(Settled.Saved.First(save => save.Version == 3)),
            ["move-people"] = Of(new MovePeople(
                "D2025-00001", "D2025-00003", [new MovedParty("b", "D2025-00003", "p1"), new MovedParty("a", "D2025-00003", "p2", Stays: true)], [new TextCopy("c1", "summary")], "350322001001", "family", Local("2025-10-14 08:30"))),
            ["saved"] = Of(new Saved(3)),
            ["deliver-notice"] = Of(Stories.TaskIsLate().Delivered.First(mail => mail.Notice.Copies.Count > 0)),
            ["activate-plan"] = Of(new ActivatePlan("2023-3", [Tests.Supervision.Samples.Services])),
            ["activate-kept-plan"] = Of(new ActivatePlan("2023-3", [], "test-rules", Local("2025-09-26 09:00"), "p-0123456789abcdef", 100, "dcs")),
            ["slice-plan"] = Of(new SlicePlan("2023-3", "p-0123456789abcdef", "test-rules", Local("2025-09-26 09:00"), 100, 100)),
            ["plan-slice"] = Of(new PlanSlice("仙政办规〔2023〕3号", "社区服务", Day("2025-12-31"), [Tests.Supervision.Samples.Reported], true)),
            ["close-plan"] = Of(new ClosePlan("2023-3", "p-0123456789abcdef", "test-rules", "superseded", "dcs", "2026-1", true, [new MatterLink("T18", "2026-1.T02")], ["2023-3.T18.sfj"], 100, 7)),
            ["plan-closed"] = Of(new PlanClosed("2023-3", 7)),
            ["case-of-plan"] = Of(CaseRecord.Fresh("2023-3", Tests.Supervision.PlanDeciderTests.Everything())),
            ["commands-to-plans"] = Of<IReadOnlyList<CaseCommand<PlanFact>>>(
            [
                .. new PlanFact[]
                {
                    new PlanFact.Opened(),
                    new PlanFact.DateReached(),
                    new PlanFact.UnitAdded(Tests.Supervision.Samples.Services, IsOpen: true, "仙政办〔2025〕9号", HasText: true),
                    new PlanFact.Superseded("2026-1", ExpiryFate.Close, [new MatterLink("T18", "2026-1.T02")]),
                }.Select(fact => new CaseCommand<PlanFact>(fact, "dcs", "api")),
            ]),
            ["plan-activated"] = Of(new PlanActivated("2023-3", 793)),
            ["change-rules"] = Of(new ChangeRules(
                7, "r-0123456789abcdef", "dcs", "new calendar", RunningCases.Recompute, Local("2025-11-10 09:00"), true, 2, "DisputeEscalation.running.a", 3, Tally)),
            ["change-progress"] = Of(new ChangeProgress("r-0123456789abcdef", RunningCases.Keep, true, Tally, "other-activation")),
            ["activate-rules"] = Of(new ActivateRules(7, "r-0123456789abcdef", "dcs", "new calendar", RunningCases.Keep, Local("2025-11-10 09:00"))),
            ["rules-activated"] = Of(new RulesActivated(false, "other-activation")),
            ["find-cases"] = Of(new FindCases(7, "r-0123456789abcdef", Local("2025-11-10 09:00"), 1, "DisputeEscalation.running.a")),
            ["cases-found"] = Of(new CasesFound([new FoundCase("DisputeEscalation", "XY-2025-000001", 2, 1, "unit-gone")], "TaskSupervision.running.b")),
            ["case-of-unit-sheets"] = Of(Tests.Supervision.Sheets.SheetStoriesTests.UnitInFull()),
            ["case-of-sheet"] = Of(Tests.Supervision.Sheets.SheetStoriesTests.SheetInFull()),
            ["commands-to-unit-sheets"] = Of<IReadOnlyList<CaseCommand<UnitSheetsFact>>>(
            [
                .. new UnitSheetsFact[]
                {
                    new UnitSheetsFact.Opened(),
                    new UnitSheetsFact.DateReached(),
                    new UnitSheetsFact.MatterChanged("2023-3.T18.mzj", "2023-3.T18", "社区服务", [new MissedCause("finish", Day("2025-10-31"))], Ended: true),
                    new UnitSheetsFact.SheetReleased("mzj.s1", ["2023-3.T18"], SheetResult.Lapsed, "仙政督〔2025〕1号", "blue", Day("2025-11-05")),
                    new UnitSheetsFact.IssueAsked("2023-3.T18.mzj", "2023-3.T18", "社区服务", "orange"),
                    new UnitSheetsFact.ImportantRegistered("2023-3.T18", "red"),
                    new UnitSheetsFact.NumberTaken(12),
                    new UnitSheetsFact.NumberFailed("the store is down."),
                    new UnitSheetsFact.RulesChanged("other-rules"),
                }.Select(fact => new CaseCommand<UnitSheetsFact>(fact, "dcs", "api")),
            ]),
            ["commands-to-sheets"] = Of<IReadOnlyList<CaseCommand<SheetFact>>>(
            [
                .. new SheetFact[]
                {
                    new SheetFact.Opened(),
                    new SheetFact.DateReached(),
                    new SheetFact.SignedFor(),
                    new SheetFact.Answered(),
                    new SheetFact.Closed(),
                    new SheetFact.Returned(),
                    new SheetFact.MatterMended("2023-3.T18"),
                    new SheetFact.RulesChanged("other-rules"),
                }.Select(fact => new CaseCommand<SheetFact>(fact, "dcs", "api")),
            ]),
            ["take-sheet-number"] = Of(new TakeSheetNumber("仙政督", 2025, "mzj.s1")),
            ["answers-of-numbers"] = Of<UnitSheetsFact>(new UnitSheetsFact.NumberTaken(12)),
            ["case-end"] = Of(new CaseEnd("settled", 6)),
            ["case-status"] = Of(new CaseStatus("XY-2025-000001", "mediating", "yellow", Local("2025-10-14 08:30"))),
        };

    private static (Type Type, object Value) Of<T>(T value)
        where T : notnull => (typeof(T), value);

    private static CaseRecord<TState> RecordOf<TState>(InMemoryCounty county, int version) =>
        county.Saved.Single(save => save.Id == Stories.CaseOf(county) && save.Version == version)
            .Record.Deserialize<CaseRecord<TState>>(Wire.Options)!;
}
