using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Rules;
using Workflows.Activities.Webhooks;
using Workflows.Web.Http;

namespace Workflows.Web.Webhooks;

/// <summary>Who hears of steps of cases, over HTTP.</summary>
internal static class WebhookEndpoints
{
    private const string Path = "/api/webhooks";
    private const int UrlCharactersMax = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup(Path).WithTags("Webhooks");
        webhooks.MapGet("", async (HttpContext http, WebhookShelf shelf) =>
                Reply.Ok(new WebhooksView([.. (await shelf.List(http.RequestAborted)).Select(webhook => WebhookView.Of(webhook))])))
            .Describe<WebhooksView>("ListWebhooks", "Other systems that hear of steps of cases, and whether they answer.");
        webhooks.MapCommand<AddWebhook, WebhookView>("", "AddWebhook", "Posts every step of some kinds of cases to another system, signed as Standard Webhooks 1.0 says.", StatusCodes.Status201Created, Add);
        webhooks.MapCommand<WebhookAct, WebhookView>("/{id}/resume", "ResumeWebhook", "Posts again to a system that was stopped, or at once to one that fails.", StatusCodes.Status200OK, Resume);
        webhooks.MapCommand<WebhookAct, WebhookView>("/{id}/remove", "RemoveWebhook", "Posts nothing to it any more and forgets what waits.", StatusCodes.Status200OK, Remove);
    }

    private static async Task<Reply> Add(HttpContext http, AddWebhook request, string commandId)
    {
        var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
        var by = check.Unit(request.By);
        var url = Url(check.Errors, request.Url);
        var kinds = check.Errors.Ids("kinds", request.Kinds);
        for (var index = 0; index < kinds.Count; index++)
        {
            if (!WebhookKinds.All.Contains(kinds[index]))
            {
                check.Errors.Add(FormattableString.Invariant($"kinds[{index}]"), $"must be one of {string.Join(", ", WebhookKinds.All)}");
            }
        }

        return check.Errors.Any ? Reply.Invalid(check.Errors)
            : await http.Get<WebhookShelf>().Add($"wh-{commandId}", url, kinds, by, http.RequestAborted) is var (webhook, secret)
                ? Reply.Created($"{Path}/{webhook.Id}", WebhookView.Of(webhook, secret))
            : Reply.Refused("too-many-webhooks", FormattableString.Invariant($"There are {WebhookShelf.Max} webhooks, as many as there may be."));
    }

    private static Task<Reply> Resume(HttpContext http, WebhookAct request, string commandId) => Act(http, request, (shelf, id) => shelf.Change(
        id, known => known with { Failures = 0, FailingSince = null, NextTry = null, LastError = null, StoppedAt = null }, http.RequestAborted));

    private static Task<Reply> Remove(HttpContext http, WebhookAct request, string commandId) => Act(http, request, async (shelf, id) =>
    {
        if (await shelf.Find(id, http.RequestAborted) is not { } known)
        {
            return null;
        }

        await shelf.Remove(id, http.RequestAborted);
        await http.Get<WebhookOutbox>().Clear(id, http.RequestAborted);
        return known;
    });

    private static async Task<Reply> Act(HttpContext http, WebhookAct request, Func<WebhookShelf, string, Task<Webhook?>> act)
    {
        var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
        check.Unit(request.By);
        var id = (string)http.Request.RouteValues["id"]!;
        return check.Errors.Any ? Reply.Invalid(check.Errors)
            : await act(http.Get<WebhookShelf>(), id) is { } webhook ? Reply.Ok(WebhookView.Of(webhook))
            : Reply.NotFound($"There is no webhook {id}.");
    }

    /// <summary>What is posted names cases, so it goes out encrypted, or stays on this machine.</summary>
    private static string Url(FieldErrors errors, string? given)
    {
        var text = errors.Text("url", given, UrlCharactersMax);
        if (text.Length == 0)
        {
            return text;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            errors.Add("url", "must be an absolute https address");
        }
        else if (url.Scheme == "http" && !url.IsLoopback)
        {
            errors.Add("url", "must be https; http is for this machine only");
        }
        else if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            errors.Add("url", "must name no user and no fragment");
        }

        return text;
    }
}
