using System.Text;
using System.Text.Json.Nodes;
using Workflows.Orchestrations.Disputes;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Disputes;

public sealed class AftercareDataTests
{
    [Fact]
    public void The_shipped_rules_follow_an_end_and_name_the_bars_of_2011_article_4()
    {
        var rules = ReferenceCounty.Followed.Process.Aftercare!;

        Assert.Equal(["not-civil", "identity", "adoption", "marriage"], rules.Bars.Select(bar => bar.Id));
        Assert.Equal((3, 2, 2, 3), (rules.CallBackTriesMax, rules.PoorStarsMax, rules.ReopeningsMax, rules.NoticesMax));
        Assert.Equal("not-civil", ReferenceCounty.Followed.CategoryOf("land-rights").Bar);
        Assert.All(rules.Bars, bar => Assert.Contains("第四条", bar.Source, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_of_before_has_no_aftercare_and_is_good()
    {
        Assert.Empty(Errors(file =>
        {
            file.Remove("aftercare");
            foreach (var category in file["categories"]!.AsArray())
            {
                category!.AsObject().Remove("bar");
            }
        }));
    }

    [Theory]
    [InlineData("signatures")]
    [InlineData("court")]
    [InlineData("performance")]
    [InlineData("callBack")]
    [InlineData("rating")]
    [InlineData("mend")]
    [InlineData("reviewAsking")]
    [InlineData("review")]
    [InlineData("reopening")]
    public void A_policy_that_does_not_exist_is_named(string member) =>
        Assert.Equal([$"$.aftercare.{member} unknown-policy"], Errors(file => file["aftercare"]![member] = "NO-SUCH"));

    [Theory]
    [InlineData("callBackTriesMax", 0)]
    [InlineData("callBackTriesMax", 101)]
    [InlineData("poorStarsMax", 0)]
    [InlineData("poorStarsMax", 5)]
    [InlineData("reopeningsMax", -1)]
    [InlineData("noticesMax", 0)]
    public void A_number_out_of_its_range_is_named(string member, int value) =>
        Assert.Equal([$"$.aftercare.{member} range"], Errors(file => file["aftercare"]![member] = value));

    [Fact]
    public void A_window_must_be_silent_and_what_is_owed_to_a_party_must_be_repeated() =>
        Assert.Equal(
            ["$.aftercare.mend no-repeat", "$.aftercare.rating window-speaks"],
            Errors(file =>
            {
                file["aftercare"]!["mend"] = "DISPUTE-RATING";
                file["aftercare"]!["rating"] = "DISPUTE-MEND";
            }));

    [Fact]
    public void Bars_and_notes_have_ids_words_and_articles_and_a_category_names_a_bar_that_is_there() =>
        Assert.Equal(
            [
                "$.aftercare.bars[1].id duplicate-id", "$.aftercare.bars[2].id id-form", "$.aftercare.bars[3].source blank",
                "$.aftercare.unperformed.confirmed.textZh blank", "$.aftercare.legalNotes[0].source blank", "$.categories[0].bar unknown-bar",
            ],
            Errors(file =>
            {
                var aftercare = file["aftercare"]!;
                aftercare["bars"]![1]!["id"] = "not-civil";
                aftercare["bars"]![2]!["id"] = "Adoption";
                aftercare["bars"]![3]!["source"] = " ";
                aftercare["unperformed"]!["confirmed"]!["textZh"] = "";
                aftercare["legalNotes"]![0]!["source"] = "";
                file["categories"]![0]!["bar"] = "weather";
            }));

    private static IEnumerable<string> Errors(Action<JsonObject> change)
    {
        var file = JsonNode.Parse(ReferenceCounty.Seed("disputes.json").Json.Span)!.AsObject();
        change(file);
        return DisputeData.Parse("disputes.json", Encoding.UTF8.GetBytes(file.ToJsonString()), ReferenceCounty.Policies)
            .Errors.Select(error => $"{error.Path} {error.Rule}");
    }
}
