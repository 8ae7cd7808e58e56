using CsCheck;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Tests.Durable;
using Workflows.Orchestrations.Units;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;

namespace Workflows.Orchestrations.Tests.Disputes;

public sealed class DisputeProperties
{
    /// <summary>As shipped, up to the end.</summary>
    private static readonly DisputeRules Rules = ReferenceCounty.Followed with { Process = ReferenceCounty.Followed.Process with { Aftercare = null } };

    /// <summary>Who speaks: the handler most of the time, somebody above it, or a unit that has no say.</summary>
    private static readonly Gen<string> GenBy = Gen.Frequency(
        (6, Gen.Const("handler")), (2, Gen.Const("superior")), (1, Gen.Const("mzj")), (1, Gen.Const(DutyBox)));

    private static readonly Gen<string> GenParty = Gen.OneOf("a", "b", "c", "nobody");

    private static readonly Gen<DateOnly> GenDay =
        Gen.Int[-3, 120].Select(days => LocalTime.Day("2025-06-01").AddDays(days * 3));

    private static readonly Gen<string> GenMediator = Gen.OneOf($"m-{Village}-1", $"m-{Village}-2", $"m-{Township}-1", $"m-{Centre}-1");

    private static readonly Gen<IReadOnlyList<string>?> GenMediators =
        Gen.OneOf(Gen.Const((IReadOnlyList<string>?)null), GenMediator.Array[1, 2].Select(mediators => (IReadOnlyList<string>?)mediators));

    private static readonly Gen<DateOnly> GenPlanDay = Gen.Int[0, 400].Select(days => LocalTime.Day("2025-06-01").AddDays(days));

    private static readonly Gen<DisputeFact> GenFact = Gen.Frequency(
        (1, Gen.Const<DisputeFact>(new DisputeFact.Opened())),
        (1, Gen.Const<DisputeFact>(new DisputeFact.DateReached())),
        (8, Gen.Const<DisputeFact>(new DisputeFact.SignedFor())),
        (2, GenDay.Select(day => (DisputeFact)new DisputeFact.SessionHeld(day))),
        (1, Gen.Select(Gen.Enum<AgreementForm>(), GenDay, (form, day) => (DisputeFact)new DisputeFact.Settled(form, day))),
        (1, GenParty.Select(party => (DisputeFact)new DisputeFact.Refused(party))),
        (1, GenParty.Select(party => (DisputeFact)new DisputeFact.Withdrawn(party))),
        (3, Gen.Const<DisputeFact>(new DisputeFact.EscalationAsked())),
        (1, Gen.Const<DisputeFact>(new DisputeFact.NoAgreement())),
        (6, Gen.Select(GenParty, Gen.Enum<ConsentToGoUp>(), (party, go) => (DisputeFact)new DisputeFact.ConsentAnswered(party, go))),
        (2, Gen.Select(GenParty, Gen.Frequency((9, Gen.Const(Consent.Yes)), (1, Gen.Const(Consent.No))), Gen.Enum<RecordMeans>(), (party, said, means) => (DisputeFact)new DisputeFact.MediationConsent(party, said, means))),
        (2, Gen.OneOf("violence", "weapons", "old-feud", "thunder").Array[0, 2].Select(signs => (DisputeFact)new DisputeFact.DangerReported(signs))),
        (2, Gen.Const<DisputeFact>(new DisputeFact.ReturnAsked())),
        (2, Gen.Select(Gen.Bool, Gen.OneOf(Gen.Const((string?)null), Gen.OneOf(Village, "350322001003", Township, "350322100", Centre, DutyBox, "mzj", "nobody").Select(unit => (string?)unit)), (accepted, unit) => (DisputeFact)new DisputeFact.ReturnDecided(accepted, unit))),
        (2, Gen.OneOf("mzj", Village, Township, "nobody").Select(unit => (DisputeFact)new DisputeFact.AssistAsked(unit))),
        (1, Gen.Const<DisputeFact>(new DisputeFact.AssistGiven())),
        (2, Gen.OneOf("appraisal", "investigation", "holiday").Select(kind => (DisputeFact)new DisputeFact.Suspended(kind))),
        (2, Gen.Const<DisputeFact>(new DisputeFact.Resumed())),
        (2, Gen.Select(Gen.Int[0, 31], Gen.OneOf(["a", "b", "c"], new[] { "a" }), (days, by) => (DisputeFact)new DisputeFact.ExtensionAsked(days, by))),
        (2, Gen.Bool.Select(approved => (DisputeFact)new DisputeFact.ExtensionDecided(approved))),
        (4, Gen.Select(GenPlanDay, Gen.Int[8, 20], GenMediators, (day, hour, mediators) => (DisputeFact)new DisputeFact.SessionPlanned(day, new(hour, 0), new(hour + 1, 30), SessionForm.OnSite, mediators))),
        (1, Gen.Select(Gen.Int[1, 3], GenPlanDay, (session, day) => (DisputeFact)new DisputeFact.SessionMoved(session, day, new(9, 0), new(10, 0)))),
        (1, Gen.Int[1, 3].Select(session => (DisputeFact)new DisputeFact.SessionCancelled(session))),
        (2, Gen.Select(GenDay, Gen.Int[1, 3], GenMediators, (day, session, mediators) => (DisputeFact)new DisputeFact.SessionHeld(day, session, ["a"], mediators))),
        (3, GenMediators.Select(mediators => (DisputeFact)new DisputeFact.MediatorsNamed(mediators ?? []))),
        (2, Gen.Select(GenParty, GenMediator, (party, mediator) => (DisputeFact)new DisputeFact.MediatorChosen(party, mediator))),
        (2, Gen.Select(GenMediator, Gen.OneOf("relative", "weather"), (mediator, kind) => (DisputeFact)new DisputeFact.AvoidanceAsked(mediator, kind))),
        (2, Gen.Select(GenMediator, Gen.Bool, (mediator, accepted) => (DisputeFact)new DisputeFact.AvoidanceDecided(mediator, accepted))),
        (1, GenMediator.Select(mediator => (DisputeFact)new DisputeFact.ConflictDeclared(mediator))),
        (1, Gen.OneOf("f1", "f2").Select(file => (DisputeFact)new DisputeFact.FileAdded(file, "session-record", new string('0', 64)))));

    /// <summary>Something said some hours after the last; sometimes the dates in between were reached late.</summary>
    private static readonly Gen<(int Hours, bool Outage, string By, DisputeFact Fact)[]> GenActions =
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 4].Select(n => n == 0), GenBy, GenFact).Array[0, 25];

    private static readonly Gen<Party[]> GenParties = Gen
        .Select(Gen.Frequency((9, Gen.Const(Consent.Yes)), (1, Gen.Const(Consent.No))), Gen.Enum<ConsentToGoUp>())
        .Array[2, 3]
        .Select(given => given.Select((said, index) => new Party(
            "abc"[index..(index + 1)], index == 0 ? PartyRole.Applicant : PartyRole.Respondent, said.Item1, said.Item2)).ToArray());

    private static readonly Gen<Dispute> GenDispute = Gen.Select(
        Gen.OneOf(Village, VillageWithoutMail, Township, "350322999999"),
        Gen.OneOf("neighbours", "labour", "medical"),
        Gen.Int[1, 6],
        Gen.Bool,
        GenParties,
        Gen.Int[0, 600 * 24],
        Gen.OneOf(Gen.Const((Level?)null), Gen.Enum<Level>().Select(level => (Level?)level)),
        (place, category, people, danger, parties, hours, wanted) => Neighbours with
        {
            Place = place,
            Category = category,
            People = people,
            Danger = danger,
            Parties = parties,
            OpenedAt = LocalTime.Local("2025-06-01 00:00").AddHours(hours),
            WantedLevel = wanted,
        });

    private static readonly Gen<UnitRegister> GenUnits = Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, (village, township, centre) =>
    {
        string[] lost = [village ? Village : "", township ? Township : "", centre ? Centre : ""];
        return ReferenceCounty.UnitsWith(unit => lost.Contains(unit.Id) ? unit with { Mail = null } : unit);
    });

    [Fact]
    public void Whatever_is_said_a_dispute_ends_and_nothing_is_entered_or_said_twice() =>
        Gen.Select(GenDispute, GenUnits, GenActions).Sample(
            (dispute, units, actions) =>
            {
                var run = new CaseRun<Dispute, DisputeFact, DisputeRules>(new DisputeEscalation(), dispute, Rules with { Units = units });
                if (run.Open() is Step<Dispute, DisputeFact>.Refused refused)
                {
                    Assert.Equal("level-below-floor", refused.Code);
                    return;
                }

                List<(Level Level, string Handler)> entered = [];
                Check(run, entered);
                foreach (var (hours, outage, by, fact) in actions)
                {
                    var at = run.Now.AddHours(hours);
                    ReachDates(run, at, outage, entered);
                    var before = (run.Ended, Starts: run.Starts.Count);
                    var step = run.Tell(at, Speaker(run, by), fact);
                    CaseChecks.Step(run, step);
                    Assert.True(!before.Ended || run.Starts.Count == before.Starts, "Nothing is said after the end.");
                    Check(run, entered);
                }

                ReachDates(run, DateTimeOffset.MaxValue, outage: false, entered);

                Assert.True(run.Ended);
                Assert.Empty(run.State.Clocks);
                CaseChecks.Whole(run);
            },
            iter: 400);

    private static void ReachDates(
        CaseRun<Dispute, DisputeFact, DisputeRules> run,
        DateTimeOffset until,
        bool outage,
        List<(Level Level, string Handler)> entered)
    {
        var (moment, steps) = (DateTimeOffset.MinValue, 0);
        while (!run.Ended && run.Kind.Next(run.State) is { } next && next <= until)
        {
            var at = outage ? until : next > run.Now ? next : run.Now;
            steps = at > moment ? 1 : steps + 1;
            moment = at;
            Assert.True(steps <= 100, "More than a hundred dates at one instant.");
            var step = run.Reach(at);
            Assert.IsType<Step<Dispute, DisputeFact>.Taken>(step);
            CaseChecks.Step(run, step);
            Check(run, entered);
        }

        if (run.Ended)
        {
            Assert.IsType<Step<Dispute, DisputeFact>.Nothing>(run.Reach(until == DateTimeOffset.MaxValue ? run.Now.AddYears(1) : until));
        }
    }

    private static void Check(CaseRun<Dispute, DisputeFact, DisputeRules> run, List<(Level Level, string Handler)> entered)
    {
        var dispute = run.State;
        while (entered.Count < dispute.Offers)
        {
            var here = (dispute.Level, dispute.Handler);
            Assert.DoesNotContain(here, entered);
            Assert.True(entered.Count == 0 || entered[^1].Level < here.Level || here.Handler == DutyBox || run.Written.Any(line => line.EndsWith("ReturnAccepted", StringComparison.Ordinal)), "Only up, but for a return.");
            entered.Add(here);
        }

        Assert.Equal(dispute.Offers, entered.Count);
        Assert.Equal(
            CaseChecks.Light(dispute.Clocks, dispute.Status == DisputeStatus.AwaitingConsent),
            run.Kind.Card(dispute, run.Rules).Light);
        Assert.Equal(dispute.Status >= DisputeStatus.Settled, dispute.Ended);
        Assert.True(dispute.Status == DisputeStatus.Mediating || (dispute.SessionPlans, dispute.Mediators) is (null, null), "Sessions and mediators belong to a level.");
        Assert.DoesNotContain(dispute.AllMediators, mediator => dispute.Avoidances?.Any(wish => wish.Mediator == mediator && wish.Accepted == true) == true);
        Assert.All(dispute.AllMediators, mediator => Assert.Equal(dispute.Handler, MediatorId.UnitOf(mediator)));
        Assert.DoesNotContain(run.Notices, notice =>
            (notice.Template.EndsWith("-overdue", StringComparison.Ordinal) || notice.Template == "dispute-total-over")
            && run.Rules.Units.Find(notice.To)!.Kind is UnitKind.Village or UnitKind.Community);
    }

    private static string Speaker(CaseRun<Dispute, DisputeFact, DisputeRules> run, string by) => by switch
    {
        "handler" => run.State.Handler,
        "superior" => run.Rules.Units.SuperiorOf(run.State.Handler)?.Id ?? run.State.Handler,
        _ => by,
    };
}
