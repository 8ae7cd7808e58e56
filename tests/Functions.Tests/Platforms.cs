using System.Text.Json;
using Grpc.Core;
using Microsoft.DurableTask.Client;
using Workflows.Activities.Flows;
using Workflows.Engine;
using Workflows.Functions.Durable;
using Workflows.Functions.Tests.Scripted;
using Workflows.Orchestrations.Durable;

namespace Workflows.Functions.Tests;

/// <summary>What the client of Durable Functions is asked, and what its refusals mean.</summary>
public sealed class Platforms : IAsyncDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly PlatformStart Start = new("Listener", "f", JsonSerializer.SerializeToElement("in"), null, false);

    private readonly ScriptedHub hub = new(new VirtualClock(Monday))
    {
        Orchestrator = async (_, context) =>
        {
            await context.WaitForExternalEvent<bool>("never");
            return default;
        },
        Activity = (name, _) => throw new InvalidOperationException(name),
    };

    private readonly ScriptedClient client;
    private readonly DurablePlatform platform;

    public Platforms()
    {
        client = new ScriptedClient(hub);
        var current = new CurrentClient();
        current.Use(client);
        platform = new DurablePlatform(current);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Pending)]
    [InlineData(OrchestrationRuntimeStatus.Suspended)]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task A_used_id_is_never_replaced_silently(OrchestrationRuntimeStatus status)
    {
        Assert.True(await platform.Start(Start, Cancelled));
        var first = hub.Find("f");
        first!.Status = status;

        Assert.False(await platform.Start(Start, Cancelled));

        Assert.Same(first, hub.Find("f"));
        Assert.Equal(first.IsEnded, await platform.Start(Start with { ReplaceEnded = true }, Cancelled));
    }

    [Fact]
    public async Task A_start_for_later_is_the_platforms_own()
    {
        await platform.Start(Start with { At = Monday.AddHours(1) }, Cancelled);

        hub.RunUntil(Monday.AddMinutes(59));
        Assert.Equal(PlatformState.Pending, await platform.Look("f", Cancelled));
        hub.RunUntil(Monday.AddMinutes(61));
        Assert.Equal(PlatformState.Running, await platform.Look("f", Cancelled));
    }

    [Fact]
    public async Task What_cannot_be_done_is_an_answer_and_no_exception()
    {
        Assert.Null(await platform.Look("f", Cancelled));
        Assert.False(await platform.Suspend("f", "why", Cancelled));
        Assert.False(await platform.Resume("f", "why", Cancelled));
        await platform.Poke("f", Cancelled);
        await platform.Terminate("f", "why", Cancelled);
        await platform.Purge("f", Cancelled);

        await platform.Start(Start, Cancelled);
        hub.RunUntil(Monday.AddSeconds(1));
        Assert.False(await platform.Resume("f", "why", Cancelled));
        Assert.True(await platform.Suspend("f", "why", Cancelled));
        Assert.False(await platform.Suspend("f", "why", Cancelled));
        Assert.True(await platform.Resume("f", "why", Cancelled));
        await platform.Terminate("f", "why", Cancelled);
        await platform.Terminate("f", "why", Cancelled);
        await platform.Poke("f", Cancelled);
        Assert.Equal(PlatformState.Terminated, await platform.Look("f", Cancelled));
        await platform.Purge("f", Cancelled);
        Assert.Null(hub.Find("f"));
    }

    [Fact]
    public async Task An_unreachable_platform_is_an_exception()
    {
        client.Outage = new RpcException(new Status(StatusCode.Unavailable, "down"));

        await Assert.ThrowsAsync<RpcException>(() => platform.Start(Start, Cancelled));
        await Assert.ThrowsAsync<RpcException>(() => platform.Poke("f", Cancelled));
    }

    [Theory]
    [InlineData(6, 1_000, 5, 300_000, 1_000, 300_000)]
    [InlineData(3, 5_000, 1, 1_000, 1_000, 1_000)]
    [InlineData(2, 0, 0.5, 0, 1, 1)]
    public void Retries_are_translated_into_what_the_platform_takes(
        int attempts, int first, double factor, int longest, int firstTaken, int longestTaken)
    {
        var retry = new Retry(attempts, TimeSpan.FromMilliseconds(first), factor, TimeSpan.FromMilliseconds(longest), TimeSpan.FromMinutes(1));

        var policy = Retries.Of(retry)!.Retry!.Policy!;

        Assert.Equal(
            (attempts, firstTaken, Math.Max(1, factor), longestTaken),
            (policy.MaxNumberOfAttempts, (int)policy.FirstRetryInterval.TotalMilliseconds, policy.BackoffCoefficient, (int)policy.MaxRetryInterval.TotalMilliseconds));
        Assert.Equal(Timeout.InfiniteTimeSpan, policy.RetryTimeout);
    }

    [Fact]
    public void The_standard_retries_wait_as_long_as_on_one_machine()
    {
        var policy = Retries.Of(Retry.Standard)!.Retry!.Policy!;

        for (var attempt = 1; attempt < Retry.Standard.AttemptsMax; attempt++)
        {
            var seconds = policy.FirstRetryInterval.TotalSeconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
            Assert.Equal(Retry.Standard.WaitAfter(attempt), TimeSpan.FromSeconds(Math.Min(seconds, policy.MaxRetryInterval.TotalSeconds)));
        }

        Assert.Null(Retries.Of(Retry.Standard with { AttemptsMax = 1 }));
    }

    [Fact]
    public async Task One_attempt_is_given_up_after_its_time_and_says_who_asked_what()
    {
        var clock = new VirtualClock(Monday);
        var seen = new List<string>();
        var runner = new ActivityRunner(
            new ActivityTable().Add<Conformance.Ask, string>(async (ask, cancellation) =>
            {
                seen.Add(ask.Key);
                await Task.Delay(Timeout.Infinite, cancellation);
                return "";
            }),
            clock);
        var call = new ActivityCall("f", "ask/a", TimeSpan.FromSeconds(5), JsonSerializer.SerializeToElement(new Conformance.Ask("a"), Wire.Options));

        var run = runner.Run(nameof(Conformance.Ask), JsonSerializer.SerializeToElement(call, Wire.Options));
        clock.Set(Monday.AddSeconds(5));
        var failed = await Assert.ThrowsAsync<AttemptFailedException>(() => run);

        Assert.Equal("No answer within 00:00:05.", failed.Message);
        Assert.Equal(["ask/a"], seen);
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
