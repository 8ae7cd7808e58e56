using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>What is said while one case is being taken into another, in whatever order both hear it. The second asks the first.</summary>
public sealed class MergeWordsTests
{
    private const string One = TwoCases.One;
    private const string Two = TwoCases.Two;

    public static TheoryData<DisputeFact, DisputeStatus> Ends => new()
    {
        { new DisputeFact.Refused("p2"), DisputeStatus.Refused },
        { new DisputeFact.MediationConsent("p2", Consent.No, RecordMeans.Online), DisputeStatus.Refused },
        { new DisputeFact.Withdrawn("p1"), DisputeStatus.Withdrawn },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_party_ends_mediation_at_once_though_its_case_waits_for_another_and_is_not_taken_in(DisputeFact word, DisputeStatus status)
    {
        var cases = new TwoCases();
        cases.Say(Two, new DisputeFact.MergeAsked(One));

        Assert.IsType<Step<Dispute, DisputeFact>.Taken>(cases.Say(Two, word));

        Assert.Equal((status, true), (cases[Two].Status, cases[Two].Merge is null));
        // The first hears the question and that it is taken back, and has nobody of the second any more.
        Assert.Equal(2, cases.Unread(One));
        cases.Settle();
        Assert.Equal((DisputeStatus.Mediating, 2), (cases[One].Status, cases[One].People));
        Assert.Equal(["p1", "p2"], cases[One].Parties.Select(party => party.Id));
        Assert.Equal([Two, One], cases.Moves.Select(move => move.From));
        Assert.Equal([new MovedParty("p3", Two, "p1"), new MovedParty("p4", Two, "p2")], cases.Moves[1].Parties);
        Assert.Null(cases[One].Joined);
        Assert.Null(cases[One].PeopleToMove);
        Assert.Equal(["dispute-joined", "dispute-join-taken-back"], cases.Templates(One).TakeLast(2));
        Assert.Equal("TakenInTooLate", cases.Written(Two).Last());
        Assert.Equal(status, cases[Two].Status);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_party_whose_case_was_taken_in_before_its_word_was_read_ends_mediation_there(DisputeFact word, DisputeStatus status)
    {
        var cases = new TwoCases();
        cases.Say(Two, new DisputeFact.MergeAsked(One));
        cases.Read(One);
        // The answer lies before the party's word.
        cases.Send(Two, word, by: word is DisputeFact.Withdrawn ? "party:p1" : "party:p2", via: Speakers.PartyVia);

        cases.Settle();

        Assert.Equal((DisputeStatus.Merged, true), (cases[Two].Status, cases[Two].Ended));
        Assert.Equal((status, word is DisputeFact.Withdrawn ? "p3" : "p4"), (cases[One].Status, cases[One].Outcome!.Party));
        Assert.Equal(["Merged", "HandedOn", "Closed"], cases.Written(Two).TakeLast(3));
    }

    [Fact]
    public void A_word_that_is_handed_on_is_checked_first()
    {
        var cases = new TwoCases();
        cases.Say(Two, new DisputeFact.MergeAsked(One));
        cases.Read(One);
        cases.Read(Two, most: 1);
        Assert.True(cases[Two].HandsOn);

        Assert.Equal("not-your-word", Code(cases.Say(Two, new DisputeFact.Refused("p2"), "party:p1", Speakers.PartyVia)!));
        Assert.Equal("not-the-handler", Code(cases.Say(Two, new DisputeFact.Refused("p2"), "mzj")!));
        Assert.Equal("unknown-party", Code(cases.Say(Two, new DisputeFact.Refused("p9"))!));
        Assert.Equal("ended", Code(cases.Say(Two, new DisputeFact.SessionHeld(Day("2025-10-09")))!));
        Assert.Equal("not-yours", Code(cases.Say(One, new DisputeFact.JoinTakenBack(Two, "q", "it has ended.", Village, "neighbours", cases.Now))!));
        cases.Settle();
        Assert.Equal(DisputeStatus.Mediating, cases[One].Status);
    }

    [Fact]
    public void What_was_said_since_it_asked_goes_along()
    {
        var cases = new TwoCases();
        cases.Say(Two, new DisputeFact.MergeAsked(One));
        cases.Say(Two, new DisputeFact.DangerReported(["weapons"]));
        cases.Say(Two, new DisputeFact.ConsentAnswered("p1", ConsentToGoUp.Blanket, RecordMeans.Written));
        cases.Say(Two, new DisputeFact.ConsentAnswered("p2", ConsentToGoUp.No, RecordMeans.Written));

        cases.Settle();

        Assert.Equal((DisputeStatus.Merged, DisputeStatus.Mediating), (cases[Two].Status, cases[One].Status));
        Assert.Equal(["weapons"], cases[One].DangerSigns);
        Assert.Equal(2, cases.Templates(One).Count(template => template == "dispute-alert"));
        Assert.Equal(
            [ConsentToGoUp.NotAsked, ConsentToGoUp.NotAsked, ConsentToGoUp.Blanket, ConsentToGoUp.No], cases[One].Parties.Select(party => party.GoUp));
    }

    [Fact]
    public void What_was_said_before_it_asked_is_known_and_not_said_again()
    {
        var cases = new TwoCases();
        cases.Say(Two, new DisputeFact.DangerReported(["weapons"]));
        cases.Say(Two, new DisputeFact.MediationConsent("p1", Consent.Yes, RecordMeans.Written));
        cases.Say(Two, new DisputeFact.ConsentAnswered("p1", ConsentToGoUp.Blanket, RecordMeans.Written));
        cases.Say(Two, new DisputeFact.MergeAsked(One));

        cases.Settle();

        Assert.Equal(DisputeStatus.Merged, cases[Two].Status);
        Assert.Equal((ConsentToGoUp.Blanket, 1), (cases[One].Parties[2].GoUp, cases.Written(One).Count(what => what == "Alerted")));
        Assert.DoesNotContain(cases.Written(One), what => what is "DangerReported" or "MediationConsent" or "ConsentAnswered");
    }

    [Fact]
    public void A_yes_to_be_mediated_that_is_said_since_it_asked_goes_along()
    {
        var cases = new TwoCases();
        cases.Say(Two, new DisputeFact.Withdrawn("p1"));
        cases.Say(Two, new DisputeFact.Reopened("p1"));
        cases.Say(Two, new DisputeFact.MergeAsked(One));
        cases.Say(Two, new DisputeFact.MediationConsent("p2", Consent.Yes, RecordMeans.Phone));
        cases.Read(One, most: 1);
        Assert.Equal(Consent.NotAsked, cases[One].Parties[3].Consent);

        cases.Settle();

        Assert.Equal((DisputeStatus.Merged, Consent.Yes, RecordMeans.Phone), (cases[Two].Status, cases[One].Parties[3].Consent, cases[One].Parties[3].ConsentSaid!.Means));
    }

    [Fact]
    public void A_case_that_has_gone_up_before_the_answer_is_not_taken_back_down()
    {
        var cases = new TwoCases(ConsentToGoUp.Blanket);
        cases.Say(Two, new DisputeFact.MergeAsked(One));
        cases.Now = Local("2025-10-09 10:00");
        cases.Reach(Two);
        cases.Say(Two, new DisputeFact.EscalationAsked());
        Assert.Equal((DisputeStatus.Offered, Level.Township), (cases[Two].Status, cases[Two].Level));

        cases.Settle();

        Assert.Equal((DisputeStatus.Offered, true), (cases[Two].Status, cases[Two].Merge is null));
        Assert.Equal("MergeRefused", cases.Written(Two).Last());
        Assert.Equal(2, cases[One].Parties.Count);
    }

    [Fact]
    public void A_party_that_takes_its_consent_back_before_the_answer_is_not_carried_up()
    {
        var cases = new TwoCases(ConsentToGoUp.Blanket);
        cases.Say(One, new DisputeFact.EscalationAsked());
        cases.Say(One, new DisputeFact.SignedFor());
        Assert.Equal((DisputeStatus.Mediating, Level.Township), (cases[One].Status, cases[One].Level));
        cases.Say(Two, new DisputeFact.MergeAsked(One), by: Township);
        cases.Say(Two, new DisputeFact.ConsentAnswered("p2", ConsentToGoUp.No, RecordMeans.Written));

        cases.Settle();

        Assert.Equal((DisputeStatus.Mediating, Level.Village, true), (cases[Two].Status, cases[Two].Level, cases[Two].Merge is null));
        Assert.Equal(2, cases[One].Parties.Count);
    }

    [Fact]
    public void An_answer_to_an_earlier_question_is_none_to_this_one()
    {
        var cases = new TwoCases();
        cases.Say(Two, new DisputeFact.MergeAsked(One));
        cases.Say(Two, new DisputeFact.Withdrawn("p1"));
        cases.Send(One, new DisputeFact.Suspended("appraisal"));
        cases.Say(Two, new DisputeFact.Reopened("p1"));
        cases.Say(Two, new DisputeFact.MergeAsked(One));

        // The first takes the second in, lets it go, stands still and does not take it in again.
        cases.Settle();

        Assert.Equal(["Joined", "PeopleMoved", "JoinTakenBack", "PeopleMoved", "Suspended", "JoinRefused"], cases.Written(One).TakeLast(6));
        Assert.Equal((DisputeStatus.Offered, true), (cases[Two].Status, cases[Two].Merge is null));
        Assert.Equal(["TakenInTooLate", "MergeRefused"], cases.Written(Two).TakeLast(2));
    }

    [Fact]
    public void A_question_that_was_taken_back_takes_nothing_from_the_next_one()
    {
        var cases = new TwoCases();
        cases.Say(Two, new DisputeFact.MergeAsked(One));
        cases.Say(Two, new DisputeFact.Withdrawn("p1"));
        cases.Say(Two, new DisputeFact.Reopened("p1"));
        cases.Say(Two, new DisputeFact.MergeAsked(One));
        cases.Read(One);
        // It hears the yes to its first question, which it takes back once more, and then the yes to the second.
        cases.Read(Two, most: 1);

        cases.Settle();

        Assert.Equal((DisputeStatus.Merged, "TakenInTooLate"), (cases[Two].Status, cases.Written(Two).SkipLast(2).Last()));
        Assert.Equal(["p1", "p2", "p5", "p6"], cases[One].Parties.Select(party => party.Id));
    }

    [Fact]
    public void Nobody_goes_on_from_the_other_case_before_his_own_has_ended_by_it()
    {
        var cases = new TwoCases();
        cases.Say(Two, new DisputeFact.MergeAsked(One));
        cases.Read(One);
        var (merge, split) = (new DisputeFact.MergeAsked("D2025-00003"), new DisputeFact.SplitAsked("D2025-00003", ["p3"], 2, ["p2"]));

        Assert.Equal("joining", Code(cases.Say(One, merge)!));
        Assert.Equal("joining", Code(cases.Say(One, split)!));
        Assert.True(cases[One].Joined![0].Unconfirmed);
        cases.Settle();

        Assert.Equal("JoinConfirmed", cases.Written(One).Last());
        Assert.Null(cases[One].Joined![0].Unconfirmed);
        Assert.IsType<Step<Dispute, DisputeFact>.Nothing>(cases.Say(One, new DisputeFact.JoinConfirmed(Two, cases[One].Joined![0].Question!), via: DisputeTies.Via));
        Assert.Null(Code(cases.Say(One, split)!));
    }

    [Fact]
    public void Nobody_meets_a_mediator_again_from_whom_he_was_kept()
    {
        var (kept, asked) = ($"m-{Village}-1", $"m-{Village}-2");
        var cases = new TwoCases();
        cases.Say(One, new DisputeFact.MediatorsNamed([kept, asked, $"m-{Village}-3"]));
        cases.Say(One, new DisputeFact.AvoidanceAsked(asked, "other", "p1"));
        cases.Say(Two, new DisputeFact.ConflictDeclared(kept));
        cases.Say(Two, new DisputeFact.AvoidanceAsked(asked, "other"));
        Assert.Equal("wish-open", Code(cases.Say(Two, new DisputeFact.MergeAsked(One))!));
        cases.Say(Two, new DisputeFact.AvoidanceDecided(asked, Accepted: true), Township);
        cases.Say(Two, new DisputeFact.MergeAsked(One));

        cases.Settle();

        Assert.Equal([$"m-{Village}-3"], cases[One].Mediators);
        Assert.Equal([(asked, "p1", true, true), (kept, null, true, true)], cases[One].Avoidances!.Select(wish => (wish.Mediator, wish.Party, wish.Accepted, wish.Decide is null)));
        Assert.Equal("mediator-removed", Code(cases.Say(One, new DisputeFact.MediatorsNamed([kept]))!));
        Assert.Equal(2, cases.Templates(One).Count(template => template == "dispute-avoidance-decided"));
        Assert.Contains(cases.Moves[0].Texts, text => text.As.StartsWith($"{Two}.", StringComparison.Ordinal) && text.As != $"{Two}.summary");
    }

    [Fact]
    public void A_case_that_goes_up_in_the_step_in_which_it_takes_another_in_carries_nobody_up_who_does_not_want_it()
    {
        var cases = new TwoCases(ConsentToGoUp.Blanket, people: 3);
        cases.Say(Two, new DisputeFact.MergeAsked(One));
        cases.Say(Two, new DisputeFact.ConsentAnswered("p2", ConsentToGoUp.No, RecordMeans.Online));

        cases.Settle();

        Assert.Equal((Level.Township, 2), (cases[One].Level, cases[One].Parties.Count));
        Assert.Equal((DisputeStatus.Mediating, Level.Village), (cases[Two].Status, cases[Two].Level));
    }

    [Fact]
    public void An_end_in_which_the_parties_were_is_not_changed_when_their_case_takes_its_question_back()
    {
        var cases = new TwoCases();
        cases.Say(Two, new DisputeFact.MergeAsked(One));
        cases.Send(Two, new DisputeFact.Refused("p2"));
        cases.Read(One);
        cases.Say(One, new DisputeFact.Withdrawn("p1"));

        cases.Settle();

        Assert.Equal((DisputeStatus.Withdrawn, 4), (cases[One].Status, cases[One].Parties.Count));
        Assert.Equal("JoinStands", cases.Written(One).Last());
        Assert.DoesNotContain("dispute-join-taken-back", cases.Templates(One));
    }

    [Fact]
    public void Who_leaves_again_neither_keeps_the_others_waiting_nor_a_choice_of_his()
    {
        var cases = new TwoCases();
        cases.Say(One, new DisputeFact.ConsentAnswered("p1", ConsentToGoUp.Blanket, RecordMeans.Written));
        cases.Say(One, new DisputeFact.ConsentAnswered("p2", ConsentToGoUp.Blanket, RecordMeans.Written));
        cases.Say(Two, new DisputeFact.MergeAsked(One));
        cases.Send(Two, new DisputeFact.Refused("p2"));
        cases.Read(One);
        cases.Say(One, new DisputeFact.MediatorChosen("p3", $"m-{Village}-1"));
        cases.Say(One, new DisputeFact.MediatorChosen("p1", $"m-{Village}-1"));
        var choosing = cases[One];
        var left = DisputeDecider.Decide(
            choosing,
            new DisputeFact.JoinTakenBack(Two, choosing.Joined![0].Question!, "it has ended.", Village, "neighbours", cases.Now),
            new Occasion(cases.Now, Village, DisputeTies.Via, "back"),
            Workflows.Testing.ReferenceCounty.Followed);
        Assert.Equal(["p1"], Assert.IsType<Step<Dispute, DisputeFact>.Taken>(left).State.MediatorChoices!.Select(choice => choice.Party));
        cases.Say(One, new DisputeFact.EscalationAsked());
        Assert.Equal(DisputeStatus.AwaitingConsent, cases[One].Status);

        cases.Settle();

        Assert.Equal((DisputeStatus.Offered, Level.Township), (cases[One].Status, cases[One].Level));
    }

    [Fact]
    public void A_no_to_an_old_question_a_second_yes_and_a_yes_of_a_case_that_was_not_asked_mean_nothing()
    {
        var run = MediatingByPlan(Neighbours with { Id = Two, Parties = [new Party("p1", PartyRole.Applicant, Consent.Yes), new Party("p2", PartyRole.Respondent, Consent.Yes)] });
        var yes = new DisputeFact.JoinAnswered(One, [new("p1", One, "p3"), new("p2", One, "p4")]);
        Step<Dispute, DisputeFact> Hears(DisputeFact fact) => run.Tell(Local("2025-10-09 09:00"), Village, fact, DisputeTies.Via);

        Assert.IsType<Step<Dispute, DisputeFact>.Nothing>(Hears(new DisputeFact.JoinAnswered(One, Code: "suspended", Reason: "It stands still.", Question: "old")));
        run.Tell(Local("2025-10-09 09:00"), Village, new DisputeFact.MergeAsked(One));
        Assert.IsType<Step<Dispute, DisputeFact>.Nothing>(Hears(yes with { Case = "D2025-00003" }));
        Assert.Equal(One, run.State.Merge!.Into);
        Hears(yes);
        Assert.Equal(DisputeStatus.Merged, run.State.Status);
        Assert.IsType<Step<Dispute, DisputeFact>.Nothing>(Hears(yes with { Question = "old" }));
    }
}
