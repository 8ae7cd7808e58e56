using System.Globalization;
using System.Text;
using MimeKit;
using Workflows.Activities.Storage;

namespace Workflows.Activities.Notices;

/// <summary>Mail as <c>.eml</c> files in a folder, for a machine without a mail server.</summary>
/// <remarks>
/// Said once: a marker per key in the folder <c>said</c> first names the file (<c>.claim</c>), and says that it was
/// written (<c>.done</c>) afterwards. A crash in between leaves the claim, and the next attempt writes the same file;
/// a file that somebody took away after it was done does not come back.
/// </remarks>
public sealed class EmlFolder : IMailer, IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly string folder;
    private readonly string said;
    private readonly MailboxAddress from;
    private readonly TimeSpan offset;

    /// <param name="folder">Where the files go; made if missing.</param>
    /// <param name="from">The sender's address.</param>
    /// <param name="offset">Offset of the county's time in the Date header; +08:00 if not given.</param>
    public EmlFolder(string folder, string from, TimeSpan? offset = null)
    {
        this.folder = Path.GetFullPath(folder);
        this.from = Letter.Address(from)
            ?? throw new ArgumentException($"Sender '{from}' is no mail address.", nameof(from));
        this.offset = offset ?? TimeSpan.FromHours(8);
        said = Path.Combine(this.folder, "said");
        DurableFile.CreateFolder(said);
    }

    public async Task<MailOutcome> Send(OutgoingMail mail, CancellationToken cancellation)
    {
        Letter.CheckKey(mail.Key);
        if (Letter.Address(mail.To) is not { } to)
        {
            return new MailOutcome.Refused($"'{mail.To}' is no mail address.");
        }

        await turn.WaitAsync(cancellation);
        try
        {
            return Write(mail, to);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private MailOutcome Write(OutgoingMail mail, MailboxAddress to)
    {
        // ':' is no character of Windows file names; '~' is none of keys, so two keys never share a file.
        var safeKey = mail.Key.Replace(':', '~');
        var claim = Path.Combine(said, safeKey + ".claim");
        var done = Path.Combine(said, safeKey + ".done");
        if (File.Exists(done))
        {
            return new MailOutcome.Repeated();
        }

        string name;
        if (File.Exists(claim))
        {
            name = File.ReadAllText(claim);
        }
        else
        {
            var moment = mail.At.ToUniversalTime().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            name = $"{moment}-{safeKey}.eml";
            DurableFile.Write(claim, said, Encoding.UTF8.GetBytes(name));
        }

        using var message = Letter.Compose(mail, from, to, offset, out var note);
        DurableFile.Write(Path.Combine(folder, name), said, Letter.Bytes(message));
        DurableFile.Rename(claim, done);
        return new MailOutcome.Accepted(note);
    }
}
