namespace Workflows.Activities.Notices;

/// <summary>How the connection is kept secret.</summary>
public enum SmtpTls
{
    /// <summary>Plain text; for a server on the same machine.</summary>
    None,

    /// <summary>Starts plain and must become TLS (usually port 587).</summary>
    StartTls,

    /// <summary>TLS from the first byte (usually port 465).</summary>
    Tls,
}

/// <summary>Where and how mail is handed over.</summary>
/// <param name="Host">Name or address of the server.</param>
/// <param name="Port">Its port.</param>
/// <param name="From">The sender's address; its domain is also that of the Message-ID.</param>
/// <param name="Tls">How the connection is kept secret.</param>
/// <param name="User">Null: no sign-in.</param>
/// <param name="PasswordVariable">The environment variable that holds the password, which is in no setting.</param>
public sealed record SmtpSettings(
    string Host,
    int Port,
    string From,
    SmtpTls Tls = SmtpTls.StartTls,
    string? User = null,
    string? PasswordVariable = null)
{
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A connection that nobody used for this long is closed.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>At most so many mails on their way at once.</summary>
    public int SendsMax { get; init; } = 4;

    /// <summary>Offset of the county's time in the Date header.</summary>
    public TimeSpan Offset { get; init; } = TimeSpan.FromHours(8);
}
