using Workflows.Orchestrations.Durable;
using Workflows.Testing.Durable;

namespace Workflows.Functions.Tests.Conformance;

/// <summary>What a flow may do, one thing after the other.</summary>
internal static class Primitives
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Short waits, so that no host's clock is far behind another's.</summary>
    private static readonly Retry Quick = new(3, TimeSpan.FromMilliseconds(10), 2, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1));

    public static IReadOnlyDictionary<string, Scenario> All { get; } = new Dictionary<string, Scenario>
    {
        ["Calls one after the other"] = Of(
            async (flow, _) => [await flow.Call(new Ask("a")), await flow.Call(new Ask("b")), await flow.Call(new Ask("张"))],
            host => host.Until(Monday.AddHours(1))),
        ["A call that fails twice"] = Of(
            async (flow, _) => [await flow.Call(new Ask("a", Failures: 2), Quick)],
            host => host.Until(Monday.AddHours(1))),
        ["A call that fails for good"] = Of(
            async (flow, _) =>
            {
                try
                {
                    return [await flow.Call(new Ask("a", Failures: 9), Quick)];
                }
                catch (ActivityFailedException failure)
                {
                    return [$"{failure.Key} {failure.Attempts}"];
                }
            },
            host => host.Until(Monday.AddHours(1))),
        ["A call that fails once and has one attempt"] = Of(
            async (flow, _) =>
            {
                try
                {
                    return [await flow.Call(new Ask("a", Failures: 1), Quick with { AttemptsMax = 1 })];
                }
                catch (ActivityFailedException failure)
                {
                    return [$"{failure.Key} {failure.Attempts}"];
                }
            },
            host => host.Until(Monday.AddHours(1))),
        ["Calls together"] = Of(
            async (flow, _) => await Task.WhenAll(flow.Call(new Ask("a")), flow.Call(new Ask("b")), flow.Call(new Ask("c"))),
            host => host.Until(Monday.AddHours(1))),
        ["Commands without a date"] = Of(Listen(_ => null), async host =>
        {
            await host.Send("f", "1", new Said("one"));
            await host.Until(Monday.AddDays(1));
            await host.Send("f", "2", new Said("two"));
            await host.Send("f", "2", new Said("two again"));
            await host.Send("f", "3", new Said("end"));
            Assert.Equal(SendOutcome.Ended, await host.Send("f", "4", new Said("late")));
            Assert.Equal(SendOutcome.NotFound, await host.Send("g", "5", new Said("lost")));
        }),
        ["Dates alone"] = Of(Listen(flow => flow.Now.AddHours(2), datesMax: 3), host => host.Until(Monday.AddDays(1))),
        ["Commands before, at and after a date"] = Of(Listen(_ => Monday.AddHours(2), datesMax: 1), async host =>
        {
            await host.Send("f", "1", new Said("before"));
            await host.Until(Monday.AddHours(1));
            await host.Send("f", "2", new Said("still before"));
            await host.Until(Monday.AddHours(2));
            Assert.Equal(SendOutcome.Ended, await host.Send("f", "3", new Said("after")));
        }),
        ["A date that is put off, drawn near and has passed"] = Of(
            Listen(flow => flow.Now < Monday.AddMinutes(30) ? Monday.AddHours(3) : flow.Now < Monday.AddMinutes(90) ? Monday.AddHours(2) : Monday, datesMax: 2),
            async host =>
            {
                await host.Send("f", "1", new Said("off"));
                await host.Until(Monday.AddHours(1));
                await host.Send("f", "2", new Said("near"));
                await host.Until(Monday.AddDays(1));
            }),
        ["A restart keeps what is unread"] = Of(Listen(flow => flow.Now.AddHours(1), datesMax: 1), async host =>
        {
            foreach (var word in new[] { "a", "again", "b", "c", "again", "d" })
            {
                await host.Send("f", $"c-{word}-{Guid.Empty:N}-{word.Length}", new Said(word));
            }

            await host.Send("f", "again-2", new Said("again"));
            await host.Until(Monday.AddDays(1));
        }),
        ["Flows start and tell each other"] = Of(
            async (flow, words) =>
            {
                if (flow.Id != "f")
                {
                    var heard = await flow.Next<Said>();
                    return [heard!.Body.Word];
                }

                await flow.Start("Scenario", "child", new Words([]));
                await flow.Start("Scenario", "child", new Words(["again"]));
                return
                [
                    (await flow.Send("child", "1", new Said("hello"))).ToString(),
                    (await flow.Send("nobody", "1", new Said("hello"))).ToString(),
                ];
            },
            host => host.Until(Monday.AddHours(1))),
        ["A status of every kind"] = Of(
            async (flow, _) =>
            {
                flow.Status(new Hearing(0));
                await flow.Next<Said>(flow.Now.AddMinutes(1));
                flow.Status(new Words(["纠纷", "\"quoted\"", "a/b\\c"]));
                await flow.Next<Said>(flow.Now.AddMinutes(1));
                return [];
            },
            host => host.Until(Monday.AddHours(1))),
    };

    private static Scenario Of(Func<IFlow, Words, Task<string[]>> flow, Func<IFlowHost, Task> play) => new(
        Monday,
        [FlowDefinition.Of("Scenario", flow)],
        new RuleShelf(),
        Activities,
        async host =>
        {
            await host.Start("Scenario", "f", new Words([]));
            await play(host);
        });

    private static Func<IFlow, Words, Task<string[]>> Listen(Func<IFlow, DateTimeOffset?> until, int datesMax = 0) => async (flow, words) =>
    {
        var heard = words.Heard.ToList();
        for (var dates = 0; dates < datesMax || datesMax == 0;)
        {
            var said = await flow.Next<Said>(until(flow));
            heard.Add(said?.Body.Word ?? "date");
            flow.Status(new Hearing(heard.Count));
            dates += said is null ? 1 : 0;
            if (said?.Body.Word == "again")
            {
                flow.Restart(new Words(heard));
                return [];
            }

            if (said?.Body.Word == "end")
            {
                break;
            }
        }

        return [.. heard];
    };

    private static ActivityTable Activities()
    {
        var failed = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        return new ActivityTable().Add<Ask, string>((ask, _) => failed.AddOrUpdate(ask.Key, 1, (_, count) => count + 1) <= ask.Failures
            ? throw new IOException("connection refused")
            : Task.FromResult($"answer to {ask.Name}"));
    }
}

/// <summary>Asks something that fails so many times first.</summary>
internal sealed record Ask(string Name, int Failures = 0) : IActivity<string>
{
    public string Key => $"ask/{Name}";
}

internal sealed record Words(IReadOnlyList<string> Heard);
