using System.Text.Json;
using Workflows.Orchestrations;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Rules;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Testing.Durable;

namespace Workflows.Testing;

/// <summary>
/// The whole county in memory: every flow of the catalogue under its real rules, on a clock that skips. What flows ask
/// of the outside is gathered.
/// </summary>
public sealed class InMemoryCounty
{
    private readonly List<SaveCase> saved = [];
    private readonly List<DeliverNotice> delivered = [];
    private readonly Dictionary<string, List<Notice>> digests = [];
    private readonly HashSet<string> closedDigests = [];
    private readonly List<ActivateRules> activated = [];
    private readonly IRuleShelf shelf;
    private readonly Dictionary<string, List<string>> numbers = [];
    private readonly int noise;
    private int commands;

    /// <param name="start">When the story begins.</param>
    /// <param name="shelf">Other rules than the reference county's.</param>
    /// <param name="noise">
    /// After each step of the story so many commands of a unit that has no say: refused, so nothing changes, but histories
    /// grow long and begin anew.
    /// </param>
    public InMemoryCounty(DateTimeOffset start, IRuleShelf? shelf = null, int noise = 0)
    {
        this.noise = noise;
        shelf ??= ReferenceCounty.Shelf;
        var activities = new ActivityTable()
            .Add<SaveCase, Saved>((request, _) => Task.FromResult(Save(request)))
            .Add<DeliverNotice, DeliveryFact>((request, _) => Task.FromResult(Deliver(request)))
            .Add<GatherNotice, DeliveryFact>((request, _) => Task.FromResult<DeliveryFact>(Gather(request)))
            .Add<SlicePlan, PlanSlice>((request, _) => Task.FromResult(PlanFanOut.Slice(
                Plans.First(plan => plan.Id == request.Plan && plan.Version == request.Version), shelf.Get<SupervisionRules>(request.Rules), request)))
            .Add<MovePeople, DisputeFact>((request, _) => Task.FromResult(People(request)))
            .Add<ActivateRules, RulesActivated>((request, _) => Task.FromResult(Activate(request)))
            .Add<FindCases, CasesFound>((request, _) => Task.FromResult(Find(request)))
            .Add<TakeSheetNumber, UnitSheetsFact>((request, _) => Task.FromResult<UnitSheetsFact>(new UnitSheetsFact.NumberTaken(NumberOf(request))));
        this.shelf = shelf;
        Flows = new InMemoryFlows(FlowCatalogue.All, activities, this.shelf, start);
    }

    public InMemoryFlows Flows { get; }

    /// <summary>Every save, in order; a version that was saved already is not saved again.</summary>
    public IReadOnlyList<SaveCase> Saved => saved;

    /// <summary>Every mail, in order.</summary>
    public IReadOnlyList<DeliverNotice> Delivered => delivered;

    /// <summary>What was gathered into a digest, in the order in which it came.</summary>
    public IReadOnlyList<string> InDigest(string unit, DateOnly day) =>
        [.. digests.GetValueOrDefault(Digest.KeyOf(unit, day), []).Select(notice => $"{notice.Template} {notice.To}")];

    /// <summary>The versions that were made current, in order.</summary>
    public IReadOnlyList<string> Activated => [.. activated.Select(request => request.Version)];

    /// <summary>How the channel answers; takes every mail when not set.</summary>
    public Func<DeliverNotice, DeliveryFact> Channel { get; set; } = _ => new DeliveryFact.Accepted();

    /// <summary>How names follow parties into another case; they always do when not set.</summary>
    public Func<MovePeople, DisputeFact> People { get; set; } = request => new DisputeFact.PeopleMoved(request.To);

    /// <summary>Every mail in one line: when, what, to whom, "+" copies.</summary>
    public IReadOnlyList<string> Mails =>
    [
        .. delivered.Select(mail =>
            $"{LocalTime.Minute(mail.At)} {mail.Notice.Template} {mail.Recipient}{string.Concat(mail.Notice.Copies.Select(copy => $" +{copy}"))}"),
    ];

    /// <summary>The plans that were kept.</summary>
    public List<Plan> Plans { get; } = [];

    public void Open(Dispute dispute) => Begin(new DisputeEscalation(), dispute.Id, dispute, new DisputeFact.SignedFor());

    public void Open(Assignment assignment) =>
        Begin(new TaskSupervision(), assignment.Id, assignment, new AssignmentFact.SignedFor());

    /// <summary>Starts a case's flow from what was saved of it: the engine is lost, the projection is not.</summary>
    public void Resume(SaveCase projection)
    {
        saved.Add(projection);
        Flows.Start(projection.Kind, $"{projection.Kind}-{projection.Id}", projection.Record);
    }

    public SendOutcome Tell(DateTimeOffset at, Dispute dispute, string by, DisputeFact fact) =>
        Tell(at, new DisputeEscalation().FlowId(dispute.Id), by, fact, new DisputeFact.SignedFor());

    public SendOutcome Tell(DateTimeOffset at, Assignment assignment, string by, AssignmentFact fact) =>
        Tell(at, new TaskSupervision().FlowId(assignment.Id), by, fact, new AssignmentFact.SignedFor());

    /// <summary>The case as it was saved last.</summary>
    public CaseRecord<TState> Record<TState>(string id) =>
        saved.Last(save => save.Id == id).Record.Deserialize<CaseRecord<TState>>(Wire.Options)!;

    /// <summary>The case's journal as it was saved, entry by entry.</summary>
    public IReadOnlyList<JournalEntry> Journal(string id) => [.. saved.Where(save => save.Id == id).SelectMany(save => save.Journal)];

    /// <summary>
    /// What the case's flow asked for, in one line each: "save 2 mediating", "start NoticeDelivery-…",
    /// "wait 10-14 08:30", "restart".
    /// </summary>
    public IReadOnlyList<string> Asked(string flowId) => [.. Flows.Find(flowId)!.Trace.Select(Short)];

    private static string Short(TraceEvent recorded)
    {
        var asked = recorded.Asked;
        var body = TraceEvent.BodyOf(asked);
        var head = (body < 0 ? asked : asked[..body]).Split(' ');
        switch (head[0])
        {
            case "call" when head[1] == nameof(SaveCase):
                var save = JsonSerializer.Deserialize<SaveCase>(asked[body..], Wire.Options)!;
                return $"save {save.Version} {save.Card.Status}";
            case "start":
                return $"start {head[2]}";
            case "next":
                return head[1].Length == 0 ? "wait" : $"wait {LocalTime.Minute(DateTimeOffset.Parse(head[1], System.Globalization.CultureInfo.InvariantCulture))}";
            default:
                return string.Join(' ', head);
        }
    }

    private void Begin<TState, TFact, TRules>(CaseKind<TState, TFact, TRules> kind, string id, TState state, TFact refused)
        where TFact : class
        where TRules : class
    {
        Flows.Start(kind.Name, kind.FlowId(id), CaseRecord.Fresh(id, state));
        MakeNoise(kind.FlowId(id), refused);
    }

    private SendOutcome Tell<TFact>(DateTimeOffset at, string flowId, string by, TFact fact, TFact refused)
        where TFact : class
    {
        Flows.RunUntil(at);
        var outcome = Flows.Send(flowId, $"c{++commands}", new CaseCommand<TFact>(fact, by, "window"));
        MakeNoise(flowId, refused);
        return outcome;
    }

    private void MakeNoise<TFact>(string flowId, TFact refused)
        where TFact : class
    {
        for (var sent = 0; sent < noise; sent++)
        {
            Flows.Send(flowId, $"noise-{commands}-{sent}", new CaseCommand<TFact>(refused, "fl", "api"));
        }
    }

    /// <summary>A series per word and year; a sheet that asks again gets the same.</summary>
    private long NumberOf(TakeSheetNumber request)
    {
        var series = FormattableString.Invariant($"{request.Word}.{request.Year}");
        if (!numbers.TryGetValue(series, out var given))
        {
            numbers[series] = given = [];
        }

        if (!given.Contains(request.Sheet))
        {
            given.Add(request.Sheet);
        }

        return given.IndexOf(request.Sheet) + 1;
    }

    private Saved Save(SaveCase request)
    {
        var last = saved.LastOrDefault(save => save.Id == request.Id)?.Version ?? 0;
        if (request.Version == last + 1)
        {
            saved.Add(request);
        }
        else if (request.Version > last)
        {
            throw new InvalidOperationException($"{request.Id} jumps from version {last} to {request.Version}.");
        }

        return new Saved(Math.Max(last, request.Version));
    }

    private RulesActivated Activate(ActivateRules request)
    {
        if (request.Number != activated.Count + 1)
        {
            return new RulesActivated(false, "other-activation");
        }

        activated.Add(request);
        return new RulesActivated(true);
    }

    /// <summary>Two cases at a time, so that small stories have stretches too.</summary>
    private CasesFound Find(FindCases request)
    {
        const int atOnce = 2;
        var from = int.Parse(request.After ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        var living = saved.Where(save => ChangingCases.All.Any(kind => kind.Flow == save.Kind)).GroupBy(save => save.Id).Select(saves => saves.Last()).ToList();
        var found = living.Skip(from).Take(atOnce)
            .Select(save => (Save: save, Change: ChangingCases.All.First(kind => kind.Flow == save.Kind)
                .Change(save.Record, shelf, request.Version, request.At, RulesChange.CommandId(request.Number))))
            .Where(item => item.Change is not null)
            .Select(item => FoundCase.Of(item.Save.Kind, item.Save.Id, item.Change!));
        var next = from + atOnce < living.Count ? (from + atOnce).ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        return new CasesFound([.. found], next);
    }

    private DeliveryFact.Gathered Gather(GatherNotice request) =>
        new([.. request.Notice.Copies.Prepend(request.Notice.To).Distinct().Select(unit => Put(unit, request))]);

    private DigestPlace Put(string unit, GatherNotice request)
    {
        var day = request.Day;
        while (closedDigests.Contains(Digest.KeyOf(unit, day)))
        {
            day = day.AddDays(1);
        }

        if (!digests.TryGetValue(Digest.KeyOf(unit, day), out var items))
        {
            digests[Digest.KeyOf(unit, day)] = items = [];
        }

        if (!items.Any(notice => notice.Key == request.Notice.Key))
        {
            items.Add(request.Notice);
        }

        return new DigestPlace(unit, day);
    }

    private DeliveryFact Deliver(DeliverNotice request)
    {
        if (request.Notice.Template == Digest.Template)
        {
            closedDigests.Add(request.Notice.Key);
        }

        var answer = Channel(request);
        if (answer is DeliveryFact.Accepted)
        {
            delivered.Add(request);
        }

        return answer;
    }
}
