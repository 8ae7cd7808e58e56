using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Cases;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Supervision;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Supervision;

/// <param name="By">The unit that answers for the assignment.</param>
public sealed record SignForAssignment(string? By = null);

/// <param name="By">The unit that answers for the assignment.</param>
/// <param name="Evidence">What shows that it is done, at most 10,000 characters; kept with the personal data.</param>
public sealed record ClaimAssignment(string? By = null, string? Evidence = null);

/// <param name="By">The supervising office.</param>
/// <param name="Done">True strikes the assignment off; false returns it.</param>
/// <param name="Reason">Why, at most 2,000 characters; needed when it is returned.</param>
public sealed record CheckAssignment(string? By = null, bool? Done = null, string? Reason = null);

/// <summary>Assignments over HTTP.</summary>
internal static class AssignmentEndpoints
{
    private const int EvidenceCharactersMax = 10_000;
    private const int ReasonCharactersMax = 2_000;

    private static readonly ListFilter[] Filters = [ListFilter.Of<AssignmentStatus>("status"), new("unit"), new("task"), ListFilter.Light, ListFilter.Open];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var assignments = routes.MapGroup(AssignmentDesk.Path).WithTags("Assignments");
        assignments.MapGet("", List).Describe<Page<AssignmentSummary>>("ListAssignments", "Assignments, newest first; one filter of status, unit, task (plan.task) or light, or open=true.").Takes(Filters);
        assignments.MapGet("/{id}", (string id, HttpContext http, AssignmentDesk desk) => desk.Get(id, http.RequestAborted))
            .Describe<AssignmentView>("GetAssignment", "One assignment with its running terms.");
        assignments.MapGet("/{id}/journal", CaseReads.Journal<Assignment>(TaskSupervision.FlowName))
            .Describe<JournalView>("GetAssignmentJournal", "What happened, chained by hashes.");

        assignments.MapSay<SignForAssignment>("sign-for", "SignForAssignment", "The unit takes the task on.", (request, check) =>
            (check.Unit(request.By), new AssignmentFact.SignedFor(), null));
        assignments.MapSay<ClaimAssignment>("claim", "ClaimAssignment", "The unit says the task is done.", (request, check) =>
            (check.Unit(request.By), new AssignmentFact.Claimed(), check.Errors.Text("evidence", request.Evidence, EvidenceCharactersMax)));
        assignments.MapSay<CheckAssignment>("check", "CheckAssignment", "The supervising office strikes it off or returns it.", ReadCheck);
    }

    private static (string By, AssignmentFact Fact, string? Text) ReadCheck(CheckAssignment request, RequestCheck check)
    {
        var by = check.Unit(request.By);
        if (request.Done is null)
        {
            check.Errors.Add("done", "is required: true or false");
        }

        var reason = request.Done == false
            ? check.Errors.Text("reason", request.Reason, ReasonCharactersMax)
            : check.Errors.OptionalText("reason", request.Reason, ReasonCharactersMax);
        return (by, new AssignmentFact.Checked(request.Done ?? false), reason);
    }

    private static void MapSay<TRequest>(
        this RouteGroupBuilder assignments,
        string path,
        string name,
        string summary,
        Func<TRequest, RequestCheck, (string By, AssignmentFact Fact, string? Text)> read)
        where TRequest : class =>
        assignments.MapCommand<TRequest, AssignmentView>($"/{{id}}/{path}", name, summary, StatusCodes.Status200OK, (http, request, commandId) =>
        {
            var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
            var (by, fact, text) = read(request, check);
            return check.Errors.Any
                ? Task.FromResult(Reply.Invalid(check.Errors))
                : http.Get<AssignmentDesk>().Say((string)http.Request.RouteValues["id"]!, commandId, by, fact, text, http.RequestAborted);
        });

    private static Task<Reply> List(HttpContext http, CaseStore cases) =>
        CaseReads.List<AssignmentSummary>(http, cases, "assignments", Filters);
}
