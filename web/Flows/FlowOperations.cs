using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Cases;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Http;

namespace Workflows.Web.Flows;

/// <param name="By">The unit whose operator acts.</param>
/// <param name="Reason">Why, at most 1,500 characters; it stands in the flow's history.</param>
public sealed record OperateFlow(string? By = null, string? Reason = null);

/// <param name="By">The unit whose operator acts.</param>
/// <param name="Reason">Why, at most 1,500 characters; it stands in the flow's history.</param>
/// <param name="WithChildren">Ends the living flows that it started too.</param>
public sealed record TerminateFlow(string? By = null, string? Reason = null, bool WithChildren = false);

/// <param name="By">The unit whose operator acts.</param>
/// <param name="Reason">Why, at most 1,500 characters; it stands in the flow's history.</param>
/// <param name="Input">What the flow begins with; a case's flow without one begins with its projection.</param>
public sealed record RestartFlow(string? By = null, string? Reason = null, JsonElement? Input = null);

/// <summary>What operators may do to a flow. Each act stands in the flow's history with who did it and why.</summary>
internal static class FlowOperations
{
    public const int ReasonCharactersMax = 1_500;

    public static void Map(RouteGroupBuilder flows)
    {
        flows.Operate<OperateFlow>("suspend", "SuspendFlow", "Commands and dates wait until it is resumed.", "is not running", Read, (client, id, _, reason, cancellation) =>
            client.Suspend(id, reason, cancellation));
        flows.Operate<OperateFlow>("resume", "ResumeFlow", "A suspended flow goes on.", "is not suspended", Read, (client, id, _, reason, cancellation) =>
            client.Resume(id, reason, cancellation));
        flows.Operate<OperateFlow>("retry", "RetryFlow", "A blocked flow tries its step again.", "is not blocked", Read, (client, id, _, reason, cancellation) =>
            client.Retry(id, reason, cancellation));
        flows.Operate<TerminateFlow>("terminate", "TerminateFlow", "Ends a flow where it stands.", "has ended", Read, (client, id, request, reason, cancellation) =>
            client.Terminate(id, reason, request.WithChildren, cancellation));
        flows.MapCommand<RestartFlow, FlowInfo>(
            "/{id}/restart",
            "RestartFlow",
            "Begins a fresh history: a case's flow from its projection, any flow from a given input.",
            StatusCodes.Status200OK,
            Restart);
    }

    private static (string? By, string? Reason) Read(OperateFlow request) => (request.By, request.Reason);

    private static (string? By, string? Reason) Read(TerminateFlow request) => (request.By, request.Reason);

    /// <summary>Who and why as one line; null when a field is wrong.</summary>
    public static string? Reason(HttpContext http, string? by, string? reason, out Reply? refusal)
    {
        var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
        var who = check.Unit(by);
        var why = check.Errors.Text("reason", reason, ReasonCharactersMax);
        refusal = check.Errors.Any ? Reply.Invalid(check.Errors) : null;
        return refusal is null ? $"{who}: {why}" : null;
    }

    private static void Operate<TRequest>(
        this RouteGroupBuilder flows,
        string path,
        string name,
        string summary,
        string otherwise,
        Func<TRequest, (string? By, string? Reason)> read,
        Func<IFlowClient, string, TRequest, string, CancellationToken, Task<OperateOutcome>> operate)
        where TRequest : class =>
        flows.MapCommand<TRequest, FlowInfo>($"/{{id}}/{path}", name, summary, StatusCodes.Status200OK, async (http, request, _) =>
        {
            var id = (string)http.Request.RouteValues["id"]!;
            var (by, why) = read(request);
            if (Reason(http, by, why, out var refusal) is not { } reason)
            {
                return refusal!;
            }

            return await operate(http.Get<IFlowClient>(), id, request, reason, http.RequestAborted) switch
            {
                OperateOutcome.Done => await Now(http, id),
                OperateOutcome.Conflict => Reply.Refused("not-possible", $"Flow {id} {otherwise}."),
                OperateOutcome.NotFound or _ => Reply.NotFound($"There is no flow {id}."),
            };
        });

    private static async Task<Reply> Restart(HttpContext http, RestartFlow request, string commandId)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        if (Reason(http, request.By, request.Reason, out var refusal) is not { } reason)
        {
            return refusal!;
        }

        if (request.Input is { } input)
        {
            try
            {
                return await http.Get<IFlowClient>().Restart(id, input, reason, http.RequestAborted) == OperateOutcome.Done
                    ? await Now(http, id)
                    : Reply.NotFound($"There is no flow {id}.");
            }
            catch (FlowRefusedException refused)
            {
                return Reply.Refused("input-refused", refused.Message);
            }
        }

        var (kind, caseId) = id.Split('-', 2) is [var before, var after] ? (before, after) : (id, "");
        return await http.Get<CaseRestart>().Run(kind, caseId, reason, http.RequestAborted) switch
        {
            CaseRestartOutcome.NoCase => Reply.NotFound($"There is no case of flow {id}; a flow without one is restarted with its input."),
            CaseRestartOutcome.StepInFlight => Reply.Refused(
                "step-in-flight", $"Flow {id} has read a command that is not saved yet and would be lost. Let its step through first."),
            CaseRestartOutcome.Restarted or CaseRestartOutcome.Started or _ => await Now(http, id),
        };
    }

    private static async Task<Reply> Now(HttpContext http, string id) =>
        await http.Get<IFlowClient>().Get(id, http.RequestAborted) is { } flow
            ? Reply.Ok(flow)
            : Reply.NotFound($"There is no flow {id}.");
}
