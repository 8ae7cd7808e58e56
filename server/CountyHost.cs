using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Workflows.Activities.Cases;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;
using Workflows.Web;
using Workflows.Web.Http;

namespace Workflows.Server;

/// <summary>Serves a county over HTTP. Until people can sign in, on loopback only.</summary>
public static class CountyHost
{
    /// <summary>Names under which a browser on this machine may ask; others are refused, so that no foreign page gets in by a name that resolves here.</summary>
    private const string LoopbackHosts = "localhost;127.0.0.1;[::1]";

    /// <summary>Builds the application; the caller starts it.</summary>
    /// <param name="county">What is served.</param>
    /// <param name="port">0 takes a free one.</param>
    /// <param name="quiet">Warnings only, and no word about starting.</param>
    public static WebApplication Build(County county, int port, bool quiet = false)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration["AllowedHosts"] = LoopbackHosts;
        builder.Logging.SetMinimumLevel(quiet ? LogLevel.Warning : LogLevel.Information);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (port == 0)
            {
                kestrel.Listen(IPAddress.Loopback, 0);
            }
            else
            {
                kestrel.ListenLocalhost(port);
            }
        });
        builder.Services
            .AddSingleton(county.Time)
            .AddSingleton<ITables>(county.Tables)
            .AddSingleton<IBlobs>(county.Blobs)
            .AddSingleton(county.Rules)
            .AddSingleton<IRuleShelf>(county.Rules)
            .AddSingleton(county.Changes)
            .AddSingleton(county.Plans)
            .AddSingleton(county.KeptPlans)
            .AddSingleton(county.Webhooks)
            .AddSingleton(county.WebhookOutbox)
            .AddSingleton(county.Cases)
            .AddSingleton(county.Summaries)
            .AddSingleton<IFlowClient>(county.Engine)
            .AddSingleton(new Health(() => county.Engine.StoppedBecause))
            .AddSingleton<IDataProtectionProvider>(county.Keys)
            .AddSingleton<StepWatch>()
            .AddSingleton<Numbering>()
            .AddWorkflowsWeb()
            .AddHostedService<WebhookPost>();
        if (county.Options.KeepFlows is { } keep)
        {
            builder.Services.AddHostedService(services => new FlowRetention(
                county.Engine, keep, county.Time, services.GetRequiredService<ILogger<FlowRetention>>()));
        }

        if (county.Options.Sweeps)
        {
            builder.Services.AddSingleton<CaseSweep>().AddHostedService<CaseNet>().AddHostedService<PersonalRetention>();
        }

        var app = builder.Build();
        app.UseWorkflowsProblems();
        app.MapWorkflows();
        return app;
    }

    /// <summary>Where a started application listens, without a slash at the end.</summary>
    public static string AddressOf(WebApplication app) =>
        app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal).TrimEnd('/');
}
