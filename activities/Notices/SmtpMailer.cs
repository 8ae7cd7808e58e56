using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Workflows.Activities.Storage;

namespace Workflows.Activities.Notices;

/// <summary>Mail over SMTP, said once per key as far as SMTP allows.</summary>
/// <remarks>
/// The table MailsSent knows each key as sending or sent. A crash between the server's yes and the row's "sent" leaves
/// "sending", and the mail goes out again with the same Message-ID, by which receiving systems know it: at least once
/// there, once everywhere else.
/// </remarks>
public sealed class SmtpMailer : IMailer, IAsyncDisposable
{
    private const string Table = "MailsSent";
    private const string State = "State";
    private const string Sending = "sending";
    private const string Sent = "sent";

    private readonly ConcurrentDictionary<string, bool> underway = new(StringComparer.Ordinal);
    private readonly SmtpSettings settings;
    private readonly ITables tables;
    private readonly SmtpConnections connections;
    private readonly MailboxAddress from;

    public SmtpMailer(SmtpSettings settings, ITables tables)
    {
        this.settings = settings;
        this.tables = tables;
        connections = new SmtpConnections(settings);
        from = Letter.Address(settings.From)
            ?? throw new ArgumentException($"Sender '{settings.From}' is no mail address.", nameof(settings));
    }

    public async Task<MailOutcome> Send(OutgoingMail mail, CancellationToken cancellation)
    {
        Letter.CheckKey(mail.Key);
        if (Letter.Address(mail.To) is not { } to)
        {
            return new MailOutcome.Refused($"'{mail.To}' is no mail address.");
        }

        if (!underway.TryAdd(mail.Key, true))
        {
            throw new MailUnavailableException($"Mail {mail.Key} is being sent at this moment.", TimeSpan.FromSeconds(5));
        }

        try
        {
            return await Once(mail, to, cancellation);
        }
        finally
        {
            underway.TryRemove(mail.Key, out _);
        }
    }

    public ValueTask DisposeAsync() => connections.DisposeAsync();

    private async Task<MailOutcome> Once(OutgoingMail mail, MailboxAddress to, CancellationToken cancellation)
    {
        var partition = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.Key)))[..2];
        var row = await tables.Get(Table, partition, mail.Key, cancellation);
        if (row?.Text(State) == Sent)
        {
            return new MailOutcome.Repeated();
        }

        if (row is null)
        {
            await Submit(new TableOperation.Insert(mail.Key, Row(mail, Sending)));
        }

        var outcome = await Deliver(mail, to, cancellation);
        // A refused key may be sent again, when somebody has put the address right. What happened is recorded even when
        // the caller has given up meanwhile.
        TableOperation record = outcome is MailOutcome.Refused
            ? new TableOperation.Delete(mail.Key)
            : new TableOperation.Put(mail.Key, Row(mail, Sent));
        await Submit(record, CancellationToken.None);
        return outcome;

        async Task Submit(TableOperation operation, CancellationToken? instead = null)
        {
            try
            {
                await tables.Submit(Table, partition, [operation], instead ?? cancellation);
            }
            catch (TableConflictException)
            {
                throw new MailUnavailableException($"Mail {mail.Key} is being sent elsewhere.", TimeSpan.FromSeconds(30));
            }
        }
    }

    private async Task<MailOutcome> Deliver(OutgoingMail mail, MailboxAddress to, CancellationToken cancellation)
    {
        using var message = Letter.Compose(mail, from, to, settings.Offset, out var note);
        try
        {
            var refusedCopies = await connections.Send(message, cancellation);
            var notes = string.Join("; ", refusedCopies.Prepend(note).Where(n => n is not null));
            return new MailOutcome.Accepted(notes.Length == 0 ? null : notes);
        }
        catch (SmtpCommandException e) when (IsPermanent(e))
        {
            return new MailOutcome.Refused($"{(int)e.StatusCode} {e.Message}");
        }
        catch (SmtpCommandException e)
        {
            throw new MailUnavailableException($"{settings.Host} answered {(int)e.StatusCode} {e.Message}", cause: e);
        }
        catch (NotSupportedException e)
        {
            return new MailOutcome.Refused($"{settings.Host} cannot carry this mail: {e.Message}");
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new MailUnavailableException($"{settings.Host} did not answer in time.", cause: e);
        }
        catch (MailUnavailableException)
        {
            throw;
        }
        catch (Exception e) when (e is IOException or SocketException or TimeoutException or ProtocolException
            or AuthenticationException or ServiceNotAuthenticatedException or ServiceNotConnectedException)
        {
            throw new MailUnavailableException($"{settings.Host} cannot be used: {e.Message}", cause: e);
        }
    }

    /// <summary>
    /// A "no" for good to the recipient or the text. A "no" to our sender or sign-in is our own setting: it is put right
    /// and the mail goes out later.
    /// </summary>
    private static bool IsPermanent(SmtpCommandException e) =>
        (int)e.StatusCode >= 500
        && e.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;

    private static Dictionary<string, object> Row(OutgoingMail mail, string state) =>
        new() { [State] = state, ["At"] = mail.At };
}
