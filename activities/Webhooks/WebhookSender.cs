using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Webhooks;

/// <summary>
/// Posts what waits, webhook by webhook in the order of time, signed as Standard Webhooks 1.0 says: HMAC-SHA256 over id,
/// time and body. One that does not answer is tried again after a minute, then after twice as long each time, up to an
/// hour; after three days, or when it says 410 Gone, it is stopped.
/// </summary>
public sealed class WebhookSender(
    WebhookShelf shelf, WebhookOutbox outbox, HttpClient http, TimeProvider time, ILogger<WebhookSender> logger) : IDisposable
{
    /// <summary>After so long without an answer a webhook is stopped.</summary>
    public static readonly TimeSpan StoppedAfter = TimeSpan.FromDays(3);

    private const int PageSize = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AgainMin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AgainMax = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <summary>What posts: it follows no redirect, which could lead anywhere, and keeps no cookie.</summary>
    public static HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = Patience })
    {
        Timeout = Patience,
    };

    /// <summary>Posts everything that waits and may be posted now.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            foreach (var webhook in await shelf.List(cancellation))
            {
                if (webhook.StoppedAt is null && !(webhook.NextTry > time.GetUtcNow()))
                {
                    await Post(webhook, cancellation);
                }
            }
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private async Task Post(Webhook webhook, CancellationToken cancellation)
    {
        var isFailing = webhook.Failures > 0;
        while (await outbox.Oldest(webhook.Id, PageSize, cancellation) is { Count: > 0 } waiting)
        {
            if (await shelf.SecretOf(webhook.Id, cancellation) is not { } secret)
            {
                return;
            }

            foreach (var (row, message) in waiting)
            {
                if (await Refusal(webhook.Url, secret, message, cancellation) is { } refusal)
                {
                    await Failed(webhook, refusal, cancellation);
                    return;
                }

                await outbox.Taken(webhook.Id, row, cancellation);
                if (isFailing)
                {
                    await shelf.Change(webhook.Id, known => known with { Failures = 0, FailingSince = null, NextTry = null, LastError = null }, cancellation);
                    isFailing = false;
                }
            }
        }
    }

    /// <summary>Null when the other system has taken it.</summary>
    private async Task<(string Why, bool IsGone)?> Refusal(string url, byte[] secret, WebhookMessage message, CancellationToken cancellation)
    {
        var body = Wire.Write(message);
        var stamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", stamp);
        request.Headers.Add("webhook-signature", Signature(secret, $"{message.Id}.{stamp}.", body));
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return answer.IsSuccessStatusCode ? null : ($"HTTP {(int)answer.StatusCode}.", answer.StatusCode == HttpStatusCode.Gone);
        }
        catch (HttpRequestException failure)
        {
            return ($"No connection: {failure.HttpRequestError}.", false);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (FormattableString.Invariant($"No answer within {Patience.TotalSeconds} seconds."), false);
        }
    }

    private static string Signature(byte[] secret, string head, byte[] body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(head), .. body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}";
    }

    private async Task Failed(Webhook webhook, (string Why, bool IsGone) refusal, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var changed = await shelf.Change(
            webhook.Id,
            known =>
            {
                var since = known.FailingSince ?? now;
                var again = AgainMin * Math.Pow(2, Math.Min(known.Failures, 10));
                return known with
                {
                    Failures = known.Failures + 1,
                    FailingSince = since,
                    NextTry = now + (again < AgainMax ? again : AgainMax),
                    LastError = refusal.Why,
                    StoppedAt = refusal.IsGone || now - since >= StoppedAfter ? now : null,
                };
            },
            cancellation);
        if (changed?.StoppedAt is not null)
        {
            logger.LogError("Webhook {Webhook} is stopped: {Why}", webhook.Id, refusal.Why);
        }
        else
        {
            logger.LogWarning("Webhook {Webhook} did not take a step: {Why} It is tried again at {NextTry}", webhook.Id, refusal.Why, changed?.NextTry);
        }
    }
}
