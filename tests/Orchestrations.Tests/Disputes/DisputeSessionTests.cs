using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>
/// Sessions that are planned, moved, cancelled and held. The village has signed on Sunday 2025-09-28, a working day; its
/// term ends on 2025-10-17, after the holiday of 1 to 8 October.
/// </summary>
public sealed class DisputeSessionTests
{
    private const string First = "m-350322001001-1";
    private static readonly DisputeFact.SessionPlanned Evening = new(Day("2025-10-10"), At(19, 30), At(21, 0), SessionForm.OnSite);

    [Fact]
    public void A_planned_session_is_told_reminded_of_a_working_day_before_and_held_with_who_was_there()
    {
        var run = MediatingByPlan();
        run.Tell(Local("2025-10-09 08:00"), Village, Evening);
        run.Tell(Local("2025-10-09 08:10"), Village, new DisputeFact.FileAdded("f1", "session-record", new string('0', 64)));
        run.RunUntil(Local("2025-10-10 20:00"));

        run.Tell(Local("2025-10-10 21:10"), Village, new DisputeFact.SessionHeld(Day("2025-10-10"), 1, ["a"], Files: ["f1"]));

        Assert.Equal(
            ["10-09 08:00 dispute-session-planned 350322001001", "10-09 08:30 dispute-session-reminder 350322001001"],
            run.Said.Where(line => line.Contains("session", StringComparison.Ordinal)));
        Assert.Equal("2025年10月10日19:30至21:00", run.Notices.First(notice => notice.Template == "dispute-session-planned").Model["when"]);
        Assert.Null(run.State.SessionPlans);
        var held = Assert.Single(run.State.SessionsHeld!);
        Assert.Equal((1, Day("2025-10-10"), 1, "a", "f1"), (held.Number, held.On, held.Planned, held.Present!.Single(), held.Files!.Single()));
        Assert.Equal("Session 1 held on 2025-10-10; present: a.", run.Journal[^1].Line.Text);
    }

    [Theory]
    [InlineData("2025-10-10", 19, 30, 19, 30, "session-time")]
    [InlineData("2025-10-09", 9, 0, 10, 0, "session-past")]
    [InlineData("2025-10-09", 8, 59, 10, 0, "session-past")]
    [InlineData("2025-10-09", 9, 1, 10, 0, null)]
    [InlineData("2025-10-11", 20, 0, 23, 59, null)]
    [InlineData("2025-10-12", 9, 0, 10, 0, null)]
    [InlineData("2025-10-17", 22, 0, 23, 59, null)]
    [InlineData("2025-10-18", 9, 0, 10, 0, "session-after-term")]
    [InlineData("9999-12-31", 9, 0, 10, 0, "session-after-term")]
    public void A_session_is_in_the_future_on_any_day_and_within_the_term(string on, int fromHour, int fromMinute, int toHour, int toMinute, string? code)
    {
        var run = MediatingByPlan();
        Assert.Equal(Day("2025-10-17"), run.State.Term!.Deadline.Date);

        var step = run.Tell(Local("2025-10-09 09:00"), Village, new DisputeFact.SessionPlanned(Day(on), At(fromHour, fromMinute), At(toHour, toMinute), SessionForm.Online));

        Assert.Equal(code, (step as Step<Dispute, DisputeFact>.Refused)?.Code);
    }

    [Fact]
    public void Two_sessions_of_a_case_do_not_overlap_but_may_follow_each_other()
    {
        var run = MediatingByPlan();
        run.Tell(Local("2025-10-09 09:00"), Village, Evening);

        Assert.Equal("session-overlap", Code(run.Tell(Local("2025-10-09 09:01"), Village, Evening with { From = At(20, 59), To = At(22, 0) })));
        Assert.Equal("session-overlap", Code(run.Tell(Local("2025-10-09 09:02"), Village, Evening with { From = At(18, 0), To = At(19, 31) })));
        Assert.Null(Code(run.Tell(Local("2025-10-09 09:03"), Village, Evening with { From = At(21, 0), To = At(22, 0) })));
        Assert.Equal("session-overlap", Code(run.Tell(Local("2025-10-09 09:04"), Village, new DisputeFact.SessionMoved(2, Day("2025-10-10"), At(20, 0), At(20, 30)))));
        Assert.Null(Code(run.Tell(Local("2025-10-09 09:05"), Village, new DisputeFact.SessionMoved(1, Day("2025-10-10"), At(19, 0), At(20, 30)))));
    }

    [Fact]
    public void A_moved_session_keeps_its_number_is_reminded_of_anew_and_keeps_its_place_unless_another_is_given()
    {
        var run = MediatingByPlan();
        run.Tell(Local("2025-09-28 11:00"), Village, Evening);
        var place = run.State.SessionPlans![0].PlaceText;
        run.RunUntil(Local("2025-10-09 09:00"));

        run.Tell(Local("2025-10-09 10:00"), Village, new DisputeFact.SessionMoved(1, Day("2025-10-14"), At(9, 0), At(10, 0)));
        Assert.Equal(place, run.State.SessionPlans![0].PlaceText);
        run.RunUntil(Local("2025-10-13 09:00"));
        run.Tell(Local("2025-10-13 10:00"), Village, new DisputeFact.SessionMoved(1, Day("2025-10-15"), At(9, 0), At(10, 0), SessionForm.Online, HasPlace: true));

        Assert.Equal(
            [
                "10-09 08:30 dispute-session-reminder 350322001001",
                "10-09 10:00 dispute-session-moved 350322001001",
                "10-13 08:30 dispute-session-reminder 350322001001",
                "10-13 10:00 dispute-session-moved 350322001001",
            ],
            run.Said.Where(line => line.Contains("session-reminder", StringComparison.Ordinal) || line.Contains("session-moved", StringComparison.Ordinal)));
        Assert.Equal(run.Notices.Count, run.Notices.Select(notice => notice.Key).Distinct().Count());
        Assert.Equal((1, 2, SessionForm.Online), (run.State.SessionPlans![0].Number, run.State.SessionPlans[0].Moves, run.State.SessionPlans[0].Form));
        Assert.NotEqual(place, run.State.SessionPlans[0].PlaceText);
    }

    [Fact]
    public void A_session_without_a_record_is_asked_for_until_there_is_one_and_stands_on_the_board_meanwhile()
    {
        var run = MediatingByPlan();
        run.Tell(Local("2025-10-09 09:00"), Village, Evening);

        run.RunUntil(JustBefore(Local("2025-10-11 00:00")));
        Assert.DoesNotContain("session-unrecorded", DisputeBoard.Of(run.State, run.Rules));
        run.RunUntil(Local("2025-10-14 09:00"));

        Assert.Contains("session-unrecorded", DisputeBoard.Of(run.State, run.Rules));
        Assert.Equal(
            ["10-11 00:00 dispute-session-unrecorded 350322001001", "10-13 08:30 dispute-session-unrecorded 350322001001"],
            run.Said.Where(line => line.Contains("unrecorded", StringComparison.Ordinal)));
        Assert.NotEqual("red", run.Kind.Card(run.State, run.Rules).Light);
        run.Tell(Local("2025-10-14 10:00"), Village, new DisputeFact.SessionHeld(Day("2025-10-10"), 1));
        Assert.DoesNotContain("session-unrecorded", DisputeBoard.Of(run.State, run.Rules));
    }

    [Fact]
    public void While_a_case_stands_still_nothing_is_planned_moved_or_held_and_what_is_planned_is_to_be_moved()
    {
        var run = MediatingByPlan();
        run.Tell(Local("2025-10-09 09:00"), Village, Evening);
        run.Tell(Local("2025-10-09 10:00"), Village, new DisputeFact.Suspended("appraisal"));

        Assert.Contains("session-to-move", DisputeBoard.Of(run.State, run.Rules));
        Assert.Equal("suspended", Code(run.Tell(Local("2025-10-09 10:01"), Village, Evening with { On = Day("2025-10-13") })));
        Assert.Equal("suspended", Code(run.Tell(Local("2025-10-09 10:02"), Village, new DisputeFact.SessionMoved(1, Day("2025-10-13"), At(9, 0), At(10, 0)))));
        Assert.Equal("suspended", Code(run.Tell(Local("2025-10-09 10:03"), Village, new DisputeFact.SessionHeld(Day("2025-10-09"), 1))));
        run.Tell(Local("2025-10-13 09:00"), Village, new DisputeFact.Resumed());

        // The term moved by the days it took; the day that was agreed on did not.
        Assert.Equal((Day("2025-10-10"), Day("2025-10-22")), (run.State.SessionPlans![0].Clock.Deadline.Date, run.State.Term!.Deadline.Date));
        Assert.DoesNotContain("session-to-move", DisputeBoard.Of(run.State, run.Rules));
        run.RunUntil(Local("2025-10-13 09:00"));
        Assert.Contains("session-unrecorded", DisputeBoard.Of(run.State, run.Rules));
    }

    [Fact]
    public void A_session_of_a_standing_case_can_be_cancelled()
    {
        var run = MediatingByPlan();
        run.Tell(Local("2025-10-09 09:00"), Village, Evening);
        run.Tell(Local("2025-10-09 10:00"), Village, new DisputeFact.Suspended("appraisal"));

        run.Tell(Local("2025-10-09 10:01"), Village, new DisputeFact.SessionCancelled(1));

        Assert.Null(run.State.SessionPlans);
        Assert.Equal("10-09 10:01 dispute-session-cancelled 350322001001", run.Said[^1]);
        Assert.Equal("unknown-session", Code(run.Tell(Local("2025-10-09 10:02"), Village, new DisputeFact.SessionCancelled(1))));
    }

    [Fact]
    public void The_end_of_a_level_and_of_a_case_cancels_what_is_planned_with_a_line_and_says_no_more_of_it()
    {
        var up = MediatingByPlan(Neighbours.WithConsent());
        up.Tell(Local("2025-10-09 09:00"), Village, Evening);
        up.Tell(Local("2025-10-09 10:00"), Village, new DisputeFact.EscalationAsked());
        Assert.Null(up.State.SessionPlans);
        Assert.Contains("10-09 10:00 SessionsCancelled", up.Written);
        up.RunUntil(Local("2025-10-13 09:00"));
        Assert.DoesNotContain(up.Said, line => line.Contains("session-reminder", StringComparison.Ordinal) || line.Contains("unrecorded", StringComparison.Ordinal));

        var end = MediatingByPlan();
        end.Tell(Local("2025-10-09 09:00"), Village, Evening);
        end.Tell(Local("2025-10-09 10:00"), Village, new DisputeFact.Refused("b"));
        Assert.Equal(1, end.Written.Count(line => line == "10-09 10:00 SessionsCancelled"));
        Assert.Null(end.State.SessionPlans);
    }

    [Fact]
    public void Units_that_help_get_a_copy_of_what_is_planned()
    {
        var run = MediatingByPlan();
        run.Tell(Local("2025-10-09 09:00"), Village, new DisputeFact.AssistAsked("mzj"));

        run.Tell(Local("2025-10-09 09:30"), Village, Evening);

        Assert.Equal("10-09 09:30 dispute-session-planned 350322001001 +mzj", run.Said[^1]);
    }

    [Fact]
    public void Only_the_handler_plans_only_a_mediated_case_and_no_more_than_the_rules_allow()
    {
        Assert.Equal("not-the-handler", Code(MediatingByPlan().Tell(Local("2025-10-09 09:00"), Township, Evening)));
        var offered = Followed();
        offered.Open();
        Assert.Equal("not-mediating", Code(offered.Tell(Local("2025-09-28 09:00"), Village, Evening)));
        var run = MediatingByPlan();
        for (var hour = 10; hour < 15; hour++)
        {
            Assert.Null(Code(run.Tell(Local("2025-10-09 09:00"), Village, Evening with { From = At(hour, 0), To = At(hour, 30) })));
        }

        Assert.Equal("too-many-sessions", Code(run.Tell(Local("2025-10-09 09:00"), Village, Evening)));
        Assert.Equal("not-in-these-rules", Code(Mediating().Tell(Local("2025-10-09 09:00"), Village, Evening)));
        Assert.Equal("not-in-these-rules", Code(Mediating().Tell(Local("2025-10-09 09:00"), Village, new DisputeFact.SessionHeld(Day("2025-10-09"), Present: ["a"]))));
    }

    [Fact]
    public void A_record_names_a_planned_session_parties_and_files_that_there_are()
    {
        var run = MediatingByPlan();
        var held = new DisputeFact.SessionHeld(Day("2025-10-09"));

        Assert.Equal("unknown-session", Code(run.Tell(Local("2025-10-09 09:00"), Village, held with { Session = 1 })));
        Assert.Equal("unknown-party", Code(run.Tell(Local("2025-10-09 09:00"), Village, held with { Present = ["a", "c"] })));
        Assert.Equal("unknown-file", Code(run.Tell(Local("2025-10-09 09:00"), Village, held with { Files = ["f9"] })));
        Assert.Equal("not-of-the-roster", Code(run.Tell(Local("2025-10-09 09:00"), Village, held with { Mediators = ["m-350322001-1"] })));
        Assert.Null(Code(run.Tell(Local("2025-10-09 09:00"), Village, held with { Present = [], Mediators = [First] })));
        Assert.Equal("Session 1 held on 2025-10-09; present: no party.", run.Journal[^1].Line.Text);
    }

    private static TimeOnly At(int hour, int minute) => new(hour, minute);
}
