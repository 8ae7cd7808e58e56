using Workflows.Orchestrations.Disputes;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>Whether each clause is kept.</summary>
public sealed partial class AftercareTests
{
    [Fact]
    public void A_clauses_date_is_reminded_of_and_asked_after_until_it_was_said_three_times()
    {
        var run = Ended.Settled(new ClauseTerms("b", 500m, Day("2025-10-31")));
        run.RunUntil(JustBefore(Local("2025-11-01 00:00")));
        Assert.Equal(ClauseState.Open, run.State.Aftercare!.Clauses![0].State);
        run.RunOut();

        Assert.Equal(
            [
                "10-24 08:30 dispute-performance-reminder 350322001001",
                "10-30 08:30 dispute-performance-reminder 350322001001",
                "11-01 00:00 dispute-performance-overdue 350322001 +zzzx",
                "11-07 08:30 dispute-performance-overdue 350322001 +zzzx",
                "11-14 08:30 dispute-performance-overdue 350322001 +zzzx",
            ],
            run.Said.Where(line => line.Contains("performance", StringComparison.Ordinal)));
        Assert.Equal(new ClauseAftercare(1, ClauseState.Unknown, Day("2025-11-14")), run.State.Aftercare!.Clauses![0]);
        Assert.Equal(Local("2025-11-14 08:30"), run.State.ClosedAt);
        Assert.Equal("Closed; left undone: calling the parties back, performance of clause.", run.Journal[^1].Line.Text);
    }

    [Fact]
    public void A_clause_that_falls_due_in_a_holiday_is_over_at_its_end_and_repeated_on_workdays()
    {
        var run = Ended.Settled(new ClauseTerms("b", Due: Day("2026-02-17")));

        run.RunOut();

        // Reminded before the Spring Festival; the Saturday 02-28 is worked.
        Assert.Equal(
            ["02-10 08:30", "02-14 08:30", "02-18 00:00", "02-28 08:30", "03-06 08:30"],
            run.Said.Where(line => line.Contains("performance", StringComparison.Ordinal)).Select(line => line[..11]));
    }

    [Fact]
    public void A_performed_clause_is_followed_no_more_whoever_of_the_case_says_so()
    {
        var run = Ended.Settled(new ClauseTerms("b", Due: Day("2025-10-31")), new ClauseTerms("a", Due: Day("2025-12-31")), new ClauseTerms());

        run.Does(Local("2025-10-13 10:00"), Township, new DisputeFact.ClausePerformed(1));
        run.Party(Local("2025-10-13 11:00"), "b", new DisputeFact.ClausePerformed(2));

        Assert.DoesNotContain(run.State.Aftercare!.Open, item => item.Kind == FollowUpKind.Performance);
        Assert.Equal([ClauseState.Performed, ClauseState.Performed, ClauseState.Open], run.State.Aftercare.Clauses!.Select(clause => clause.State));
        Assert.Equal("already-performed", run.Refuses(Local("2025-10-13 12:00"), Village, new DisputeFact.ClausePerformed(1)));
        Assert.Equal("unknown-clause", run.Refuses(Local("2025-10-13 12:00"), Village, new DisputeFact.ClausePerformed(4)));
        Assert.Equal("unknown-clause", run.Refuses(Local("2025-10-13 12:00"), Village, new DisputeFact.ClausePerformed(0)));
        Assert.Equal("not-the-handler", run.Refuses(Local("2025-10-13 12:00"), "mzj", new DisputeFact.ClausePerformed(3)));
        Assert.Equal("unknown-party", run.Refuses(Local("2025-10-13 12:00"), "party:x", new DisputeFact.ClausePerformed(3)));
    }

    [Theory]
    [InlineData("2025-10-30 23:59", "not-due")]
    [InlineData("2025-10-31 23:59", "not-due")]
    [InlineData("2025-11-01 00:00", null)]
    public void A_clause_is_not_unperformed_before_its_day_is_over(string at, string? code)
    {
        var run = Ended.Settled(new ClauseTerms("b", Due: Day("2025-10-31")));
        var failed = new DisputeFact.ClauseNotPerformed(1, "b");

        if (code is null)
        {
            run.Does(Local(at), Village, failed);
        }
        else
        {
            Assert.Equal(code, run.Refuses(Local(at), Village, failed));
        }
    }

    [Theory]
    [InlineData(null, "人民调解法第三十二条")]
    [InlineData(ConfirmationState.Applied, "人民调解法第三十二条")]
    [InlineData(ConfirmationState.Rejected, "人民调解法第三十二条")]
    [InlineData(ConfirmationState.Confirmed, "人民调解法第三十三条；民事诉讼法(2023)第二百五十条")]
    public void Non_performance_names_the_lawful_way_of_an_agreement_that_is_confirmed_or_not(ConfirmationState? court, string article)
    {
        var run = Ended.Settled(new ClauseTerms("b", Due: Day("2025-10-31")));
        if (court is not null)
        {
            run.Does(Local("2025-10-13 10:00"), Village, new DisputeFact.ConfirmationApplied(Day("2025-10-13")));
        }

        if (court is ConfirmationState.Confirmed or ConfirmationState.Rejected)
        {
            run.Does(Local("2025-10-29 10:00"), Village, new DisputeFact.ConfirmationDecided(court == ConfirmationState.Confirmed, Day("2025-10-28")));
        }

        Assert.Equal("not-bound", run.Refuses(Local("2025-11-03 10:00"), Village, new DisputeFact.ClauseNotPerformed(1, "a")));
        run.Party(Local("2025-11-03 10:00"), "a", new DisputeFact.ClauseNotPerformed(1, "b"));

        Assert.Equal("11-03 10:00 dispute-not-performed 350322001001 +zzzx", run.Said[^1]);
        Assert.Contains(article, run.Notices[^1].Model["way"], StringComparison.Ordinal);
        var clause = run.State.Aftercare!.Clauses![0];
        Assert.Equal((ClauseState.NotPerformed, "b"), (clause.State, clause.FailedBy));
        Assert.Equal("already-told", run.Refuses(Local("2025-11-03 11:00"), Village, new DisputeFact.ClauseNotPerformed(1, "b")));

        run.Does(Local("2025-11-04 10:00"), Village, new DisputeFact.ClausePerformed(1));
        Assert.Equal(ClauseState.Performed, run.State.Aftercare!.Clauses![0].State);
    }

    [Fact]
    public void Without_an_agreement_in_effect_there_is_nothing_to_perform_or_confirm()
    {
        var run = Ended.Withdrawn();

        Assert.Equal("not-in-effect", run.Refuses(Local("2025-10-13 10:00"), Village, new DisputeFact.ClausePerformed(1)));
        Assert.Equal("not-in-effect", run.Refuses(Local("2025-10-13 10:00"), Village, new DisputeFact.ConfirmationApplied(Day("2025-10-13"))));
        Assert.Equal("nothing-to-sign", run.Refuses(Local("2025-10-13 10:00"), Village, new DisputeFact.AgreementSigned([new("a", Day("2025-10-13"))])));
    }
}
