using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Documents;
using Workflows.Activities.Mediators;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <summary>The papers of a dispute, each as Word and as a page. They hold names, so no cache keeps them.</summary>
internal static class DisputePapers
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "agreement", Agreement);
        Map(routes, "rights-notice", Rights);
    }

    private static void Map(
        IEndpointRouteBuilder routes, string name, Func<Dispute, DisputeRules, string, HttpContext, Task<(Paper? Paper, Reply? Refusal)>> make)
    {
        // Like the county's other pages, these are for people and stand in no description for machines.
        routes.MapGet($"/disputes/{{id}}/{name}.docx", (Delegate)((HttpContext http) => Give(http, make, paper =>
            Results.File(PaperDocx.Write(paper), PaperDocx.ContentType, $"{http.Request.RouteValues["id"]}-{name}.docx")))).ExcludeFromDescription();
        routes.MapGet($"/disputes/{{id}}/{name}.html", (Delegate)((HttpContext http) => Give(http, make, paper =>
            Results.Text(PaperHtml.Write(paper), "text/html", Encoding.UTF8)))).ExcludeFromDescription();
    }

    private static async Task<IResult> Give(
        HttpContext http,
        Func<Dispute, DisputeRules, string, HttpContext, Task<(Paper? Paper, Reply? Refusal)>> make,
        Func<Paper, IResult> form)
    {
        var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
        var by = check.Unit(QueryOnce.Read(http.Request, check.Errors, "by")["by"]);
        if (check.Errors.Any)
        {
            return Reply.Invalid(check.Errors);
        }

        // Names are handed out only to who may read them, and it is on record before.
        var (id, desk) = ((string)http.Request.RouteValues["id"]!, http.Get<Desk>());
        var (record, shut) = await http.Get<PersonalDesk>().Enter(id, by, "PaperGiven", "a paper of the case", "查看案件文书", purpose: null, http.RequestAborted);
        if (record is null)
        {
            return shut!;
        }

        var (paper, refusal) = await make(
            record.State, desk.Rules.Get<DisputeRules>(record.State.Rules), http.Get<RuleShelf>().CodeOf(id), http);
        return paper is null ? refusal! : form(paper);
    }

    private static async Task<(Paper? Paper, Reply? Refusal)> Agreement(
        Dispute dispute, DisputeRules rules, string code, HttpContext http)
    {
        if (dispute.Outcome?.Agreement is not { } agreement)
        {
            return (null, Reply.Refused("no-agreement", "There is no agreement in this dispute."));
        }

        if (agreement.Clauses is not { } clauses)
        {
            return (null, Reply.Refused("no-clauses", "This agreement was recorded under rules that keep no clauses."));
        }

        var (desk, cancellation) = (http.Get<Desk>(), http.RequestAborted);
        async Task<string?> Words(string? id) => id is null ? null : await desk.Personal.GetText(dispute.Id, id, cancellation);
        List<AgreementPaper.ClauseText> texts = [];
        foreach (var clause in clauses)
        {
            texts.Add(new(await Words(clause.TextId), await Words(clause.MannerText)));
        }

        var (facts, summary) = (await Words(agreement.FactsText), await Words(dispute.SummaryText));
        var people = await desk.Personal.GetParties(dispute.Id, cancellation);
        List<string> mediators = [];
        foreach (var mediator in agreement.Mediators ?? [])
        {
            mediators.Add(await http.Get<MediatorRoster>().Name(mediator, cancellation) ?? PartyNames.Erased);
        }

        return (AgreementPaper.Of(dispute, agreement, rules, new(code, facts, summary, texts, people, mediators)), null);
    }

    private static async Task<(Paper? Paper, Reply? Refusal)> Rights(
        Dispute dispute, DisputeRules rules, string code, HttpContext http) =>
        dispute is { Status: not DisputeStatus.Merged, Outcome: { Agreement: null } outcome }
            ? (RightsPaper.Of(dispute, outcome, rules, code, await http.Get<Desk>().Personal.GetParties(dispute.Id, http.RequestAborted)), null)
            : (null, Reply.Refused("no-rights-notice", "The other ways are told when mediation has ended without an agreement."));
}
