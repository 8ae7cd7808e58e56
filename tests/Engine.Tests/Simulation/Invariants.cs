using Workflows.Orchestrations.Durable;

namespace Workflows.Engine.Tests.Simulation;

/// <summary>What must be true after every commit, and what must be true of a file that is opened.</summary>
internal sealed class Invariants(World world, SimulatedTime time)
{
    private readonly HashSet<string> called = new(StringComparer.Ordinal);
    private readonly Dictionary<(long Flow, int Generation, int Call, int Attempt), long> dues = [];

    /// <summary>The first thing that was wrong.</summary>
    public string? Broken { get; private set; }

    /// <summary>Flows whose suspension or end by an operator was acknowledged.</summary>
    public Dictionary<string, FlowState> Operated { get; } = new(StringComparer.Ordinal);

    /// <summary>Flows that were acknowledged to exist.</summary>
    public HashSet<string> Existing { get; } = new(StringComparer.Ordinal);

    /// <summary>Flows that an operator may have begun anew: of those only what was unread goes on.</summary>
    public HashSet<string> Renewed { get; } = new(StringComparer.Ordinal);

    /// <summary>Acknowledged commands that nobody can read, by flow number: unread, among the dead letters, or dropped.</summary>
    public HashSet<(long Flow, string Command)> Odd { get; } = [];

    /// <summary>Keys of calls, and odd commands, that an operator may have dropped.</summary>
    public HashSet<string> Dropped { get; } = new(StringComparer.Ordinal);

    /// <summary>Commands acknowledged by flow number, in the order of acceptance.</summary>
    public Dictionary<long, List<string>> Acknowledged { get; } = [];

    /// <summary>Ids of commands that may have been accepted: acknowledged, unknown, or sent by a flow.</summary>
    public HashSet<(string Flow, string Command)> Possible { get; } = [];

    public void Check(bool holds, string what)
    {
        if (!holds)
        {
            Broken ??= what;
        }
    }

    public void AfterCommit(Snapshot before, Snapshot now)
    {
        Check(now.Orphans.Count == 0, "rows without their flow: " + string.Join(", ", now.Orphans));
        Check(now.Moment >= before.Moment, "the store's moment went back");
        Check(now.Moment <= time.Latest.UtcTicks, "the store's moment lies in the future");
        Check(now.Epoch >= before.Epoch, "the lease went back to an earlier owner");
        foreach (var id in Existing)
        {
            Check(now.Find(id) is not null, $"{id} was acknowledged and is gone");
        }

        foreach (var (id, state) in Operated)
        {
            // A suspended flow whose activity is missing is blocked.
            Check(now.Find(id)?.State is { } found && (found == state || found == FlowState.Blocked), $"{id} was acknowledged as {state} and is {now.Find(id)?.State}");
        }

        // The number of the newest flow comes again when that was purged before the file was reopened.
        foreach (var gone in Acknowledged.Keys.Where(number => now.Find(number) is null).ToList())
        {
            Acknowledged.Remove(gone);
        }

        Odd.RemoveWhere(told => now.Find(told.Flow) is not { IsEnded: false });
        foreach (var (number, command) in Odd)
        {
            Check(
                now.Find(number)!.Odd.Count(command.Equals) == 1 || Dropped.Contains($"{number} {command}"),
                $"{now.Find(number)!.Id}: {command} was acknowledged and is gone or doubled");
        }

        foreach (var flow in now.Flows)
        {
            var old = before.Find(flow.Number);
            Compare(old, flow);
            if (old?.Generation != flow.Generation || old.History.Count != flow.History.Count)
            {
                History(flow);
            }

            Commands(flow);
            Rows(flow);
        }
    }

    /// <summary>An attempt goes out: its call is durable and its date has come.</summary>
    public void AtAttempt(Snapshot now, CallJob job)
    {
        var key = $"{job.Flow} {job.Number} {job.Key}";
        Check(called.Contains($"{job.Flow} {job.Generation} {job.Number} {job.Key}"), $"attempt without a durable call: {key}");
        Check(job.Due == 0, $"attempt with a date: {key}");
        if (job.Attempt > 1)
        {
            Check(
                dues.TryGetValue((job.Flow, job.Generation, job.Number, job.Attempt), out var due)
                    && due <= time.Latest.UtcTicks,
                $"attempt {job.Attempt} came early: {key}");
        }

        Check(now.Moment <= time.Latest.UtcTicks, "the store's moment lies in the future");
    }

    private void Compare(StoredFlow? old, StoredFlow flow)
    {
        if (old is null)
        {
            return;
        }

        Check(flow.Generation >= old.Generation, $"{flow.Id}: the generation went back");
        if (flow.Generation > old.Generation && Renewed.Contains(flow.Id))
        {
            BegunAnew(old, flow);
            return;
        }

        Check(!old.IsEnded || flow.State == old.State, $"{flow.Id}: ended as {old.State}, then was {flow.State}");
        if (flow.Generation == old.Generation)
        {
            Check(
                old.History.Count <= flow.History.Count
                    && old.History.Zip(flow.History).All(pair => pair.First.Row == pair.Second.Row
                        && pair.First.Data.AsSpan().SequenceEqual(pair.Second.Data)),
                $"{flow.Id}: recorded history has changed");
        }

        var accepted = flow.Accepted;
        IReadOnlyList<string> formerly = old.Accepted;
        if (flow.IsEnded)
        {
            // What it did not read before its end is gone with its inbox.
            formerly = [.. formerly.Take(accepted.Count)];
        }

        Check(
            formerly.Count <= accepted.Count && formerly.SequenceEqual(accepted.Take(formerly.Count)),
            $"{flow.Id}: accepted were {string.Join(' ', formerly)}, then {string.Join(' ', accepted)}");
    }

    private void BegunAnew(StoredFlow old, StoredFlow flow)
    {
        var accepted = flow.Accepted;
        var kept = flow.IsEnded ? [] : old.IsEnded ? [] : old.Unread.ToList();
        Check(
            accepted.Where(kept.Contains).SequenceEqual(kept),
            $"{flow.Id}: unread were {string.Join(' ', kept)}, and of the new generation {string.Join(' ', accepted)}");
        if (Acknowledged.TryGetValue(flow.Number, out var told))
        {
            told.RemoveAll(command => !accepted.Contains(command));
        }

        // What operators dropped before is called anew.
        Check(flow.Dead.TrueForAll(letter => letter.Call == 0), $"{flow.Id}: a dead call of an earlier generation");
    }

    private void History(StoredFlow flow)
    {
        var at = 0L;
        var calls = 0;
        var answered = new HashSet<int>();
        for (var place = 0; place < flow.History.Count; place++)
        {
            var (row, _, episode) = flow.History[place];
            Check(row == EngineStore.First(flow.Number) + place, $"{flow.Id}: a gap in the history");
            Check(episode.At >= at && episode.At <= time.Latest.UtcTicks, $"{flow.Id}: time went back or ahead");
            at = episode.At;
            foreach (var item in episode.Events)
            {
                switch (item.Kind)
                {
                    case EventKind.Called:
                        Check(item.Number == ++calls, $"{flow.Id}: call {item.Number} is not the next");
                        called.Add($"{flow.Number} {flow.Generation} {item.Number} {item.Key}");
                        break;
                    case EventKind.Result:
                        Check(answered.Add(item.Number) && item.Number <= calls, $"{flow.Id}: call {item.Number} has two results");
                        Effect(flow, item);
                        break;
                    case EventKind.Failed:
                        Check(answered.Add(item.Number) && item.Number <= calls, $"{flow.Id}: call {item.Number} has two results");
                        Check(
                            (item.Moment == 3 && World.FateOf(item.Key!) == Fate.Down) || Dropped.Contains(item.Key!),
                            $"{flow.Id}: {item.Key} failed after {item.Moment}");
                        break;
                    case EventKind.DateReached:
                        Check(item.Moment <= episode.At, $"{flow.Id}: a date came early");
                        break;
                    default:
                        break;
                }
            }
        }
    }

    private void Effect(StoredFlow flow, FlowEventRecord result)
    {
        var key = flow.Events.First(item => item.Kind == EventKind.Called && item.Number == result.Number).Key!;
        Check(Wire.Read<string>(result.Data) == World.Expected(key), $"{flow.Id}: {key} has another call's result");
        Check(world.Effects.ContainsKey(key), $"{flow.Id}: {key} has a result and no effect");
    }

    private void Commands(StoredFlow flow)
    {
        var accepted = flow.Accepted;
        Check(accepted.Distinct(StringComparer.Ordinal).Count() == accepted.Count, $"{flow.Id}: a command was accepted twice");
        foreach (var command in accepted.Where(IsFromOutside))
        {
            Check(Possible.Contains((flow.Id, command)), $"{flow.Id}: nobody sent {command}");
        }

        if (!flow.IsEnded)
        {
            var remembered = flow.CommandIds.Where(command => !StoredFlow.IsOdd(command)).ToHashSet(StringComparer.Ordinal);
            Check(
                Renewed.Contains(flow.Id) ? remembered.IsSupersetOf(accepted) : remembered.SetEquals(accepted),
                $"{flow.Id}: remembered ids are not the accepted ones");
            Check(flow.CommandIds.IsSupersetOf(flow.Odd), $"{flow.Id}: an odd command is not remembered");
        }

        if (Acknowledged.TryGetValue(flow.Number, out var told))
        {
            var kept = accepted.Where(told.Contains).ToList();
            Check(
                kept.SequenceEqual(flow.IsEnded ? told.Take(kept.Count) : told),
                $"{flow.Id}: acknowledged {string.Join(' ', told)}, kept {string.Join(' ', kept)}");
        }
    }

    public static bool IsFromOutside(string command) => command.StartsWith("c-", StringComparison.Ordinal);

    private void Rows(StoredFlow flow)
    {
        Check(flow.IsEnded || flow.History.Count + flow.Inbox.Count > 0, $"{flow.Id}: a flow of nothing");
        var dates = flow.Timers.Where(timer => timer.Call == 0).Select(timer => timer.Due).ToList();
        Check(
            dates.SequenceEqual(flow is { State: FlowState.Running, Due: { } due } ? [due] : []),
            $"{flow.Id}: the row's date and its timer differ");
        Check(
            flow.Timers.Where(timer => timer.Call > 0).Order().SequenceEqual(
                flow.Attempts.Where(attempt => attempt.Due > 0).Select(attempt => (attempt.Due, attempt.Call)).Order()),
            $"{flow.Id}: attempts and their timers differ");
        foreach (var (call, attempt, next) in flow.Attempts.Where(attempt => attempt.Due > 0))
        {
            dues[(flow.Number, flow.Generation, call, attempt)] = next;
        }

        var referred = flow.Referred.Concat(flow.Kept > 0 ? [flow.Kept] : Array.Empty<int>()).ToHashSet();
        Check(
            referred.SetEquals(flow.Payloads.Keys),
            $"{flow.Id}: its data beside the history is {string.Join(' ', flow.Payloads.Keys)}, and referred to {string.Join(' ', referred)}");
        foreach (var (_, call, key) in flow.Dead.Where(letter => letter.Call > 0))
        {
            Check(
                flow.IsEnded || (flow.Events.Any(item => item.Kind == EventKind.Called && item.Number == call && item.Key == key)
                    && !flow.Events.Any(item => item.Kind is EventKind.Result or EventKind.Failed && item.Number == call)),
                $"{flow.Id}: the dead call {call} {key} is not open");
        }

        Check(!flow.IsReady || flow.State == FlowState.Running, $"{flow.Id}: {flow.State} and ready");
        if (flow.IsEnded)
        {
            Check(
                flow is { Inbox.Count: 0, CommandIds.Count: 0, Attempts.Count: 0, IsReady: false, IsAwake: false },
                $"{flow.Id}: {flow.State} and still has rows: inbox {flow.Inbox.Count}, commands {flow.CommandIds.Count}, attempts {flow.Attempts.Count}, ready {flow.IsReady}, awake {flow.IsAwake}");
            return;
        }

        // Something that can be taken wakes the flow after a crash, or nothing ever will.
        var isWanted = (flow.Inbox.Any(item => item.Kind != EventKind.Command) && flow.Waits != "start")
            || (flow.Inbox.Count > 0 && flow.Waits is ("command" or "command or date"));
        Check(flow.State != FlowState.Running || !isWanted || flow.IsReady, $"{flow.Id}: nothing will wake it for {string.Join(", ", flow.Inbox.Select(item => item.Describe()))} while it waits for {flow.Waits}");
    }
}
