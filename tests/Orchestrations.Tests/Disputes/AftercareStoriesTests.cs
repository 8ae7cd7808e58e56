using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Tests.Durable;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>Whole disputes through the real flows, past their end: every mail, and what is left in the end.</summary>
public sealed class AftercareStoriesTests
{
    private static readonly Dispute Sample = Neighbours with { Rules = ReferenceCounty.FollowedVersion };

    [Fact]
    public void An_agreement_that_is_kept_confirmed_and_liked_closes_without_a_single_overdue_notice()
    {
        var county = Agreed();
        county.Tell(Local("2025-10-13 09:00"), Sample, Village, new DisputeFact.AgreementSigned([new(Signature.Seal, Day("2025-10-13"))]));
        county.Tell(Local("2025-10-14 09:00"), Sample, Village, new DisputeFact.CalledBack("a", CallBackResult.Satisfied));
        county.Tell(Local("2025-10-14 10:00"), Sample, Village, new DisputeFact.CalledBack("b", CallBackResult.Satisfied));
        county.Tell(Local("2025-10-15 09:00"), Sample, Village, new DisputeFact.Rated("a", 5));
        county.Tell(Local("2025-10-20 09:00"), Sample, Village, new DisputeFact.ConfirmationApplied(Day("2025-10-20")));
        county.Tell(Local("2025-10-31 10:00"), Sample, Village, new DisputeFact.ClausePerformed(1));
        county.Tell(Local("2025-11-04 09:00"), Sample, Village, new DisputeFact.ConfirmationDecided(true, Day("2025-11-03")));

        Assert.Equal(
            [
                "10-10 09:00 dispute-signatures-missing 350322001001",
                "10-13 09:00 dispute-settled 350322001001",
                "10-24 08:30 dispute-performance-reminder 350322001001",
                "10-30 08:30 dispute-performance-reminder 350322001001",
            ],
            MailsAfterTheEnd(ToTheEnd(county)));
        Assert.Equal((Local("2025-11-11 00:00"), null), (Closed(county), county.Record<Dispute>(Sample.Id).State.Aftercare!.Left));
    }

    [Fact]
    public void A_broken_promise_brings_the_case_back_and_the_second_agreement_ends_it()
    {
        var county = Agreed();
        county.Tell(Local("2025-10-13 09:00"), Sample, Village, new DisputeFact.AgreementSigned([new(Signature.Seal, Day("2025-10-13"))]));
        county.Tell(Local("2025-11-03 09:00"), Sample, Village, new DisputeFact.ClauseNotPerformed(1, "b"));
        county.Tell(Local("2025-11-03 10:00"), Sample, Village, new DisputeFact.Reopened("a"));
        county.Tell(Local("2025-11-04 09:00"), Sample, Village, new DisputeFact.SignedFor());
        // Nobody is mediated again without a new yes.
        county.Tell(Local("2025-11-05 09:00"), Sample, Village, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-11-05")));
        Assert.Equal("consent-missing", county.Record<Dispute>(Sample.Id).Handled[^1].Refusal);
        county.Tell(Local("2025-11-05 10:00"), Sample, Village, new DisputeFact.MediationConsent("b", Consent.Yes, RecordMeans.Oral));
        county.Tell(Local("2025-11-05 11:00"), Sample, Village, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-11-05")));

        var state = ToTheEnd(county).Record<Dispute>(Sample.Id).State;

        Assert.Equal((DisputeStatus.Settled, 1, 2), (state.Status, state.Reopenings, state.Offers));
        Assert.Equal(Day("2025-10-13"), state.FormerOutcomes!.Single().Agreement!.On);
        Assert.Equal(Day("2025-11-05"), state.Outcome!.Agreement!.On);
        Assert.Equal(
            [
                "11-03 08:30 dispute-performance-overdue 350322001 +zzzx",
                "11-03 09:00 dispute-not-performed 350322001001 +zzzx",
                "11-03 10:00 dispute-offered 350322001001",
                "11-04 08:30 dispute-sign-reminder 350322001001",
                "11-05 11:00 dispute-settled 350322001001",
            ],
            MailsAfterTheEnd(county).Where(mail => string.CompareOrdinal(mail, "11-03") > 0 && string.CompareOrdinal(mail, "11-06") < 0));
    }

    [Fact]
    public void A_followed_case_goes_on_from_every_saved_version()
    {
        var whole = ToTheEnd(Agreed());
        var saves = whole.Saved.Where(save => save.Id == Sample.Id).ToList();

        foreach (var save in saves.Where(save => save.Card.Status == "settled").SkipLast(1))
        {
            var county = new InMemoryCounty(save.Journal[^1].At);
            county.Resume(save);
            ToTheEnd(county);

            Assert.Equal(Closed(whole), Closed(county));
            Assert.Equal(saves.Skip(save.Version).SelectMany(later => later.Journal).Select(entry => entry.Hash), county.Journal(Sample.Id).Skip(save.Journal.Count).Select(entry => entry.Hash));
        }
    }

    [Fact]
    public void A_case_that_ended_before_anything_was_followed_stays_closed_under_new_code()
    {
        var old = Stories.VillageSettles().Record<Dispute>(Neighbours.Id).State;
        var run = new CaseRun<Dispute, DisputeFact, DisputeRules>(new DisputeEscalation(), old, ReferenceCounty.Followed);

        Assert.True(old.Ended);
        Assert.Equal("ended", run.Refuses(Local("2025-10-13 09:00"), "party:a", new DisputeFact.Rated("a", 5)));
    }

    /// <summary>A written agreement of 2025-10-10 with a clause due on 10-31 that lacks the seal.</summary>
    private static InMemoryCounty Agreed()
    {
        var county = new InMemoryCounty(Sample.OpenedAt);
        county.Open(Sample);
        county.Tell(Local("2025-09-28 10:00"), Sample, Village, new DisputeFact.SignedFor());
        county.Tell(Local("2025-10-10 09:00"), Sample, Village, new DisputeFact.Settled(
            AgreementForm.Written,
            Day("2025-10-10"),
            [new ClauseTerms("b", 800m, Day("2025-10-31"))],
            [new("a", Day("2025-10-10")), new("b", Day("2025-10-10")), new(Signature.Mediator, Day("2025-10-10"))]));
        return county;
    }

    private static InMemoryCounty ToTheEnd(InMemoryCounty county)
    {
        county.Flows.RunUntil(Local("2026-03-31 18:00"));
        Assert.All(county.Flows.All, flow => Assert.True(flow.Ended));
        return county;
    }

    private static IEnumerable<string> MailsAfterTheEnd(InMemoryCounty county) =>
        county.Mails.Where(mail => string.CompareOrdinal(mail, "10-10") > 0);

    private static DateTimeOffset? Closed(InMemoryCounty county) => county.Record<Dispute>(Sample.Id).State.ClosedAt;
}
