using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Rules;
using Workflows.Web.Cases;
using Workflows.Web.Flows;
using Workflows.Web.Http;

namespace Workflows.Web.Rules;

/// <summary>
/// Makes a version current. Everything is done by one flow whose id is the activation's number, so that what was decided is
/// carried out to its end and of two who decide at once one is first.
/// </summary>
internal static class RulesActivation
{
    /// <summary>The tag that says which command began a change, so that the same command again finds it.</summary>
    private const string CommandTag = "command";

    private const int ConfirmCharactersMax = 64;

    /// <summary>How often it is looked whether the flow has made the version current, real time.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    public static async Task<Reply> Activate(HttpContext http, ActivateVersion request, string commandId)
    {
        var version = (string)http.Request.RouteValues["version"]!;
        var shelf = http.Get<RuleShelf>();
        await shelf.Look(http.RequestAborted);
        if (await shelf.Versions.Find(version, http.RequestAborted) is null)
        {
            return RulesEndpoints.NoSuchVersion(version);
        }

        var check = new RequestCheck(shelf.Current.Units);
        var by = check.Unit(request.By);
        var reason = check.Errors.Text("reason", request.Reason, FlowOperations.ReasonCharactersMax);
        var running = check.Errors.OneOf<RunningCases>("running", request.Running);
        if (request.Running == "recompute")
        {
            check.Errors.Text("confirm", request.Confirm, ConfirmCharactersMax);
        }
        else if (request.Confirm is not null)
        {
            check.Errors.Add("confirm", "is given with recompute only");
        }

        if (check.Errors.Any)
        {
            return Reply.Invalid(check.Errors);
        }

        var number = shelf.Number + 1;
        if (await Begun(http, shelf.Number, commandId))
        {
            return await Answer(http, shelf.Number);
        }

        if (!await Begun(http, number, commandId))
        {
            if (await Refusal(http, version, running, request.Confirm, number) is { } refusal)
            {
                return refusal;
            }

            var change = new ChangeRules(number, version, by, reason, running, http.Get<TimeProvider>().GetUtcNow());
            var options = new StartOptions(UsedId.ReplaceEnded, Tags: new Dictionary<string, string> { [CommandTag] = commandId });
            if (await http.Get<IFlowClient>().Start(RulesChange.FlowName, RulesChange.FlowId(number), change, options, http.RequestAborted) == StartOutcome.Exists)
            {
                return Running(number);
            }
        }

        return await Answer(http, number);
    }

    private static async Task<bool> Begun(HttpContext http, int number, string commandId) =>
        (await http.Get<IFlowClient>().Get(RulesChange.FlowId(number), http.RequestAborted))?.Tags?.GetValueOrDefault(CommandTag) == commandId;

    /// <summary>Why it cannot be done now; null when it can.</summary>
    private static async Task<Reply?> Refusal(HttpContext http, string version, RunningCases running, string? confirm, int number)
    {
        foreach (var other in new[] { number - 1, number })
        {
            var flow = await http.Get<IFlowClient>().Get(RulesChange.FlowId(other), http.RequestAborted);
            if (flow is { State: FlowState.Running or FlowState.Suspended or FlowState.Blocked })
            {
                return Running(other);
            }
        }

        if (running == RunningCases.Keep)
        {
            return http.Get<RuleShelf>().Current.Version == version
                ? Reply.Refused("already-current", $"Version {version} is current; its running cases can be recomputed.")
                : null;
        }

        var totals = await http.Get<RulesPreview>().Totals(version, http.RequestAborted);
        return totals.Confirm == confirm ? null : Reply.Refused(
            "preview-changed",
            FormattableString.Invariant($"What would move is not what was confirmed: now {totals.Dates} dates of {totals.Moved} cases, and {totals.Kept} cases keep their rules. Look at the preview again."));
    }

    private static Reply Running(int number) => Reply.Refused(
        "change-running",
        FormattableString.Invariant($"Change {number} is still telling running cases; wait until {RulesChange.FlowId(number)} has ended, or terminate it."));

    /// <summary>Waits until the version is current; telling the cases takes its own time.</summary>
    private static async Task<Reply> Answer(HttpContext http, int number)
    {
        var (shelf, flows) = (http.Get<RuleShelf>(), http.Get<IFlowClient>());
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (await shelf.Versions.Activation(number, http.RequestAborted) is { } activation)
            {
                await shelf.Look(http.RequestAborted);
                return Reply.Ok(await RulesEndpoints.View(activation, flows, http.RequestAborted));
            }

            if (await flows.Get(RulesChange.FlowId(number), http.RequestAborted) is { State: FlowState.Completed or FlowState.Terminated })
            {
                return Reply.Refused("not-activated", $"Another version became current meanwhile; look at {RulesEndpoints.Path}.");
            }

            if (waited.Elapsed > http.Get<Desk>().Patience)
            {
                return Reply.Accepted(RulesEndpoints.Path);
            }

            await Task.Delay(LookAgain, http.RequestAborted);
        }
    }
}
