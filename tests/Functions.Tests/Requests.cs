using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Workflows.Activities.Cases;
using Workflows.Activities.PersonalData;
using Workflows.Engine;
using Workflows.Functions.Durable;
using Workflows.Functions.Hosting;
using Workflows.Functions.Tests.Scripted;
using Workflows.Functions.Triggers;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Tests.Disputes;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;

namespace Workflows.Functions.Tests;

/// <summary>The county as it is composed for Azure, asked over the one HTTP function.</summary>
public sealed class Requests : IAsyncLifetime
{
    private static readonly DateTimeOffset Friday = LocalTime.Local("2025-09-26 09:00");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("workflows-functions-");
    private readonly VirtualClock clock = new(Friday);
    private IHost host = null!;
    private ScriptedHub hub = null!;
    private ScriptedClient client = null!;

    public async ValueTask InitializeAsync()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["WORKFLOWS_DATA"] = Path.Combine(folder.FullName, "data"),
                ["WORKFLOWS_OUTBOX"] = Path.Combine(folder.FullName, "outbox"),
            })
            .Build();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        // The worker's web host brings these along.
        var diagnostics = new DiagnosticListener("Microsoft.AspNetCore");
        builder.Services.AddLogging().AddRouting().AddSingleton(diagnostics).AddSingleton<DiagnosticSource>(diagnostics);
        await builder.Services.AddCounty(
            configuration, CountyStores.Open(configuration), Path.Combine(ReferenceCounty.Root, "seeds"), clock);
        host = builder.Build();
        hub = new ScriptedHub(clock)
        {
            Orchestrator = (name, context) => host.Services.GetRequiredService<FlowRunner>().Run(name, context),
            Activity = (name, _) => throw new InvalidOperationException(name),
        };
        client = new ScriptedClient(hub);
    }

    [Fact]
    public async Task A_page_the_api_and_what_is_not_there_are_answered_by_the_webs_endpoints()
    {
        Assert.Equal(StatusCodes.Status200OK, (await Ask("GET", "/")).Status);
        Assert.Equal((StatusCodes.Status200OK, "ok"), await Ask("GET", "/health"));
        Assert.Equal(StatusCodes.Status404NotFound, (await Ask("GET", "/api/nothing")).Status);
        Assert.Equal(StatusCodes.Status405MethodNotAllowed, (await Ask("DELETE", "/health")).Status);
        Assert.Equal((StatusCodes.Status200OK, ""), await Ask("HEAD", "/health"));
        Assert.Contains("\"openapi\"", (await Ask("GET", "/openapi/v1.json")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_finds_a_flow_that_was_started_through_the_shared_client()
    {
        await Ask("GET", "/health");
        var flows = host.Services.GetRequiredService<IFlowClient>();
        await flows.Start("PlanActivation", "PlanActivation-2026-1", new Orchestrations.Supervision.ActivatePlan("2026-1", []), cancellation: Cancelled);

        var (status, body) = await Ask("GET", "/api/flows/PlanActivation-2026-1");

        Assert.Equal(StatusCodes.Status200OK, status);
        Assert.Contains("\"state\":\"running\"", body, StringComparison.Ordinal);
        Assert.NotNull(hub.Find("PlanActivation-2026-1"));
        Assert.Equal(StatusCodes.Status200OK, (await Ask("GET", "/api/flows/PlanActivation-2026-1/history")).Status);
    }

    [Fact]
    public void Before_any_function_ran_there_is_no_client_and_the_answer_says_so() =>
        Assert.Contains("try again", Assert.Throws<InvalidOperationException>(() => new CurrentClient().Client).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Once_a_day_a_closed_case_whose_retention_is_over_is_made_anonymous_and_one_day_before_it_is_not()
    {
        await Save(Refused());
        var personal = host.Services.GetRequiredService<PersonalDataTable>();
        await personal.PutParties(Neighbours.Id, new Matter(Neighbours.Place, Neighbours.Category, Neighbours.OpenedAt), [new PartyData("a", "陈阿明")], Cancelled);

        clock.Set(LocalTime.Local("2030-10-09 02:30"));
        await Sweep();
        Assert.Equal("陈阿明", Assert.Single(await personal.GetParties(Neighbours.Id, Cancelled)).Name);

        clock.Set(LocalTime.Local("2030-10-10 02:30"));
        await Sweep();
        await Sweep();
        Assert.Empty(await personal.GetParties(Neighbours.Id, Cancelled));
        Assert.Equal(["Erased"], (await host.Services.GetRequiredService<AccessJournal>().Read(Neighbours.Id, Cancelled)).Select(entry => entry.Line.What));
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)host.Services.GetRequiredService<Activities.Storage.ITables>()).DisposeAsync();
        host.Dispose();
        folder.Delete(recursive: true);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A case that a party refused on 2025-10-09 and that nothing follows any more.</summary>
    private static CaseRun<Dispute, DisputeFact, DisputeRules> Refused()
    {
        var run = Samples.MediatingByPlan();
        run.Tell(LocalTime.Local("2025-10-09 09:00"), Samples.Village, new DisputeFact.Refused("b"));
        run.RunUntil(LocalTime.Local("2026-10-09 09:00"));
        Assert.True(run.State.Ended);
        return run;
    }

    private async Task Save(CaseRun<Dispute, DisputeFact, DisputeRules> run)
    {
        var record = CaseRecord.Fresh(run.State.Id, run.State) with { Version = 1 };
        await host.Services.GetRequiredService<CaseStore>().Run(
            new SaveCase(
                DisputeEscalation.FlowName,
                run.State.Id,
                record.Version,
                JsonSerializer.SerializeToElement(record, Wire.Options),
                [],
                new DisputeEscalation().Card(run.State, ReferenceCounty.Followed)),
            Cancelled);
    }

    private Task Sweep() => ActivatorUtilities.CreateInstance<DailySweep>(host.Services).Run(new Microsoft.Azure.Functions.Worker.TimerInfo(), Cancelled);

    private async Task<(int Status, string Body)> Ask(string method, string path)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var body = new MemoryStream();
        var http = new DefaultHttpContext
        {
            RequestServices = scope.ServiceProvider,
            Request = { Method = method, Path = path, Scheme = "https", Host = new HostString("county.example.org"), RouteValues = { ["path"] = path } },
            Response = { Body = body },
        };
        // The function's own endpoint must not answer in place of ours.
        http.SetEndpoint(new Endpoint(_ => throw new InvalidOperationException(), EndpointMetadataCollection.Empty, "function"));
        var function = ActivatorUtilities.CreateInstance<EveryRequest>(host.Services);

        await function.Run(http.Request, client);

        return (http.Response.StatusCode, method == "HEAD" ? "" : Encoding.UTF8.GetString(body.ToArray()));
    }
}
