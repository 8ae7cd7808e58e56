using Workflows.Engine.Tests.Simulation;
using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests.Faults;

/// <summary>Clocks that are set while flows wait.</summary>
public sealed class ClockFaults
{
    private static readonly FlowDefinition Diary = FlowDefinition.Of<Order, List<string>>("Diary", async (flow, _) =>
    {
        var until = flow.Now.AddMinutes(30);
        var lines = new List<string>();
        var call = flow.Call(new Greet("x"), Retry.Standard with { Timeout = TimeSpan.FromDays(9) });
        while (lines.Count < 3)
        {
            var note = await flow.Next<Note>(until);
            lines.Add($"{note?.Body.Text ?? "date"} {flow.Now:HH:mm} {call.IsCompleted}");
            if (note is null)
            {
                break;
            }
        }

        return lines;
    });

    private static async Task<(EmbeddedEngine Engine, Stepped Seam)> Open(
        Sandbox box, SimulatedTime time, List<Action>? held = null)
    {
        var seam = new Stepped { Held = held };
        var engine = await EmbeddedEngine.Open(
            new EngineOptions(box.File) { Seam = seam },
            new FlowTable(Diary),
            box.Probe.Activities,
            box.Shelf,
            time,
            box.Logger,
            Cancelled);
        await seam.Answer(engine.Start("Diary", "d", new Order("x"), cancellation: Cancelled));
        return (engine, seam);
    }

    private static async Task<string> Lines(EmbeddedEngine engine) =>
        (await engine.Get("d", Cancelled))!.Result?.GetRawText() ?? "waits";

    [Fact]
    public async Task A_clock_that_leaps_ahead_is_noticed_within_a_minute_though_no_timer_hears_of_it()
    {
        await using var box = new Sandbox();
        var time = new SimulatedTime(Monday);
        var (engine, seam) = await Open(box, time);
        await using var _ = engine;

        time.Leap(TimeSpan.FromHours(2));
        time.Pass(TimeSpan.FromMinutes(1));
        seam.Turn();

        Assert.Equal("""["date 10:01 True"]""", await Lines(engine));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_makes_nothing_early_and_no_moment_older()
    {
        await using var box = new Sandbox();
        var time = new SimulatedTime(Monday);
        var (engine, seam) = await Open(box, time);
        await using var _ = engine;

        time.Leap(TimeSpan.FromHours(-2));
        time.Pass(TimeSpan.FromMinutes(149));
        seam.Turn();
        await seam.Answer(engine.Send("d", "1", new Note("a"), Cancelled));
        Assert.Equal("waits", await Lines(engine));
        time.Pass(TimeSpan.FromMinutes(1));
        seam.Turn();

        Assert.Equal("""["a 08:29 True","date 08:30 True"]""", await Lines(engine));
    }

    [Fact]
    public async Task A_result_two_commands_and_a_date_in_one_batch_come_in_this_order()
    {
        await using var box = new Sandbox();
        var time = new SimulatedTime(Monday);
        var (engine, seam) = await Open(box, time, held: []);
        await using var _ = engine;

        var first = engine.Send("d", "1", new Note("a"), Cancelled);
        time.Pass(TimeSpan.FromMinutes(30));
        var second = engine.Send("d", "2", new Note("b"), Cancelled);
        seam.Held!.ForEach(run => run());
        seam.Turn();
        await Task.WhenAll(first, second);

        Assert.Equal("""["a 08:30 True","b 08:30 True","date 08:30 True"]""", await Lines(engine));
    }

    [Fact]
    public async Task A_command_that_a_flow_sends_itself_is_read_though_nothing_else_comes()
    {
        await using var box = new Sandbox();
        var seam = new Stepped();
        box.Options = new EngineOptions("") { Seam = seam };
        var engine = await box.Open(FlowDefinition.Of<Order, string>("Self", async (flow, _) =>
        {
            await flow.Call(new Greet("x"));
            await flow.Send(flow.Id, "1", new Note("to myself"));
            return (await flow.Next<Note>())!.Body.Text;
        }));

        await seam.Answer(engine.Start("Self", "s", new Order("x"), cancellation: Cancelled));

        Assert.Equal("to myself", await box.ResultOf<string>("s"));
    }

    [Fact]
    public async Task A_wait_longer_than_any_clock_counts_holds_up_its_own_call_only()
    {
        await using var box = new Sandbox();
        var seam = new Stepped();
        box.Options = new EngineOptions("") { Seam = seam };
        box.Probe.Answers["greet/x"] = (_, _) => throw new IOException("down");
        var forever = new Retry(9, TimeSpan.MaxValue, double.NaN, TimeSpan.MaxValue, TimeSpan.MaxValue);
        var engine = await box.Open(FlowDefinition.Of<Order, string>(
            "Patient", (flow, order) => flow.Call(new Greet(order.Name), forever)));

        await seam.Answer(engine.Start("Patient", "p", new Order("x"), cancellation: Cancelled));
        await seam.Answer(engine.Start("Patient", "q", new Order("y"), cancellation: Cancelled));

        Assert.Equal("call Greet", (await box.Info("p")).WaitsFor);
        Assert.Equal("hello y", await box.ResultOf<string>("q"));
    }
}
