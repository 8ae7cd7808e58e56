using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Cases;
using Workflows.Activities.Rules;
using Workflows.Activities.Supervision.Scores;
using Workflows.Orchestrations.Units;
using Workflows.Web.Http;
using Workflows.Web.Tables;

namespace Workflows.Web.Supervision.Scores;

/// <summary>Scores and ranks over HTTP; every number names the records behind it, every table its rule.</summary>
internal static class RankingEndpoints
{
    public const string NoRule = "The county's rules score nobody.";

    private static readonly QueryParameter[] Scope =
    [
        new("month", "Such as 2025-11; one that has begun.", Required: true),
        new("group", "A group of the rule, such as townships; all when not given."),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/supervision/ranking", Show).WithTags("Assignments")
            .Describe<RankingView>("GetRanking", "The units of a month by their scores, group by group, with every deduction's record and the published rule.")
            .Takes(Scope);
        Export(routes, "csv", "ExportRankingCsv", ExportTable.CsvType);
        Export(routes, "xlsx", "ExportRankingXlsx", ExportTable.XlsxType);
        routes.MapGet("/api/supervision/units/{unit}", ShowUnit).WithTags("Assignments")
            .Describe<UnitScoresView>("GetUnitScores", "A unit's scores of the last twelve months, its open assignments by light, and the sheets to it.");
    }

    /// <summary>A month that has begun; null after naming what is wrong.</summary>
    internal static DateOnly? Month(string? text, DateOnly today) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year >= 1900
        && day <= today
            ? day
            : null;

    /// <summary>The unit of an id as far as it can be supervised: a committee never is, its township answers.</summary>
    internal static (Unit? Unit, string Why) Find(string id, UnitRegister units) => units.Find(id) switch
    {
        null => (null, $"There is no unit {id}."),
        { } unit when units.ResponsibleFor(unit) is var answering && answering.Id != id => (null, $"{id} is a committee; {answering.Id} answers for it."),
        { } unit => (unit, ""),
    };

    private static async Task<Reply> Show(HttpContext http, MonthlyScores scores, RuleShelf shelf)
    {
        var (view, refusal) = await Read(http, scores, shelf);
        return refusal ?? Reply.Ok(view!);
    }

    private static void Export(IEndpointRouteBuilder routes, string ending, string name, string type) =>
        routes.MapGet($"/api/supervision/ranking.{ending}", async (HttpContext http, MonthlyScores scores, RuleShelf shelf) =>
        {
            var (view, refusal) = await Read(http, scores, shelf);
            if (refusal is not null)
            {
                await refusal.ExecuteAsync(http);
                return;
            }

            await http.Send(RankingTable.Of(view!), string.Create(CultureInfo.InvariantCulture, $"ranking-{view!.Month:yyyy-MM}"), ending);
        })
            .WithTags("Tables")
            .WithName(name)
            .WithSummary($"The ranking of a month as a .{ending} table, with the rule below it.")
            .Produces<Stream>(StatusCodes.Status200OK, type)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Takes(Scope);

    private static async Task<Reply> ShowUnit(string unit, HttpContext http, MonthlyScores scores, CaseStore cases, RuleShelf shelf) =>
        Find(unit, shelf.Current.Units) is (var found, var why) && found is not null
            ? Reply.Ok(await UnitScoresView.Of(found, scores, cases, shelf, http.RequestAborted))
            : Reply.NotFound(why);

    private static async Task<(RankingView? View, Reply? Refusal)> Read(HttpContext http, MonthlyScores scores, RuleShelf shelf)
    {
        var errors = new FieldErrors();
        var query = QueryOnce.Read(http.Request, errors, "month", "group");
        var month = Month(query["month"], scores.Today);
        if (month is null)
        {
            errors.Add("month", "must be a month such as 2025-11 that has begun");
        }

        if (errors.Any)
        {
            return (null, Reply.Invalid(errors));
        }

        if (await scores.Of(month!.Value, http.RequestAborted) is not { } ranked)
        {
            return (null, Reply.NotFound(NoRule));
        }

        if (query["group"] is { } group && ranked.Rule.Groups.All(known => known.Id != group))
        {
            return (null, Reply.Invalid("group", $"must be one of {string.Join(", ", ranked.Rule.Groups.Select(known => known.Id))}"));
        }

        return (RankingView.Of(ranked, shelf.Current.Units, query["group"]), null);
    }
}
