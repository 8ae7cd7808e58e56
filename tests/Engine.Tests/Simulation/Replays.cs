using System.Text;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine.Tests.Simulation;

/// <summary>A flow's rows against what its history alone says.</summary>
internal static class Replays
{
    /// <summary>What differs; null when nothing does.</summary>
    public static string? Problem(StoredFlow flow)
    {
        var definition = Lives.Flows.Find(flow.Definition, flow.Version)!;
        var episodes = flow.History.ConvertAll(row => row.Episode);
        for (var length = 0; length <= episodes.Count; length++)
        {
            var prefix = new FlowExecution(flow.Id, definition, new Host([]));
            prefix.Replay(episodes.Take(length));
            if (prefix.Incident is { } incident)
            {
                return $"{flow.Id}: replaying {length} of {episodes.Count} steps: {incident}";
            }

            if (length == episodes.Count && Standing(flow, prefix) is { } problem)
            {
                return problem;
            }
        }

        return Again(flow, definition, episodes);
    }

    private static string? Standing(StoredFlow flow, FlowExecution replayed)
    {
        if (flow.State == FlowState.Completed)
        {
            return replayed.IsCompleted && flow.Result.AsSpan().SequenceEqual(replayed.ResultData)
                ? null
                : $"{flow.Id}: its result is not its history's";
        }

        if (replayed.StatusData is not null && !flow.Status.AsSpan().SequenceEqual(replayed.StatusData))
        {
            return $"{flow.Id}: its status is not its history's";
        }

        return flow is { State: FlowState.Running or FlowState.Suspended, IsReady: false, History.Count: > 0 }
            && (flow.Waits, flow.Due, flow.IsAwake) != (replayed.WaitsFor(), replayed.Until, replayed.Pending.Count > 0)
                ? $"{flow.Id}: its row waits for {flow.Waits} {flow.Due}, its history for {replayed.WaitsFor()} {replayed.Until}"
                : null;
    }

    /// <summary>The same inputs once more, live: the code does the same with nothing to compare with.</summary>
    private static string? Again(StoredFlow flow, FlowDefinition definition, List<Episode> episodes)
    {
        var sent = episodes.SelectMany(episode => episode.Events).Where(item => item.Kind == EventKind.Sent);
        var live = new FlowExecution(flow.Id, definition, new Host(sent));
        foreach (var episode in episodes)
        {
            var inputs = episode.Events.Where(item => item.IsInput && item.Kind != EventKind.DateReached);
            live.RunEpisode(episode.At, new LinkedList<InboxItem>(inputs.Select(item => new InboxItem(item))));
            if (!HistoryCodec.Write(0, live.EpisodeEvents).AsSpan().SequenceEqual(HistoryCodec.Write(0, episode.Events)))
            {
                return new StringBuilder($"{flow.Id}: history says ")
                    .AppendJoin(", ", episode.Events.Select(item => item.Describe()))
                    .Append("; the same inputs give ")
                    .AppendJoin(", ", live.EpisodeEvents.Select(item => item.Describe()))
                    .ToString();
            }
        }

        return null;
    }

    private sealed class Host(IEnumerable<FlowEventRecord> sent) : IExecutionHost
    {
        private readonly Queue<FlowEventRecord> outcomes = new(sent);

        public IRuleShelf Rules { get; } = new Shelf();

        public FlowDefinition? Newest(string flow) => Lives.Flows.Newest(flow);

        public bool HasActivity(string name) => true;

        public SendOutcome OutcomeOf(string id, string commandId, IReadOnlyList<FlowEventRecord> before) =>
            outcomes.TryDequeue(out var sent) ? Codes.Outcome(sent.Number) : SendOutcome.NotFound;

        public void Foreign(FlowExecution execution) => throw new InvalidOperationException(execution.Id);
    }
}
