using System.Net.Http.Headers;
using System.Text.Json;

namespace Workflows.Web.Tests;

/// <summary>An answer, read whole.</summary>
public sealed record Answer(int Status, string? ContentType, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    private const string Problem = "application/problem+json; charset=utf-8";

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? Location => Headers.Location?.ToString();

    public bool Replayed => Headers.TryGetValues("Idempotency-Replayed", out var values) && values.Single() == "true";

    public static async Task<Answer> Of(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), text, response.Headers, response.Content.Headers);
    }

    /// <summary>A good answer in JSON.</summary>
    public Answer Is(int status)
    {
        Assert.True(Status == status, $"{Status}, not {status}: {Text}");
        Assert.Equal("application/json; charset=utf-8", ContentType);
        return this;
    }

    /// <summary>A problem with its code, and its detail where the test says one.</summary>
    public Answer IsProblem(int status, string code, string? detail = null)
    {
        Assert.True(Status == status, $"{Status}, not {status}: {Text}");
        Assert.Equal(Problem, ContentType);
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.Equal(code, Json.GetProperty("code").GetString());
        Assert.Equal($"urn:workflows:{code}", Json.GetProperty("type").GetString());
        Assert.NotEmpty(Json.GetProperty("title").GetString()!);
        if (detail is not null)
        {
            Assert.Equal(detail, Json.GetProperty("detail").GetString());
        }

        return this;
    }

    /// <summary>A refused request that names exactly these fields with these rules.</summary>
    public void IsInvalid(params (string Field, string Rule)[] rules)
    {
        IsProblem(400, "invalid-request");
        Assert.Equal(
            rules.GroupBy(rule => rule.Field).Select(field => $"{field.Key}: {string.Join(" | ", field.Select(rule => rule.Rule))}").Order(StringComparer.Ordinal),
            Json.GetProperty("errors").EnumerateObject()
                .Select(error => $"{error.Name}: {string.Join(" | ", error.Value.EnumerateArray().Select(rule => rule.GetString()))}").Order(StringComparer.Ordinal));
    }
}
