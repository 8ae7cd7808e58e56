using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Activities.Cases;
using Workflows.Activities.Disputes;
using Workflows.Engine;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;

namespace Workflows.Server.Tests;

/// <summary>A county whose engine's file is gone while its tables are there.</summary>
public sealed class CaseNetTests
{
    private const string Registration =
        """
        {"place": "350322103203", "category": "neighbours", "people": 2, "channel": "window", "by": "350322103203", "summary": "排水沟改道。",
         "parties": [{"role": "applicant", "name": "甲某", "consent": "yes"}, {"role": "respondent", "name": "乙某", "consent": "yes"}]}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_living_case_goes_on_from_its_projection_when_the_engine_is_lost()
    {
        using var folder = new TempFolder();
        var clock = new VirtualClock(new DateTimeOffset(2025, 9, 15, 9, 0, 0, TimeSpan.FromHours(8)));
        var options = new CountyOptions(folder.File("data"), Path.Combine(ReferenceCounty.Root, "seeds"));
        await using (var county = await County.Open(options, clock, NullLoggerFactory.Instance, cancellation: Cancelled))
        {
            await using var app = CountyHost.Build(county, port: 0, quiet: true);
            await app.StartAsync(Cancelled);
            using var http = new HttpClient { BaseAddress = new Uri(CountyHost.AddressOf(app)) };
            for (var number = 1; number <= 4; number++)
            {
                await Post(http, "/api/disputes", Registration);
            }

            // This one has ended, and is followed.
            await Post(http, "/api/disputes/D2025-00003/sign-for", """{"by": "350322103203"}""");
            await Post(http, "/api/disputes/D2025-00003/settle", """{"by": "350322103203", "form": "oral", "on": "2025-09-15", "terms": "各半。"}""");

            // Of this one only the windows to rate it and to take it up again are open.
            await Post(http, "/api/disputes/D2025-00004/refuse", """{"by": "350322103203", "party": "p1"}""");

            await county.Engine.WhenIdle(Cancelled);
        }

        foreach (var file in Directory.GetFiles(folder.File("data"), "engine.db*"))
        {
            File.Delete(file);
        }

        await using var again = await County.Open(options, clock, NullLoggerFactory.Instance, cancellation: Cancelled);
        var sweep = new CaseSweep(again.Cases, again.Engine, new CaseRestart(again.Cases, again.Engine), NullLogger<CaseSweep>.Instance);

        var started = await sweep.Run(CaseNet.Living, clock.GetUtcNow(), Cancelled);
        await again.Engine.WhenIdle(Cancelled);

        Assert.Superset(
            new HashSet<string> { "DisputeEscalation-D2025-00001", "DisputeEscalation-D2025-00002", "DisputeEscalation-D2025-00003", "DisputeEscalation-D2025-00004" },
            started.ToHashSet());
        foreach (var id in started)
        {
            Assert.NotNull(await again.Engine.Get(id, Cancelled));
        }

        Assert.Empty(await sweep.Run(CaseNet.Living, clock.GetUtcNow(), Cancelled));
        var before = await again.Cases.Get<Dispute>("DisputeEscalation", "D2025-00001", Cancelled);
        await VirtualRun.Until(again.Engine, clock, clock.GetUtcNow().AddDays(3), Cancelled);
        Assert.True((await again.Cases.Get<Dispute>("DisputeEscalation", "D2025-00001", Cancelled))!.Version > before!.Version);
        Assert.Single(Directory.GetFiles(options.Outbox, "*D2025-00001*offered*"));
    }

    [Theory]
    [InlineData(true, DisputeStatus.Merged)]
    [InlineData(false, DisputeStatus.Mediating)]
    public async Task A_case_that_asked_to_be_taken_in_hears_the_answer_of_one_that_has_ended_though_the_engine_is_lost(bool isTaken, DisputeStatus expected)
    {
        const string One = "D2025-00001", Two = "D2025-00002";
        using var folder = new TempFolder();
        var clock = new VirtualClock(new DateTimeOffset(2025, 9, 15, 9, 0, 0, TimeSpan.FromHours(8)));
        var options = new CountyOptions(folder.File("data"), Path.Combine(ReferenceCounty.Root, "seeds"));
        var kind = new DisputeEscalation();
        await using (var county = await County.Open(options, clock, NullLoggerFactory.Instance, cancellation: Cancelled))
        {
            await using var app = CountyHost.Build(county, port: 0, quiet: true);
            await app.StartAsync(Cancelled);
            using var http = new HttpClient { BaseAddress = new Uri(CountyHost.AddressOf(app)) };
            foreach (var id in (string[])[One, Two])
            {
                await Post(http, "/api/disputes", Registration);
                await Post(http, $"/api/disputes/{id}/sign-for", """{"by": "350322103203"}""");
            }

            // What waits in an inbox, the question or its answer, is lost with the engine.
            await county.Engine.Suspend(kind.FlowId(One), "held", Cancelled);
            await Post(http, $"/api/disputes/{Two}/merge", $$"""{"by": "350322103203", "into": "{{One}}", "reason": "同一事。"}""");
            await county.Engine.Suspend(kind.FlowId(Two), "held", Cancelled);
            if (isTaken)
            {
                await county.Engine.Resume(kind.FlowId(One), "on", Cancelled);
                await county.Engine.WhenIdle(Cancelled);
            }
        }

        foreach (var file in Directory.GetFiles(folder.File("data"), "engine.db*"))
        {
            File.Delete(file);
        }

        await using var again = await County.Open(options, clock, NullLoggerFactory.Instance, cancellation: Cancelled);
        var restart = new CaseRestart(again.Cases, again.Engine, new LostAnswers(again.Cases, again.Engine));
        await restart.Run(kind.Name, One, "lost", Cancelled);
        await again.Engine.Send(kind.FlowId(One), "end", new CaseCommand<DisputeFact>(new DisputeFact.Withdrawn("p1"), "350322103203", "window"), Cancelled);
        await again.Engine.WhenIdle(Cancelled);
        Assert.NotNull((await again.Cases.Get<Dispute>(kind.Name, Two, Cancelled))!.State.Merge);

        await restart.Run(kind.Name, Two, "lost", Cancelled);
        await again.Engine.WhenIdle(Cancelled);

        var state = (await again.Cases.Get<Dispute>(kind.Name, Two, Cancelled))!.State;
        Assert.Equal((expected, null), (state.Status, state.Merge));
    }

    private static async Task Post(HttpClient http, string path, string json)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(path, body, Cancelled);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
    }
}
