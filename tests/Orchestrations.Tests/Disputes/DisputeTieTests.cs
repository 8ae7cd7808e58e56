using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>Links, merging and splitting, where two flows meet in memory. The village signs for both cases on Sunday 2025-09-28, a working day.</summary>
public sealed partial class DisputeTieTests
{
    private const string One = "D2025-00001";
    private const string Two = "D2025-00002";
    private const string Three = "D2025-00003";
    private static readonly DateTimeOffset Morning = Local("2025-10-09 09:00");

    [Fact]
    public void Linked_cases_know_each_other_until_one_of_them_says_otherwise()
    {
        var county = BothMediated();

        county.Tell(Morning, Case(One), Village, new DisputeFact.LinkAsked(Two));

        Assert.Equal([Two], State(county, One).Links);
        Assert.Equal([One], State(county, Two).Links);
        Assert.Equal("Linked with D2025-00001, from there.", county.Journal(Two)[^1].Line.Text);
        county.Tell(Morning, Case(Two), Township, new DisputeFact.UnlinkAsked(One));
        Assert.Null(State(county, One).Links);
        Assert.Null(State(county, Two).Links);
        Assert.Equal(["Linked", "Unlinked"], county.Journal(One).Select(entry => entry.Line.What).Where(what => what.EndsWith("inked", StringComparison.Ordinal)));
        county.Flows.ReplayAll();
    }

    [Fact]
    public void A_case_that_is_taken_in_ends_as_merged_and_its_parties_go_on_in_the_other()
    {
        var county = BothMediated();

        county.Tell(Morning, Case(Two), Village, new DisputeFact.MergeAsked(One, [new SameParty("p1", "p1")]));

        var (one, two) = (State(county, One), State(county, Two));
        Assert.Equal((DisputeStatus.Merged, "merged", One, true), (two.Status, two.Outcome!.Reason, two.Outcome.Case, two.Ended));
        Assert.Equal([new MovedParty("p1", One, "p1"), new MovedParty("p2", One, "p3")], two.MovedParties);
        Assert.Equal(["p1", "p2", "p3"], one.Parties.Select(party => party.Id));
        Assert.Equal((3, DisputeStatus.Mediating, true), (one.People, one.Status, one.PeopleToMove is null));
        Assert.Equal([Two], one.Links);
        Assert.Equal([One], two.Links);
        Assert.Equal(["dispute-joined.1.D2025-00002.1.350322001001"], Started(county, One).Where(key => key.Contains("joined", StringComparison.Ordinal)));
        county.Flows.ReplayAll();
        county.Flows.RunUntil(Local("2026-12-31 00:00"));
        Assert.Equal("dispute-merged", county.Delivered.Last(mail => mail.Notice.Case == Two).Notice.Template);
    }

    [Fact]
    public void A_merge_wins_no_time_the_earlier_total_term_counts()
    {
        var county = new InMemoryCounty(Opened);
        county.Open(Case(One));
        county.Flows.RunUntil(Local("2025-09-28 09:00"));
        county.Open(Case(Two) with { OpenedAt = Local("2025-09-28 09:00") });
        county.Tell(Local("2025-09-28 10:00"), Case(One), Village, new DisputeFact.SignedFor());
        county.Tell(Local("2025-09-28 10:00"), Case(Two), Village, new DisputeFact.SignedFor());
        var early = State(county, One).Total!.Deadline;
        Assert.True(early.At < State(county, Two).Total!.Deadline.At);

        county.Tell(Morning, Case(One), Village, new DisputeFact.MergeAsked(Two));
        county.Flows.RunUntil(Local("2026-12-31 00:00"));

        Assert.Equal(early.At, State(county, Two).Outcome is { } ? early.At : default);
        Assert.Contains(county.Journal(Two), entry => entry.Line is { What: "Joined" } line && line.Due == early.Date);
    }

    [Theory]
    [InlineData("suspended")]
    [InlineData("ended")]
    [InlineData("not-mediating")]
    public void A_case_that_is_not_taken_in_goes_on_as_it_was_and_its_handler_is_told(string why)
    {
        var county = BothMediated();
        DisputeFact before = why switch
        {
            "suspended" => new DisputeFact.Suspended("appraisal"),
            "ended" => new DisputeFact.Refused("p2"),
            _ => new DisputeFact.EscalationAsked(),
        };
        county.Tell(Morning, Case(One), Village, before);

        county.Tell(Morning, Case(Two), Village, new DisputeFact.MergeAsked(One));

        var two = State(county, Two);
        Assert.Equal((DisputeStatus.Mediating, true, true), (two.Status, two.Merge is null, two.MovedParties is null));
        Assert.Equal("MergeRefused", county.Journal(Two)[^1].Line.What);
        Assert.Contains($"dispute-merge-refused.1.{One}.1.{Village}", Started(county, Two));
        county.Tell(Local("2025-10-09 10:00"), Case(Two), Village, new DisputeFact.SessionHeld(Day("2025-10-09")));
        Assert.Equal(1, State(county, Two).Sessions);
    }

    [Fact]
    public void Two_cases_that_ask_each_other_both_go_on()
    {
        var one = MediatingByPlan(Case(One));
        var asked = Taken(one.Tell(Morning, Village, new DisputeFact.MergeAsked(Two)));

        var other = Taken(one.Tell(Morning, Village, new DisputeFact.JoinAsked(new JoiningCase(Two, Village, 2, Case(Two).Parties, [], null)), DisputeTies.Via));

        Assert.Equal("merging", Answer(other).Code);
        Assert.NotNull(one.State.Merge);
        Assert.Single(asked.Tells!);
    }

    [Fact]
    public void For_an_hour_nothing_moves_a_case_that_waits_for_the_other_then_it_asks_again_with_the_same_word_and_goes_on()
    {
        var run = MediatingByPlan(Case(Two));
        var first = Assert.Single(Taken(run.Tell(Morning, Village, new DisputeFact.MergeAsked(One))).Tells!);

        Assert.Equal("merging", Code(run.Tell(Morning, Village, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-09")))));
        Assert.Equal("merging", Code(run.Tell(Morning, Village, new DisputeFact.LinkAsked(Three))));
        Assert.Equal(Local("2025-10-09 10:00"), run.State.Next);
        Assert.IsType<Step<Dispute, DisputeFact>.Nothing>(run.Reach(JustBefore(Local("2025-10-09 10:00"))));
        var second = Assert.Single(Taken(run.Reach(Local("2025-10-09 10:00"))).Tells!);

        Assert.Equal((first.Id, first.CommandId), (second.Id, second.CommandId));
        Assert.Contains("merge-unanswered", DisputeBoard.Of(run.State, run.Rules));
        Assert.Equal(1, run.Notices.Count(notice => notice.Template == "dispute-merge-unanswered" && notice.To == Village));
        Assert.Equal(Local("2025-10-10 10:00"), run.State.Merge!.AskAgain);
        Assert.Null(Code(run.Tell(Local("2025-10-09 10:01"), Village, new DisputeFact.SessionHeld(Day("2025-10-09")))));
        // It has its say until the other has answered, but it is in no two merges at once.
        Assert.Equal("merging", Code(run.Tell(Local("2025-10-09 10:02"), Village, new DisputeFact.MergeAsked(Three))));
        Assert.Equal("merging", Answer(Taken(run.Tell(
            Local("2025-10-09 10:03"), Village, new DisputeFact.JoinAsked(new JoiningCase(Three, Village, 2, Case(Three).Parties, [], null)), DisputeTies.Via))).Code);
    }

    [Fact]
    public void A_case_that_is_never_answered_says_every_date_and_ends_by_its_own_total_term()
    {
        var asking = MediatingByPlan(Case(Two).WithConsent());
        var other = MediatingByPlan(Case(Two).WithConsent());
        asking.Tell(Morning, Village, new DisputeFact.MergeAsked(One));

        asking.RunUntil(Local("2026-12-31 00:00"));
        other.RunUntil(Local("2026-12-31 00:00"));

        Assert.Equal(other.Notices.Select(notice => notice.Key), asking.Notices.Select(notice => notice.Key).Where(key => !key.Contains("unanswered", StringComparison.Ordinal)));
        Assert.Equal((other.State.Outcome, true, true), (asking.State.Outcome, asking.State.Merge is null, asking.Ended));
        Assert.Contains("Transferred", asking.Journal.Select(entry => entry.Line.What));
    }

    [Fact]
    public void A_date_that_falls_into_the_hour_is_said_when_the_hour_is_over()
    {
        var run = MediatingByPlan(Case(Two));
        var end = EndOf(run.State.Term);
        run.RunUntil(JustBefore(end));
        run.Tell(JustBefore(end), Village, new DisputeFact.MergeAsked(One));

        run.RunUntil(JustBefore(end).AddHours(1));

        Assert.Equal(["MergeAsked", "MergeAskedAgain", "TermOver"], run.Journal.Select(entry => entry.Line.What).SkipWhile(what => what != "MergeAsked").Take(3));
        Assert.Equal(DisputeStatus.AwaitingConsent, run.State.Status);
    }

    [Theory]
    [InlineData("asked-for-consent")]
    [InlineData("suspended")]
    [InlineData("higher-level")]
    public void An_answer_that_comes_late_ends_the_case_as_merged_wherever_it_stands_by_then(string where)
    {
        var run = MediatingByPlan(where == "higher-level" ? Case(Two).WithConsent() : Case(Two));
        run.Tell(Morning, Village, new DisputeFact.MergeAsked(One));
        run.RunUntil(Local("2025-10-09 10:00"));
        run.Tell(Local("2025-10-09 11:00"), Village, where == "suspended" ? new DisputeFact.Suspended("appraisal") : new DisputeFact.EscalationAsked());

        run.Tell(Local("2025-10-12 09:00"), Village, new DisputeFact.JoinAnswered(One, [new("p1", One, "p3"), new("p2", One, "p4")]), DisputeTies.Via);

        run.RunOut();
        Assert.Equal((DisputeStatus.Merged, One, true), (run.State.Status, run.State.Outcome?.Case, run.Ended));
        Assert.Equal(["p1", "p2"], run.State.MovedParties!.Select(party => party.Party));
        Assert.Equal(["Merged", "Closed"], run.Journal.TakeLast(2).Select(entry => entry.Line.What));
    }

    [Fact]
    public void An_answer_that_comes_after_the_end_changes_nothing_but_is_written_down()
    {
        var run = MediatingByPlan(Case(Two));
        run.Tell(Morning, Village, new DisputeFact.MergeAsked(One));
        run.RunUntil(Local("2025-10-09 10:00"));
        run.Tell(Local("2025-10-09 11:00"), Village, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-09")));
        var before = run.State;
        Assert.False(run.Ended);

        run.Tell(Local("2025-10-12 09:00"), Village, new DisputeFact.JoinAnswered(One, [new("p1", One, "p3"), new("p2", One, "p4")], Question: "merge"), DisputeTies.Via);

        Assert.Equal("TakenInTooLate", run.Journal[^1].Line.What);
        Assert.Equal((DisputeStatus.Settled, before.Outcome, before.Next), (run.State.Status, run.State.Outcome, run.State.Next));
        Assert.Equal([One], run.State.Links);
    }

    [Fact]
    public void A_case_whose_other_is_not_there_is_taken_in_when_the_other_comes_back()
    {
        var county = new InMemoryCounty(Opened);
        county.Open(Case(Two));
        county.Tell(Local("2025-09-28 10:00"), Case(Two), Village, new DisputeFact.SignedFor());
        county.Tell(Morning, Case(Two), Village, new DisputeFact.MergeAsked(One));
        county.Tell(Local("2025-10-09 11:00"), Case(Two), Village, new DisputeFact.SessionHeld(Day("2025-10-09")));
        Assert.Equal(1, State(county, Two).Sessions);

        county.Open(Case(One) with { OpenedAt = Local("2025-10-09 11:00") });
        county.Flows.RunUntil(Local("2025-10-10 10:00"));

        Assert.Equal(DisputeStatus.Merged, State(county, Two).Status);
        Assert.Equal(4, State(county, One).Parties.Count);
        county.Flows.ReplayAll();
    }

    [Fact]
    public void A_second_refusal_is_said_as_the_first_was()
    {
        var run = MediatingByPlan(Case(Two));
        foreach (var hour in new[] { 9, 10 })
        {
            run.Tell(Local($"2025-10-09 {hour:00}:00"), Village, new DisputeFact.MergeAsked(One));
            run.Tell(Local($"2025-10-09 {hour:00}:01"), Village, new DisputeFact.JoinAnswered(One, Code: "suspended", Reason: "It stands still."), DisputeTies.Via);
        }

        Assert.Equal(2, run.Notices.Where(notice => notice.Template == "dispute-merge-refused").Select(notice => notice.Key).Distinct().Count());
    }

    [Fact]
    public void A_word_that_comes_twice_takes_nobody_in_twice()
    {
        var run = MediatingByPlan(Case(One));
        var question = new DisputeFact.JoinAsked(new JoiningCase(Two, Village, 2, Case(Two).Parties, [], null));
        var first = Taken(run.Tell(Morning, Village, question, DisputeTies.Via));
        var parties = run.State.Parties;

        var second = Taken(run.Tell(Morning, Village, question, DisputeTies.Via));

        Assert.Equal(parties, run.State.Parties);
        Assert.Equal(Answer(first).Parties, Answer(second).Parties);
        Assert.Null(second.Perform);
    }

    [Fact]
    public void Only_who_handles_both_or_is_above_asks_and_only_for_cases_of_one_place()
    {
        var run = MediatingByPlan(Case(Two));
        var occasion = new Occasion(Morning, Village, DisputeTies.Via, "x");

        Assert.Equal("not-the-handler", Code(run.Tell(Morning, "mzj", new DisputeFact.MergeAsked(One))));
        Assert.Equal("same-case", Code(run.Tell(Morning, Village, new DisputeFact.MergeAsked(Two))));
        Assert.Equal("unknown-party", Code(run.Tell(Morning, Village, new DisputeFact.MergeAsked(One, [new("p9", "p1")]))));
        Assert.Equal("same-twice", Code(run.Tell(Morning, Village, new DisputeFact.MergeAsked(One, [new("p1", "p1"), new("p2", "p1")]))));
        Assert.Equal("same-twice", Code(run.Tell(Morning, Village, new DisputeFact.MergeAsked(One, [new("p1", "p1"), new("p1", "p2")]))));
        Assert.Equal("not-the-handler", DisputeJoin.Refusal(run.State, Case(One), [], occasion with { By = "mzj" }, run.Rules)!.Code);
        Assert.Equal("other-place", DisputeJoin.Refusal(run.State, Case(One) with { Place = "350322001002" }, [], occasion, run.Rules)!.Code);
        Assert.Equal("unknown-party", DisputeJoin.Refusal(run.State, Case(One), [new("p1", "p9")], occasion, run.Rules)!.Code);
        Assert.Null(DisputeJoin.Refusal(run.State, Case(One) with { Place = Township }, [], occasion with { By = Township }, run.Rules));
        Assert.Equal("not-yours", Code(run.Tell(Morning, Village, new DisputeFact.JoinAsked(new JoiningCase(One, Village, 2, [], [], null)))));
    }

    [Fact]
    public void No_merge_takes_a_case_back_down_nor_up_without_consent_nor_into_more_time_that_others_agreed_to()
    {
        var occasion = new Occasion(Morning, Village, DisputeTies.Via, "x");
        Dispute low = MediatingByPlan(Case(Two)).State, high = MediatingByPlan(Case(One)).State with { Level = Level.Township };
        string? Refusal(Dispute into, Dispute from, params SameParty[] same) => DisputeJoin.Refusal(into, from, same, occasion, ReferenceCounty.Followed)?.Code;

        Assert.Equal("lower-level", Refusal(low, high));
        Assert.Equal("lower-level", Refusal(low, high with { Status = DisputeStatus.Offered }));
        Assert.Equal("consent-missing", Refusal(high, low));
        Assert.Equal("consent-missing", Refusal(high, low, new SameParty("p1", "p1")));
        Assert.Null(Refusal(high, low, new SameParty("p1", "p1"), new SameParty("p2", "p2")));
        Assert.Null(Refusal(high, low.WithConsent(ConsentToGoUp.Once)));
        Assert.Null(Refusal(high, low with { Status = DisputeStatus.Offered }));

        var longer = MediatingByPlan(Case(One));
        Assert.IsType<Step<Dispute, DisputeFact>.Taken>(longer.Tell(Local("2025-09-29 09:00"), Village, new DisputeFact.ExtensionAsked(3, ["p1", "p2"])));
        Assert.Equal("wish-open", Refusal(longer.State, low));
    }

    [Fact]
    public void Five_people_by_a_merge_alert_police_and_leaders_as_five_by_registration_do()
    {
        var county = new InMemoryCounty(Opened);
        county.Open(Case(One) with { People = 3 });
        county.Open(Case(Two) with { People = 3 });
        county.Tell(Local("2025-09-28 10:00"), Case(One), Village, new DisputeFact.SignedFor());

        county.Tell(Local("2025-09-28 10:00"), Case(Two), Village, new DisputeFact.SignedFor());
        Assert.DoesNotContain(county.Journal(One), entry => entry.Line.What == "Alerted");

        county.Tell(Morning, Case(Two), Village, new DisputeFact.MergeAsked(One));

        Assert.Contains(county.Journal(One), entry => entry.Line.What == "Alerted");
        Assert.Equal(["dispute-alert.1.j1.1.gaj", "dispute-alert.1.j1.1.zfw"], Started(county, One).Where(key => key.Contains("alert", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_danger_asks_for_goes_with_a_case_that_is_taken_in()
    {
        var county = BothMediated(ReferenceCounty.FollowedVersion);
        county.Tell(Local("2025-09-29 22:00"), Case(Two), Village, new DisputeFact.DangerReported(["weapons"]));

        county.Tell(Morning, Case(Two), Village, new DisputeFact.MergeAsked(One));

        Assert.Equal((DisputeStatus.Mediating, Level.Village, Level.County), (State(county, One).Status, State(county, One).Level, State(county, One).LiftTo));
        Assert.Contains("dispute-lift-needs-consent.1.j1.1.350322001001", Started(county, One));
    }

    [Fact]
    public void Danger_of_which_no_sign_was_named_goes_with_a_case_that_is_taken_in()
    {
        var run = MediatingByPlan(Case(One));

        Taken(run.Tell(Morning, Village, new DisputeFact.JoinAsked(new JoiningCase(Two, Village, 2, Case(Two).Parties, [], null, Danger: true)), DisputeTies.Via));

        Assert.True(run.State.Danger);
        Assert.Equal(2, run.Notices.Count(notice => notice.Template == "dispute-alert"));
    }

    [Fact]
    public void Five_people_by_a_merge_ask_for_the_township_and_go_there_when_every_party_has_consented_for_good()
    {
        var county = new InMemoryCounty(Opened);
        county.Open(Case(One).WithConsent() with { People = 3, Rules = ReferenceCounty.FollowedVersion });
        county.Open(Case(Two).WithConsent() with { People = 3, Rules = ReferenceCounty.FollowedVersion });
        county.Tell(Local("2025-09-28 10:00"), Case(One), Village, new DisputeFact.SignedFor());
        county.Tell(Local("2025-09-28 10:00"), Case(Two), Village, new DisputeFact.SignedFor());

        county.Tell(Morning, Case(Two), Village, new DisputeFact.MergeAsked(One));

        Assert.Equal((DisputeStatus.Offered, Township, 4), (State(county, One).Status, State(county, One).Handler, State(county, One).Parties.Count));
        Assert.Equal(DisputeStatus.Merged, State(county, Two).Status);
    }

    [Fact]
    public void What_danger_asks_for_goes_with_a_matter_that_is_split_off()
    {
        var county = ThreePartiesMediated();
        county.Tell(Local("2025-09-29 22:00"), Case(One), Village, new DisputeFact.DangerReported(["weapons"]));

        county.Tell(Morning, Case(One), Village, new DisputeFact.SplitAsked(Three, ["p3"], 2, ["p1"]));

        Assert.Equal((Level.County, Level.County), (State(county, One).LiftTo, State(county, Three).LiftTo));
        Assert.Contains("dispute-lift-needs-consent.1.up.1.350322001001", Started(county, Three));
    }

    [Fact]
    public void The_matter_of_one_party_goes_on_in_a_case_of_its_own_by_the_same_clocks()
    {
        var county = ThreePartiesMediated();
        county.Tell(Local("2025-10-09 08:40"), Case(One), Village, new DisputeFact.MediatorsNamed([$"m-{Village}-1"]));
        var before = State(county, One);

        county.Tell(Morning, Case(One), Village, new DisputeFact.SplitAsked(Three, ["p3"], 2, ["p1"], "family"));

        var (one, three) = (State(county, One), State(county, Three));
        Assert.Equal(["p1", "p2"], one.Parties.Select(party => party.Id));
        Assert.Equal([PartyRole.Applicant, PartyRole.Respondent], three.Parties.Select(party => party.Role));
        Assert.Equal([new MovedParty("p1", Three, "p1", Stays: true), new MovedParty("p3", Three, "p2")], one.MovedParties);
        Assert.Equal(
            (DisputeStatus.Mediating, Village, "family", 2, before.Total!.Deadline.At, before.Term!.Deadline.At, before.OpenedAt),
            (three.Status, three.Handler, three.Category, three.People, three.Total!.Deadline.At, three.Term!.Deadline.At, three.SplitFrom!.OpenedAt));
        Assert.Equal(before.Mediators, three.Mediators);
        Assert.Equal(Morning, three.OpenedAt);
        Assert.Null(one.PeopleToMove);
        Assert.Equal([Three], one.Links);
        Assert.Equal([One], three.Links);
        county.Flows.ReplayAll();
        county.Flows.RunUntil(Local("2026-12-31 00:00"));
        Assert.Equal(State(county, One).Outcome!.At, State(county, Three).Outcome!.At);
    }

    [Fact]
    public void What_would_leave_a_case_without_a_side_or_touch_too_few_people_is_refused()
    {
        var run = MediatingByPlan(WithThree(Case(One)));
        var split = new DisputeFact.SplitAsked(Three, ["p3"], 2, ["p1"]);
        string? Said(DisputeFact.SplitAsked fact, string by = Village) => Code(run.Tell(Morning, by, fact));

        Assert.Equal("one-sided", Said(split with { Also = null }));
        Assert.Equal("one-sided", Said(split with { Parties = ["p1", "p3"], Also = null }));
        Assert.Equal("one-sided", Said(split with { Parties = ["p2", "p3"], Also = ["p1"], People = 3 }));
        Assert.Equal("split-parties", Said(split with { Parties = [] }));
        Assert.Equal("split-parties", Said(split with { Also = ["p3"] }));
        Assert.Equal("unknown-party", Said(split with { Also = ["p9"] }));
        Assert.Equal("split-people", Said(split with { People = 1 }));
        Assert.Equal("split-people", Said(split with { People = 4 }));
        Assert.Equal("unknown-category", Said(split with { Category = "weather" }));
        Assert.Equal("not-the-handler", Said(split, Township));
        Assert.Equal("too-few-parties", Code(MediatingByPlan(Case(One)).Tell(Morning, Village, split)));
        run.Tell(Morning, Village, new DisputeFact.AvoidanceAsked($"m-{Village}-1", "other"));
        Assert.Equal("wish-open", Said(split));
    }

    [Fact]
    public void Names_that_could_not_follow_are_tried_again_until_they_have_and_the_case_lives_as_long()
    {
        var county = ThreePartiesMediated(ReferenceCounty.Version);
        var tries = 0;
        county.People = request => ++tries <= 8 ? throw new IOException("The store is down.") : new DisputeFact.PeopleMoved(request.To);
        county.Tell(Morning, Case(One), Village, new DisputeFact.SplitAsked(Three, ["p3"], 2, ["p1"]));
        Assert.NotNull(State(county, One).PeopleToMove);
        Assert.Equal("people-moving", Code(MediatingWith(State(county, One)).Tell(Morning, Village, new DisputeFact.MergeAsked(Two))));
        county.Tell(Local("2025-10-09 09:30"), Case(One), Village, new DisputeFact.Refused("p2"));
        Assert.False(State(county, One).Ended);

        county.Flows.RunUntil(Local("2025-10-09 10:00"));

        Assert.Equal((null, true), (State(county, One).PeopleToMove, State(county, One).Ended));
        Assert.Equal(9, tries);
        county.Flows.ReplayAll();
    }

    [Fact]
    public void Two_cases_that_lost_their_engine_in_the_middle_finish_from_what_was_saved()
    {
        var before = BothMediated();
        before.Tell(Morning, Case(Two), Village, new DisputeFact.MergeAsked(One, [new SameParty("p1", "p1")]));
        var saves = before.Saved.Where(save => save.Kind == DisputeEscalation.FlowName).ToList();
        var asking = saves.First(save => save.Id == Two && Read(save).State.Merge is not null);
        var mediated = saves.Last(save => save.Id == One && Read(save).State.Joined is null);
        var joined = saves.First(save => save.Id == One && Read(save).State.Joined is not null);

        foreach (var one in new[] { mediated, joined })
        {
            var after = new InMemoryCounty(Morning);
            after.Resume(one);
            after.Resume(asking);
            after.Flows.RunUntil(Morning.AddHours(1));

            Assert.Equal(["p1", "p2", "p3"], State(after, One).Parties.Select(party => party.Id));
            Assert.Null(State(after, One).PeopleToMove);
            Assert.Equal((DisputeStatus.Merged, One), (State(after, Two).Status, State(after, Two).Outcome!.Case));
        }
    }

    private static CaseRecord<Dispute> Read(SaveCase save) => System.Text.Json.JsonSerializer.Deserialize<CaseRecord<Dispute>>(save.Record, Wire.Options)!;

    private static CaseRun<Dispute, DisputeFact, DisputeRules> MediatingWith(Dispute dispute) => new(new DisputeEscalation(), dispute, ReferenceCounty.Followed);

    private static InMemoryCounty BothMediated(string rules = ReferenceCounty.Version)
    {
        var county = new InMemoryCounty(Opened);
        county.Open(Case(One) with { Rules = rules });
        county.Open(Case(Two) with { Rules = rules });
        county.Tell(Local("2025-09-28 10:00"), Case(One), Village, new DisputeFact.SignedFor());
        county.Tell(Local("2025-09-28 10:00"), Case(Two), Village, new DisputeFact.SignedFor());
        return county;
    }

    private static InMemoryCounty ThreePartiesMediated(string rules = ReferenceCounty.FollowedVersion)
    {
        var county = new InMemoryCounty(Opened);
        county.Open(WithThree(Case(One)) with { Rules = rules });
        county.Tell(Local("2025-09-28 10:00"), Case(One), Village, new DisputeFact.SignedFor());
        return county;
    }

    private static Dispute WithThree(Dispute dispute) =>
        dispute with { People = 3, Parties = [.. dispute.Parties, new Party("p3", PartyRole.Respondent, Consent.Yes)] };

    private static Dispute Case(string id) => Neighbours with
    {
        Id = id,
        Parties = [new Party("p1", PartyRole.Applicant, Consent.Yes), new Party("p2", PartyRole.Respondent, Consent.Yes)],
    };

    private static Dispute State(InMemoryCounty county, string id) => county.Record<Dispute>(id).State;

    private static IEnumerable<string> Started(InMemoryCounty county, string id) =>
        county.Flows.All.Select(flow => flow.Id).Where(flow => flow.StartsWith($"NoticeDelivery-{id}.", StringComparison.Ordinal)).Select(flow => flow[$"NoticeDelivery-{id}.".Length..]);

    private static Step<Dispute, DisputeFact>.Taken Taken(Step<Dispute, DisputeFact> step) => Assert.IsType<Step<Dispute, DisputeFact>.Taken>(step);

    private static DisputeFact.JoinAnswered Answer(Step<Dispute, DisputeFact>.Taken taken) => Assert.IsType<DisputeFact.JoinAnswered>(
        System.Text.Json.JsonSerializer.Deserialize<CaseCommand<DisputeFact>>(Assert.Single(taken.Tells!).Command, Wire.Options)!.Fact);
}
