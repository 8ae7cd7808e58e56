using System.Globalization;

namespace Workflows.Activities.Notices;

/// <summary>The mail server, from environment variables; without <c>WORKFLOWS_SMTP_HOST</c> mails stay in the outbox.</summary>
public static class SmtpConfiguration
{
    /// <summary>The sender where none is given.</summary>
    public const string MailFrom = "duban@county.example.org";

    private const string Prefix = "WORKFLOWS_SMTP_";
    private const int SubmissionPort = 587;

    /// <exception cref="InvalidDataException">A variable has a value that cannot be; the message names it.</exception>
    public static SmtpSettings? Read()
    {
        if (Value("HOST") is not { } host)
        {
            return null;
        }

        var port = SubmissionPort;
        if (Value("PORT") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
        {
            throw new InvalidDataException($"{Prefix}PORT must be a port from 1 to 65535.");
        }

        var tls = SmtpTls.StartTls;
        if (Value("TLS") is { } mode && !Enum.TryParse(mode, ignoreCase: true, out tls))
        {
            throw new InvalidDataException($"{Prefix}TLS must be one of {string.Join(", ", Enum.GetNames<SmtpTls>())}.");
        }

        var user = Value("USER");
        return new SmtpSettings(
            host, port, Value("FROM") ?? MailFrom, tls, user, user is null ? null : Prefix + "PASSWORD");
    }

    private static string? Value(string name) =>
        Environment.GetEnvironmentVariable(Prefix + name) is { Length: > 0 } value ? value : null;
}
