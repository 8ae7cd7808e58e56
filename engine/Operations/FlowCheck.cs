using System.Globalization;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine.Operations;

/// <summary>One flow: its history first, then everything that must follow from it.</summary>
internal sealed class FlowCheck(StoreCheck all, FlowRow row)
{
    private readonly List<Episode> episodes = [];
    private readonly List<FlowEventRecord> unread = [];
    private readonly List<FlowEventRecord> dead = [];
    private readonly Dictionary<int, (FlowEventRecord Call, int Answers)> calls = [];
    private readonly HashSet<int> referred = [];
    private readonly HashSet<string> commands = new(StringComparer.Ordinal);

    public void Run()
    {
        all.Standing.Count++;
        all.Blocked += row.State == FlowState.Blocked ? 1 : 0;

        // What follows from a damaged history says nothing.
        if (!ReadHistory() || !ReadInbox() || !ReadDeadLetters())
        {
            return;
        }

        Order();
        foreach (var item in episodes.SelectMany(episode => episode.Events))
        {
            Follow(item);
        }

        // The first answer that is read counts; whatever else was given is forgotten with it.
        foreach (var item in unread.Where(item => item.Kind is not (EventKind.Result or EventKind.Failed)
            || !calls.TryGetValue(item.Number, out var call) || call.Answers == 0))
        {
            Follow(item);
        }

        Beside();
        foreach (var (call, answers) in calls.Values)
        {
            all.Told?.Invoke(new RecordedCall(call.Name!, call.Key!, answers > 0));
        }

        if (row.IsEnded)
        {
            Ended();
        }
        else
        {
            Attempts();
            Overlooked();
            Replay();
        }
    }

    private bool ReadHistory()
    {
        foreach (var (id, generation, data) in row.Episodes)
        {
            all.Episodes++;
            try
            {
                var episode = Whole(data);
                episodes.Add(episode);
                all.Histories.Count += episode.Events.Count;
            }
            catch (InvalidDataException damaged)
            {
                all.Histories.Problems.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{row.Id} episode {id - EngineStore.First(row.Number) + 1}: {damaged.Message}"));
                return false;
            }

            if (id != EngineStore.First(row.Number) + episodes.Count - 1 || generation != row.Generation)
            {
                all.Histories.Problems.Add($"{row.Id} lacks an episode before one of its own, or has one of another generation");
                return false;
            }
        }

        return true;
    }

    private bool ReadInbox()
    {
        foreach (var data in row.Inbox)
        {
            all.Inbox.Count++;
            try
            {
                unread.Add(Whole(data).Events.Single());
            }
            catch (Exception damaged) when (damaged is InvalidDataException or InvalidOperationException)
            {
                all.Inbox.Problems.Add($"{row.Id} has a message that cannot be read: {damaged.Message}");
                return false;
            }
        }

        return true;
    }

    private bool ReadDeadLetters()
    {
        foreach (var data in row.DeadLetters)
        {
            all.DeadLetters.Count++;
            try
            {
                dead.Add(Whole(data).Events.Single());
            }
            catch (Exception damaged) when (damaged is InvalidDataException or InvalidOperationException)
            {
                all.DeadLetters.Problems.Add($"{row.Id} has a dead letter that cannot be read: {damaged.Message}");
                return false;
            }
        }

        return true;
    }

    private Episode Whole(byte[] data)
    {
        var episode = HistoryCodec.Read(data);
        referred.UnionWith(episode.Events.Select(item => item.Payload));
        return episode.Whole(number => row.Payloads.GetValueOrDefault(number));
    }

    /// <summary>Nothing lies beside the history that it has forgotten; a dead call is one that is open.</summary>
    private void Beside()
    {
        all.Payloads.Count += row.Payloads.Count;
        if (row.Payloads.Keys.Any(number => !referred.Contains(number)))
        {
            all.Payloads.Problems.Add($"{row.Id} keeps data that nothing refers to");
        }

        foreach (var letter in dead.Where(letter => letter.Kind == EventKind.Called && !row.IsEnded))
        {
            if (!calls.TryGetValue(letter.Number, out var call) || call.Answers > 0 || call.Call.Key != letter.Key)
            {
                all.DeadLetters.Problems.Add($"{row.Id} has call {letter.Number} {letter.Name} among the dead letters, which is not open");
            }
        }
    }

    private void Order()
    {
        for (var index = 0; index < episodes.Count; index++)
        {
            if (episodes[index].At > all.Moment || (index > 0 && episodes[index].At < episodes[index - 1].At))
            {
                all.Histories.Problems.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{row.Id} episode {index + 1} is not in the order of time"));
            }
        }

        var expected = row.Generation == 1 ? EventKind.Started : EventKind.Restarted;
        var first = episodes is [{ Events: [var began, ..] }, ..] ? began
            : unread.FirstOrDefault(item => item.Kind is EventKind.Started or EventKind.Restarted);
        if (!(row.State == FlowState.Terminated && first is null) && (first?.Kind != expected || first.Name != row.Definition))
        {
            all.Histories.Problems.Add(string.Create(
                CultureInfo.InvariantCulture, $"{row.Id} does not begin as generation {row.Generation} of {row.Definition}"));
        }
    }

    private void Follow(FlowEventRecord item)
    {
        switch (item.Kind)
        {
            case EventKind.Called:
                all.Calls.Count++;
                if (!calls.TryAdd(item.Number, (item, 0)))
                {
                    all.Calls.Problems.Add($"{row.Id} made call {item.Number} twice");
                }

                break;
            case EventKind.Result or EventKind.Failed when calls.TryGetValue(item.Number, out var call):
                if (call.Answers > 0)
                {
                    all.Calls.Problems.Add($"{row.Id} got a second answer of call {item.Number} {item.Name}");
                }

                calls[item.Number] = (call.Call, call.Answers + 1);
                break;
            case EventKind.Command:
                all.Commands.Count++;
                if (!commands.Add(item.Key!))
                {
                    all.Commands.Problems.Add($"{row.Id} got command {item.Key} twice");
                }
                else if (!row.IsEnded && !row.Commands.Contains(item.Key!))
                {
                    all.Commands.Problems.Add($"{row.Id} got command {item.Key} and would take it again");
                }

                break;
            default:
                break;
        }
    }

    private void Ended()
    {
        var last = episodes.LastOrDefault()?.Events[^1];
        var stands = row is { Waits: null, Due: null, IsAwake: false }
            && (row.State == FlowState.Terminated
                ? row.Incident is not null
                : last?.Kind == EventKind.Completed
                    && (last.Payload > 0 ? row.Result is null : (row.Result ?? []).AsSpan().SequenceEqual(last.Data)));
        if (!stands)
        {
            all.Standing.Problems.Add($"{row.Id} is {row.State}, but its row or its history says otherwise");
        }
    }

    private void Attempts()
    {
        foreach (var call in row.Attempts.Where(call => !calls.TryGetValue(call, out var made) || made.Answers > 0))
        {
            all.Calls.Problems.Add($"{row.Id} has a further attempt of call {call}, which is not open");
        }
    }

    /// <summary>A message that a running flow could read must have put it into the queue of ready flows.</summary>
    private void Overlooked()
    {
        if (row.State != FlowState.Running || row.IsReady)
        {
            return;
        }

        var reads = row.Waits is "command" or "command or date";
        if (episodes.Count == 0 ? row.Due is null : unread.Any(item => item.Kind != EventKind.Command || reads))
        {
            all.Inbox.Problems.Add($"{row.Id} has something to read and is not ready to read it");
        }
    }

    private void Replay()
    {
        all.Replays.Count++;
        if (all.Flows.Find(row.Definition, row.Version) is not { } definition)
        {
            all.Replays.Problems.Add(string.Create(
                CultureInfo.InvariantCulture, $"{row.Id}: no flow is called {row.Definition} with version {row.Version}"));
            return;
        }

        var execution = new FlowExecution(row.Id, definition, all.Host);
        execution.Replay(episodes);
        if (execution.Incident is { } incident)
        {
            if (execution.Cause is RulesMissingException)
            {
                all.RulesMissing[incident] = all.RulesMissing.GetValueOrDefault(incident) + 1;
            }
            else if (row.State != FlowState.Blocked)
            {
                // A blocked one says so itself, with the same words.
                all.Replays.Problems.Add($"{row.Id}: {incident}");
            }

            return;
        }

        Stand(execution);
    }

    private void Stand(FlowExecution execution)
    {
        if (row.State == FlowState.Blocked)
        {
            if (row is not { Waits: null, Due: null, Incident: not null })
            {
                all.Standing.Problems.Add($"{row.Id} is blocked, but its row says no reason or still waits");
            }

            return;
        }

        // One that has not run yet, or that was blocked and shall run again, says nothing yet.
        var isToRun = row is { Waits: null, Due: null } && (row.IsReady || row.State == FlowState.Suspended);
        if (episodes.Count == 0 || isToRun)
        {
            return;
        }

        var isAwake = execution.Pending.Count > 0;
        if (execution.IsCompleted || row.Waits != execution.WaitsFor() || row.Due != execution.Until || row.IsAwake != isAwake)
        {
            all.Standing.Problems.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Id} waits for \"{row.Waits}\" {Shown(row.Due)}, its history for \"{execution.WaitsFor()}\" {Shown(execution.Until)}"));
        }
    }

    private static string Shown(long? due) =>
        due is { } ticks ? Codes.Time(ticks).ToString("u", CultureInfo.InvariantCulture) : "without a date";
}
