using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Cases;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Supervision.Sheets;

/// <param name="By">The unit that the sheet is to.</param>
public sealed record SignForSheet(string? By = null);

/// <param name="By">The unit that the sheet is to.</param>
/// <param name="Text">What was done, at most 10,000 characters; kept with the personal data.</param>
public sealed record AnswerSheet(string? By = null, string? Text = null);

/// <param name="By">The unit that issued the sheet.</param>
/// <param name="Reason">Why, at most 2,000 characters; kept with the personal data.</param>
public sealed record DecideOnSheet(string? By = null, string? Reason = null);

/// <param name="By">The unit that issues.</param>
/// <param name="Assignment">The assignment it is about.</param>
/// <param name="Color">A colour of the ladder; the one the matter begins at when absent.</param>
/// <param name="Reason">Why, at most 2,000 characters; kept with the personal data.</param>
public sealed record IssueSheet(string? By = null, string? Assignment = null, string? Color = null, string? Reason = null);

/// <summary>Supervision sheets over HTTP.</summary>
internal static class SheetEndpoints
{
    private const int AnswerCharactersMax = 10_000;
    private const int ReasonCharactersMax = 2_000;

    private static readonly ListFilter[] Filters = [ListFilter.Of<SheetStatus>("status"), new("unit"), new("color"), new("matter"), ListFilter.Open];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var sheets = routes.MapGroup(SheetDesk.Path).WithTags("Sheets");
        sheets.MapGet("", (HttpContext http, CaseStore cases) => CaseReads.List<SheetSummary>(http, cases, "sheets", Filters))
            .Describe<Page<SheetSummary>>("ListSheets", "Supervision sheets, newest first; one filter of status, unit, color or matter (plan.task), or open=true.").Takes(Filters);
        sheets.MapGet("/{id}", (string id, HttpContext http, SheetDesk desk) => desk.Get(id, http.RequestAborted))
            .Describe<SheetView>("GetSheet", "One sheet with its running terms.");
        sheets.MapGet("/{id}/journal", CaseReads.Journal<Sheet>(SupervisionSheet.FlowName)).Describe<JournalView>("GetSheetJournal", "What happened, chained by hashes.");
        sheets.MapGet("/units/{unit}", (string unit, HttpContext http, SheetDesk desk) => desk.GetUnit(unit, http.RequestAborted))
            .Describe<UnitSheetsView>("GetUnitSheets", "What a unit misses, what waits for a sheet and until when, and what came of earlier sheets.");
        sheets.MapGet("/units/{id}/journal", CaseReads.Journal<UnitMatters>(UnitSheets.FlowName)).Describe<JournalView>("GetUnitSheetsJournal", "How it was decided about the unit's sheets.");

        sheets.MapSay<SignForSheet>("sign-for", "SignForSheet", "The unit has the sheet.", (request, check) => (check.Unit(request.By), new SheetFact.SignedFor(), null));
        sheets.MapSay<AnswerSheet>("feedback", "AnswerSheet", "The unit says what it has done.", (request, check) =>
            (check.Unit(request.By), new SheetFact.Answered(), check.Errors.Text("text", request.Text, AnswerCharactersMax)));
        sheets.MapSay<DecideOnSheet>("close", "CloseSheet", "The issuer closes the sheet.", (request, check) => Decide(request, check, new SheetFact.Closed()));
        sheets.MapSay<DecideOnSheet>("return", "ReturnSheet", "The issuer returns the answer with reasons.", (request, check) => Decide(request, check, new SheetFact.Returned()));

        sheets.MapAbout("", "IssueSheet", "The issuer wants a sheet at once, for a reason of its own.", isColorNeeded: false, (request, assignment) =>
            new UnitSheetsFact.IssueAsked(assignment.Id, assignment.MatterKey, assignment.Title, request.Color, assignment.Important));
        sheets.MapAbout("/important", "RegisterImportantMatter", "The issuer says that a matter begins at a graver colour.", isColorNeeded: true, (request, assignment) =>
            new UnitSheetsFact.ImportantRegistered(assignment.MatterKey, request.Color ?? ""));
    }

    private static (string By, SheetFact Fact, string? Text) Decide(DecideOnSheet request, RequestCheck check, SheetFact fact) =>
        (check.Unit(request.By), fact, check.Errors.Text("reason", request.Reason, ReasonCharactersMax));

    private static void MapSay<TRequest>(
        this RouteGroupBuilder sheets, string path, string name, string summary, Func<TRequest, RequestCheck, (string By, SheetFact Fact, string? Text)> read)
        where TRequest : class =>
        sheets.MapCommand<TRequest, SheetView>($"/{{id}}/{path}", name, summary, StatusCodes.Status200OK, (http, request, commandId) =>
        {
            var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
            var (by, fact, text) = read(request, check);
            return check.Errors.Any
                ? Task.FromResult(Reply.Invalid(check.Errors))
                : http.Get<SheetDesk>().Say((string)http.Request.RouteValues["id"]!, commandId, by, fact, text, http.RequestAborted);
        });

    private static void MapAbout(
        this RouteGroupBuilder sheets, string path, string name, string summary, bool isColorNeeded, Func<IssueSheet, Assignment, UnitSheetsFact> fact) =>
        sheets.MapCommand<IssueSheet, UnitSheetsView>(path, name, summary, StatusCodes.Status200OK, async (http, request, commandId) =>
        {
            var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
            var by = check.Unit(request.By);
            var id = check.Errors.Id("assignment", request.Assignment);
            var reason = check.Errors.Text("reason", request.Reason, ReasonCharactersMax);
            if (isColorNeeded || request.Color is not null)
            {
                check.Errors.Id("color", request.Color);
            }

            var assignment = id.Length > 0 ? await http.Get<CaseStore>().Find<Assignment>(TaskSupervision.FlowName, id, http.RequestAborted) : null;
            if (id.Length > 0 && assignment is null)
            {
                check.Errors.Add("assignment", "is not known");
            }

            return check.Errors.Any
                ? Reply.Invalid(check.Errors)
                : await http.Get<SheetDesk>().SayUnit(assignment!.State.Unit, commandId, by, fact(request, assignment.State), reason, http.RequestAborted);
        });
}
