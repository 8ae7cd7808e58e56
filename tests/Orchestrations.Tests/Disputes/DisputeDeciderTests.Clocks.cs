using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>The instant before, at and after each date of each clock.</summary>
public sealed partial class DisputeDeciderTests
{
    [Fact]
    public void The_sign_for_term_counts_the_make_up_Sunday_and_not_the_holiday()
    {
        Assert.Equal(Day("2025-09-29"), Open(Neighbours).State.SignFor!.Deadline.Date);

        var beforeTheHoliday = Open(Neighbours with { OpenedAt = Local("2025-09-29 16:00") });
        Assert.Equal(Day("2025-10-09"), beforeTheHoliday.State.SignFor!.Deadline.Date);
        Assert.Equal(Local("2025-10-10 00:00"), beforeTheHoliday.State.SignFor!.Deadline.At);
    }

    [Fact]
    public void The_sign_for_term_is_over_at_24_00_and_not_an_instant_before()
    {
        var run = Open(Neighbours);
        var end = EndOf(run.State.SignFor);
        Assert.Equal(Local("2025-09-30 00:00"), end);
        run.RunUntil(JustBefore(end));

        Assert.IsType<Step<Dispute, DisputeFact>.Nothing>(run.Reach(JustBefore(end)));
        Assert.Equal(DisputeStatus.Offered, run.State.Status);

        Assert.IsType<Step<Dispute, DisputeFact>.Taken>(run.Reach(end));
        Assert.Equal(DisputeStatus.AwaitingConsent, run.State.Status);
    }

    [Fact]
    public void A_date_that_is_reached_late_means_the_same_as_one_reached_in_time()
    {
        var run = Open(Neighbours);

        run.Reach(Local("2025-10-02 12:00"));

        Assert.Equal(
            (DisputeStatus.AwaitingConsent, GoingUpReason.NotSignedFor, 1),
            (run.State.Status, run.State.GoingUp, run.State.Overdue));
        Assert.Equal(
            [
                "09-26 09:00 dispute-offered 350322001001",
                // The reminder that was missed meanwhile is not said any more.
                "10-02 12:00 dispute-sign-overdue 350322001 +zzzx",
                "10-02 12:00 dispute-consent-asked 350322001",
            ],
            run.Said);
    }

    [Fact]
    public void A_signature_counts_until_the_term_is_over_and_after_it_until_somebody_has_looked()
    {
        var inTime = Open(Neighbours);
        inTime.Tell(JustBefore(EndOf(inTime.State.SignFor)), Village, new DisputeFact.SignedFor());
        Assert.Equal(DisputeStatus.Mediating, inTime.State.Status);

        var beforeTheDateWasRead = Open(Neighbours);
        beforeTheDateWasRead.Tell(EndOf(beforeTheDateWasRead.State.SignFor), Village, new DisputeFact.SignedFor());
        Assert.Equal(DisputeStatus.Mediating, beforeTheDateWasRead.State.Status);

        var tooLate = Open(Neighbours);
        tooLate.RunUntil(EndOf(tooLate.State.SignFor));
        var answer = tooLate.Tell(Local("2025-09-30 08:00"), Village, new DisputeFact.SignedFor());
        Assert.Equal(
            new Step<Dispute, DisputeFact>.Refused("not-offered", "Only an offered dispute is signed for; this one is AwaitingConsent."),
            answer);
    }

    [Fact]
    public void The_village_has_ten_working_days_and_is_reminded_three_and_one_before()
    {
        var run = Mediating();
        Assert.Equal(
            ["10-14 08:30", "10-16 08:30"],
            run.State.Term!.Reminders.Select(Minute));
        Assert.Equal(Local("2025-10-18 00:00"), EndOf(run.State.Term));

        Assert.IsType<Step<Dispute, DisputeFact>.Nothing>(run.Reach(JustBefore(Local("2025-10-14 08:30"))));
        Assert.IsType<Step<Dispute, DisputeFact>.Taken>(run.Reach(Local("2025-10-14 08:30")));
        Assert.IsType<Step<Dispute, DisputeFact>.Nothing>(run.Reach(Local("2025-10-14 08:30")));
        Assert.IsType<Step<Dispute, DisputeFact>.Taken>(run.Reach(Local("2025-10-16 08:30")));
        Assert.IsType<Step<Dispute, DisputeFact>.Nothing>(run.Reach(JustBefore(EndOf(run.State.Term))));
        Assert.IsType<Step<Dispute, DisputeFact>.Taken>(run.Reach(EndOf(run.State.Term)));

        Assert.Equal(
            [
                "09-26 09:00 dispute-offered 350322001001",
                "10-14 08:30 dispute-term-reminder 350322001001",
                "10-16 08:30 dispute-term-reminder 350322001001",
                "10-18 00:00 dispute-term-overdue 350322001 +zzzx",
                "10-18 00:00 dispute-consent-asked 350322001001",
            ],
            run.Said);
    }

    [Fact]
    public void Two_reminders_that_were_missed_are_one_reminder()
    {
        var run = Mediating();

        run.Reach(Local("2025-10-17 20:00"));

        Assert.Equal("10-17 20:00 dispute-term-reminder 350322001001", run.Said[^1]);
        Assert.Equal(2, run.State.Term!.RemindersSaid);
        Assert.IsType<Step<Dispute, DisputeFact>.Nothing>(run.Reach(Local("2025-10-17 20:00")));
    }

    [Theory]
    [InlineData(Level.Village, Village, "2025-10-17")]
    [InlineData(Level.Township, Township, "2025-10-24")]
    [InlineData(Level.County, Centre, "2025-10-28")]
    public void Each_level_has_its_own_term_from_the_signature(Level level, string handler, string due)
    {
        var run = Open(Neighbours with { WantedLevel = level });

        run.Tell(Local("2025-09-28 10:00"), handler, new DisputeFact.SignedFor());

        Assert.Equal(Day(due), run.State.Term!.Deadline.Date);
    }

    [Fact]
    public void The_consent_term_is_reminded_of_and_ends_to_the_instant()
    {
        var run = AwaitingConsent();
        var end = EndOf(run.State.ConsentTerm);
        Assert.Equal(Local("2025-10-25 00:00"), end);

        run.RunUntil(JustBefore(end));
        Assert.Equal("10-22 08:30 dispute-consent-reminder 350322001001", run.Said[^1]);
        Assert.Equal(DisputeStatus.AwaitingConsent, run.State.Status);

        run.Reach(end);
        Assert.Equal((DisputeStatus.Failed, new Outcome(end, "no-consent")), (run.State.Status, run.State.Outcome));
    }

    [Fact]
    public void The_total_clock_runs_on_through_every_transfer()
    {
        var run = Open(Neighbours.WithConsent());
        var total = run.State.Total!;
        Assert.Equal(Day("2025-12-26"), total.Deadline.Date);

        run.RunUntil(Local("2025-10-11 00:00"));

        Assert.Equal((Level.County, Centre, 3), (run.State.Level, run.State.Handler, run.State.Offers));
        Assert.Same(total, run.State.Total);
    }

    [Fact]
    public void When_the_total_term_is_over_the_case_ends_whatever_else_is_due()
    {
        var run = Open(Neighbours with { WantedLevel = Level.County });
        run.RunUntil(JustBefore(EndOf(run.State.Total)));
        Assert.Equal((DisputeStatus.Offered, DutyBox), (run.State.Status, run.State.Handler));
        var said = run.Said.Count;

        run.Reach(Local("2025-12-27 00:00"));

        Assert.Equal(new Outcome(Local("2025-12-27 00:00"), "total-over"), run.State.Outcome);
        Assert.Equal(["12-27 00:00 dispute-total-over zbs +zfw", "12-27 00:00 dispute-rights-notice zbs"], run.Said.Skip(said));
    }

    [Fact]
    public void The_total_term_is_reminded_of_ten_and_three_working_days_before()
    {
        var run = Open(Neighbours with { WantedLevel = Level.County });

        run.RunUntil(JustBefore(EndOf(run.State.Total)));

        Assert.Equal(
            ["12-12 08:30 dispute-total-reminder zbs", "12-23 08:30 dispute-total-reminder zbs"],
            run.Said.Where(said => said.Contains("total", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_total_term_that_ends_on_a_rest_day_is_moved_to_the_next_workday()
    {
        // Three months from 10 July end on 10 October; from 1 July they end in the holiday.
        Assert.Equal(Day("2025-10-10"), Open(Neighbours with { OpenedAt = Local("2025-07-10 09:00") }).State.Total!.Deadline.Date);
        Assert.Equal(Day("2025-10-09"), Open(Neighbours with { OpenedAt = Local("2025-07-01 09:00") }).State.Total!.Deadline.Date);
    }

    [Fact]
    public void A_date_in_a_year_without_a_calendar_is_said_to_be_provisional()
    {
        var run = Open(Neighbours with { OpenedAt = Local("2026-12-30 09:00") });

        Assert.Equal(
            ["12-30 09:00 Provisional", "12-30 09:00 Registered", "12-30 09:00 Triaged", "12-30 09:00 Provisional", "12-30 09:00 Offered"],
            run.Written);
        Assert.Contains(
            "there is no calendar for 2027; Monday to Friday were taken as workdays", run.Journal[0].Line.Why!);
    }
}
