using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Cases;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Supervision;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Supervision;

/// <summary>Assignments over HTTP.</summary>
internal static class AssignmentEndpoints
{
    private const int EvidenceCharactersMax = 10_000;
    private const int ReasonCharactersMax = 2_000;

    private static readonly ListFilter[] Filters =
        [ListFilter.Of<AssignmentStatus>("status"), new("unit"), new("task"), ListFilter.Light, ListFilter.Open, new("week"), new("stuck", [.. AssignmentBoard.Causes])];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var assignments = routes.MapGroup(AssignmentDesk.Path).WithTags("Assignments");
        assignments.MapGet("", List).Describe<Page<AssignmentSummary>>("ListAssignments", "Assignments, newest first; one filter of status, unit (a township too), task (plan.task), light, week (an ISO week such as 2025-W44 in which a term of the unit ends) or stuck (a cause), or open=true.").Takes(Filters);
        assignments.MapGet("/{id}", (string id, HttpContext http, AssignmentDesk desk) => desk.Get(id, http.RequestAborted))
            .Describe<AssignmentView>("GetAssignment", "One assignment with its running terms.");
        assignments.MapGet("/{id}/journal", CaseReads.Journal<Assignment>(TaskSupervision.FlowName))
            .Describe<JournalView>("GetAssignmentJournal", "What happened, chained by hashes.");

        assignments.MapSay<SignForAssignment>("sign-for", "SignForAssignment", "The unit takes the task on.", (request, check) =>
            (check.Unit(request.By), new AssignmentFact.SignedFor(), null));
        assignments.MapSay<ClaimAssignment>("claim", "ClaimAssignment", "The unit says the task is done.", (request, check) =>
            (check.Unit(request.By),
                new AssignmentFact.Claimed(AssignmentRequests.Figures(request.Figures, check.Errors), check.Errors.OptionalIds("files", request.Files)),
                check.Errors.Text("evidence", request.Evidence, EvidenceCharactersMax)));
        assignments.MapSay<CheckAssignment>("check", "CheckAssignment", "The supervising office strikes it off or returns it.", ReadCheck);
        assignments.MapSay<GiveFeedback>("feedback", "GiveFeedback", "The unit says how the task goes.", (request, check) =>
            (check.Unit(request.By),
                new AssignmentFact.FeedbackGiven(
                    AssignmentRequests.Period(request.Period, check.Errors), AssignmentRequests.Figures(request.Figures, check.Errors), check.Errors.OptionalIds("files", request.Files)),
                check.Errors.Text("text", request.Text, EvidenceCharactersMax)));
        MapTime(assignments);
        MapFiles(assignments);
    }

    private static void MapTime(RouteGroupBuilder assignments)
    {
        assignments.MapSay<AskMoreTime>("extensions", "AskMoreTime", "The unit asks for more time, before the date.", (request, check) =>
            (check.Unit(request.By), new AssignmentFact.ExtensionAsked(check.Errors.Date("until", request.Until)), check.Errors.Text("reason", request.Reason, ReasonCharactersMax)));
        assignments.MapSay<DecideMoreTime>("extensions/decide", "DecideMoreTime", "The supervising office, or the leaders, decide on more time.", (request, check) =>
            (check.Unit(request.By), new AssignmentFact.ExtensionDecided(check.Errors.Bool("approved", request.Approved)), check.Errors.Text("reason", request.Reason, ReasonCharactersMax)));
        assignments.MapSay<SuspendAssignment>("suspend", "SuspendAssignment", "The task stands still; afterwards every date moves by the days it took.", (request, check) =>
            (check.Unit(request.By), new AssignmentFact.Suspended(check.Errors.Id("kind", request.Kind)), check.Errors.Text("reason", request.Reason, ReasonCharactersMax)));
        assignments.MapSay<ResumeAssignment>("resume", "ResumeAssignment", "The task goes on.", (request, check) =>
            (check.Unit(request.By), new AssignmentFact.Resumed(), null));
        assignments.MapSay<RaiseObjection>("objections", "RaiseObjection", "The unit objects to the check that returned its claim.", (request, check) =>
            (check.Unit(request.By), new AssignmentFact.ObjectionRaised(), check.Errors.Text("reason", request.Reason, ReasonCharactersMax)));
        assignments.MapSay<DecideObjection>("objections/decide", "DecideObjection", "Others than those who checked decide on the objection.", (request, check) =>
            (check.Unit(request.By),
                new AssignmentFact.ObjectionDecided(check.Errors.Bool("accepted", request.Accepted), request.Done ?? false),
                check.Errors.Text("reason", request.Reason, ReasonCharactersMax)));
        assignments.MapSay<LinkMatter>("matter", "LinkMatter", "Another plan's task names the same matter.", (request, check) =>
            (check.Unit(request.By), new AssignmentFact.MatterLinked(AssignmentRequests.Matter(request.Matter, check.Errors)), null));
    }

    private static void MapFiles(RouteGroupBuilder assignments)
    {
        assignments.MapPost("/{id}/files", (string id, HttpContext http) => FileUpload.Receive(
                http, (by, commandId, file) => http.Get<AssignmentFiles>().Add(id, commandId, by, file, http.RequestAborted)))
            .WithName("AddAssignmentFile")
            .WithSummary($"Adds evidence of at most 20 MiB: a form with a part named file, or the bytes with the name in {FileUpload.NameHeader}, percent-encoded.")
            .Accepts<IFormFile>("multipart/form-data", "application/octet-stream")
            .Produces<FileView>(StatusCodes.Status201Created)
            .Refuses()
            .Takes(
                new QueryParameter("by", "The unit that answers for the assignment.", Required: true),
                new QueryParameter("kind", "What the file shows, such as photo.", Required: true));
        assignments.MapGet("/{id}/files", (string id, HttpContext http, AssignmentFiles files) => files.List(id, http.RequestAborted))
            .Describe<IReadOnlyList<FileView>>("ListAssignmentFiles", "The evidence of an assignment, oldest first, without the files' names.");
        assignments.MapGet("/{id}/files/{file}", (string id, string file, HttpContext http, AssignmentFiles files) => Shown(http, by => files.Download(id, file, by, http.RequestAborted)))
            .WithName("GetAssignmentFile")
            .WithSummary("The file itself, for those concerned; the access is put on record.")
            .Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Takes(Reader);
        assignments.MapGet("/{id}/texts/{text}", (string id, string text, HttpContext http, AssignmentFiles files) => Shown(http, async by => await files.Text(id, text, by, http.RequestAborted)))
            .Describe<TextView>("GetAssignmentText", "The words that came with feedback, a claim or a reason, for those concerned; the access is put on record.")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .Takes(Reader);
    }

    private static QueryParameter Reader => new("by", "The unit, one above it, or one that checks, reviews or approves.", Required: true);

    private static async Task<IResult> Shown(HttpContext http, Func<string, Task<IResult>> show)
    {
        var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
        var by = check.Unit(QueryOnce.Read(http.Request, check.Errors, "by")["by"]);
        return check.Errors.Any ? Reply.Invalid(check.Errors) : await show(by);
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
