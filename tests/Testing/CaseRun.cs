using System.Text.Json;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;

namespace Workflows.Testing;

/// <summary>
/// A case in the hands of its decider alone: no flow, no waiting. Facts are told with their moments; what the decider
/// says is gathered.
/// </summary>
public sealed class CaseRun<TState, TFact, TRules>(CaseKind<TState, TFact, TRules> kind, TState state, TRules rules)
    where TFact : class
    where TRules : class
{
    /// <summary>More dates at one instant than this would be a loop without end.</summary>
    private const int StepsAtOnceMax = 100;

    private readonly List<JournalEntry> journal = [];
    private readonly List<Notice> notices = [];
    private readonly List<StartFlow> starts = [];
    private int commands;

    public CaseKind<TState, TFact, TRules> Kind => kind;

    public TRules Rules => rules;

    /// <summary>From here on the decider decides under these.</summary>
    public CaseRun<TState, TFact, TRules> Under(TRules other)
    {
        rules = other;
        return this;
    }

    public TState State { get; private set; } = state;

    public IReadOnlyList<JournalEntry> Journal => journal;

    public IReadOnlyList<Notice> Notices => notices;

    public IReadOnlyList<StartFlow> Starts => starts;

    /// <summary>The latest moment at which something was told.</summary>
    public DateTimeOffset Now { get; private set; }

    public bool Ended => kind.Ended(State);

    /// <summary>What has been said, one line each: when, what, to whom, "+" copies, "!" at once.</summary>
    public IReadOnlyList<string> Said => [.. notices.Select(LocalTime.Line)];

    /// <summary>What has been written, one word each with its moment.</summary>
    public IReadOnlyList<string> Written =>
        [.. journal.Select(entry => $"{LocalTime.Minute(entry.At)} {entry.Line.What}")];

    public Step<TState, TFact> Open()
    {
        var (fact, occasion) = kind.Opening(State);
        return Take(fact, occasion);
    }

    public Step<TState, TFact> Tell(DateTimeOffset at, string by, TFact fact, string via = "window", string? id = null) =>
        Take(fact, new Occasion(at, by, via, id ?? $"c{++commands}"));

    public Step<TState, TFact> Reach(DateTimeOffset at) =>
        Take(kind.DateReached, new Occasion(at, Occasion.Clock, Occasion.Clock, "date"));

    /// <summary>Every date up to and at <paramref name="until"/>, each at its moment.</summary>
    public CaseRun<TState, TFact, TRules> RunUntil(DateTimeOffset until)
    {
        var steps = 0;
        while (!Ended && kind.Next(State) is { } next && next <= until)
        {
            // A date that lies in the past is reached now, as in a flow.
            steps = next > Now ? 1 : steps + 1;
            if (Reach(next > Now ? next : Now) is not Step<TState, TFact>.Taken || steps > StepsAtOnceMax)
            {
                throw new InvalidOperationException($"The date {LocalTime.Minute(next)} leads nowhere, at step {steps}.");
            }
        }

        return this;
    }

    /// <summary>Every date until the case has ended or waits for a command only.</summary>
    public CaseRun<TState, TFact, TRules> RunOut() => RunUntil(DateTimeOffset.MaxValue);

    private Step<TState, TFact> Take(TFact fact, Occasion occasion)
    {
        Now = occasion.At > Now ? occasion.At : Now;
        var step = kind.Decide(State, fact, occasion, rules);
        if (step is Step<TState, TFact>.Taken taken)
        {
            State = taken.State;
            journal.AddRange(Orchestrations.Durable.Journal.Append(
                journal.Count, journal.Count > 0 ? journal[^1].Hash : Orchestrations.Durable.Journal.Beginning, occasion, taken.Journal));
            starts.AddRange(taken.Starts);
            notices.AddRange(taken.Starts
                .Where(start => start.Flow == NoticeDelivery.FlowName)
                .Select(start => start.Input.Deserialize<CaseRecord<Delivery>>(Wire.Options)!.State.Notice));
        }

        return step;
    }
}
