using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Units;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>The same case taken up again, and a case that closes for good.</summary>
public sealed partial class AftercareTests
{
    [Fact]
    public void A_withdrawn_case_is_offered_again_at_the_level_it_ended_on_with_everything_asked_anew()
    {
        var run = Ended.Mediating(Neighbours.WithConsent());
        run.Does(Ended.At, Village, new DisputeFact.Withdrawn("a"));

        run.Party(Local("2025-10-13 10:00"), "a", new DisputeFact.Reopened("a"));

        Assert.Equal(
            (DisputeStatus.Offered, Level.Village, Village, 2, 1),
            (run.State.Status, run.State.Level, run.State.Handler, run.State.Offers, run.State.Reopenings));
        Assert.Equal([Consent.Yes, Consent.NotAsked], run.State.Parties.Select(party => party.Consent));
        Assert.All(run.State.Parties, party => Assert.Equal(ConsentToGoUp.NotAsked, party.GoUp));
        Assert.Equal((null, null), (run.State.Outcome, run.State.Aftercare));
        Assert.Equal("withdrawn", run.State.FormerOutcomes!.Single().Reason);
        Assert.Equal(Day("2026-01-13"), run.State.Total!.Deadline.Date);
        Assert.Contains("the total term starts anew and ends on 2026-01-13", run.Journal[^2].Line.Text, StringComparison.Ordinal);
        Assert.Equal("10-13 10:00 dispute-offered 350322001001", run.Said[^1]);
        Assert.Contains("disputes.open", run.Kind.Card(run.State, run.Rules).Lists);
    }

    [Theory]
    [InlineData("2025-11-10 23:59", null)]
    [InlineData("2025-11-11 00:00", "ended")]
    public void A_case_is_taken_up_again_within_thirty_days(string at, string? code)
    {
        var run = Ended.Withdrawn();
        if (code is null)
        {
            run.Party(Local(at), "b", new DisputeFact.Reopened("b"));
            return;
        }

        Assert.Equal(code, run.Refuses(Local(at), "party:b", new DisputeFact.Reopened("b")));
    }

    [Fact]
    public void Nobody_but_a_party_for_itself_or_its_handler_has_a_case_taken_up_again()
    {
        var run = Ended.Withdrawn();

        Assert.Equal("not-your-word", run.Refuses(Local("2025-10-13 10:00"), "party:b", new DisputeFact.Reopened("a")));
        Assert.Equal("not-the-handler", run.Refuses(Local("2025-10-13 10:00"), "mzj", new DisputeFact.Reopened("a")));
        Assert.Equal("unknown-party", run.Refuses(Local("2025-10-13 10:00"), "party:c", new DisputeFact.Reopened("c")));
    }

    [Fact]
    public void A_written_agreement_that_never_took_effect_is_taken_up_again()
    {
        var run = Ended.Settled(new DisputeFact.Settled(AgreementForm.Written, Day("2025-10-10"), [new ClauseTerms("b")], []));
        Assert.Null(run.State.Outcome!.Agreement!.On);

        run.Party(Local("2025-10-13 10:00"), "a", new DisputeFact.Reopened("a"));

        Assert.Equal(DisputeStatus.Offered, run.State.Status);
    }

    [Fact]
    public void A_partys_word_through_another_channel_is_none_after_the_end_either()
    {
        var run = Ended.Settled(new ClauseTerms("b"));

        Assert.Equal("not-the-handler", Code(run.Tell(Local("2025-10-13 10:00"), "party:a", new DisputeFact.ClausePerformed(1))));
    }

    [Fact]
    public void A_clause_of_which_nobody_ever_said_whether_it_was_performed_is_taken_up_again()
    {
        var run = Ended.Settled(new ClauseTerms("b", Due: Day("2025-10-20")));
        run.RunUntil(Local("2025-11-10 09:00"));
        Assert.Equal(ClauseState.Unknown, run.State.Aftercare!.Clauses![0].State);

        run.Party(Local("2025-11-10 10:00"), "a", new DisputeFact.Reopened("a"));

        Assert.Equal(DisputeStatus.Offered, run.State.Status);
    }

    [Fact]
    public void When_the_window_is_over_and_something_else_is_still_followed_it_is_too_late_as_well()
    {
        var run = Ended.Withdrawn();
        run.Party(Local("2025-11-10 10:00"), "a", new DisputeFact.ReviewAsked("a"));

        Assert.Equal("reopening-window-over", run.Refuses(Local("2025-11-11 00:00"), "party:a", new DisputeFact.Reopened("a")));
    }

    [Fact]
    public void A_settled_case_is_taken_up_again_only_when_something_agreed_is_not_performed()
    {
        var run = Ended.Settled(new ClauseTerms("b", Due: Day("2025-10-31")));
        Assert.Equal("nothing-unperformed", run.Refuses(Local("2025-11-03 09:00"), "party:a", new DisputeFact.Reopened("a")));
        run.Party(Local("2025-11-03 10:00"), "a", new DisputeFact.ClauseNotPerformed(1, "b"));

        run.Party(Local("2025-11-03 11:00"), "a", new DisputeFact.Reopened("a"));

        Assert.Equal(DisputeStatus.Offered, run.State.Status);
        Assert.NotNull(run.State.FormerOutcomes!.Single().Agreement);
    }

    [Fact]
    public void Whoever_owed_something_after_the_end_hears_that_it_is_followed_no_more_where_the_rules_say_so()
    {
        var run = Ended.Withdrawn();
        var older = Ended.Withdrawn();
        older.Under(older.Rules with { Process = older.Rules.Process with { Aftercare = older.Rules.Process.Aftercare! with { ReopeningTells = null } } });
        foreach (var one in new[] { run, older })
        {
            one.Party(Local("2025-10-13 09:00"), "b", new DisputeFact.ReviewAsked("b"));
            one.Party(Local("2025-10-13 10:00"), "a", new DisputeFact.Reopened("a"));
        }

        Assert.Equal(
            ["10-13 10:00 dispute-offered 350322001001", $"10-13 10:00 dispute-follow-ups-dropped {Township}"],
            run.Said.SkipWhile(line => !line.Contains("offered", StringComparison.Ordinal)).TakeLast(2));
        Assert.Equal($"The case is taken up again; {Township} follows no more: answering the review (b).", run.Journal.Single(entry => entry.Line.What == "FollowUpsDropped").Line.Text);
        Assert.DoesNotContain(older.Said, line => line.Contains("dropped", StringComparison.Ordinal));
    }

    [Fact]
    public void What_lies_with_the_court_or_is_confirmed_is_enforced_and_not_mediated_again()
    {
        var run = Ended.Settled(new ClauseTerms("b", Due: Day("2025-10-13")));
        run.Does(Local("2025-10-14 09:00"), Village, new DisputeFact.ClauseNotPerformed(1, "b"));
        run.Does(Local("2025-10-14 10:00"), Village, new DisputeFact.ConfirmationApplied(Day("2025-10-14")));
        Assert.Equal("at-court", run.Refuses(Local("2025-10-14 11:00"), "party:a", new DisputeFact.Reopened("a")));
        run.Does(Local("2025-10-15 10:00"), Village, new DisputeFact.ConfirmationDecided(true, Day("2025-10-15")));
        Assert.Equal("at-court", run.Refuses(Local("2025-10-15 11:00"), "party:a", new DisputeFact.Reopened("a")));
    }

    [Fact]
    public void A_refused_case_has_only_the_windows_to_rate_and_to_ask_for_a_review()
    {
        var run = Ended.Refused();

        Assert.Equal(["(rating 2025-11-10)", "(review-asking 2025-11-10)"], run.Follows());
        Assert.Equal("not-reopenable", run.Refuses(Local("2025-10-13 10:00"), "party:a", new DisputeFact.Reopened("a")));
        run.Party(Local("2025-10-13 10:00"), "a", new DisputeFact.ReviewAsked("a"));
        Assert.Equal("not-reopenable", run.Refuses(Local("2025-10-14 10:00"), Township, new DisputeFact.ReviewAnswered("a", ReviewOutcome.Reopen)));
    }

    [Fact]
    public void A_review_may_have_the_case_taken_up_again()
    {
        var run = Ended.Failed();
        run.Party(run.Now.AddHours(9), "b", new DisputeFact.ReviewAsked("b"));

        run.Does(run.Now.AddHours(1), Township, new DisputeFact.ReviewAnswered("b", ReviewOutcome.Reopen));

        Assert.Equal((DisputeStatus.Offered, 1), (run.State.Status, run.State.Reopenings));
        Assert.Equal([Consent.NotAsked, Consent.Yes], run.State.Parties.Select(party => party.Consent));
    }

    [Fact]
    public void A_case_with_danger_is_taken_up_again_where_such_a_case_begins()
    {
        var run = Ended.Mediating();
        run.Does(Local("2025-09-29 22:00"), Village, new DisputeFact.DangerReported(["weapons"]));
        run.Does(Ended.At, Village, new DisputeFact.Withdrawn("a"));

        run.Party(Local("2025-10-13 11:00"), "a", new DisputeFact.Reopened("a"));

        Assert.Equal((DisputeStatus.Offered, Level.County, Centre), (run.State.Status, run.State.Level, run.State.Handler));
    }

    [Fact]
    public void A_case_is_taken_up_again_twice_and_no_more()
    {
        var run = Ended.Withdrawn();
        foreach (var day in new[] { "2025-10-13", "2025-10-14" })
        {
            run.Party(Local($"{day} 10:00"), "a", new DisputeFact.Reopened("a"));
            run.Does(Local($"{day} 11:00"), Village, new DisputeFact.Withdrawn("a"));
        }

        Assert.DoesNotContain(run.State.Aftercare!.Open, item => item.Kind == FollowUpKind.Reopening);
        Assert.Equal("reopenings-max", run.Refuses(Local("2025-10-15 10:00"), "party:a", new DisputeFact.Reopened("a")));
        Assert.Equal(["withdrawn", "withdrawn"], run.State.FormerOutcomes!.Select(outcome => outcome.Reason));
    }

    [Fact]
    public void A_case_nobody_says_anything_to_closes_by_itself_once_and_is_silent_from_then_on()
    {
        var run = Ended.Settled();

        run.RunOut();

        Assert.Equal((true, Local("2025-11-11 00:00")), (run.Ended, run.State.ClosedAt));
        Assert.Equal(DisputeStatus.Settled, run.State.Status);
        Assert.Single(run.Written, line => line.EndsWith(" Closed", StringComparison.Ordinal));
        Assert.Equal(
            [
                "10-20 08:30 dispute-call-back-reminder 350322001001",
                "10-21 08:30 dispute-confirmation-reminder 350322001001",
                "10-24 00:00 dispute-call-back-overdue 350322001 +zzzx",
                "10-30 08:30 dispute-call-back-overdue 350322001 +zzzx",
                "10-31 08:30 dispute-confirmation-reminder 350322001001",
                "11-06 08:30 dispute-call-back-overdue 350322001 +zzzx",
                "11-07 08:30 dispute-confirmation-reminder 350322001001",
            ],
            run.SaidSince(Ended.At));
        Assert.Equal("ended", run.Refuses(Local("2025-11-12 10:00"), "party:a", new DisputeFact.Rated("a", 1)));
    }

    [Fact]
    public void An_ended_case_stands_in_the_month_it_ended_and_in_a_list_for_each_thing_that_is_followed()
    {
        var run = Ended.Settled(new ClauseTerms("b", Due: Day("2025-10-31")));

        var card = run.Kind.Card(run.State, run.Rules);

        Assert.Equal("settled", card.Status);
        Assert.Equal(Local("2025-10-24 00:00"), card.Due);
        Assert.Equal(
            ["disputes.ended.2025-10", "disputes.followed", "disputes.aftercare.confirmation", "disputes.aftercare.performance", "disputes.aftercare.call-back"],
            card.Lists.Skip(5));
        run.RunOut();
        Assert.Equal(
            ["disputes.ended.2025-10", "disputes.aftercare.call-back", "disputes.aftercare.performance"],
            run.Kind.Card(run.State, run.Rules).Lists.Skip(5));
    }

    [Fact]
    public void The_handler_adds_files_until_the_case_is_closed_where_the_rules_say_so()
    {
        var scan = new DisputeFact.FileAdded("f1", "agreement", new string('a', 64));
        var run = Ended.Settled();
        var older = Ended.Settled();
        older.Under(older.Rules with { Process = older.Rules.Process with { Aftercare = older.Rules.Process.Aftercare! with { Files = null } } });

        Assert.Equal("not-the-handler", run.Refuses(Local("2025-10-11 09:00"), "sfj", scan));
        run.Tell(Local("2025-10-11 09:00"), Village, scan);
        Assert.Equal("ended", older.Refuses(Local("2025-10-11 09:00"), Village, scan));

        Assert.Equal("f1", Assert.Single(run.State.Files!).File);
        Assert.Equal("FileAdded", run.Journal[^1].Line.What);
        run.RunOut();
        Assert.Equal("ended", run.Refuses(run.Now, Village, scan with { File = "f2" }));
    }

    [Fact]
    public void A_case_of_which_only_a_window_is_open_is_followed_all_the_same()
    {
        var run = MediatingByPlan();

        run.Tell(Local("2025-10-09 10:00"), Village, new DisputeFact.Refused("a"));

        Assert.All(run.State.Aftercare!.Open, item => Assert.True(item.IsWindow));
        Assert.Equal(["disputes.ended.2025-10", "disputes.followed"], run.Kind.Card(run.State, run.Rules).Lists.Skip(5));
    }

    [Fact]
    public void The_words_of_mediation_are_refused_after_the_end_as_before()
    {
        var run = Ended.Settled();

        foreach (var fact in new DisputeFact[] { new DisputeFact.SignedFor(), new DisputeFact.Refused("a"), new DisputeFact.Withdrawn("a"), new DisputeFact.EscalationAsked() })
        {
            Assert.Equal("ended", run.Refuses(Local("2025-10-13 10:00"), Village, fact));
        }
    }
}
