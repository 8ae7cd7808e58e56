namespace Workflows.Activities.Notices;

/// <summary>One way out for mail.</summary>
public interface IMailer
{
    /// <summary>Sends the mail, or says why it never will.</summary>
    /// <exception cref="MailUnavailableException">Not this time; try again.</exception>
    Task<MailOutcome> Send(OutgoingMail mail, CancellationToken cancellation);
}

/// <summary>A mail to people outside.</summary>
/// <param name="Key">Said once per key: 1 to 150 characters of <c>A-Z a-z 0-9 . _ : -</c>.</param>
/// <param name="To">One address.</param>
/// <param name="Copies">Addresses that get a copy.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">Plain text.</param>
/// <param name="At">The moment it is dated with.</param>
/// <param name="Urgent">Marked as important.</param>
public sealed record OutgoingMail(
    string Key,
    string To,
    IReadOnlyList<string> Copies,
    string Subject,
    string Body,
    DateTimeOffset At,
    bool Urgent = false)
{
    /// <summary>Only the key: subjects, bodies and addresses name people.</summary>
    public override string ToString() => $"mail {Key}";
}

/// <summary>What became of a mail.</summary>
public abstract record MailOutcome
{
    private MailOutcome()
    {
    }

    /// <summary>The next server, or the folder, has it.</summary>
    /// <param name="Note">Copies that were refused, with the reasons; null when all went out.</param>
    public sealed record Accepted(string? Note = null) : MailOutcome;

    /// <summary>This key went out before; nothing was sent.</summary>
    public sealed record Repeated : MailOutcome;

    /// <summary>It will never be accepted for this recipient.</summary>
    public sealed record Refused(string Reason) : MailOutcome;
}

/// <summary>Temporary trouble: the mail may go out later.</summary>
public sealed class MailUnavailableException(string reason, TimeSpan? retryAfter = null, Exception? cause = null)
    : IOException(reason, cause)
{
    /// <summary>When the server said how long to wait.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
