using System.Text;
using Workflows.Orchestrations.Supervision;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Supervision;

public sealed class SupervisionDataTests
{
    [Fact]
    public void The_shipped_file_is_good()
    {
        var result = SupervisionData.Parse(
            "supervision.json", ReferenceCounty.Seed("supervision.json").Json.Span, ReferenceCounty.Policies, ReferenceCounty.Units);

        Assert.Empty(result.Errors);
        Assert.Equal(("SUPERVISION-SIGN", "SUPERVISION-DUE", "SUPERVISION-CHECK"), (result.Value!.SignFor, result.Value.Finish, result.Value.Check));
        Assert.Equal("政府督查工作条例第十七条", result.Value.Objection!.Source);
        Assert.Equal(["blue", "orange", "red"], result.Value.Sheets!.Colors.Select(step => step.Id));
    }

    [Fact]
    public void A_file_of_before_there_was_feedback_is_still_good_and_asks_for_none()
    {
        var result = SupervisionData.Parse("supervision.json", Encoding.UTF8.GetBytes("{" + Clocks + "}"), ReferenceCounty.Policies, ReferenceCounty.Units);

        Assert.Equal(new SupervisionProcess("SUPERVISION-SIGN", "SUPERVISION-DUE", "SUPERVISION-CHECK"), result.Value);
    }

    [Theory]
    [InlineData("""  "feedback": { "policy": "DC-REVIEW", "lead": "monthly", "participant": "quarterly", "implementer": "none", "firstDaysMin": 0, "source": " " }  """, "$.feedback.policy no-repeat", "$.feedback.firstDaysMin range", "$.feedback.source blank")]
    [InlineData("""  "feedback": { "policy": "SUPERVISION-FEEDBACK", "lead": "weekly", "participant": "quarterly", "implementer": "none", "firstDaysMin": 1, "source": "s" }  """, "$.feedback.lead json")]
    [InlineData("""  "lights": [{ "id": "A", "color": "blue", "when": "over", "text": "", "textZh": "z", "clocks": ["finish", "lunch"], "from": 0 }]  """, "$.lights[0].id id-form", "$.lights[0].text blank", "$.lights[0].from range", "$.lights[0].color light-color", "$.lights[0].clocks[1] unknown-clock")]
    [InlineData("""  "lights": [{ "id": "a", "color": "red", "when": "over", "text": "t", "textZh": "z" }, { "id": "a", "color": "red", "when": "returned", "text": "t", "textZh": "z" }]  """, "$.lights[1].id duplicate-id")]
    [InlineData("""  "indicators": { "tolerancePercent": 101, "reporters": [{ "roles": [] }], "source": "s" }  """, "$.indicators.tolerancePercent range", "$.indicators.reporters[0].roles nobody")]
    [InlineData("""  "extension": { "decide": "X", "times": 11, "daysMax": 367, "leadersFrom": 0, "source": "s" }  """, "$.extension.decide unknown-policy", "$.extension.times range", "$.extension.daysMax range", "$.extension.leadersFrom range")]
    [InlineData("""  "standstill": { "daysMax": 0, "kinds": [{ "id": "x", "name": "n", "nameZh": "", "source": "s", "daysMax": 400 }] }  """, "$.standstill.daysMax range", "$.standstill.kinds[0].nameZh blank", "$.standstill.kinds[0].daysMax range")]
    [InlineData("""  "objection": { "raise": "DC-REVIEW", "decide": "DC-REVIEW", "reviewer": "dcs", "source": "s" }  """, "$.objection.decide no-repeat", "$.objection.reviewer same-unit")]
    [InlineData("""  "objection": { "raise": "DC-REVIEW", "decide": "DC-REREVIEW", "reviewer": "nobody", "source": "s" }  """, "$.objection.reviewer unknown-unit")]
    [InlineData("""  "atExpiry": { "open": "forget", "source": "s" }  """, "$.atExpiry.open json")]
    [InlineData("""  "atExpiry": { "open": "close", "source": "" }  """, "$.atExpiry.source blank")]
    public void Every_error_of_a_section_names_its_place_and_rule(string section, params string[] errors)
    {
        var result = SupervisionData.Parse("supervision.json", Encoding.UTF8.GetBytes("{" + Clocks + "," + section + "}"), ReferenceCounty.Policies, ReferenceCounty.Units);

        Assert.Null(result.Value);
        Assert.Equal(errors, result.Errors.Select(error => $"{error.Path} {error.Rule}"));
    }

    private const string Clocks = """ "signFor": "SUPERVISION-SIGN", "finish": "SUPERVISION-DUE", "check": "SUPERVISION-CHECK" """;

    [Theory]
    [InlineData("""{ "signFor": "A", "finish": "SUPERVISION-DUE", "check": "C" }""", "$.signFor unknown-policy", "$.check unknown-policy")]
    [InlineData("""{ "signFor": "SUPERVISION-SIGN", "finish": "PM-TERM", "check": "SUPERVISION-CHECK" }""", "$.finish no-repeat")]
    [InlineData("""{ "signFor": "SUPERVISION-SIGN", "finish": "SUPERVISION-DUE" }""", "$ json")]
    [InlineData("""{ "signFor": "SUPERVISION-SIGN", "finish": "SUPERVISION-DUE", "check": "SUPERVISION-CHECK", "ladder": 3 }""", "$.ladder json")]
    [InlineData("""{ "signFor": "SUPERVISION-SIGN", "signFor": "SUPERVISION-SIGN", "finish": "SUPERVISION-DUE", "check": "SUPERVISION-CHECK" }""", "$ json")]
    public void A_clock_that_cannot_run_or_would_fall_silent_is_refused(string json, params string[] errors)
    {
        var result = SupervisionData.Parse("supervision.json", Encoding.UTF8.GetBytes(json), ReferenceCounty.Policies);

        Assert.Null(result.Value);
        Assert.Equal(errors, result.Errors.Select(error => $"{error.Path} {error.Rule}"));
    }
}
