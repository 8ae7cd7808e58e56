using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <summary>Disputes as tables, in and out.</summary>
internal static class TableEndpoints
{
    private const string CsvType = "text/csv";
    private const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var disputes = routes.MapGroup(DisputeDesk.Path).WithTags("Tables");
        disputes.MapPost("/import", Import)
            .WithMetadata(NoKey.Instance)
            .WithName("ImportDisputes")
            .WithSummary("Registers the rows of a .csv or .xlsx file, each wholly or not at all; the same file again registers nothing twice.")
            .Accepts<Stream>(CsvType, XlsxType, "application/octet-stream")
            .Produces<ImportReport>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .Takes(
                new QueryParameter("dryRun", "true: only says what would become of each row.", Words: ["true", "false"]),
                new QueryParameter("allOrNothing", "true: registers nothing when one row is wrong.", Words: ["true", "false"]));
        Export(disputes, "csv", CsvType, async (http, export, from, until) =>
        {
            http.Response.ContentType = CsvType + "; charset=utf-8";
            await export.Csv(http.Response.Body, from, until, http.RequestAborted);
        });
        Export(disputes, "xlsx", XlsxType, async (http, export, from, until) =>
        {
            await using var file = await export.Xlsx(from, until, http.RequestAborted);
            http.Response.ContentType = XlsxType;
            http.Response.ContentLength = file.Length;
            await file.CopyToAsync(http.Response.Body, http.RequestAborted);
        });
    }

    private static void Export(
        RouteGroupBuilder disputes, string ending, string type, Func<HttpContext, DisputeExport, DateOnly, DateOnly, Task> write) =>
        disputes.MapGet($"/export.{ending}", async (HttpContext http, DisputeExport export) =>
        {
            var errors = new FieldErrors();
            var query = QueryOnce.Read(http.Request, errors, "from", "to");
            var (from, until) = (errors.Date("from", query["from"]), errors.Date("to", query["to"]));
            if (!errors.Any && from > until)
            {
                errors.Add("to", "must not be before from");
            }

            if (errors.Any)
            {
                await Reply.Invalid(errors).ExecuteAsync(http);
                return;
            }

            http.Response.Headers.ContentDisposition = $"attachment; filename=\"disputes-{from:yyyy-MM-dd}-{until:yyyy-MM-dd}.{ending}\"";
            await write(http, export, from, until);
        })
            .WithName(ending == "csv" ? "ExportDisputesCsv" : "ExportDisputesXlsx")
            .WithSummary($"The disputes registered in a time as a .{ending} table, names masked.")
            .Produces<Stream>(StatusCodes.Status200OK, type)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .Takes(
                new QueryParameter("from", "The first day of registration, such as 2025-09-01.", Required: true),
                new QueryParameter("to", "The last day.", Required: true));

    private static async Task<Reply> Import(HttpContext http, DisputeImport import)
    {
        var errors = new FieldErrors();
        var query = QueryOnce.Read(http.Request, errors, "dryRun", "allOrNothing");
        var (dryRun, allOrNothing) = (Truth("dryRun", query["dryRun"], errors), Truth("allOrNothing", query["allOrNothing"], errors));
        if (errors.Any)
        {
            return Reply.Invalid(errors);
        }

        return http.Request.ContentLength > FileUpload.BytesMax || await FileUpload.Bytes(http.Request.Body, http.RequestAborted) is not { } file
            ? FileUpload.TooLarge
            : await import.Run(file, dryRun, allOrNothing, http.RequestAborted);
    }

    private static bool Truth(string field, string? value, FieldErrors errors)
    {
        if (value is not (null or "true" or "false"))
        {
            errors.Add(field, "must be true or false");
        }

        return value == "true";
    }
}
