using System.Text.Json.Nodes;

namespace Workflows.Web.Tests.Rules;

/// <summary>Versions that tests add.</summary>
internal static class Candidates
{
    /// <summary>A file of the current version.</summary>
    public static async Task<string> RuleFile(this ServedCounty county, string name) =>
        (await county.Get($"/api/rules/{county.County.Rules.Current.Version}/files/{name}")).Is(200).Text;

    /// <summary>Adds a version in which a policy has another length; gives its address.</summary>
    public static async Task<string> Candidate(
        this ServedCounty county, string policy, int from, int to, Func<string, string>? disputes = null)
    {
        var policies = JsonNode.Parse(await county.RuleFile("policies.json"))!.AsArray();
        var period = policies.Single(known => known!["id"]!.GetValue<string>() == policy)!["period"]!;
        Assert.Equal(from, period["amount"]!.GetValue<int>());
        period["amount"] = to;
        var files = new Dictionary<string, string> { ["policies.json"] = policies.ToJsonString() };
        if (disputes is not null)
        {
            files["disputes.json"] = disputes(await county.RuleFile("disputes.json"));
        }

        var answer = await county.Post("/api/rules", new { by = Requests.Supervision, reason = "another length", @base = county.County.Rules.Current.Version, files });
        return answer.Is(201).Json.GetProperty("version").GetString()!;
    }
}
