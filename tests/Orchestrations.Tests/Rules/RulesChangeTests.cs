using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Rules;
using Workflows.Orchestrations.Supervision;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;
using Office = Workflows.Orchestrations.Tests.Supervision.Samples;

namespace Workflows.Orchestrations.Tests.Rules;

/// <summary>A change of rules as a flow: it makes the version current and tells every running case once.</summary>
public sealed class RulesChangeTests
{
    private static readonly DateTimeOffset Decided = Local("2025-10-10 09:00");

    [Fact]
    public void Every_running_case_goes_over_and_goes_on_under_the_new_rules()
    {
        var county = County();

        county.Flows.Start(RulesChange.FlowName, RulesChange.FlowId(1), Change());
        county.Flows.RunUntil(Decided.AddMinutes(2));

        Assert.Equal([OtherRules.Version], county.Activated);
        Assert.All(["n1", "n2", "n3"], id => Assert.Equal(OtherRules.Version, county.Record<Dispute>(id).State.Rules));
        Assert.Equal(OtherRules.Version, county.Record<Assignment>(Office.Services.Id).State.Rules);
        Assert.Equal(
            new RulesTally(Told: 4, Moved: 1, Dates: 1),
            Wire.Read<ChangeProgress>(county.Flows.Find(RulesChange.FlowId(1))!.Result!).Tally);
        Assert.Equal(Day("2025-10-21"), county.Record<Dispute>("n1").State.Term!.Deadline.Date);
        Assert.Single(county.Journal("n1"), entry => entry.Line.What == "RulesChanged");

        // The next handler's clock is counted by the version that the case lives under now.
        county.Flows.RunUntil(Local("2025-11-30 09:00"));
        Assert.Contains("10-22 08:30 dispute-term-overdue 350322001 +zzzx", county.Mails);
        county.Flows.ReplayAll();
    }

    [Fact]
    public void Running_cases_that_keep_their_rules_are_told_nothing()
    {
        var county = County();
        var saves = county.Saved.Count;

        county.Flows.Start(RulesChange.FlowName, RulesChange.FlowId(1), Change() with { Running = RunningCases.Keep });

        Assert.True(county.Flows.Find(RulesChange.FlowId(1))!.Ended);
        Assert.Equal([OtherRules.Version], county.Activated);
        Assert.Equal(saves, county.Saved.Count);
    }

    [Fact]
    public void A_number_that_another_activation_has_is_refused_and_nobody_is_told()
    {
        var county = County();
        var saves = county.Saved.Count;

        county.Flows.Start(RulesChange.FlowName, RulesChange.FlowId(2), Change() with { Number = 2 });

        var end = Wire.Read<ChangeProgress>(county.Flows.Find(RulesChange.FlowId(2))!.Result!);
        Assert.Equal((false, "other-activation"), (end.IsActive, end.Refusal));
        Assert.Equal(saves, county.Saved.Count);
    }

    [Fact]
    public void A_case_that_is_registered_under_the_older_rules_meanwhile_is_told_by_the_next_pass()
    {
        var county = County();
        county.Flows.Start(RulesChange.FlowName, RulesChange.FlowId(1), Change());
        county.Open(Neighbours with { Id = "late", OpenedAt = Decided });
        Assert.Equal(ReferenceCounty.Version, county.Record<Dispute>("late").State.Rules);

        county.Flows.RunUntil(Decided.AddMinutes(5));

        Assert.Equal(OtherRules.Version, county.Record<Dispute>("late").State.Rules);
        Assert.Equal(5, Wire.Read<ChangeProgress>(county.Flows.Find(RulesChange.FlowId(1))!.Result!).Tally.Told);
    }

    [Fact]
    public void A_case_that_keeps_its_rules_is_counted_with_its_reason_and_told_once()
    {
        var rules = OtherRules.Village(12);
        rules = rules with
        {
            Process = rules.Process with { Categories = [.. rules.Process.Categories.Where(category => category.Id != "family")] },
        };
        var county = County(rules);

        county.Flows.Start(RulesChange.FlowName, RulesChange.FlowId(1), Change());
        county.Flows.RunUntil(Decided.AddMinutes(5));

        var tally = Wire.Read<ChangeProgress>(county.Flows.Find(RulesChange.FlowId(1))!.Result!).Tally;
        Assert.Equal((4, 1, 1), (tally.Told, tally.Kept, tally.KeptBecause!["category-gone"]));
        Assert.Equal(ReferenceCounty.Version, county.Record<Dispute>("n3").State.Rules);
        Assert.Single(county.Journal("n3"), entry => entry.Line.What == "RulesKept");
        // It goes on under its own rules, to its end.
        county.Flows.RunUntil(Local("2026-03-01 09:00"));
        Assert.True(county.Record<Dispute>("n3").State.Ended);
    }

    [Fact]
    public void A_tally_counts_each_case_once_and_names_those_that_could_not_be_told()
    {
        var tally = new RulesTally()
            .With(new FoundCase("f", "a", 2, 1), SendOutcome.Accepted)
            .With(new FoundCase("f", "b", 0, 0, "unit-gone"), SendOutcome.Accepted)
            .With(new FoundCase("f", "c", 0, 0, "unit-gone"), SendOutcome.Accepted)
            .With(new FoundCase("f", "d", 3, 0), SendOutcome.Ended)
            .With(new FoundCase("f", "e", 3, 0), SendOutcome.NotFound);

        Assert.Equal((3, 1, 2, 1, 2, 2), (tally.Told, tally.Moved, tally.Dates, tally.Overdue, tally.Kept, tally.Unreached));
        Assert.Equal(2, tally.KeptBecause!["unit-gone"]);
    }

    /// <summary>Three disputes, one of them signed for, and an assignment, all of 26 September.</summary>
    private static InMemoryCounty County(DisputeRules? rules = null)
    {
        var shelf = ReferenceCounty.Shelf
            .Put(OtherRules.Version, rules ?? OtherRules.Village(12))
            .Put(OtherRules.Version, OtherRules.Supervision)
            .Put(OtherRules.Version, ReferenceCounty.Notices with { Version = OtherRules.Version });
        var county = new InMemoryCounty(Opened, shelf);
        county.Open(Neighbours with { Id = "n1" });
        county.Open(Neighbours with { Id = "n2" });
        county.Open(Neighbours with { Id = "n3", Category = "family" });
        county.Open(Office.Services);
        county.Tell(Local("2025-09-28 10:00"), Neighbours with { Id = "n1" }, Village, new DisputeFact.SignedFor());
        county.Flows.RunUntil(Decided);
        return county;
    }

    private static ChangeRules Change() => new(1, OtherRules.Version, "dcs", "longer", RunningCases.Recompute, Decided);
}
