using System.Text.Json;

namespace Workflows.Orchestrations.Durable;

/// <summary>
/// What makes one kind of case: its decider and how the loop reads its state. A new workflow is one of these, its
/// contracts, its templates and its tests.
/// </summary>
/// <typeparam name="TState">The case's state.</typeparam>
/// <typeparam name="TFact">The closed union of what can happen to it.</typeparam>
/// <typeparam name="TRules">The rule set it lives under.</typeparam>
public abstract class CaseKind<TState, TFact, TRules>
    where TFact : class
    where TRules : class
{
    /// <summary>The process's name, which is the flow's name.</summary>
    public abstract string Name { get; }

    /// <summary>The fact that a date was reached.</summary>
    public abstract TFact DateReached { get; }

    /// <summary>Pure and total: state, fact and occasion to step.</summary>
    public abstract Step<TState, TFact> Decide(TState state, TFact fact, Occasion occasion, TRules rules);

    /// <summary>The first thing that happens to a fresh case.</summary>
    public abstract (TFact Fact, Occasion Occasion) Opening(TState state);

    /// <summary>When somebody must look again, UTC; null when only a command can move the case.</summary>
    public abstract DateTimeOffset? Next(TState state);

    public abstract bool Ended(TState state);

    /// <summary>The rule set the case lives under.</summary>
    public abstract string RulesVersion(TState state);

    /// <summary>The rule set a fact is decided under: the case's own, unless the fact is that the rules change.</summary>
    public virtual string RulesVersion(TState state, TFact fact) => RulesVersion(state);

    public abstract CaseCard Card(TState state, TRules rules);

    /// <summary>The fact that what the last step asked for could not be done.</summary>
    /// <exception cref="NotSupportedException">This kind never asks the outside for anything.</exception>
    public virtual TFact Failed(string key, string reason) =>
        throw new NotSupportedException($"{Name} asks for nothing, so nothing can fail: {key}, {reason}");

    /// <summary>The fact that another flow could not be told, because it is not there or has ended; null when that means nothing.</summary>
    public virtual TFact? NotTold(TellFlow tell, SendOutcome outcome) => null;

    /// <summary>The flow of one such case, for a host's table.</summary>
    public FlowDefinition Flow() =>
        FlowDefinition.Of<CaseRecord<TState>, CaseEnd>(Name, (flow, record) => CaseFlow.Run(flow, this, record));

    public string FlowId(string caseId) => $"{Name}-{caseId}";
}

/// <summary>How a case's flow ended.</summary>
/// <param name="Status">The case's last status.</param>
/// <param name="Version">Its last version.</param>
public sealed record CaseEnd(string Status, int Version);

/// <summary>What a flow's status shows of a case.</summary>
public sealed record CaseStatus(string Case, string Status, string Light, DateTimeOffset? Due);

/// <summary>
/// The one loop under every case: wait for the next command or date, decide, save, perform, and begin a fresh history
/// when the old one grows long. All that is particular to a case is in its <see cref="CaseKind{TState,TFact,TRules}"/>.
/// </summary>
public static class CaseFlow
{
    /// <summary>A generation that has recorded this many events is followed by a fresh one.</summary>
    public const int RecordedMax = 400;

    /// <summary>Facts that one command or date may lead to before somebody must have waited.</summary>
    public const int StepsAtOnceMax = 100;

    public static async Task<CaseEnd> Run<TState, TFact, TRules>(
        IFlow flow, CaseKind<TState, TFact, TRules> kind, CaseRecord<TState> record)
        where TFact : class
        where TRules : class
    {
        await StartAll(flow, record);
        foreach (var (fact, occasion) in await TellAll(flow, kind, record))
        {
            record = await Take(flow, kind, record, fact, occasion);
        }

        if (record.Version == 0)
        {
            var (fact, occasion) = kind.Opening(record.State);
            record = await Take(flow, kind, record, fact, occasion);
        }

        while (!kind.Ended(record.State))
        {
            if (flow.Recorded > RecordedMax)
            {
                // Nothing may be asked of the flow once it begins anew.
                var end = new CaseEnd(CardOf(flow, kind, record).Status, record.Version);
                flow.Restart(record with { Pending = [], Tells = null });
                return end;
            }

            var received = await flow.Next<CaseCommand<TFact>>(kind.Next(record.State));
            record = received is null
                ? await Take(flow, kind, record, kind.DateReached, new Occasion(flow.Now, Occasion.Clock, Occasion.Clock, $"date-{record.Version}"))
                : await Take(flow, kind, record, received.Body.Fact, Of(received));
        }

        return new CaseEnd(CardOf(flow, kind, record).Status, record.Version);
    }

    /// <summary>By the rules the case lives under now, which the step may have changed.</summary>
    private static CaseCard CardOf<TState, TFact, TRules>(IFlow flow, CaseKind<TState, TFact, TRules> kind, CaseRecord<TState> record)
        where TFact : class
        where TRules : class => kind.Card(record.State, flow.Rules<TRules>(kind.RulesVersion(record.State)));

    private static Occasion Of<TFact>(Received<CaseCommand<TFact>> received) =>
        new(received.AcceptedAt, received.Body.By, received.Body.Via, received.CommandId);

    private static async Task<CaseRecord<TState>> Take<TState, TFact, TRules>(
        IFlow flow,
        CaseKind<TState, TFact, TRules> kind,
        CaseRecord<TState> record,
        TFact fact,
        Occasion occasion)
        where TFact : class
        where TRules : class
    {
        var commandId = occasion.By == Occasion.Clock ? null : occasion.Id;
        Queue<(TFact Fact, Occasion Occasion)> facts = new([(fact, occasion)]);
        for (var steps = 0; facts.TryDequeue(out var next); steps++)
        {
            if (steps == StepsAtOnceMax)
            {
                throw new InvalidOperationException($"{kind.Name} asked for more than {StepsAtOnceMax} things without waiting.");
            }

            var step = kind.Decide(record.State, next.Fact, next.Occasion, flow.Rules<TRules>(kind.RulesVersion(record.State, next.Fact)));
            if (step is Step<TState, TFact>.Nothing && commandId is null)
            {
                // What the outside answers may mean nothing to a case that waits for a command; a date must lead somewhere.
                if (kind.Next(record.State) is var wait && (wait > flow.Now || (wait is null && next.Occasion.Via != Occasion.Clock)))
                {
                    continue;
                }

                throw new InvalidOperationException($"{kind.Name} was woken for a date and neither acts nor waits for a later one.");
            }

            (record, var journal) = After(record, step, next.Occasion, commandId);
            var card = CardOf(flow, kind, record);
            await flow.Call(new SaveCase(
                kind.Name,
                record.Id,
                record.Version,
                JsonSerializer.SerializeToElement(record, Wire.Options),
                journal,
                card));
            await StartAll(flow, record);
            flow.Status(new CaseStatus(record.Id, card.Status, card.Light, kind.Next(record.State)));
            foreach (var unheard in await TellAll(flow, kind, record))
            {
                facts.Enqueue(unheard);
            }

            if (step is Step<TState, TFact>.Taken { Perform: { } request })
            {
                var answer = await Perform(flow, kind, request);
                facts.Enqueue((answer, new Occasion(flow.Now, Occasion.Clock, request.GetType().Name, request.Key)));
            }

            commandId = null;
        }

        return record;
    }

    private static async Task StartAll<TState>(IFlow flow, CaseRecord<TState> record)
    {
        foreach (var start in record.Pending)
        {
            await flow.Start(start.Flow, start.Id, start.Input);
        }
    }

    /// <summary>Tells other flows what the step has for them; what could not be told comes back as facts.</summary>
    private static async Task<IReadOnlyList<(TFact Fact, Occasion Occasion)>> TellAll<TState, TFact, TRules>(
        IFlow flow, CaseKind<TState, TFact, TRules> kind, CaseRecord<TState> record)
        where TFact : class
        where TRules : class
    {
        List<(TFact Fact, Occasion Occasion)> unheard = [];
        foreach (var tell in record.Tells ?? [])
        {
            if (tell.StartInput is { } input)
            {
                await flow.Start(tell.Flow, tell.Id, input);
            }

            var outcome = await flow.Send(tell.Id, tell.CommandId, (object)tell.Command);
            if (outcome is SendOutcome.NotFound or SendOutcome.Ended && kind.NotTold(tell, outcome) is { } fact)
            {
                unheard.Add((fact, new Occasion(flow.Now, Occasion.Clock, nameof(TellFlow), tell.CommandId)));
            }
        }

        return unheard;
    }

    private static async Task<TFact> Perform<TState, TFact, TRules>(
        IFlow flow, CaseKind<TState, TFact, TRules> kind, IActivity<TFact> request)
        where TFact : class
        where TRules : class
    {
        try
        {
            return await flow.Call(request);
        }
        catch (ActivityFailedException failure)
        {
            // The outside is down for longer than the retries last: the decider decides what that means for the case.
            return kind.Failed(failure.Key, failure.Reason);
        }
    }

    private static (CaseRecord<TState> Record, IReadOnlyList<JournalEntry> Journal) After<TState, TFact>(
        CaseRecord<TState> record, Step<TState, TFact> step, Occasion occasion, string? commandId)
    {
        var handled = commandId is null
            ? record.Handled
            : [.. record.Handled.TakeLast(CaseRecord.HandledMax - 1), OutcomeOf(commandId, step)];
        if (step is not Step<TState, TFact>.Taken taken)
        {
            return (record with { Version = record.Version + 1, Handled = handled, Pending = [], Tells = null }, []);
        }

        var journal = Journal.Append(record.JournalLength, record.JournalHash, occasion, taken.Journal);
        return (
            record with
            {
                State = taken.State,
                Version = record.Version + 1,
                JournalLength = record.JournalLength + journal.Count,
                JournalHash = journal.Count > 0 ? journal[^1].Hash : record.JournalHash,
                Handled = handled,
                Pending = taken.Starts,
                Tells = taken.Tells is { Count: > 0 } ? taken.Tells : null,
            },
            journal);
    }

    private static Handled OutcomeOf<TState, TFact>(string commandId, Step<TState, TFact> step) =>
        step is Step<TState, TFact>.Refused refused
            ? new Handled(commandId, refused.Code, refused.Reason)
            : new Handled(commandId);
}
