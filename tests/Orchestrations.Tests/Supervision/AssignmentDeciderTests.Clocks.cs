using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using static Workflows.Orchestrations.Tests.Supervision.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Supervision;

/// <summary>What is said when, and what falls silent.</summary>
public sealed partial class AssignmentDeciderTests
{
    [Fact]
    public void A_unit_has_three_working_days_to_sign_and_is_reminded_the_day_before_the_last()
    {
        var run = Open();
        Assert.Equal(Day("2025-09-30"), run.State.SignFor!.Deadline.Date);
        Assert.Equal(["09-29 08:30"], run.State.SignFor.Reminders.Select(Minute));

        Assert.IsType<Step<Assignment, AssignmentFact>.Nothing>(run.Reach(JustBefore(Local("2025-09-29 08:30"))));
        Assert.IsType<Step<Assignment, AssignmentFact>.Taken>(run.Reach(Local("2025-09-29 08:30")));
        Assert.IsType<Step<Assignment, AssignmentFact>.Nothing>(run.Reach(Local("2025-09-29 08:30")));

        Assert.Equal(
            ["09-26 09:00 assignment-issued mzj", "09-29 08:30 assignment-sign-reminder mzj"], run.Said);
    }

    [Fact]
    public void The_signature_is_overdue_at_24_00_and_not_an_instant_before()
    {
        var run = Open();
        var end = EndOf(run.State.SignFor);
        Assert.Equal(Local("2025-10-01 00:00"), end);
        run.RunUntil(JustBefore(end));
        var said = run.Said.Count;

        Assert.IsType<Step<Assignment, AssignmentFact>.Nothing>(run.Reach(JustBefore(end)));
        Assert.IsType<Step<Assignment, AssignmentFact>.Taken>(run.Reach(end));

        Assert.Equal(["10-01 00:00 assignment-sign-overdue mzj +dcs"], run.Said.Skip(said));
        Assert.Equal("red", run.Kind.Card(run.State, run.Rules).Light);
    }

    [Fact]
    public void A_unit_that_never_signs_is_chased_until_the_finish_date_takes_over()
    {
        var run = Open().RunUntil(Local("2025-12-01 09:00"));

        Assert.Equal(
            [
                "09-26 09:00 assignment-issued mzj",
                "09-29 08:30 assignment-sign-reminder mzj",
                "09-30 08:30 assignment-due-reminder mzj",
                "10-01 00:00 assignment-sign-overdue mzj +dcs",
                "10-14 08:30 assignment-sign-overdue mzj +dcs",
                "10-17 08:30 assignment-due-reminder mzj",
                "10-21 08:30 assignment-sign-overdue mzj +dcs",
                "10-28 08:30 assignment-sign-overdue mzj +dcs",
                "10-28 08:30 assignment-due-reminder mzj",
                "11-01 00:00 assignment-overdue mzj +dcs",
                "11-14 08:30 assignment-overdue mzj +dcs",
                "11-28 08:30 assignment-overdue mzj +dcs",
            ],
            run.Said);
        Assert.Null(run.State.SignFor);
        Assert.Equal((AssignmentStatus.Issued, 3), (run.State.Status, run.State.Finish!.OverdueSaid));
    }

    [Fact]
    public void A_late_signature_is_taken_and_ends_the_chase_for_it()
    {
        var run = Open().RunUntil(Local("2025-10-15 09:00"));

        run.Tell(Local("2025-10-15 09:00"), Unit, new AssignmentFact.SignedFor());
        run.RunUntil(Local("2025-10-30 09:00"));

        Assert.Equal(AssignmentStatus.Active, run.State.Status);
        Assert.Equal(
            ["10-17 08:30 assignment-due-reminder mzj", "10-28 08:30 assignment-due-reminder mzj"], run.Said.TakeLast(2));
    }

    [Fact]
    public void A_signature_after_the_finish_date_is_still_taken()
    {
        var run = Open().RunUntil(Local("2025-11-03 09:00"));

        run.Tell(Local("2025-11-03 09:00"), Unit, new AssignmentFact.SignedFor());
        run.Tell(Local("2025-11-03 09:05"), Unit, new AssignmentFact.Claimed());

        Assert.Equal((AssignmentStatus.Claimed, 1), (run.State.Status, run.State.Claims));
    }

    [Fact]
    public void The_finish_date_is_reminded_of_thirty_days_and_ten_and_three_working_days_before()
    {
        var run = Active();
        // Thirty days before is the first of October: said on the last workday before it.
        Assert.Equal(["09-30 08:30", "10-17 08:30", "10-28 08:30"], run.State.Finish!.Reminders.Select(Minute));

        run.RunUntil(JustBefore(EndOf(run.State.Finish)));
        Assert.Equal("yellow", run.Kind.Card(run.State, run.Rules).Light);

        Assert.IsType<Step<Assignment, AssignmentFact>.Nothing>(run.Reach(JustBefore(Local("2025-11-01 00:00"))));
        Assert.IsType<Step<Assignment, AssignmentFact>.Taken>(run.Reach(Local("2025-11-01 00:00")));
        Assert.Equal(
            [
                "09-26 09:00 assignment-issued mzj",
                "09-30 08:30 assignment-due-reminder mzj",
                "10-17 08:30 assignment-due-reminder mzj",
                "10-28 08:30 assignment-due-reminder mzj",
                "11-01 00:00 assignment-overdue mzj +dcs",
            ],
            run.Said);
    }

    [Fact]
    public void A_task_that_was_due_before_it_was_issued_is_overdue_at_once_and_said_once()
    {
        var run = Open(Services with { Due = Day("2025-06-30") }).RunUntil(Issued);

        Assert.Equal(["09-26 09:00 assignment-issued mzj", "09-26 09:00 assignment-overdue mzj +dcs"], run.Said);
        Assert.True(run.Kind.Next(run.State) > Issued);
    }

    [Fact]
    public void A_claim_silences_the_finish_notices_and_the_supervising_office_is_asked_to_check()
    {
        var run = Claimed();
        Assert.Equal(Day("2025-10-30"), run.State.Check!.Deadline.Date);
        var said = run.Said.Count;

        run.RunUntil(Local("2025-11-20 12:00"));

        Assert.Equal(
            [
                "10-29 08:30 assignment-check-reminder dcs",
                "10-31 00:00 assignment-check-overdue dcs +zbs",
                "11-06 08:30 assignment-check-overdue dcs +zbs",
                "11-13 08:30 assignment-check-overdue dcs +zbs",
                "11-20 08:30 assignment-check-overdue dcs +zbs",
            ],
            run.Said.Skip(said));
        Assert.Equal((0, 2), (run.State.Finish!.OverdueSaid, run.State.Finish.RemindersSaid));
    }

    [Fact]
    public void A_return_in_time_goes_on_with_the_reminders_that_are_left()
    {
        var run = Claimed();
        run.Tell(Local("2025-10-24 09:00"), Office, new AssignmentFact.Checked(false));
        var said = run.Said.Count;
        Assert.Equal("10-24 09:00 assignment-returned mzj", run.Said[^1]);
        Assert.Null(run.State.Check);

        run.RunUntil(Local("2025-11-02 09:00"));

        Assert.Equal(
            ["10-28 08:30 assignment-due-reminder mzj", "11-01 00:00 assignment-overdue mzj +dcs"], run.Said.Skip(said));
    }

    [Fact]
    public void A_late_return_says_what_was_missed_meanwhile_once_and_not_many_times()
    {
        var run = Claimed();
        run.RunUntil(Local("2026-01-05 09:00"));
        run.Tell(Local("2026-01-05 09:00"), Office, new AssignmentFact.Checked(false));
        var said = run.Said.Count;

        run.RunUntil(Local("2026-01-12 09:00"));

        Assert.Equal(
            ["01-05 09:00 assignment-overdue mzj +dcs", "01-12 08:30 assignment-overdue mzj +dcs"], run.Said.Skip(said));
    }

    [Fact]
    public void Claims_are_counted_so_that_the_notices_of_each_are_told_apart()
    {
        var run = Claimed();
        run.Tell(Local("2025-10-24 09:00"), Office, new AssignmentFact.Checked(false));
        run.Tell(Local("2025-10-27 09:00"), Unit, new AssignmentFact.Claimed());
        run.Tell(Local("2025-10-28 08:00"), Office, new AssignmentFact.Checked(false));

        Assert.Equal(2, run.State.Claims);
        Assert.Equal(
            [
                "2023-3.T18.mzj.assignment-claimed.1.1.dcs",
                "2023-3.T18.mzj.assignment-returned.1.1.mzj",
                "2023-3.T18.mzj.assignment-claimed.2.1.dcs",
                "2023-3.T18.mzj.assignment-returned.2.1.mzj",
            ],
            run.Notices.TakeLast(4).Select(notice => notice.Key));
    }

    [Fact]
    public void Struck_off_ends_all()
    {
        var run = Claimed();

        run.Tell(Local("2025-10-30 16:00"), Office, new AssignmentFact.Checked(true));

        Assert.Equal(
            Services with { Status = AssignmentStatus.StruckOff, Claims = 1, StruckOffAt = Local("2025-10-30 16:00") }, run.State);
        Assert.Equal("10-30 16:00 assignment-struck-off mzj", run.Said[^1]);
        Assert.Null(run.Kind.Next(run.State));
        Assert.IsType<Step<Assignment, AssignmentFact>.Nothing>(run.Reach(Local("2026-01-05 09:00")));
        Assert.Equal("green", run.Kind.Card(run.State, run.Rules).Light);
    }

    [Fact]
    public void A_township_is_chased_itself_with_a_copy_to_the_county_centre()
    {
        var run = Open(Services with { Id = "2023-3.T18.350322001", Unit = "350322001", Role = AssignmentRole.Implementer });

        run.RunUntil(Local("2025-10-01 00:00"));

        Assert.Equal("10-01 00:00 assignment-sign-overdue 350322001 +zzzx", run.Said[^1]);
    }
}
