using System.Text;
using MimeKit;
using Workflows.Activities.Notices;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Notices;

public sealed class EmlFolderTests : IDisposable
{
    private static readonly OutgoingMail Reminder = new(
        "D-2026-000001:reminder.1",
        "officer@town.example",
        ["leader@town.example", "centre@county.example"],
        "关于限期签收纠纷案件的提醒",
        "鲤城街道：\n\n请于2026年3月6日前签收。\n",
        new DateTimeOffset(2026, 3, 2, 1, 30, 5, TimeSpan.Zero));

    private readonly TempFolder folder = new();
    private readonly EmlFolder mailer;

    public EmlFolderTests() => mailer = new EmlFolder(folder.File("out"), "workflows@county.example");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string[] Files => [.. Directory.GetFiles(folder.File("out")).Select(f => Path.GetFileName(f)!)];

    public void Dispose()
    {
        mailer.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_mail_becomes_one_file_that_any_mail_program_opens()
    {
        Assert.Equal(new MailOutcome.Accepted(), await mailer.Send(Reminder, Stop));

        var name = Assert.Single(Files);
        Assert.Equal("20260302T013005Z-D-2026-000001~reminder.1.eml", name);
        using var message = await MimeMessage.LoadAsync(folder.File($"out/{name}"), Stop);
        Assert.Equal(Reminder.Subject, message.Subject);
        Assert.Equal(Reminder.Body, message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal("workflows@county.example", message.From.ToString());
        Assert.Equal("officer@town.example", message.To.ToString());
        Assert.Equal(Reminder.Copies, message.Cc.Mailboxes.Select(m => m.Address));
        Assert.Equal("D-2026-000001:reminder.1@county.example", message.MessageId);
        Assert.Equal(Reminder.Key, message.Headers["X-Workflows-Key"]);
        Assert.Equal((Reminder.At, TimeSpan.FromHours(8)), (message.Date, message.Date.Offset));
        Assert.Null(message.Headers[HeaderId.Importance]);
    }

    [Fact]
    public async Task The_same_mail_is_the_same_bytes()
    {
        using var other = new EmlFolder(folder.File("other"), "workflows@county.example");
        await mailer.Send(Reminder, Stop);
        await other.Send(Reminder with { At = Reminder.At.ToOffset(TimeSpan.FromHours(-5)) }, Stop);

        var first = await File.ReadAllBytesAsync(Directory.GetFiles(folder.File("out"))[0], Stop);
        var second = await File.ReadAllBytesAsync(Directory.GetFiles(folder.File("other"))[0], Stop);

        Assert.Equal(first, second);
        var text = Encoding.ASCII.GetString(first);
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_is_said_once_whatever_else_differs()
    {
        await mailer.Send(Reminder, Stop);
        using var restarted = new EmlFolder(folder.File("out"), "workflows@county.example");

        var again = await restarted.Send(Reminder with { At = Reminder.At.AddDays(1), To = "other@town.example" }, Stop);

        Assert.Equal(new MailOutcome.Repeated(), again);
        Assert.Single(Files);
    }

    [Fact]
    public async Task A_file_that_somebody_took_away_does_not_come_back()
    {
        await mailer.Send(Reminder, Stop);
        File.Delete(folder.File($"out/{Files[0]}"));

        Assert.Equal(new MailOutcome.Repeated(), await mailer.Send(Reminder, Stop));
        Assert.Empty(Files);
    }

    [Fact]
    public async Task After_a_crash_in_between_the_next_attempt_writes_the_same_file()
    {
        await mailer.Send(Reminder, Stop);
        var name = Files[0];
        var mark = Path.Combine(folder.File("out/said"), "D-2026-000001~reminder.1");
        await File.WriteAllTextAsync(mark + ".claim", name, Stop);
        File.Delete(mark + ".done");

        var again = await mailer.Send(Reminder with { At = Reminder.At.AddHours(1) }, Stop);

        Assert.Equal(new MailOutcome.Accepted(), again);
        Assert.Equal([name], Files);
    }

    [Fact]
    public async Task Keys_that_differ_in_one_sign_are_two_mails()
    {
        await mailer.Send(Reminder with { Key = "a:b" }, Stop);
        await mailer.Send(Reminder with { Key = "a_b" }, Stop);
        await mailer.Send(Reminder with { Key = "a-b" }, Stop);

        Assert.Equal(3, Files.Length);
    }

    [Fact]
    public async Task One_key_at_once_from_many_is_one_file()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            i => Task.Run(() => mailer.Send(Reminder with { At = Reminder.At.AddSeconds(i) }, Stop))));

        Assert.Single(outcomes, o => o is MailOutcome.Accepted);
        Assert.Single(Files);
    }

    [Fact]
    public async Task An_urgent_mail_is_marked_and_a_bad_copy_is_named()
    {
        var outcome = await mailer.Send(Reminder with { Urgent = true, Copies = ["nobody", "leader@town.example"] }, Stop);

        Assert.Equal(new MailOutcome.Accepted("nobody: no mail address"), outcome);
        using var message = await MimeMessage.LoadAsync(folder.File($"out/{Files[0]}"), Stop);
        Assert.Equal(MessageImportance.High, message.Importance);
        Assert.Equal("leader@town.example", message.Cc.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b@c@")]
    [InlineData("@town.example")]
    [InlineData("one@town.example, two@town.example")]
    [InlineData("a@town.example\r\nBcc: b@town.example")]
    public async Task A_bad_address_is_refused_for_good(string to)
    {
        Assert.IsType<MailOutcome.Refused>(await mailer.Send(Reminder with { To = to }, Stop));
        Assert.Empty(Files);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../up")]
    [InlineData("a b")]
    [InlineData("键")]
    public async Task A_bad_key_is_a_mistake_of_the_program(string key) =>
        await Assert.ThrowsAsync<ArgumentException>(() => mailer.Send(Reminder with { Key = key }, Stop));

    [Fact]
    public async Task A_subject_is_one_line()
    {
        await mailer.Send(Reminder with { Subject = "一\r\nBcc: b@town.example" }, Stop);

        using var message = await MimeMessage.LoadAsync(folder.File($"out/{Files[0]}"), Stop);
        Assert.Equal("一 Bcc: b@town.example", message.Subject);
        Assert.Empty(message.Bcc);
    }

    [Fact]
    public void A_printed_mail_shows_its_key_only() => Assert.Equal("mail D-2026-000001:reminder.1", $"{Reminder}");
}
