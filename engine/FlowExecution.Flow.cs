using System.Text;
using System.Text.Json;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>The side that flow code sees.</summary>
internal sealed partial class FlowExecution : IFlow
{
    private long now;
    private int recorded;

    public string Id { get; }

    public DateTimeOffset Now => Codes.Time(now);

    public int Recorded => recorded;

    public TRules Rules<TRules>(string version)
        where TRules : class
    {
        Enter();
        try
        {
            return host.Rules.Get<TRules>(version);
        }
        catch (RulesMissingException missing)
        {
            Cause = missing;
            Stop(missing.Message);
            throw;
        }
    }

    public Task<TResult> Call<TResult>(IActivity<TResult> request, Retry? retry = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        Enter();
        var name = request.GetType().Name;
        var data = Payload($"The request {name}", Wire.Write((object)request));
        if (history is null && !host.HasActivity(name))
        {
            throw Stop($"No activity is called {name}.");
        }

        var call = new PendingCall<TResult>(++calls, name, request.Key);
        Act(new FlowEventRecord(
            EventKind.Called, call.Number, Name: name, Key: call.Key, Data: data, Retry: retry ?? Retry.Standard));
        pending.Add(call);
        return call.Task;
    }

    public Task<Received<TCommand>?> Next<TCommand>(DateTimeOffset? until = null)
        where TCommand : class
    {
        Enter();
        if (wait is not null)
        {
            throw Stop("Only one wait may be open at a time.");
        }

        if (TakeNext(until?.UtcTicks) is { } reached)
        {
            Note(reached);
            if (reached.Kind == EventKind.DateReached)
            {
                return Task.FromResult<Received<TCommand>?>(null);
            }

            try
            {
                return Task.FromResult<Received<TCommand>?>(OpenWait<TCommand>.Read(reached));
            }
            catch (JsonException unreadable)
            {
                Cause = unreadable;
                NoteUnreadable();
                throw Stop(CannotRead(unreadable));
            }
        }

        var open = new OpenWait<TCommand>(until?.UtcTicks);
        wait = open;
        return open.Task;
    }

    public Task Start(string flow, string id, object input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Enter();
        byte[] data;
        if (host.Newest(flow) is { } other && (input is JsonElement || other.Input.IsInstanceOfType(input)))
        {
            data = JsonSerializer.SerializeToUtf8Bytes(input, input is JsonElement ? typeof(JsonElement) : other.Input, Wire.Options);
        }
        else
        {
            throw Stop($"No flow is called {flow} and takes {input.GetType().Name}.");
        }

        if (Limits.IdProblem("flow's id", id) is { } problem)
        {
            throw Stop(problem);
        }

        Act(new FlowEventRecord(
            EventKind.FlowStarted, Name: flow, Key: id, Data: Payload($"The input of {flow}", data)));
        return Task.CompletedTask;
    }

    public Task<SendOutcome> Send<TCommand>(string id, string commandId, TCommand command)
        where TCommand : class
    {
        ArgumentNullException.ThrowIfNull(command);
        Enter();
        var name = command.GetType().Name;
        var data = Payload($"The command {name}", Wire.Write(command));
        if ((Limits.IdProblem("flow's id", id) ?? Limits.IdProblem("command's id", commandId)) is { } problem)
        {
            throw Stop(problem);
        }

        var outcome = history is null ? host.OutcomeOf(id, commandId, episode) : default;
        var said = Act(new FlowEventRecord(
            EventKind.Sent, Codes.Of(outcome), Name: name, Key: id, Text: commandId, Data: data));
        return Task.FromResult(Codes.Outcome(said.Number));
    }

    public void Status(object status)
    {
        ArgumentNullException.ThrowIfNull(status);
        Enter();
        var data = Wire.Write(status);
        if (data.Length > Limits.StatusCharactersMax
            && Encoding.UTF8.GetCharCount(data) is var characters and > Limits.StatusCharactersMax)
        {
            throw Stop(FormattableString.Invariant(
                $"A status has at most {Limits.StatusCharactersMax:N0} characters, this one {characters:N0}."));
        }

        StatusData = data;
    }

    public void Restart<TInput>(TInput input)
        where TInput : notnull
    {
        Enter();
        RestartData = Payload("The next generation's input", Wire.Write(input));
    }

    public void Log(string template, params object?[] values)
    {
        Enter();
        if (history is null)
        {
            Lines.Add((template, values));
        }
    }

    /// <summary>What the inbox or, in replay, the history has for a wait that opens now.</summary>
    private FlowEventRecord? TakeNext(long? until)
    {
        if (history is not null)
        {
            if (cursor >= history.Count || history[cursor].Kind is not (EventKind.Command or EventKind.DateReached))
            {
                return null;
            }

            var said = history[cursor];
            if (said.Kind == EventKind.DateReached && !(until <= now))
            {
                throw Stop(Differs(said.Describe(), "waits for a later date"));
            }

            cursor++;
            return said;
        }

        if (NextCommand() is { } item)
        {
            Take(item);
            return item.Content;
        }

        return until <= now ? new FlowEventRecord(EventKind.DateReached, Moment: until.Value) : null;
    }

    /// <summary>Records an action; in replay compares it with the recorded one and gives that.</summary>
    private FlowEventRecord Act(FlowEventRecord action)
    {
        if (history is not null)
        {
            if (cursor >= history.Count)
            {
                throw Stop(Differs("nothing more in this step", action.Describe()));
            }

            var said = history[cursor];
            if (!said.IsSameAction(action))
            {
                throw Stop(Differs(said.Describe(), action.Describe()));
            }

            cursor++;
            recorded++;
            return said;
        }

        recorded++;
        episode.Add(action);
        return recorded > Limits.EventsMax ? throw Stop(TooLong) : action;
    }

    private byte[] Payload(string what, byte[] data) =>
        Limits.PayloadProblem(what, data) is { } problem ? throw Stop(problem) : data;

    private void Enter()
    {
        if (!context.IsRunning)
        {
            host.Foreign(this);
            throw new FlowStoppedException(ForeignIncident);
        }

        if (Incident is not null)
        {
            throw new FlowStoppedException(Incident);
        }

        if (RestartData is not null)
        {
            throw Stop("The flow did not return right after Restart.");
        }
    }
}
