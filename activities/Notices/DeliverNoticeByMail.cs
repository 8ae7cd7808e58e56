using System.Globalization;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Units;

namespace Workflows.Activities.Notices;

/// <summary>
/// Words a notice and hands it to the mail channel. Addresses are those of the register at the time of sending, so a
/// corrected address counts for what is still to be sent.
/// </summary>
public sealed class DeliverNoticeByMail(IMailer mailer, NoticeTemplates templates, Func<UnitRegister> units)
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
        var model = notice.Model.ToDictionary(word => word.Key, word => (object?)word.Value);
        var (subject, body) = templates.Render(notice.Template, model);
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
}
