using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Mediators;
using Workflows.Activities.Rules;
using Workflows.Web.Http;
using Workflows.Web.Tables;

namespace Workflows.Web.Mediators;

/// <summary>Rosters of mediators as tables over HTTP, in and out.</summary>
internal static class MediatorTables
{
    public static void Map(RouteGroupBuilder mediators)
    {
        mediators.MapImport(
            "ImportMediators",
            "Puts the rows of a .csv or .xlsx file on their rosters, each wholly or not at all; who is there already is changed and not doubled.",
            (http, query, errors) => Table(http, Fields.Unit("by", query["by"], http.Get<RuleShelf>().Current.Units, errors)),
            new QueryParameter("by", "The unit of the rosters, or one above.", Required: true));
        Export(mediators, "csv", ExportTable.CsvType);
        Export(mediators, "xlsx", ExportTable.XlsxType);
    }

    private static void Export(RouteGroupBuilder mediators, string ending, string type) =>
        mediators.MapGet($"/export.{ending}", async (HttpContext http, RuleShelf shelf, MediatorDesk desk) =>
        {
            var check = new RequestCheck(shelf.Current.Units);
            var query = QueryOnce.Read(http.Request, check.Errors, "unit", "by");
            var (unit, by) = (check.Unit("unit", query["unit"]), check.Unit(query["by"]));
            if ((check.Errors.Any ? Reply.Invalid(check.Errors) : desk.NotYours(by, unit)) is { } refusal)
            {
                await refusal.ExecuteAsync(http);
                return;
            }

            await http.Send(Table(http, by).Export(unit, http.RequestAborted), $"mediators-{unit}", ending);
        })
            .WithName(ending == "csv" ? "ExportMediatorsCsv" : "ExportMediatorsXlsx")
            .WithSummary($"The rosters of a unit and those below it as a .{ending} table, names in full; it can be imported again.")
            .Produces<Stream>(StatusCodes.Status200OK, type)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .Takes(
                new QueryParameter("unit", "Whose roster, with those of all units below.", Required: true),
                new QueryParameter("by", "The unit that asks: that unit or one above.", Required: true));

    private static MediatorTable Table(HttpContext http, string by) =>
        new(by, http.Get<MediatorDesk>(), http.Get<MediatorRoster>(), http.Get<RuleShelf>().Current);
}
