using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Workflows.Orchestrations.Disputes;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <summary>Sessions and who holds them, over HTTP.</summary>
internal static class SessionEndpoints
{
    private const int RecordCharactersMax = 10_000;
    private const int ReasonCharactersMax = 2_000;
    private const int PlaceCharactersMax = 300;
    private const int NumberMax = 1_000_000;

    public static void Map(RouteGroupBuilder disputes)
    {
        disputes.MapSay<RecordSession>("sessions", "RecordSession", "A mediation session was held.", (request, check) =>
            (check.Unit(request.By), Held(request, check), check.Errors.Text("record", request.Record, RecordCharactersMax)));
        disputes.MapSay<PlanSession>("session-plans", "PlanSession", "A session is planned; the parties see it on their page.", (request, check) =>
            (check.Unit(request.By),
                new DisputeFact.SessionPlanned(
                    check.Errors.Date("on", request.On),
                    check.Errors.Time("from", request.From),
                    check.Errors.Time("to", request.To),
                    check.Errors.OneOf<SessionForm>("form", request.Form),
                    check.Errors.OptionalIds("mediators", request.Mediators)),
                check.Errors.Text("place", request.Place, PlaceCharactersMax)));
        disputes.MapSay<MoveSession>("session-plans/move", "MoveSession", "A planned session is moved.", (request, check) =>
            (check.Unit(request.By),
                new DisputeFact.SessionMoved(
                    check.Errors.Number("session", request.Session, 1, NumberMax),
                    check.Errors.Date("on", request.On),
                    check.Errors.Time("from", request.From),
                    check.Errors.Time("to", request.To),
                    check.Errors.OptionalOneOf<SessionForm>("form", request.Form),
                    request.Place is not null),
                check.Errors.OptionalText("place", request.Place, PlaceCharactersMax)));
        disputes.MapSay<CancelSession>("session-plans/cancel", "CancelSession", "A planned session is cancelled.", (request, check) =>
            (check.Unit(request.By),
                new DisputeFact.SessionCancelled(check.Errors.Number("session", request.Session, 1, NumberMax)),
                check.Errors.Text("reason", request.Reason, ReasonCharactersMax)));
        MapMediators(disputes);
    }

    private static void MapMediators(RouteGroupBuilder disputes)
    {
        disputes.MapSay<NameMediators>("mediators", "NameMediators", "The handler names who mediates; the first leads.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.MediatorsNamed(check.Errors.Ids("mediators", request.Mediators)), null));
        disputes.MapSay<ChooseMediator>("mediators/choose", "ChooseMediator", "A party chooses a mediator; when all who speak for the parties choose the same it takes effect.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.MediatorChosen(check.Party(request.Party), check.Errors.Id("mediator", request.Mediator)), null));
        disputes.MapSay<AskAvoidance>("avoidances", "AskAvoidance", "A mediator should avoid the case; until it is decided that mediator holds no session.", (request, check) =>
            (check.Unit(request.By),
                new DisputeFact.AvoidanceAsked(
                    check.Errors.Id("mediator", request.Mediator),
                    check.Errors.Id("kind", request.Kind),
                    request.Party is null ? null : check.Party(request.Party)),
                check.Errors.Text("reason", request.Reason, ReasonCharactersMax)));
        disputes.MapSay<DecideAvoidance>("avoidances/decide", "DecideAvoidance", "The superior, at county level the unit itself, decides on an avoidance.", (request, check) =>
            (check.Unit(request.By),
                new DisputeFact.AvoidanceDecided(check.Errors.Id("mediator", request.Mediator), check.Errors.Bool("accepted", request.Accepted)),
                check.Errors.Text("reason", request.Reason, ReasonCharactersMax)));
        disputes.MapSay<DeclareConflict>("avoidances/declare", "DeclareConflict", "A mediator declares a conflict and is out of the case at once.", (request, check) =>
            (check.Unit(request.By),
                new DisputeFact.ConflictDeclared(check.Errors.Id("mediator", request.Mediator)),
                check.Errors.Text("reason", request.Reason, ReasonCharactersMax)));
    }

    private static DisputeFact.SessionHeld Held(RecordSession request, RequestCheck check)
    {
        var errors = check.Errors;
        var present = errors.OptionalIds("present", request.Present);
        for (var index = 0; index < present?.Count; index++)
        {
            Fields.Party(string.Create(CultureInfo.InvariantCulture, $"present[{index}]"), present[index], errors);
        }

        return new DisputeFact.SessionHeld(
            errors.Date("on", request.On),
            request.Session is null ? null : errors.Number("session", request.Session, 1, NumberMax),
            present,
            errors.OptionalIds("mediators", request.Mediators),
            errors.OptionalIds("files", request.Files));
    }
}
