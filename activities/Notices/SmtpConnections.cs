using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Workflows.Activities.Notices;

/// <summary>A few connections to one server, kept open during a burst and closed when it is over.</summary>
internal sealed class SmtpConnections : IAsyncDisposable
{
    private readonly Stack<Connection> idle = new();
    private readonly SmtpSettings settings;
    private readonly SemaphoreSlim places;
    private readonly Timer closing;
    private bool disposed;

    public SmtpConnections(SmtpSettings settings)
    {
        this.settings = settings;
        places = new SemaphoreSlim(settings.SendsMax);
        closing = new Timer(_ => _ = CloseIdle());
    }

    /// <summary>Sends the message; gives the copies that were refused for good, with the reasons.</summary>
    public async Task<IReadOnlyList<string>> Send(MimeMessage message, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        try
        {
            var connection = await Take(cancellation);
            try
            {
                using var limit = Limit(settings.SendTimeout, cancellation);
                var refused = await connection.SendOnce(message, limit.Token);
                GiveBack(connection);
                return refused;
            }
            catch (SmtpCommandException) when (connection.IsConnected)
            {
                // The server said no to this mail and waits for the next one.
                GiveBack(connection);
                throw;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        finally
        {
            places.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (idle)
        {
            disposed = true;
        }

        await closing.DisposeAsync();
        await CloseIdle();
    }

    private async Task<Connection> Take(CancellationToken cancellation)
    {
        while (Pop() is { } kept)
        {
            try
            {
                using var limit = Limit(settings.ConnectTimeout, cancellation);
                await kept.NoOpAsync(limit.Token);
                return kept;
            }
            catch (Exception) when (!cancellation.IsCancellationRequested)
            {
                // The server has closed it meanwhile; that is its right, and there are others.
                kept.Dispose();
            }
        }

        var connection = new Connection();
        try
        {
            using var limit = Limit(settings.ConnectTimeout, cancellation);
            var security = settings.Tls switch
            {
                SmtpTls.None => SecureSocketOptions.None,
                SmtpTls.StartTls => SecureSocketOptions.StartTls,
                SmtpTls.Tls => SecureSocketOptions.SslOnConnect,
                _ => throw new ArgumentException($"Unknown TLS mode {settings.Tls}."),
            };
            await connection.ConnectAsync(settings.Host, settings.Port, security, limit.Token);
            if (settings.User is { } user)
            {
                await connection.AuthenticateAsync(user, Password(), limit.Token);
            }

            return connection;
        }
        catch (NotSupportedException e)
        {
            // No TLS or no sign-in where our settings ask for it: nothing was said about the mail.
            connection.Dispose();
            throw new MailUnavailableException(
                $"{settings.Host} does not do what the settings ask for: {e.Message}", cause: e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private string Password()
    {
        var variable = settings.PasswordVariable
            ?? throw new InvalidOperationException("SMTP has a user but no variable that holds the password.");
        return Environment.GetEnvironmentVariable(variable)
            ?? throw new InvalidOperationException($"The variable {variable} with the SMTP password is not set.");
    }

    private void GiveBack(Connection connection)
    {
        lock (idle)
        {
            if (disposed)
            {
                connection.Dispose();
                return;
            }

            idle.Push(connection);
            closing.Change(settings.IdleTimeout, Timeout.InfiniteTimeSpan);
        }
    }

    private Connection? Pop()
    {
        lock (idle)
        {
            return idle.TryPop(out var connection) ? connection : null;
        }
    }

    private async Task CloseIdle()
    {
        while (Pop() is { } connection)
        {
            using (connection)
            {
                try
                {
                    using var limit = Limit(settings.ConnectTimeout, CancellationToken.None);
                    await connection.DisconnectAsync(quit: true, limit.Token);
                }
                catch (Exception)
                {
                    // A goodbye that nobody hears; the connection is thrown away all the same.
                }
            }
        }
    }

    private static CancellationTokenSource Limit(TimeSpan time, CancellationToken cancellation)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        source.CancelAfter(time);
        return source;
    }

    /// <summary>A connection on which a copy that is refused for good does not hold up the mail.</summary>
    private sealed class Connection : SmtpClient
    {
        private readonly List<string> refused = [];

        public async Task<IReadOnlyList<string>> SendOnce(MimeMessage message, CancellationToken cancellation)
        {
            refused.Clear();
            await SendAsync(message, cancellation);
            return [.. refused];
        }

        protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
        {
            if ((int)response.StatusCode < 500 || message.To.Mailboxes.Any(to => to.Address == mailbox.Address))
            {
                base.OnRecipientNotAccepted(message, mailbox, response);
            }

            refused.Add($"{mailbox.Address}: {(int)response.StatusCode} {response.Response}");
        }
    }
}
