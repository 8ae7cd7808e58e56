using Workflows.Orchestrations.Durable;

namespace Workflows.Engine.Tests.Simulation;

/// <summary>A command of a simulation; what it asks for follows from its id.</summary>
public sealed record Word(string Text);

/// <summary>A command that no flow can read as a <see cref="Word"/>.</summary>
public sealed record Odd(int Text);

/// <summary>The input of every flow of a simulation.</summary>
/// <param name="Rounds">How long it goes on.</param>
/// <param name="Dates">Dates reached in earlier generations.</param>
/// <param name="Lines">What it has read and done so far; its result in the end.</param>
/// <param name="Parent">Who hears of its end.</param>
/// <param name="Weight">Nothing but long, so that the input is kept beside the history.</param>
public sealed record Life(int Rounds, int Dates, List<string> Lines, string? Parent = null, string? Weight = null);

/// <summary>The flows of a simulation: all that flow code can do, in five kinds, each with an end of its own.</summary>
internal static class Lives
{
    private const int ReadsPerGeneration = 3;

    public static readonly string[] Kinds = ["Sequence", "Fan", "Listener", "Restarter", "Parent"];

    private static readonly FlowDefinition[] Newest =
    [
        FlowDefinition.Of<Life, List<string>>("Sequence", (flow, life) => Sequence(flow, life, Steps(2, life.Rounds)), 2),
        FlowDefinition.Of<Life, List<string>>("Fan", Fan),
        FlowDefinition.Of<Life, List<string>>("Listener", (flow, life) => Listen(flow, life, readsMax: int.MaxValue)),
        FlowDefinition.Of<Life, List<string>>("Restarter", (flow, life) => Listen(flow, life, ReadsPerGeneration)),
        FlowDefinition.Of<Life, List<string>>("Parent", Parent),
    ];

    public static readonly FlowTable Flows = new(
        [.. Newest, FlowDefinition.Of<Life, List<string>>("Sequence", (flow, life) => Sequence(flow, life, Steps(1, life.Rounds)))]);

    /// <summary>As a host has it that was given the new version of Sequence in the old one's place, too early.</summary>
    public static readonly FlowTable WithoutOldVersions = new(Newest);

    /// <summary>The result of a flow that reads nothing; null for the others.</summary>
    public static List<string>? Expected(string kind, int version, string id, int rounds) => kind switch
    {
        "Sequence" => [.. Steps(version, rounds).Select(i => World.Expected($"{id}/step-{i}"))],
        "Fan" => [.. Enumerable.Range(0, rounds)
            .SelectMany(round => Enumerable.Range(0, 2 + round).Select(i => World.Expected($"{id}/fan-{round}-{i}")))],
        _ => null,
    };

    public static Word WordOf(string commandId) => new((World.Hash(commandId) % 10) switch
    {
        < 3 => "call",
        < 5 => "beside",
        < 6 => "self",
        < 7 => "end",
        _ => "note",
    });

    /// <summary>The second version goes the other way.</summary>
    private static IEnumerable<int> Steps(int version, int rounds) =>
        version == 1 ? Enumerable.Range(0, rounds) : Enumerable.Range(0, rounds).Reverse();

    private static async Task<string> Say(IFlow flow, string what)
    {
        var request = new Do(flow.Id, what);
        try
        {
            return await flow.Call(request, World.RetryOf(request.Key));
        }
        catch (ActivityFailedException failed)
        {
            return $"{failed.Key} failed after {failed.Attempts}";
        }
    }

    private static async Task<List<string>> Sequence(IFlow flow, Life life, IEnumerable<int> steps)
    {
        var lines = new List<string>();
        foreach (var step in steps)
        {
            lines.Add(await Say(flow, $"step-{step}"));
            flow.Status(new { step });
        }

        await Tell(flow, life);
        return lines;
    }

    private static async Task<List<string>> Fan(IFlow flow, Life life)
    {
        var lines = new List<string>();
        for (var round = 0; round < life.Rounds; round++)
        {
            var at = round;
            lines.AddRange(await Task.WhenAll(Enumerable.Range(0, 2 + at).Select(i => Say(flow, $"fan-{at}-{i}"))));
            flow.Status(new { round });
        }

        await Tell(flow, life);
        return lines;
    }

    private static async Task<List<string>> Listen(IFlow flow, Life life, int readsMax)
    {
        var lines = life.Lines.ToList();
        var dates = life.Dates;
        var beside = new List<Task<string>>();
        for (var reads = 0; dates < life.Rounds && !lines.Contains("the end"); reads++)
        {
            if (reads == readsMax)
            {
                lines.AddRange(await Task.WhenAll(beside));
                flow.Restart(life with { Dates = dates, Lines = lines });
                return lines;
            }

            var word = await flow.Next<Word>(flow.Now.AddMinutes(45));
            lines.Add(word is null ? "date" : "read:" + word.CommandId);
            switch (word?.Body.Text)
            {
                case null:
                    dates++;
                    lines.Add(await Say(flow, $"date-{dates}"));
                    break;
                case "call":
                    lines.Add(await Say(flow, word.CommandId));
                    break;
                case "beside":
                    beside.Add(Say(flow, word.CommandId));
                    break;
                case "self":
                    lines.Add("sent:" + await flow.Send(flow.Id, "self-" + word.CommandId, new Word("note")));
                    break;
                case "end":
                    lines.Add("the end");
                    break;
                default:
                    break;
            }

            flow.Status(new { lines.Count });
        }

        lines.AddRange(await Task.WhenAll(beside));
        await Tell(flow, life);
        return lines;
    }

    private static async Task<List<string>> Parent(IFlow flow, Life life)
    {
        var lines = new List<string>();
        var children = new[] { flow.Id + ".0", flow.Id + ".1" };
        await flow.Start("Restarter", children[0], new Life(life.Rounds, 0, [], flow.Id));
        await flow.Start("Fan", children[1], new Life(life.Rounds, 0, [], flow.Id));
        await flow.Start("Sequence", children[0], new Life(1, 0, []));
        foreach (var command in new[] { "up-1", "up-2", "up-1" })
        {
            lines.Add("sent:" + await flow.Send(children[0], command, new Word("note")));
        }

        lines.Add("sent:" + await flow.Send(flow.Id + ".none", "up-1", new Word("note")));
        lines.Add(await Say(flow, "middle"));
        lines.Add("sent:" + await flow.Send(children[0], "up-3", new Word("call")));
        for (var ends = 0; ends < 2;)
        {
            var word = await flow.Next<Word>(flow.Now.AddHours(3));
            lines.Add(word is null ? "date" : "read:" + word.CommandId);
            ends += word is null ? 2 : word.CommandId.StartsWith("ended-", StringComparison.Ordinal) ? 1 : 0;
        }

        return lines;
    }

    private static async Task Tell(IFlow flow, Life life)
    {
        if (life.Parent is not null)
        {
            await flow.Send(life.Parent, "ended-" + flow.Id, new Word("note"));
        }
    }
}
