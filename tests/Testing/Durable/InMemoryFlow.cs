using System.Text;
using Workflows.Orchestrations.Durable;

namespace Workflows.Testing.Durable;

/// <summary>One flow of <see cref="InMemoryFlows"/> with the record of its present generation.</summary>
public sealed class InMemoryFlow(InMemoryFlows host, string id, FlowDefinition definition, byte[] input) : IFlow
{
    private readonly Queue<(string Id, DateTimeOffset At, byte[] Body)> inbox = [];
    private readonly HashSet<string> commandIds = [];
    private readonly List<TraceEvent> earlier = [];
    private List<TraceEvent> trace = [];
    private List<TraceEvent>? replayed;
    private byte[] input = input;
    private byte[]? next;
    private DateTimeOffset now = host.Now;
    private DateTimeOffset begun = host.Now;
    private Action<byte[]?>? waiting;
    private Task<byte[]?>? running;

    public string Id => id;

    public string Definition => definition.Name;

    public DateTimeOffset Now => now;

    public int Recorded => replayed is null ? trace.Count : replayed.Count;

    /// <summary>The date it waits for; null when it waits for a command only or has ended.</summary>
    public DateTimeOffset? WaitsUntil { get; private set; }

    public bool Ended => running is { IsCompletedSuccessfully: true };

    public byte[]? Result => Ended ? running!.Result : null;

    public string? LastStatus { get; private set; }

    public int Generation { get; private set; } = 1;

    /// <summary>Everything asked and answered, of all generations.</summary>
    public IReadOnlyList<TraceEvent> Trace => [.. earlier, .. trace];

    /// <summary>The present generation's record, to be kept.</summary>
    public History History => History.Of(definition.Name, id, begun, input, trace);

    public TRules Rules<TRules>(string version)
        where TRules : class
    {
        Enter();
        return host.Rules<TRules>(version);
    }

    public Task<TResult> Call<TResult>(IActivity<TResult> request, Retry? retry = null)
    {
        Enter();
        var name = request.GetType().Name;
        var body = Wire.Write((object)request);
        var done = Record($"call {name} {request.Key} {Encoding.UTF8.GetString(body)}", () => Attempt(name, body, retry ?? Retry.Standard));
        return done.Failure is { } failure
            ? Task.FromException<TResult>(new ActivityFailedException(name, request.Key, (retry ?? Retry.Standard).AttemptsMax, failure))
            : Task.FromResult(Wire.Read<TResult>(done.Answer));
    }

    public Task<Received<TCommand>?> Next<TCommand>(DateTimeOffset? until = null)
        where TCommand : class
    {
        Enter();
        var asked = $"next {until:O}";
        if (replayed is not null)
        {
            if (replayed.Count == trace.Count)
            {
                // The record ends in this wait: so does the replay.
                return new TaskCompletionSource<Received<TCommand>?>().Task;
            }

            return Task.FromResult(Read<TCommand>(Record(asked, () => throw new InvalidOperationException()).Answer));
        }

        if (waiting is not null)
        {
            throw new InvalidOperationException("Only one wait may be open at a time.");
        }

        if (inbox.TryDequeue(out var command))
        {
            return Task.FromResult(Read<TCommand>(Record(asked, () => (Envelope(command), null)).Answer));
        }

        if (until <= now)
        {
            return Task.FromResult(Read<TCommand>(Record(asked, () => (null, null)).Answer));
        }

        var source = new TaskCompletionSource<Received<TCommand>?>();
        WaitsUntil = until;
        waiting = envelope =>
        {
            waiting = null;
            WaitsUntil = null;
            now = host.Now > now ? host.Now : now;
            source.SetResult(Read<TCommand>(Record(asked, () => (envelope, null)).Answer));
        };
        return source.Task;
    }

    public Task Start(string flow, string id, object input)
    {
        Enter();
        Record($"start {flow} {id} {Encoding.UTF8.GetString(Wire.Write(input))}", () =>
        {
            host.Start(flow, id, input);
            return (null, null);
        });
        return Task.CompletedTask;
    }

    public Task<SendOutcome> Send<TCommand>(string id, string commandId, TCommand command)
        where TCommand : class
    {
        Enter();
        return Task.FromResult(Wire.Read<SendOutcome>(Record(
            $"send {id} {commandId} {Encoding.UTF8.GetString(Wire.Write(command))}",
            () => (Wire.Write(host.Send(id, commandId, command)), null)).Answer));
    }

    public void Status(object status)
    {
        Enter();
        LastStatus = Encoding.UTF8.GetString(Wire.Write(status));
    }

    public void Restart<TInput>(TInput input)
        where TInput : notnull
    {
        Enter();
        next = Wire.Write<object>(input);
        Record($"restart {Encoding.UTF8.GetString(next)}", () => (null, null));
    }

    public void Log(string template, params object?[] values)
    {
    }

    /// <summary>Runs today's code against a record that was kept.</summary>
    internal static void Replay(InMemoryFlows host, FlowDefinition definition, History history)
    {
        var flow = new InMemoryFlow(host, history.Id, definition, Wire.Write(history.Input)) { begun = history.Begun };
        flow.trace.AddRange(history.Events.Select(recorded => recorded.ToTrace()));
        flow.Replay();
    }

    internal void Begin()
    {
        running = definition.Run(this, input);
        Continue();
    }

    internal SendOutcome Deliver(string commandId, DateTimeOffset at, byte[] body)
    {
        if (Ended)
        {
            return SendOutcome.Ended;
        }

        if (!commandIds.Add(commandId))
        {
            return SendOutcome.Repeated;
        }

        if (waiting is { } resume)
        {
            resume(Envelope((commandId, at, body)));
            Continue();
        }
        else
        {
            inbox.Enqueue((commandId, at, body));
        }

        return SendOutcome.Accepted;
    }

    internal void DateReached()
    {
        waiting!(null);
        Continue();
    }

    internal void Replay()
    {
        var (state, open) = (now, waiting);
        now = begun;
        waiting = null;
        replayed = [];
        try
        {
            var again = definition.Run(this, input);
            if (again.IsFaulted)
            {
                again.GetAwaiter().GetResult();
            }

            if (replayed.Count < trace.Count)
            {
                throw new ReplayMismatchException(id, replayed.Count, trace[replayed.Count].Asked, null);
            }
        }
        finally
        {
            replayed = null;
            (now, waiting) = (state, open);
        }
    }

    private void Continue()
    {
        while (running is { IsCompletedSuccessfully: true } && next is not null)
        {
            Replay();
            earlier.AddRange(trace);
            trace = [];
            input = next;
            next = null;
            begun = now;
            Generation++;
            running = definition.Run(this, input);
        }

        if (running!.IsFaulted)
        {
            running.GetAwaiter().GetResult();
        }
    }

    /// <summary>A flow that begins anew asks for nothing more, as the hosts demand.</summary>
    private void Enter()
    {
        if (replayed is null && next is not null)
        {
            throw new InvalidOperationException($"{id} asks for something after it has begun anew.");
        }
    }

    private TraceEvent Record(string asked, Func<(byte[]? Answer, string? Failure)> perform)
    {
        if (replayed is null)
        {
            var index = trace.Count;
            var (answer, failure) = perform();
            trace.Insert(Math.Min(index, trace.Count), new TraceEvent(asked, answer, failure, now));
            return trace[index];
        }

        if (replayed.Count >= trace.Count || !trace[replayed.Count].IsAsked(asked))
        {
            throw new ReplayMismatchException(
                id, replayed.Count, replayed.Count < trace.Count ? trace[replayed.Count].Asked : null, asked);
        }

        var recorded = trace[replayed.Count];
        replayed.Add(recorded);
        now = recorded.Now;
        return recorded;
    }

    private (byte[]? Answer, string? Failure) Attempt(string name, byte[] body, Retry retry)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (host.Run(name, body), null);
            }
            catch (Exception failure) when (failure is not KeyNotFoundException)
            {
                if (attempt >= retry.AttemptsMax)
                {
                    return (null, failure.Message);
                }
            }
        }
    }

    private static byte[] Envelope((string Id, DateTimeOffset At, byte[] Body) command) =>
        Wire.Write(new Letter(command.Id, command.At, command.Body));

    private static Received<TCommand>? Read<TCommand>(byte[]? envelope)
        where TCommand : class =>
        envelope is null
            ? null
            : Wire.Read<Letter>(envelope) is var letter
                ? new Received<TCommand>(letter.Id, letter.At, Wire.Read<TCommand>(letter.Body))
                : null;

    private sealed record Letter(string Id, DateTimeOffset At, byte[] Body);
}
