using Workflows.Engine.Operations;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine.Tests.Simulation;

/// <summary>How a run ends and what it is measured by.</summary>
internal sealed partial class SimulatedRun
{
    private const int RoundsMax = 3_000;

    /// <summary>The faults stop: within a bound everything that was started has ended.</summary>
    private void Calm()
    {
        Say("calm");
        Kill(isHard: random.Next(2) == 0);
        CheckFile();
        Open();
        invariants.Operated.Clear();
        for (var round = 0; round < RoundsMax; round++)
        {
            TurnUntilParked(10_000);
            Hold();
            if (snapshot.Flows.All(flow => flow.IsEnded) && attempts.Count == 0 && world.Slow.Count == 0)
            {
                return;
            }

            if (attempts.Count > 0)
            {
                Begin(random.Next(attempts.Count), Death.None);
            }
            else if (world.Slow.Count > 0)
            {
                world.Answer(random.Next(world.Slow.Count));
            }
            else if (snapshot.Flows.FirstOrDefault(flow => flow.State is FlowState.Suspended or FlowState.Blocked) is { } stopped)
            {
                Ask($"go on {stopped.Id}", engine => stopped.State == FlowState.Suspended
                    ? engine.Resume(stopped.Id, "calm")
                    : stopped.Dead.Find(letter => letter.Call > 0) is { Letter: > 0 } dead
                    ? engine.RetryDeadLetter(dead.Letter, "calm")
                    : engine.Retry(stopped.Id, "calm"));
            }
            else
            {
                var due = Due();
                var patience = world.Hanging > 0 ? time.GetUtcNow() + World.Patience : (DateTimeOffset?)null;
                if ((due < patience ? due : patience ?? due) is not { } next)
                {
                    break;
                }

                time.Pass(next > time.GetUtcNow() ? next - time.GetUtcNow() : TimeSpan.FromTicks(1));
            }
        }

        throw new InvalidOperationException("does not come to an end: " + string.Join(", ", snapshot.Flows
            .Where(flow => !flow.IsEnded).Select(flow => $"{flow.Id} {flow.State} waits for {flow.Waits} {flow.Due}")));
    }

    /// <summary>What an operator's check of the file says of it as it lies there.</summary>
    private void CheckFile()
    {
        foreach (var problem in StoreCheck.Run(file, Lives.Flows, new Shelf()).SelectMany(found => found.Problems))
        {
            invariants.Check(false, problem);
        }
    }

    /// <summary>Everything that reads the file agrees about it.</summary>
    private void Audit()
    {
        foreach (var flow in snapshot.Flows)
        {
            invariants.Check(flow.State != FlowState.Blocked || IsDeserved(flow), $"{flow.Id}: {flow.Incident}");
            if (Replays.Problem(flow) is { } problem)
            {
                invariants.Check(false, problem);
            }

            invariants.Check(
                flow.IsEnded || flow.IsReady || flow.State != FlowState.Running || flow.Waits is not null,
                $"{flow.Id}: waits for nothing");
            var info = Get(engine!.Get(flow.Id))!;
            invariants.Check(
                (info.State, info.WaitsFor, info.Due?.UtcTicks, info.Incident) == (flow.State, flow.Waits, flow.Due, flow.Incident),
                $"{flow.Id}: shown otherwise than stored");
            invariants.Check(
                Get(engine.History(flow.Id))!.Where(item => item.Number > 0).Select(item => item.Kind)
                    .SequenceEqual(flow.Events.Select(item => Codes.Word(item.Kind))),
                $"{flow.Id}: its history is shown otherwise than stored");
        }

        var letters = Get(engine!.DeadLetters(200)).Letters.Select(letter => letter.Id);
        invariants.Check(
            letters.Order().SequenceEqual(snapshot.Flows.SelectMany(flow => flow.Dead).Select(letter => letter.Letter).Order()),
            "the dead letters are shown otherwise than stored");
        Listed(new FlowFilter(), _ => true);
        Listed(AnyFilter(out var fits), fits);
    }

    private FlowFilter AnyFilter(out Func<StoredFlow, bool> fits)
    {
        var state = (FlowState)random.Next(5);
        var kind = Lives.Kinds[random.Next(Lives.Kinds.Length)];
        var town = Town();
        var from = time.GetUtcNow().AddMinutes(random.Next(-60, 60));
        switch (random.Next(6))
        {
            case 0:
                fits = flow => flow.State == state;
                return new FlowFilter(State: state);
            case 1:
                fits = flow => flow.Definition == kind && flow.State == state;
                return new FlowFilter(kind, state);
            case 2:
                fits = flow => flow.Definition == kind;
                return new FlowFilter(kind);
            case 3:
                fits = flow => flow.Tags.GetValueOrDefault("town") == town && flow.Definition == kind;
                return new FlowFilter(kind, Tag: "town=" + town);
            case 4:
                fits = flow => flow.Waits == "command or date";
                return new FlowFilter(WaitsFor: "command or date");
            default:
                fits = flow => flow.Due >= from.UtcTicks;
                return new FlowFilter(DueFrom: from);
        }
    }

    private void Listed(FlowFilter filter, Func<StoredFlow, bool> fits)
    {
        var listed = new List<FlowInfo>();
        string? after = null;
        do
        {
            var page = Get(engine!.List(filter, 3, after));
            listed.AddRange(page.Flows);
            after = page.Next;
        }
        while (after is not null);
        var expected = snapshot.Flows.Where(fits);
        expected = filter.DueFrom is null
            ? expected.OrderByDescending(flow => flow.Number)
            : expected.OrderBy(flow => flow.Due).ThenBy(flow => flow.Number);
        invariants.Check(
            listed.Select(flow => $"{flow.Id} {flow.State}").SequenceEqual(expected.Select(flow => $"{flow.Id} {flow.State}")),
            $"the list differs from the flows: {filter}");
    }

    /// <summary>What a simulation gives flows to stop at.</summary>
    private static bool IsDeserved(StoredFlow flow) => flow.Incident switch
    {
        "No activity is called Do." or "No flow is called Sequence with version 1." => true,
        var incident when flow.Dead.Exists(letter => letter.Call > 0) =>
            incident!.EndsWith("lies in the dead letters. The process died while it ran, each time.", StringComparison.Ordinal),
        var incident => incident!.StartsWith("Command Odd odd-", StringComparison.Ordinal) && flow.Odd.Any(),
    };

    /// <summary>Results and effects are those of a run without faults.</summary>
    private void Compare()
    {
        foreach (var flow in snapshot.Flows.Where(flow => flow.State == FlowState.Completed))
        {
            var lines = Wire.Read<List<string>>(flow.Result);
            var started = flow.Events.First(item => item.Kind is EventKind.Started or EventKind.Restarted);
            var life = Wire.Read<Life>(started.Data);
            if (Lives.Expected(flow.Definition, flow.Version, flow.Id, life.Rounds) is { } expected)
            {
                invariants.Check(
                    lines.Count == expected.Count && lines.Zip(expected).All(pair => pair.First == pair.Second || IsDropped(pair.First)),
                    $"{flow.Id}: gave {string.Join(", ", lines)}");
            }

            // Lines with a slash are answers of the outside, each of them said once.
            var answers = lines.Where(line => line.Contains('/', StringComparison.Ordinal)).ToList();
            invariants.Check(answers.Distinct(StringComparer.Ordinal).Count() == answers.Count, $"{flow.Id}: an answer came twice");
            foreach (var answer in answers)
            {
                var key = answer.StartsWith("did ", StringComparison.Ordinal) ? answer[4..] : answer.Split(' ')[0];
                invariants.Check(answer == World.Expected(key) || IsDropped(answer), $"{flow.Id}: {answer}");
                invariants.Check(
                    IsDropped(answer) ||
                    world.Effects.ContainsKey(key) == (World.FateOf(key) != Fate.Down), $"{flow.Id}: {key} and its effect differ");
            }

            // Each command asks for what its id says.
            foreach (var read in lines.Where(line => line.StartsWith("read:c-", StringComparison.Ordinal)).Select(line => line[5..]))
            {
                invariants.Check(
                    flow.Definition == "Parent" || Lives.WordOf(read).Text is not ("call" or "beside")
                        || lines.Contains(World.Expected($"{flow.Id}/{read}"))
                        || lines.Exists(line => line.StartsWith($"{flow.Id}/{read} failed", StringComparison.Ordinal) && IsDropped(line)),
                    $"{flow.Id}: {read} was read and not done");
            }
        }
    }

    /// <summary>The flow was told that a call failed which an operator dropped.</summary>
    private bool IsDropped(string line) =>
        line.Split(' ') is [var key, "failed", ..] && invariants.Dropped.Contains(key);
}
