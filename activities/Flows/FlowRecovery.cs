using System.Text.Json;
using Microsoft.Extensions.Logging;
using Workflows.Activities.Cases;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Flows;

/// <summary>Brings registered flows to the platform: new ones, and those that it lost or that stand still.</summary>
public sealed class FlowRecovery(
    FlowRegistry registry, FlowInbox inbox, IFlowPlatform platform, CaseStore cases, TimeProvider time, ILogger<FlowRecovery> logger)
{
    /// <summary>
    /// Starts the present generation. When the platform does not answer, the flow stays registered and the sweep starts
    /// it, so a failure here is no failure of the start.
    /// </summary>
    /// <returns>False when the platform has another living instance of this id.</returns>
    public async Task<bool> Schedule(FlowRow row, byte[] input, CancellationToken cancellation = default)
    {
        var begin = new FlowBegin(
            row.Version, row.Generation, row.After, JsonSerializer.Deserialize<JsonElement>(input, Wire.Options), row.StartAt);
        var start = new PlatformStart(
            row.Flow, row.Id, JsonSerializer.SerializeToElement(begin, Wire.Options), row.StartAt, ReplaceEnded: row.Generation > 1);
        try
        {
            // Of a first generation nothing else can be there but itself, started a moment ago by somebody else.
            var isThere = await platform.Start(start, cancellation) || row.Generation == 1;
            if (isThere)
            {
                await registry.MarkScheduled(row.Id, row.Generation, cancellation);
            }

            return isThere;
        }
#pragma warning disable CA1031 // Whatever is wrong with the platform, the flow is registered.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            logger.LogWarning(failure, "{Flow} is registered and not started; the sweep starts it", row.Id);
            return true;
        }
    }

    /// <summary>
    /// Begins a flow anew that the platform lost or that failed: a case from its projection, without the commands that the
    /// projection has dealt with; any other flow lives through its last generation again, whose requests keep their keys.
    /// </summary>
    /// <returns>False when the flow has changed meanwhile, or the platform has another living instance.</returns>
    public async Task<bool> Recover(FlowRow row, CancellationToken cancellation = default)
    {
        var record = CaseId(row) is { } caseId ? await cases.Record(row.Flow, caseId, cancellation) : null;
        var input = record is { } saved ? Wire.Write(saved) : await registry.Input(row.Id, cancellation);
        if (input is null)
        {
            return false;
        }

        if (record is { } projection)
        {
            await DropHandled(row, projection, cancellation);
        }

        var after = record is null ? row.After : row.Read;
        var begun = await registry.Begin(
            row.Id,
            now => now.Generation == row.Generation && !now.IsEnded ? Fresh(now, after) : null,
            input,
            cancellation: cancellation);
        if (begun is null)
        {
            return false;
        }

        logger.LogWarning("{Flow} begins anew from {Source}", row.Id, record is null ? "its last generation" : "its projection");
        return await Schedule(begun, input, cancellation);
    }

    /// <summary>The row of a generation that begins now.</summary>
    public FlowRow Fresh(FlowRow row, long after) => row with
    {
        State = FlowState.Running,
        UpdatedAt = time.GetUtcNow(),
        BegunAt = time.GetUtcNow(),
        After = after,
        Read = after,
        WaitsFor = null,
        Due = null,
        Incident = null,
        StartAt = null,
    };

    private async Task DropHandled(FlowRow row, JsonElement record, CancellationToken cancellation)
    {
        var handled = record.TryGetProperty("handled", out var outcomes)
            ? outcomes.Deserialize<IReadOnlyList<Handled>>(Wire.Options)!.Select(outcome => outcome.CommandId).ToHashSet(StringComparer.Ordinal)
            : [];
        var after = row.Read;
        while (await inbox.Read(row.Id, after, cancellation) is { Count: > 0 } unread)
        {
            await inbox.Drop(row.Id, unread.Where(command => handled.Contains(command.Id)), cancellation);
            after = unread[^1].Number;
        }
    }

    /// <summary>A case's flow is called after its process and its case.</summary>
    private static string? CaseId(FlowRow row) =>
        row.Id.StartsWith(row.Flow + "-", StringComparison.Ordinal) ? row.Id[(row.Flow.Length + 1)..] : null;
}
