using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>Calls, ratings, mending and reviews.</summary>
public sealed partial class AftercareTests
{
    [Fact]
    public void A_call_back_is_done_when_every_party_was_reached()
    {
        var run = Ended.Settled();

        run.Does(Local("2025-10-13 10:00"), Village, new DisputeFact.CalledBack("a", CallBackResult.Satisfied));
        Assert.Contains("call-back 2025-10-23", run.Follows());
        Assert.Equal("no-call-due", run.Refuses(Local("2025-10-13 10:30"), Village, new DisputeFact.CalledBack("a", CallBackResult.Satisfied)));
        run.Does(Local("2025-10-13 11:00"), Township, new DisputeFact.CalledBack("b", CallBackResult.Unsatisfied));

        Assert.DoesNotContain("call-back 2025-10-23", run.Follows());
        Assert.Equal(
            [CallBackResult.Satisfied, CallBackResult.Unsatisfied], run.State.Aftercare!.Parties.Select(party => party.CallBack!.Value));
    }

    [Fact]
    public void A_party_that_cannot_be_reached_is_let_be_after_three_tries()
    {
        var run = Ended.Settled();
        run.Does(Local("2025-10-13 10:00"), Village, new DisputeFact.CalledBack("a", CallBackResult.Satisfied));

        foreach (var day in new[] { "2025-10-13 11:00", "2025-10-14 11:00" })
        {
            run.Does(Local(day), Village, new DisputeFact.CalledBack("b", CallBackResult.Unreachable));
            Assert.Contains("call-back 2025-10-23", run.Follows());
        }

        run.Does(Local("2025-10-15 11:00"), Village, new DisputeFact.CalledBack("b", CallBackResult.Unreachable));
        Assert.DoesNotContain("call-back 2025-10-23", run.Follows());
        Assert.Equal("no-call-due", run.Refuses(Local("2025-10-16 10:00"), Village, new DisputeFact.CalledBack("b", CallBackResult.Unreachable)));
    }

    [Fact]
    public void A_late_call_takes_the_matter_off_the_board()
    {
        var run = Ended.Settled();
        run.RunUntil(Local("2025-11-06 08:30"));
        Assert.Equal([FollowUpKind.CallBack], run.State.Aftercare!.Left!);

        run.Does(Local("2025-11-07 10:00"), Village, new DisputeFact.CalledBack("a", CallBackResult.Satisfied));
        Assert.Equal([FollowUpKind.CallBack], run.State.Aftercare!.Left!);
        run.Does(Local("2025-11-07 11:00"), Village, new DisputeFact.CalledBack("b", CallBackResult.Satisfied));

        Assert.Null(run.State.Aftercare!.Left);
    }

    [Theory]
    [InlineData(0, "stars")]
    [InlineData(6, "stars")]
    public void A_rating_has_one_to_five_stars(int stars, string code) =>
        Assert.Equal(code, Ended.Settled().Refuses(Local("2025-10-13 10:00"), "party:a", new DisputeFact.Rated("a", stars)));

    [Fact]
    public void A_party_rates_for_itself_may_change_it_within_the_window_and_never_after()
    {
        var run = Ended.Settled(new ClauseTerms(Due: Day("2025-12-31")));

        Assert.Equal("not-your-word", run.Refuses(Local("2025-10-13 10:00"), "party:b", new DisputeFact.Rated("a", 5)));
        Assert.Equal("not-the-handler", run.Refuses(Local("2025-10-13 10:00"), "mzj", new DisputeFact.Rated("a", 5)));
        run.Party(Local("2025-10-13 10:00"), "a", new DisputeFact.Rated("a", 4));
        Assert.Equal("rated-by-itself", run.Refuses(Local("2025-11-10 23:58"), Village, new DisputeFact.Rated("a", 5)));
        run.Party(Local("2025-11-10 23:59"), "a", new DisputeFact.Rated("a", 5, HasText: true));

        var party = run.State.Aftercare!.Parties[0];
        Assert.Equal((5, true), (party.Stars, party.RatingTextId is not null));
        Assert.Equal("rating-window-over", run.Refuses(Local("2025-11-11 00:00"), "party:a", new DisputeFact.Rated("a", 1)));
    }

    [Fact]
    public void The_handler_rates_on_behalf_of_a_party_until_it_says_its_own_word()
    {
        var run = Ended.Settled();
        run.Does(Local("2025-10-13 10:00"), Village, new DisputeFact.Rated("a", 5));
        run.Does(Local("2025-10-13 11:00"), Village, new DisputeFact.Rated("a", 4));

        run.Party(Local("2025-10-13 12:00"), "a", new DisputeFact.Rated("a", 1));

        Assert.Equal("rated-by-itself", run.Refuses(Local("2025-10-13 13:00"), Township, new DisputeFact.Rated("a", 5)));
        Assert.Equal((1, (bool?)false), (run.State.Aftercare!.Parties[0].Stars!.Value, run.State.Aftercare.Parties[0].Mended));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Two_stars_are_poor_and_three_are_not(int stars, bool poor)
    {
        var run = Ended.Settled();

        run.Party(Local("2025-10-13 10:00"), "a", new DisputeFact.Rated("a", stars));

        Assert.Equal(poor, run.Follows().Contains("mend a 2025-10-20"));
        Assert.Equal(poor ? false : null, run.State.Aftercare!.Parties[0].Mended);
    }

    [Fact]
    public void A_poor_rating_is_mended_by_the_responsible_unit_and_said_to_its_superior_when_it_is_not()
    {
        var run = Ended.Settled();
        run.Party(Local("2025-10-13 10:00"), "a", new DisputeFact.Rated("a", 1));
        run.RunUntil(JustBefore(Local("2025-10-21 00:00")));
        Assert.Contains("mend a 2025-10-20", run.Follows());
        run.RunOut();

        Assert.Equal(
            [
                "10-13 10:00 dispute-poor-rating 350322001",
                "10-17 08:30 dispute-mend-reminder 350322001",
                "10-21 00:00 dispute-mend-overdue 350322001 +zzzx",
                "10-23 08:30 dispute-mend-overdue 350322001 +zzzx",
                "10-28 08:30 dispute-mend-overdue 350322001 +zzzx",
            ],
            run.Said.Where(line => line.Contains("mend", StringComparison.Ordinal) || line.Contains("poor", StringComparison.Ordinal)));
        Assert.True(run.Ended);
        Assert.Contains("disputes.aftercare.mend", run.Kind.Card(run.State, run.Rules).Lists);
    }

    [Fact]
    public void Telling_the_party_ends_the_mending_and_the_next_poor_star_does_not_begin_another()
    {
        var run = Ended.Settled();
        Assert.Equal("nothing-to-mend", run.Refuses(Local("2025-10-13 09:00"), Township, new DisputeFact.MendTold("a")));
        run.Party(Local("2025-10-13 10:00"), "a", new DisputeFact.Rated("a", 2));

        run.Does(Local("2025-10-14 10:00"), Township, new DisputeFact.MendTold("a"));
        Assert.DoesNotContain(run.State.Aftercare!.Open, item => item.Kind == FollowUpKind.Mend);
        run.Party(Local("2025-10-15 10:00"), "a", new DisputeFact.Rated("a", 1));

        Assert.DoesNotContain(run.State.Aftercare!.Open, item => item.Kind == FollowUpKind.Mend);
        Assert.Equal((1, true), (run.State.Aftercare.Parties[0].Stars, run.State.Aftercare.Parties[0].Mended));
    }

    [Fact]
    public void Whoever_rates_poorly_is_called_in_every_case_even_after_a_refusal_or_a_call()
    {
        var refused = Ended.Refused();
        refused.Party(Local("2025-10-13 10:00"), "b", new DisputeFact.Rated("b", 1));
        Assert.Contains("call-back b 2025-10-27", refused.Follows());
        refused.Does(Local("2025-10-14 10:00"), Village, new DisputeFact.CalledBack("b", CallBackResult.Unsatisfied));
        Assert.DoesNotContain("call-back b 2025-10-27", refused.Follows());

        var called = Ended.Settled();
        called.Does(Local("2025-10-13 09:00"), Village, new DisputeFact.CalledBack("a", CallBackResult.Satisfied));
        called.Does(Local("2025-10-13 09:30"), Village, new DisputeFact.CalledBack("b", CallBackResult.Satisfied));
        called.Party(Local("2025-10-13 10:00"), "b", new DisputeFact.Rated("b", 1));
        Assert.Contains("call-back b 2025-10-27", called.Follows());
        Assert.Equal("no-call-due", called.Refuses(Local("2025-10-13 11:00"), Village, new DisputeFact.CalledBack("a", CallBackResult.Satisfied)));
    }

    [Fact]
    public void A_review_goes_to_the_unit_above_the_handler_with_a_clock_of_its_own()
    {
        var run = Ended.Settled();

        run.Party(Local("2025-10-13 10:00"), "b", new DisputeFact.ReviewAsked("b"));

        Assert.Contains("review b 2025-11-12", run.Follows());
        Assert.Equal("10-13 10:00 dispute-review-asked 350322001", run.Said[^1]);
        Assert.Equal("review-asked", run.Refuses(Local("2025-10-13 11:00"), "party:b", new DisputeFact.ReviewAsked("b")));
        Assert.Equal("not-yours", run.Refuses(Local("2025-10-14 10:00"), Village, new DisputeFact.ReviewAnswered("b", ReviewOutcome.Upheld)));
        Assert.Equal("no-review", run.Refuses(Local("2025-10-14 10:00"), Township, new DisputeFact.ReviewAnswered("a", ReviewOutcome.Upheld)));

        run.Does(Local("2025-10-14 10:00"), Township, new DisputeFact.ReviewAnswered("b", ReviewOutcome.Upheld));
        Assert.Equal("10-14 10:00 dispute-review-answered 350322001001", run.Said[^1]);
        Assert.Equal(ReviewOutcome.Upheld, run.State.Aftercare!.Parties[1].Review!.Outcome);
        Assert.Equal("no-review", run.Refuses(Local("2025-10-15 10:00"), Township, new DisputeFact.ReviewAnswered("b", ReviewOutcome.Upheld)));
    }

    [Fact]
    public void A_review_that_is_not_answered_is_said_to_the_reviewer_and_its_superior()
    {
        var run = Ended.Settled();
        run.Party(Local("2025-10-13 10:00"), "b", new DisputeFact.ReviewAsked("b"));

        run.RunOut();

        Assert.Equal(
            [
                "10-13 10:00 dispute-review-asked 350322001",
                "10-31 08:30 dispute-review-reminder 350322001",
                "11-07 08:30 dispute-review-reminder 350322001",
                "11-13 00:00 dispute-review-overdue 350322001 +zzzx",
                "11-19 08:30 dispute-review-overdue 350322001 +zzzx",
                "11-26 08:30 dispute-review-overdue 350322001 +zzzx",
            ],
            run.Said.Where(line => line.Contains("review", StringComparison.Ordinal)));
        Assert.Equal(Local("2025-11-26 08:30"), run.State.ClosedAt);
    }

    [Theory]
    [InlineData("2025-11-10 23:59", true)]
    [InlineData("2025-11-11 00:00", false)]
    public void A_review_is_asked_for_within_thirty_days(string at, bool taken)
    {
        var run = Ended.Settled(new ClauseTerms(Due: Day("2025-12-31")));
        run.RunUntil(Local(at));

        var step = run.Tell(Local(at), "party:a", new DisputeFact.ReviewAsked("a"), "party");

        Assert.Equal(taken, step is Step<Dispute, DisputeFact>.Taken);
    }
}
