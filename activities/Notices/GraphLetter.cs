using Microsoft.Graph.Models;

namespace Workflows.Activities.Notices;

/// <summary>A mail as a message of Microsoft Graph.</summary>
internal static class GraphLetter
{
    /// <summary>What can be changed in a draft.</summary>
    public static Message Text(OutgoingMail mail) => new()
    {
        Subject = mail.Subject.ReplaceLineEndings(" "),
        Body = new ItemBody { ContentType = BodyType.Text, Content = mail.Body.ReplaceLineEndings("\r\n") },
        ToRecipients = [To(mail.To)],
        CcRecipients = [.. mail.Copies.Where(copy => Letter.Address(copy) is not null).Select(To)],
        Importance = mail.Urgent ? Importance.High : Importance.Normal,
    };

    /// <summary>A new draft, with the marks by which a repetition is known.</summary>
    public static Message Draft(OutgoingMail mail, string id)
    {
        var draft = Text(mail);
        draft.InternetMessageId = id;
        draft.InternetMessageHeaders =
        [
            new InternetMessageHeader { Name = "x-workflows-key", Value = mail.Key },
            // No holiday replies to a machine; Graph takes only headers that begin with x-.
            new InternetMessageHeader { Name = "x-auto-response-suppress", Value = "OOF, AutoReply" },
        ];
        return draft;
    }

    /// <summary>The Message-ID. RFC 5322 has no ':' in one; '~' is none of keys, so two keys never share an id.</summary>
    public static string MessageId(string key, string domain) => $"<{key.Replace(':', '~')}@{domain}>";

    private static Recipient To(string address) => new() { EmailAddress = new EmailAddress { Address = address } };
}
