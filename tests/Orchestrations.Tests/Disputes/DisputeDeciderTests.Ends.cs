using Workflows.Orchestrations.Disputes;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>How a case ends, what is said then, and what is counted.</summary>
public sealed partial class DisputeDeciderTests
{
    [Theory]
    [InlineData("2025-09-28", "2025-10-28")]
    // The thirtieth day is a Saturday.
    [InlineData("2025-10-09", "2025-11-10")]
    [InlineData("2025-10-13", "2025-11-12")]
    public void Both_may_ask_the_court_within_thirty_days_rolled_off_a_rest_day(string on, string until)
    {
        var run = Mediating();

        run.Tell(Local("2025-10-13 17:00"), Village, new DisputeFact.Settled(AgreementForm.Written, Day(on)));

        var agreement = run.State.Outcome!.Agreement!;
        Assert.Equal((AgreementForm.Written, Day(on), Day(until)), (agreement.Form, agreement.On, agreement.Confirmation!.Date));
        Assert.Equal(new Outcome(Local("2025-10-13 17:00"), "settled", Agreement: agreement), run.State.Outcome);
        Assert.Equal((DisputeStatus.Settled, true), (run.State.Status, run.State.Ended));
        Assert.Empty(run.State.Clocks);
        Assert.Equal("10-13 17:00 dispute-settled 350322001001", run.Said[^1]);
    }

    [Fact]
    public void An_agreement_of_September_first_can_be_confirmed_until_after_the_holiday()
    {
        var run = Open(Neighbours with { OpenedAt = Local("2025-08-29 09:00") });
        run.Tell(Local("2025-09-01 09:00"), Village, new DisputeFact.SignedFor());

        run.Tell(Local("2025-09-01 17:00"), Village, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-09-01")));

        Assert.Equal(Day("2025-10-09"), run.State.Outcome!.Agreement!.Confirmation!.Date);
    }

    [Fact]
    public void An_agreement_counts_on_any_day_from_the_opening_to_today()
    {
        foreach (var on in new[] { "2025-09-26", "2025-10-13" })
        {
            var run = Mediating();
            run.Tell(Local("2025-10-13 23:59"), Village, new DisputeFact.Settled(AgreementForm.Oral, Day(on)));
            Assert.Equal(DisputeStatus.Settled, run.State.Status);
        }
    }

    [Fact]
    public void A_partys_refusal_ends_it_at_once_with_the_ways_that_remain_for_the_category()
    {
        var run = Open(Neighbours with { Category = "labour" });

        run.Tell(Local("2025-09-26 15:00"), Township, new DisputeFact.Refused("b"));

        Assert.Equal(new Outcome(Local("2025-09-26 15:00"), "refused", "b"), run.State.Outcome);
        Assert.Equal("09-26 15:00 dispute-rights-notice 350322001", run.Said[^1]);
        Assert.Equal(
            string.Join('\n', ReferenceCounty.Disputes.CategoryOf("labour").OtherWays), run.Notices[^1].Model["ways"]);
        Assert.Empty(run.State.Clocks);
    }

    [Fact]
    public void The_rights_notice_of_a_case_nobody_signed_for_goes_to_the_unit_that_asks_the_parties()
    {
        var silent = Open(Neighbours).RunOut();
        Assert.Equal("no-consent", silent.State.Outcome!.Reason);
        Assert.Equal("10-15 00:00 dispute-rights-notice 350322001", silent.Said[^1]);

        var refused = Open(Neighbours);
        refused.RunUntil(EndOf(refused.State.SignFor));
        refused.Tell(Local("2025-10-09 09:00"), Township, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.No));
        Assert.Equal("10-09 09:00 dispute-rights-notice 350322001", refused.Said[^1]);
    }

    [Fact]
    public void A_withdrawal_by_the_applicant_ends_it_without_a_rights_notice()
    {
        var run = Mediating();

        run.Tell(Local("2025-10-09 10:00"), Village, new DisputeFact.Withdrawn("a"));

        Assert.Equal(new Outcome(Local("2025-10-09 10:00"), "withdrawn", "a"), run.State.Outcome);
        Assert.Equal(
            ["09-26 09:00 dispute-offered 350322001001", "10-09 10:00 dispute-withdrawn 350322001001"], run.Said);
    }

    [Fact]
    public void A_village_never_gets_an_overdue_notice_nor_a_copy_of_one()
    {
        var run = Open(Neighbours.WithConsent()).RunOut();

        var overdue = run.Notices.Where(notice =>
            notice.Template.EndsWith("-overdue", StringComparison.Ordinal) || notice.Template == "dispute-total-over").ToList();
        Assert.Equal(
            ["350322001 +zzzx", "350322001 +zzzx", "zzzx +zbs", "zbs +zfw"],
            overdue.Select(notice => string.Join(" +", notice.Copies.Prepend(notice.To))).Take(4));
        Assert.All(overdue.Skip(4), notice => Assert.Equal(DutyBox, notice.To));
    }

    [Fact]
    public void A_term_that_is_missed_counts_once_however_often_it_is_said()
    {
        // The village, the township, the centre and the duty box do not sign, then the total term is over.
        var run = Open(Neighbours.WithConsent()).RunOut();

        Assert.Equal("total-over", run.State.Outcome!.Reason);
        Assert.Equal(5, run.State.Overdue);
    }

    [Fact]
    public void Sessions_are_counted_and_their_records_kept_under_the_commands_id()
    {
        var run = Mediating();
        run.Tell(Local("2025-09-29 18:00"), Village, new DisputeFact.SessionHeld(Day("2025-09-29")));
        run.Tell(Local("2025-10-09 18:00"), Village, new DisputeFact.SessionHeld(Day("2025-10-09")));

        Assert.Equal(2, run.State.Sessions);
        Assert.Equal(
            [("Session 1 held on 2025-09-29.", "c2"), ("Session 2 held on 2025-10-09.", "c3")],
            run.Journal.TakeLast(2).Select(entry => (entry.Line.Text, entry.Line.TextId!)));
    }
}
