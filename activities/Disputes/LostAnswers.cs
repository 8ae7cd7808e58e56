using System.Text.Json;
using Workflows.Activities.Cases;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Disputes;

/// <summary>
/// Answers that were lost with an engine: a case that waits to be taken into another asks again by date, but one that has
/// ended since answers no more. What its projection says of the question is its answer.
/// </summary>
public sealed class LostAnswers(CaseStore cases, IFlowClient flows) : ILostWords
{
    /// <summary>What the other case has answered; nothing when the case waits for none, or the other lives.</summary>
    public async Task Tell(string kind, string caseId, JsonElement record, CancellationToken cancellation)
    {
        if (kind != DisputeEscalation.FlowName
            || record.GetProperty("state").Deserialize<Dispute>(Wire.Options)!.Merge is not { } merge
            || await cases.Get<Dispute>(kind, merge.Into, cancellation) is not { State: { Outcome: { } outcome } other })
        {
            return;
        }

        var answer = other.Joined?.FirstOrDefault(joined => joined.Case == caseId) is { } taken
            ? new DisputeFact.JoinAnswered(other.Id, taken.Parties)
            : new DisputeFact.JoinAnswered(other.Id, Code: "ended", Reason: $"{other.Id} has ended: {outcome.Reason}.");
        await flows.Send(
            $"{kind}-{caseId}", $"answered-{merge.Command}", new CaseCommand<DisputeFact>(answer with { Question = merge.Command }, merge.By, DisputeTies.Via), cancellation);
    }
}
