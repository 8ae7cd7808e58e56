using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>Nobody is mediated without a yes; a party speaks for itself; danger is told at once.</summary>
public sealed class DisputeConsentTests
{
    private static Dispute NotAsked => Neighbours with { Parties = [new Party("a", PartyRole.Applicant, Consent.Yes), new Party("b", PartyRole.Respondent)] };

    [Fact]
    public void Neither_a_session_nor_an_agreement_is_had_before_every_party_has_consented()
    {
        var run = Mediating(NotAsked);
        foreach (var fact in new DisputeFact[] { new DisputeFact.SessionHeld(Day("2025-09-29")), new DisputeFact.Settled(AgreementForm.Oral, Day("2025-09-29")) })
        {
            Assert.Equal(
                new Step<Dispute, DisputeFact>.Refused("consent-missing", "Not every party has consented to mediation: b."),
                run.Tell(Local("2025-09-29 09:00"), Village, fact));
        }

        run.Tell(Local("2025-09-29 10:00"), Village, new DisputeFact.MediationConsent("b", Consent.Yes, RecordMeans.Phone));

        Assert.Equal(new ConsentSaid(Local("2025-09-29 10:00"), RecordMeans.Phone), run.State.Parties[1].ConsentSaid);
        run.Tell(Local("2025-09-29 11:00"), Village, new DisputeFact.SessionHeld(Day("2025-09-29")));
        Assert.Equal(1, run.State.Sessions);
    }

    [Fact]
    public void Rules_of_before_ask_for_no_consent_on_record()
    {
        var old = ReferenceCounty.Disputes with { Process = ReferenceCounty.Disputes.Process with { ConsentRequired = null } };
        var run = new CaseRun<Dispute, DisputeFact, DisputeRules>(new DisputeEscalation(), Mediating(NotAsked).State, old);

        Assert.IsType<Step<Dispute, DisputeFact>.Taken>(run.Tell(Local("2025-09-29 09:00"), Village, new DisputeFact.SessionHeld(Day("2025-09-29"))));
    }

    [Fact]
    public void A_consent_that_is_taken_back_ends_the_case_at_once()
    {
        var run = Mediating();

        run.Tell(Local("2025-09-29 09:00"), Village, new DisputeFact.MediationConsent("a", Consent.No, RecordMeans.Written));

        Assert.Equal((DisputeStatus.Refused, "a"), (run.State.Status, run.State.Outcome!.Party));
        Assert.Equal("09-29 09:00 dispute-rights-notice 350322001001", run.Said[^1]);
    }

    [Fact]
    public void Blanket_consent_can_be_taken_back_until_it_is_used()
    {
        var run = Mediating(Neighbours.WithConsent());
        run.Tell(Local("2025-09-29 09:00"), Village, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.No, RecordMeans.Oral));
        Assert.Equal(DisputeStatus.Mediating, run.State.Status);

        run.RunUntil(EndOf(run.State.Term));

        Assert.Equal((DisputeStatus.Refused, Level.Village), (run.State.Status, run.State.Level));
    }

    [Fact]
    public void A_party_says_its_own_word_and_nobody_elses()
    {
        var run = Mediating(NotAsked);

        Assert.IsType<Step<Dispute, DisputeFact>.Taken>(AsParty(run, "b", new DisputeFact.MediationConsent("b", Consent.Yes, RecordMeans.Online)));
        foreach (var fact in new DisputeFact[] { new DisputeFact.MediationConsent("a", Consent.No, RecordMeans.Online), new DisputeFact.Refused("a"), new DisputeFact.Withdrawn("a"), new DisputeFact.ConsentAnswered("a", ConsentToGoUp.Once) })
        {
            Assert.Equal(new Step<Dispute, DisputeFact>.Refused("not-your-word", "A party speaks for nobody but itself."), AsParty(run, "b", fact));
        }

        foreach (var fact in new DisputeFact[] { new DisputeFact.SignedFor(), new DisputeFact.SessionHeld(Day("2025-09-28")), new DisputeFact.EscalationAsked(), new DisputeFact.FileAdded("f", "x", "0"), new DisputeFact.Suspended("appraisal"), new DisputeFact.ExtensionAsked(1, ["a", "b"]), new DisputeFact.Resumed() })
        {
            Assert.IsType<Step<Dispute, DisputeFact>.Refused>(AsParty(run, "b", fact));
        }

        Assert.IsType<Step<Dispute, DisputeFact>.Taken>(AsParty(run, "b", new DisputeFact.Refused("b")));
    }

    [Fact]
    public void A_party_of_another_channel_is_no_party()
    {
        var run = Mediating();

        var step = run.Tell(Local("2025-09-29 09:00"), "party:a", new DisputeFact.Refused("a"));

        Assert.Equal("not-the-handler", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(step).Code);
    }

    [Fact]
    public void Danger_is_told_at_once_by_whoever_sees_it_and_the_case_stays_until_the_parties_consent()
    {
        var run = Mediating();

        run.Tell(Local("2025-10-01 22:00"), "mzj", new DisputeFact.DangerReported(["weapons"]));

        Assert.Equal((DisputeStatus.Mediating, Village, Level.County, true), (run.State.Status, run.State.Handler, run.State.LiftTo, run.State.Danger));
        Assert.Equal(
            ["10-01 22:00 dispute-alert gaj !", "10-01 22:00 dispute-alert zfw !", "10-01 22:00 dispute-lift-needs-consent 350322001001 !"],
            run.Said.TakeLast(3));

        run.Tell(Local("2025-10-02 09:00"), Village, new DisputeFact.ConsentAnswered("a", ConsentToGoUp.Once, RecordMeans.Phone));
        Assert.Equal(Village, run.State.Handler);
        run.Tell(Local("2025-10-02 10:00"), Village, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.Once, RecordMeans.Phone));
        Assert.Equal((DisputeStatus.Offered, Level.County, Centre, (Level?)null), (run.State.Status, run.State.Level, run.State.Handler, run.State.LiftTo));
    }

    [Fact]
    public void Danger_with_consent_on_record_lifts_the_case_and_each_report_alerts_again()
    {
        var run = Mediating(Neighbours.WithConsent());
        run.Tell(Local("2025-10-01 22:00"), Village, new DisputeFact.DangerReported(["violence"]));
        Assert.Equal((DisputeStatus.Offered, Township), (run.State.Status, run.State.Handler));

        run.Tell(Local("2025-10-02 09:00"), Village, new DisputeFact.DangerReported(["violence"]));

        Assert.Equal(Township, run.State.Handler);
        Assert.Equal(4, run.Said.Count(said => said.Contains("dispute-alert", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_consent_to_the_next_level_from_before_the_danger_lifts_by_that_level_alone_and_the_parties_are_asked_for_the_rest()
    {
        var run = MediatingByPlan(Neighbours.WithConsent(ConsentToGoUp.Once));

        run.Tell(Local("2025-09-29 22:00"), Village, new DisputeFact.DangerReported(["weapons"]));

        Assert.Equal((Township, Level.County), (run.State.Handler, run.State.LiftTo));
        Assert.Equal(["09-29 22:00 dispute-offered 350322001 !", "09-29 22:00 dispute-lift-needs-consent 350322001 !"], run.Said.TakeLast(2));
        run.Tell(Local("2025-09-30 09:00"), Township, new DisputeFact.ConsentAnswered("a", ConsentToGoUp.Once, RecordMeans.Phone));
        Assert.Equal(Township, run.State.Handler);
        run.Tell(Local("2025-09-30 10:00"), Township, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.Once, RecordMeans.Phone));
        Assert.Equal((Centre, (Level?)null), (run.State.Handler, run.State.LiftTo));
    }

    [Fact]
    public void A_consent_that_was_asked_for_because_of_the_danger_lifts_to_the_level_it_asks_for()
    {
        var run = MediatingByPlan();
        run.Tell(Local("2025-09-29 22:00"), Village, new DisputeFact.DangerReported(["weapons"]));

        run.Tell(Local("2025-09-30 09:00"), Village, new DisputeFact.ConsentAnswered("a", ConsentToGoUp.Once, RecordMeans.Phone));
        run.Tell(Local("2025-09-30 10:00"), Village, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.Blanket, RecordMeans.Phone));

        Assert.Equal((DisputeStatus.Offered, Level.County, Centre, (Level?)null), (run.State.Status, run.State.Level, run.State.Handler, run.State.LiftTo));
    }

    [Fact]
    public void A_level_that_ends_by_its_term_leads_to_the_next_whatever_danger_asks_for()
    {
        var run = MediatingByPlan();
        run.Tell(Local("2025-09-29 22:00"), Village, new DisputeFact.DangerReported(["weapons"]));
        run.RunUntil(EndOf(run.State.Term));
        Assert.Equal((DisputeStatus.AwaitingConsent, Level.County), (run.State.Status, run.State.LiftTo));

        run.Tell(Local("2025-10-20 09:00"), Village, new DisputeFact.ConsentAnswered("a", ConsentToGoUp.Once, RecordMeans.Phone));
        run.Tell(Local("2025-10-20 10:00"), Village, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.Once, RecordMeans.Phone));

        // The parties were asked for the township; for the county they are asked anew.
        Assert.Equal((DisputeStatus.Offered, Township, Level.County), (run.State.Status, run.State.Handler, run.State.LiftTo));
    }

    [Fact]
    public void Of_several_signs_the_gravest_says_which_level_should_take_over()
    {
        var run = MediatingByPlan();

        run.Tell(Local("2025-09-29 22:00"), Village, new DisputeFact.DangerReported(["violence", "weapons", "old-feud"]));

        Assert.Equal(Level.County, run.State.LiftTo);
    }

    [Fact]
    public void A_sign_that_alerts_nobody_alerts_nobody()
    {
        var run = Mediating();

        run.Tell(Local("2025-10-01 22:00"), Village, new DisputeFact.DangerReported(["old-feud"]));

        Assert.Equal("10-01 22:00 dispute-lift-needs-consent 350322001001 !", run.Said[^1]);
        Assert.DoesNotContain(run.Said, said => said.Contains("alert", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("weapons", Level.County, true)]
    [InlineData("violence", Level.Township, true)]
    [InlineData("old-feud", Level.Township, false)]
    public void A_sign_named_at_registration_sets_the_floor_and_the_alert(string sign, Level level, bool alert)
    {
        var run = Open(Neighbours with { Danger = true, DangerSigns = [sign] });

        Assert.Equal(level, run.State.Level);
        Assert.Equal(alert, run.Said.Any(said => said.Contains("dispute-alert", StringComparison.Ordinal)));
    }

    private static Step<Dispute, DisputeFact> AsParty(CaseRun<Dispute, DisputeFact, DisputeRules> run, string party, DisputeFact fact) =>
        run.Tell(Local("2025-09-29 09:00"), $"party:{party}", fact, "party");
}
