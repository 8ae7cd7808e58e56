using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Cases;
using Workflows.Activities.Rules;
using Workflows.Activities.Supervision.Scores;
using Workflows.Web.Http;
using Workflows.Web.Supervision.Scores;

namespace Workflows.Web.Supervision.Pages;

/// <summary>Supervision as pages: the board, the ranking with its rule, a unit with its trend.</summary>
internal static class SupervisionPages
{
    public const string Path = "/supervision";
    public const string RankingPath = "/supervision/ranking";
    public const string UnitsPath = "/supervision/units";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Board).ExcludeFromDescription();
        routes.MapGet(RankingPath, (HttpContext http, MonthlyScores scores, RuleShelf shelf) =>
            Ranking(scores.Today.ToString("yyyy-MM", CultureInfo.InvariantCulture), http, scores, shelf)).ExcludeFromDescription();
        routes.MapGet(RankingPath + "/{month}", Ranking).ExcludeFromDescription();
        routes.MapGet(UnitsPath + "/{unit}", Unit).ExcludeFromDescription();
    }

    private static async Task<IResult> Board(HttpContext http, CaseStore cases, RuleShelf shelf, TimeProvider time) =>
        BoardPage.Of(await SupervisionBoard.Of(cases, shelf, time, http.RequestAborted));

    private static async Task<IResult> Ranking(string month, HttpContext http, MonthlyScores scores, RuleShelf shelf)
    {
        if (RankingEndpoints.Month(month, scores.Today) is not { } day)
        {
            return Reply.NotFound($"There is no ranking {month}; a month looks like 2025-11 and has begun.");
        }

        return await scores.Of(day, http.RequestAborted) is { } ranked
            ? RankingPage.Of(RankingView.Of(ranked, shelf.Current.Units), scores.Today)
            : Reply.NotFound(RankingEndpoints.NoRule);
    }

    private static async Task<IResult> Unit(string unit, HttpContext http, MonthlyScores scores, CaseStore cases, RuleShelf shelf) =>
        RankingEndpoints.Find(unit, shelf.Current.Units) is (var found, var why) && found is not null
            ? UnitPage.Of(await UnitScoresView.Of(found, scores, cases, shelf, http.RequestAborted), shelf.Current)
            : Reply.NotFound(why);
}
