using Microsoft.AspNetCore.Builder;

namespace Workflows.Web.Http;

/// <summary>What every answer says to browsers and caches between: it is what it says it is, and it is nobody else's.</summary>
internal static class ResponseHeaders
{
    /// <summary>Pages hold their own style and nothing that runs, comes from elsewhere or may be framed.</summary>
    private const string Pages =
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public const string ReferrerPolicy = "Referrer-Policy";

    public static void UseResponseHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            if (!headers.ContainsKey(ReferrerPolicy))
            {
                headers[ReferrerPolicy] = "no-referrer";
            }

            if (headers.CacheControl.Count == 0)
            {
                headers.CacheControl = "no-store";
            }

            if (http.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true)
            {
                headers.ContentSecurityPolicy = Pages;
            }

            return Task.CompletedTask;
        });
        return next(http);
    });
}
