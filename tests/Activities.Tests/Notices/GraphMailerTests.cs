using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Workflows.Activities.Notices;

namespace Workflows.Activities.Tests.Notices;

public sealed class GraphMailerTests : GraphStory
{
    [Fact]
    public async Task A_mail_goes_out_whole_with_copies_marks_and_our_sign_in()
    {
        Assert.Equal(new MailOutcome.Accepted(), await Mailer.Send(Reminder with { Urgent = true }, Stop));

        var message = Assert.Single(Sink.Sent);
        Assert.Equal(Reminder.Subject, (string?)message["subject"]);
        Assert.Equal("text", (string?)message["body"]!["contentType"]);
        Assert.Equal(Reminder.Body.ReplaceLineEndings("\r\n"), (string?)message["body"]!["content"]);
        Assert.Equal([Reminder.To], Addresses(message, "toRecipients"));
        Assert.Equal(Reminder.Copies, Addresses(message, "ccRecipients"));
        Assert.Equal("high", (string?)message["importance"]);
        Assert.Equal("<D-2026-000001~reminder.1@county.example>", (string?)message["internetMessageId"]);
        var headers = message["internetMessageHeaders"]!.AsArray().ToDictionary(h => (string)h!["name"]!, h => (string)h!["value"]!);
        Assert.Equal(Reminder.Key, headers["x-workflows-key"]);
        Assert.All(headers.Keys, name => Assert.StartsWith("x-", name, StringComparison.Ordinal));
        Assert.Equal(["create", "send"], Sink.Steps);
        Assert.All(Sink.SignIns, signIn => Assert.Equal($"Bearer {GraphSink.Token}", signIn));
    }

    [Fact]
    public async Task A_mail_that_is_not_urgent_has_no_mark_and_a_subject_is_one_line()
    {
        await Mailer.Send(Reminder with { Subject = "一\r\n二" }, Stop);

        Assert.Equal("normal", (string?)Sink.Sent[0]["importance"]);
        Assert.Equal("一 二", (string?)Sink.Sent[0]["subject"]);
    }

    [Fact]
    public async Task A_repeated_key_is_not_sent_again_even_after_a_restart()
    {
        await Mailer.Send(Reminder, Stop);
        using var restarted = Open();

        Assert.Equal(new MailOutcome.Repeated(), await Mailer.Send(Reminder, Stop));
        Assert.Equal(new MailOutcome.Repeated(), await restarted.Send(Reminder with { To = "other@town.example" }, Stop));
        Assert.Equal(["create", "send"], Sink.Steps);
    }

    [Fact]
    public async Task After_a_crash_before_the_row_the_mailbox_knows_that_it_went_out()
    {
        using (var crashing = Open(tables: new CrashBeforeSent(Tables)))
        {
            await Assert.ThrowsAsync<IOException>(() => crashing.Send(Reminder, Stop));
        }

        Assert.Equal(new MailOutcome.Repeated(), await Mailer.Send(Reminder, Stop));
        Assert.Single(Sink.Sent);
        // The row says so now, and the mailbox is not asked again.
        Assert.Equal(new MailOutcome.Repeated(), await Mailer.Send(Reminder, Stop));
        Assert.Equal(["create", "send", "find"], Sink.Steps);
    }

    [Fact]
    public async Task A_lost_answer_to_the_sending_does_not_send_twice()
    {
        Sink.After = Lose("send");
        await Assert.ThrowsAsync<MailUnavailableException>(() => Mailer.Send(Reminder, Stop));
        Sink.After = null;

        Assert.Equal(new MailOutcome.Repeated(), await Mailer.Send(Reminder, Stop));
        Assert.Single(Sink.Sent);
    }

    [Fact]
    public async Task A_draft_that_was_left_is_what_is_sent_with_the_address_of_now()
    {
        Sink.After = Lose("create");
        await Assert.ThrowsAsync<MailUnavailableException>(() => Mailer.Send(Reminder, Stop));
        Assert.Single(Sink.Drafts);
        Sink.After = null;

        var corrected = Reminder with { To = "right@town.example", Copies = [] };
        Assert.Equal(new MailOutcome.Accepted(), await Mailer.Send(corrected, Stop));

        var message = Assert.Single(Sink.Sent);
        Assert.Empty(Sink.Drafts);
        Assert.Equal(["right@town.example"], Addresses(message, "toRecipients"));
        Assert.Empty(Addresses(message, "ccRecipients"));
        Assert.Equal(["create", "find", "change", "send"], Sink.Steps);
    }

    [Fact]
    public async Task What_somebody_took_out_of_the_mailbox_goes_out_rather_than_not_at_all()
    {
        Sink.After = Lose("create");
        await Assert.ThrowsAsync<MailUnavailableException>(() => Mailer.Send(Reminder, Stop));
        Sink.After = null;
        Sink.Clear();

        Assert.Equal(new MailOutcome.Accepted(), await Mailer.Send(Reminder, Stop));
        Assert.Single(Sink.Sent);
    }

    [Fact]
    public async Task One_key_at_once_from_many_is_sent_once()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            try
            {
                return await Mailer.Send(Reminder, Stop);
            }
            catch (MailUnavailableException e) when (e.RetryAfter is not null)
            {
                return new MailOutcome.Repeated();
            }
        }));

        Assert.Single(outcomes, o => o is MailOutcome.Accepted);
        Assert.Single(Sink.Sent);
    }

    [Fact]
    public async Task A_burst_has_four_requests_at_the_mailbox_at_once_and_no_more()
    {
        var four = new TaskCompletionSource();
        var waiting = 0;
        Sink.Before = async (_, _) =>
        {
            if (Interlocked.Increment(ref waiting) == 4)
            {
                four.TrySetResult();
            }

            await four.Task.WaitAsync(TimeSpan.FromSeconds(30));
            return false;
        };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Mailer.Send(Reminder with { Key = $"burst.{i}" }, Stop)));

        Assert.All(outcomes, o => Assert.Equal(new MailOutcome.Accepted(), o));
        Assert.Equal(4, Sink.AtOnceMost);
    }

    [Fact]
    public async Task The_thirty_first_mail_of_a_minute_waits_or_is_put_off_when_that_is_long()
    {
        var time = new FakeTimeProvider(Reminder.At);
        using var paced = Open(time: time);
        for (var i = 0; i < 30; i++)
        {
            await paced.Send(Reminder with { Key = $"minute.{i}" }, Stop);
        }

        var putOff = await Assert.ThrowsAsync<MailUnavailableException>(() => paced.Send(Reminder, Stop));
        Assert.Equal(TimeSpan.FromMinutes(1), putOff.RetryAfter);

        time.Advance(TimeSpan.FromSeconds(45));
        var waiting = paced.Send(Reminder, Stop);
        await Task.Delay(300, Stop);
        Assert.False(waiting.IsCompleted);
        Assert.Equal(30, Sink.Sent.Count);

        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(new MailOutcome.Accepted(), await waiting.WaitAsync(TimeSpan.FromSeconds(30), Stop));
        Assert.Equal(31, Sink.Sent.Count);
        Assert.Empty(Sink.Drafts);
    }

    private static Action<string> Lose(string step) => name =>
    {
        if (name == step)
        {
            throw new IOException("The answer is lost.");
        }
    };

    private static IEnumerable<string> Addresses(JsonObject message, string kind) =>
        message[kind]!.AsArray().Select(to => (string)to!["emailAddress"]!["address"]!);
}
