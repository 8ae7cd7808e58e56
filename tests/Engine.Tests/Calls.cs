using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

public sealed class Calls
{
    private static readonly Retry Twice =
        new(2, TimeSpan.FromMinutes(1), 1, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30));

    private static readonly FlowDefinition Careful = FlowDefinition.Of<Order, string>("Careful", async (flow, order) =>
    {
        try
        {
            return await flow.Call(new Greet(order.Name), Twice);
        }
        catch (ActivityFailedException failed)
        {
            await flow.Next<Note>(flow.Now.AddHours(1));
            return $"{failed.Activity} {failed.Key} {failed.Attempts} {failed.Reason}";
        }
    });

    private static readonly FlowDefinition Fan = FlowDefinition.Of<Order, string[]>("Fan", async (flow, order) =>
    {
        var first = await Task.WhenAll(order.Name.Select(letter => flow.Call(new Greet(letter.ToString()))));
        var both = await Task.WhenAll(flow.Call(new Greet("1")), flow.Call(new Greet("2")));
        return [.. first, .. both];
    });

    [Fact]
    public async Task Calls_awaited_together_run_together_and_answer_in_any_order()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var answers = "abc".ToDictionary(letter => "greet/" + letter, _ => new TaskCompletionSource<string>());
        var began = new CountdownEvent(3);
        foreach (var (key, answer) in answers)
        {
            box.Probe.Answers[key] = (_, _) =>
            {
                began.Signal();
                return answer.Task;
            };
        }

        var engine = await box.Open(Fan);
        await engine.Start("Fan", "f", new Order("abc"), cancellation: Cancelled);
        began.Wait(Cancelled);
        foreach (var key in new[] { "greet/c", "greet/a", "greet/b" })
        {
            answers[key].SetResult(key);
            await engine.NextDue();
        }

        await box.Idle();
        Assert.Equal(
            ["greet/a", "greet/b", "greet/c", "hello 1", "hello 2"], await box.ResultOf<string[]>("f"));
    }

    [Fact]
    public async Task Calls_awaited_together_go_on_after_the_file_was_reopened_and_only_open_ones_run_again()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Fan);
        var hung = new TaskCompletionSource();
        box.Probe.Answers["greet/b"] = async (_, cancellation) =>
        {
            hung.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return "never";
        };
        await engine.Start("Fan", "f", new Order("abc"), cancellation: Cancelled);
        await hung.Task;
        while ((await engine.History("f", Cancelled))!.Count(happened => happened.Kind == "result") < 2)
        {
            await engine.NextDue();
        }

        box.Probe.Answers.Clear();
        await box.Open(Fan);
        await box.Idle();

        Assert.Equal(["hello a", "hello b", "hello c", "hello 1", "hello 2"], await box.ResultOf<string[]>("f"));
        Assert.Equal(["1", "2", "a", "b", "b", "c"], box.Probe.Runs.Select(key => key[6..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_last_failure_is_delivered_as_a_fact_and_replayed_as_one()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        box.Probe.Answers["greet/x"] = (_, _) => throw new IOException("down");
        var engine = await box.Open(Careful);
        await engine.Start("Careful", "c", new Order("x"), cancellation: Cancelled);
        await box.Until(Monday.AddMinutes(30));
        Assert.Equal(2, box.Probe.Runs.Count);
        await box.Open(Careful);
        await box.Until(Monday.AddDays(1));

        Assert.Equal("Greet greet/x 2 IOException: down", await box.ResultOf<string>("c"));
        var failed = (await box.Engine.History("c", Cancelled))!.Single(happened => happened.Kind == "failed");
        Assert.Equal("""{"key":"greet/x","attempts":2,"reason":"IOException: down"}""", failed.Data!.Value.GetRawText());
    }

    [Fact]
    public async Task An_attempt_without_an_answer_is_given_up_and_its_late_answer_is_dropped()
    {
        await using var box = new Sandbox();
        var began = new TaskCompletionSource();
        var late = new TaskCompletionSource<string>();
        var cancelled = false;
        box.Probe.Answers["greet/x"] = (_, cancellation) =>
        {
            cancellation.Register(() => cancelled = true);
            began.SetResult();
            return late.Task;
        };
        var engine = await box.Open(Careful);
        await engine.Start("Careful", "c", new Order("x"), cancellation: Cancelled);
        await began.Task;

        box.Clock.Set(Monday.AddSeconds(30));
        await box.Idle();
        Assert.True(cancelled);
        Assert.Equal(Monday.AddSeconds(90), await engine.NextDue());
        box.Probe.Answers.Clear();
        late.SetResult("too late");
        await box.Until(Monday.AddSeconds(90));

        Assert.Equal("hello x", await box.ResultOf<string>("c"));
    }

    [Fact]
    public async Task No_more_attempts_run_at_once_than_allowed()
    {
        await using var box = new Sandbox { Options = new("", CallsMax: 3) };
        var running = 0;
        var most = 0;
        for (var i = 0; i < 20; i++)
        {
            box.Probe.Answers[$"greet/{i}"] = async (greet, _) =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return greet.Name;
            };
        }

        var engine = await box.Open(Careful);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => engine.Start("Careful", $"c-{i}", new Order($"{i}"), cancellation: Cancelled)));
        await box.Idle();

        Assert.InRange(most, 1, 3);
        Assert.Equal("19", await box.ResultOf<string>("c-19"));
    }

    [Fact]
    public async Task An_answer_that_is_too_large_counts_as_a_failed_attempt()
    {
        await using var box = new Sandbox();
        box.Probe.Answers["greet/x"] = (_, _) => Task.FromResult(new string('x', 4_000_000));
        var engine = await box.Open(Careful);
        await engine.Start("Careful", "c", new Order("x"), cancellation: Cancelled);
        await box.Until(Monday.AddDays(1));

        Assert.Equal(
            "Greet greet/x 2 The result of Greet has 4,000,002 bytes; at most 4,000,000 are taken.",
            await box.ResultOf<string>("c"));
    }

    [Fact]
    public async Task An_unknown_activity_blocks_the_flow_until_it_is_known()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(new FlowTable(Careful), new ActivityTable());
        await engine.Start("Careful", "c", new Order("x"), cancellation: Cancelled);
        await box.Idle();
        Assert.Equal(FlowState.Blocked, (await box.Info("c")).State);
        Assert.Equal("No activity is called Greet.", (await box.Info("c")).Incident);

        engine = await box.Open(Careful);
        Assert.Equal(OperateOutcome.Done, await engine.Retry("c", "fixed", Cancelled));
        await box.Idle();

        Assert.Equal("hello x", await box.ResultOf<string>("c"));
    }

    [Fact]
    public async Task An_activity_that_is_gone_after_reopening_blocks_the_flow_that_called_it()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Careful);
        box.Probe.Answers["greet/x"] = (_, _) => throw new IOException("down");
        await engine.Start("Careful", "c", new Order("x"), cancellation: Cancelled);
        await box.Idle();

        engine = await box.Open(new FlowTable(Careful), new ActivityTable());
        await box.Until(Monday.AddMinutes(1));
        Assert.Equal(FlowState.Blocked, (await box.Info("c")).State);
        box.Probe.Answers.Clear();
        engine = await box.Open(Careful);
        await box.Idle();
        Assert.Equal(OperateOutcome.Done, await engine.Retry("c", "fixed", Cancelled));
        await box.Idle();

        Assert.Equal("hello x", await box.ResultOf<string>("c"));
    }

    [Fact]
    public async Task A_reason_that_was_cut_within_a_character_is_recorded_all_the_same()
    {
        await using var box = new Sandbox();
        box.Probe.Answers["greet/x"] = (_, _) =>
            throw new IOException(string.Concat(Enumerable.Repeat("\U0001F4EE", 2_000)));
        var engine = await box.Open(Careful);
        await engine.Start("Careful", "c", new Order("x"), cancellation: Cancelled);
        await box.Until(Monday.AddDays(1));

        Assert.StartsWith("Greet greet/x 2 IOException: ", await box.ResultOf<string>("c"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recorded_is_the_same_at_the_same_point_of_a_replay()
    {
        var counting = FlowDefinition.Of<Order, string>("Counting", async (flow, _) =>
        {
            var counts = new List<int> { flow.Recorded };
            await Task.WhenAll(flow.Call(new Greet($"{flow.Recorded}")), flow.Call(new Greet($"{flow.Recorded}")));
            counts.Add(flow.Recorded);
            while (await flow.Next<Note>(flow.Now.AddHours(1)) is not null)
            {
                await flow.Call(new Greet($"{flow.Recorded}"));
                counts.Add(flow.Recorded);
            }

            return string.Join(' ', counts);
        });
        await using var box = new Sandbox { Options = new("", VerifyReplay: true, ResidentFlowsMax: 0) };
        var engine = await box.Open(counting);
        await engine.Start("Counting", "c", new Order("x"), cancellation: Cancelled);
        await engine.Send("c", "1", new Note("a"), Cancelled);
        await engine.Send("c", "2", new Note("b"), Cancelled);
        await box.Until(Monday.AddDays(1));

        Assert.Equal("1 5 8 11", await box.ResultOf<string>("c"));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
