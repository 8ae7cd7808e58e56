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
            "supervision.json", ReferenceCounty.Seed("supervision.json").Json.Span, ReferenceCounty.Policies);

        Assert.Empty(result.Errors);
        Assert.Equal(new SupervisionProcess("SUPERVISION-SIGN", "SUPERVISION-DUE", "SUPERVISION-CHECK"), result.Value);
    }

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
