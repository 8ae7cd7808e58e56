using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Web.Http;
using Workflows.Web.Tables;

namespace Workflows.Web.Disputes;

/// <summary>Disputes as tables, in and out.</summary>
internal static class TableEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var disputes = routes.MapGroup(DisputeDesk.Path).WithTags("Tables");
        disputes.MapImport(
            "ImportDisputes",
            "Registers the rows of a .csv or .xlsx file, each wholly or not at all; the same row again, also of a corrected file, is registered once.",
            (http, _, _) => http.Get<DisputeImport>());
        Export(disputes, "csv", ExportTable.CsvType);
        Export(disputes, "xlsx", ExportTable.XlsxType);
    }

    private static void Export(RouteGroupBuilder disputes, string ending, string type) =>
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

            await http.Send(export.Table(from, until, http.RequestAborted), $"disputes-{from:yyyy-MM-dd}-{until:yyyy-MM-dd}", ending);
        })
            .WithName(ending == "csv" ? "ExportDisputesCsv" : "ExportDisputesXlsx")
            .WithSummary($"The disputes registered in a time as a .{ending} table, names masked.")
            .Produces<Stream>(StatusCodes.Status200OK, type)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .Takes(
                new QueryParameter("from", "The first day of registration, such as 2025-09-01.", Required: true),
                new QueryParameter("to", "The last day.", Required: true));
}
