using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Tables;

/// <summary>What all endpoints of tables have in common: a file in with a report out, and a file out.</summary>
internal static class TableRoutes
{
    /// <param name="routes">The group.</param>
    /// <param name="name">Of the operation.</param>
    /// <param name="summary">One sentence.</param>
    /// <param name="open">Checks the other parameters of the query and gives what the rows are.</param>
    /// <param name="more">The other parameters.</param>
    public static void MapImport(
        this RouteGroupBuilder routes, string name, string summary, Func<HttpContext, IReadOnlyDictionary<string, string?>, FieldErrors, ITableRows> open, params QueryParameter[] more) =>
        routes.MapPost("/import", async (HttpContext http) =>
        {
            var errors = new FieldErrors();
            var query = QueryOnce.Read(http.Request, errors, ["dryRun", "allOrNothing", .. more.Select(parameter => parameter.Name)]);
            var (dryRun, allOrNothing) = (Truth("dryRun", query["dryRun"], errors), Truth("allOrNothing", query["allOrNothing"], errors));
            var rows = open(http, query, errors);
            if (errors.Any)
            {
                return Reply.Invalid(errors);
            }

            return http.Request.ContentLength > FileUpload.BytesMax || await FileUpload.Bytes(http.Request.Body, http.RequestAborted) is not { } file
                ? FileUpload.TooLarge
                : await TableImport.Run(rows, file, dryRun, allOrNothing, http.RequestAborted);
        })
            .WithMetadata(NoKey.Instance)
            .WithName(name)
            .WithSummary(summary)
            .Accepts<Stream>(ExportTable.CsvType, ExportTable.XlsxType, "application/octet-stream")
            .Produces<ImportReport>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .Takes(
            [
                new QueryParameter("dryRun", "true: only says what would become of each row.", Words: ["true", "false"]),
                new QueryParameter("allOrNothing", "true: keeps nothing when one row is wrong.", Words: ["true", "false"]),
                .. more,
            ]);

    /// <summary>Answers with a table as a file, .csv or .xlsx by <paramref name="ending"/>.</summary>
    public static async Task Send(this HttpContext http, ExportTable table, string fileName, string ending)
    {
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}.{ending}\"";
        if (ending == "csv")
        {
            http.Response.ContentType = ExportTable.CsvType + "; charset=utf-8";
            await table.Csv(http.Response.Body, http.RequestAborted);
            return;
        }

        await using var file = await table.Xlsx(http.RequestAborted);
        http.Response.ContentType = ExportTable.XlsxType;
        http.Response.ContentLength = file.Length;
        await file.CopyToAsync(http.Response.Body, http.RequestAborted);
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
