using System.Globalization;
using Microsoft.AspNetCore.Http;
using Workflows.Activities.Cases;
using Workflows.Activities.PersonalData;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Http;

namespace Workflows.Web.Cases;

/// <summary>What every endpoint that says something to a case needs.</summary>
public sealed record Desk(
    CaseStore Cases, StepWatch Watch, IFlowClient Flows, IRuleShelf Rules, PersonalDataTable Personal, TimeProvider Time)
{
    /// <summary>How long a caller waits for the case's answer before it is told where to look, real time.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>
/// How a command reaches a case: the decider is asked on the saved state, so a refusal is immediate and reasoned; the
/// text is put away; the command is sent; and the case's own answer is awaited for a few seconds.
/// </summary>
public sealed class CaseDesk<TState, TFact, TRules>(CaseKind<TState, TFact, TRules> kind, Desk desk, string path)
    where TFact : class
    where TRules : class
{
    public Task<CaseRecord<TState>?> Get(string id, CancellationToken cancellation) =>
        desk.Cases.Find<TState>(kind.Name, id, cancellation);

    public TRules RulesOf(TState state) => desk.Rules.Get<TRules>(kind.RulesVersion(state));

    /// <summary>Says a fact to a case.</summary>
    /// <param name="id">The case.</param>
    /// <param name="commandId">Once per id.</param>
    /// <param name="by">The unit that says it.</param>
    /// <param name="fact">What.</param>
    /// <param name="text">Free text that belongs to it; kept with the personal data under the command's id.</param>
    /// <param name="view">The answer's body.</param>
    /// <param name="cancellation">The caller has gone.</param>
    /// <param name="via">The channel it came through.</param>
    /// <param name="parts">Texts of the fact's parts, kept under the command's id, a dot and the part's number, from 1.</param>
    public async Task<Reply> Say<TView>(
        string id,
        string commandId,
        string by,
        TFact fact,
        string? text,
        Func<CaseRecord<TState>, Task<TView>> view,
        CancellationToken cancellation,
        string via = "api",
        IReadOnlyList<string>? parts = null)
    {
        if (await Get(id, cancellation) is not { } record)
        {
            return Reply.NotFound($"There is no case {id}.");
        }

        if (!WasHandled(record, commandId))
        {
            var occasion = new Occasion(desk.Time.GetUtcNow(), by, via, commandId);
            if (kind.Decide(record.State, fact, occasion, desk.Rules.Get<TRules>(kind.RulesVersion(record.State, fact))) is Step<TState, TFact>.Refused refused)
            {
                return Reply.Refused(refused.Code, refused.Reason);
            }

            if (text is not null)
            {
                await desk.Personal.PutText(id, commandId, text, cancellation);
            }

            for (var part = 1; part <= (parts?.Count ?? 0); part++)
            {
                await desk.Personal.PutText(id, string.Create(CultureInfo.InvariantCulture, $"{commandId}.{part}"), parts![part - 1], cancellation);
            }

            switch (await desk.Flows.Send(kind.FlowId(id), commandId, new CaseCommand<TFact>(fact, by, via), cancellation))
            {
                case SendOutcome.Ended:
                    return Reply.Refused("ended", "The case has ended.");
                case SendOutcome.NotFound:
                    return Reply.Of(StatusCodes.Status503ServiceUnavailable, "not-running", "The case is not running.", $"The flow of {id} is not there; an administrator can restart it from its projection.");
                case SendOutcome.Accepted:
                case SendOutcome.Repeated:
                default:
                    break;
            }
        }

        return await Answer(id, commandId, view, cancellation);
    }

    /// <summary>Starts a case, or finds the one that an earlier try started.</summary>
    public async Task<Reply> Open<TView>(
        string id, TState state, Func<CaseRecord<TState>, Task<TView>> view, CancellationToken cancellation)
    {
        await desk.Flows.Start(kind.Name, kind.FlowId(id), CaseRecord.Fresh(id, state), cancellation: cancellation);
        var (record, opened) = await desk.Watch.Until<TState>(kind.Name, id, known => known.Version > 0, desk.Patience, cancellation);
        return opened ? Reply.Created($"{path}/{id}", await view(record!)) : Reply.Accepted($"{path}/{id}");
    }

    private async Task<Reply> Answer<TView>(
        string id, string commandId, Func<CaseRecord<TState>, Task<TView>> view, CancellationToken cancellation)
    {
        var (record, answered) = await desk.Watch.Until<TState>(
            kind.Name, id, known => WasHandled(known, commandId) || kind.Ended(known.State), desk.Patience, cancellation);
        if (!answered)
        {
            return Reply.Accepted($"{path}/{id}");
        }

        // A case that has ended reads no more: what came to it in the same instant was not done, and that is the answer.
        return record!.Handled.FirstOrDefault(handled => handled.CommandId == commandId) is not { } outcome ? Reply.Refused("ended", "The case has ended.")
            : outcome.Refusal is { } code ? Reply.Refused(code, outcome.Reason!)
            : Reply.Ok(await view(record));
    }

    private static bool WasHandled(CaseRecord<TState> record, string commandId) =>
        record.Handled.Any(handled => handled.CommandId == commandId);
}
