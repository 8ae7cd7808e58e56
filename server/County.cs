using Microsoft.AspNetCore.DataProtection;
using Workflows.Activities.Cases;
using Workflows.Activities.Disputes;
using Workflows.Activities.Notices;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Reports;
using Workflows.Activities.Rules;
using Workflows.Activities.Storage;
using Workflows.Activities.Supervision;
using Workflows.Activities.Supervision.Scores;
using Workflows.Activities.Webhooks;
using Workflows.Engine;
using Workflows.Orchestrations;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Rules;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Web.Reports;

namespace Workflows.Server;

/// <summary>One county with its engine on this machine: its stores, its rules and its engine, opened and closed together.</summary>
public sealed class County : IAsyncDisposable
{
    public const string MailFrom = MailOptions.FromUsual;

    private readonly Stack<object> opened = new();

    private County(CountyOptions options, TimeProvider time)
    {
        Options = options;
        Time = time;
    }

    public CountyOptions Options { get; }

    public TimeProvider Time { get; }

    public required ITables Tables { get; init; }

    public required IBlobs Blobs { get; init; }

    public required IDataProtectionProvider Keys { get; init; }

    public required RuleShelf Rules { get; init; }

    public required CaseChanges Changes { get; init; }

    public required PlanShelf Plans { get; init; }

    public required KeptPlans KeptPlans { get; init; }

    public required WebhookShelf Webhooks { get; init; }

    public required WebhookOutbox WebhookOutbox { get; init; }

    public required CaseStore Cases { get; init; }

    public required EmbeddedEngine Engine { get; init; }

    public required MonthlySummaries Summaries { get; init; }

    /// <summary>Opens the data folder, or makes it.</summary>
    /// <param name="options">Where things lie.</param>
    /// <param name="time">The clock that everything reads.</param>
    /// <param name="logs">Never gets personal data.</param>
    /// <param name="plans">Further plans beside the seed's.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="RuleSetRefusedException">The seeds are wrong; nothing was changed.</exception>
    public static async Task<County> Open(
        CountyOptions options,
        TimeProvider time,
        ILoggerFactory logs,
        IReadOnlyList<Plan>? plans = null,
        CancellationToken cancellation = default)
    {
        var opened = new Stack<object>();
        try
        {
            T Keep<T>(T part)
                where T : class
            {
                opened.Push(part);
                return part;
            }

            Directory.CreateDirectory(options.Data);
            var keys = DataKeys.Open(options.KeySettings ?? (_ => null), options.Keys);
            var stores = Keep(Stores.Open(options.Stores));
            var (tables, blobs) = (stores.Tables, stores.Blobs);
            var rules = await RuleShelf.Open(options.Seeds, tables, blobs, time, cancellation);
            var seedPlans = PlanShelf.Read(options.Seeds, rules.Folder.Units);
            var webhooks = new WebhookShelf(tables, keys, time);
            var outbox = new WebhookOutbox(tables, webhooks);
            var cases = new CaseStore(
                tables,
                DisputeCounts.Counting(DisputeEscalation.FlowName, at => rules.Current.Calendar.LocalDate(at)),
                ScoreTrails.Trailing(at => rules.Current.Calendar.LocalDate(at)),
                outbox.Announce);
            await new MeasureRecount(cases).FillOnce(tables, cancellation);
            await new ScoreRecount(cases).FillOnce(tables, cancellation);
            var mailer = Keep(Mailer(options, tables, time));
            var templates = NoticeTemplates.Load(Path.Combine(options.Seeds, "templates"));
            var page = await File.ReadAllTextAsync(Path.Combine(options.Seeds, "reports", "monthly-summary.liquid"), cancellation);
            var digests = new Digests(tables);
            EmbeddedEngine? engine = null;
            // The engine begins to run flows while it is being opened; what asks for it then is tried again.
            var changes = new CaseChanges(cases, rules, () => engine ?? throw new InvalidOperationException("The engine is being opened."), time);
            var shelf = new PlanShelf([.. seedPlans.All, .. plans ?? []]);
            var kept = new KeptPlans(tables, blobs, shelf);
            var activities = new ActivityTable()
                .Add<SaveCase, Saved>(cases)
                .Add<DeliverNotice, DeliveryFact>(new DeliverNoticeByMail(mailer, templates, digests, () => rules.Current.Units))
                .Add<GatherNotice, DeliveryFact>(digests)
                .Add<SlicePlan, PlanSlice>(new PlanSlices(kept, rules))
                .Add<MovePeople, DisputeFact>(new PeopleOfCases(new PersonalDataTable(tables, keys)))
                .Add<ActivateRules, RulesActivated>(rules)
                .Add<FindCases, CasesFound>(changes)
                .Add<TakeSheetNumber, UnitSheetsFact>(new SheetNumbers(Keep(new Numbering(tables))));
            engine = Keep(await EmbeddedEngine.Open(
                new EngineOptions(options.EngineFile, VerifyReplay: options.VerifyReplay, Standby: options.Standby),
                FlowCatalogue.All,
                activities,
                rules,
                time,
                logs.CreateLogger<EmbeddedEngine>(),
                cancellation));
            var county = new County(options, time)
            {
                Tables = tables,
                Blobs = blobs,
                Keys = keys,
                Rules = rules,
                Changes = changes,
                Plans = shelf,
                KeptPlans = kept,
                Webhooks = webhooks,
                WebhookOutbox = outbox,
                Cases = cases,
                Engine = engine,
                Summaries = new MonthlySummaries(cases, rules, page, RankingAnnex.Of(new MonthlyScores(cases, rules, time))),
            };
            foreach (var part in opened.Reverse())
            {
                county.opened.Push(part);
            }

            return county;
        }
        catch
        {
            await Close(opened);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await Close(opened);

    private static IMailer Mailer(CountyOptions options, ITables tables, TimeProvider time) =>
        options.Mail?.Open(tables, time) ?? new EmlFolder(options.Outbox, MailFrom, TimeSpan.FromHours(8));

    /// <summary>Last opened, first closed: the engine stops before the stores it writes to.</summary>
    private static async Task Close(Stack<object> parts)
    {
        while (parts.TryPop(out var part))
        {
            switch (part)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
                default:
                    break;
            }
        }
    }
}
