using Microsoft.AspNetCore.Builder;

namespace Workflows.Web.Http;

/// <summary>A parameter that an endpoint reads from the query by itself, for its description.</summary>
/// <param name="Name">As the caller writes it.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Words">The values it knows; none when it takes others.</param>
/// <param name="Max">The greatest number, from 1; null when it is a text.</param>
internal sealed record QueryParameter(
    string Name, string Summary, bool Required = false, IReadOnlyList<string>? Words = null, int? Max = null)
{
    /// <summary>The parameters of a list: its filters, the size of a page and the cursor.</summary>
    public static QueryParameter[] Of(IReadOnlyList<ListFilter> filters) =>
    [
        .. filters.Select(filter => new QueryParameter(filter.Name, "A filter; a list takes one.", Words: filter.Words)),
        new("size", $"How many items a page has at most; {ListQuery.SizeDefault} when not given.", Max: ListQuery.SizeMax),
        new("after", "The cursor that the page before gave as next."),
    ];
}

internal static class QueryParameters
{
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, params QueryParameter[] parameters) =>
        route.WithMetadata([.. parameters.Cast<object>()]);

    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, IReadOnlyList<ListFilter> filters) =>
        route.Takes(QueryParameter.Of(filters));
}
