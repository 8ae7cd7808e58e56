using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Activities.Cases;
using Workflows.Activities.Disputes;
using Workflows.Activities.Mediators;
using Workflows.Activities.Notices;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Reports;
using Workflows.Activities.Rules;
using Workflows.Activities.Storage;
using Workflows.Engine;
using Workflows.Orchestrations;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Testing;
using Workflows.Web.Disputes;

namespace Workflows.Server.Tests.Year;

/// <summary>
/// The embedded engine with the product's flows, rules and case store on a virtual clock. Tables and mail are in memory,
/// so that a year is lived in minutes; all of it is listened to step by step.
/// </summary>
internal sealed class YearOfDisputes : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly object gate = new();
    private readonly Dictionary<string, YearCase> cases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NoticeSummary> notices = new(StringComparer.Ordinal);
    private readonly DisputeEscalation kind = new();
    private FileBlobs blobs = null!;
    private EmbeddedEngine engine = null!;
    private PersonalDataTable people = null!;
    private MediatorRoster roster = null!;
    private MediatorCheck mediators = null!;
    private int commands;

    public VirtualClock Clock { get; private set; } = null!;

    public RuleShelf Rules { get; private set; } = null!;

    public CaseStore Store { get; private set; } = null!;

    public MonthlyMeasures Measures { get; private set; } = null!;

    public IReadOnlyDictionary<string, YearCase> Cases => cases;

    /// <summary>Parties that were said to be somebody in the case that takes theirs in.</summary>
    public HashSet<(string Case, string Party)> Same { get; } = [];

    /// <summary>Every notice by its key, as it was saved last.</summary>
    public IReadOnlyDictionary<string, NoticeSummary> Notices => notices;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<YearOfDisputes> Open(DateTimeOffset begins)
    {
        var year = new YearOfDisputes { Clock = new VirtualClock(begins) };
        year.blobs = new FileBlobs(year.folder.File("blobs"));
        var tables = new MemoryTables();
        year.Rules = await RuleShelf.Open(Path.Combine(ReferenceCounty.Root, "seeds"), tables, year.blobs, year.Clock, Cancellation);
        year.Store = new CaseStore(tables, DisputeCounts.Counting(DisputeEscalation.FlowName, year.Rules.Current.Calendar.LocalDate));
        year.Store.StepSaved += year.Hear;
        year.Measures = new MonthlyMeasures(year.Store, year.Rules);
        var digests = new Digests(tables);
        year.people = new PersonalDataTable(tables, new EphemeralDataProtectionProvider());
        year.roster = new MediatorRoster(tables, year.people, new Numbering(tables));
        year.mediators = new MediatorCheck(year.roster, new MediatorHours(tables, year.Clock), year.Store);
        var activities = new ActivityTable()
            .Add<SaveCase, Saved>(year.Store)
            .Add<DeliverNotice, DeliveryFact>(async (request, cancellation) =>
            {
                if (request.Notice.Template == Digest.Template)
                {
                    await digests.Close(request.Notice.Key, cancellation);
                }

                return new DeliveryFact.Accepted();
            })
            .Add<GatherNotice, DeliveryFact>(digests)
            .Add<MovePeople, DisputeFact>(new PeopleOfCases(year.people));
        year.engine = await EmbeddedEngine.Open(
            new EngineOptions(year.folder.File("engine.db")),
            FlowCatalogue.All,
            activities,
            year.Rules,
            year.Clock,
            NullLogger<EmbeddedEngine>.Instance,
            Cancellation);
        return year;
    }

    public Task Until(DateTimeOffset moment) => VirtualRun.Until(engine, Clock, moment, Cancellation);

    /// <summary>The engine has done what was said to it.</summary>
    public Task Idle() => engine.WhenIdle(Cancellation);

    /// <summary>A person as named at registration; whoever moves keeps the name.</summary>
    public static string NameOf(string caseId, string party) => $"{caseId}/{party}";

    /// <summary>The names of a case by party.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Names(string caseId) =>
        (await people.GetParties(caseId, Cancellation)).ToDictionary(person => person.PartyId, person => person.Name);

    /// <summary>The persons who are in both cases, as the edge finds them, remembered for the checks.</summary>
    public async Task<IReadOnlyList<SameParty>> SameOf(string from, string into)
    {
        var there = (await Names(into)).ToLookup(person => person.Value, person => person.Key);
        List<SameParty> same = [.. (await Names(from)).Where(person => there.Contains(person.Value)).Select(person => new SameParty(person.Key, there[person.Value].First()))];
        Same.UnionWith(same.Select(pair => (from, pair.Party)));
        return same;
    }

    /// <summary>The fact as the edge lets it through to the case; null when it refuses it.</summary>
    public async Task<DisputeFact?> Let(Dispute state, DisputeFact fact, DateOnly today)
    {
        for (var number = 1; number <= YearAppointments.MediatorsOfUnit; number++)
        {
            var id = MediatorId.Of(state.Handler, number);
            if (await roster.Find(id, Cancellation) is null)
            {
                await roster.Put(new Mediator(id, state.Handler, MediatorTime.PartTime, [], new DateOnly(2025, 1, 1)), Cancellation);
            }
        }

        return await mediators.Refusal(state, fact, today, Cancellation) is null ? await mediators.WithClashes(state, Rules.Current.Disputes.Process, fact, Cancellation) : null;
    }

    public async Task Register(YearCase opened)
    {
        foreach (var party in opened.Registered.Parties)
        {
            await people.PutParty(opened.Registered.Id, new PartyData(party.Id, NameOf(opened.Registered.Id, party.Id)), Cancellation);
        }

        var dispute = opened.Registered;
        lock (gate)
        {
            cases.Add(dispute.Id, opened);
        }

        await engine.Start(kind.Name, kind.FlowId(dispute.Id), CaseRecord.Fresh(dispute.Id, dispute), cancellation: Cancellation);
    }

    public Task Say(string id, string by, DisputeFact fact) => engine.Send(
        kind.FlowId(id),
        string.Create(CultureInfo.InvariantCulture, $"c{++commands}"),
        new CaseCommand<DisputeFact>(fact, by, "window"),
        Cancellation);

    /// <summary>Flows that stopped where they stand, each with why.</summary>
    public async Task<IReadOnlyList<string>> Blocked() =>
        [.. (await engine.List(new FlowFilter(State: FlowState.Blocked), 10, null, Cancellation)).Flows.Select(flow => $"{flow.Id}: {flow.Incident}")];

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        blobs.Dispose();
        folder.Dispose();
    }

    private void Hear(SaveCase saved)
    {
        if (saved.Kind == DisputeEscalation.FlowName)
        {
            var state = saved.Record.GetProperty("state").Deserialize<Dispute>(Wire.Options)!;
            lock (gate)
            {
                if (!cases.TryGetValue(saved.Id, out var known))
                {
                    // Split off: it is there when it says its first word.
                    cases[saved.Id] = known = new YearCase(state);
                }

                known.Hear(saved.Version, state, saved.Journal);
            }
        }
        else if (saved.Kind == NoticeDelivery.FlowName)
        {
            var notice = saved.Card.Summary.Deserialize<NoticeSummary>(Wire.Options)!;
            lock (gate)
            {
                notices[saved.Id] = notice;
            }
        }
    }
}
