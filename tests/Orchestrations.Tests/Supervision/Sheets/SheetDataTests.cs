using System.Text;
using Workflows.Orchestrations.Supervision;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Supervision.Sheets;

/// <summary>The section of sheets in supervision.json: every slip is named by file, path and rule.</summary>
public sealed class SheetDataTests
{
    [Theory]
    [InlineData("\"merge\": \"SHEET-MERGE\"", "\"merge\": \"NONE\"", "$.sheets.merge unknown-policy")]
    [InlineData("\"important\": \"orange\"", "\"important\": \"letter\"", "$.sheets.important unknown-color")]
    [InlineData("\"sheets\": 3", "\"sheets\": 0", "$.sheets.cap.sheets range")]
    [InlineData("\"days\": 30, \"source\"", "\"days\": 367, \"source\"", "$.sheets.cap.days range")]
    [InlineData("\"id\": \"orange\"", "\"id\": \"blue\"", "$.sheets.colors[1].id duplicate-id")]
    [InlineData("\"id\": \"orange\"", "\"id\": \"Orange 1\"", "$.sheets.colors[1].id id-form")]
    [InlineData("\"feedback\", \"behind\"", "\"late\", \"behind\"", "$.sheets.colors[0].causes[1] unknown-cause")]
    [InlineData("\"signFor\": \"SHEET-SIGN\"", "\"signFor\": \"SHEET-NEXT\"", "$.sheets.colors[0].signFor no-repeat")]
    [InlineData("\"next\": \"SHEET-NEXT\"", "\"next\": \"SHEET-SIGN\"", "$.sheets.colors[0].next reminders")]
    [InlineData("\"feedback\": \"SHEET-FEEDBACK-FINAL\"", "\"feedback\": \"SHEET-FEEDBACK-FINAL\", \"next\": \"SHEET-NEXT\"", "$.sheets.colors[2].next no-next")]
    [InlineData("\"unit\": \"xwdcs\"", "\"unit\": \"nobody\"", "$.sheets.issuers[1].unit unknown-unit")]
    [InlineData("\"kinds\": [\"party\"]", "\"kinds\": [\"village\"]", "$.sheets.issuers[1].kinds[0] not-an-object")]
    [InlineData("\"kinds\": [\"party\"]", "\"kinds\": [\"enterprise\"]", "$.sheets.issuers[1].kinds[0] letter-only")]
    [InlineData("\"from\": \"2021-02-01\"", "\"from\": \"2021-02-01\", \"to\": \"2021-01-31\"", "$.sheets.issuers[0].authority.to order")]
    [InlineData("\"word\": \"仙委督\"", "\"word\": \"\"", "$.sheets.issuers[1].word blank")]
    public void A_slip_is_named(string right, string wrong, string error)
    {
        var shipped = Encoding.UTF8.GetString(ReferenceCounty.Seed("supervision.json").Json.Span);
        var at = shipped.IndexOf(right, shipped.IndexOf("\"sheets\": {", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(at > 0, $"The shipped file has no {right}.");

        var result = SupervisionData.Parse(
            "supervision.json", Encoding.UTF8.GetBytes(shipped.Remove(at, right.Length).Insert(at, wrong)), ReferenceCounty.Policies, ReferenceCounty.Units);

        Assert.Null(result.Value);
        Assert.Contains(error, result.Errors.Select(found => $"{found.Path} {found.Rule}"));
        Assert.All(result.Errors, found => Assert.Equal("supervision.json", found.File));
    }

    [Fact]
    public void A_file_without_the_section_issues_no_sheets() => Assert.Null(SupervisionData.Parse(
        "supervision.json",
        """{ "signFor": "SUPERVISION-SIGN", "finish": "SUPERVISION-DUE", "check": "SUPERVISION-CHECK" }"""u8,
        ReferenceCounty.Policies).Value!.Sheets);
}
