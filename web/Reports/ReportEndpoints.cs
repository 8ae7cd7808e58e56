using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Reports;
using Workflows.Orchestrations.Reports;
using Workflows.Web.Http;

namespace Workflows.Web.Reports;

/// <summary>The monthly summary, as data and as a page.</summary>
internal static class ReportEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/reports/monthly", Summary).WithTags("Reports")
            .Describe<MonthlySummary>("GetMonthlySummary", "The numbers of a month (month=2025-10), each with the records behind it.");
        routes.MapGet("/reports/{month}", Page).ExcludeFromDescription();
    }

    private static async Task<Reply> Summary(HttpRequest request, MonthlySummaries summaries) =>
        Month(request.Query["month"].FirstOrDefault()) is { } month
            ? Reply.Ok(await summaries.Of(month, request.HttpContext.RequestAborted))
            : Reply.Invalid("month", "must be a month such as 2025-10");

    private static async Task<IResult> Page(string month, HttpContext http, MonthlySummaries summaries) =>
        Month(month) is { } day
            ? Results.Text(await summaries.Html(day, http.RequestAborted), "text/html", Encoding.UTF8)
            : Reply.NotFound($"There is no report {month}; a month looks like 2025-10.");

    private static DateOnly? Month(string? text) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
