using Microsoft.AspNetCore.Routing;
using Workflows.Orchestrations.Disputes;

namespace Workflows.Web.Disputes;

/// <summary>What court decided, in a request.</summary>
internal enum CourtDecision
{
    Confirmed,
    Rejected,
}

/// <summary>What can be said to a dispute after its end, over HTTP.</summary>
internal static class AftercareEndpoints
{
    private const int TextCharactersMax = 2_000;

    /// <summary>A clause's number; whether the agreement has it the case itself knows.</summary>
    private const int ClauseMax = 30;

    public static void Map(RouteGroupBuilder disputes)
    {
        disputes.MapSay<SignAgreement>("signatures", "SignAgreement", "A written agreement got signatures or the seal that it lacked.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.AgreementSigned(AgreementRequests.Signatures(request.Signatures, check.Errors)), null));
        disputes.MapSay<ApplyForConfirmation>("confirmation-applied", "ApplyForConfirmation", "The parties jointly asked the court for confirmation.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.ConfirmationApplied(check.Errors.Date("on", request.On)), null));
        disputes.MapSay<RecordCourtDecision>("confirmation-decided", "RecordCourtDecision", "The court decided on confirmation.", (request, check) =>
            (check.Unit(request.By),
                new DisputeFact.ConfirmationDecided(
                    check.Errors.OneOf<CourtDecision>("decision", request.Decision) == CourtDecision.Confirmed, check.Errors.Date("on", request.On)),
                null));
        disputes.MapSay<KeepClause>("clause-performed", "PerformClause", "A clause was performed.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.ClausePerformed(check.Errors.Number("clause", request.Clause, 1, ClauseMax)), null));
        disputes.MapSay<BreakClause>("clause-not-performed", "BreakClause", "A clause was not performed when it had to be.", (request, check) =>
            (check.Unit(request.By),
                new DisputeFact.ClauseNotPerformed(check.Errors.Number("clause", request.Clause, 1, ClauseMax), check.Party(request.Party)),
                check.Errors.Text("reason", request.Reason, TextCharactersMax)));
        disputes.MapSay<RecordCallBack>("call-backs", "RecordCallBack", "A party was called and asked how it went.", (request, check) =>
            (check.Unit(request.By),
                new DisputeFact.CalledBack(check.Party(request.Party), check.Errors.OneOf<CallBackResult>("result", request.Result)),
                check.Errors.Text("record", request.Record, TextCharactersMax)));
        disputes.MapSay<RateDispute>("ratings", "RateDispute", "A party rates how it was served; it may change its mind within the window.", (request, check) =>
        {
            var comment = check.Errors.OptionalText("comment", request.Comment, TextCharactersMax);
            return (check.Unit(request.By),
                new DisputeFact.Rated(check.Party(request.Party), check.Errors.Number("stars", request.Stars, 1, 5), comment is not null),
                comment);
        });
        disputes.MapSay<TellMended>("mend-told", "TellMended", "A poor rating was looked into and mended, and the party was told.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.MendTold(check.Party(request.Party)), check.Errors.Text("told", request.Told, TextCharactersMax)));
        disputes.MapSay<AskAgain>("reviews", "AskReview", "A party asks the unit above the last handler to look at the case again.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.ReviewAsked(check.Party(request.Party)), check.Errors.Text("reason", request.Reason, TextCharactersMax)));
        disputes.MapSay<AnswerReview>("review-answers", "AnswerReview", "The unit above the last handler answers a review.", (request, check) =>
            (check.Unit(request.By),
                new DisputeFact.ReviewAnswered(check.Party(request.Party), check.Errors.OneOf<ReviewOutcome>("outcome", request.Outcome)),
                check.Errors.Text("answer", request.Answer, TextCharactersMax)));
        disputes.MapSay<AskAgain>("reopen", "ReopenDispute", "A party has the case taken up again.", (request, check) =>
            (check.Unit(request.By), new DisputeFact.Reopened(check.Party(request.Party)), check.Errors.Text("reason", request.Reason, TextCharactersMax)));
    }
}
