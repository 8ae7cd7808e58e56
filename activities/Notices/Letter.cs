using System.Text;
using MimeKit;
using MimeKit.Text;

namespace Workflows.Activities.Notices;

/// <summary>A mail as an RFC 5322 message. The same mail is the same bytes: no clock, no random id or boundary.</summary>
internal static class Letter
{
    private const int KeyCharactersMax = 150;

    private static readonly FormatOptions Format = MakeFormat();

    /// <summary>A key that cannot be in a Message-ID or a file name is a mistake of the program.</summary>
    public static void CheckKey(string key)
    {
        var good = key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '-');
        if (!good || key.Length is < 1 or > KeyCharactersMax)
        {
            throw new ArgumentException(
                $"Mail key '{key}' is not 1 to {KeyCharactersMax} letters, digits and . _ : -", nameof(key));
        }
    }

    /// <summary>An address of the plain form name@domain, or null.</summary>
    public static MailboxAddress? Address(string text) =>
        MailboxAddress.TryParse(text, out var address) && address.Name is null or "" && IsPlain(address.Address)
            ? address
            : null;

    /// <summary>The message. Copies that are no addresses are left out and named in <paramref name="note"/>.</summary>
    public static MimeMessage Compose(
        OutgoingMail mail, MailboxAddress from, MailboxAddress to, TimeSpan offset, out string? note)
    {
        var message = new MimeMessage();
        message.From.Add(from);
        message.To.Add(to);
        var bad = new List<string>();
        foreach (var copy in mail.Copies)
        {
            if (Address(copy) is { } address)
            {
                message.Cc.Add(address);
            }
            else
            {
                bad.Add($"{copy}: no mail address");
            }
        }

        note = bad.Count == 0 ? null : string.Join("; ", bad);
        message.Subject = mail.Subject.ReplaceLineEndings(" ");
        message.Date = mail.At.ToOffset(offset);
        message.MessageId = $"{mail.Key}@{from.Domain}";
        message.Headers.Add("X-Workflows-Key", mail.Key);
        // RFC 3834: no holiday replies to a machine.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        if (mail.Urgent)
        {
            message.Importance = MessageImportance.High;
            message.XPriority = XMessagePriority.High;
        }

        var body = new TextPart(TextFormat.Plain) { ContentTransferEncoding = ContentEncoding.Base64 };
        body.SetText(Encoding.UTF8, mail.Body.ReplaceLineEndings("\r\n"));
        message.Body = body;
        return message;
    }

    public static byte[] Bytes(MimeMessage message)
    {
        using var stream = new MemoryStream();
        message.WriteTo(Format, stream);
        return stream.ToArray();
    }

    private static bool IsPlain(string address)
    {
        var at = address.LastIndexOf('@');
        return at > 0 && at < address.Length - 1;
    }

    private static FormatOptions MakeFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }
}
