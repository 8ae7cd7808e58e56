using System.Globalization;
using System.Text.Json;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>
/// A flow's code where it stands: fed with what reached the flow, it records what it read and did. Replay feeds the
/// recorded events and compares each action, so live and replayed code take the same path through here.
/// </summary>
internal sealed partial class FlowExecution
{
    private readonly FlowDefinition definition;
    private readonly IExecutionHost host;
    private readonly FlowContext context;
    private readonly List<PendingCall> pending = [];
    private readonly List<InboxItem> taken = [];
    private List<FlowEventRecord> episode = [];
    private LinkedList<InboxItem>? inbox;
    private IReadOnlyList<FlowEventRecord>? history;
    private int cursor;
    private int calls;
    private OpenWait? wait;
    private Task<byte[]?>? code;

    public FlowExecution(string id, FlowDefinition definition, IExecutionHost host)
    {
        Id = id;
        this.definition = definition;
        this.host = host;
        context = new FlowContext(() => host.Foreign(this));
    }

    /// <summary>Why the flow cannot go on; set once.</summary>
    public string? Incident { get; private set; }

    /// <summary>The exception behind the incident, for the log.</summary>
    public Exception? Cause { get; private set; }

    /// <summary>The command that the incident is about, when the code could not read it.</summary>
    public InboxItem? Unreadable { get; private set; }

    public bool IsCompleted { get; private set; }

    public byte[]? ResultData { get; private set; }

    /// <summary>The next generation's input, when the code asked for one.</summary>
    public byte[]? RestartData { get; private set; }

    public byte[]? StatusData { get; private set; }

    public IReadOnlyList<PendingCall> Pending => pending;

    public bool WaitsForCommand => wait is not null;

    public long? Until => wait?.Until;

    public IReadOnlyList<FlowEventRecord> EpisodeEvents => episode;

    public IReadOnlyList<InboxItem> Taken => taken;

    public List<(string Template, object?[] Values)> Lines { get; } = [];

    /// <summary>Runs one step over everything in the inbox that the code can take.</summary>
    public void RunEpisode(long moment, LinkedList<InboxItem> unread)
    {
        episode = [];
        taken.Clear();
        Lines.Clear();
        now = moment;
        inbox = unread;
        for (var node = unread.First; node is not null && !IsOver; node = node.Next)
        {
            if (!node.Value.IsTaken && node.Value.Content.Kind != EventKind.Command)
            {
                Take(node.Value);
                Deliver(node.Value.Content);
            }
        }

        // Results first, then the one open wait: a wait that opens within the step has looked into the inbox itself.
        if (!IsOver && wait is not null)
        {
            if (NextCommand() is { } item)
            {
                Take(item);
                Deliver(item.Content);
            }
            else if (wait.Until <= now)
            {
                Deliver(new FlowEventRecord(EventKind.DateReached, Moment: wait.Until.Value));
            }
        }

        inbox = null;
        CheckKnownWait();
    }

    /// <summary>Brings fresh code to where the history ends.</summary>
    public void Replay(IEnumerable<Episode> episodes)
    {
        foreach (var past in episodes)
        {
            now = past.At;
            history = past.Events;
            cursor = 0;
            while (cursor < history.Count && Incident is null)
            {
                var said = history[cursor];
                if (said.IsInput)
                {
                    cursor++;
                    Deliver(said);
                }
                else
                {
                    Stop(Differs(said.Describe(), IsCompleted ? "ended" : "waits"));
                }
            }

            if (Incident is not null)
            {
                break;
            }
        }

        history = null;
        cursor = 0;
        CheckKnownWait();
    }

    /// <summary>Where the code stands, in one line: two runs of the same history have the same.</summary>
    public string Standing() => string.Create(
        CultureInfo.InvariantCulture,
        $"recorded {recorded}, calls {string.Join(' ', pending.Select(call => call.Number))}, wait {wait is not null} {wait?.Until}, completed {IsCompleted} {Convert.ToBase64String(ResultData ?? [])}, restart {RestartData is not null} {Convert.ToBase64String(RestartData ?? [])}");

    /// <summary>The waits of the flow in the words of <see cref="FlowInfo.WaitsFor"/>.</summary>
    public string? WaitsFor() => wait is not null
        ? wait.Until is null ? "command" : "command or date"
        : pending.Count > 0 ? "call " + pending[0].Name : null;

    /// <summary>The code was touched from outside its step.</summary>
    public void StopForeign() => Stop(ForeignIncident);

    /// <summary>A replay of the same history stands elsewhere.</summary>
    public void StopUnlike(FlowExecution replayed) => Stop(
        replayed.Incident is { } incident
            ? "Replayed at once, the code takes another path. " + incident
            : $"Replayed at once, the code stands elsewhere: live \"{Standing()}\", replayed \"{replayed.Standing()}\".");

    private const string ForeignIncident =
        "The code awaits something the engine does not know. A flow awaits only what IFlow gives it.";

    private bool IsOver => Incident is not null || IsCompleted || code is { IsCompleted: true };

    private void Take(InboxItem item)
    {
        item.IsTaken = true;
        taken.Add(item);
    }

    /// <summary>Live, the command read last is the one; what the history holds was read once and is not given up.</summary>
    private void NoteUnreadable()
    {
        if (history is null && Incident is null && taken.Count > 0 && taken[^1].Content.Kind == EventKind.Command)
        {
            Unreadable = taken[^1];
        }
    }

    private InboxItem? NextCommand()
    {
        for (var node = inbox?.First; node is not null; node = node.Next)
        {
            if (!node.Value.IsTaken && node.Value.Content.Kind == EventKind.Command)
            {
                return node.Value;
            }
        }

        return null;
    }

    private void Deliver(FlowEventRecord input)
    {
        switch (input.Kind)
        {
            case EventKind.Started or EventKind.Restarted when code is null:
                Note(input);
                Run(() => code = definition.Run(this, input.Data ?? []));
                break;
            case EventKind.Result or EventKind.Failed:
                DeliverResult(input);
                break;
            case EventKind.Command or EventKind.DateReached when wait is not null && IsReached(input):
                var open = wait;
                wait = null;
                Note(input);
                Run(() => open.Complete(input.Kind == EventKind.Command ? input : null));
                break;
            default:
                Stop(Differs(input.Describe(), wait is null ? "did not wait for it" : "waits for a later date"));
                return;
        }

        Conclude();
    }

    private void DeliverResult(FlowEventRecord input)
    {
        var at = pending.FindIndex(call => call.Number == input.Number);
        if (at < 0)
        {
            // Live this is a second result of the same call, which changes nothing.
            if (history is not null)
            {
                Stop(Differs(input.Describe(), "made no such call"));
            }

            return;
        }

        var call = pending[at];
        pending.RemoveAt(at);
        Note(input);
        Run(() =>
        {
            if (input.Kind == EventKind.Result)
            {
                call.Complete(input.Data ?? []);
            }
            else
            {
                call.Fail(checked((int)input.Moment), input.Text ?? "");
            }
        });
    }

    /// <summary>A replayed date may have been computed anew, but what was reached must still be reached.</summary>
    private bool IsReached(FlowEventRecord input) => input.Kind == EventKind.Command || wait?.Until <= now;

    private void Run(Action step)
    {
        try
        {
            context.Run(step);
        }
        catch (JsonException unreadable)
        {
            Cause = unreadable;
            NoteUnreadable();
            Stop(CannotRead(unreadable));
        }
#pragma warning disable CA1031 // Flow code may throw anything, and only its own flow may suffer.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            Cause = thrown;
            Stop($"{thrown.GetType().Name}: {thrown.Message}");
        }
    }

    private string CannotRead(JsonException reason) =>
        (Unreadable is { Content: var command } ? $"Command {command.Name} {command.Key}" : "What was recorded")
        + " cannot be read as the code expects it: " + reason.Message;

    private void Note(FlowEventRecord input)
    {
        recorded++;
        if (history is null)
        {
            episode.Add(input);
        }

        if (recorded > Limits.EventsMax)
        {
            Stop(TooLong);
        }
    }

    private void Conclude()
    {
        if (Incident is not null || code is not { IsCompleted: true } || IsCompleted)
        {
            return;
        }

        if (code.IsFaulted || code.IsCanceled)
        {
            Cause = code.Exception?.InnerException ?? new TaskCanceledException(code);
            Stop($"{Cause.GetType().Name}: {Cause.Message}");
            return;
        }

        if (RestartData is not null)
        {
            return;
        }

        var result = code.Result;
        if (result is not null && Limits.PayloadProblem("The flow's result", result) is { } problem)
        {
            Stop(problem);
            return;
        }

        try
        {
            Act(new FlowEventRecord(EventKind.Completed, Data: result));
            IsCompleted = true;
            ResultData = result;
        }
        catch (FlowStoppedException)
        {
            // The incident is noted.
        }
    }

    private void CheckKnownWait()
    {
        if (Incident is not null || code is null || code.IsCompleted)
        {
            return;
        }

        if (RestartData is not null)
        {
            Stop("The flow did not return right after Restart.");
        }
        else if (wait is null && pending.Count == 0)
        {
            Stop(ForeignIncident);
        }
    }

    private FlowStoppedException Stop(string incident)
    {
        Incident ??= incident;
        return new FlowStoppedException(Incident);
    }

    private string Differs(string said, string did) => string.Create(
        CultureInfo.InvariantCulture,
        $"The code is not the one that wrote this history: at event {recorded + 1} history says \"{said}\", code did \"{did}\".");

    private const string TooLong = "A generation records at most 10,000 events; the flow has to Restart in time.";
}
