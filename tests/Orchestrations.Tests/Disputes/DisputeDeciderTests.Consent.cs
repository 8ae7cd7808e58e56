using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Units;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>A case goes up with consent on record, or it ends with a rights notice.</summary>
public sealed partial class DisputeDeciderTests
{
    [Fact]
    public void With_blanket_consent_the_case_goes_up_at_once()
    {
        var run = Mediating(Neighbours.WithConsent());

        run.RunUntil(EndOf(run.State.Term));

        Assert.Equal(
            [
                "10-18 00:00 TermOver",
                "10-18 00:00 LevelEnded",
                "10-18 00:00 Transferred",
                "10-18 00:00 Offered",
            ],
            run.Written.TakeLast(4));
        Assert.Equal(
            [
                "10-18 00:00 dispute-term-overdue 350322001 +zzzx",
                "10-18 00:00 dispute-transferred 350322001001",
                "10-18 00:00 dispute-offered 350322001",
            ],
            run.Said.TakeLast(3));
        Assert.Equal((DisputeStatus.Offered, Level.Township, Township), (run.State.Status, run.State.Level, run.State.Handler));
        Assert.Equal([Village], run.State.FormerHandlers!);
        Assert.All(run.State.Parties, party => Assert.Equal(ConsentToGoUp.Blanket, party.GoUp));
    }

    [Fact]
    public void One_party_without_an_answer_is_enough_to_ask()
    {
        var run = Mediating(Neighbours with
        {
            Parties = [Neighbours.Parties[0] with { GoUp = ConsentToGoUp.Blanket }, Neighbours.Parties[1]],
        });

        run.RunUntil(EndOf(run.State.Term));

        Assert.Equal((DisputeStatus.AwaitingConsent, Village), (run.State.Status, run.State.Handler));
        Assert.Equal("10-18 00:00 dispute-consent-asked 350322001001", run.Said[^1]);
    }

    [Fact]
    public void The_last_answer_that_was_missing_sends_the_case_up()
    {
        var run = AwaitingConsent();

        run.Tell(Local("2025-10-20 09:00"), Village, new DisputeFact.ConsentAnswered("a", ConsentToGoUp.Once));
        Assert.Equal(DisputeStatus.AwaitingConsent, run.State.Status);

        run.Tell(Local("2025-10-21 09:00"), Village, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.Blanket));
        Assert.Equal((DisputeStatus.Offered, Township), (run.State.Status, run.State.Handler));
        Assert.Null(run.State.ConsentTerm);
        Assert.Null(run.State.GoingUp);
    }

    [Fact]
    public void Consent_for_once_is_used_up_by_one_transfer_and_blanket_consent_stays()
    {
        var run = AwaitingConsent();
        run.Tell(Local("2025-10-20 09:00"), Village, new DisputeFact.ConsentAnswered("a", ConsentToGoUp.Once));
        run.Tell(Local("2025-10-20 09:05"), Village, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.Blanket));

        Assert.Equal(
            [ConsentToGoUp.NotAsked, ConsentToGoUp.Blanket],
            run.State.Parties.Select(party => party.GoUp));

        run.Tell(Local("2025-10-20 10:00"), Township, new DisputeFact.SignedFor());
        run.RunUntil(EndOf(run.State.Term));
        Assert.Equal((DisputeStatus.AwaitingConsent, Township), (run.State.Status, run.State.Handler));
    }

    [Fact]
    public void A_no_ends_the_case_with_a_rights_notice_and_never_pushes_it_on()
    {
        var run = AwaitingConsent();
        var said = run.Said.Count;

        run.Tell(Local("2025-10-20 09:00"), Village, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.No));

        Assert.Equal(DisputeStatus.Refused, run.State.Status);
        Assert.Equal(new Outcome(Local("2025-10-20 09:00"), "refused", "b"), run.State.Outcome);
        Assert.Equal(["10-20 09:00 dispute-rights-notice 350322001001"], run.Said.Skip(said));
        Assert.Equal(Level.Village, run.State.Level);
    }

    [Fact]
    public void A_no_that_was_given_before_ends_the_case_when_the_level_ends()
    {
        var run = Mediating();
        run.Tell(Local("2025-10-09 09:00"), Village, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.No));
        Assert.Equal(DisputeStatus.Mediating, run.State.Status);

        run.RunUntil(EndOf(run.State.Term));

        Assert.Equal(new Outcome(Local("2025-10-18 00:00"), "refused", "b"), run.State.Outcome);
        Assert.Equal(
            ["10-18 00:00 dispute-term-overdue 350322001 +zzzx", "10-18 00:00 dispute-rights-notice 350322001001"],
            run.Said.TakeLast(2));
    }

    [Fact]
    public void A_party_may_change_its_mind_while_the_level_still_works()
    {
        var run = Mediating();
        run.Tell(Local("2025-10-09 09:00"), Village, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.No));
        run.Tell(Local("2025-10-10 09:00"), Village, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.Blanket));
        run.Tell(Local("2025-10-10 09:05"), Village, new DisputeFact.ConsentAnswered("a", ConsentToGoUp.Once));

        run.RunUntil(EndOf(run.State.Term));

        Assert.Equal((DisputeStatus.Offered, Township), (run.State.Status, run.State.Handler));
    }

    [Fact]
    public void The_handler_may_ask_the_next_level_before_its_term_is_over()
    {
        var run = Mediating(Neighbours.WithConsent());

        run.Tell(Local("2025-10-09 09:00"), Village, new DisputeFact.EscalationAsked());

        Assert.Equal((DisputeStatus.Offered, Township, 0), (run.State.Status, run.State.Handler, run.State.Overdue));
        var ended = Assert.Single(run.Journal, entry => entry.Line.What == "LevelEnded");
        Assert.Equal("The village level ends: the handler asks the next level.", ended.Line.Text);
        Assert.NotNull(ended.Line.TextId);
    }

    [Fact]
    public void A_refusal_at_intake_ends_the_case_at_once()
    {
        var run = Open(Neighbours with { Parties = [Neighbours.Parties[0], Neighbours.Parties[1] with { Consent = Consent.No }] });

        Assert.Equal(DisputeStatus.Refused, run.State.Status);
        Assert.Equal(new Outcome(Opened, "refused", "b"), run.State.Outcome);
        Assert.Equal(["09-26 09:00 Registered", "09-26 09:00 Triaged", "09-26 09:00 Refused"], run.Written);
        Assert.Equal(["09-26 09:00 dispute-rights-notice zbs"], run.Said);
    }
}
