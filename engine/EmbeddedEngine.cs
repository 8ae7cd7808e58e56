using System.Text.Json;
using Microsoft.Extensions.Logging;
using Workflows.Engine.Operations;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>Runs flows durably in this process, over one file that it alone owns.</summary>
public sealed class EmbeddedEngine : IFlowClient, IAsyncDisposable
{
    private static readonly StartOptions AtOnce = new();

    private readonly EngineOptions setup;
    private readonly FlowTable flows;
    private readonly OwnerLock owner;
    private readonly EngineLoop loop;
    private readonly StoreReader reader;
    private int startsWaiting;
    private int disposed;

    private EmbeddedEngine(EngineOptions setup, FlowTable flows, OwnerLock owner, EngineLoop loop, StoreReader reader)
    {
        this.setup = setup;
        this.flows = flows;
        this.owner = owner;
        this.loop = loop;
        this.reader = reader;
    }

    /// <summary>The last recorded moment of the file; null when it is fresh. A virtual clock resumes here.</summary>
    public DateTimeOffset? LastMoment => loop.LastMoment is > 0 and var ticks ? Codes.Time(ticks) : null;

    /// <summary>Why the engine has stopped and answers no more; null while it runs.</summary>
    public string? StoppedBecause => loop.Ending?.Message;

    internal EngineTelemetry Telemetry => loop.Telemetry;

    /// <summary>Opens or makes the file and takes up whatever was in flight.</summary>
    /// <exception cref="StoreOwnedException">Another engine owns the file, and this one is no standby.</exception>
    /// <exception cref="StoreRefusedException">The file is foreign or newer; it is left untouched.</exception>
    public static async Task<EmbeddedEngine> Open(
        EngineOptions options,
        FlowTable flows,
        ActivityTable activities,
        IRuleShelf rules,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        cancellation.ThrowIfCancellationRequested();
        OwnerLock? owner = null;
        EngineLoop? loop = null;
        StoreReader? reader = null;
        try
        {
            owner = await Own(options, time, logger, cancellation).ConfigureAwait(false);
            Schema.Prepare(options.File);
            loop = new EngineLoop(options, flows, activities, rules, time, logger);
            reader = new StoreReader(options.File);
            loop.Watch(reader.Blocked, reader.DeadLetters);
            await loop.Start().ConfigureAwait(false);
            return new EmbeddedEngine(options, flows, owner, loop, reader);
        }
        catch
        {
            reader?.Dispose();
            loop?.Dispose();
            owner?.Dispose();
            throw;
        }
    }

    public async Task<StartOutcome> Start(
        string flow, string id, object input, StartOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var asked = options ?? AtOnce;
        Limits.Refuse(Limits.IdProblem("flow's id", id));
        Limits.Refuse(asked.Tags is null ? null : Limits.TagsProblem(asked.Tags));
        var definition = asked.Version is { } version ? flows.Find(flow, version) : flows.Newest(flow);
        if (definition is null)
        {
            throw new FlowRefusedException(flows.Newest(flow) is null
                ? $"No flow is called {flow}."
                : FormattableString.Invariant($"{flow} has no version {asked.Version}."));
        }

        var data = Input(definition, input);
        if (Interlocked.Increment(ref startsWaiting) + loop.CallsWaiting > setup.UnfinishedStartsMax)
        {
            Interlocked.Decrement(ref startsWaiting);
            loop.Telemetry.StartRefused();
            throw new FlowsBusyException("The engine has as much work as it takes. Try again later.");
        }

        try
        {
            return await Ask(loop => loop.Start(definition, id, data, asked), cancellation).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref startsWaiting);
        }
    }

    public Task<SendOutcome> Send<TCommand>(
        string id, string commandId, TCommand command, CancellationToken cancellation = default)
        where TCommand : class
    {
        ArgumentNullException.ThrowIfNull(command);
        Limits.Refuse(Limits.IdProblem("flow's id", id) ?? Limits.IdProblem("command's id", commandId));
        var name = command.GetType().Name;
        var data = Wire.Write(command);
        Limits.Refuse(Limits.PayloadProblem($"The command {name}", data));
        return Ask(loop => loop.Send(id, commandId, name, data), cancellation);
    }

    public Task<FlowInfo?> Get(string id, CancellationToken cancellation = default) => reader.Get(id, cancellation);

    public Task<FlowPage> List(
        FlowFilter filter, int size = 50, string? after = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Limits.PageSizeMax);
        return reader.List(filter, size, after, cancellation);
    }

    public Task<IReadOnlyList<FlowEvent>?> History(string id, CancellationToken cancellation = default) =>
        reader.History(id, cancellation);

    public async Task<FlowInfo?> Result(string id, TimeSpan patience, CancellationToken cancellation = default)
    {
        var waiter = new TaskCompletionSource<FlowInfo?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new Request<FlowInfo?>(loop => loop.Await(id, waiter));
        loop.Post(asked);
        try
        {
            await asked.Answer.WaitAsync(patience, cancellation).ConfigureAwait(false);
            return await waiter.Task.WaitAsync(patience, cancellation).ConfigureAwait(false);
        }
        catch (Exception given) when (given is TimeoutException or OperationCanceledException)
        {
            loop.TryPost(new Request<bool>(loop => loop.Leave(id, waiter)));
            throw;
        }
    }

    public Task<OperateOutcome> Suspend(string id, string reason, CancellationToken cancellation = default) =>
        Operate(reason, loop => loop.Suspend(id, reason), cancellation);

    public Task<OperateOutcome> Resume(string id, string reason, CancellationToken cancellation = default) =>
        Operate(reason, loop => loop.Resume(id, reason), cancellation);

    public Task<OperateOutcome> Terminate(
        string id, string reason, bool withChildren = false, CancellationToken cancellation = default) =>
        Operate(reason, loop => loop.Terminate(id, reason, withChildren), cancellation);

    public Task<OperateOutcome> Retry(string id, string reason, CancellationToken cancellation = default) =>
        Operate(reason, loop => loop.Retry(id, reason), cancellation);

    public async Task<OperateOutcome> Restart(
        string id, object input, string reason, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (await Get(id, cancellation).ConfigureAwait(false) is not { } info)
        {
            return OperateOutcome.NotFound;
        }

        var definition = flows.Find(info.Flow, info.Version) ?? throw new FlowRefusedException(
            FormattableString.Invariant($"No flow is called {info.Flow} with version {info.Version}."));
        var data = Input(definition, input);
        return await Operate(reason, loop => loop.Restart(id, definition, data, reason), cancellation).ConfigureAwait(false);
    }

    public Task<OperateOutcome> Purge(string id, CancellationToken cancellation = default) =>
        Ask(loop => loop.Purge(id), cancellation);

    public async Task<int> PurgeEnded(DateTimeOffset endedBefore, int max, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        var purged = 0;
        while (purged < max)
        {
            var left = max - purged;
            var slice = await Ask(loop => loop.PurgeEnded(endedBefore.UtcTicks, left), cancellation).ConfigureAwait(false);
            if (slice == 0)
            {
                break;
            }

            purged += slice;
        }

        return purged;
    }

    public Task<JsonElement?> Export(string id, CancellationToken cancellation = default) =>
        reader.Export(id, cancellation);

    public Task<DeadLetterPage> DeadLetters(int size = 50, string? after = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Limits.PageSizeMax);
        return reader.DeadLetters(size, after, cancellation);
    }

    public Task<OperateOutcome> RetryDeadLetter(long id, string reason, CancellationToken cancellation = default) =>
        Operate(reason, loop => loop.RetryDeadLetter(id, reason), cancellation);

    public Task<OperateOutcome> DropDeadLetter(long id, string reason, CancellationToken cancellation = default) =>
        Operate(reason, loop => loop.DropDeadLetter(id, reason), cancellation);

    /// <summary>Completes when nothing is ready, no call runs, and no date or retry is due by now.</summary>
    public Task WhenIdle(CancellationToken cancellation = default) => loop.WhenIdle(cancellation);

    /// <summary>The earliest date or retry that is waited for.</summary>
    public async Task<DateTimeOffset?> NextDue() =>
        await Ask(loop => loop.EarliestDue(), CancellationToken.None).ConfigureAwait(false) is { } due
            ? Codes.Time(due)
            : null;

    internal Task<(int Flows, long Bytes)> Residents() => Ask(loop => loop.Residents, CancellationToken.None);

    /// <summary>Ends after the present commit. Running calls are cancelled and run again at the next opening.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            loop.Dispose();
            reader.Dispose();
            owner.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static async Task<OwnerLock> Own(
        EngineOptions options, TimeProvider time, ILogger logger, CancellationToken cancellation)
    {
        for (var isTold = false; ; isTold = true)
        {
            Schema.RefuseForeign(options.File);
            try
            {
                return OwnerLock.Take(options.File, time.GetUtcNow());
            }
            catch (StoreOwnedException owned) when (options.Standby)
            {
                if (!isTold)
                {
                    logger.LogInformation("Standing by: {Reason}", owned.Message);
                }

                var wait = options.Heartbeat is { Ticks: > 0 } given ? given : EngineOptions.HeartbeatUsual;
                await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
            }
        }
    }

    private static byte[] Input(FlowDefinition definition, object input)
    {
        var data = input is JsonElement json ? Fitting(definition, json)
            : definition.Input.IsInstanceOfType(input)
                ? JsonSerializer.SerializeToUtf8Bytes(input, definition.Input, Wire.Options)
            : throw new FlowRefusedException($"{definition.Name} takes {definition.Input.Name}, not {input.GetType().Name}.");
        Limits.Refuse(Limits.PayloadProblem($"The input of {definition.Name}", data));
        return data;
    }

    private static byte[] Fitting(FlowDefinition definition, JsonElement json)
    {
        try
        {
            return json.Deserialize(definition.Input, Wire.Options) is not null
                ? JsonSerializer.SerializeToUtf8Bytes(json, Wire.Options)
                : throw new JsonException("it is null.");
        }
        catch (JsonException unreadable)
        {
            throw new FlowRefusedException($"{definition.Name} takes {definition.Input.Name}: {unreadable.Message}");
        }
    }

    private Task<OperateOutcome> Operate(
        string reason, Func<EngineLoop, OperateOutcome> apply, CancellationToken cancellation)
    {
        Limits.Refuse(Limits.ReasonProblem(reason));
        return Ask(apply, cancellation);
    }

    private Task<TAnswer> Ask<TAnswer>(Func<EngineLoop, TAnswer> apply, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var request = new Request<TAnswer>(apply);
        loop.Post(request);
        return request.Answer.WaitAsync(cancellation);
    }
}
