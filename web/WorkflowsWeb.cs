using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Activities.Attachments;
using Workflows.Activities.Cases;
using Workflows.Activities.Disputes;
using Workflows.Activities.Mediators;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Reports;
using Workflows.Activities.Rules;
using Workflows.Activities.Supervision;
using Workflows.Activities.Supervision.Scores;
using Workflows.Activities.Webhooks;
using Workflows.Web.Calendar;
using Workflows.Web.Cases;
using Workflows.Web.Disputes;
using Workflows.Web.Flows;
using Workflows.Web.Home;
using Workflows.Web.Http;
using Workflows.Web.Mediators;
using Workflows.Web.Notices;
using Workflows.Web.Parties;
using Workflows.Web.Reports;
using Workflows.Web.Rules;
using Workflows.Web.Supervision;
using Workflows.Web.Supervision.Pages;
using Workflows.Web.Supervision.Scores;
using Workflows.Web.Supervision.Sheets;
using Workflows.Web.Webhooks;

namespace Workflows.Web;

/// <summary>The whole edge, the same under every host.</summary>
public static class WorkflowsWeb
{
    /// <summary>Adds what the endpoints need; the host adds stores, flows, rules and the clock.</summary>
    public static IServiceCollection AddWorkflowsWeb(this IServiceCollection services) => services
        .AddOpenApi("v1", options => options.Complete())
        .AddSingleton<PersonalDataTable>()
        .AddSingleton<AccessJournal>()
        .AddSingleton<CaseFiles>()
        .AddSingleton<Anonymisation>()
        .AddSingleton<Desk>()
        .AddSingleton<DuplicateHints>()
        .AddSingleton<MediatorRoster>()
        .AddSingleton<MediatorHours>()
        .AddSingleton<MediatorCheck>()
        .AddSingleton<MediatorDesk>()
        .AddSingleton<DisputeDesk>()
        .AddSingleton<PersonalDesk>()
        .AddSingleton<FileDesk>()
        .AddSingleton<IFileOwner>(services => services.GetRequiredService<FileDesk>())
        .AddSingleton<FileSweep>()
        .AddSingleton<DisputeImport>()
        .AddSingleton<DisputeExport>()
        .AddSingleton<DisputeRetention>()
        .AddSingleton<PartyDesk>()
        .AddSingleton<PartyGate>()
        .AddSingleton(new Callers())
        .AddPartyLimits()
        .AddSingleton<AssignmentDesk>()
        .AddSingleton<AssignmentFiles>()
        .AddSingleton<IFileOwner>(services => services.GetRequiredService<AssignmentFiles>())
        .AddSingleton<PlanDesk>()
        .AddSingleton<SheetDesk>()
        .AddSingleton<PlanDrafts>()
        .AddSingleton<ILostWords, LostAnswers>()
        .AddSingleton<CaseRestart>()
        .AddSingleton<RulesPreview>()
        .AddSingleton<MonthlyMeasures>()
        .AddSingleton<MonthlyScores>()
        .AddSingleton(services => new WebhookSender(
            services.GetRequiredService<WebhookShelf>(),
            services.GetRequiredService<WebhookOutbox>(),
            WebhookSender.Client(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<WebhookSender>>()))
        .AddSingleton<Idempotency>();

    /// <summary>Maps every endpoint.</summary>
    public static void MapWorkflows(this IEndpointRouteBuilder routes)
    {
        DisputeEndpoints.Map(routes);
        MediatorEndpoints.Map(routes);
        PersonalEndpoints.Map(routes);
        FileEndpoints.Map(routes);
        TableEndpoints.Map(routes);
        PartyEndpoints.Map(routes);
        PartyPages.Map(routes);
        AssignmentEndpoints.Map(routes);
        SheetEndpoints.Map(routes);
        SheetPapers.Map(routes);
        PlanEndpoints.Map(routes);
        SupervisionBoard.Map(routes);
        RankingEndpoints.Map(routes);
        SupervisionPages.Map(routes);
        PlanDraftEndpoints.Map(routes);
        NoticeEndpoints.Map(routes);
        RulesEndpoints.Map(routes);
        WebhookEndpoints.Map(routes);
        FlowEndpoints.Map(routes);
        DeadLetterEndpoints.Map(routes);
        DeadlineEndpoints.Map(routes);
        ReportEndpoints.Map(routes);
        MeasureEndpoints.Map(routes);
        HomePage.Map(routes);
        routes.MapOpenApi("/openapi/{documentName:regex(^v1$)}.json");
        routes.MapGet("/health", (HttpContext http) => http.RequestServices.GetService<Health>()?.Problem() is { } problem
            ? Results.Problem(problem, statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ok")).ExcludeFromDescription();
    }

    /// <summary>Turns what no endpoint answered, and what went wrong, into problem details.</summary>
    public static void UseWorkflowsProblems(this IApplicationBuilder app)
    {
        app.UseResponseHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Failed, SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePages(async context => await Unanswered(context.HttpContext));
        app.Use(HeadAsGet);
        app.UseRouting();
        app.UseRateLimiter();
    }

    /// <summary>A HEAD is a GET whose body the server leaves out; it must be so before the routes are looked at.</summary>
    private static async Task HeadAsGet(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }

        http.Request.Method = HttpMethods.Get;
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = HttpMethods.Head;
        }
    }

    private static async Task Failed(HttpContext http)
    {
        var error = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (error is BadHttpRequestException bad)
        {
            await Reply.Of(bad.StatusCode, "bad-request", "The request is not valid.", bad.Message).ExecuteAsync(http);
            return;
        }

        http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(WorkflowsWeb))
            .LogError(error, "{Trace} {Method} {Path} failed", http.TraceIdentifier, http.Request.Method, PartyEndpoints.WithoutCode(http.Request.Path));
        await Reply.Of(StatusCodes.Status500InternalServerError, "error", "Something went wrong here.", $"The error is logged under {http.TraceIdentifier}.").ExecuteAsync(http);
    }

    private static Task Unanswered(HttpContext http)
    {
        var reply = http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Reply.NotFound($"Nothing is at {http.Request.Path}."),
            StatusCodes.Status405MethodNotAllowed => Reply.Of(405, "method-not-allowed", "Method not allowed.", $"{http.Request.Path} does not take {http.Request.Method}."),
            StatusCodes.Status415UnsupportedMediaType => RequestBody.NotJson,
            var status => Reply.Of(status, "refused", "The request is refused.", $"HTTP {status}."),
        };
        return reply.ExecuteAsync(http);
    }
}
