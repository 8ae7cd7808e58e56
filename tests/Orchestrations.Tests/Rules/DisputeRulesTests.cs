using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;
using Ended = Workflows.Orchestrations.Tests.Disputes.Ended;

namespace Workflows.Orchestrations.Tests.Rules;

/// <summary>A running dispute goes over to other rules: its dates are counted anew, and nothing else is done again.</summary>
public sealed class DisputeRulesTests
{
    [Fact]
    public void A_longer_term_moves_the_date_says_so_and_tells_the_handler()
    {
        var run = Mediating();

        run.Change(Local("2025-10-10 09:00"), OtherRules.Village(12));

        Assert.Equal((OtherRules.Version, Day("2025-10-21"), Day("2025-12-26")), (run.State.Rules, run.State.Term!.Deadline.Date, run.State.Total!.Deadline.Date));
        Assert.Equal(
            ["Lives under rules test-rules-2 from now on, no longer under test-rules; 1 date moves.", "The date of level moves from 2025-10-17 to 2025-10-21."],
            run.Journal.TakeLast(2).Select(entry => entry.Line.Text));
        Assert.Equal("自即日起适用规则版本test-rules-2（原为test-rules），1个期限变动。", run.Journal[^2].Line.TextZh);
        Assert.Equal("本级调处期限由2025年10月17日调整为2025年10月21日。", run.Journal[^1].Line.TextZh);
        Assert.Contains("12 working days counted: the last is 2025-10-21", run.Journal[^1].Line.Why!);
        Assert.Equal(("dcs", "rules"), (run.Journal[^1].By, run.Journal[^1].Via));
        Assert.Equal("10-10 09:00 dispute-dates-moved 350322001001", run.Said[^1]);
        Assert.StartsWith("本级调处期限由2025年10月17日调整为2025年10月21日。依据：", run.Notices[^1].Model["dates"], StringComparison.Ordinal);
        Assert.Equal(OtherRules.Version, run.Notices[^1].Rules);

        run.RunUntil(JustBefore(Local("2025-10-22 00:00")));
        Assert.Equal((DisputeStatus.Mediating, 0), (run.State.Status, run.State.Overdue));
        run.RunUntil(Local("2025-10-22 00:00"));
        Assert.Equal(DisputeStatus.AwaitingConsent, run.State.Status);
    }

    [Theory]
    [InlineData("2025-10-14 10:00", false)]
    [InlineData("2025-10-15 23:59", false)]
    [InlineData("2025-10-16 00:00", true)]
    [InlineData("2025-10-17 10:00", true)]
    public void A_shorter_term_that_is_over_at_once_is_said_to_be_over_at_the_next_step_and_once(string changed, bool isOver)
    {
        var run = Mediating();

        run.Change(Local(changed), OtherRules.Village(8));

        Assert.Equal(Day("2025-10-15"), run.State.Term!.Deadline.Date);
        Assert.Equal(isOver, run.Kind.Next(run.State) <= Local(changed));
        Assert.Equal(0, run.State.Overdue);
        run.RunUntil(Local("2025-10-17 20:00"));
        Assert.Equal((DisputeStatus.AwaitingConsent, 1), (run.State.Status, run.State.Overdue));
        Assert.Single(run.Said, line => line.EndsWith(" dispute-term-overdue 350322001 +zzzx", StringComparison.Ordinal));
        Assert.Contains($"{Minute(isOver ? Local(changed) : Local("2025-10-16 00:00"))} dispute-term-overdue 350322001 +zzzx", run.Said);
    }

    [Fact]
    public void A_reminder_that_was_said_is_not_said_again_and_one_before_the_new_date_is()
    {
        var run = Mediating();
        run.Change(Local("2025-10-14 08:31"), OtherRules.Village(12));

        run.RunUntil(Local("2025-10-21 20:00"));

        Assert.Equal(
            ["10-14 08:30", "10-16 08:30", "10-20 08:30"],
            run.Said.Where(line => line.EndsWith("dispute-term-reminder 350322001001", StringComparison.Ordinal)).Select(line => line[..11]));
        Assert.Equal(run.Notices.Count, run.Notices.Select(notice => notice.Key).Distinct().Count());
    }

    [Fact]
    public void A_reminder_that_is_due_in_the_same_minute_is_not_lost()
    {
        var run = Mediating();
        run.RunUntil(JustBefore(Local("2025-10-14 08:30")));

        // The command was accepted at the very moment of the reminder and is read first.
        run.Under(OtherRules.Disputes).Tell(Local("2025-10-14 08:30"), "dcs", new DisputeFact.RulesChanged(OtherRules.Version), "rules");
        run.RunUntil(Local("2025-10-14 09:00"));

        Assert.Equal("10-14 08:30 dispute-term-reminder 350322001001", run.Said[^1]);
    }

    [Fact]
    public void The_same_content_moves_nothing_and_tells_nobody()
    {
        var run = Mediating();
        run.RunUntil(Local("2025-10-15 09:00"));
        var (before, said) = (run.State, run.Said.Count);

        run.Change(Local("2025-10-15 09:00"), OtherRules.Disputes);

        Assert.Equal(Wire.Write(before with { Rules = OtherRules.Version }), Wire.Write(run.State));
        Assert.Equal(said, run.Said.Count);
        Assert.Equal("Lives under rules test-rules-2 from now on, no longer under test-rules; 0 dates move.", run.Journal[^1].Line.Text);
        Assert.IsType<Step<Dispute, DisputeFact>.Nothing>(run.Change(Local("2025-10-15 10:00"), OtherRules.Disputes));
    }

    [Fact]
    public void Days_that_a_case_stood_still_and_days_that_were_granted_are_kept()
    {
        var stood = Mediating();
        stood.Tell(Local("2025-10-09 11:00"), Village, new DisputeFact.Suspended("appraisal"));
        stood.Tell(Local("2025-10-13 09:00"), Village, new DisputeFact.Resumed());
        Assert.Equal(Day("2025-10-22"), stood.State.Term!.Deadline.Date);
        stood.Change(Local("2025-10-14 09:00"), OtherRules.Village(12));
        Assert.Equal(Day("2025-10-24"), stood.State.Term!.Deadline.Date);
        Assert.Contains(stood.State.Term.Deadline.Why, step => step.Text == "suspended from 2025-10-09 to 2025-10-13, 3 working days: the last is 2025-10-24");

        var granted = Mediating();
        granted.Tell(Local("2025-10-13 09:00"), Village, new DisputeFact.ExtensionAsked(3, ["a", "b"]));
        granted.Tell(Local("2025-10-13 10:00"), Township, new DisputeFact.ExtensionDecided(true));
        granted.Change(Local("2025-10-14 09:00"), OtherRules.Village(12));
        Assert.Equal(Day("2025-10-24"), granted.State.Term!.Deadline.Date);
        Assert.Contains(granted.State.Term.Deadline.Why, step => step.Text == "extended by 3 working days: the last is 2025-10-24");
    }

    [Fact]
    public void A_case_that_stands_still_is_counted_anew_and_moves_on_when_it_goes_on()
    {
        var run = Mediating();
        run.Tell(Local("2025-10-09 11:00"), Village, new DisputeFact.Suspended("appraisal"));

        run.Change(Local("2025-10-10 09:00"), OtherRules.Village(12));
        Assert.Equal((Day("2025-10-21"), true), (run.State.Term!.Deadline.Date, run.State.Suspension is not null));
        run.Tell(Local("2025-10-13 09:00"), Village, new DisputeFact.Resumed());

        Assert.Equal(Day("2025-10-24"), run.State.Term!.Deadline.Date);
    }

    [Fact]
    public void A_day_off_that_was_added_moves_the_dates_beyond_it_and_no_other()
    {
        var run = Mediating();
        run.Tell(Local("2025-10-09 10:00"), Village, new DisputeFact.AssistAsked("mzj"));
        Assert.Equal(Day("2025-10-15"), run.State.Assists![0].Clock!.Deadline.Date);

        run.Change(Local("2025-10-10 09:00"), OtherRules.Disputes with { Calendar = OtherRules.Off("2025-10-16") });

        Assert.Equal(
            (Day("2025-10-20"), Day("2025-10-15"), Day("2025-12-26")),
            (run.State.Term!.Deadline.Date, run.State.Assists![0].Clock!.Deadline.Date, run.State.Total!.Deadline.Date));
    }

    [Fact]
    public void A_calendar_of_a_new_year_makes_provisional_dates_firm()
    {
        var run = Open(Neighbours with { OpenedAt = Local("2026-12-30 09:00") });
        run.Tell(Local("2026-12-30 10:00"), Village, new DisputeFact.SignedFor());
        Assert.True(Deadlines.IsProvisional(run.State.Term!.Deadline));
        Assert.Equal(Day("2027-01-13"), run.State.Term.Deadline.Date);

        run.Change(Local("2026-12-31 09:00"), OtherRules.Disputes with
        {
            Calendar = ReferenceCounty.Calendar.With(new CalendarYear(2027, [Day("2027-01-01")], [], [])),
        });

        Assert.Equal(
            (Day("2027-01-14"), false, false),
            (run.State.Term!.Deadline.Date, Deadlines.IsProvisional(run.State.Term.Deadline), Deadlines.IsProvisional(run.State.Total!.Deadline)));
        Assert.Equal(
            ["The date of total stays 2027-03-30 and is provisional no longer.", "The date of level moves from 2027-01-13 to 2027-01-14."],
            run.LastLines());
    }

    [Fact]
    public void A_case_that_meets_something_missing_keeps_its_rules_and_says_why()
    {
        var without = OtherRules.Disputes with
        {
            Process = OtherRules.Disputes.Process with { Categories = [.. OtherRules.Disputes.Process.Categories.Where(category => category.Id != "neighbours")] },
        };
        var run = Mediating();
        var before = run.State;

        var step = Assert.IsType<Step<Dispute, DisputeFact>.Taken>(run.Change(Local("2025-10-10 09:00"), without));

        Assert.Same(before, step.State);
        Assert.Empty(step.Starts);
        Assert.Equal(["Keeps rules test-rules and does not take test-rules-2: There is no category neighbours any more."], step.Journal.Select(line => line.Text));
        Assert.Equal("继续适用规则版本test-rules，不适用test-rules-2：纠纷类别neighbours已不存在。", step.Journal[0].TextZh);
    }

    [Fact]
    public void What_a_case_cannot_do_without_is_its_category_its_units_its_clocks_and_what_its_agreement_names()
    {
        string? Keeps(CaseRun<Dispute, DisputeFact, DisputeRules> run, DisputeRules rules) =>
            DisputeRecount.Of(run.State, rules, run.Now).Keeps?.Code;

        var rules = OtherRules.Followed;
        var assisted = Mediating();
        assisted.Tell(Local("2025-10-09 10:00"), Village, new DisputeFact.AssistAsked("mzj"));
        Assert.Null(Keeps(assisted, rules));
        Assert.Equal("unit-gone", Keeps(assisted, rules with { Units = Without("mzj") }));
        Assert.Equal("unit-gone", Keeps(Mediating(), rules with { Units = Without(Village) }));
        Assert.Equal("clock-gone", Keeps(assisted, rules with { Process = rules.Process with { Assist = null } }));
        var avoiding = Mediating();
        var avoided = avoiding.State with { Avoidances = [new Avoidance("v1", "m-zzzx-1", "kin", "a", "t", "mzj", avoiding.State.Term)] };
        Assert.Null(DisputeRecount.Of(avoided, rules, avoiding.Now).Keeps);
        Assert.Equal("unit-gone", DisputeRecount.Of(avoided, rules with { Units = Without("mzj") }, avoiding.Now).Keeps?.Code);
        Assert.Equal("policy-not-valid", Keeps(Mediating(), rules with { Policies = OtherRules.Policies(policy => policy with { ValidFrom = Day("2025-09-29") }) }));
        Assert.Equal("policy-not-valid", Keeps(Mediating(), rules with { Policies = OtherRules.Policies("DISPUTE-VILLAGE", 100, PeriodUnit.Hour) }));
        Assert.Equal("clock-gone", Keeps(Ended.Settled(), rules with { Process = rules.Process with { Aftercare = null } }));
        var barred = Ended.Settled(new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-10"), Bar: rules.Process.Aftercare!.Bars[0].Id));
        Assert.Null(Keeps(barred, rules));
        Assert.Equal("bar-gone", Keeps(barred, rules with { Process = rules.Process with { Aftercare = rules.Process.Aftercare with { Bars = [] } } }));
    }

    [Fact]
    public void Level_handler_and_triage_are_not_decided_again()
    {
        var stricter = OtherRules.Disputes with
        {
            Process = OtherRules.Disputes.Process with
            {
                Grades = [.. OtherRules.Disputes.Process.Grades.Select(rule => rule with { Level = Orchestrations.Units.Level.County })],
            },
        };
        var run = Mediating();
        var before = run.State;

        run.Change(Local("2025-10-10 09:00"), stricter);

        Assert.Equal(Wire.Write(before with { Rules = OtherRules.Version }), Wire.Write(run.State));
    }

    [Fact]
    public void What_follows_an_end_is_counted_anew_and_the_agreement_names_the_new_last_day()
    {
        var run = Ended.Settled();
        Assert.Equal(Day("2025-11-10"), run.State.Outcome!.Agreement!.Confirmation!.Date);

        run.Change(Local("2025-10-13 09:00"), OtherRules.Followed with { Policies = OtherRules.Policies("JC-APPLY", 40) });

        Assert.Equal(Day("2025-11-19"), run.State.Outcome!.Agreement!.Confirmation!.Date);
        Assert.Equal(Day("2025-11-19"), run.State.Aftercare!.Find(FollowUpKind.Confirmation)!.Clock.Deadline.Date);
        Assert.Equal("10-13 09:00 dispute-dates-moved 350322001001", run.Said[^1]);
    }

    [Fact]
    public void An_ended_case_is_not_changed_and_a_change_is_decided_under_the_rules_it_names()
    {
        var ended = Open(Neighbours);
        ended.Tell(Local("2025-09-26 10:00"), Village, new DisputeFact.Refused("a"));
        Assert.Equal("ended", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(ended.Change(Local("2025-10-10 09:00"), OtherRules.Disputes)).Code);

        var kind = new DisputeEscalation();
        var fact = new DisputeFact.RulesChanged(OtherRules.Version);
        Assert.Equal(OtherRules.Version, kind.RulesVersion(Neighbours, fact));
        Assert.Equal(ReferenceCounty.Version, kind.RulesVersion(Neighbours, new DisputeFact.SignedFor()));
        Assert.Equal("other-rules", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(Mediating().Tell(Local("2025-10-10 09:00"), "dcs", fact)).Code);
    }

    private static Orchestrations.Units.UnitRegister Without(string unit) =>
        new([.. ReferenceCounty.Units.All.Where(known => known.Id != unit)], ReferenceCounty.Units.Duties);
}
