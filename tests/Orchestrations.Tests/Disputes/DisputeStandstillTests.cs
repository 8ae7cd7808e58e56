using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>A case that stands still, and one that gets more time.</summary>
public sealed class DisputeStandstillTests
{
    private static readonly DisputeFact.ExtensionAsked ThreeDays = new(3, ["a", "b"]);

    [Fact]
    public void Nothing_is_said_while_a_case_stands_still_and_every_date_moves_when_it_goes_on()
    {
        var run = Mediating();
        run.Tell(Local("2025-10-09 10:00"), Village, new DisputeFact.AssistAsked("mzj"));
        run.Tell(Local("2025-10-09 11:00"), Village, new DisputeFact.Suspended("appraisal"));
        var said = run.Said.Count;

        run.RunUntil(Local("2026-01-31 00:00"));
        Assert.Equal(said, run.Said.Count);
        Assert.IsType<Step<Dispute, DisputeFact>.Nothing>(run.Reach(Local("2026-01-31 00:00")));

        run = Mediating();
        run.Tell(Local("2025-10-09 10:00"), Village, new DisputeFact.AssistAsked("mzj"));
        run.Tell(Local("2025-10-09 11:00"), Village, new DisputeFact.Suspended("appraisal"));
        run.Tell(Local("2025-10-13 09:00"), Village, new DisputeFact.Resumed());
        Assert.Equal(
            (Day("2025-10-22"), Day("2025-12-30"), Day("2025-10-17")),
            (run.State.Term!.Deadline.Date, run.State.Total!.Deadline.Date, run.State.Assists![0].Clock!.Deadline.Date));
        Assert.Null(run.State.Suspension);
        Assert.Contains(run.State.Term.Deadline.Why, step => step.Text == "suspended from 2025-10-09 to 2025-10-13, 3 working days: the last is 2025-10-22");
    }

    [Fact]
    public void A_standstill_tells_the_superior_its_reason_and_article()
    {
        var run = Mediating();

        run.Tell(Local("2025-10-09 11:00"), Village, new DisputeFact.Suspended("force-majeure"));

        Assert.Equal("10-09 11:00 dispute-suspended zzzx", run.Said[^1]);
        Assert.Equal("民法典第一百八十条", run.Notices[^1].Model["source"]);
        Assert.Equal("2026年4月6日", run.Notices[^1].Model["until"]);
    }

    [Fact]
    public void A_case_goes_on_by_itself_after_its_longest_standstill_and_no_instant_before()
    {
        var run = Mediating();
        run.Tell(Local("2025-10-09 11:00"), Village, new DisputeFact.Suspended("investigation"));
        var ends = Local("2025-12-08 00:00");

        Assert.Equal(ends, run.Kind.Next(run.State));
        Assert.IsType<Step<Dispute, DisputeFact>.Nothing>(run.Reach(JustBefore(ends)));
        Assert.IsType<Step<Dispute, DisputeFact>.Taken>(run.Reach(ends));

        Assert.Equal("12-08 00:00 dispute-resumed 350322001001", run.Said[^1]);
        // 60 days of the calendar, and what was worked of them.
        Assert.Equal(Day("2026-02-24"), run.State.Total!.Deadline.Date);
    }

    [Fact]
    public void A_standstill_that_is_looked_at_or_ended_late_ended_at_its_longest_all_the_same()
    {
        var late = Mediating();
        late.Tell(Local("2025-10-09 11:00"), Village, new DisputeFact.Suspended("party-unavailable"));
        var said = Mediating();
        said.Tell(Local("2025-10-09 11:00"), Village, new DisputeFact.Suspended("party-unavailable"));

        late.Reach(Local("2025-11-12 09:00"));
        said.Tell(Local("2025-11-12 09:00"), Village, new DisputeFact.Resumed());

        // From 9 October to 7 November, thirty days.
        Assert.Equal(Day("2026-01-26"), late.State.Total!.Deadline.Date);
        Assert.Equal(late.State.Total.Deadline.Date, said.State.Total!.Deadline.Date);
        Assert.Equal(late.State.Term!.Deadline.Date, said.State.Term!.Deadline.Date);
    }

    [Fact]
    public void A_case_may_change_levels_while_it_stands_still()
    {
        var run = Mediating(Neighbours.WithConsent());
        run.Tell(Local("2025-10-09 10:00"), Village, new DisputeFact.Suspended("appraisal"));
        run.Tell(Local("2025-10-10 10:00"), Village, new DisputeFact.EscalationAsked());
        Assert.Equal((DisputeStatus.Offered, Township, Day("2025-10-13")), (run.State.Status, run.State.Handler, run.State.SignFor!.Deadline.Date));
        run.RunUntil(Local("2025-10-14 09:00"));
        Assert.Equal(0, run.State.SignFor.OverdueSaid);

        run.Tell(Local("2025-10-14 09:00"), Township, new DisputeFact.Resumed());

        // The new clock lost the days since it began, the total clock those since the case stopped.
        Assert.Equal((Day("2025-10-15"), Day("2025-12-31")), (run.State.SignFor!.Deadline.Date, run.State.Total!.Deadline.Date));
        Assert.Equal(DisputeStatus.Offered, run.State.Status);
    }

    [Fact]
    public void A_handler_that_got_the_case_while_it_stood_still_can_give_it_back_when_it_goes_on()
    {
        var run = MediatingByPlan(Neighbours.WithConsent());
        run.Tell(Local("2025-10-09 10:00"), Village, new DisputeFact.Suspended("appraisal"));
        run.Tell(Local("2025-10-10 10:00"), Village, new DisputeFact.EscalationAsked());
        Assert.Equal("suspended", Code(run.Tell(Local("2025-10-11 09:00"), Township, new DisputeFact.ReturnAsked())));
        run.Tell(Local("2025-10-14 09:00"), Township, new DisputeFact.Resumed());

        // One working day, which was Saturday 10-11, a make-up workday; it stood still on that day and on the Monday.
        var late = Assert.IsType<Step<Dispute, DisputeFact>.Refused>(run.Kind.Decide(
            run.State, new DisputeFact.ReturnAsked(), new Occasion(Local("2025-10-15 00:00"), Township, "api", "x"), run.Rules));
        Assert.Equal("The case could be given back until 2025-10-14.", late.Reason);
        Assert.IsType<Step<Dispute, DisputeFact>.Taken>(run.Tell(JustBefore(Local("2025-10-15 00:00")), Township, new DisputeFact.ReturnAsked()));
    }

    [Fact]
    public void A_case_that_stands_still_holds_no_session_but_a_party_may_end_it()
    {
        var run = Mediating();
        run.Tell(Local("2025-10-09 10:00"), Village, new DisputeFact.Suspended("appraisal"));

        foreach (var fact in new DisputeFact[] { new DisputeFact.SessionHeld(Day("2025-10-09")), new DisputeFact.Suspended("appraisal"), ThreeDays, new DisputeFact.AssistAsked("mzj") })
        {
            Assert.Equal("suspended", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(run.Tell(Local("2025-10-09 12:00"), Village, fact)).Code);
        }

        run.Tell(Local("2025-10-09 13:00"), Village, new DisputeFact.Refused("b"));
        Assert.Equal((DisputeStatus.Refused, true), (run.State.Status, run.State.Suspension is null));
        Assert.Null(run.Kind.Next(run.State));
    }

    [Fact]
    public void More_time_is_asked_for_until_the_last_instant_of_the_due_day_and_not_after()
    {
        var inTime = Mediating();
        var end = EndOf(inTime.State.Term);
        inTime.RunUntil(JustBefore(end));
        Assert.IsType<Step<Dispute, DisputeFact>.Taken>(inTime.Tell(JustBefore(end), Village, ThreeDays));

        var late = Mediating();
        late.RunUntil(JustBefore(end));
        Assert.Equal("extension-late", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(late.Tell(end, Village, ThreeDays)).Code);
    }

    [Fact]
    public void A_level_does_not_end_while_its_extension_waits_and_a_late_yes_counts_from_the_old_date()
    {
        var run = Mediating();
        run.RunUntil(Local("2025-10-17 10:00"));
        run.Tell(Local("2025-10-17 16:00"), Village, ThreeDays);
        Assert.Equal("10-17 16:00 dispute-extension-asked 350322001", run.Said[^1]);
        Assert.Equal((Township, Day("2025-10-21")), (run.State.Extension!.Approver, run.State.Extension.Decide.Deadline.Date));
        run.RunUntil(Local("2025-10-20 09:00"));
        Assert.Equal((DisputeStatus.Mediating, 0), (run.State.Status, run.State.Overdue));

        run.Tell(Local("2025-10-20 09:00"), Township, new DisputeFact.ExtensionDecided(true));

        Assert.Equal(Day("2025-10-22"), run.State.Term!.Deadline.Date);
        Assert.Equal("extended by 3 working days: the last is 2025-10-22", run.State.Term.Deadline.Why[^2].Text);
        Assert.Equal("10-20 09:00 dispute-extended 350322001001", run.Said[^1]);
        run.RunUntil(JustBefore(Local("2025-10-23 00:00")));
        Assert.Equal(DisputeStatus.Mediating, run.State.Status);
        run.Reach(Local("2025-10-23 00:00"));
        Assert.Equal(DisputeStatus.AwaitingConsent, run.State.Status);
    }

    [Fact]
    public void A_wish_that_nobody_decides_on_is_dropped_at_its_date_and_the_level_ends()
    {
        var run = Mediating();
        run.RunUntil(Local("2025-10-17 10:00"));
        run.Tell(Local("2025-10-17 16:00"), Village, ThreeDays);

        run.RunUntil(JustBefore(Local("2025-10-22 00:00")));
        Assert.NotNull(run.State.Extension);
        run.RunUntil(Local("2025-10-22 00:00"));

        Assert.Equal(DisputeStatus.AwaitingConsent, run.State.Status);
        Assert.Equal(
            [
                "10-20 08:30 dispute-extension-reminder 350322001",
                "10-22 00:00 dispute-extension-refused 350322001001",
                "10-22 00:00 dispute-term-overdue 350322001 +zzzx",
                "10-22 00:00 dispute-consent-asked 350322001001",
            ],
            run.Said.TakeLast(4));
    }

    [Theory]
    [InlineData(6, "a,b", "extension-days")]
    [InlineData(0, "a,b", "extension-days")]
    [InlineData(5, "a", "agreement-missing")]
    public void More_time_needs_a_bounded_number_of_days_and_every_partys_agreement(int days, string agreed, string code)
    {
        var run = Mediating();

        var refused = Assert.IsType<Step<Dispute, DisputeFact>.Refused>(
            run.Tell(Local("2025-10-13 09:00"), Village, new DisputeFact.ExtensionAsked(days, agreed.Split(','))));

        Assert.Equal(code, refused.Code);
    }

    [Fact]
    public void More_time_is_capped_by_level_decided_by_the_superior_alone_and_fits_in_the_total_term()
    {
        var run = MediatingAtCounty();
        Assert.Equal((Day("2025-10-28"), Day("2025-12-26")), (run.State.Term!.Deadline.Date, run.State.Total!.Deadline.Date));
        run.Tell(Local("2025-10-13 09:00"), Centre, new DisputeFact.ExtensionAsked(30, ["a", "b"]));
        Assert.Equal("not-yours", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(run.Tell(Local("2025-10-13 10:00"), Centre, new DisputeFact.ExtensionDecided(true))).Code);
        Assert.Equal("already-asked", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(run.Tell(Local("2025-10-13 10:00"), Centre, ThreeDays)).Code);
        run.Tell(Local("2025-10-13 11:00"), DutyBox, new DisputeFact.ExtensionDecided(true));
        Assert.Equal(Day("2025-11-27"), run.State.Term!.Deadline.Date);

        Assert.Equal("beyond-total", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(run.Tell(Local("2025-10-14 09:00"), Centre, new DisputeFact.ExtensionAsked(30, ["a", "b"]))).Code);
        run.Tell(Local("2025-10-14 09:00"), Centre, new DisputeFact.ExtensionAsked(29, ["a", "b"]));
        run.Tell(Local("2025-10-14 10:00"), DutyBox, new DisputeFact.ExtensionDecided(true));
        Assert.Equal(Day("2025-12-26"), run.State.Term!.Deadline.Date);
        Assert.Equal("extension-cap", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(run.Tell(Local("2025-10-15 09:00"), Centre, ThreeDays)).Code);
    }

    [Fact]
    public void Rules_of_before_know_no_standstill_and_no_more_time()
    {
        var old = ReferenceCounty.Disputes with
        {
            Process = ReferenceCounty.Disputes.Process with { Suspension = null, Extension = null, Return = null, Assist = null },
        };
        var run = new CaseRun<Dispute, DisputeFact, DisputeRules>(new DisputeEscalation(), Mediating().State, old);

        foreach (var fact in new DisputeFact[] { new DisputeFact.Suspended("appraisal"), ThreeDays, new DisputeFact.ReturnAsked(), new DisputeFact.AssistAsked("mzj") })
        {
            Assert.Equal("not-in-these-rules", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(run.Tell(Local("2025-09-29 09:00"), Village, fact)).Code);
        }
    }
}
