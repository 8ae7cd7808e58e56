using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

public sealed class Commands
{
    /// <summary>Reads until the date; a command "again" restarts it with what was heard so far.</summary>
    private static readonly FlowDefinition Listener = FlowDefinition.Of<Heard, List<string>>("Listener", async (flow, heard) =>
    {
        while (await flow.Next<Note>(heard.Until) is { } note)
        {
            var words = heard.Words.Append($"{note.CommandId}:{note.Body.Text}@{note.AcceptedAt:HH:mm}").ToList();
            heard = heard with { Words = words };
            if (note.Body.Text == "again")
            {
                flow.Restart(heard);
                return [];
            }

            if (note.Body.Text == "call")
            {
                await flow.Call(new Greet("between"), Patient);
            }
        }

        return heard.Words;
    });

    private static readonly Retry Patient =
        new(1, TimeSpan.Zero, 1, TimeSpan.Zero, Timeout: TimeSpan.FromDays(7));

    private sealed record Heard(DateTimeOffset Until, List<string> Words);

    private static readonly Heard OneDay = new(Monday.AddDays(1), []);

    [Fact]
    public async Task A_command_id_counts_once_over_restarts_and_reopened_files()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var engine = await box.Open(Listener);
        await engine.Start("Listener", "l", OneDay, cancellation: Cancelled);

        Assert.Equal(SendOutcome.Accepted, await engine.Send("l", "1", new Note("again"), Cancelled));
        await box.Idle();
        Assert.Equal(SendOutcome.Repeated, await engine.Send("l", "1", new Note("again"), Cancelled));
        engine = await box.Open(Listener);
        Assert.Equal(SendOutcome.Repeated, await engine.Send("l", "1", new Note("other"), Cancelled));
        Assert.Equal(SendOutcome.Accepted, await engine.Send("l", "2", new Note("b"), Cancelled));
        await box.Until(Monday.AddDays(1));

        Assert.Equal(["1:again@08:00", "2:b@08:00"], await box.ResultOf<List<string>>("l"));
    }

    [Fact]
    public async Task Sending_says_what_became_of_the_command()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Listener);
        await engine.Start("Listener", "l", OneDay with { Until = Monday }, cancellation: Cancelled);
        await box.Idle();

        Assert.Equal(SendOutcome.NotFound, await engine.Send("nobody", "1", new Note("a"), Cancelled));
        Assert.Equal(SendOutcome.Ended, await engine.Send("l", "1", new Note("a"), Cancelled));
        var large = await Assert.ThrowsAsync<FlowRefusedException>(
            () => engine.Send("l", "2", new Note(new string('x', 4_000_000)), Cancelled));
        Assert.Equal("The command Note has 4,000,011 bytes; at most 4,000,000 are taken.", large.Message);
        await Assert.ThrowsAsync<FlowRefusedException>(() => engine.Send("l", "a/b", new Note("a"), Cancelled));
    }

    [Fact]
    public async Task A_command_accepted_before_the_moment_is_read_before_it()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var engine = await box.Open(Listener);
        await engine.Start("Listener", "l", OneDay, cancellation: Cancelled);
        var answer = new TaskCompletionSource<string>();
        box.Probe.Answers["greet/between"] = (_, _) => answer.Task;
        await engine.Send("l", "1", new Note("call"), Cancelled);
        await engine.Send("l", "2", new Note("in time"), Cancelled);

        // The flow is held up by its call until after its date.
        box.Clock.Set(Monday.AddDays(1));
        await engine.Send("l", "3", new Note("at the moment"), Cancelled);
        answer.SetResult("done");
        await box.Idle();

        Assert.Equal(
            ["1:call@08:00", "2:in time@08:00", "3:at the moment@08:00"], await box.ResultOf<List<string>>("l"));
    }

    [Fact]
    public async Task A_date_that_has_come_is_reported_in_the_same_step()
    {
        var flow = FlowDefinition.Of<Order, int>("Past", async (flow, _) =>
        {
            Assert.Null(await flow.Next<Note>(flow.Now));
            Assert.Null(await flow.Next<Note>(flow.Now.AddDays(-1)));
            return flow.Recorded;
        });
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var engine = await box.Open(flow);

        await engine.Start("Past", "p", new Order("a"), cancellation: Cancelled);
        await box.Idle();

        Assert.Equal(3, await box.ResultOf<int>("p"));
        Assert.Equal(
            ["started", "date-reached", "date-reached", "completed"],
            (await engine.History("p", Cancelled))!.Select(happened => happened.Kind));
    }

    [Fact]
    public async Task A_restart_keeps_unread_commands_and_begins_a_fresh_history()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var engine = await box.Open(Listener);
        await engine.Start("Listener", "l", OneDay, cancellation: Cancelled);
        var answer = new TaskCompletionSource<string>();
        box.Probe.Answers["greet/between"] = (_, _) => answer.Task;
        await engine.Send("l", "1", new Note("call"), Cancelled);
        foreach (var (id, text) in new[] { ("2", "again"), ("3", "b"), ("4", "again"), ("5", "c") })
        {
            await engine.Send("l", id, new Note(text), Cancelled);
        }

        answer.SetResult("done");
        await box.Idle();
        Assert.Equal(
            ["restarted", "command"], (await engine.History("l", Cancelled))!.Select(happened => happened.Kind));
        await box.Open(Listener);
        await box.Until(Monday.AddDays(1));

        Assert.Equal(
            ["1:call@08:00", "2:again@08:00", "3:b@08:00", "4:again@08:00", "5:c@08:00"],
            await box.ResultOf<List<string>>("l"));
    }

    [Fact]
    public async Task A_flow_sends_to_another_once_and_learns_what_became_of_it()
    {
        var sender = FlowDefinition.Of<Order, List<SendOutcome>>("Sender", async (flow, _) =>
        {
            await flow.Start("Listener", "l", OneDay with { Until = flow.Now.AddHours(1) });
            List<SendOutcome> outcomes =
            [
                await flow.Send("l", "1", new Note("a")),
                await flow.Send("l", "1", new Note("a")),
                await flow.Send("nobody", "1", new Note("a")),
            ];
            await flow.Next<Note>(flow.Now.AddHours(2));
            outcomes.Add(await flow.Send("l", "2", new Note("b")));
            outcomes.Add(await flow.Send(flow.Id, "self", new Note("c")));
            outcomes.Add(await flow.Send(flow.Id, "self", new Note("c")));
            Assert.Equal("c", (await flow.Next<Note>())!.Body.Text);
            return outcomes;
        });
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var engine = await box.Open(Listener, sender);

        await engine.Start("Sender", "s", new Order("a"), cancellation: Cancelled);
        await box.Until(Monday.AddDays(1));

        Assert.Equal(
            [
                SendOutcome.Accepted, SendOutcome.Repeated, SendOutcome.NotFound, SendOutcome.Ended,
                SendOutcome.Accepted, SendOutcome.Repeated,
            ],
            await box.ResultOf<List<SendOutcome>>("s"));
        Assert.Equal(["1:a@08:00"], await box.ResultOf<List<string>>("l"));
    }

    [Fact]
    public async Task A_date_is_never_reached_early_and_now_never_goes_back()
    {
        var flow = FlowDefinition.Of<Order, List<DateTimeOffset>>("Dates", async (flow, _) =>
        {
            var moments = new List<DateTimeOffset>();
            for (var i = 1; i <= 20; i++)
            {
                var until = flow.Now.AddTicks(i * 7_777_777L);
                await flow.Next<Note>(until);
                moments.Add(flow.Now);
                if (flow.Now < until)
                {
                    throw new InvalidOperationException("Too early.");
                }
            }

            return moments;
        });
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var engine = await box.Open(flow);
        await engine.Start("Dates", "d", new Order("a"), cancellation: Cancelled);

        while (await engine.NextDue() is { } due)
        {
            box.Clock.Set(due.AddTicks(-1));
            await box.Idle();
            Assert.Equal(due, await engine.NextDue());
            box.Clock.Set(due);
            await box.Idle();
        }

        var moments = await box.ResultOf<List<DateTimeOffset>>("d");
        Assert.Equal(moments.Order(), moments);
        Assert.Equal(Monday.AddTicks(210 * 7_777_777L), moments[^1]);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_between_openings_does_not_turn_time_back()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Listener);
        box.Clock.Set(Monday.AddHours(5));
        await engine.Start("Listener", "l", OneDay, cancellation: Cancelled);
        await box.Close();

        box.Clock = new VirtualClock(Monday);
        engine = await box.Open(Listener);
        Assert.Equal(Monday.AddHours(5), engine.LastMoment);
        await engine.Send("l", "1", new Note("a"), Cancelled);
        await box.Until(Monday.AddDays(1));

        Assert.Equal(["1:a@13:00"], await box.ResultOf<List<string>>("l"));
    }
}
