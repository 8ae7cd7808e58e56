using System.Text;
using System.Text.Json.Nodes;
using Workflows.Orchestrations.Reports;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Reports;

public sealed class MeasureDataTests
{
    private const int SettlementRate = 13;
    private const int DaysToSettle = 19;

    [Fact]
    public void The_shipped_measures_are_good_and_each_says_in_Chinese_how_it_is_counted()
    {
        var book = Parse(_ => { }).Value!;

        Assert.Equal(90, book.RepeatWithinDays);
        Assert.Equal("settlement-rate", book.All[SettlementRate].Id);
        Assert.Equal("days-to-settle", book.All[DaysToSettle].Id);
        Assert.All(book.All, measure => Assert.Contains(measure.ExplanationZh, letter => letter >= '\u4e00'));
    }

    [Fact]
    public void A_member_that_is_unknown_or_missing_is_an_error()
    {
        Assert.Equal(["$.speed json"], Errors(file => file["speed"] = 1));
        Assert.Equal(["$.measures[0].speed json"], Errors(file => Measure(file, 0)["speed"] = 1));
        Assert.Equal(["$.measures[0] json"], Errors(file => Measure(file, 0).Remove("explanationZh")));
        Assert.Equal(["$.measures[0].count.event json"], Errors(file => Measure(file, 0)["count"]!["event"] = "sneezed"));
    }

    [Fact]
    public void An_id_is_kebab_case_and_stands_once()
    {
        Assert.Equal(["$.measures[0].id id-form"], Errors(file => Measure(file, 0)["id"] = "Opened"));
        Assert.Equal(["$.measures[1].id duplicate-id"], Errors(file => Measure(file, 1)["id"] = "opened"));
        Assert.Equal(["$.measures[0].explanationZh blank"], Errors(file => Measure(file, 0)["explanationZh"] = " "));
    }

    [Fact]
    public void A_percentage_says_of_what_and_nothing_else_does()
    {
        Assert.Equal(["$.measures[13] no-whole"], Errors(file => Measure(file, SettlementRate).Remove("of")));
        Assert.Equal(["$.measures[0].of whole-of-no-share"], Errors(file => Measure(file, 0)["of"] = new JsonObject { ["event"] = "ended" }));
        Assert.Equal(
            ["$.measures[19].count.event days-of-open"],
            Errors(file => Measure(file, DaysToSettle)["count"] = new JsonObject { ["event"] = "opened" }));
    }

    [Fact]
    public void What_may_still_change_is_counted_of_ended_cases_only()
    {
        Assert.Equal(
            ["$.measures[0].count.status condition-of-ended", "$.measures[0].count.termMissed condition-of-ended"],
            Errors(file =>
            {
                Measure(file, 0)["count"]!["status"] = new JsonArray("settled");
                Measure(file, 0)["count"]!["termMissed"] = true;
            }));
        Assert.Equal(
            ["$.measures[13].of.repeat condition-of-opened"],
            Errors(file => Measure(file, SettlementRate)["of"]!["repeat"] = true));
    }

    [Fact]
    public void A_condition_matches_something()
    {
        Assert.Equal(["$.measures[13].count.status matches-nothing"], Errors(file => Measure(file, SettlementRate)["count"]!["status"] = new JsonArray()));
        Assert.Equal(
            ["$.measures[13].count.status[0] unknown-status"],
            Errors(file => Measure(file, SettlementRate)["count"]!["status"] = new JsonArray("vanished")));
        Assert.Equal(["$.repeatWithinDays days-range"], Errors(file => file["repeatWithinDays"] = 0));
    }

    private static JsonObject Measure(JsonObject file, int index) => file["measures"]![index]!.AsObject();

    private static Orchestrations.Calendar.DataResult<MeasureBook> Parse(Action<JsonObject> change)
    {
        var file = JsonNode.Parse(ReferenceCounty.Seed("measures.json").Json.Span)!.AsObject();
        change(file);
        return MeasureData.Parse("measures.json", Encoding.UTF8.GetBytes(file.ToJsonString()), ["settled", "refused", "withdrawn", "failed", "merged"]);
    }

    private static IEnumerable<string> Errors(Action<JsonObject> change) =>
        Parse(change).Errors.Select(error => $"{error.Path} {error.Rule}");
}
