using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using static Workflows.Orchestrations.Tests.Supervision.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Supervision;

/// <summary>More time, and time that does not count.</summary>
public sealed class AssignmentTimeTests
{
    /// <summary>Due on Friday 2025-10-31; no feedback is asked before.</summary>
    private static readonly Assignment Short = Reported with { Due = Day("2025-10-31"), Cadence = Cadence.None };

    [Fact]
    public void More_time_is_asked_with_a_day_and_granted_by_the_supervising_office()
    {
        var run = Supervised(Short).RunUntil(Local("2025-10-20 09:00"));

        Taken(run.Tell(Local("2025-10-20 09:00"), Unit, new AssignmentFact.ExtensionAsked(Day("2025-11-30"))));
        Assert.Equal((Office, Day("2025-10-23")), (run.State.Extension!.Approver, run.State.Extension.Decide.Deadline.Date));
        Assert.Equal("already-asked", Code(run.Tell(Local("2025-10-20 09:01"), Unit, new AssignmentFact.ExtensionAsked(Day("2025-11-29")))));
        Assert.Equal("not-yours", Code(run.Tell(Local("2025-10-21 09:00"), "zfw", new AssignmentFact.ExtensionDecided(true))));
        Taken(run.Tell(Local("2025-10-21 09:00"), Office, new AssignmentFact.ExtensionDecided(true)));

        Assert.Equal((Day("2025-11-30"), Day("2025-10-31")), (run.State.FinishBy, run.State.Due));
        Assert.Contains(run.State.Finish!.Deadline.Why, step => step.Rule == "extended");
        Assert.Equal(["10-20 09:00 assignment-extension-asked dcs", "10-21 09:00 assignment-extended mzj"], run.Said.TakeLast(2));
        run.RunUntil(Local("2025-11-30 23:59"));
        Assert.False(run.State.Finish!.IsOverdue);
        run.RunUntil(Local("2025-12-01 00:00"));
        Assert.True(run.State.Finish!.IsOverdue);
    }

    [Theory]
    [InlineData("2025-10-31 23:59", null)]
    [InlineData("2025-11-01 00:00", "extension-late")]
    public void It_can_be_asked_until_the_last_hour_of_the_last_day(string at, string? code)
    {
        var run = Supervised(Short).RunUntil(JustBefore(Local(at)));

        var step = run.Tell(Local(at), Unit, new AssignmentFact.ExtensionAsked(Day("2025-11-10")));

        Assert.Equal(code, (step as Step<Assignment, AssignmentFact>.Refused)?.Code);
    }

    [Fact]
    public void The_date_does_not_pass_while_the_wish_waits_and_passes_at_once_when_nobody_decides()
    {
        var run = Supervised(Short).RunUntil(Local("2025-10-31 23:00"));
        run.Tell(Local("2025-10-31 23:00"), Unit, new AssignmentFact.ExtensionAsked(Day("2025-11-10")));
        var said = run.Said.Count;
        run.RunUntil(Local("2025-11-06 00:00"));

        // Three workdays: 3, 4, 5 November.
        Assert.Equal(
            [
                "11-04 08:30 assignment-extension-reminder dcs",
                "11-06 00:00 assignment-extension-refused mzj",
                "11-06 00:00 assignment-overdue mzj +dcs",
            ],
            run.Said.Skip(said));
        Assert.Equal((Day("2025-10-31"), 1, null), (run.State.FinishBy, run.State.Extensions, run.State.Granted));
    }

    [Fact]
    public void A_late_yes_before_the_end_of_the_decision_still_counts_from_the_old_date()
    {
        var run = Supervised(Short).RunUntil(Local("2025-10-31 23:00"));
        run.Tell(Local("2025-10-31 23:00"), Unit, new AssignmentFact.ExtensionAsked(Day("2025-11-10")));
        run.RunUntil(Local("2025-11-05 23:00"));
        Taken(run.Tell(Local("2025-11-05 23:00"), Office, new AssignmentFact.ExtensionDecided(true)));

        Assert.Equal((Day("2025-11-10"), 0), (run.State.FinishBy, run.State.Finish!.OverdueSaid));
    }

    [Theory]
    [InlineData("2025-10-31", "extension-days", null)]
    [InlineData("2025-11-01", null, "dcs")]
    [InlineData("2025-11-30", null, "dcs")] // thirty days
    [InlineData("2025-12-01", null, "zfw")] // thirty-one: the leaders
    [InlineData("2026-01-29", null, "zfw")] // ninety
    [InlineData("2026-01-30", "extension-days", null)]
    public void How_much_may_be_asked_and_of_whom_is_the_countys_rule(string until, string? code, string? approver)
    {
        var run = Supervised(Short);

        var step = run.Tell(Local("2025-10-20 09:00"), Unit, new AssignmentFact.ExtensionAsked(Day(until)));

        Assert.Equal((code, approver), ((step as Step<Assignment, AssignmentFact>.Refused)?.Code, run.State.Extension?.Approver));
    }

    [Fact]
    public void It_is_granted_twice_at_most_and_a_refusal_does_not_count()
    {
        var run = Supervised(Short);
        var at = Local("2025-10-20 09:00");
        run.Tell(at, Unit, new AssignmentFact.ExtensionAsked(Day("2025-11-05")));
        run.Tell(at, Office, new AssignmentFact.ExtensionDecided(false));
        foreach (var until in new[] { "2025-11-05", "2025-11-10" })
        {
            Taken(run.Tell(at, Unit, new AssignmentFact.ExtensionAsked(Day(until))));
            Taken(run.Tell(at, Office, new AssignmentFact.ExtensionDecided(true)));
        }

        Assert.Equal("extension-cap", Code(run.Tell(at, Unit, new AssignmentFact.ExtensionAsked(Day("2025-11-12")))));
        Assert.Equal("not-asked", Code(run.Tell(at, Office, new AssignmentFact.ExtensionDecided(true))));
        Assert.Equal(run.Notices.Count, run.Notices.Select(notice => notice.Key).Distinct().Count());
    }

    [Fact]
    public void Nobody_else_asks_and_a_claim_needs_no_more_time()
    {
        var run = Supervised(Short);
        Assert.Equal("not-the-unit", Code(run.Tell(Local("2025-10-20 09:00"), Office, new AssignmentFact.ExtensionAsked(Day("2025-11-05")))));
        run.Tell(Local("2025-10-20 09:00"), Unit, new AssignmentFact.ExtensionAsked(Day("2025-11-05")));
        run.Tell(Local("2025-10-20 10:00"), Unit, new AssignmentFact.Claimed());

        Assert.Null(run.State.Extension);
        Assert.Equal("not-running", Code(run.Tell(Local("2025-10-20 11:00"), Unit, new AssignmentFact.ExtensionAsked(Day("2025-11-05")))));
        Assert.Equal("not-in-these-rules", Code(Active().Tell(Local("2025-10-20 09:00"), Unit, new AssignmentFact.ExtensionAsked(Day("2025-11-05")))));
    }

    [Fact]
    public void A_standstill_moves_the_date_by_the_days_it_really_took_and_nothing_is_said_meanwhile()
    {
        var run = Supervised(Short).RunUntil(Local("2025-10-20 09:00"));
        Assert.Equal("not-the-supervision", Code(run.Tell(Local("2025-10-20 09:00"), Unit, new AssignmentFact.Suspended("force-majeure"))));
        Assert.Equal("unknown-standstill", Code(run.Tell(Local("2025-10-20 09:00"), Office, new AssignmentFact.Suspended("tired"))));
        Taken(run.Tell(Local("2025-10-20 09:00"), Office, new AssignmentFact.Suspended("force-majeure")));
        var said = run.Said.Count;
        Assert.Equal("suspended", Code(run.Tell(Local("2025-10-21 09:00"), Unit, new AssignmentFact.Claimed())));
        Assert.Equal("suspended", Code(run.Tell(Local("2025-10-21 09:00"), Unit, new AssignmentFact.ExtensionAsked(Day("2025-11-05")))));
        Assert.Equal("suspended", Code(run.Tell(Local("2025-10-21 09:00"), Office, new AssignmentFact.Suspended("force-majeure"))));
        run.RunUntil(Local("2025-11-10 09:00"));
        Assert.Equal(said, run.Said.Count);
        Assert.Equal("yellow", run.Kind.Card(run.State, run.Rules).Light);

        Taken(run.Tell(Local("2025-11-10 09:00"), Unit, new AssignmentFact.Resumed()));

        // From 20 October to 10 November: 21 days.
        Assert.Equal(Day("2025-11-21"), run.State.FinishBy);
        Assert.Equal("not-suspended", Code(run.Tell(Local("2025-11-10 09:00"), Unit, new AssignmentFact.Resumed())));
    }

    [Fact]
    public void A_standstill_over_a_feedback_date_moves_it_too()
    {
        var run = Supervised().RunUntil(Local("2025-11-06 09:00"));
        run.Tell(Local("2025-11-06 09:00"), Office, new AssignmentFact.Suspended("waits-for-others"));
        run.RunUntil(Local("2025-11-12 09:00"));
        Assert.False(run.State.Feedback!.Clock.IsOverdue);
        run.Tell(Local("2025-11-12 09:00"), Office, new AssignmentFact.Resumed());

        // The 6th, 7th, 10th and 11th did not count: 13 November instead of the 7th.
        Assert.Equal(Day("2025-11-13"), run.State.Feedback!.Clock.Deadline.Date);
        run.RunUntil(Local("2025-11-13 23:59"));
        Assert.False(run.State.Feedback!.Clock.IsOverdue);
        run.RunUntil(Local("2025-11-14 00:00"));
        Assert.True(run.State.Feedback!.Clock.IsOverdue);
    }

    [Theory]
    [InlineData("force-majeure", "2026-04-18")] // 180 days with the first
    [InlineData("waits-for-others", "2025-12-19")] // 60
    public void It_goes_on_by_itself_at_its_longest(string kind, string ends)
    {
        var run = Supervised(Short).RunUntil(Local("2025-10-21 09:00"));
        run.Tell(Local("2025-10-21 09:00"), Office, new AssignmentFact.Suspended(kind));

        Assert.Equal(Local($"{ends} 00:00").AddDays(1), run.Kind.Next(run.State)!.Value);
        run.RunUntil(JustBefore(Local($"{ends} 00:00").AddDays(1)));
        Assert.NotNull(run.State.Standstill);
        run.RunUntil(Local($"{ends} 00:00").AddDays(1));
        Assert.Null(run.State.Standstill);
        Assert.Equal("assignment-resumed", run.Notices[^1].Template);
    }
}
