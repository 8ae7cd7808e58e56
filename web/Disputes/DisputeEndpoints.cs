using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Cases;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;
using Workflows.Web.Cases;
using Workflows.Web.Disputes.Pages;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <summary>Disputes over HTTP.</summary>
internal static class DisputeEndpoints
{
    private const int RecordCharactersMax = 10_000;
    private const int ReasonCharactersMax = 2_000;

    private static readonly ListFilter[] Filters = [ListFilter.Of<DisputeStatus>("status"), new("handler"), new("place"), new("aftercare"), ListFilter.Light, ListFilter.Open,
        new("suspended", "true"), new("assisting"), new("mediator"), new("deciding"), new("board", [.. DisputeBoard.Causes])];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var disputes = routes.MapGroup(DisputeDesk.Path).WithTags("Disputes");

        disputes.MapCommand<RegisterDispute, DisputeView>("", "RegisterDispute", "Registers a dispute.", StatusCodes.Status201Created, async (http, request, commandId) =>
            await http.Get<DisputeDesk>().Register(request, commandId, http.RequestAborted));

        disputes.MapGet("", List).Describe<Page<DisputeSummary>>("ListDisputes", "Disputes, newest first; one filter of status, handler, place, light, aftercare (what is followed), assisting (a unit asked to help), mediator (who mediates or is planned to), deciding (a superior that is asked) or board (a cause), or open=true or suspended=true.").Takes(Filters);
        disputes.MapGet("/words", (RuleShelf shelf) => Reply.Ok(DisputeWords.Of(shelf.Current.Disputes.Process)))
            .Describe<DisputeWords>("GetDisputeWords", "Categories, signs of danger, matters that mediation may not take, and other words to choose from.");
        disputes.MapGet("/board", Board).Describe<BoardView>("GetDisputeBoard", "Open cases whose ordinary next step was missing, counted by cause.");
        disputes.MapGet("/{id}", (string id, HttpContext http, DisputeDesk desk) => desk.Get(id, http.RequestAborted))
            .Describe<DisputeView>("GetDispute", "One dispute with its running terms.");
        disputes.MapGet("/{id}/journal", CaseReads.Journal<Dispute>(DisputeEscalation.FlowName))
            .Describe<JournalView>("GetDisputeJournal", "What happened, chained by hashes.");

        disputes.MapSay<SignForDispute>("sign-for", "SignForDispute", "The handler takes the case on.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.SignedFor(), null));
        disputes.MapParts<SettleDispute>("settle", "SettleDispute", "The parties agreed.", AgreementRequests.Read);
        disputes.MapSay<EndByParty>("refuse", "RefuseMediation", "A party clearly refuses mediation, which ends it at once.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.Refused(check.Party(request.Party)), null));
        disputes.MapSay<EndByParty>("withdraw", "WithdrawDispute", "An applicant takes the case back.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.Withdrawn(check.Party(request.Party)), null));
        disputes.MapSay<EscalateDispute>("escalate", "EscalateDispute", "The handler asks the next level to take over.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.EscalationAsked(), check.Errors.Text("reason", request.Reason, ReasonCharactersMax)));
        disputes.MapSay<EndWithoutAgreement>("no-agreement", "EndWithoutAgreement", "At county level the handler ends the mediation without an agreement; the parties get a rights notice.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.NoAgreement(), check.Errors.Text("reason", request.Reason, ReasonCharactersMax)));
        disputes.MapSay<AnswerConsent>("consent", "AnswerConsent", "A party said whether the next level may take over.", (request, check) =>
            (check.Unit(request.By),
                new DisputeFact.ConsentAnswered(check.Party(request.Party), check.Errors.OneOf<ConsentToGoUp>("answer", request.Answer), check.Errors.OptionalOneOf<RecordMeans>("means", request.Means)),
                null));
        disputes.MapSay<RecordMediationConsent>("mediation-consent", "RecordMediationConsent", "A party said whether it wants to be mediated; no ends the case at once.", (request, check) =>
            (check.Unit(request.By),
                new DisputeFact.MediationConsent(
                    check.Party(request.Party), check.Errors.OneOf<Consent>("answer", request.Answer), check.Errors.OneOf<RecordMeans>("means", request.Means)),
                null));
        disputes.MapSay<NameRepresentatives>("representatives", "NameRepresentatives", "A large side names who speaks for it in procedure, or others than before.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.RepresentativesNamed(check.Errors.OneOf<PartyRole>("role", request.Role), check.Parties("parties", request.Parties)), null));
        disputes.MapSay<ReportDanger>("danger", "ReportDanger", "Signs of danger showed: police and leaders are told at once.", (request, check) =>
            (check.Unit(request.By),
                new DisputeFact.DangerReported(check.Errors.Ids("signs", request.Signs)),
                check.Errors.Text("report", request.Report, ReasonCharactersMax)));
        MapHandlers(disputes);
        MapTime(disputes);
        SessionEndpoints.Map(disputes);
        TieEndpoints.Map(disputes);
        AftercareEndpoints.Map(disputes);
        DisputePapers.Map(routes);
        DisputePages.Map(routes);
    }

    private static void MapHandlers(RouteGroupBuilder disputes)
    {
        disputes.MapSay<ReturnDispute>("return", "ReturnDispute", "The handler is not competent and gives the case back instead of signing for it.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.ReturnAsked(), check.Errors.Text("reason", request.Reason, ReasonCharactersMax)));
        disputes.MapSay<DecideReturn>("return/decide", "DecideReturn", "The superior decides on the return and names who handles the case.", (request, check) =>
        {
            var accepted = check.Errors.Bool("accepted", request.Accepted);
            if (request.Unit is not null && request.Accepted == false)
            {
                check.Errors.Add("unit", "is named only when the return is accepted");
            }

            return (check.Unit(request.By),
                new DisputeFact.ReturnDecided(accepted, request.Unit is null ? null : check.Unit("unit", request.Unit)),
                check.Errors.Text("reason", request.Reason, ReasonCharactersMax));
        });
        disputes.MapSay<AskAssist>("assists", "AskAssist", "The handler asks a unit to help, with a clock of its own.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.AssistAsked(check.Unit("unit", request.Unit)), check.Errors.Text("request", request.Request, ReasonCharactersMax)));
        disputes.MapSay<GiveAssist>("assists/give", "GiveAssist", "An assisting unit has helped.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.AssistGiven(), check.Errors.Text("report", request.Report, RecordCharactersMax)));
    }

    private static void MapTime(RouteGroupBuilder disputes)
    {
        disputes.MapSay<SuspendDispute>("suspend", "SuspendDispute", "The case stands still; afterwards every date moves by the days it took.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.Suspended(check.Errors.Id("kind", request.Kind)), check.Errors.Text("reason", request.Reason, ReasonCharactersMax)));
        disputes.MapSay<ResumeDispute>("resume", "ResumeDispute", "The case goes on.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.Resumed(), null));
        disputes.MapSay<AskExtension>("extensions", "AskExtension", "The handler asks its superior for more time, with the agreement of all who speak for the parties.", (request, check) =>
            (check.Unit(request.By),
                new DisputeFact.ExtensionAsked(check.Errors.Number("days", request.Days, 1, 366), check.Parties("agreedBy", request.AgreedBy)),
                check.Errors.Text("reason", request.Reason, ReasonCharactersMax)));
        disputes.MapSay<DecideExtension>("extensions/decide", "DecideExtension", "The superior decides on more time.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.ExtensionDecided(check.Errors.Bool("approved", request.Approved)), check.Errors.Text("reason", request.Reason, ReasonCharactersMax)));
    }

    internal static void MapSay<TRequest>(
        this RouteGroupBuilder disputes,
        string path,
        string name,
        string summary,
        Func<TRequest, RequestCheck, (string By, DisputeFact Fact, string? Text)> read)
        where TRequest : class =>
        disputes.MapParts<TRequest>(path, name, summary, (request, check) =>
        {
            var (by, fact, text) = read(request, check);
            return (by, fact, text, null);
        });

    /// <summary>A command whose parts have texts of their own, such as an agreement's clauses.</summary>
    private static void MapParts<TRequest>(
        this RouteGroupBuilder disputes,
        string path,
        string name,
        string summary,
        Func<TRequest, RequestCheck, (string By, DisputeFact Fact, string? Text, IReadOnlyList<string>? Parts)> read)
        where TRequest : class =>
        disputes.MapCommand<TRequest, DisputeView>($"/{{id}}/{path}", name, summary, StatusCodes.Status200OK, (http, request, commandId) =>
        {
            var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
            var (by, fact, text, parts) = read(request, check);
            return check.Errors.Any
                ? Task.FromResult(Reply.Invalid(check.Errors))
                : http.Get<DisputeDesk>().Say((string)http.Request.RouteValues["id"]!, commandId, by, fact, text, http.RequestAborted, parts);
        });

    private static async Task<Reply> Board(HttpContext http, CaseStore cases) => Reply.Ok(await DisputeBoardCounts.Of(cases, http.RequestAborted));

    private static Task<Reply> List(HttpContext http, CaseStore cases, RuleShelf shelf) =>
        CaseReads.List<DisputeSummary>(http, cases, "disputes", Filters, row => row with { Code = shelf.CodeOf(row.Id) });
}
