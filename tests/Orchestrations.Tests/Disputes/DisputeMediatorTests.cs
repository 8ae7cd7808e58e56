using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Units;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>Who mediates: named, chosen, avoided (人民调解法 14, 19).</summary>
public sealed class DisputeMediatorTests
{
    private const string First = "m-350322001001-1";
    private const string Second = "m-350322001001-2";
    private static readonly DateTimeOffset Morning = Local("2025-10-09 09:00");

    [Theory]
    [InlineData("m-350322001001-1", "350322001001")]
    [InlineData("m-zzzx-12", "zzzx")]
    [InlineData("m--1", null)]
    [InlineData("m-zzzx-", null)]
    [InlineData("m-zzzx-1a", null)]
    [InlineData("zzzx-1", null)]
    [InlineData("m-zz/zx-1", null)]
    [InlineData("", null)]
    public void An_id_says_whose_mediator_it_is(string id, string? unit) => Assert.Equal(unit, MediatorId.UnitOf(id));

    [Fact]
    public void The_handler_names_several_of_its_roster_and_the_first_leads()
    {
        var run = MediatingByPlan();

        run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([Second, First]));

        Assert.Equal([Second, First], run.State.Mediators);
        Assert.Contains($"disputes.mediator.{First}", run.Kind.Card(run.State, run.Rules).Lists);
    }

    [Fact]
    public void Nobody_of_another_roster_is_named_nor_too_many_nor_anybody_twice_and_by_the_handler_only()
    {
        var run = MediatingByPlan();

        Assert.Equal("not-of-the-roster", Code(run.Tell(Morning, Village, new DisputeFact.MediatorsNamed(["m-350322001-1"]))));
        Assert.Equal("mediator-count", Code(run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([]))));
        Assert.Equal("mediator-count", Code(run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([First, First]))));
        Assert.Equal("mediator-count", Code(run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([.. Enumerable.Range(1, 6).Select(number => MediatorId.Of(Village, number))]))));
        Assert.Equal("not-the-handler", Code(run.Tell(Morning, Township, new DisputeFact.MediatorsNamed([First]))));
        Assert.Equal("not-in-these-rules", Code(Mediating().Tell(Morning, Village, new DisputeFact.MediatorsNamed([First]))));
        Assert.Null(Code(run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([.. Enumerable.Range(1, 5).Select(number => MediatorId.Of(Village, number))]))));
    }

    [Fact]
    public void A_choice_of_one_party_is_told_and_of_all_it_takes_effect()
    {
        var run = MediatingByPlan();
        run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([First]));

        Assert.Null(Code(run.Tell(Morning, "party:a", new DisputeFact.MediatorChosen("a", Second), Speakers.PartyVia)));
        Assert.Equal([First], run.State.Mediators);
        Assert.Equal("10-09 09:00 dispute-mediator-chosen 350322001001", run.Said[^1]);

        Assert.Null(Code(run.Tell(Morning, "party:b", new DisputeFact.MediatorChosen("b", Second), Speakers.PartyVia)));
        Assert.Equal([Second, First], run.State.Mediators);
        Assert.Null(run.State.MediatorChoices);
        Assert.Equal("10-09 09:00 dispute-mediator-agreed 350322001001", run.Said[^1]);
        Assert.Equal("already-named", Code(run.Tell(Morning, "party:b", new DisputeFact.MediatorChosen("b", Second), Speakers.PartyVia)));
        Assert.Equal("not-your-word", Code(run.Tell(Morning, "party:b", new DisputeFact.MediatorChosen("a", First), Speakers.PartyVia)));
    }

    [Fact]
    public void Parties_who_want_different_mediators_leave_it_to_the_handler()
    {
        var run = MediatingByPlan();
        run.Tell(Morning, "party:a", new DisputeFact.MediatorChosen("a", First), Speakers.PartyVia);
        run.Tell(Morning, "party:b", new DisputeFact.MediatorChosen("b", Second), Speakers.PartyVia);
        Assert.Null(run.State.Mediators);

        run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([First]));

        Assert.Equal([First], run.State.Mediators);
        Assert.Null(run.State.MediatorChoices);
    }

    [Fact]
    public void Until_an_avoidance_is_decided_that_mediator_holds_no_session_and_settles_nothing()
    {
        var run = MediatingByPlan();
        run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([First]));

        run.Tell(Morning, "party:b", new DisputeFact.AvoidanceAsked(First, "relative", "b"), Speakers.PartyVia);

        Assert.Equal("10-09 09:00 dispute-avoidance-asked 350322001", run.Said[^1]);
        Assert.Contains($"disputes.deciding.{Township}", run.Kind.Card(run.State, run.Rules).Lists);
        Assert.Equal("avoidance-open", Code(run.Tell(Morning, Village, new DisputeFact.SessionHeld(Day("2025-10-09")))));
        Assert.Equal("avoidance-open", Code(run.Tell(Morning, Village, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-09")))));
        Assert.Equal("avoidance-open", Code(run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([First]))));
        Assert.Null(Code(run.Tell(Morning, Village, new DisputeFact.SessionHeld(Day("2025-10-09"), Mediators: [Second]))));
    }

    [Fact]
    public void An_accepted_avoidance_takes_the_mediator_out_of_the_case_and_of_its_plans_for_good()
    {
        var run = MediatingByPlan();
        run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([First, Second]));
        run.Tell(Morning, Village, new DisputeFact.SessionPlanned(Day("2025-10-10"), new(9, 0), new(10, 0), SessionForm.OnSite, [First]));
        run.Tell(Morning, Village, new DisputeFact.AvoidanceAsked(First, "own-interest"));

        Assert.Equal("not-yours", Code(run.Tell(Morning, Village, new DisputeFact.AvoidanceDecided(First, true))));
        run.Tell(Local("2025-10-09 10:00"), Township, new DisputeFact.AvoidanceDecided(First, true));

        Assert.Equal([Second], run.State.Mediators);
        Assert.Null(run.State.SessionPlans![0].Mediators);
        Assert.Equal("mediator-removed", Code(run.Tell(Local("2025-10-09 10:01"), Village, new DisputeFact.MediatorsNamed([First]))));
        Assert.Equal("mediator-removed", Code(run.Tell(Local("2025-10-09 10:01"), Village, new DisputeFact.AvoidanceAsked(First, "other"))));
        Assert.Equal("10-09 10:00 dispute-avoidance-decided 350322001001", run.Said[^1]);
        Assert.Equal("其余调解员继续调解", run.Notices[^1].Model["next"]);
    }

    [Fact]
    public void A_session_that_falls_to_somebody_who_mediates_elsewhere_then_is_cancelled_and_the_handler_hears_of_it()
    {
        var run = MediatingByPlan();
        run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([First, Second]));
        run.Tell(Morning, Village, new DisputeFact.SessionPlanned(Day("2025-10-10"), new(9, 0), new(10, 0), SessionForm.OnSite, [First]));
        run.Tell(Morning, Village, new DisputeFact.SessionPlanned(Day("2025-10-10"), new(14, 0), new(15, 0), SessionForm.OnSite, [First]));

        run.Tell(Morning, Village, new DisputeFact.ConflictDeclared(First, [2, 7]));

        Assert.Equal([1], run.State.SessionPlans!.Select(plan => plan.Number));
        Assert.Equal("10-09 09:00 dispute-session-cancelled 350322001001", run.Said[^1]);
        Assert.Equal("Session 2 of 2025-10-10 14:00-15:00 is cancelled: whoever would mediate it mediates another case then.", run.Journal[^1].Line.Text);
    }

    [Fact]
    public void Only_the_choice_that_takes_effect_and_the_avoidance_that_is_accepted_cancel_what_clashes()
    {
        var run = MediatingByPlan();
        run.Tell(Morning, Village, new DisputeFact.SessionPlanned(Day("2025-10-10"), new(9, 0), new(10, 0), SessionForm.OnSite));
        run.Tell(Morning, Village, new DisputeFact.SessionPlanned(Day("2025-10-10"), new(14, 0), new(15, 0), SessionForm.OnSite, [First]));
        run.Tell(Morning, "party:a", new DisputeFact.MediatorChosen("a", Second, [1]), Speakers.PartyVia);
        run.Tell(Morning, Village, new DisputeFact.AvoidanceAsked(First, "other"));
        run.Tell(Morning, Township, new DisputeFact.AvoidanceDecided(First, false, [2]));
        Assert.Equal(2, run.State.SessionPlans!.Count);

        run.Tell(Morning, "party:b", new DisputeFact.MediatorChosen("b", Second, [1]), Speakers.PartyVia);
        run.Tell(Morning, Village, new DisputeFact.AvoidanceAsked(First, "other"));
        run.Tell(Morning, Township, new DisputeFact.AvoidanceDecided(First, true, [2]));

        Assert.Null(run.State.SessionPlans);
    }

    [Fact]
    public void A_refused_avoidance_leaves_the_mediator_and_may_be_asked_again()
    {
        var run = MediatingByPlan();
        run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([First]));
        run.Tell(Morning, "party:b", new DisputeFact.AvoidanceAsked(First, "other", "b"), Speakers.PartyVia);
        Assert.Equal("already-asked", Code(run.Tell(Morning, "party:a", new DisputeFact.AvoidanceAsked(First, "other", "a"), Speakers.PartyVia)));

        run.Tell(Morning, Township, new DisputeFact.AvoidanceDecided(First, false));

        Assert.Equal([First], run.State.Mediators);
        Assert.Null(Code(run.Tell(Morning, Village, new DisputeFact.SessionHeld(Day("2025-10-09")))));
        Assert.Equal("not-asked", Code(run.Tell(Morning, Township, new DisputeFact.AvoidanceDecided(First, true))));
        Assert.Null(Code(run.Tell(Morning, "party:a", new DisputeFact.AvoidanceAsked(First, "other", "a"), Speakers.PartyVia)));
    }

    [Fact]
    public void A_decision_that_is_late_is_asked_for_until_it_comes_and_lets_nobody_in()
    {
        var run = MediatingByPlan();
        run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([First]));
        run.Tell(Morning, "party:b", new DisputeFact.AvoidanceAsked(First, "other", "b"), Speakers.PartyVia);

        run.RunUntil(Local("2025-10-15 09:00"));

        Assert.Equal(
            [
                "10-10 08:30 dispute-avoidance-reminder 350322001",
                "10-12 00:00 dispute-avoidance-overdue 350322001 +zzzx",
                "10-13 08:30 dispute-avoidance-overdue 350322001 +zzzx",
                "10-14 08:30 dispute-avoidance-overdue 350322001 +zzzx",
                "10-15 08:30 dispute-avoidance-overdue 350322001 +zzzx",
            ],
            run.Said.Where(line => line.Contains("avoidance-", StringComparison.Ordinal)).Skip(1));
        Assert.Equal("avoidance-open", Code(run.Tell(Local("2025-10-15 09:01"), Village, new DisputeFact.SessionHeld(Day("2025-10-15")))));
    }

    [Fact]
    public void At_county_level_the_unit_decides_itself()
    {
        var run = Followed(Neighbours with { WantedLevel = Level.County });
        run.Open();
        run.Tell(Local("2025-09-28 10:00"), Centre, new DisputeFact.SignedFor());

        run.Tell(Morning, "party:a", new DisputeFact.AvoidanceAsked("m-zzzx-1", "other", "a"), Speakers.PartyVia);

        Assert.Equal(Centre, run.State.Avoidances![0].Decider);
    }

    [Fact]
    public void A_declared_conflict_takes_effect_at_once_also_while_somebody_decides()
    {
        var run = MediatingByPlan();
        run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([First]));
        run.Tell(Morning, "party:b", new DisputeFact.AvoidanceAsked(First, "other", "b"), Speakers.PartyVia);

        run.Tell(Morning, Village, new DisputeFact.ConflictDeclared(First));
        run.Tell(Morning, Village, new DisputeFact.ConflictDeclared(Second));

        Assert.Null(run.State.Mediators);
        Assert.Equal([true, true], run.State.Avoidances!.Select(wish => wish.Accepted));
        Assert.DoesNotContain(DisputeClocks.Of(run.State), clock => clock.Name == "avoidance");
        Assert.Equal("mediator-removed", Code(run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([Second]))));
    }

    [Fact]
    public void A_reason_that_the_rules_do_not_know_and_a_mediator_of_another_unit_are_refused()
    {
        var run = MediatingByPlan();

        Assert.Equal("unknown-avoidance", Code(run.Tell(Morning, Village, new DisputeFact.AvoidanceAsked(First, "weather"))));
        Assert.Equal("not-of-the-roster", Code(run.Tell(Morning, Village, new DisputeFact.AvoidanceAsked("m-350322001-1", "other"))));
        Assert.Equal("not-of-the-roster", Code(run.Tell(Morning, Village, new DisputeFact.ConflictDeclared("阿明"))));
        Assert.Equal("unknown-party", Code(run.Tell(Morning, Village, new DisputeFact.AvoidanceAsked(First, "other", "c"))));
    }

    [Fact]
    public void The_next_level_names_its_own_and_drops_what_was_open()
    {
        var run = MediatingByPlan(Neighbours.WithConsent());
        run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([First]));
        run.Tell(Morning, Village, new DisputeFact.AvoidanceAsked(First, "other"));

        run.Tell(Morning, Village, new DisputeFact.EscalationAsked());

        Assert.Null(run.State.Mediators);
        Assert.Null(run.State.Avoidances![0].Decide);
        Assert.Null(run.State.Avoidances[0].Accepted);
    }

    [Fact]
    public void An_agreement_names_who_mediated_it()
    {
        var run = MediatingByPlan();
        run.Tell(Morning, Village, new DisputeFact.MediatorsNamed([First, Second]));

        run.Tell(Morning, Village, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-09")));

        Assert.Equal([First, Second], run.State.Outcome!.Agreement!.Mediators);
    }
}
