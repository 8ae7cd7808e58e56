using Microsoft.Extensions.Logging;
using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

public sealed class Incidents
{
    private static FlowDefinition Flow(Func<IFlow, Order, Task<string>> run) => FlowDefinition.Of("Flow", run);

    /// <summary>Runs one flow until it is blocked and gives the incident.</summary>
    private static async Task<string?> IncidentOf(Func<IFlow, Order, Task<string>> run, Sandbox? given = null)
    {
        await using var own = given is null ? new Sandbox() : null;
        var box = given ?? own!;
        var engine = await box.Open(Flow(run));
        await engine.Start("Flow", "f", new Order("x"), cancellation: Cancelled);
        await box.Idle();
        var info = await box.Info("f");
        Assert.Equal(FlowState.Blocked, info.State);
        return info.Incident;
    }

    [Fact]
    public async Task An_exception_blocks_the_flow_and_a_retry_goes_on_with_fixed_code()
    {
        await using var box = new Sandbox();
        static async Task<string> Run(IFlow flow, Order order, bool isFixed)
        {
            var said = await flow.Call(new Greet(order.Name));
            var note = await flow.Next<Note>();
            return isFixed ? $"{said} {note!.Body.Text}" : throw new InvalidOperationException("a mistake");
        }

        var engine = await box.Open(Flow((flow, order) => Run(flow, order, isFixed: false)));
        await engine.Start("Flow", "f", new Order("x"), cancellation: Cancelled);
        await box.Idle();
        await engine.Send("f", "1", new Note("a"), Cancelled);
        await box.Idle();
        Assert.Equal("InvalidOperationException: a mistake", (await box.Info("f")).Incident);
        Assert.Equal(SendOutcome.Accepted, await engine.Send("f", "2", new Note("b"), Cancelled));
        Assert.Equal(OperateOutcome.Done, await engine.Retry("f", "fixed", Cancelled));
        await box.Idle();
        Assert.Equal(FlowState.Blocked, (await box.Info("f")).State);

        engine = await box.Open(Flow((flow, order) => Run(flow, order, isFixed: true)));
        await box.Idle();
        Assert.Equal(FlowState.Blocked, (await box.Info("f")).State);
        Assert.Equal(OperateOutcome.Done, await engine.Retry("f", "fixed", Cancelled));
        await box.Idle();

        Assert.Equal("hello x a", await box.ResultOf<string>("f"));
        Assert.Equal(["greet/x"], box.Probe.Runs);
        Assert.Null((await box.Info("f")).Incident);
    }

    [Fact]
    public async Task A_first_step_that_fails_can_be_retried()
    {
        await using var box = new Sandbox();
        Assert.Equal("IOException: no", await IncidentOf((_, _) => throw new IOException("no"), box));

        var engine = await box.Open(Flow((_, order) => Task.FromResult(order.Name)));
        await engine.Retry("f", "fixed", Cancelled);
        await box.Idle();

        Assert.Equal("x", await box.ResultOf<string>("f"));
    }

    [Fact]
    public async Task Code_that_differs_from_its_history_is_blocked_and_both_sides_are_shown()
    {
        await using var box = new Sandbox();
        static Func<IFlow, Order, Task<string>> Calling(string name) => async (flow, _) =>
        {
            await flow.Call(new Greet(name));
            return (await flow.Next<Note>())!.Body.Text;
        };
        var engine = await box.Open(Flow(Calling("before")));
        await engine.Start("Flow", "f", new Order("x"), cancellation: Cancelled);
        await box.Idle();

        engine = await box.Open(Flow(Calling("after")));
        await engine.Send("f", "1", new Note("a"), Cancelled);
        await box.Idle();
        var incident = (await box.Info("f")).Incident!;
        Assert.StartsWith(
            "The code is not the one that wrote this history: at event 2 history says \"called Greet greet/before (call 1, 17 bytes,",
            incident, StringComparison.Ordinal);
        Assert.Contains("\", code did \"called Greet greet/after (call 1, 16 bytes,", incident, StringComparison.Ordinal);

        engine = await box.Open(Flow(Calling("before")));
        await engine.Retry("f", "fixed", Cancelled);
        await box.Idle();
        Assert.Equal("a", await box.ResultOf<string>("f"));
    }

    [Fact]
    public async Task Code_that_does_less_or_more_than_its_history_is_blocked()
    {
        async Task<string> Replayed(Func<IFlow, Task> with)
        {
            await using var box = new Sandbox();
            var engine = await box.Open(Flow(async (flow, _) =>
            {
                await flow.Call(new Greet("a"));
                await flow.Next<Note>();
                return "";
            }));
            await engine.Start("Flow", "f", new Order("x"), cancellation: Cancelled);
            await box.Idle();
            engine = await box.Open(Flow(async (flow, _) =>
            {
                await with(flow);
                await flow.Next<Note>();
                return "";
            }));
            await engine.Send("f", "1", new Note("a"), Cancelled);
            await box.Idle();
            return (await box.Info("f")).Incident!;
        }

        Assert.Contains("code did \"waits\"", await Replayed(_ => Task.CompletedTask), StringComparison.Ordinal);
        Assert.Contains(
            "at event 3 history says \"nothing more in this step\", code did \"called Greet greet/b",
            await Replayed(flow => Task.WhenAll(flow.Call(new Greet("a")), flow.Call(new Greet("b")))),
            StringComparison.Ordinal);
        Assert.Contains(
            "code did \"sent Note 1 to other",
            await Replayed(flow => flow.Send("other", "1", new Note("a"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_replays_differently_at_once_is_found_when_replays_are_verified()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var runs = 0;
        var incident = await IncidentOf(
            async (flow, _) => await flow.Call(new Greet($"run {++runs}")), box);

        Assert.StartsWith("Replayed at once, the code takes another path.", incident, StringComparison.Ordinal);
        Assert.Empty(box.Probe.Runs);
    }

    [Fact]
    public async Task Awaiting_what_the_engine_does_not_know_blocks_the_flow()
    {
        const string expected =
            "The code awaits something the engine does not know. A flow awaits only what IFlow gives it.";
        var foreign = new TaskCompletionSource();
        Assert.Equal(expected, await IncidentOf(async (_, _) =>
        {
            await foreign.Task;
            return "";
        }));

        // Beside an open call it shows only when the foreign task continues the code.
        await using var box = new Sandbox();
        var answer = new TaskCompletionSource<string>();
        box.Probe.Answers["greet/x"] = (_, _) => answer.Task;
        var engine = await box.Open(Flow(async (flow, order) =>
        {
            var call = flow.Call(new Greet(order.Name));
            await foreign.Task;
            return await call;
        }));
        await engine.Start("Flow", "f", new Order("x"), cancellation: Cancelled);
        foreign.SetResult();
        while ((await box.Info("f")).State == FlowState.Running)
        {
            await engine.NextDue();
        }

        Assert.Equal(expected, (await box.Info("f")).Incident);
        answer.SetResult("late");
        await box.Idle();
    }

    [Fact]
    public async Task A_missing_rule_set_blocks_the_flow_until_it_is_there_even_when_the_code_catches_it()
    {
        await using var box = new Sandbox();
        async Task<string> Run(IFlow flow, Order order)
        {
            try
            {
                return flow.Rules<Order>("v-1").Name;
            }
            catch (RulesMissingException)
            {
                return "swallowed";
            }
        }

        Assert.Equal("No rule set v-1 with Order is held here.", await IncidentOf(Run, box));
        box.Shelf.Put("v-1", new Order("ruled"));
        await box.Engine.Retry("f", "fixed", Cancelled);
        await box.Idle();

        Assert.Equal("ruled", await box.ResultOf<string>("f"));
    }

    [Fact]
    public async Task The_guard_rails_block_a_flow()
    {
        Assert.Equal("Only one wait may be open at a time.", await IncidentOf(async (flow, _) =>
        {
            await Task.WhenAll(flow.Next<Note>(), flow.Next<Note>());
            return "";
        }));
        Assert.Equal("A status has at most 4,000 characters, this one 4,012.", await IncidentOf((flow, _) =>
        {
            flow.Status(new { text = new string('ä', 4_001) });
            return Task.FromResult("");
        }));
        Assert.Equal("The request Greet has 4,000,011 bytes; at most 4,000,000 are taken.", await IncidentOf(
            (flow, _) => flow.Call(new Greet(new string('x', 4_000_000)))));
        Assert.Equal("The flow's result has 4,000,002 bytes; at most 4,000,000 are taken.", await IncidentOf(
            (_, _) => Task.FromResult(new string('x', 4_000_000))));
        Assert.Equal("The flow did not return right after Restart.", await IncidentOf(async (flow, order) =>
        {
            flow.Restart(order);
            return await flow.Call(new Greet("a"));
        }));
        Assert.Equal("No flow is called Nobody and takes Order.", await IncidentOf(async (flow, order) =>
        {
            await flow.Start("Nobody", "n", order);
            return "";
        }));
        Assert.Equal(
            "A flow's id has 1 to 100 characters of A-Z, a-z, 0-9 and . _ : - (\"a b\").",
            await IncidentOf(async (flow, order) =>
            {
                await flow.Start("Flow", "a b", order);
                return "";
            }));
    }

    [Fact]
    public async Task A_generation_that_grows_too_long_is_warned_of_and_then_blocked()
    {
        var log = new Lines();
        await using var box = new Sandbox { Logger = log };
        var incident = await IncidentOf(
            async (flow, _) =>
            {
                while (flow.Recorded < 2_000)
                {
                    await flow.Next<Note>(flow.Now);
                }

                await flow.Call(new Greet("rest"));
                while (true)
                {
                    await flow.Next<Note>(flow.Now);
                }
            },
            box);

        Assert.Equal("A generation records at most 10,000 events; the flow has to Restart in time.", incident);
        Assert.Contains("Warning Flow Flow f has recorded 2001 events; it blocks at 10000", log.All);
    }

    [Fact]
    public async Task A_log_line_is_written_once()
    {
        var log = new Lines();
        await using var box = new Sandbox { Logger = log, Options = new("", VerifyReplay: true) };
        var flow = Flow(async (flow, order) =>
        {
            flow.Log("Before {Name}", order.Name);
            await flow.Next<Note>();
            flow.Log("After {Name} {Missing}", order.Name);
            return "done";
        });
        var engine = await box.Open(flow);
        await engine.Start("Flow", "f", new Order("x"), cancellation: Cancelled);
        engine = await box.Open(flow);
        await engine.Send("f", "1", new Note("a"), Cancelled);
        await box.Idle();

        Assert.Equal("done", await box.ResultOf<string>("f"));
        Assert.Equal(1, log.All.Count(line => line == "Information Before x"));
    }

    private sealed class Lines : ILogger
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => All.Add($"{logLevel} {formatter(state, exception)}");
    }
}
