using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;

namespace Workflows.Orchestrations.Tests.Disputes;

public sealed class TriageTests
{
    [Theory]
    [InlineData("neighbours", 4, false, Level.Village, false, "simple matter, settled where it arose")]
    [InlineData("neighbours", 5, false, Level.Township, true, "five people or more")]
    [InlineData("neighbours", 4, true, Level.Township, true, "signs of danger")]
    [InlineData("neighbours", 5, true, Level.Township, true, "signs of danger")]
    [InlineData("family", 2, false, Level.Village, false, "simple matter, settled where it arose")]
    [InlineData("damage", 2, false, Level.Village, false, "simple matter, settled where it arose")]
    [InlineData("other", 2, false, Level.Village, false, "simple matter, settled where it arose")]
    [InlineData("rural-land", 4, false, Level.Township, false, "complex matter, needs the township's stations")]
    [InlineData("labour", 5, false, Level.Township, true, "complex matter, needs the township's stations")]
    [InlineData("property-management", 2, true, Level.Township, true, "complex matter, needs the township's stations")]
    [InlineData("medical", 4, false, Level.County, false, "difficult matter, needs county departments")]
    [InlineData("land-rights", 5, false, Level.County, true, "difficult matter, needs county departments")]
    [InlineData("medical", 2, true, Level.County, true, "difficult matter, needs county departments")]
    public void The_category_gives_the_level_and_danger_or_many_people_lift_it(
        string category, int people, bool danger, Level level, bool alert, string reason)
    {
        var triaged = Triage.Of(
            Neighbours with { Category = category, People = people, Danger = danger }, ReferenceCounty.Disputes.Process);

        Assert.Equal((level, alert, reason), (triaged.Level, triaged.Alert, triaged.Reason));
    }

    [Theory]
    [InlineData("neighbours", false, Level.Village, Level.Village)]
    [InlineData("neighbours", false, Level.Township, Level.Township)]
    [InlineData("neighbours", false, Level.County, Level.County)]
    [InlineData("neighbours", true, Level.Township, Level.Township)]
    [InlineData("neighbours", true, Level.County, Level.County)]
    // A person may know better than the category, in both directions; only the floor holds.
    [InlineData("medical", false, Level.Village, Level.Village)]
    [InlineData("medical", true, Level.Township, Level.Township)]
    public void A_person_may_choose_any_level_that_is_not_below_the_floor(
        string category, bool danger, Level wanted, Level level)
    {
        var run = Open(Neighbours with { Category = category, Danger = danger, WantedLevel = wanted, WantedLevelText = "t2" });

        Assert.Equal(level, run.State.Level);
        Assert.Equal(
            new JournalLine("Triaged", $"Triaged to {level.ToString().ToLowerInvariant()} level: chosen by the person who registered it.", run.Journal[1].Line.TextZh, TextId: "t2"),
            run.Journal[1].Line);
    }

    [Theory]
    [InlineData("neighbours", 2, true, "signs of danger")]
    [InlineData("neighbours", 5, false, "five people or more")]
    [InlineData("medical", 2, true, "difficult matter, needs county departments")]
    public void A_level_below_the_floor_is_refused_with_the_reason(string category, int people, bool danger, string reason)
    {
        var run = Run(Neighbours with { Category = category, People = people, Danger = danger, WantedLevel = Level.Village });

        Assert.Equal(
            new Step<Dispute, DisputeFact>.Refused(
                "level-below-floor", $"The triage does not allow a start at village level: {reason}."),
            run.Open());
        Assert.Empty(run.Journal);
    }

    [Fact]
    public void Police_and_leaders_are_told_at_once_and_by_the_reason()
    {
        var run = Open(Neighbours with { People = 5 });

        Assert.Equal(
            ["09-26 09:00 dispute-offered 350322001", "09-26 09:00 dispute-alert gaj !", "09-26 09:00 dispute-alert zfw !"],
            run.Said);
        Assert.Equal("涉及五人以上", run.Notices[1].Model["reason"]);
        Assert.Equal("Police (gaj) and leaders (zfw) told at once: five people or more.", run.Journal[^1].Line.Text);
    }

    [Theory]
    [InlineData("labour", null, Level.Township)]
    [InlineData("medical", null, Level.County)]
    [InlineData("neighbours", Level.County, Level.County)]
    public void Police_and_leaders_hear_of_the_danger_also_where_the_matter_or_a_person_asks_for_the_level(string category, Level? wanted, Level level)
    {
        var run = Followed(Neighbours with { Category = category, WantedLevel = wanted, Danger = true, DangerSigns = ["violence", "minor-at-risk"] });
        run.Open();

        var alert = run.Notices.First(notice => notice.Template == "dispute-alert");
        Assert.Equal(level, run.State.Level);
        Assert.Equal(("已发生或者扬言实施暴力、未成年人面临侵害风险", "人民调解法第二十五条、未成年人保护法第十一条"), (alert.Model["reason"], alert.Model["basis"]));
    }

    [Fact]
    public void Five_people_without_danger_are_the_countys_own_rule_and_cite_no_article()
    {
        var run = Followed(Neighbours with { People = 5 });
        run.Open();

        Assert.Equal(("涉及五人以上", ""), (run.Notices[1].Model["reason"], run.Notices[1].Model["basis"]));
    }

    [Fact]
    public void Police_and_leaders_are_told_at_once_even_when_a_party_refuses_mediation_at_intake()
    {
        var run = Open(Neighbours with
        {
            Danger = true,
            Parties = [Neighbours.Parties[0], Neighbours.Parties[1] with { Consent = Consent.No }],
        });

        Assert.Equal(DisputeStatus.Refused, run.State.Status);
        Assert.Equal(
            ["09-26 09:00 dispute-alert gaj !", "09-26 09:00 dispute-alert zfw !", "09-26 09:00 dispute-rights-notice zbs"],
            run.Said);
    }
}
