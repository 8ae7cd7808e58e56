using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Workflows.Web.Tests.Http;

/// <summary>Whatever is posted, it is the caller's mistake and never the server's.</summary>
public sealed class FuzzTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private const int Rounds = 900;

    private static readonly string[] Names =
    [
        "place", "category", "people", "danger", "channel", "by", "summary", "parties", "level", "levelReason", "role", "name", "phone",
        "identityNumber", "address", "consent", "goUp", "on", "record", "form", "terms", "party", "reason", "answer", "evidence", "done", "", "$type", "__proto__",
    ];

    private static readonly string[] Words =
    [
        Requests.Village, Requests.Township, "zzzx", "sfj", "dcs", "neighbours", "window", "applicant", "respondent", "2025-09-15", "0001-01-01", "9999-12-31",
        "oral", "written", "once", "no", "p1", "p2", "village", "county", "", " ", "\0", "\ud83d\ude00", "\u202e", "县", "NaN", "-0", "1e999",
    ];

    private static readonly Gen<string> Text = Gen.OneOf(Gen.OneOf(Words), Gen.String[0, 30].Select(WholeCharacters));

    private static readonly Gen<JsonNode?> Json = Gen.Recursive<JsonNode?>((depth, inner) => depth > 3
        ? Scalar
        : Gen.Frequency(
            (3, Scalar),
            (1, inner.Array[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(Copy)]))),
            (2, Members(inner).Select(members => (JsonNode?)members))));

    private static Gen<JsonNode?> Scalar => Gen.OneOf(
        Text.Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Int.Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Double.Where(double.IsFinite).Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Bool.Select(truth => (JsonNode?)JsonValue.Create(truth)),
        Gen.Const((JsonNode?)null));

    [Fact]
    public async Task Random_JSON_is_never_the_servers_fault()
    {
        var paths = await Paths();

        await Gen.Select(Gen.OneOf(paths), Members(Json), Gen.Bool).SampleAsync(
            async (path, body, keyed) => await NoFault(path, Encoding.UTF8.GetBytes(body.ToJsonString()), keyed ? "fuzz" : null),
            iter: Rounds, threads: 2);
    }

    [Fact]
    public async Task A_good_registration_with_random_changes_is_never_the_servers_fault()
    {
        await Gen.Select(Gen.OneOf(Names), Json, Gen.Bool).SampleAsync(
            async (name, value, party) =>
            {
                var body = Requests.Register();
                var owner = party ? body["parties"]![0]!.AsObject() : body;
                owner[name] = Copy(value);
                await NoFault("/api/disputes", Encoding.UTF8.GetBytes(body.ToJsonString()), null);
            },
            iter: Rounds / 3, threads: 2);
    }

    [Fact]
    public async Task Random_bytes_are_never_the_servers_fault()
    {
        var paths = await Paths();
        var good = Encoding.UTF8.GetBytes(Requests.Register().ToJsonString());

        await Gen.Select(Gen.OneOf(paths), Gen.Byte.Array[0, 200]).SampleAsync(
            async (path, bytes) => await NoFault(path, bytes, null), iter: Rounds / 3, threads: 2);
        await Gen.Select(Gen.OneOf(paths), Gen.Int[0, good.Length - 1], Gen.Byte).SampleAsync(
            async (path, at, with) => await NoFault(path, [.. good[..at], with, .. good[(at + 1)..]], null), iter: Rounds / 3, threads: 2);
    }

    [Fact]
    public async Task Random_paths_queries_and_keys_are_never_the_servers_fault()
    {
        string[] reads =
        [
            "/api/disputes/{0}", "/api/disputes/{0}/journal", "/api/assignments/{0}", "/api/notices/{0}", "/api/notices/{0}/journal", "/api/flows/{0}",
            "/api/flows/{0}/history", "/api/plans/{0}", "/reports/{0}", "/{0}", "/api/disputes?status={0}", "/api/disputes?handler={0}", "/api/assignments?task={0}",
            "/api/notices?case={0}", "/api/flows?flow={0}", "/api/disputes?after={0}", "/api/flows?after={0}", "/api/disputes?{0}", "/api/disputes?size={0}",
            "/api/deadlines?policy={0}&from={0}", "/api/deadlines?policy=PM-TERM&from={0}", "/api/reports/monthly?month={0}",
            "/api/supervision/ranking?month={0}", "/api/supervision/ranking.csv?month=2025-09&group={0}", "/api/supervision/units/{0}",
            "/supervision/ranking/{0}", "/supervision/units/{0}",
        ];

        await Gen.Select(Gen.OneOf(reads), Text).SampleAsync(
            async (path, text) =>
            {
                var answer = await county.Get(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, Uri.EscapeDataString(text)));
                Assert.True(answer.Status < 500, $"{path} {JsonSerializer.Serialize(text)}: {answer.Status} {answer.Text}");
            },
            iter: Rounds / 2, threads: 2);
        await Text.SampleAsync(
            async key => await NoFault("/api/disputes", Encoding.UTF8.GetBytes(Requests.Register().ToJsonString()), key.All(letter => letter is >= ' ' and <= '~') ? key : "k"),
            iter: 50, threads: 2);
    }

    private async Task NoFault(string path, byte[] body, string? key)
    {
        var answer = await county.PostBytes(path, body, key);
        Assert.True(answer.Status < 500, $"{path} {Convert.ToBase64String(body)}: {answer.Status} {answer.Text}");
    }

    /// <summary>Every POST route, for a case that is there.</summary>
    private async Task<string[]> Paths()
    {
        var dispute = await county.RegisterMediated();
        if ((await county.Get("/api/assignments/small.T1.sfj")).Status == 404)
        {
            await county.Post("/api/plans/small/activate", new { by = "dcs" });
            await county.Idle();
        }

        var paths = county.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/'))
            .Select(path => path.Replace("{id}", path.Contains("disputes", StringComparison.Ordinal) ? dispute : path.Contains("plans", StringComparison.Ordinal) ? "small" : path.Contains("flows", StringComparison.Ordinal) ? $"DisputeEscalation-{dispute}" : "small.T1.sfj", StringComparison.Ordinal))
            .ToArray();
        Assert.Equal(94, paths.Length);
        return paths;
    }

    private static Gen<JsonObject> Members(Gen<JsonNode?> values) =>
        Gen.Select(Gen.OneOf(Gen.OneOf(Names), Text), values).Array[0, 8].Select(members =>
        {
            var node = new JsonObject();
            foreach (var (name, value) in members)
            {
                node[name] = Copy(value);
            }

            return node;
        });

    private static JsonNode? Copy(JsonNode? node) => node?.DeepClone();

    private static string WholeCharacters(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
