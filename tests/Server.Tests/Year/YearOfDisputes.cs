using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Activities.Cases;
using Workflows.Activities.Notices;
using Workflows.Activities.Reports;
using Workflows.Activities.Rules;
using Workflows.Activities.Storage;
using Workflows.Engine;
using Workflows.Orchestrations;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Testing;

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
    private int commands;

    public VirtualClock Clock { get; private set; } = null!;

    public RuleShelf Rules { get; private set; } = null!;

    public CaseStore Store { get; private set; } = null!;

    public MonthlyMeasures Measures { get; private set; } = null!;

    public IReadOnlyDictionary<string, YearCase> Cases => cases;

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
            .Add<GatherNotice, DeliveryFact>(digests);
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

    public Task Register(YearCase opened)
    {
        var dispute = opened.Registered;
        lock (gate)
        {
            cases.Add(dispute.Id, opened);
        }

        return engine.Start(kind.Name, kind.FlowId(dispute.Id), CaseRecord.Fresh(dispute.Id, dispute), cancellation: Cancellation);
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
                cases[saved.Id].Hear(saved.Version, state, saved.Journal);
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
