using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Activities.Cases;
using Workflows.Activities.Disputes;
using Workflows.Activities.Flows;
using Workflows.Activities.Notices;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Reports;
using Workflows.Activities.Rules;
using Workflows.Activities.Storage;
using Workflows.Activities.Supervision;
using Workflows.Activities.Supervision.Scores;
using Workflows.Activities.Webhooks;
using Workflows.Functions.Durable;
using Workflows.Orchestrations;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Rules;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Web;
using Workflows.Web.Http;
using Workflows.Web.Reports;

namespace Workflows.Functions.Hosting;

/// <summary>One county on Azure Functions: what the functions and the endpoints are made of.</summary>
public static class CountyServices
{
    /// <summary>Reads the county's facts and adds everything.</summary>
    /// <param name="services">Of the worker.</param>
    /// <param name="configuration"><c>WORKFLOWS_OUTBOX</c> is the folder of mails while no mail server is set.</param>
    /// <param name="stores">Opened.</param>
    /// <param name="seeds">The folder of the county's facts.</param>
    /// <param name="time">The clock that everything reads.</param>
    /// <exception cref="RuleSetRefusedException">The seeds are wrong; nothing was changed.</exception>
    public static async Task AddCounty(
        this IServiceCollection services, IConfiguration configuration, CountyStores stores, string seeds, TimeProvider time)
    {
        var rules = await RuleShelf.Open(seeds, stores.Tables, stores.Blobs, time);
        var webhooks = new WebhookShelf(stores.Tables, stores.Keys, time);
        var outbox = new WebhookOutbox(stores.Tables, webhooks);
        var cases = new CaseStore(
            stores.Tables,
            DisputeCounts.Counting(DisputeEscalation.FlowName, at => rules.Current.Calendar.LocalDate(at)),
            ScoreTrails.Trailing(at => rules.Current.Calendar.LocalDate(at)),
            outbox.Announce);
        await new MeasureRecount(cases).FillOnce(stores.Tables);
        await new ScoreRecount(cases).FillOnce(stores.Tables);
        var mailer = Mailer(configuration, stores.Tables, time);
        var templates = NoticeTemplates.Load(Path.Combine(seeds, "templates"));
        var digests = new Digests(stores.Tables);
        var page = await File.ReadAllTextAsync(Path.Combine(seeds, "reports", "monthly-summary.liquid"));
        var shelf = PlanShelf.Read(seeds, rules.Folder.Units);
        var kept = new KeptPlans(stores.Tables, stores.Blobs, shelf);
        services
            .AddSingleton(time)
            .AddSingleton(stores.Tables)
            .AddSingleton(stores.Blobs)
            .AddSingleton(rules)
            .AddSingleton<IRuleShelf>(rules)
            .AddSingleton(shelf)
            .AddSingleton(kept)
            .AddSingleton(webhooks)
            .AddSingleton(outbox)
            .AddSingleton(cases)
            .AddSingleton(new MonthlySummaries(cases, rules, page, RankingAnnex.Of(new MonthlyScores(cases, rules, time))))
            .AddSingleton(stores.Keys)
            .AddSingleton<StepWatch>()
            .AddSingleton<Numbering>()
            .AddSingleton(FlowCatalogue.All)
            .AddSingleton(provider => new CaseChanges(cases, rules, provider.GetRequiredService<IFlowClient>, time))
            .AddSingleton(provider => Activities(
                cases,
                new DeliverNoticeByMail(mailer, templates, digests, () => rules.Current.Units),
                digests,
                new PlanSlices(kept, rules),
                rules,
                provider.GetRequiredService<CaseChanges>(),
                new PeopleOfCases(provider.GetRequiredService<PersonalDataTable>()),
                new SheetNumbers(provider.GetRequiredService<Numbering>())))
            .AddFlows()
            .AddWorkflowsWeb()
            // The platform's front end is the only way in, and adds who asks.
            .AddSingleton(new Callers(IsForwarded: true))
            .AddSingleton<WebPipeline>();
    }

    /// <summary>Flows over tables and Durable Functions; the stores, the clock and both tables of names are there.</summary>
    public static IServiceCollection AddFlows(this IServiceCollection services) => services
        .AddSingleton<CurrentClient>()
        .AddSingleton<IFlowPlatform, DurablePlatform>()
        .AddSingleton<FlowRegistry>()
        .AddSingleton<FlowInbox>()
        .AddSingleton<FlowRecovery>()
        .AddSingleton<FlowReader>()
        .AddSingleton<RegisteredFlows>()
        .AddSingleton<IFlowClient>(provider => provider.GetRequiredService<RegisteredFlows>())
        .AddSingleton<FlowSteps>()
        .AddSingleton<FlowSweep>()
        .AddSingleton<FlowRunner>()
        .AddSingleton<ActivityRunner>();

    internal static ActivityTable Activities(
        CaseStore cases, DeliverNoticeByMail mail, Digests digests, PlanSlices plans, RuleShelf rules, CaseChanges changes, PeopleOfCases people, SheetNumbers numbers) => new ActivityTable()
        .Add<SaveCase, Saved>(cases)
        .Add<DeliverNotice, DeliveryFact>(mail)
        .Add<GatherNotice, DeliveryFact>(digests)
        .Add<SlicePlan, PlanSlice>(plans)
        .Add<ActivateRules, RulesActivated>(rules)
        .Add<FindCases, CasesFound>(changes)
        .Add<MovePeople, DisputeFact>(people)
        .Add<TakeSheetNumber, UnitSheetsFact>(numbers);

    private static IMailer Mailer(IConfiguration configuration, ITables tables, TimeProvider time) =>
        MailOptions.Read(name => configuration[name], MailOptions.FromUsual)?.Open(tables, time)
        ?? new EmlFolder(Path.GetFullPath(configuration["WORKFLOWS_OUTBOX"] ?? "outbox"), MailOptions.FromUsual, TimeSpan.FromHours(8));
}
