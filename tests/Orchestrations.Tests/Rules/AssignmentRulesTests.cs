using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Supervision.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Rules;

/// <summary>A running assignment goes over to other rules.</summary>
public sealed class AssignmentRulesTests
{
    [Fact]
    public void The_time_to_sign_and_to_check_are_counted_anew_and_the_plans_own_date_stays()
    {
        var run = Open();
        Assert.Equal((Day("2025-09-30"), Day("2025-10-31")), (run.State.SignFor!.Deadline.Date, run.State.Finish!.Deadline.Date));
        run.Change(Local("2025-09-28 09:00"), OtherRules.Supervision with { Policies = OtherRules.Policies("SUPERVISION-SIGN", 5) });
        Assert.Equal((Day("2025-10-10"), Day("2025-10-31")), (run.State.SignFor!.Deadline.Date, run.State.Finish!.Deadline.Date));
        Assert.Equal(["The date of signFor moves from 2025-09-30 to 2025-10-10."], run.LastLines());
        Assert.Equal("09-28 09:00 assignment-dates-moved mzj", run.Said[^1]);

        var claimed = Claimed();
        Assert.Equal(Day("2025-10-30"), claimed.State.Check!.Deadline.Date);
        claimed.Change(Local("2025-10-24 09:00"), OtherRules.Supervision with { Policies = OtherRules.Policies("SUPERVISION-CHECK", 3) });
        Assert.Equal(Day("2025-10-28"), claimed.State.Check!.Deadline.Date);
        Assert.Equal("10-24 09:00 assignment-dates-moved dcs", claimed.Said[^1]);
    }

    [Fact]
    public void An_overdue_that_was_said_is_not_said_again_by_a_date_that_still_lies_in_the_past()
    {
        var run = Open();
        run.RunUntil(Local("2025-10-09 12:00"));
        Assert.Equal((1, Local("2025-10-14 08:30")), (run.State.SignFor!.OverdueSaid, run.State.SignFor.NextOverdue));

        run.Change(Local("2025-10-09 12:00"), OtherRules.Supervision with { Policies = OtherRules.Policies("SUPERVISION-SIGN", 2) });

        Assert.Equal(Day("2025-09-29"), run.State.SignFor!.Deadline.Date);
        Assert.True(run.State.SignFor.IsOverdue);
        Assert.Equal(Local("2025-10-13 08:30"), run.Kind.Next(run.State));
        run.RunUntil(Local("2025-10-31 12:00"));
        Assert.Equal(run.Notices.Count, run.Notices.Select(notice => notice.Key).Distinct().Count());
    }

    [Fact]
    public void A_date_that_comes_to_lie_ahead_again_is_green_until_it_is_over_again()
    {
        var run = Open();
        run.RunUntil(Local("2025-10-09 12:00"));
        Assert.Equal("red", run.Kind.Card(run.State, run.Rules).Light);

        run.Change(Local("2025-10-09 12:00"), OtherRules.Supervision with { Policies = OtherRules.Policies("SUPERVISION-SIGN", 8) });

        Assert.Equal((Day("2025-10-14"), false), (run.State.SignFor!.Deadline.Date, run.State.SignFor.IsOverdue));
        Assert.NotEqual("red", run.Kind.Card(run.State, run.Rules).Light);
        run.RunUntil(Local("2025-10-15 00:00"));
        Assert.Equal((2, true), (run.State.SignFor!.OverdueSaid, run.State.SignFor.IsOverdue));
        Assert.Equal(run.Notices.Count, run.Notices.Select(notice => notice.Key).Distinct().Count());
    }

    [Fact]
    public void An_assignment_whose_unit_is_gone_keeps_its_rules_and_a_struck_off_one_is_not_changed()
    {
        var run = Active();
        run.Change(Local("2025-09-29 09:00"), OtherRules.Supervision with
        {
            Units = new Orchestrations.Units.UnitRegister([.. ReferenceCounty.Units.All.Where(unit => unit.Id != Unit)], ReferenceCounty.Units.Duties),
        });
        Assert.Equal((ReferenceCounty.Version, "RulesKept"), (run.State.Rules, run.Journal[^1].Line.What));

        var done = Claimed();
        done.Tell(Local("2025-10-24 09:00"), Office, new AssignmentFact.Checked(true));
        Assert.Equal("struck-off", Assert.IsType<Step<Assignment, AssignmentFact>.Refused>(done.Change(Local("2025-10-24 10:00"), OtherRules.Supervision)).Code);
    }
}
