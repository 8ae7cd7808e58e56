using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Workflows.Orchestrations.Durable;

namespace Workflows.Web.Http;

/// <summary>An answer as a value, so that it can be kept and given again.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">JSON.</param>
/// <param name="ContentType"><c>application/json</c> or <c>application/problem+json</c>.</param>
/// <param name="Location">Where to look.</param>
public sealed record Reply(int Status, byte[] Body, string ContentType, string? Location = null) : IResult
{
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";

    public static Reply Ok<T>(T body) => new(StatusCodes.Status200OK, Wire.Write(body), Json);

    public static Reply Created<T>(string location, T body) => new(StatusCodes.Status201Created, Wire.Write(body), Json, location);

    /// <summary>The command is durable but not answered yet: look again at <paramref name="location"/>.</summary>
    public static Reply Accepted(string location) =>
        new(StatusCodes.Status202Accepted, Wire.Write(new PendingAnswer("accepted", location)), Json, location);

    /// <summary>The request is wrong: every field with its rule (RFC 9457).</summary>
    public static Reply Invalid(FieldErrors errors) => Of(
        StatusCodes.Status400BadRequest,
        "invalid-request",
        "The request is not valid.",
        string.Join(" ", errors.All.Select(error => $"{error.Key} {string.Join(" and ", error.Value)}.")),
        errors.All);

    public static Reply Invalid(string field, string rule)
    {
        var errors = new FieldErrors();
        errors.Add(field, rule);
        return Invalid(errors);
    }

    public static Reply NotFound(string what) => Of(StatusCodes.Status404NotFound, "not-found", "Not found.", what);

    /// <summary>The decider refuses: its code and its reason.</summary>
    public static Reply Refused(string code, string reason) => Of(StatusCodes.Status409Conflict, code, "The command is refused.", reason);

    public static Reply Of(
        int status, string code, string title, string detail, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail, Type = $"urn:workflows:{code}" };
        problem.Extensions["code"] = code;
        if (errors is not null)
        {
            problem.Extensions["errors"] = errors;
        }

        return new Reply(status, JsonSerializer.SerializeToUtf8Bytes(problem, Wire.Options), Problem);
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType + "; charset=utf-8";
        response.ContentLength = Body.Length;
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (Status == StatusCodes.Status202Accepted)
        {
            response.Headers.RetryAfter = "1";
        }

        await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }
}

/// <summary>The body of a 202.</summary>
public sealed record PendingAnswer(string Status, string Look);
