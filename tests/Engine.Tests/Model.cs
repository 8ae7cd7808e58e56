using CsCheck;
using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

/// <summary>Random lives of a few flows against a reference of thirty lines.</summary>
public sealed class Model
{
    private static readonly FlowDefinition Listener = FlowDefinition.Of<Heard, List<string>>("Listener", async (flow, heard) =>
    {
        while (await flow.Next<Note>(heard.Until) is { } note)
        {
            heard = heard with { Words = [.. heard.Words, note.Body.Text] };
            if (note.Body.Text == "again")
            {
                flow.Restart(heard with { Until = flow.Now.AddHours(3) });
                return [];
            }

            if (note.Body.Text == "call")
            {
                heard = heard with { Words = [.. heard.Words, await flow.Call(new Greet(flow.Id))] };
            }

            if (note.Body.Text == "end")
            {
                break;
            }
        }

        return heard.Words;
    });

    private sealed record Heard(DateTimeOffset Until, List<string> Words);

    private static readonly string[] Words = ["a", "b", "again", "call", "end"];

    private static readonly Gen<Act> Acts = Gen.Frequency(
        (2, Gen.Int[0, 3].Select(flow => new Act("start", flow, 0, ""))),
        (6, Gen.Select(Gen.Int[0, 3], Gen.Int[0, 9], Gen.Int[0, 4].Select(word => Words[word]))
            .Select((flow, command, word) => new Act("send", flow, command, word))),
        (2, Gen.Int[1, 180].Select(minutes => new Act("wait", 0, minutes, ""))),
        (1, Gen.Const(new Act("reopen", 0, 0, ""))),
        (1, Gen.Int[0, 3].Select(flow => new Act("suspend", flow, 0, ""))),
        (1, Gen.Int[0, 3].Select(flow => new Act("resume", flow, 0, ""))),
        (1, Gen.Int[0, 3].Select(flow => new Act("purge", flow, 0, ""))));

    private sealed record Act(string What, int Flow, int Number, string Word);

    [Fact]
    public void Random_lives_are_those_of_the_reference() =>
        Gen.Select(Acts.Array[1, 40], Gen.Int[0, 2].Select(choice => choice * 20)).Sample(
            life => Live(life.Item1, life.Item2).GetAwaiter().GetResult(), iter: 60, threads: 1);

    private static async Task Live(Act[] acts, int residents)
    {
        await using var box = new Sandbox { Options = new("", ResidentFlowsMax: residents, VerifyReplay: true) };
        var reference = new Reference();
        await box.Open(Listener);
        foreach (var act in acts)
        {
            var id = $"f-{act.Flow}";
            var now = box.Clock.GetUtcNow();
            switch (act.What)
            {
                case "start":
                    Assert.Equal(
                        reference.Start(id, now.AddHours(3)),
                        await box.Engine.Start("Listener", id, new Heard(now.AddHours(3), []), cancellation: Cancelled));
                    break;
                case "send":
                    Assert.Equal(
                        reference.Send(id, $"{act.Number}", act.Word, now),
                        await box.Engine.Send(id, $"{act.Number}", new Note(act.Word), Cancelled));
                    break;
                case "suspend":
                    Assert.Equal(reference.Suspend(id), await box.Engine.Suspend(id, "model", Cancelled));
                    break;
                case "resume":
                    Assert.Equal(reference.Resume(id, now), await box.Engine.Resume(id, "model", Cancelled));
                    break;
                case "purge":
                    Assert.Equal(reference.Purge(id), await box.Engine.Purge(id, Cancelled));
                    break;
                case "wait":
                    await box.Until(now.AddMinutes(act.Number));
                    reference.Wait(now.AddMinutes(act.Number));
                    break;
                default:
                    await box.Open(Listener);
                    break;
            }

            await box.Idle();
            var flows = (await box.Engine.List(new FlowFilter(), 50, null, Cancelled)).Flows;
            Assert.Equal(
                reference.Seen(),
                flows.OrderBy(flow => flow.Id, StringComparer.Ordinal)
                    .Select(flow => $"{flow.Id} {flow.State} {flow.Due:O} {flow.Result}"));
        }
    }

    private sealed class Reference
    {
        private readonly SortedDictionary<string, Flow> flows = new(StringComparer.Ordinal);

        public StartOutcome Start(string id, DateTimeOffset until) =>
            flows.TryAdd(id, new Flow { Until = until }) ? StartOutcome.Started : StartOutcome.Exists;

        public SendOutcome Send(string id, string command, string word, DateTimeOffset now)
        {
            if (!flows.TryGetValue(id, out var flow))
            {
                return SendOutcome.NotFound;
            }

            if (flow.State == FlowState.Completed)
            {
                return SendOutcome.Ended;
            }

            if (!flow.Seen.Add(command))
            {
                return SendOutcome.Repeated;
            }

            flow.Inbox.Enqueue(word);
            flow.Step(id, now);
            return SendOutcome.Accepted;
        }

        public OperateOutcome Suspend(string id) => Change(id, FlowState.Running, flow => flow.State = FlowState.Suspended);

        public OperateOutcome Resume(string id, DateTimeOffset now) => Change(id, FlowState.Suspended, flow =>
        {
            flow.State = FlowState.Running;
            flow.Step(id, now);
        });

        public OperateOutcome Purge(string id) => Change(id, FlowState.Completed, _ => flows.Remove(id));

        public void Wait(DateTimeOffset now)
        {
            foreach (var (id, flow) in flows)
            {
                flow.Step(id, now);
            }
        }

        public IEnumerable<string> Seen() => flows.Select(flow => $"{flow.Key} {flow.Value}");

        private OperateOutcome Change(string id, FlowState from, Action<Flow> change)
        {
            if (!flows.TryGetValue(id, out var flow))
            {
                return OperateOutcome.NotFound;
            }

            if (flow.State != from)
            {
                return OperateOutcome.Conflict;
            }

            change(flow);
            return OperateOutcome.Done;
        }
    }

    private sealed class Flow
    {
        private readonly List<string> words = [];

        public FlowState State { get; set; }

        public DateTimeOffset Until { get; set; }

        public HashSet<string> Seen { get; } = [];

        public Queue<string> Inbox { get; } = new();

        public void Step(string id, DateTimeOffset now)
        {
            while (State == FlowState.Running && Inbox.TryDequeue(out var word))
            {
                words.Add(word);
                switch (word)
                {
                    case "again":
                        Until = now.AddHours(3);
                        break;
                    case "call":
                        words.Add("hello " + id);
                        break;
                    case "end":
                        State = FlowState.Completed;
                        break;
                    default:
                        break;
                }
            }

            if (State == FlowState.Running && Until <= now)
            {
                State = FlowState.Completed;
            }
        }

        public override string ToString() => State == FlowState.Completed
            ? $"{State}  {System.Text.Encoding.UTF8.GetString(Wire.Write(words))}"
            : $"{State} {Until:O} ";
    }
}
