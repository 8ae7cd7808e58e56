using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

public sealed class GivingUp
{
    private static readonly FlowDefinition Listener = FlowDefinition.Of<Order, string>("Listener", async (flow, order) =>
    {
        var first = await flow.Next<Note>();
        return $"{order.Name} {first!.Body.Text} {(await flow.Next<Note>())!.Body.Text}";
    });

    private static readonly FlowDefinition Caller = FlowDefinition.Of<Order, string>("Caller", async (flow, order) =>
    {
        try
        {
            return await flow.Call(new Greet(order.Name), new Retry(9, TimeSpan.Zero, 1, TimeSpan.Zero, TimeSpan.FromDays(9)));
        }
        catch (ActivityFailedException failed)
        {
            return $"{failed.Attempts} {failed.Reason}";
        }
    });

    /// <summary>Its text is a number, which nobody can read as a <see cref="Note"/>.</summary>
    private sealed record Odd(int Text);

    private static async Task<DeadLetter> OnlyLetter(Sandbox box) =>
        Assert.Single((await box.Engine.DeadLetters(cancellation: Cancelled)).Letters);

    /// <summary>A flow that was sent a command which it cannot read, five times.</summary>
    private static async Task<EmbeddedEngine> GiveUpACommand(Sandbox box)
    {
        var engine = await box.Open(Listener);
        await engine.Start("Listener", "f", new Order("x"), cancellation: Cancelled);
        await engine.Send("f", "odd", new Odd(5), Cancelled);
        await engine.Send("f", "good", new Note("a"), Cancelled);
        for (var tries = 1; tries < 5; tries++)
        {
            await box.Idle();
            Assert.Equal(FlowState.Blocked, (await box.Info("f")).State);
            Assert.Empty((await engine.DeadLetters(cancellation: Cancelled)).Letters);
            engine = await box.Open(Listener);
            await engine.Retry("f", "once more", Cancelled);
        }

        await box.Idle();
        return engine;
    }

    [Fact]
    public async Task A_command_that_cannot_be_read_is_put_aside_after_five_tries_and_the_flow_goes_on()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var engine = await GiveUpACommand(box);

        Assert.Equal((FlowState.Running, "command", null), ((await box.Info("f")).State, (await box.Info("f")).WaitsFor, (await box.Info("f")).Incident));
        var letter = await OnlyLetter(box);
        Assert.Equal(
            ("f", "Listener", Monday, "command", "Odd", "odd", 5, """{"text":5}"""),
            (letter.FlowId, letter.Flow, letter.At, letter.Kind, letter.Name, letter.Key, letter.Tries, letter.Data!.Value.GetRawText()));
        Assert.StartsWith("Command Odd odd cannot be read as the code expects it: ", letter.Reason, StringComparison.Ordinal);
        Assert.Contains((await engine.History("f", Cancelled))!, happened => happened.Kind == "dead-letter");
        Assert.Equal(SendOutcome.Repeated, await engine.Send("f", "odd", new Note("b"), Cancelled));

        await engine.Send("f", "better", new Note("b"), Cancelled);
        await box.Idle();
        Assert.Equal("x a b", await box.ResultOf<string>("f"));
        Assert.Equal(OperateOutcome.Conflict, await engine.RetryDeadLetter(letter.Id, "too late", Cancelled));
        await engine.Purge("f", Cancelled);
        Assert.Empty((await engine.DeadLetters(cancellation: Cancelled)).Letters);
    }

    [Fact]
    public async Task A_command_is_given_back_when_the_code_can_read_it()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        await GiveUpACommand(box);
        var letter = await OnlyLetter(box);
        var mended = FlowDefinition.Of<Order, string>("Listener", async (flow, order) =>
        {
            var first = await flow.Next<Note>();
            return $"{order.Name} {first!.Body.Text} {(await flow.Next<Odd>())!.Body.Text}";
        });

        var engine = await box.Open(mended);
        Assert.Equal(OperateOutcome.Done, await engine.RetryDeadLetter(letter.Id, "the code is mended", Cancelled));
        await box.Idle();

        Assert.Equal("x a 5", await box.ResultOf<string>("f"));
        Assert.Empty((await engine.DeadLetters(cancellation: Cancelled)).Letters);
        Assert.Equal(OperateOutcome.NotFound, await engine.RetryDeadLetter(letter.Id, "again", Cancelled));
    }

    [Fact]
    public async Task A_command_that_was_given_back_is_tried_five_times_again_and_can_be_dropped()
    {
        await using var box = new Sandbox();
        var engine = await GiveUpACommand(box);
        await engine.RetryDeadLetter((await OnlyLetter(box)).Id, "perhaps", Cancelled);
        for (var tries = 1; tries < 5; tries++)
        {
            await box.Idle();
            Assert.Equal(FlowState.Blocked, (await box.Info("f")).State);
            await engine.Retry("f", "once more", Cancelled);
        }

        await box.Idle();
        var letter = await OnlyLetter(box);
        Assert.Equal(OperateOutcome.Done, await engine.DropDeadLetter(letter.Id, "nonsense", Cancelled));

        Assert.Empty((await engine.DeadLetters(cancellation: Cancelled)).Letters);
        Assert.Equal(OperateOutcome.NotFound, await engine.DropDeadLetter(letter.Id, "again", Cancelled));
        Assert.Equal(
            ["dead-letter", "dead-letter-retry", "dead-letter", "dead-letter-drop"],
            (await engine.History("f", Cancelled))!.Select(happened => happened.Kind)
                .Where(kind => kind.StartsWith("dead", StringComparison.Ordinal)));
    }

    /// <summary>Calls something during which the process dies, as often as asked; gives the engine that was opened last.</summary>
    private static async Task<EmbeddedEngine> DieDuringCall(Sandbox box, int deaths, params string[] beside)
    {
        var began = new SemaphoreSlim(0);
        var isDying = false;
        box.Probe.Answers["greet/deadly"] = async (_, cancellation) =>
        {
            began.Release();
            await Task.Delay(Timeout.Infinite, cancellation);
            return "never";
        };
        box.Options = box.Options with
        {
            AtCommit = (_, _) =>
            {
                if (isDying)
                {
                    throw new CrashException();
                }
            },
        };
        var engine = await box.Open(Caller);
        await engine.Start("Caller", "c", new Order("deadly"), cancellation: Cancelled);
        foreach (var other in beside)
        {
            await engine.Start("Caller", other, new Order(other), cancellation: Cancelled);
        }

        for (var death = 1; death <= deaths; death++)
        {
            await began.WaitAsync(Cancelled);
            isDying = true;
            await Assert.ThrowsAsync<CrashException>(
                () => engine.Start("Caller", "last-words", new Order("x"), cancellation: Cancelled));
            isDying = false;
            engine = await box.Open(Caller);
        }

        return engine;
    }

    [Fact]
    public async Task A_call_during_which_the_process_died_five_times_is_not_run_again()
    {
        await using var box = new Sandbox();
        var engine = await DieDuringCall(box, 5);
        await box.Idle();

        Assert.Equal(5, box.Probe.Runs.Count);
        var letter = await OnlyLetter(box);
        Assert.Equal(
            ("c", "call", "Greet", "greet/deadly", 5, "The process died while it ran, each time.", """{"name":"deadly"}"""),
            (letter.FlowId, letter.Kind, letter.Name, letter.Key, letter.Tries, letter.Reason, letter.Data!.Value.GetRawText()));
        var info = await box.Info("c");
        Assert.Equal(
            (FlowState.Blocked, "Call Greet greet/deadly lies in the dead letters. The process died while it ran, each time."),
            (info.State, info.Incident));
        engine = await box.Open(Caller);
        await box.Idle();
        Assert.Equal(5, box.Probe.Runs.Count);

        box.Probe.Answers.Clear();
        Assert.Equal(OperateOutcome.Done, await engine.RetryDeadLetter(letter.Id, "the handler is mended", Cancelled));
        await box.Idle();

        Assert.Equal("hello deadly", await box.ResultOf<string>("c"));
        Assert.Empty((await engine.DeadLetters(cancellation: Cancelled)).Letters);
    }

    [Fact]
    public async Task Calls_that_were_only_open_beside_it_are_not_given_up_with_it()
    {
        await using var box = new Sandbox();
        var isCalm = new TaskCompletionSource();
        string[] others = ["i-1", "i-2", "i-3", "i-4"];
        foreach (var other in others)
        {
            box.Probe.Answers["greet/" + other] = async (_, cancellation) =>
            {
                await isCalm.Task.WaitAsync(cancellation);
                return "hello " + other;
            };
        }

        await DieDuringCall(box, 5, others);
        isCalm.SetResult();
        await box.Idle();

        Assert.Equal("greet/deadly", (await OnlyLetter(box)).Key);
        foreach (var other in others)
        {
            Assert.Equal("hello " + other, await box.ResultOf<string>(other));
        }
    }

    [Fact]
    public async Task A_call_that_is_dropped_has_failed_for_its_flow()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var engine = await DieDuringCall(box, 5);

        Assert.Equal(OperateOutcome.Done, await engine.DropDeadLetter((await OnlyLetter(box)).Id, "it cannot be done", Cancelled));
        await box.Idle();

        Assert.Equal("5 it cannot be done", await box.ResultOf<string>("c"));
    }

    [Fact]
    public async Task A_retry_of_the_flow_gives_its_call_another_round()
    {
        await using var box = new Sandbox();
        var engine = await DieDuringCall(box, 5);
        box.Probe.Answers.Clear();

        Assert.Equal(OperateOutcome.Done, await engine.Retry("c", "the handler is mended", Cancelled));
        await box.Idle();

        Assert.Equal("hello deadly", await box.ResultOf<string>("c"));
        Assert.Empty((await engine.DeadLetters(cancellation: Cancelled)).Letters);
    }

    [Fact]
    public async Task A_restart_forgets_the_call_with_its_generation()
    {
        await using var box = new Sandbox();
        var engine = await DieDuringCall(box, 5);

        await engine.Restart("c", new Order("harmless"), "another way", Cancelled);
        await box.Idle();

        Assert.Equal("hello harmless", await box.ResultOf<string>("c"));
        Assert.Empty((await engine.DeadLetters(cancellation: Cancelled)).Letters);
    }

    [Fact]
    public async Task An_engine_that_was_closed_in_order_counts_nothing()
    {
        await using var box = new Sandbox();
        var began = new SemaphoreSlim(0);
        box.Probe.Answers["greet/long"] = async (_, cancellation) =>
        {
            began.Release();
            await Task.Delay(Timeout.Infinite, cancellation);
            return "never";
        };
        var engine = await box.Open(Caller);
        await engine.Start("Caller", "c", new Order("long"), cancellation: Cancelled);
        for (var opening = 0; opening < 8; opening++)
        {
            await began.WaitAsync(Cancelled);
            engine = await box.Open(Caller);
        }

        await began.WaitAsync(Cancelled);
        Assert.Empty((await engine.DeadLetters(cancellation: Cancelled)).Letters);
        Assert.Equal(FlowState.Running, (await box.Info("c")).State);
    }

    [Fact]
    public async Task Dead_letters_are_paged_newest_first()
    {
        await using var box = new Sandbox { Options = new("", TriesMax: 1) };
        var engine = await box.Open(Listener);
        await engine.Start("Listener", "f", new Order("x"), cancellation: Cancelled);
        for (var i = 0; i < 5; i++)
        {
            await engine.Send("f", $"{i}", new Odd(i), Cancelled);
        }

        await box.Idle();
        var first = await engine.DeadLetters(3, null, Cancelled);
        var second = await engine.DeadLetters(3, first.Next, Cancelled);

        Assert.Equal(["4", "3", "2", "1", "0"], first.Letters.Concat(second.Letters).Select(letter => letter.Key));
        Assert.Null(second.Next);
        await Assert.ThrowsAsync<ArgumentException>(() => engine.DeadLetters(3, "nonsense", Cancelled));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => engine.DeadLetters(0, null, Cancelled));
    }
}
