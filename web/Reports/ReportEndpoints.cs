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
            .Describe<MonthlySummary>("GetMonthlySummary", "The numbers of a month (month=2025-10), each with the records behind it.")
            .Takes(new QueryParameter("month", "Such as 2025-10.", Required: true));
        routes.MapGet("/reports/{month}", Page).ExcludeFromDescription();
    }

    private static async Task<Reply> Summary(HttpRequest request, MonthlySummaries summaries)
    {
        var errors = new FieldErrors();
        var month = Month(QueryOnce.Read(request, errors, "month")["month"]);
        if (month is null)
        {
            errors.Add("month", "must be a month such as 2025-10");
        }

        return errors.Any ? Reply.Invalid(errors) : Reply.Ok(await summaries.Of(month!.Value, request.HttpContext.RequestAborted));
    }

    private static async Task<IResult> Page(string month, HttpContext http, MonthlySummaries summaries) =>
        Month(month) is { } day
            ? Results.Text(await summaries.Html(day, http.RequestAborted), "text/html", Encoding.UTF8)
            : Reply.NotFound($"There is no report {month}; a month looks like 2025-10.");

    /// <summary>The ends of what a date can hold have no month after them.</summary>
    internal static DateOnly? Month(string? text) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= 1900 and <= 2999
            ? day
            : null;
}
