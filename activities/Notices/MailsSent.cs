using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Workflows.Activities.Storage;

namespace Workflows.Activities.Notices;

/// <summary>The table MailsSent: each key as sending or sent, so that a mail is said once.</summary>
/// <remarks>
/// A row that says "sending" is from an attempt that did not end well: the server may have said yes to it or not. What
/// that means is for the mailer to know.
/// </remarks>
internal sealed class MailsSent(ITables tables)
{
    private const string Table = "MailsSent";
    private const string State = "State";
    private const string Sending = "sending";
    private const string Sent = "sent";

    private readonly ConcurrentDictionary<string, bool> underway = new(StringComparer.Ordinal);

    /// <summary>Delivers the mail, unless its key went out before.</summary>
    /// <param name="mail">Its key is what counts.</param>
    /// <param name="deliver">Is told whether an earlier attempt began and may have been accepted.</param>
    /// <param name="cancellation">Gives up; what was delivered is recorded all the same.</param>
    /// <exception cref="MailUnavailableException">The key is being sent at this moment, here or elsewhere.</exception>
    public async Task<MailOutcome> Once(
        OutgoingMail mail, Func<bool, Task<MailOutcome>> deliver, CancellationToken cancellation)
    {
        if (!underway.TryAdd(mail.Key, true))
        {
            throw new MailUnavailableException($"Mail {mail.Key} is being sent at this moment.", TimeSpan.FromSeconds(5));
        }

        try
        {
            return await Record(mail, deliver, cancellation);
        }
        finally
        {
            underway.TryRemove(mail.Key, out _);
        }
    }

    private async Task<MailOutcome> Record(
        OutgoingMail mail, Func<bool, Task<MailOutcome>> deliver, CancellationToken cancellation)
    {
        var partition = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.Key)))[..2];
        var row = await tables.Get(Table, partition, mail.Key, cancellation);
        if (row?.Text(State) == Sent)
        {
            return new MailOutcome.Repeated();
        }

        if (row is null)
        {
            await Submit(new TableOperation.Insert(mail.Key, Row(mail, Sending)), cancellation);
        }

        var outcome = await deliver(row is not null);
        // A refused key may be sent again, when somebody has put the address right. What happened is recorded even when
        // the caller has given up meanwhile.
        TableOperation record = outcome is MailOutcome.Refused
            ? new TableOperation.Delete(mail.Key)
            : new TableOperation.Put(mail.Key, Row(mail, Sent));
        await Submit(record, CancellationToken.None);
        return outcome;

        async Task Submit(TableOperation operation, CancellationToken until)
        {
            try
            {
                await tables.Submit(Table, partition, [operation], until);
            }
            catch (TableConflictException)
            {
                throw new MailUnavailableException($"Mail {mail.Key} is being sent elsewhere.", TimeSpan.FromSeconds(30));
            }
        }
    }

    private static Dictionary<string, object> Row(OutgoingMail mail, string state) =>
        new() { [State] = state, ["At"] = mail.At };
}
