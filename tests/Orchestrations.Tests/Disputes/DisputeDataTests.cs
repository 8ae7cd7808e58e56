using System.Text;
using System.Text.Json.Nodes;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Units;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Disputes;

public sealed class DisputeDataTests
{
    private static readonly string[] Optional =
        ["notAcceptable", "representations", "group", "consentRequired", "offerDangerAtOnce", "dangerFollows", "dangerSigns", "return", "assist", "extension", "suspension", "board", "sessions", "mediators", "codes"];

    [Fact]
    public void The_shipped_file_is_good_and_says_what_the_county_does()
    {
        var result = Parse(_ => { });

        Assert.Empty(result.Errors);
        var process = result.Value!;
        Assert.Equal(
            [
                new LevelRule(Level.Village, "DISPUTE-SIGN", "DISPUTE-VILLAGE", new ExtensionRule(1, 5, "operator default")),
                new LevelRule(Level.Township, "DISPUTE-SIGN", "DISPUTE-TOWNSHIP", new ExtensionRule(1, 10, "operator default")),
                new LevelRule(Level.County, "DISPUTE-SIGN", "PM-TERM", new ExtensionRule(2, 30, "operator default")),
            ],
            process.Levels);
        Assert.Equal(("DISPUTE-TOTAL", "DISPUTE-CONSENT", "JC-APPLY"), (process.Total, process.Consent, process.Confirmation));
        Assert.Equal(
            ["neighbours", "family", "rural-land", "labour", "property-management", "damage", "land-rights", "medical", "other"],
            process.Categories.Where(category => category.Parent is null).Select(category => category.Id));
        Assert.Equal(["difficult", "complex", "simple"], process.Grades.Select(rule => rule.Id));
        Assert.Equal(["danger", "many-people"], process.Floors.Select(rule => rule.Id));
    }

    [Fact]
    public void A_category_has_its_own_other_ways_and_then_those_of_all_above_it()
    {
        var categories = Parse(_ => { }).Value!.Categories.ToDictionary(category => category.Id);

        Assert.Equal("labour-wages", categories["labour-wages-migrant"].Parent);
        Assert.Equal(
            [
                "向工程所在地人力资源社会保障部门反映（保障农民工工资支付条例第十条）。",
                .. categories["labour-wages"].OtherWays,
            ],
            categories["labour-wages-migrant"].OtherWays);
        Assert.Equal(categories["labour"].OtherWays, categories["labour-wages"].OtherWays.Skip(1));
        Assert.Equal(categories["family"].OtherWays, categories["family-support"].OtherWays);
    }

    [Theory]
    [InlineData("labour-wages-migrant", Level.Township)]
    [InlineData("land-rights-forest", Level.County)]
    [InlineData("neighbours-noise", Level.Village)]
    public void A_triage_rule_that_names_a_category_means_all_below_it(string category, Level level) =>
        Assert.Equal(level, Samples.Open(Samples.Neighbours with { Category = category }).State.Level);

    [Fact]
    public void A_parent_must_exist_and_nothing_is_above_itself()
    {
        Assert.Equal(["$.categories[1].parent unknown-parent"], Errors(file => List(file, "categories")[1]!["parent"] = "nothing"));
        var cycle = Errors(file =>
        {
            List(file, "categories")[0]!["parent"] = "family";
            List(file, "categories")[1]!["parent"] = "neighbours";
        });
        Assert.Contains("$.categories[0].parent parent-cycle", cycle);
        Assert.Contains("$.categories[1].parent parent-cycle", cycle);
    }

    [Fact]
    public void Lists_that_a_file_does_not_have_are_absent_and_not_empty()
    {
        var process = Parse(file =>
        {
            foreach (var member in Optional)
            {
                file.Remove(member);
            }
        }).Value!;

        Assert.Null(process.NotAcceptable);
        Assert.Null(process.DangerSigns);
        Assert.Null(process.Suspension);
        Assert.Null(process.Board);
        Assert.Null(process.Return);
        Assert.Null(process.Sessions);
        Assert.Null(process.Mediators);
        Assert.Null(process.Group);
    }

    [Fact]
    public void Representatives_speak_for_a_side_in_what_is_listed_only()
    {
        Assert.Equal(["mediator-choice", "more-time"], Parse(_ => { }).Value!.Group!.SpeakFor!);
        Assert.Equal(DisputeGroups.Matters, Parse(_ => { }).Value!.Group!.SpeakFor);

        var older = Parse(file =>
        {
            file["group"]!.AsObject().Remove("speakFor");
            file["group"]!.AsObject().Remove("speakForSource");
        });

        Assert.Empty(older.Errors);
        Assert.Equal(new GroupRule(5, 5, "信访工作条例第二十条"), older.Value!.Group);
    }

    [Fact]
    public void Words_of_the_lists_are_checked_like_categories()
    {
        Assert.Equal(["$.dangerSigns[1].id duplicate-id"], Errors(file => List(file, "dangerSigns")[1]!["id"] = "violence"));
        Assert.Equal(["$.notAcceptable[0].channel blank"], Errors(file => List(file, "notAcceptable")[0]!["channel"] = " "));
        Assert.Equal(["$.notAcceptable[5].categories[0] unknown-category"], Errors(file => List(file, "notAcceptable")[5]!["categories"]![0] = "nothing"));
        Assert.Equal(["$.suspension.kinds[1].daysMax range"], Errors(file => file["suspension"]!["kinds"]![1]!["daysMax"] = 0));
        Assert.Equal(["$.suspension.daysMax range"], Errors(file => file["suspension"]!["daysMax"] = 367));
        Assert.Equal(["$.levels[0].extension.times range"], Errors(file => List(file, "levels")[0]!["extension"]!["times"] = 11));
        Assert.Equal(["$.group.partiesFrom range"], Errors(file => file["group"]!["partiesFrom"] = 1));
        Assert.Equal(["$.group.speakFor[1] unknown-matter"], Errors(file => file["group"]!["speakFor"]![1] = "settlement"));
        Assert.Equal(["$.group.speakFor[1] duplicate-matter"], Errors(file => file["group"]!["speakFor"]![1] = "mediator-choice"));
        Assert.Equal(["$.group.speakFor no-matter"], Errors(file => file["group"]!["speakFor"] = new JsonArray()));
        Assert.Equal(["$.group.speakForSource blank"], Errors(file => file["group"]!.AsObject().Remove("speakForSource")));
        Assert.Equal(["$.board[0] unknown-cause"], Errors(file => file["board"]![0] = "weather"));
        Assert.Equal(["$.assist no-repeat"], Errors(file => file["assist"] = "DISPUTE-EXTEND"));
        Assert.Equal(["$.sessions.policy no-repeat"], Errors(file => file["sessions"]!["policy"] = "DISPUTE-EXTEND"));
        Assert.Equal(["$.sessions.plannedMax range"], Errors(file => file["sessions"]!["plannedMax"] = 21));
        Assert.Equal(["$.mediators.decide unknown-policy"], Errors(file => file["mediators"]!["decide"] = "NO-SUCH"));
        Assert.Equal(["$.mediators.avoidances[1].id duplicate-id"], Errors(file => file["mediators"]!["avoidances"]![1]!["id"] = "relative"));
        Assert.Equal(["$.mediators.namedMax range"], Errors(file => file["mediators"]!["namedMax"] = 0));
        Assert.Equal(["$.return.ask unknown-policy"], Errors(file => file["return"]!["ask"] = "NO-SUCH"));
    }

    [Fact]
    public void A_file_that_is_not_json_is_one_error() =>
        Assert.Equal(
            ["$ json"],
            Short(DisputeData.Parse("disputes.json", "{"u8, ReferenceCounty.Policies).Errors));

    [Fact]
    public void A_member_that_is_unknown_or_missing_is_an_error()
    {
        Assert.Equal(["$.speed json"], Errors(file => file["speed"] = 1));
        Assert.Equal(["$ json"], Errors(file => file.Remove("total")));
        Assert.Equal(["$.levels[1] json"], Errors(file => List(file, "levels")[1]!.AsObject().Remove("term")));
    }

    [Fact]
    public void The_levels_are_exactly_village_township_county_in_this_order()
    {
        Assert.Equal(["$.levels levels"], Errors(file => List(file, "levels").RemoveAt(1)));
        Assert.Equal(["$.levels levels"], Errors(file => List(file, "levels").Add(List(file, "levels")[2]!.DeepClone())));
        Assert.Equal(["$.levels levels"], Errors(file =>
        {
            var village = List(file, "levels")[0]!.DeepClone();
            List(file, "levels").RemoveAt(0);
            List(file, "levels").Insert(1, village);
        }));
    }

    [Fact]
    public void A_level_nobody_knows_is_named_with_its_path() =>
        Assert.Equal(["$.levels[0].level json"], Errors(file => List(file, "levels")[0]!["level"] = "province"));

    [Theory]
    [InlineData("total")]
    [InlineData("consent")]
    [InlineData("confirmation")]
    public void A_policy_that_does_not_exist_is_named(string member) =>
        Assert.Equal([$"$.{member} unknown-policy"], Errors(file => file[member] = "NO-SUCH"));

    [Fact]
    public void A_levels_policies_must_exist_too() =>
        Assert.Equal(
            ["$.levels[0].signFor unknown-policy", "$.levels[2].term unknown-policy"],
            Errors(file =>
            {
                List(file, "levels")[0]!["signFor"] = "NO-SUCH";
                List(file, "levels")[2]!["term"] = "NO-SUCH";
            }));

    [Fact]
    public void The_duty_box_is_told_again_and_again_so_the_countys_sign_for_policy_must_repeat() =>
        Assert.Equal(["$.levels[2].signFor no-repeat"], Errors(file => List(file, "levels")[2]!["signFor"] = "DISPUTE-CONSENT"));

    [Fact]
    public void A_clock_cannot_run_by_a_policy_that_is_counted_back_or_ends_or_wants_a_time_of_day()
    {
        var policies = new PolicyBook(
        [
            .. ReferenceCounty.Policies.All,
            ReferenceCounty.Policies["JC-APPLY"] with { Id = "BACK", CountedBack = true },
            ReferenceCounty.Policies["JC-APPLY"] with { Id = "ENDED", ValidTo = new DateOnly(2025, 6, 30) },
            ReferenceCounty.Policies["JC-APPLY"] with { Id = "HOURS", Period = new Period(48, PeriodUnit.Hour) },
        ]);

        var errors = Parse(
            file =>
            {
                file["total"] = "BACK";
                file["consent"] = "ENDED";
                file["confirmation"] = "HOURS";
            },
            policies).Errors;

        Assert.Equal(["$.total policy-back", "$.consent policy-ends", "$.confirmation policy-hours"], Short(errors));
    }

    [Fact]
    public void Categories_have_unique_kebab_case_ids_names_and_other_ways() =>
        Assert.Equal(
            [
                "$.categories[1].id duplicate-id",
                "$.categories[2].id id-form",
                "$.categories[3].nameZh blank",
                "$.categories[4].otherWays no-other-way",
                "$.categories[5].otherWays[0] blank",
                "$.categories[11].parent unknown-parent",
                "$.categories[12].parent unknown-parent",
                "$.categories[13].parent unknown-parent",
                "$.categories[14].parent unknown-parent",
                "$.categories[15].parent unknown-parent",
                // What named the two ids that are gone now names nothing.
                "$.grades[1].categories[0] unknown-category",
            ],
            Errors(file =>
            {
                List(file, "categories")[1]!["id"] = "neighbours";
                List(file, "categories")[2]!["id"] = "Rural_Land";
                List(file, "categories")[3]!["nameZh"] = " ";
                List(file, "categories")[4]!["otherWays"] = new JsonArray();
                List(file, "categories")[5]!["otherWays"] = new JsonArray("");
            }));

    [Fact]
    public void A_file_without_categories_is_refused() =>
        Assert.Contains("$.categories no-category", Errors(file => file["categories"] = new JsonArray()));

    [Fact]
    public void Triage_rules_name_known_categories_and_have_unique_ids_and_reasons() =>
        Assert.Equal(
            [
                "$.grades[0].categories[1] unknown-category",
                "$.grades[1].id duplicate-id",
                "$.floors[0].reason blank",
                "$.floors[1].peopleFrom people-range",
            ],
            Errors(file =>
            {
                List(file, "grades")[0]!["categories"] = new JsonArray("medical", "weather");
                List(file, "grades")[1]!["id"] = "difficult";
                List(file, "floors")[0]!["reason"] = "";
                List(file, "floors")[1]!["peopleFrom"] = 0;
            }));

    [Fact]
    public void The_last_grade_matches_everything_so_that_every_case_finds_a_level()
    {
        Assert.Equal(["$.grades last-grade"], Errors(file => List(file, "grades").RemoveAt(2)));
        Assert.Equal(["$.grades last-grade"], Errors(file => file["grades"] = new JsonArray()));
        Assert.Equal(["$.grades last-grade"], Errors(file => List(file, "grades")[2]!["peopleFrom"] = 2));
    }

    [Fact]
    public void A_rule_that_can_never_be_asked_is_refused()
    {
        Assert.Equal(
            ["$.grades[1] unreachable", "$.grades[2] unreachable"],
            Errors(file => List(file, "grades")[0]!.AsObject().Remove("categories")));
        Assert.Equal(
            ["$.grades[0].categories no-category"],
            Errors(file => List(file, "grades")[0]!["categories"] = new JsonArray()));
    }

    [Fact]
    public void An_alert_on_a_grade_would_not_be_heard_and_is_refused() =>
        Assert.Equal(["$.grades[0].alert grade-alert"], Errors(file => List(file, "grades")[0]!["alert"] = true));

    [Fact]
    public void One_bad_entry_does_not_hide_the_next() =>
        Assert.Equal(
            ["$.levels[0].level json", "$.total unknown-policy", "$.floors[0].level json"],
            Errors(file =>
            {
                List(file, "levels")[0]!["level"] = "hamlet";
                file["total"] = "NO-SUCH";
                List(file, "floors")[0]!["level"] = 1;
            }));

    private static JsonArray List(JsonObject file, string member) => file[member]!.AsArray();

    private static IEnumerable<string> Errors(Action<JsonObject> change) => Short(Parse(change).Errors);

    private static IEnumerable<string> Short(IEnumerable<DataError> errors) =>
        errors.Select(error => $"{error.Path} {error.Rule}");

    private static DataResult<DisputeProcess> Parse(Action<JsonObject> change, PolicyBook? policies = null)
    {
        var file = JsonNode.Parse(ReferenceCounty.Seed("disputes.json").Json.Span)!.AsObject();
        change(file);
        return DisputeData.Parse(
            "disputes.json", Encoding.UTF8.GetBytes(file.ToJsonString()), policies ?? ReferenceCounty.Policies);
    }
}
