using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Workflows.Activities.Storage;

namespace Workflows.Activities.Notices;

/// <summary>Mail over SMTP, said once per key as far as SMTP allows.</summary>
/// <remarks>
/// A crash between the server's yes and the row's "sent" leaves "sending" in <see cref="MailsSent"/>, and the mail goes
/// out again with the same Message-ID, by which receiving systems know it: at least once there, once everywhere else.
/// </remarks>
public sealed class SmtpMailer : IMailer, IAsyncDisposable
{
    private readonly SmtpSettings settings;
    private readonly MailsSent sent;
    private readonly SmtpConnections connections;
    private readonly MailboxAddress from;

    public SmtpMailer(SmtpSettings settings, ITables tables)
    {
        this.settings = settings;
        sent = new MailsSent(tables);
        connections = new SmtpConnections(settings);
        from = Letter.Address(settings.From)
            ?? throw new ArgumentException($"Sender '{settings.From}' is no mail address.", nameof(settings));
    }

    public async Task<MailOutcome> Send(OutgoingMail mail, CancellationToken cancellation)
    {
        Letter.CheckKey(mail.Key);
        return Letter.Address(mail.To) is { } to
            ? await sent.Once(mail, _ => Deliver(mail, to, cancellation), cancellation)
            : new MailOutcome.Refused($"'{mail.To}' is no mail address.");
    }

    public ValueTask DisposeAsync() => connections.DisposeAsync();

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
}
