using System.Text.Json;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Cases;

/// <summary>What became of a restart.</summary>
public enum CaseRestartOutcome
{
    /// <summary>The flow goes on from the projection, with a fresh history and what it had not read.</summary>
    Restarted,

    /// <summary>The engine did not know the flow; it runs again from the projection.</summary>
    Started,

    /// <summary>There is no projection of such a case.</summary>
    NoCase,

    /// <summary>
    /// The flow has read a command that is not saved yet and would be lost; nothing was changed. It must be let through
    /// first.
    /// </summary>
    StepInFlight,
}

/// <summary>What was said to a case and lost with the engine, found in projections.</summary>
public interface ILostWords
{
    /// <summary>Tells a case that was started from its projection what it waits for and will not hear. May be repeated.</summary>
    Task Tell(string kind, string caseId, JsonElement record, CancellationToken cancellation);
}

/// <summary>Begins a case's flow again from its projection: after an incident, a change of code, or a lost engine.</summary>
/// <param name="cases">Where the projections are.</param>
/// <param name="flows">The engine.</param>
/// <param name="lost">Who knows what a case of an engine that was lost does not hear any more.</param>
public sealed class CaseRestart(CaseStore cases, IFlowClient flows, params IEnumerable<ILostWords> lost)
{
    /// <param name="kind">The flow's name.</param>
    /// <param name="caseId">The case's id.</param>
    /// <param name="reason">Stands in the flow's history.</param>
    /// <param name="cancellation">Gives up waiting; it may still happen.</param>
    public async Task<CaseRestartOutcome> Run(string kind, string caseId, string reason, CancellationToken cancellation = default)
    {
        var id = $"{kind}-{caseId}";
        if (await cases.Record(kind, caseId, cancellation) is null)
        {
            return CaseRestartOutcome.NoCase;
        }

        // From here on it reads no command, so that what the projection knows and what was read stay comparable.
        var isSuspended = await flows.Suspend(id, reason, cancellation) == OperateOutcome.Done;
        var record = (await cases.Record(kind, caseId, cancellation))!.Value;
        if (!await IsSaved(id, record, cancellation))
        {
            if (isSuspended)
            {
                await flows.Resume(id, reason, cancellation);
            }

            return CaseRestartOutcome.StepInFlight;
        }

        if (await flows.Restart(id, record, reason, cancellation) == OperateOutcome.Done)
        {
            return CaseRestartOutcome.Restarted;
        }

        await flows.Start(kind, id, record, cancellation: cancellation);
        foreach (var words in lost)
        {
            await words.Tell(kind, caseId, record, cancellation);
        }

        return CaseRestartOutcome.Started;
    }

    /// <summary>A case takes one command after the other, so only the last one can be on its way.</summary>
    private async Task<bool> IsSaved(string id, JsonElement record, CancellationToken cancellation)
    {
        var read = (await flows.History(id, cancellation) ?? []).LastOrDefault(item => item.Kind == "command");
        return read?.Key is null || record.GetProperty("handled").EnumerateArray()
            .Any(handled => handled.GetProperty("commandId").ValueEquals(read.Key));
    }
}
