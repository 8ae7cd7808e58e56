using System.Globalization;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Units;

namespace Workflows.Activities.Notices;

/// <summary>
/// Words a notice and hands it to the mail channel. Addresses are those of the register at the time of sending, so a
/// corrected address counts for what is still to be sent.
/// </summary>
public sealed class DeliverNoticeByMail(IMailer mailer, NoticeTemplates templates, Digests digests, Func<UnitRegister> units)
    : IActivityHandler<DeliverNotice, DeliveryFact>
{
    public async Task<DeliveryFact> Run(DeliverNotice request, CancellationToken cancellation)
    {
        var register = units();
        if (register.Find(request.Recipient)?.Mail is not { } address)
        {
            return new DeliveryFact.Undeliverable("no address");
        }

        var notice = request.Notice;
        var copies = notice.Copies
            .Select(copy => register.Find(copy)?.Mail)
            .OfType<string>()
            .Where(copy => copy != address)
            .Distinct()
            .ToList();
        var (subject, body) = notice.Template == Digest.Template
            ? await RenderDigest(notice, cancellation)
            : templates.Render(notice.Template, Model(notice));
        if (request.Recipient != notice.To)
        {
            body = string.Create(CultureInfo.InvariantCulture, $"（原收件单位{notice.Model["to"]}无法送达，现改送上级。）\n\n{body}");
        }

        return await mailer.Send(
            new OutgoingMail(request.Key, address, copies, subject, body, request.At, notice.Urgent), cancellation) switch
        {
            MailOutcome.Refused refused => new DeliveryFact.Undeliverable(refused.Reason),
            _ => new DeliveryFact.Accepted(),
        };
    }

    /// <summary>What was gathered, a line for each; what is for the unit itself before what it gets a copy of.</summary>
    private async Task<(string Subject, string Body)> RenderDigest(Notice digest, CancellationToken cancellation)
    {
        var gathered = await digests.Close(digest.Key, cancellation);
        var items = gathered
            .OrderBy(notice => notice.To == digest.To ? 0 : 1)
            .Select(notice => new Dictionary<string, object?>
            {
                ["line"] = templates.RenderLine(notice.Template, Model(notice)),
                ["to"] = notice.To == digest.To ? null : notice.Model["to"],
            })
            .ToList();
        var model = Model(digest);
        model["items"] = items;
        model["count"] = items.Count;
        return templates.Render(Digest.Template, model);
    }

    /// <summary>Words that notices of older rule sets do not have; their templates ask for them.</summary>
    private static readonly string[] Younger = ["basis"];

    private static Dictionary<string, object?> Model(Notice notice)
    {
        var model = notice.Model.ToDictionary(word => word.Key, word => (object?)word.Value);
        foreach (var word in Younger)
        {
            model.TryAdd(word, null);
        }

        return model;
    }
}
