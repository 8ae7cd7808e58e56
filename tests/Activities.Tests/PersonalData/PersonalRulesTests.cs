using System.Text;
using Workflows.Activities.PersonalData;

namespace Workflows.Activities.Tests.PersonalData;

public sealed class PersonalRulesTests
{
    private const string Good = """
        {
          "note": "n",
          "duplicates": { "days": 90, "source": "operator default" },
          "retention": [
            { "end": "settled", "years": 10, "source": "operator default" },
            { "end": "*", "years": 5, "source": "operator default" }
          ]
        }
        """;

    [Theory]
    [InlineData("\"days\": 90", "\"days\": 0", "$.duplicates.days", "days-range")]
    [InlineData("\"days\": 90", "\"days\": 3661", "$.duplicates.days", "days-range")]
    [InlineData("\"years\": 10", "\"years\": 0", "$.retention[0].years", "years-range")]
    [InlineData("\"years\": 10", "\"years\": 101", "$.retention[0].years", "years-range")]
    [InlineData("\"end\": \"*\"", "\"end\": \"failed\"", "$.retention", "last-end")]
    [InlineData("\"end\": \"*\"", "\"end\": \"settled\"", "$.retention[1].end", "duplicate-end")]
    [InlineData("\"end\": \"settled\"", "\"end\": \" \"", "$.retention[0].end", "blank")]
    [InlineData("\"years\": 10", "\"years\": \"ten\"", "$.retention[0].years", "json")]
    [InlineData("\"note\": \"n\"", "\"notes\": \"n\"", "$", "json")]
    public void A_wrong_number_or_word_is_named_by_its_path_and_rule(string from, string to, string path, string rule)
    {
        var read = Parse(Good.Replace(from, to, StringComparison.Ordinal));

        Assert.Null(read.Value);
        Assert.Contains(read.Errors, error => error.File == "personal-data.json" && error.Path.StartsWith(path, StringComparison.Ordinal) && error.Rule == rule);
    }

    [Theory]
    [InlineData("settled", "2016-03-02", "2026-03-03")]
    [InlineData("failed", "2016-03-02", "2021-03-03")]
    [InlineData("failed", "2016-02-29", "2021-03-01")]
    public void A_case_is_kept_to_the_end_of_the_last_day_of_its_years(string end, string ended, string erasedFrom) =>
        Assert.Equal(DateOnly.Parse(erasedFrom, System.Globalization.CultureInfo.InvariantCulture), Parse(Good).Value!.EraseFrom(end, DateOnly.Parse(ended, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void A_set_without_the_file_has_the_usual_numbers() =>
        Assert.Equal((90, 10), (PersonalRules.Usual.DuplicateDays, PersonalRules.Usual.For("settled").Years));

    private static Orchestrations.Calendar.DataResult<PersonalRules> Parse(string json) =>
        PersonalRules.Parse("personal-data.json", Encoding.UTF8.GetBytes(json));
}
