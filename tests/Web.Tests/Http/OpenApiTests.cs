using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Workflows.Web.Tests.Http;

/// <summary>The description, held against the endpoints that are really mapped.</summary>
public sealed class OpenApiTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private static readonly string[] CommandProblems = ["400", "404", "409", "413", "415", "422", "429", "503"];

    /// <summary>Posted so that no name stands in an address.</summary>
    private static readonly string[] Asks = ["ShowPersonalData", "SearchDisputes", "ImportDisputes", "ImportMediators"];

    /// <summary>What is no JSON on its way in or out.</summary>
    private static readonly string[] Files = ["AddDisputeFile", "GetDisputeFile", "AddAssignmentFile", "GetAssignmentFile", "ExportDisputesCsv", "ExportDisputesXlsx", "ExportMediatorsCsv", "ExportMediatorsXlsx", "ExportRankingCsv", "ExportRankingXlsx"];

    [Fact]
    public async Task It_is_OpenAPI_3_1_in_JSON()
    {
        var answer = await county.Get("/openapi/v1.json");

        Assert.Equal((200, "application/json;charset=utf-8"), (answer.Status, answer.ContentType?.Replace(" ", "", StringComparison.Ordinal)));
        Assert.StartsWith("3.1.", answer.Json.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal("Workflows", answer.Json.GetProperty("info").GetProperty("title").GetString());
    }

    [Fact]
    public async Task Every_route_of_the_API_is_described_and_no_other()
    {
        var described = (await Operations()).Select(operation => $"{operation.Method} {operation.Path}");

        Assert.Equal(Mapped().Select(route => $"{route.Method} {route.Path}").Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        Assert.True(Mapped().Count > 20);
    }

    [Fact]
    public async Task Every_operation_has_an_id_of_its_own_a_summary_and_a_tag()
    {
        var operations = await Operations();

        Assert.Equal(operations.Count, operations.Select(operation => operation.Json.GetProperty("operationId").GetString()).Distinct().Count());
        Assert.All(operations, operation => Assert.Matches("^[A-Z].*[.]$", operation.Json.GetProperty("summary").GetString()));
        Assert.All(operations, operation => Assert.Equal(1, operation.Json.GetProperty("tags").GetArrayLength()));
    }

    [Fact]
    public async Task Every_answer_has_a_schema_and_every_refusal_is_a_problem()
    {
        foreach (var operation in await Operations())
        {
            var responses = operation.Json.GetProperty("responses");
            foreach (var response in responses.EnumerateObject())
            {
                var type = response.Name[0] != '2' ? "application/problem+json"
                    : !operation.Id.StartsWith("Add", StringComparison.Ordinal) && Files.Contains(operation.Id) ? response.Value.GetProperty("content").EnumerateObject().Single().Name
                    : "application/json";
                Assert.True(response.Value.GetProperty("content").GetProperty(type).TryGetProperty("schema", out _), $"{operation} {response.Name}");
            }

            Assert.Single(responses.EnumerateObject(), response => response.Name is "200" or "201");
        }
    }

    [Fact]
    public async Task Every_command_describes_its_body_its_key_and_its_refusals()
    {
        var commands = (await Operations()).Where(operation => operation.Method == "POST" && !Asks.Contains(operation.Id) && !Files.Contains(operation.Id)).ToList();

        Assert.Equal(86, commands.Count);
        foreach (var command in commands)
        {
            Assert.True(command.Json.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").TryGetProperty("schema", out _), $"{command}");
            Assert.Empty(CommandProblems.Append("202").Except(command.Json.GetProperty("responses").EnumerateObject().Select(response => response.Name)));
            var key = Assert.Single(Parameters(command), parameter => parameter.GetProperty("in").GetString() == "header");
            Assert.Equal("Idempotency-Key", key.GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task What_only_reads_takes_no_key_though_it_is_posted()
    {
        foreach (var ask in (await Operations()).Where(operation => Asks.Contains(operation.Id)))
        {
            Assert.Equal("POST", ask.Method);
            Assert.DoesNotContain(Parameters(ask), parameter => parameter.GetProperty("in").GetString() == "header");
        }
    }

    [Fact]
    public async Task Every_part_of_a_path_is_a_described_parameter()
    {
        foreach (var operation in await Operations())
        {
            var parts = operation.Path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'));

            Assert.Equal(parts, Parameters(operation).Where(parameter => parameter.GetProperty("in").GetString() == "path").Select(parameter => parameter.GetProperty("name").GetString()));
        }
    }

    [Theory]
    [InlineData("ListDisputes", "status, handler, place, aftercare, light, open, suspended, assisting, mediator, deciding, board, size, after")]
    [InlineData("ListAssignments", "status, unit, task, light, open, week, stuck, size, after")]
    [InlineData("ListNotices", "case, to, status, size, after")]
    [InlineData("ListFlows", "flow, state, waitsFor, tag, dueBefore, size, after")]
    [InlineData("ComputeDeadline", "policy, from")]
    [InlineData("GetMonthlySummary", "month")]
    [InlineData("ListMeasures", "month, place, category")]
    [InlineData("ListMeasureCases", "month, place, category, of, size, after")]
    [InlineData("GetRanking", "month, group")]
    [InlineData("ExportRankingXlsx", "month, group")]
    [InlineData("GetUnitScores", "")]
    [InlineData("ListPlans", "")]
    public async Task Every_parameter_of_a_query_is_described(string id, string expected)
    {
        var operation = (await Operations()).Single(operation => operation.Json.GetProperty("operationId").GetString() == id);

        Assert.Equal(expected, string.Join(", ", Parameters(operation)
            .Where(parameter => parameter.GetProperty("in").GetString() == "query").Select(parameter => parameter.GetProperty("name").GetString())));
    }

    [Fact]
    public async Task The_calculator_describes_what_it_cannot_answer()
    {
        var operation = (await Operations()).Single(operation => operation.Json.GetProperty("operationId").GetString() == "ComputeDeadline");

        Assert.True(operation.Json.GetProperty("responses").TryGetProperty("422", out _));
    }

    [Fact]
    public async Task A_problem_is_described_with_its_code_and_the_errors_by_field()
    {
        var problem = (await county.Get("/openapi/v1.json")).Json.GetProperty("components").GetProperty("schemas").GetProperty("ProblemDetails");

        Assert.True(problem.GetProperty("properties").TryGetProperty("code", out _));
        Assert.True(problem.GetProperty("properties").TryGetProperty("errors", out _));
    }

    private static List<JsonElement> Parameters(Operation operation) =>
        operation.Json.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray()] : [];

    private async Task<List<Operation>> Operations() =>
    [
        .. (await county.Get("/openapi/v1.json")).Json.GetProperty("paths").EnumerateObject().SelectMany(path =>
            path.Value.EnumerateObject().Select(operation => new Operation(operation.Name.ToUpperInvariant(), path.Name, operation.Value))),
    ];

    private List<(string Method, string Path)> Mapped() =>
    [
        .. county.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Select(method => (method, "/" + endpoint.RoutePattern.RawText!.Trim('/')))),
    ];

    private sealed record Operation(string Method, string Path, JsonElement Json)
    {
        public string Id => Json.GetProperty("operationId").GetString()!;

        public override string ToString() => $"{Method} {Path}";
    }
}
