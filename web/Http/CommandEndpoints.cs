using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Orchestrations.Durable;

namespace Workflows.Web.Http;

/// <summary>How commands and reads are mapped: body, idempotency, answers and their description, the same for all.</summary>
internal static class CommandEndpoints
{
    /// <summary>Maps a POST whose body is <typeparamref name="TRequest"/> and whose answer is <typeparamref name="TView"/>.</summary>
    /// <param name="routes">The group.</param>
    /// <param name="pattern">Within the group.</param>
    /// <param name="name">Operation id.</param>
    /// <param name="summary">One sentence.</param>
    /// <param name="success">200 or 201.</param>
    /// <param name="command">Carries it out under the command id it is given.</param>
    public static void MapCommand<TRequest, TView>(
        this IEndpointRouteBuilder routes,
        string pattern,
        string name,
        string summary,
        int success,
        Func<HttpContext, TRequest, string, Task<Reply>> command)
        where TRequest : class =>
        routes.MapPost(pattern, (Delegate)((HttpContext http) => Run(http, command))).DescribeCommand<TRequest, TView>(name, summary, success);

    /// <summary>Describes a command.</summary>
    public static RouteHandlerBuilder DescribeCommand<TRequest, TView>(this RouteHandlerBuilder route, string name, string summary, int success)
        where TRequest : class => route
        .WithName(name)
        .WithSummary(summary)
        .Accepts<TRequest>("application/json")
        .Produces<TView>(success)
        .Refuses();

    /// <summary>Describes what every command may be answered with instead.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route) => route
        .Produces<PendingAnswer>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>
    /// Maps a POST that only reads: what it asks for must not stand in an address. It takes no idempotency key, so that no
    /// answer is kept.
    /// </summary>
    public static RouteHandlerBuilder MapAsk<TRequest, TView>(
        this IEndpointRouteBuilder routes, string pattern, string name, string summary, Func<HttpContext, TRequest, Task<Reply>> read)
        where TRequest : class =>
        routes.MapPost(pattern, (Delegate)((HttpContext http) => Ask(http, read)))
            .WithMetadata(NoKey.Instance)
            .WithName(name)
            .WithSummary(summary)
            .Accepts<TRequest>("application/json")
            .Produces<TView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

    /// <summary>Describes a GET.</summary>
    public static RouteHandlerBuilder Describe<TView>(this RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name)
        .WithSummary(summary)
        .Produces<TView>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    public static T Get<T>(this HttpContext http)
        where T : notnull => http.RequestServices.GetRequiredService<T>();

    private static async Task<Reply> Ask<TRequest>(HttpContext http, Func<HttpContext, TRequest, Task<Reply>> read)
        where TRequest : class
    {
        var (bytes, refusal) = await RequestBody.Bytes(http.Request);
        if (refusal is not null)
        {
            return refusal;
        }

        var (request, bad) = RequestBody.Parse<TRequest>(bytes);
        return request is null ? bad! : await read(http, request);
    }

    private static async Task<Reply> Run<TRequest>(HttpContext http, Func<HttpContext, TRequest, string, Task<Reply>> command)
        where TRequest : class
    {
        var (bytes, refusal) = await RequestBody.Bytes(http.Request);
        if (refusal is not null)
        {
            return refusal;
        }

        var (request, bad) = RequestBody.Parse<TRequest>(bytes);
        if (request is null)
        {
            return bad!;
        }

        try
        {
            return await http.Get<Idempotency>().Once(http, bytes, commandId => command(http, request, commandId));
        }
        catch (FlowsBusyException busy)
        {
            http.Response.Headers.RetryAfter = "5";
            return Reply.Of(StatusCodes.Status429TooManyRequests, "busy", "Too much work at once.", busy.Message);
        }
    }
}

/// <summary>Marks a POST that takes no idempotency key: it only reads, or it knows by itself what it has done.</summary>
internal sealed class NoKey
{
    public static NoKey Instance { get; } = new();
}
