using MimeKit;
using Workflows.Activities.Notices;
using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Notices;

[Collection(nameof(SmtpSink))]
public sealed class SmtpMailerTests : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly SmtpSink sink;
    private readonly SqliteTables tables;
    private readonly SmtpSettings settings;
    private readonly SmtpMailer mailer;
    private readonly string run = $"{Guid.NewGuid():N}";

    public SmtpMailerTests(SmtpSink sink)
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
    public async Task A_mail_arrives_with_subject_body_copies_and_a_stable_id()
    {
        var mail = Mail("officer") with { Urgent = true };

        Assert.Equal(new MailOutcome.Accepted(), await mailer.Send(mail, Stop));

        var delivery = Assert.Single(await sink.For(mail.To));
        Assert.Equal([mail.To, .. mail.Copies], delivery.To);
        Assert.Null(delivery.User);
        var message = delivery.Message;
        Assert.Equal(mail.Subject, message.Subject);
        Assert.Equal(mail.Body, message.TextBody!.ReplaceLineEndings("\n").TrimEnd('\n'));
        Assert.Equal(mail.Copies, message.Cc.Mailboxes.Select(m => m.Address));
        Assert.Equal($"{mail.Key}@county.example", message.MessageId);
        Assert.Equal(mail.Key, message.Headers["X-Workflows-Key"]);
        Assert.Equal((mail.At, TimeSpan.FromHours(8)), (message.Date, message.Date.Offset));
        Assert.Equal(MessageImportance.High, message.Importance);
    }

    [Fact]
    public async Task A_repeated_key_is_not_sent_again_even_after_a_restart()
    {
        var mail = Mail("officer");
        await mailer.Send(mail, Stop);
        await using var restarted = new SmtpMailer(settings, tables);

        Assert.Equal(new MailOutcome.Repeated(), await mailer.Send(mail, Stop));
        Assert.Equal(new MailOutcome.Repeated(), await restarted.Send(mail, Stop));

        await restarted.Send(Mail("fence"), Stop);
        await sink.For(Mail("fence").To);
        Assert.Single(await sink.For(mail.To));
    }

    [Fact]
    public async Task After_a_crash_in_between_the_mail_goes_out_again_under_the_same_id()
    {
        var mail = Mail("officer");
        await using (var crashing = new SmtpMailer(settings, new CrashBeforeSent(tables)))
        {
            await Assert.ThrowsAsync<IOException>(() => crashing.Send(mail, Stop));
        }

        Assert.Equal(new MailOutcome.Accepted(), await mailer.Send(mail, Stop));
        Assert.Equal(new MailOutcome.Repeated(), await mailer.Send(mail, Stop));

        var deliveries = await sink.For(mail.To, 2);
        Assert.Equal(2, deliveries.Count);
        Assert.Single(deliveries.Select(d => d.Message.MessageId).Distinct());
    }

    [Fact]
    public async Task A_burst_goes_over_no_more_connections_than_allowed()
    {
        await using var narrow = new SmtpMailer(settings with { SendsMax = 2 }, tables);
        var mails = Enumerable.Range(0, 12).Select(i => Mail($"burst{i}")).ToArray();

        var outcomes = await Task.WhenAll(mails.Select(m => narrow.Send(m, Stop)));

        Assert.All(outcomes, o => Assert.Equal(new MailOutcome.Accepted(), o));
        var sessions = new HashSet<string>();
        foreach (var mail in mails)
        {
            sessions.Add((await sink.For(mail.To))[0].Session);
        }

        Assert.InRange(sessions.Count, 1, 2);
    }

    [Fact]
    public async Task One_key_at_once_from_many_is_sent_once()
    {
        var mail = Mail("officer");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            try
            {
                return await mailer.Send(mail, Stop);
            }
            catch (MailUnavailableException e) when (e.RetryAfter is not null)
            {
                return new MailOutcome.Repeated();
            }
        }));

        Assert.Single(outcomes, o => o is MailOutcome.Accepted);
        await mailer.Send(Mail("fence"), Stop);
        await sink.For(Mail("fence").To);
        Assert.Single(await sink.For(mail.To));
    }

    [Fact]
    public async Task The_password_comes_from_the_environment()
    {
        var variable = $"WORKFLOWS_TEST_{run}";
        var signedIn = settings with { User = "county", PasswordVariable = variable };
        await using var with = new SmtpMailer(signedIn, tables);
        var missing = await Assert.ThrowsAsync<InvalidOperationException>(() => with.Send(Mail("officer"), Stop));
        Assert.Contains(variable, missing.Message, StringComparison.Ordinal);

        Environment.SetEnvironmentVariable(variable, "wrong");
        var wrong = await Assert.ThrowsAsync<MailUnavailableException>(() => with.Send(Mail("officer"), Stop));
        Assert.DoesNotContain("wrong\"", wrong.Message, StringComparison.Ordinal);

        Environment.SetEnvironmentVariable(variable, "right");
        Assert.Equal(new MailOutcome.Accepted(), await with.Send(Mail("officer"), Stop));
        Assert.Equal("county", (await sink.For(Mail("officer").To))[0].User);
        Environment.SetEnvironmentVariable(variable, null);
    }

    private OutgoingMail Mail(string to) => new(
        $"{run}:{to}", $"{to}.{run}@town.example", [$"leader.{run}@town.example"], "关于限期签收纠纷案件的提醒",
        "鲤城街道：\n请于2026年3月6日前签收。\n.\n以点开头的行", new DateTimeOffset(2026, 3, 2, 1, 30, 5, TimeSpan.Zero));
}
