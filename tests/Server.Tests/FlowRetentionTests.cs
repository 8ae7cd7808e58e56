using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Engine;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;

namespace Workflows.Server.Tests;

public sealed class FlowRetentionTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_flow_that_ended_is_kept_for_its_time_and_one_that_lives_for_ever()
    {
        using var folder = new TempFolder();
        var clock = new VirtualClock(Begin);
        await using var engine = await EmbeddedEngine.Open(
            new EngineOptions(folder.File("flows.db")),
            new FlowTable(FlowDefinition.Of<string, string>("Errand", async (flow, what) =>
            {
                if (what == "waits")
                {
                    await flow.Next<string>();
                }

                return what;
            })),
            new ActivityTable(),
            new NoRules(),
            clock,
            NullLogger.Instance,
            Cancelled);
        await engine.Start("Errand", "ends", "ends", cancellation: Cancelled);
        await engine.Start("Errand", "waits", "waits", cancellation: Cancelled);
        await engine.WhenIdle(Cancelled);

        using var retention = new FlowRetention(engine, TimeSpan.FromDays(10), clock, NullLogger<FlowRetention>.Instance);
        await retention.StartAsync(Cancelled);
        await VirtualRun.Until(engine, clock, Begin.AddDays(10), Cancelled);
        await Task.Delay(100, Cancelled);
        Assert.NotNull(await engine.Get("ends", Cancelled));

        await VirtualRun.Until(engine, clock, Begin.AddDays(11), Cancelled);
        while (await engine.Get("ends", Cancelled) is not null)
        {
            await Task.Delay(5, Cancelled);
        }

        Assert.NotNull(await engine.Get("waits", Cancelled));
        await retention.StopAsync(Cancelled);
    }
}
