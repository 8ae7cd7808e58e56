using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Http;

namespace Workflows.Web.Flows;

/// <summary>What became of a dead letter.</summary>
/// <param name="Letter">Its id.</param>
/// <param name="Outcome">retried or dropped.</param>
public sealed record DeadLetterAnswer(long Letter, string Outcome);

/// <summary>What was given up after five tries: to look at, to give back, to drop.</summary>
internal static class DeadLetterEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var letters = routes.MapGroup("/api/dead-letters").WithTags("Flows");
        letters.MapGet("", List).Describe<Page<DeadLetter>>("ListDeadLetters", "Commands that no code could read and calls that killed the process, newest first.").Takes(QueryParameter.Of([]));
        letters.Answer("retry", "RetryDeadLetter", "Gives it back to its flow.", "retried", (flows, id, reason, cancellation) =>
            flows.RetryDeadLetter(id, reason, cancellation));
        letters.Answer("drop", "DropDeadLetter", "Forgets a command; a call counts as failed.", "dropped", (flows, id, reason, cancellation) =>
            flows.DropDeadLetter(id, reason, cancellation));
    }

    private static async Task<Reply> List(HttpContext http, IFlowClient flows)
    {
        var (query, refusal) = ListQuery.Read(http.Request, []);
        if (query is null)
        {
            return refusal!;
        }

        if (!ListCursor.TryTake("dead-letters", query.After, out var after))
        {
            return Reply.Invalid("after", "is not a cursor that this list gave");
        }

        var page = await flows.DeadLetters(query.Size, after, http.RequestAborted);
        return Reply.Ok(new Page<DeadLetter>(page.Letters, ListCursor.Give("dead-letters", page.Next)));
    }

    private static void Answer(
        this RouteGroupBuilder letters,
        string path,
        string name,
        string summary,
        string done,
        Func<IFlowClient, long, string, CancellationToken, Task<OperateOutcome>> answer) =>
        letters.MapCommand<OperateFlow, DeadLetterAnswer>($"/{{id}}/{path}", name, summary, StatusCodes.Status200OK, async (http, request, _) =>
        {
            var id = (string)http.Request.RouteValues["id"]!;
            if (FlowOperations.Reason(http, request.By, request.Reason, out var refusal) is not { } reason)
            {
                return refusal!;
            }

            var outcome = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var letter)
                ? await answer(http.Get<IFlowClient>(), letter, reason, http.RequestAborted)
                : OperateOutcome.NotFound;
            return outcome switch
            {
                OperateOutcome.Done => Reply.Ok(new DeadLetterAnswer(letter, done)),
                OperateOutcome.Conflict => Reply.Refused("flow-ended", $"The flow of dead letter {letter} has ended; it can only be dropped."),
                OperateOutcome.NotFound or _ => Reply.NotFound($"There is no dead letter {id}."),
            };
        });
}
