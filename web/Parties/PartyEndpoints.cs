using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Web.Http;

namespace Workflows.Web.Parties;

/// <summary>A party's own side over HTTP, without an account: the code is what opens it.</summary>
internal static class PartyEndpoints
{
    private const string Path = "/api/party";

    private static readonly Reply UnknownCode =
        Reply.Of(StatusCodes.Status404NotFound, "unknown-code", "Not found.", "There is no case with this code.");

    public static void Map(IEndpointRouteBuilder routes)
    {
        var party = routes.MapGroup(Path).WithTags("Party").RequireRateLimiting(PartyLimits.Policy);
        party.MapGet("/{code}", See)
            .Describe<PartyCaseView>("GetPartyCase", "The case of a party's code: where it stands, the next date and why, and what the party can do now.")
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        party.MapPost("/{code}/{act}", Say)
            .DescribeCommand<PartySays, PartyCaseView>("SayAsParty", "The party does one of the things that its view says it can.", StatusCodes.Status200OK);
    }

    /// <summary>A path as it may be logged.</summary>
    public static string WithoutCode(PathString path) =>
        path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase) ? Path + "/…" : path.ToString();

    private static async Task<IResult> See(string code, HttpContext http, PartyDesk desk, PartyGate gate)
    {
        if (gate.ShutFor(http) is { } wait)
        {
            return PartyLimits.TooMany(http, wait);
        }

        return await desk.Find(http, code) is { } known ? Reply.Ok(await desk.View(known, http.RequestAborted)) : UnknownCode;
    }

    private static async Task<IResult> Say(string code, string act, HttpContext http, PartyDesk desk, PartyGate gate)
    {
        if (gate.ShutFor(http) is { } wait)
        {
            return PartyLimits.TooMany(http, wait);
        }

        if (await desk.Find(http, code) is not { } known)
        {
            return UnknownCode;
        }

        var (bytes, refusal) = await RequestBody.Bytes(http.Request);
        if (refusal is not null)
        {
            return refusal;
        }

        var (says, bad) = RequestBody.Parse<PartySays>(bytes);
        if (says is null)
        {
            return bad!;
        }

        // The route holds the code, and what is made of it must not say anything about it.
        var scope = $"party {known.Record.Id} {known.Party} {act}";
        var reply = await http.Get<Idempotency>().Once(
            http, bytes, commandId => desk.Say(known, act, says, commandId, http.RequestAborted), scope);
        return reply.Status == StatusCodes.Status202Accepted ? Reply.Accepted($"{Path}/{Uri.EscapeDataString(code)}") : reply;
    }
}
