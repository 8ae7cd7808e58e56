using Workflows.Orchestrations.Durable;

namespace Workflows.Engine.Tests.Simulation;

/// <summary>What can happen.</summary>
internal sealed partial class SimulatedRun
{
    private const int CommandIds = 12;

    private readonly HashSet<string> replaced = new(StringComparer.Ordinal);

    private static readonly string Weight = new('x', Limits.PayloadBytesInline);

    private string AnyFlow() => $"s{seed}-{(char)('a' + random.Next(5))}{(random.Next(6) == 0 ? ".0" : "")}";

    private void Act()
    {
        switch (random.Next(100))
        {
            case < 34:
                Batch();
                break;
            case < 60:
                Attempt();
                break;
            case < 70:
                Pass();
                break;
            case < 73:
                time.Leap(TimeSpan.FromMinutes(random.Next(-90, 90)));
                Say($"the clock is set to {time.GetUtcNow():O}");
                break;
            case < 77:
                Again();
                break;
            case < 81:
                failingCommits = random.Next(1, 4);
                break;
            case < 87:
                crash = (random.Next(2) == 0 ? CommitPoint.Before : CommitPoint.After, random.Next(3), random.Next(2) == 0);
                break;
            case < 90:
                Kill(random.Next(2) == 0);
                Open();
                break;
            case < 92:
                Kill(isHard: false);
                Open(isWhole: random.Next(3) > 0);
                break;
            default:
                TurnUntilParked(200);
                break;
        }
    }

    /// <summary>Some things at once, then one turn.</summary>
    private void Batch()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        replaced.Clear();
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var id = AnyFlow();
            switch (random.Next(22))
            {
                case < 7:
                    Start(id, used);
                    break;
                case < 14:
                    Send(id);
                    break;
                case < 15:
                    SendOdd(id);
                    break;
                case < 17:
                    Letter(used);
                    break;
                default:
                    // One a batch and flow, so that the answers of one turn do not contradict each other.
                    if (used.Add(id))
                    {
                        Operate(id, used);
                    }

                    break;
            }
        }

        Turn();
    }

    private void Start(string id, HashSet<string> used)
    {
        var kind = Lives.Kinds[random.Next(Lives.Kinds.Length)];
        var whenUsed = random.Next(8) switch
        {
            0 => UsedId.Replace,
            1 => UsedId.ReplaceEnded,
            _ => UsedId.Refuse,
        };
        if (!used.Add(id))
        {
            return;
        }

        var options = new StartOptions(
            whenUsed,
            random.Next(4) == 0 ? time.GetUtcNow().AddMinutes(random.Next(-10, 90)) : null,
            random.Next(3) == 0 ? new Dictionary<string, string> { ["town"] = Town() } : null,
            kind == "Sequence" && random.Next(2) == 0 ? 1 : null);
        var life = AnyLife();
        if (whenUsed != UsedId.Refuse)
        {
            invariants.Operated.Remove(id);
            replaced.Add(id);
        }

        Ask(
            $"start {kind} {id} {whenUsed} {options.At:O} {options.Version}",
            engine => engine.Start(kind, id, life, options),
            outcome =>
            {
                invariants.Check(snapshot.Find(id) is not null, $"{id}: {outcome} and not there");
                invariants.Check(
                    outcome == StartOutcome.Exists || snapshot.Find(id) is not { } flow
                        || (flow.Tags.GetValueOrDefault("town") == options.Tags?["town"] && flow.Version == (options.Version ?? (kind == "Sequence" ? 2 : 1))),
                    $"{id}: started with another version or other tags");
                invariants.Existing.Add(id);
            });
    }

    private string Town() => "t" + random.Next(3);

    private Life AnyLife() => new(random.Next(1, 4), 0, [], Weight: random.Next(20) == 0 ? Weight : null);

    /// <summary>Something that no flow can read.</summary>
    private void SendOdd(string id)
    {
        var command = $"odd-{random.Next(2)}";
        Ask($"send {command} to {id}", engine => engine.Send(id, command, new Odd(5)), outcome =>
        {
            if (outcome == SendOutcome.Accepted && !replaced.Contains(id) && snapshot.Find(id) is { IsEnded: false } flow)
            {
                invariants.Odd.Add((flow.Number, command));
            }
        });
    }

    /// <summary>An operator looks at the dead letters.</summary>
    private void Letter(HashSet<string> used)
    {
        var letters = snapshot.Flows.SelectMany(flow => flow.Dead.Select(dead => (Flow: flow, Dead: dead))).ToList();
        if (letters.Count == 0)
        {
            return;
        }

        var (flow, dead) = letters[random.Next(letters.Count)];
        if (!used.Add(flow.Id))
        {
            return;
        }

        if (random.Next(2) == 0)
        {
            Ask($"give back {dead.Key} to {flow.Id}", engine => engine.RetryDeadLetter(dead.Letter, "simulated"));
        }
        else
        {
            invariants.Dropped.Add(dead.Call > 0 ? dead.Key : $"{flow.Number} {dead.Key}");
            Ask($"drop {dead.Key} of {flow.Id}", engine => engine.DropDeadLetter(dead.Letter, "simulated"));
        }
    }

    private void Send(string id)
    {
        var command = $"c-{random.Next(CommandIds)}";
        var isFirst = invariants.Possible.Add((id, command));
        Ask(
            $"send {command} to {id}",
            engine => engine.Send(id, command, Lives.WordOf(command)),
            outcome => Sent(id, command, outcome),
            refused: () =>
            {
                if (isFirst)
                {
                    invariants.Possible.Remove((id, command));
                }
            });
    }

    private void Sent(string id, string command, SendOutcome outcome)
    {
        if (outcome != SendOutcome.Accepted || replaced.Contains(id))
        {
            return;
        }

        var flow = snapshot.Find(id);
        invariants.Check(
            flow is null || flow.IsEnded || flow.Accepted.Contains(command), $"{id}: {command} was acknowledged and is not there");
        if (flow is not null && flow.Accepted.Contains(command))
        {
            if (!invariants.Acknowledged.TryGetValue(flow.Number, out var told))
            {
                invariants.Acknowledged.Add(flow.Number, told = []);
            }

            told.Add(command);
        }
    }

    private void Operate(string id, HashSet<string> used)
    {
        switch (random.Next(13))
        {
            case 10:
                foreach (var below in invariants.Operated.Keys.Where(other => other == id || other.StartsWith(id + ".", StringComparison.Ordinal)).ToList())
                {
                    invariants.Operated.Remove(below);
                }

                Ask($"terminate {id} and all below it", engine => engine.Terminate(id, "simulated", withChildren: true), outcome =>
                {
                    Operated(id, outcome, FlowState.Terminated);
                    invariants.Check(
                        outcome != OperateOutcome.Done || snapshot.Flows.All(
                            flow => flow.Starter != id || flow.IsEnded || used.Contains(flow.Id) || flow.Number < snapshot.Find(id)?.Number),
                        $"{id}: terminated with all below it, and some live");
                });
                break;
            case 11:
                invariants.Operated.Remove(id);
                invariants.Renewed.Add(id);
                var life = AnyLife();
                Ask($"restart {id}", engine => engine.Restart(id, life, "simulated"), outcome => invariants.Check(
                    outcome != OperateOutcome.Done || snapshot.Find(id) is { } flow && (flow.Generation > 1), $"{id}: restarted and as it was"));
                break;
            case 12:
                PurgeEnded(used);
                break;
            case < 3:
                Ask($"suspend {id}", engine => engine.Suspend(id, "simulated"), outcome => Operated(id, outcome, FlowState.Suspended));
                break;
            case < 6:
                invariants.Operated.Remove(id);
                Ask($"resume {id}", engine => engine.Resume(id, "simulated"));
                break;
            case < 7:
                invariants.Operated.Remove(id);
                Ask($"terminate {id}", engine => engine.Terminate(id, "simulated"), outcome => Operated(id, outcome, FlowState.Terminated));
                break;
            case < 8:
                Ask($"retry {id}", engine => engine.Retry(id, "simulated"));
                break;
            default:
                var existed = invariants.Existing.Remove(id);
                var number = snapshot.Find(id)?.Number;
                invariants.Operated.Remove(id);
                Ask($"purge {id}", engine => engine.Purge(id), outcome =>
                {
                    invariants.Check(
                        outcome != OperateOutcome.Done || snapshot.Find(id)?.Number != number, $"{id}: purged and there");
                    if (existed && outcome == OperateOutcome.Conflict)
                    {
                        invariants.Existing.Add(id);
                    }
                });
                break;
        }
    }

    /// <summary>The one that ended first, if it ended long ago.</summary>
    private void PurgeEnded(HashSet<string> used)
    {
        var before = time.GetUtcNow().AddMinutes(-random.Next(1, 60));
        var old = snapshot.Flows.Where(flow => flow.IsEnded && flow.Updated < before.UtcTicks).Select(flow => flow.Id).ToList();
        if (used.Overlaps(old))
        {
            return;
        }

        used.UnionWith(old);
        invariants.Existing.ExceptWith(old);
        old.ForEach(id => invariants.Operated.Remove(id));
        Ask($"purge one that ended before {before:O}", engine => engine.PurgeEnded(before, 1), purged => invariants.Check(
            purged <= old.Count, "purged one that had not ended before"));
    }

    private void Operated(string id, OperateOutcome outcome, FlowState state)
    {
        if (outcome == OperateOutcome.Done)
        {
            invariants.Check(snapshot.Find(id)?.State == state, $"{id}: acknowledged as {state}");
            invariants.Operated[id] = state;
        }
    }

    /// <summary>An attempt begins or ends, in any order; the process may die in it.</summary>
    private void Attempt()
    {
        if (world.Slow.Count > 0 && random.Next(3) == 0)
        {
            world.Answer(random.Next(world.Slow.Count));
        }
        else if (attempts.Count > 0)
        {
            Begin(random.Next(attempts.Count), random.Next(20) switch
            {
                0 => Death.BeforeTheEffect,
                1 => Death.AfterTheEffect,
                _ => Death.None,
            });
        }

        if (random.Next(2) == 0)
        {
            Turn();
        }
    }

    private void Begin(int place, Death death)
    {
        var (job, run) = attempts[place];
        attempts.RemoveAt(place);
        Say($"attempt {job.Attempt} of {job.Key} {death}");
        world.Death = death;
        world.Running = job;
        run();
        world.Running = null;
        world.Death = Death.None;
        if (death != Death.None)
        {
            Kill(random.Next(2) == 0);
            Open();
        }
    }

    /// <summary>The same answer once more, perhaps long after the flow went on.</summary>
    private void Again()
    {
        if (delivered.Count > 0)
        {
            var outcome = delivered[random.Next(delivered.Count)];
            Say($"again {outcome.Job.Key}");
            loop!.TryPost(new Repeated(outcome));
        }
    }

    private void Pass()
    {
        var span = TimeSpan.FromMinutes(random.Next(1, 60));
        if (random.Next(2) == 0 && Due() is { } due)
        {
            span = due - time.GetUtcNow() - TimeSpan.FromTicks(random.Next(2));
        }

        if (span > TimeSpan.Zero)
        {
            time.Pass(span);
            Say($"it is {time.GetUtcNow():O}");
        }
    }

    /// <summary>The earliest date in the file.</summary>
    private DateTimeOffset? Due() => snapshot.Flows.SelectMany(flow => flow.Timers).Select(timer => timer.Due)
        .DefaultIfEmpty().Min() is > 0 and var due ? Codes.Time(due) : null;

    private void TurnUntilParked(int turnsMax)
    {
        while (turnsMax > 0 && Turn())
        {
            turnsMax--;
        }
    }

    private sealed class Repeated(CallOutcome outcome) : EngineInput
    {
        public override void Apply(EngineLoop loop) => loop.Answer(outcome);
    }
}
