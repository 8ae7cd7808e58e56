using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Rules;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <summary>Asks for the personal data of a case.</summary>
/// <param name="By">The handler, a unit that handled the case before or assists it, a unit above it, or police and leaders of a case with danger.</param>
/// <param name="Purpose">What for, at most 500 characters; kept with the access.</param>
public sealed record ShowPersonalData(string? By = null, string? Purpose = null);

/// <summary>Looks for a person by one thing that is known, exactly, or for a case by its code.</summary>
/// <param name="Name">The whole name.</param>
/// <param name="Phone">The whole number.</param>
/// <param name="IdentityNumber">The whole number.</param>
/// <param name="Size">1 to 200; 50 when not given.</param>
/// <param name="After">The cursor that the page before gave as next.</param>
/// <param name="Code">A case's official code or its id; brackets of any kind, full or half width, blanks or none.</param>
public sealed record SearchPerson(
    string? Name = null, string? Phone = null, string? IdentityNumber = null, int? Size = null, string? After = null, string? Code = null);

/// <summary>
/// Personal data over HTTP. People are asked for by POST, so that no name stands in an address that somebody logs, and
/// no answer is kept for an idempotency key. A text is asked for by its id.
/// </summary>
internal static class PersonalEndpoints
{
    private const int PurposeCharactersMax = 500;
    private const int ValueCharactersMax = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var disputes = routes.MapGroup(DisputeDesk.Path).WithTags("Personal data");
        disputes.MapAsk<ShowPersonalData, PersonalView>("/{id}/personal-data", "ShowPersonalData", "Who the parties are, for the unit that works on the case or is above; the access is put on record.", Show)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        disputes.MapGet("/{id}/texts/{text}", ShowText)
            .Describe<TextView>("GetDisputeText", "The words that came with a record, a report, a reason or a clause, for those who may read them; the access is put on record.")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .Takes(new QueryParameter("by", "The handler, a unit that handled the case before or assists it, a unit above it, or police and leaders of a case with danger.", Required: true));
        disputes.MapGet("/{id}/personal-data/accesses", (string id, HttpContext http, PersonalDesk desk) => desk.Accesses(id, http.RequestAborted))
            .Describe<JournalView>("ListPersonalDataAccesses", "Who was shown the personal data of a case or was refused, chained by hashes.");
        disputes.MapAsk<SearchPerson, Page<FoundView>>("/search", "SearchDisputes", "The cases of everybody with exactly this name, telephone or identity number, or the case of a code; masked.", Search);
    }

    private static Task<Reply> Show(HttpContext http, ShowPersonalData request)
    {
        var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
        var by = check.Unit(request.By);
        var purpose = check.Errors.Text("purpose", request.Purpose, PurposeCharactersMax);
        return check.Errors.Any
            ? Task.FromResult(Reply.Invalid(check.Errors))
            : http.Get<PersonalDesk>().Show((string)http.Request.RouteValues["id"]!, by, purpose, http.RequestAborted);
    }

    private static async Task<Reply> ShowText(string id, string text, HttpContext http, PersonalDesk desk)
    {
        var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
        var by = check.Unit(QueryOnce.Read(http.Request, check.Errors, "by")["by"]);
        return check.Errors.Any ? Reply.Invalid(check.Errors) : await desk.Text(id, text, by, http.RequestAborted);
    }

    private static Task<Reply> Search(HttpContext http, SearchPerson request)
    {
        var errors = new FieldErrors();
        var given = new (string Field, PersonalKey Key, string? Value)[]
        {
            ("name", PersonalKey.Name, request.Name),
            ("phone", PersonalKey.Phone, request.Phone),
            ("identityNumber", PersonalKey.IdentityNumber, request.IdentityNumber),
        }.Where(known => known.Value is not null).ToList();
        foreach (var (field, key, value) in given)
        {
            errors.Text(field, value, ValueCharactersMax);
            if (!errors.Any && PersonalIndex.Normal(key, value!).Length == 0)
            {
                errors.Add(field, "must have at least one digit");
            }
        }

        if (request.Code is not null)
        {
            errors.Text("code", request.Code, ValueCharactersMax);
        }

        if (given.Count + (request.Code is null ? 0 : 1) != 1)
        {
            errors.Add("name", "one of name, phone, identityNumber and code is looked for, and no more");
        }

        if (request.Size is < 1 or > ListQuery.SizeMax)
        {
            errors.Add("size", $"must be a number from 1 to {ListQuery.SizeMax}");
        }

        return errors.Any ? Task.FromResult(Reply.Invalid(errors))
            : request.Code is { } code ? http.Get<PersonalDesk>().Search(code, http.RequestAborted)
            : http.Get<PersonalDesk>().Search(
                given[0].Key, given[0].Value!, request.Size ?? ListQuery.SizeDefault, request.After, http.RequestAborted);
    }
}
