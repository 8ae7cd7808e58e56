using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

public sealed class StartingWithOptions
{
    private static readonly FlowDefinition Listener = Version(1);

    private static FlowDefinition Version(int number) => FlowDefinition.Of<Order, string>(
        "Listener",
        async (flow, order) =>
        {
            var begun = flow.Now;
            var heard = new List<string>();
            while (await flow.Next<Note>() is { } note)
            {
                heard.Add(note.Body.Text);
                if (note.Body.Text == "again")
                {
                    flow.Restart(order with { Name = order.Name + "+" });
                    return "";
                }

                if (note.Body.Text == "end")
                {
                    break;
                }
            }

            return $"v{number} {order.Name} {begun:dd HH:mm} {string.Join(' ', heard)}";
        },
        number);

    [Fact]
    public async Task A_flow_for_later_exists_at_once_keeps_its_commands_and_begins_when_its_moment_comes()
    {
        await using var box = new Sandbox { Options = new("", VerifyReplay: true) };
        var engine = await box.Open(Listener);
        var at = Monday.AddDays(3);
        await engine.Start("Listener", "later", new Order("x"), new StartOptions(At: at), Cancelled);
        Assert.Equal(SendOutcome.Accepted, await engine.Send("later", "1", new Note("early"), Cancelled));
        await box.Idle();
        var info = await box.Info("later");
        Assert.Equal((FlowState.Running, "start", at), (info.State, info.WaitsFor, info.Due));
        Assert.Empty((await engine.History("later", Cancelled))!);

        engine = await box.Open(Listener);
        Assert.Equal(at, await engine.NextDue());
        await box.Until(at.AddMinutes(-1));
        Assert.Equal("start", (await box.Info("later")).WaitsFor);
        await box.Until(at);
        Assert.Equal("command", (await box.Info("later")).WaitsFor);
        await engine.Send("later", "2", new Note("end"), Cancelled);
        await box.Idle();

        Assert.Equal("v1 x 05 08:00 early end", await box.ResultOf<string>("later"));
    }

    [Fact]
    public async Task A_suspended_flow_for_later_does_not_begin_early_when_it_is_resumed()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Listener);
        var at = Monday.AddDays(1);
        await engine.Start("Listener", "later", new Order("x"), new StartOptions(At: at), Cancelled);
        await engine.Suspend("later", "a pause", Cancelled);
        Assert.Null(await engine.NextDue());
        await engine.Resume("later", "go on", Cancelled);
        await box.Idle();
        Assert.Equal("start", (await box.Info("later")).WaitsFor);

        await engine.Suspend("later", "a pause", Cancelled);
        await box.Until(at.AddHours(1));
        await engine.Resume("later", "go on", Cancelled);
        await engine.Send("later", "1", new Note("end"), Cancelled);
        await box.Idle();

        Assert.Equal("v1 x 03 09:00 end", await box.ResultOf<string>("later"));
    }

    [Fact]
    public async Task A_moment_in_the_past_is_now()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Listener);

        await engine.Start("Listener", "f", new Order("x"), new StartOptions(At: Monday.AddDays(-1)), Cancelled);
        await box.Idle();

        Assert.Equal("command", (await box.Info("f")).WaitsFor);
    }

    [Fact]
    public async Task Tags_stay_with_the_flow_over_a_restart_and_go_with_it()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Listener);
        var tags = new Dictionary<string, string> { ["town"] = "Oberdorf", ["a.b"] = "漢字 = x", ["empty"] = "" };
        await engine.Start("Listener", "f", new Order("x"), new StartOptions(Tags: tags), Cancelled);
        await engine.Send("f", "1", new Note("again"), Cancelled);
        await box.Open(Listener);
        await box.Idle();

        engine = box.Engine;
        Assert.Equal("a.b: 漢字 = x, empty: , town: Oberdorf", Shown((await box.Info("f")).Tags));
        Assert.Single((await engine.List(new FlowFilter(Tag: "a.b=漢字 = x"), cancellation: Cancelled)).Flows);
        await engine.Terminate("f", "enough", cancellation: Cancelled);
        await engine.Start("Listener", "f", new Order("x"), new StartOptions(UsedId.ReplaceEnded), Cancelled);

        Assert.Null((await box.Info("f")).Tags);
        Assert.Empty((await engine.List(new FlowFilter(Tag: "town=Oberdorf"), cancellation: Cancelled)).Flows);
    }

    private static string Shown(IReadOnlyDictionary<string, string>? tags) =>
        string.Join(", ", tags!.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}: {tag.Value}"));

    [Fact]
    public async Task Tags_beyond_the_guard_rails_are_refused()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Listener);
        async Task<string> Refused(params (string Key, string Value)[] tags) =>
            (await Assert.ThrowsAsync<FlowRefusedException>(() => engine.Start(
                "Listener", "f", new Order("x"), new StartOptions(Tags: tags.ToDictionary(tag => tag.Key, tag => tag.Value)), Cancelled))).Message;

        Assert.Equal(
            "A flow has at most 20 tags, not 21.",
            await Refused([.. Enumerable.Range(0, 21).Select(i => ($"k{i}", ""))]));
        Assert.StartsWith("A tag's key has 1 to 50 characters", await Refused(("a=b", "")), StringComparison.Ordinal);
        Assert.StartsWith("The value of the tag a has at most 200", await Refused(("a", new string('x', 201))), StringComparison.Ordinal);
        Assert.StartsWith("The value of the tag a has at most 200", await Refused(("a", "\n")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_versions_run_side_by_side_and_a_flow_keeps_its_own_over_restart_and_reopening()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Version(1), Version(2));
        await engine.Start("Listener", "old", new Order("x"), new StartOptions(Version: 1), Cancelled);
        await engine.Start("Listener", "new", new Order("x"), cancellation: Cancelled);
        await engine.Send("old", "1", new Note("again"), Cancelled);

        engine = await box.Open(Version(1), Version(2), Version(3));
        await engine.Send("old", "2", new Note("end"), Cancelled);
        await engine.Send("new", "2", new Note("end"), Cancelled);
        await box.Idle();

        Assert.Equal("v1 x+ 02 08:00 end", await box.ResultOf<string>("old"));
        Assert.Equal("v2 x 02 08:00 end", await box.ResultOf<string>("new"));
        var refusal = await Assert.ThrowsAsync<FlowRefusedException>(
            () => engine.Start("Listener", "f", new Order("x"), new StartOptions(Version: 4), Cancelled));
        Assert.Equal("Listener has no version 4.", refusal.Message);
    }

    [Fact]
    public async Task A_flow_whose_version_is_gone_is_blocked_and_goes_on_once_it_is_back()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Version(1));
        await engine.Start("Listener", "f", new Order("x"), cancellation: Cancelled);
        await box.Idle();

        engine = await box.Open(Version(2));
        Assert.Equal(SendOutcome.Accepted, await engine.Send("f", "1", new Note("end"), Cancelled));
        await box.Idle();
        var info = await box.Info("f");
        Assert.Equal((FlowState.Blocked, "No flow is called Listener with version 1."), (info.State, info.Incident));
        await engine.Retry("f", "perhaps", Cancelled);
        await box.Idle();
        Assert.Equal(FlowState.Blocked, (await box.Info("f")).State);

        engine = await box.Open(Version(1), Version(2));
        await engine.Retry("f", "version 1 is back", Cancelled);
        await box.Idle();

        Assert.Equal("v1 x 02 08:00 end", await box.ResultOf<string>("f"));
    }

    [Fact]
    public async Task An_input_may_come_as_json_and_must_fit()
    {
        await using var box = new Sandbox();
        var engine = await box.Open(Listener);
        static System.Text.Json.JsonElement Json(string text) => System.Text.Json.JsonDocument.Parse(text).RootElement;

        await engine.Start("Listener", "f", Json("""{"name":"json"}"""), cancellation: Cancelled);
        await engine.Send("f", "1", new Note("end"), Cancelled);
        await box.Idle();

        Assert.Equal("v1 json 02 08:00 end", await box.ResultOf<string>("f"));
        foreach (var wrong in new[] { "null", "1", """{"name":2}""" })
        {
            var refusal = await Assert.ThrowsAsync<FlowRefusedException>(
                () => engine.Start("Listener", "g", Json(wrong), cancellation: Cancelled));
            Assert.StartsWith("Listener takes Order: ", refusal.Message, StringComparison.Ordinal);
        }
    }
}
