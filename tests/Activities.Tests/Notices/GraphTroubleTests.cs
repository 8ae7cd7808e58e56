using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions.Authentication;
using Workflows.Activities.Notices;

namespace Workflows.Activities.Tests.Notices;

public sealed class GraphTroubleTests : GraphStory
{
    [Theory]
    [InlineData("create", 429)]
    [InlineData("send", 429)]
    [InlineData("create", 503)]
    [InlineData("send", 504)]
    public async Task A_server_that_asks_for_time_gets_it_and_is_asked_only_once(string step, int status)
    {
        Sink.Before = On(step, context =>
        {
            context.Response.Headers.RetryAfter = "17";
            return GraphSink.Refuse(context, status, "ApplicationThrottled");
        });

        var trouble = await Assert.ThrowsAsync<MailUnavailableException>(() => Mailer.Send(Reminder, Stop));

        Assert.Equal(TimeSpan.FromSeconds(17), trouble.RetryAfter);
        Assert.Equal($"Microsoft Graph answered {status} ApplicationThrottled.", trouble.Message);
        Assert.Single(Sink.Steps, s => s == step);

        Sink.Before = null;
        Assert.Equal(new MailOutcome.Accepted(), await Mailer.Send(Reminder, Stop));
        Assert.Single(Sink.Sent);
    }

    [Fact]
    public async Task A_recipient_that_does_not_exist_is_refused_every_time_and_leaves_nothing()
    {
        var mail = Reminder with { To = "perm-officer@town.example", Copies = [] };

        Assert.Equal(new MailOutcome.Refused("400 ErrorInvalidRecipients"), await Mailer.Send(mail, Stop));
        Assert.Equal(new MailOutcome.Refused("400 ErrorInvalidRecipients"), await Mailer.Send(mail, Stop));
        Assert.Empty(Sink.Drafts);

        Assert.Equal(new MailOutcome.Accepted(), await Mailer.Send(Reminder, Stop));
    }

    [Fact]
    public async Task A_refusal_stands_although_the_draft_cannot_be_taken_away()
    {
        Sink.Before = On("delete", context => GraphSink.Refuse(context, 503, "ServiceUnavailable"));

        var outcome = await Mailer.Send(Reminder with { To = "perm-officer@town.example", Copies = [] }, Stop);

        Assert.Equal(new MailOutcome.Refused("400 ErrorInvalidRecipients"), outcome);
    }

    [Fact]
    public async Task A_mail_that_is_too_large_is_refused()
    {
        Sink.Before = On("create", context => GraphSink.Refuse(context, 413, "ErrorMessageSizeExceeded"));

        Assert.Equal(new MailOutcome.Refused("413 ErrorMessageSizeExceeded"), await Mailer.Send(Reminder, Stop));
    }

    [Fact]
    public async Task A_copy_that_is_refused_does_not_hold_up_the_mail()
    {
        var mail = Reminder with { Copies = ["leader@town.example", "perm-leader@town.example"] };

        Assert.Equal(new MailOutcome.Accepted("copies left out: 2, 400 ErrorInvalidRecipients"), await Mailer.Send(mail, Stop));

        var message = Assert.Single(Sink.Sent);
        Assert.Equal(Reminder.To, (string?)message["toRecipients"]![0]!["emailAddress"]!["address"]);
        Assert.Empty(message["ccRecipients"]!.AsArray());
    }

    [Fact]
    public async Task A_copy_that_is_no_address_is_left_out_and_counted()
    {
        var outcome = await Mailer.Send(Reminder with { Copies = ["nobody", "leader@town.example"] }, Stop);

        Assert.Equal(new MailOutcome.Accepted("copies without a mail address: 1"), outcome);
        Assert.Single(Sink.Sent[0]["ccRecipients"]!.AsArray());
    }

    [Fact]
    public async Task A_bad_address_is_refused_without_asking_the_server()
    {
        Assert.IsType<MailOutcome.Refused>(await Mailer.Send(Reminder with { To = "nobody" }, Stop));
        Assert.Empty(Sink.Steps);
    }

    [Theory]
    [InlineData(401, "InvalidAuthenticationToken", "WORKFLOWS_GRAPH_CLIENT_ID")]
    [InlineData(403, "ErrorAccessDenied", "Mail.Send")]
    [InlineData(404, "ErrorInvalidUser", "WORKFLOWS_GRAPH_FROM")]
    [InlineData(400, "BadRequest", "400")]
    [InlineData(500, "ErrorInternalServerError", "500")]
    public async Task What_is_wrong_on_our_side_is_trouble_and_the_mail_goes_out_when_it_is_put_right(int status, string code, string words)
    {
        Sink.Before = On("create", context => GraphSink.Refuse(context, status, code));

        var trouble = await Assert.ThrowsAsync<MailUnavailableException>(() => Mailer.Send(Reminder, Stop));
        Assert.Contains(words, trouble.Message, StringComparison.Ordinal);

        Sink.Before = null;
        Assert.Equal(new MailOutcome.Accepted(), await Mailer.Send(Reminder, Stop));
    }

    [Fact]
    public async Task A_mailbox_that_is_not_there_is_trouble()
    {
        using var lost = Open(new GraphSettings("nobody@county.example"));

        var trouble = await Assert.ThrowsAsync<MailUnavailableException>(() => lost.Send(Reminder, Stop));
        Assert.Contains("404 ErrorInvalidUser", trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_trouble_and_the_next_mail_goes_out()
    {
        Sink.Before = On("create", async context => await Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var hasty = Open(Settings with { RequestTimeout = TimeSpan.FromMilliseconds(300) });

        var trouble = await Assert.ThrowsAsync<MailUnavailableException>(() => hasty.Send(Reminder, Stop));
        Assert.Contains("in time", trouble.Message, StringComparison.Ordinal);

        Sink.Before = null;
        Assert.Equal(new MailOutcome.Accepted(), await Mailer.Send(Reminder, Stop));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_trouble()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        var client = new GraphServiceClient(new AnonymousAuthenticationProvider(), $"http://127.0.0.1:{port}/v1.0");
        using var lost = new GraphMailer(client, Settings, Tables, TimeProvider.System);

        await Assert.ThrowsAsync<MailUnavailableException>(() => lost.Send(Reminder, Stop));
    }

    [Theory]
    [InlineData(200, "text/html", "<html>Sign in to this network</html>")]
    [InlineData(201, "application/json", "{\"id\":")]
    [InlineData(201, "application/json", "{}")]
    [InlineData(502, "text/html", "<html>Bad gateway</html>")]
    public async Task An_answer_of_somebody_on_the_way_is_trouble(int status, string type, string body)
    {
        Sink.Before = On("create", context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            return context.Response.WriteAsync(body);
        });

        await Assert.ThrowsAsync<MailUnavailableException>(() => Mailer.Send(Reminder, Stop));
    }

    [Fact]
    public async Task Who_gives_up_hears_that_and_not_that_the_server_failed()
    {
        var asked = new TaskCompletionSource();
        Sink.Before = On("create", async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var given = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var sending = Mailer.Send(Reminder, given.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [InlineData(400, "BadRequest")]
    [InlineData(403, "officer@town.example")]
    [InlineData(429, "ApplicationThrottled")]
    public async Task No_trouble_names_a_person_a_subject_or_a_token(int status, string code)
    {
        Sink.Before = On("create", context => GraphSink.Refuse(
            context, status, code, $"{Reminder.To} {Reminder.Subject} {GraphSink.Token}"));

        var trouble = await Assert.ThrowsAsync<MailUnavailableException>(() => Mailer.Send(Reminder, Stop));

        var said = trouble.ToString();
        Assert.Contains($"{status}", said, StringComparison.Ordinal);
        Assert.All(
            [Reminder.To, Reminder.Copies[0], Reminder.Subject, GraphSink.Token, GraphSink.Mailbox],
            secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
    }

    private static Func<string, HttpContext, Task<bool>> On(string step, Func<HttpContext, Task> answer) => async (name, context) =>
    {
        if (name != step)
        {
            return false;
        }

        try
        {
            await answer(context);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for this answer any more.
        }

        return true;
    };
}
