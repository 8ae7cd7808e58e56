using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Rules;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <summary>The files of disputes over HTTP.</summary>
internal static class FileEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup($"{DisputeDesk.Path}/{{id}}/files").WithTags("Files");
        files.MapPost("", (string id, HttpContext http) => FileUpload.Receive(
            http, (by, commandId, file) => http.Get<FileDesk>().Add(id, commandId, by, file, http.RequestAborted)))
            .WithName("AddDisputeFile")
            .WithSummary($"Adds a file of at most 20 MiB: a form with a part named file, or the bytes with the name in {FileUpload.NameHeader}, percent-encoded.")
            .Accepts<IFormFile>("multipart/form-data", "application/octet-stream")
            .Produces<FileView>(StatusCodes.Status201Created)
            .Refuses()
            .Takes(
                new QueryParameter("by", "The handler.", Required: true),
                new QueryParameter("kind", "What the file is to the case, such as session-record.", Required: true));
        files.MapGet("", (string id, HttpContext http, FileDesk desk) => desk.List(id, http.RequestAborted))
            .Describe<IReadOnlyList<FileView>>("ListDisputeFiles", "The files of a case, oldest first, without their names.");
        files.MapGet("/{file}", Download)
            .WithName("GetDisputeFile")
            .WithSummary("The file itself, for the unit that works on the case or is above; the access is put on record.")
            .Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .Takes(new QueryParameter("by", "The handler, a unit that handled the case before or assists it, a unit above it, or police and leaders of a case with danger.", Required: true));
    }

    private static async Task<IResult> Download(string id, string file, HttpContext http, FileDesk desk)
    {
        var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
        var by = check.Unit(QueryOnce.Read(http.Request, check.Errors, "by")["by"]);
        return check.Errors.Any ? Reply.Invalid(check.Errors) : await desk.Download(id, file, by, http.RequestAborted);
    }
}
