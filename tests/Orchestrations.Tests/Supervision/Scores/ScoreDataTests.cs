using System.Text;
using Workflows.Orchestrations.Supervision;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Supervision.Scores;

/// <summary>The section of scores in supervision.json: every slip is named by file, path and rule.</summary>
public sealed class ScoreDataTests
{
    [Theory]
    [InlineData("\"base\": 100", "\"base\": 0", "$.score.base range")]
    [InlineData("\"floor\": 0", "\"floor\": 101", "$.score.floor range")]
    [InlineData("\"ceiling\": 105", "\"ceiling\": 99", "$.score.ceiling range")]
    [InlineData("\"cause\": \"signForOverdue\"", "\"cause\": \"lateness\"", "$.score.deductions[1].cause unknown-cause")]
    [InlineData("\"cause\": \"signForOverdue\"", "\"cause\": \"finishedEarly\"", "$.score.deductions[1].cause unknown-cause")]
    [InlineData("\"cause\": \"sheetAnsweredInTime\"", "\"cause\": \"finishOverdue\"", "$.score.additions[1].cause unknown-cause")]
    [InlineData("\"id\": \"sign-overdue\"", "\"id\": \"finish-overdue\"", "$.score.deductions[1].id duplicate-id")]
    [InlineData("\"id\": \"sheet-in-time\"", "\"id\": \"sheet-blue\"", "$.score.additions[1].id duplicate-id")]
    [InlineData("\"id\": \"sign-overdue\"", "\"id\": \"Sign\"", "$.score.deductions[1].id id-form")]
    [InlineData("\"points\": [1, 2, 5]", "\"points\": []", "$.score.deductions[3].points no-points")]
    [InlineData("\"points\": [1, 2, 5]", "\"points\": [0.05, 2, 101]", "$.score.deductions[3].points[0] range", "$.score.deductions[3].points[2] range")]
    [InlineData("\"points\": [1, 2, 5]", "\"points\": [1, 5, 2]", "$.score.deductions[3].points[2] points-fall")]
    [InlineData("\"monthMax\": 30", "\"monthMax\": 0", "$.score.deductions[0].monthMax range")]
    [InlineData("\"color\": \"orange\"", "\"color\": \"pink\"", "$.score.deductions[6].color unknown-color")]
    [InlineData("\"cause\": \"feedbackMissed\"", "\"cause\": \"feedbackMissed\", \"color\": \"red\"", "$.score.deductions[3].color no-sheet")]
    [InlineData("\"daysMin\": 10", "\"daysMin\": 0", "$.score.additions[0].daysMin range")]
    [InlineData("\"cause\": \"feedbackMissed\"", "\"cause\": \"feedbackMissed\", \"daysMin\": 3", "$.score.deductions[3].daysMin not-early")]
    [InlineData("\"textZh\": \"缺报一期进展\"", "\"textZh\": \" \"", "$.score.deductions[3].textZh blank")]
    [InlineData("\"from\": 85", "\"from\": 95", "$.score.classes[1].from class-order")]
    [InlineData("\"from\": 0", "\"from\": 1", "$.score.classes no-class")]
    [InlineData("\"kinds\": [\"party\"]", "\"kinds\": [\"village\"]", "$.score.groups[2].kinds[0] not-an-object")]
    [InlineData("\"kinds\": [\"party\"]", "\"kinds\": [\"township\"]", "$.score.groups[2].kinds[0] kind-twice")]
    [InlineData("\"kinds\": [\"party\"]", "\"kinds\": [\"club\"]", "$.score.groups[2].kinds[0] json")]
    [InlineData("\"ties\": \"skip\"", "\"ties\": \"draw\"", "$.score.ties json")]
    [InlineData("\"textZh\": \"按月计分", "\"textZh\": \"\", \"other\": \"", "$.score.other json")]
    public void A_slip_is_named(string right, string wrong, params string[] errors)
    {
        var shipped = Encoding.UTF8.GetString(ReferenceCounty.Seed("supervision.json").Json.Span);
        var at = shipped.IndexOf(right, shipped.IndexOf("\"score\": {", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(at > 0, $"The shipped file has no {right}.");

        var result = SupervisionData.Parse(
            "supervision.json", Encoding.UTF8.GetBytes(shipped.Remove(at, right.Length).Insert(at, wrong)), ReferenceCounty.Policies, ReferenceCounty.Units);

        Assert.Null(result.Value);
        Assert.Equal(errors, result.Errors.Select(found => $"{found.Path} {found.Rule}"));
        Assert.All(result.Errors, found => Assert.Equal("supervision.json", found.File));
    }

    [Fact]
    public void A_file_without_the_section_scores_nobody() => Assert.Null(SupervisionData.Parse(
        "supervision.json",
        """{ "signFor": "SUPERVISION-SIGN", "finish": "SUPERVISION-DUE", "check": "SUPERVISION-CHECK" }"""u8,
        ReferenceCounty.Policies).Value!.Score);
}
