using System.Net;
using System.Net.Sockets;
using Workflows.Activities.Notices;
using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Notices;

[Collection(nameof(SmtpSink))]
public sealed class SmtpTroubleTests : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly SmtpSink sink;
    private readonly SqliteTables tables;
    private readonly SmtpSettings settings;
    private readonly SmtpMailer mailer;
    private readonly string run = $"{Guid.NewGuid():N}";

    public SmtpTroubleTests(SmtpSink sink)
    {
        this.sink = sink;
        tables = SqliteTables.Open(folder.File("tables.db"));
        settings = new SmtpSettings("127.0.0.1", sink.Port, "workflows@county.example", SmtpTls.None);
        mailer = new SmtpMailer(settings, tables);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await mailer.DisposeAsync();
        await tables.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_temporary_no_throws_and_the_key_stays_free()
    {
        var mail = Mail("temp-officer");

        var trouble = await Assert.ThrowsAsync<MailUnavailableException>(() => mailer.Send(mail, Stop));
        Assert.Contains("451 try later", trouble.Message, StringComparison.Ordinal);

        // The connection is still good, and so is the key.
        Assert.Equal(new MailOutcome.Accepted(), await mailer.Send(mail with { To = $"officer.{run}@town.example" }, Stop));
    }

    [Fact]
    public async Task A_permanent_no_is_refused_with_the_servers_reason_every_time()
    {
        var mail = Mail("perm-officer");

        Assert.Equal(new MailOutcome.Refused("550 no such mailbox"), await mailer.Send(mail, Stop));
        Assert.Equal(new MailOutcome.Refused("550 no such mailbox"), await mailer.Send(mail, Stop));

        Assert.Equal(new MailOutcome.Accepted(), await mailer.Send(mail with { To = $"officer.{run}@town.example" }, Stop));
    }

    [Fact]
    public async Task A_text_that_the_server_does_not_want_is_refused() =>
        Assert.Equal(new MailOutcome.Refused("554 text not wanted"), await mailer.Send(Mail("spam-officer"), Stop));

    [Fact]
    public async Task A_copy_that_is_refused_does_not_hold_up_the_mail()
    {
        var mail = Mail("officer") with { Copies = [$"perm-leader.{run}@town.example", $"leader.{run}@town.example"] };

        var outcome = await mailer.Send(mail, Stop);

        Assert.Equal(new MailOutcome.Accepted($"perm-leader.{run}@town.example: 550 no such mailbox"), outcome);
        Assert.Equal([mail.To, mail.Copies[1]], Assert.Single(await sink.For(mail.To)).To);
    }

    [Fact]
    public async Task A_bad_address_is_refused_without_asking_the_server() =>
        Assert.IsType<MailOutcome.Refused>(await mailer.Send(Mail("officer") with { To = "nobody" }, Stop));

    [Fact]
    public async Task A_no_to_our_own_sender_is_trouble_and_not_the_recipients_fault()
    {
        await using var banned = new SmtpMailer(settings with { From = "banned-us@county.example" }, tables);

        await Assert.ThrowsAsync<MailUnavailableException>(() => banned.Send(Mail("officer"), Stop));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_trouble_and_the_next_mail_gets_a_new_connection()
    {
        await using var hasty = new SmtpMailer(settings with { SendTimeout = TimeSpan.FromMilliseconds(300) }, tables);

        var trouble = await Assert.ThrowsAsync<MailUnavailableException>(() => hasty.Send(Mail("slow-officer"), Stop));
        Assert.Contains("in time", trouble.Message, StringComparison.Ordinal);

        await using var patient = new SmtpMailer(settings, tables);
        Assert.Equal(new MailOutcome.Accepted(), await patient.Send(Mail("officer"), Stop));
    }

    [Fact]
    public async Task A_server_that_accepts_and_says_nothing_is_trouble()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var port = ((IPEndPoint)mute.LocalEndpoint).Port;
        var hurry = settings with { Port = port, ConnectTimeout = TimeSpan.FromMilliseconds(300) };
        await using var hasty = new SmtpMailer(hurry, tables);

        await Assert.ThrowsAsync<MailUnavailableException>(() => hasty.Send(Mail("officer"), Stop));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_trouble()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        await using var lost = new SmtpMailer(settings with { Port = port }, tables);

        await Assert.ThrowsAsync<MailUnavailableException>(() => lost.Send(Mail("officer"), Stop));
    }

    [Fact]
    public async Task A_server_without_tls_is_not_spoken_to_when_tls_is_asked_for()
    {
        await using var secret = new SmtpMailer(settings with { Tls = SmtpTls.StartTls }, tables);

        await Assert.ThrowsAsync<MailUnavailableException>(() => secret.Send(Mail("officer"), Stop));
    }

    [Fact]
    public async Task Who_gives_up_hears_that_and_not_that_the_server_failed()
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var sending = mailer.Send(Mail("slow-officer"), given.Token);
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private OutgoingMail Mail(string to) => new(
        $"{run}:{to}", $"{to}.{run}@town.example", [], "提醒", "请签收。", new DateTimeOffset(2026, 3, 2, 1, 30, 5, TimeSpan.Zero));
}
