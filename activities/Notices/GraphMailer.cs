using Azure.Core;
using Azure.Identity;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;
using Workflows.Activities.Storage;

namespace Workflows.Activities.Notices;

/// <summary>Mail through Microsoft Graph from one mailbox, said once per key.</summary>
/// <remarks>
/// <para>
/// A draft is made and then sent, not <c>sendMail</c>: that has no idempotency key, and a message it has taken shows in
/// no folder until some time later. A draft lies in the mailbox under a Message-ID made of the key before anything goes
/// out. When an earlier attempt left "sending" in <see cref="MailsSent"/>, the mailbox is asked for that id: a message
/// that is no draft any more went out, and a draft is what is left to send. What a person has deleted from the mailbox
/// in between goes out again, rather than not at all.
/// </para>
/// <para>
/// The price is a second request per mail and the permission Mail.ReadWrite beside Mail.Send, which an application
/// access policy narrows to this one mailbox. The Date is Exchange's own.
/// </para>
/// </remarks>
public sealed class GraphMailer : IMailer, IDisposable
{
    private readonly GraphServiceClient graph;
    private readonly GraphSettings settings;
    private readonly MailsSent sent;
    private readonly GraphPace pace;
    private readonly string domain;

    /// <param name="graph">Signed in; disposed with this.</param>
    /// <param name="settings">The mailbox.</param>
    /// <param name="tables">Where it is kept what was said.</param>
    /// <param name="time">Counts the minutes of the mailbox's limit. Time-outs of requests are in real time.</param>
    public GraphMailer(GraphServiceClient graph, GraphSettings settings, ITables tables, TimeProvider time)
    {
        this.graph = graph;
        this.settings = settings;
        sent = new MailsSent(tables);
        pace = new GraphPace(time, settings.TurnTimeout);
        domain = Letter.Address(settings.From)?.Domain
            ?? throw new ArgumentException("The sender is no mail address.", nameof(settings));
    }

    /// <summary>Signs in by the managed identity of the machine or app, or by what a developer has signed in with.</summary>
    public static GraphMailer Open(GraphSettings settings, ITables tables, TimeProvider time)
    {
        TokenCredential identity = new DefaultAzureCredential(new DefaultAzureCredentialOptions
        {
            ManagedIdentityClientId = settings.ClientId,
            WorkloadIdentityClientId = settings.ClientId,
            AuthorityHost = settings.China ? AzureAuthorityHosts.AzureChina : null,
        });
        var graph = new GraphServiceClient(identity, [$"{settings.Endpoint}/.default"], $"{settings.Endpoint}/v1.0");
        return new GraphMailer(graph, settings, tables, time);
    }

    public async Task<MailOutcome> Send(OutgoingMail mail, CancellationToken cancellation)
    {
        Letter.CheckKey(mail.Key);
        return Letter.Address(mail.To) is null
            ? new MailOutcome.Refused("The recipient has no mail address.")
            : await sent.Once(mail, begun => Deliver(mail, begun, cancellation), cancellation);
    }

    public void Dispose()
    {
        pace.Dispose();
        graph.Dispose();
    }

    private async Task<MailOutcome> Deliver(OutgoingMail mail, bool begun, CancellationToken cancellation)
    {
        using var place = await pace.Enter(cancellation);
        var id = GraphLetter.MessageId(mail.Key, domain);
        string? draft = null;
        if (begun)
        {
            var (gone, left) = await Earlier(id, cancellation);
            if (gone)
            {
                return new MailOutcome.Repeated();
            }

            draft = left;
        }

        try
        {
            draft = await Write(mail, draft, id, cancellation);
            var note = await SendDraft(mail, draft, cancellation);
            return new MailOutcome.Accepted(note);
        }
        catch (RefusedException refused)
        {
            await Discard(draft, cancellation);
            return new MailOutcome.Refused(refused.Message);
        }
    }

    /// <summary>What an earlier attempt has left in the mailbox.</summary>
    private async Task<(bool Gone, string? Draft)> Earlier(string id, CancellationToken cancellation)
    {
        var found = await Ask(
            stop => Mailbox.Messages.GetAsync(
                request =>
                {
                    request.QueryParameters.Filter = $"internetMessageId eq '{id}'";
                    request.QueryParameters.Select = ["id", "isDraft"];
                    Once(request.Options);
                },
                stop),
            cancellation);
        var messages = found?.Value ?? [];
        return (messages.Any(message => message.IsDraft == false), messages.FirstOrDefault()?.Id);
    }

    private async Task<string> Write(OutgoingMail mail, string? draft, string id, CancellationToken cancellation)
    {
        var written = draft is null
            ? await Ask(
                stop => Mailbox.Messages.PostAsync(GraphLetter.Draft(mail, id), request => Once(request.Options), stop), cancellation)
            : await Ask(
                stop => Mailbox.Messages[draft].PatchAsync(GraphLetter.Text(mail), request => Once(request.Options), stop), cancellation);
        return written?.Id ?? draft ?? throw new MailUnavailableException("Microsoft Graph gave no draft.");
    }

    /// <summary>
    /// Sends; gives a note when copies were left out. Graph refuses a mail for any one address and does not say which,
    /// and a copy does not hold up the mail.
    /// </summary>
    private async Task<string?> SendDraft(OutgoingMail mail, string draft, CancellationToken cancellation)
    {
        var good = mail.Copies.Count(copy => Letter.Address(copy) is not null);
        var note = good < mail.Copies.Count ? $"copies without a mail address: {mail.Copies.Count - good}" : null;
        try
        {
            await Go();
            return note;
        }
        catch (RefusedException refused) when (good > 0)
        {
            var without = GraphLetter.Text(mail with { Copies = [] });
            await Ask(stop => Mailbox.Messages[draft].PatchAsync(without, request => Once(request.Options), stop), cancellation);
            await Go();
            return $"copies left out: {mail.Copies.Count}, {refused.Message}";
        }

        async Task Go()
        {
            await pace.MaySend(cancellation);
            await Ask(
                async stop =>
                {
                    await Mailbox.Messages[draft].Send.PostAsync(request => Once(request.Options), stop);
                    return true;
                },
                cancellation);
        }
    }

    /// <summary>A refused draft is of no use to anybody; if it cannot be taken away, it lies there unsent.</summary>
    private async Task Discard(string? draft, CancellationToken cancellation)
    {
        if (draft is null)
        {
            return;
        }

        try
        {
            await Ask(
                async stop =>
                {
                    await Mailbox.Messages[draft].DeleteAsync(request => Once(request.Options), stop);
                    return true;
                },
                cancellation);
        }
        catch (Exception left) when (left is MailUnavailableException or RefusedException)
        {
            // The refusal is what the caller has to hear.
        }
    }

    private Microsoft.Graph.Users.Item.UserItemRequestBuilder Mailbox => graph.Users[settings.From];

    /// <summary>The caller's retry policy decides, not the SDK's, which would hide Retry-After.</summary>
    private static void Once(IList<IRequestOption> options) => options.Add(new RetryHandlerOption { MaxRetry = 0 });

    private async Task<T> Ask<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.RequestTimeout);
        try
        {
            return await request(limit.Token);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested && GraphAnswer.Refusal(failure) is { } reason)
        {
            throw new RefusedException(reason);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested && GraphAnswer.Trouble(failure) is { } trouble)
        {
            throw trouble;
        }
    }

    private sealed class RefusedException(string reason) : Exception(reason);
}
