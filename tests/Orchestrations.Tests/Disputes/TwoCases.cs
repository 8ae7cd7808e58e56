using System.Text.Json;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>
/// Two cases of one village in the hands of their deciders, with an inbox each: what one says to the other lies there until
/// it is read, once and in the order in which it came, as with flows of which one is held up.
/// </summary>
internal sealed class TwoCases
{
    public const string One = "D2025-00001";
    public const string Two = "D2025-00002";
    private readonly Dictionary<string, CaseRun<Dispute, DisputeFact, DisputeRules>> runs;
    private readonly Dictionary<string, Queue<(string Id, CaseCommand<DisputeFact> Command)>> inboxes = new() { [One] = [], [Two] = [] };
    private readonly HashSet<(string Case, string Command)> sent = [];
    private int commands;

    public TwoCases(ConsentToGoUp goUp = ConsentToGoUp.NotAsked, int people = 2)
    {
        runs = new[] { One, Two }.ToDictionary(id => id, id => MediatingByPlan(Case(id).WithConsent(goUp) with { People = people }));
    }

    public DateTimeOffset Now { get; set; } = Local("2025-10-09 09:00");

    public Dispute this[string id] => runs[id].State;

    public IEnumerable<string> Written(string id) => runs[id].Journal.Select(entry => entry.Line.What);

    public IEnumerable<string> Templates(string id) => runs[id].Notices.Select(notice => notice.Template);

    public int Unread(string id) => inboxes[id].Count;

    /// <summary>What was asked of the store of personal data, in order.</summary>
    public List<MovePeople> Moves { get; } = [];

    /// <summary>Every word that was taken, in order, and where its case stood then.</summary>
    public List<(string Case, DisputeFact Fact, DisputeStatus Status)> Taken { get; } = [];

    /// <summary>Puts a word into a case's inbox; a later <see cref="Read"/> hears it.</summary>
    public TwoCases Send(string id, DisputeFact fact, string? by = null, string via = "api")
    {
        inboxes[id].Enqueue(($"c{++commands}", new CaseCommand<DisputeFact>(fact, by ?? this[id].Handler, via)));
        return this;
    }

    /// <summary>The case reads so many of its words, all when null; the answers to each are in the other's inbox by then.</summary>
    public Step<Dispute, DisputeFact>? Read(string id, int? most = null)
    {
        Step<Dispute, DisputeFact>? last = null;
        for (var read = 0; read < (most ?? int.MaxValue) && !runs[id].Ended && inboxes[id].TryDequeue(out var word); read++)
        {
            last = Heard(id, runs[id].Tell(Now, word.Command.By, word.Command.Fact, word.Command.Via, word.Id));
            if (last is Step<Dispute, DisputeFact>.Taken)
            {
                Taken.Add((id, word.Command.Fact, this[id].Status));
            }
        }

        return last;
    }

    /// <summary>Sends and reads everything before it, and it.</summary>
    public Step<Dispute, DisputeFact>? Say(string id, DisputeFact fact, string? by = null, string via = "api") => Send(id, fact, by, via).Read(id);

    /// <summary>The case's next date, when it has come and nothing is unread, as with a flow.</summary>
    public void Reach(string id)
    {
        if (!runs[id].Ended && inboxes[id].Count == 0 && this[id].Next <= Now)
        {
            Heard(id, runs[id].Reach(Now));
        }
    }

    /// <summary>Both read and reach what there is until nothing is left.</summary>
    public void Settle()
    {
        while (inboxes.Any(inbox => inbox.Value.Count > 0 && !runs[inbox.Key].Ended) || runs.Values.Any(run => !run.Ended && run.State.Next <= Now))
        {
            foreach (var id in runs.Keys)
            {
                Read(id);
                Reach(id);
            }
        }
    }

    private Step<Dispute, DisputeFact> Heard(string id, Step<Dispute, DisputeFact> step)
    {
        if (step is not Step<Dispute, DisputeFact>.Taken taken)
        {
            return step;
        }

        foreach (var tell in taken.Tells ?? [])
        {
            var other = tell.Id[(DisputeEscalation.FlowName.Length + 1)..];
            if (!sent.Add((other, tell.CommandId)))
            {
                continue;
            }

            if (runs.TryGetValue(other, out var run) && !run.Ended)
            {
                inboxes[other].Enqueue((tell.CommandId, tell.Command.Deserialize<CaseCommand<DisputeFact>>(Wire.Options)!));
            }
            else if (run is not null)
            {
                runs[id].Tell(Now, Occasion.Clock, new DisputeFact.CaseGone(other), nameof(TellFlow));
            }
        }

        if (taken.Perform is MovePeople move)
        {
            Moves.Add(move);
            runs[id].Tell(Now, Occasion.Clock, new DisputeFact.PeopleMoved(move.To), nameof(MovePeople));
        }

        return step;
    }

    private static Dispute Case(string id) => Neighbours with
    {
        Id = id,
        Parties = [new Party("p1", PartyRole.Applicant, Consent.Yes), new Party("p2", PartyRole.Respondent, Consent.Yes)],
    };
}
