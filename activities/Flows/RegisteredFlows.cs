using System.Text.Json;
using Microsoft.Extensions.Logging;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Flows;

/// <summary>
/// Flows over the registry, the inbox and a platform that may forget. Nothing is acknowledged before its row is written;
/// what the platform then loses, the sweep brings back.
/// </summary>
public sealed partial class RegisteredFlows(
    FlowRegistry registry,
    FlowInbox inbox,
    IFlowPlatform platform,
    FlowRecovery recovery,
    FlowReader reader,
    FlowTable flows,
    TimeProvider time,
    ILogger<RegisteredFlows> logger) : IFlowClient
{
    private static readonly StartOptions AtOnce = new();

    /// <summary>When a sender pokes again, counted from its first poke; after that the sweep does.</summary>
    private static readonly TimeSpan[] PokeAgain = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    public Task<StartOutcome> Start(
        string flow, string id, object input, StartOptions? options = null, CancellationToken cancellation = default) =>
        Start(flow, id, input, options ?? AtOnce, null, cancellation);

    public async Task<StartOutcome> Start(
        string flow, string id, object input, StartOptions asked, string? starter, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        FlowLimits.Refuse(FlowLimits.IdProblem("flow's id", id) ?? FlowLimits.TagsProblem(asked.Tags));
        var definition = asked.Version is { } version ? flows.Find(flow, version) : flows.Newest(flow);
        if (definition is null)
        {
            throw new FlowRefusedException(flows.Newest(flow) is null
                ? $"No flow is called {flow}."
                : FormattableString.Invariant($"{flow} has no version {asked.Version}."));
        }

        var data = FlowLimits.Input(definition, input);
        var row = New(definition, id, asked, starter);
        if (await registry.Find(id, cancellation) is not { } old)
        {
            if (!await registry.Register(row, data, cancellation))
            {
                return StartOutcome.Exists;
            }

            await recovery.Schedule(row, data, cancellation);
            return StartOutcome.Started;
        }

        if (asked.WhenUsed == UsedId.Refuse || (asked.WhenUsed == UsedId.ReplaceEnded && !old.IsEnded))
        {
            return StartOutcome.Exists;
        }

        return await TakePlace(old, row, data, cancellation) ? StartOutcome.Started : StartOutcome.Exists;
    }

    public Task<SendOutcome> Send<TCommand>(
        string id, string commandId, TCommand command, CancellationToken cancellation = default)
        where TCommand : class
    {
        ArgumentNullException.ThrowIfNull(command);
        return Send(id, commandId, command.GetType().Name, Wire.Write(command), cancellation);
    }

    /// <summary>Puts a command into the inbox and pokes its flow; a poke that fails costs time, never the command.</summary>
    public async Task<SendOutcome> Send(
        string id, string commandId, string name, byte[] command, CancellationToken cancellation = default)
    {
        FlowLimits.Refuse(FlowLimits.IdProblem("flow's id", id)
            ?? FlowLimits.IdProblem("command's id", commandId)
            ?? FlowLimits.PayloadProblem($"The command {name}", command));
        var outcome = await inbox.Append(id, commandId, name, command, cancellation);
        if (outcome is SendOutcome.Accepted or SendOutcome.Repeated)
        {
            await TryPoke(id, cancellation);
            if (outcome == SendOutcome.Accepted)
            {
                Again = PokeUntilRead(id);
            }
        }

        return outcome;
    }

    public Task<FlowInfo?> Get(string id, CancellationToken cancellation = default) => reader.Get(id, cancellation);

    public Task<FlowPage> List(
        FlowFilter filter, int size = 50, string? after = null, CancellationToken cancellation = default) =>
        reader.List(filter, size, after, cancellation);

    public Task<IReadOnlyList<FlowEvent>?> History(string id, CancellationToken cancellation = default) =>
        reader.History(id, cancellation);

    public Task<FlowInfo?> Result(string id, TimeSpan patience, CancellationToken cancellation = default) =>
        reader.Result(id, patience, cancellation);

    public Task<JsonElement?> Export(string id, CancellationToken cancellation = default) => reader.Export(id, cancellation);

    /// <summary>The pokes that follow the last accepted command, for tests.</summary>
    internal Task Again { get; private set; } = Task.CompletedTask;

    private FlowRow New(FlowDefinition definition, string id, StartOptions asked, string? starter)
    {
        var now = time.GetUtcNow();
        var at = asked.At?.ToUniversalTime() is { } moment && moment > now ? moment : (DateTimeOffset?)null;
        return new FlowRow(
            id,
            definition.Name,
            definition.Version,
            FlowState.Running,
            now,
            now,
            Generation: 1,
            now,
            WaitsFor: at is null ? null : FlowRow.WaitsForStart,
            Due: at,
            StartedBy: starter,
            Tags: asked.Tags is { Count: > 0 } tags ? new SortedDictionary<string, string>(tags.ToDictionary(), StringComparer.Ordinal) : null,
            StartAt: at);
    }

    /// <summary>The id's earlier flow goes with its inbox and what operators did to it; its numbers are not used again.</summary>
    private async Task<bool> TakePlace(FlowRow old, FlowRow row, byte[] data, CancellationToken cancellation)
    {
        await EndOnPlatform(old, "Another flow takes its place.", cancellation);
        var last = await inbox.Last(old.Id, cancellation);
        foreach (var prefix in new[] { FlowRows.CommandPrefix, FlowRows.IdPrefix, FlowRows.ActPrefix })
        {
            await registry.Clear(old.Id, prefix, cancellation);
        }

        var begun = await registry.Begin(
            old.Id,
            now => now.Generation == old.Generation ? row with { After = last, Read = last } : null,
            data,
            cancellation: cancellation);
        if (begun is null)
        {
            return false;
        }

        await recovery.Schedule(begun, data, cancellation);
        return true;
    }

    private async Task TryPoke(string id, CancellationToken cancellation)
    {
        try
        {
            await platform.Poke(id, cancellation);
        }
#pragma warning disable CA1031 // The command lies in the inbox; the sweep pokes again.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            logger.LogWarning(failure, "{Flow} was not poked", id);
        }
    }

    /// <summary>Runs on while the caller waits for the projection; a process that ends meanwhile leaves it to the sweep.</summary>
    private async Task PokeUntilRead(string id)
    {
        foreach (var wait in PokeAgain)
        {
            await Task.Delay(wait, time);
            try
            {
                if (await registry.Find(id) is not { State: FlowState.Running } row || await inbox.Last(id) <= row.Read)
                {
                    return;
                }
            }
#pragma warning disable CA1031 // Nobody waits for this.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                logger.LogWarning(failure, "{Flow} could not be looked at", id);
                return;
            }

            await TryPoke(id, CancellationToken.None);
        }
    }
}
