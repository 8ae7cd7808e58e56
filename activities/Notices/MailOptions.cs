using System.Globalization;
using Workflows.Activities.Storage;

namespace Workflows.Activities.Notices;

/// <summary>The way out for mail that an installation is set up with; every host reads it here.</summary>
/// <remarks>
/// The settings are environment variables, or application settings of the same names. SMTP: <c>WORKFLOWS_SMTP_HOST</c>,
/// with <c>…_PORT</c> (587), <c>…_TLS</c> (None, StartTls, Tls), <c>…_FROM</c>, <c>…_USER</c> and <c>…_PASSWORD</c>.
/// Microsoft Graph: <c>WORKFLOWS_GRAPH_FROM</c>, the address of the mailbox, with <c>…_CLIENT_ID</c> for a
/// user-assigned identity and <c>…_CLOUD</c> (<c>global</c> if not set, or <c>china</c>).
/// </remarks>
public abstract record MailOptions
{
    public const string SmtpPrefix = "WORKFLOWS_SMTP_";
    public const string GraphPrefix = "WORKFLOWS_GRAPH_";

    /// <summary>The sender where no setting names one.</summary>
    public const string FromUsual = "duban@county.example.org";

    private const int SubmissionPort = 587;

    private MailOptions()
    {
    }

    /// <summary>For people who look at the log: where mails go.</summary>
    public abstract string Destination { get; }

    /// <summary>The choice, or null when nothing says where mails go.</summary>
    /// <param name="setting">Gives the value of a setting by its name, or null.</param>
    /// <param name="from">The sender by SMTP, if no setting names one.</param>
    /// <exception cref="InvalidDataException">A setting has a value that cannot be; the message names it and the rule.</exception>
    public static MailOptions? Read(Func<string, string?> setting, string from)
    {
        string? Value(string name) => setting(name) is { Length: > 0 } value ? value : null;

        var host = Value(SmtpPrefix + "HOST");
        var mailbox = Value(GraphPrefix + "FROM");
        if (host is not null && mailbox is not null)
        {
            throw Wrong($"{SmtpPrefix}HOST and {GraphPrefix}FROM", "must not be set together: mail has one way out");
        }

        if (mailbox is not null)
        {
            return new Graph(ReadGraph(name => Value(GraphPrefix + name), mailbox));
        }

        if (Array.Find(["CLIENT_ID", "CLOUD"], name => Value(GraphPrefix + name) is not null) is { } stray)
        {
            throw Wrong(GraphPrefix + stray, $"is only for Microsoft Graph, but {GraphPrefix}FROM is not set");
        }

        return host is null ? null : new Smtp(ReadSmtp(name => Value(SmtpPrefix + name), host, from));
    }

    /// <summary>Opens the way out.</summary>
    /// <param name="tables">Where it is kept what was said.</param>
    /// <param name="time">The clock of the limits.</param>
    public abstract IMailer Open(ITables tables, TimeProvider time);

    private static GraphSettings ReadGraph(Func<string, string?> value, string mailbox)
    {
        if (Letter.Address(mailbox) is null)
        {
            throw Wrong(GraphPrefix + "FROM", "must be the address of a mailbox");
        }

        return new GraphSettings(mailbox, value("CLIENT_ID"), value("CLOUD") switch
        {
            null or "global" => false,
            "china" => true,
            _ => throw Wrong(GraphPrefix + "CLOUD", "must be global or china"),
        });
    }

    private static SmtpSettings ReadSmtp(Func<string, string?> value, string host, string from)
    {
        var port = SubmissionPort;
        if (value("PORT") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
        {
            throw Wrong(SmtpPrefix + "PORT", "must be a port from 1 to 65535");
        }

        var tls = SmtpTls.StartTls;
        if (value("TLS") is { } mode && !Enum.TryParse(mode, ignoreCase: true, out tls))
        {
            throw Wrong(SmtpPrefix + "TLS", $"must be one of {string.Join(", ", Enum.GetNames<SmtpTls>())}");
        }

        var user = value("USER");
        return new SmtpSettings(host, port, value("FROM") ?? from, tls, user, user is null ? null : SmtpPrefix + "PASSWORD");
    }

    private static InvalidDataException Wrong(string name, string rule) => new($"{name} {rule}.");

    /// <summary>A mail server.</summary>
    public sealed record Smtp(SmtpSettings Settings) : MailOptions
    {
        public override string Destination => Settings.Host;

        public override IMailer Open(ITables tables, TimeProvider time) => new SmtpMailer(Settings, tables);
    }

    /// <summary>A mailbox of Exchange Online.</summary>
    public sealed record Graph(GraphSettings Settings) : MailOptions
    {
        public override string Destination => "Microsoft Graph";

        public override IMailer Open(ITables tables, TimeProvider time) => GraphMailer.Open(Settings, tables, time);
    }
}
