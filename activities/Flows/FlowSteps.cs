using System.Text.Json;
using Microsoft.Extensions.Logging;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Flows;

/// <summary>A look into the inbox by a flow that wants its next command.</summary>
/// <param name="Id">The flow's id.</param>
/// <param name="Generation">Its generation; an older one than the registry's is told that it is superseded.</param>
/// <param name="Step">Counts the looks of the generation.</param>
/// <param name="After">The last command it has read and dealt with.</param>
/// <param name="Until">The date it waits for, UTC.</param>
/// <param name="Reached">The date has come by the flow's clock: the look is taken when it has by the world's too.</param>
/// <param name="Status">What it last said of itself.</param>
public sealed record LookIntoInbox(
    string Id, int Generation, int Step, long After, DateTimeOffset? Until, bool Reached, JsonElement? Status);

/// <param name="Superseded">Another generation lives: the flow must stop.</param>
/// <param name="Commands">The next commands, in order; empty when the flow waits.</param>
public sealed record InboxLook(bool Superseded, IReadOnlyList<InboxCommand> Commands);

/// <summary>A flow starts another.</summary>
public sealed record StartAnother(string Starter, string Flow, string Id, JsonElement Input);

/// <param name="Refusal">Why it can never be started so; null when it exists now.</param>
public sealed record StartedAnother(string? Refusal);

/// <summary>A flow sends a command to another.</summary>
public sealed record SendToAnother(string Id, string CommandId, string Name, JsonElement Command);

public sealed record SentToAnother(SendOutcome Outcome);

/// <summary>A flow begins its next generation.</summary>
public sealed record BeginGeneration(string Id, int Generation, long After, JsonElement Input, JsonElement? Status = null);

/// <summary>A flow has ended.</summary>
public sealed record EndFlow(string Id, int Generation, JsonElement? Result, JsonElement? Status = null);

/// <summary>A flow's code stopped it.</summary>
public sealed record BlockFlow(string Id, int Generation, string Incident);

/// <param name="Superseded">Another generation lives; nothing was changed.</param>
public sealed record StepTaken(bool Superseded);

/// <summary>What a flow asks of the registry and the inbox at its steps. Each may be asked again and changes nothing then.</summary>
public sealed class FlowSteps(FlowRegistry registry, FlowInbox inbox, RegisteredFlows flows, TimeProvider time, ILogger<FlowSteps> logger)
{
    /// <summary>Timers fire up to a second early; so much longer is waited for the world's clock.</summary>
    private static readonly TimeSpan EarlyMax = TimeSpan.FromSeconds(5);

    /// <summary>Reads the inbox, and where the flow has to wait, writes down for what.</summary>
    public async Task<InboxLook> Look(LookIntoInbox look, CancellationToken cancellation = default)
    {
        if (look is { Reached: true, Until: { } date } && date - time.GetUtcNow() is { Ticks: > 0 } early)
        {
            await Task.Delay(early < EarlyMax ? early : EarlyMax, time, cancellation);
        }

        var commands = await inbox.Read(look.Id, look.After, cancellation);
        if (await registry.Find(look.Id, cancellation) is not { } row || row.Generation > look.Generation || row.IsEnded)
        {
            return new InboxLook(Superseded: true, []);
        }

        if (commands.Count == 0)
        {
            await registry.Change(look.Id, now => Waiting(now, look), cancellation);
            if (!row.Scheduled)
            {
                await registry.MarkScheduled(look.Id, look.Generation, cancellation);
            }
        }

        return new InboxLook(Superseded: false, commands);
    }

    public async Task<StartedAnother> Start(StartAnother start, CancellationToken cancellation = default)
    {
        try
        {
            await flows.Start(start.Flow, start.Id, start.Input, new StartOptions(), start.Starter, cancellation);
            return new StartedAnother(null);
        }
        catch (FlowRefusedException refused)
        {
            return new StartedAnother(refused.Message);
        }
    }

    public async Task<SentToAnother> Send(SendToAnother send, CancellationToken cancellation = default) =>
        new(await flows.Send(send.Id, send.CommandId, send.Name, Wire.Write(send.Command), cancellation));

    public async Task<StepTaken> Begin(BeginGeneration begin, CancellationToken cancellation = default)
    {
        var begun = await registry.Begin(
            begin.Id,
            row => row.Generation == begin.Generation && !row.IsEnded
                ? row with { After = begin.After, Read = begin.After, BegunAt = time.GetUtcNow(), UpdatedAt = time.GetUtcNow(), WaitsFor = null, Due = null, StartAt = null, Status = Said(begin.Status, row) }
                : null,
            Wire.Write(begin.Input),
            scheduled: true,
            cancellation);
        if (begun is null && !(await registry.Find(begin.Id, cancellation) is { IsEnded: false } row && row.Generation == begin.Generation + 1))
        {
            return new StepTaken(Superseded: true);
        }

        await inbox.Forget(begin.Id, begin.After, cancellation);
        return new StepTaken(Superseded: false);
    }

    public async Task<StepTaken> End(EndFlow end, CancellationToken cancellation = default)
    {
        await registry.End(
            end.Id,
            row => row.Generation == end.Generation && !row.IsEnded
                ? row with { State = FlowState.Completed, UpdatedAt = time.GetUtcNow(), Incident = null, Scheduled = true, Status = Said(end.Status, row) }
                : null,
            end.Result is { } result ? Wire.Write(result) : null,
            cancellation);
        return new StepTaken(await registry.Find(end.Id, cancellation) is not { State: FlowState.Completed });
    }

    public async Task<StepTaken> Block(BlockFlow block, CancellationToken cancellation = default)
    {
        var blocked = await registry.Change(
            block.Id,
            row => row.Generation == block.Generation && !row.IsEnded
                ? row with
                {
                    State = FlowState.Blocked,
                    UpdatedAt = time.GetUtcNow(),
                    Incident = block.Incident.Length <= FlowLimits.ReasonCharactersMax ? block.Incident : block.Incident[..FlowLimits.ReasonCharactersMax],
                    WaitsFor = null,
                    Due = null,
                    Scheduled = true,
                }
                : null,
            cancellation);
        if (blocked is not null)
        {
            logger.LogError("Flow {Flow} is blocked: {Incident}", block.Id, blocked.Incident);
        }

        return new StepTaken(blocked is null);
    }

    private static string? Said(JsonElement? status, FlowRow row) =>
        status is { } said ? JsonSerializer.Serialize(said, Wire.Options) : row.Status;

    /// <summary>Null when an older look comes late, or when nothing has changed.</summary>
    private FlowRow? Waiting(FlowRow row, LookIntoInbox look)
    {
        if (row.Generation != look.Generation || row.Step > look.Step || row.IsEnded)
        {
            return null;
        }

        var waiting = row with
        {
            Step = look.Step,
            Read = Math.Max(row.Read, look.After),
            WaitsFor = look.Reached ? null : look.Until is null ? "command" : "command or date",
            Due = look.Reached ? null : look.Until,
            Status = Said(look.Status, row),
            StartAt = null,
        };
        return waiting == row with { Step = look.Step } ? null : waiting with { UpdatedAt = time.GetUtcNow() };
    }
}
