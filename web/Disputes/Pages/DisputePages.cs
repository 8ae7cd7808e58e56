using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Cases;
using Workflows.Activities.Rules;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes.Pages;

/// <summary>Disputes as pages for units: all that are open, and one with its terms and what happened. Names are masked.</summary>
internal static class DisputePages
{
    public const string Path = "/disputes";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Open).ExcludeFromDescription();
        routes.MapGet(Path + "/{id}", One).ExcludeFromDescription();
    }

    private static async Task<IResult> Open(HttpContext http, CaseStore cases, RuleShelf shelf) =>
        await OpenDisputesPage.Of(cases, shelf, http.RequestAborted);

    private static async Task<IResult> One(string id, HttpContext http, DisputeDesk desk, CaseStore cases, RuleShelf shelf) =>
        await desk.Find(id, http.RequestAborted) is { } dispute
            ? DisputePage.Of(dispute, await cases.Journal(id, http.RequestAborted), shelf.Current)
            : Reply.NotFound($"There is no dispute {id}.");
}
