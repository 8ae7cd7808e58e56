using Microsoft.Extensions.Logging;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Cases;

/// <summary>
/// The net under any engine: living cases whose flow the engine does not know are started again from their projection.
/// That happens when the engine's file was lost, or comes from an older backup than the tables.
/// </summary>
/// <param name="cases">Where the projections are.</param>
/// <param name="flows">The engine.</param>
/// <param name="restart">Starts a case from its projection.</param>
/// <param name="logger">Is told the ids of cases that were lost, or late.</param>
public sealed class CaseSweep(CaseStore cases, IFlowClient flows, CaseRestart restart, ILogger<CaseSweep> logger)
{
    /// <summary>Cases of one list that one sweep looks at; the next goes on where it stopped.</summary>
    public const int InTurnMax = 200;

    private readonly Dictionary<string, string?> places = [];

    /// <summary>Some list has been looked at in part only.</summary>
    public bool IsMidway => places.Values.Any(place => place is not null);

    /// <summary>Looks at a part of each list, from its beginning again after its end.</summary>
    /// <param name="lists">Lists of living cases, with the process that their flows belong to.</param>
    /// <param name="now">UTC; a flow whose date passed more than a minute ago is told as late.</param>
    /// <param name="cancellation">Stops between two cases.</param>
    /// <returns>The flows that were started again.</returns>
    public async Task<IReadOnlyList<string>> Run(
        IReadOnlyList<(string List, string Kind)> lists, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var started = new List<string>();
        foreach (var (list, kind) in lists)
        {
            var page = await cases.List(list, InTurnMax, places.GetValueOrDefault(list), cancellation);
            foreach (var row in page.Rows)
            {
                if (await Tend(kind, row.Case, now, cancellation))
                {
                    started.Add($"{kind}-{row.Case}");
                }
            }

            places[list] = page.Next;
        }

        return started;
    }

    /// <summary>True when the case's flow had to be started.</summary>
    private async Task<bool> Tend(string kind, string caseId, DateTimeOffset now, CancellationToken cancellation)
    {
        var id = $"{kind}-{caseId}";
        if (await flows.Get(id, cancellation) is { } flow)
        {
            if (flow.State == FlowState.Running && flow.Due < now.AddMinutes(-1))
            {
                logger.LogWarning("{Flow} waits for {Due:u}, which has passed", id, flow.Due);
            }

            return false;
        }

        if (await restart.Run(kind, caseId, "Its flow was lost.", cancellation) is CaseRestartOutcome.Started)
        {
            logger.LogWarning("{Flow} was lost and goes on from its projection", id);
            return true;
        }

        return false;
    }
}
