using Workflows.Activities.Webhooks;

namespace Workflows.Web.Webhooks;

/// <summary>Another system is to hear of steps of cases.</summary>
/// <param name="By">The unit that asks for it.</param>
/// <param name="Url">https, at most 500 characters; http on this machine only.</param>
/// <param name="Kinds">Some of disputes, assignments, sheets.</param>
public sealed record AddWebhook(string? By = null, string? Url = null, IReadOnlyList<string?>? Kinds = null);

/// <param name="By">The unit that says so.</param>
public sealed record WebhookAct(string? By = null);

/// <summary>A system that hears of steps.</summary>
/// <param name="Id">For life.</param>
/// <param name="Url">Where each step is posted to.</param>
/// <param name="Kinds">Of which cases.</param>
/// <param name="By">The unit that asked for it.</param>
/// <param name="At">UTC.</param>
/// <param name="Status">ok, failing, or stopped; what happens while it is stopped is not kept for it.</param>
/// <param name="Failures">Tries that failed since the last one that did not.</param>
/// <param name="FailingSince">UTC.</param>
/// <param name="NextTry">UTC.</param>
/// <param name="LastError">Why the last try failed.</param>
/// <param name="StoppedAt">UTC.</param>
/// <param name="Secret">With it every message is signed; shown only when the webhook is added.</param>
public sealed record WebhookView(
    string Id,
    string Url,
    IReadOnlyList<string> Kinds,
    string By,
    DateTimeOffset At,
    string Status,
    int Failures,
    DateTimeOffset? FailingSince = null,
    DateTimeOffset? NextTry = null,
    string? LastError = null,
    DateTimeOffset? StoppedAt = null,
    string? Secret = null)
{
    internal static WebhookView Of(Webhook webhook, string? secret = null) => new(
        webhook.Id,
        webhook.Url,
        webhook.Kinds,
        webhook.By,
        webhook.At,
        webhook.StoppedAt is not null ? "stopped" : webhook.Failures > 0 ? "failing" : "ok",
        webhook.Failures,
        webhook.FailingSince,
        webhook.NextTry,
        webhook.LastError,
        webhook.StoppedAt,
        secret);
}

/// <summary>All of them.</summary>
public sealed record WebhooksView(IReadOnlyList<WebhookView> Webhooks);
