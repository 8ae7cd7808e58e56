using Workflows.Functions.Tests.Scripted;
using Workflows.Orchestrations.Durable;
using Workflows.Testing.Durable;

namespace Workflows.Functions.Tests;

/// <summary>
/// Thousands of lives on a platform that loses, doubles, delays and reorders by a seed, with the sweep as the net: no
/// command is lost, doubled or read out of order, no date is judged before a command that was accepted earlier, and the
/// flow's clock never goes back nor stands below a date that was reported as reached.
/// </summary>
public sealed class Disorders
{
    private const int SeedsAtOnce = 250;
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, 8)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Nothing_accepted_is_lost_doubled_or_out_of_order(int block)
    {
        for (var seed = block * SeedsAtOnce; seed < (block + 1) * SeedsAtOnce; seed++)
        {
            Live(seed);
        }
    }

    private static void Live(int seed)
    {
        var random = new Random(~seed);
        using var host = new ScriptedHost(new FlowTable(Witness.Flow), new ActivityTable(), new RuleShelf(), Monday)
        {
            Hub = { Disorder = new SeededDisorder(seed) },
        };
        host.Start(Witness.Name, "f", new Seen(Monday.AddMinutes(random.Next(1, 4)), []));
        var accepted = new List<(string Id, DateTimeOffset At)>();
        var sends = random.Next(3, 14);
        for (var sent = 0; sent < sends; sent++)
        {
            if (random.Next(3) > 0)
            {
                host.SweepUntil(host.Now.AddMilliseconds(random.Next(90_000)));
            }

            var id = $"c{sent}";
            Assert.Equal(SendOutcome.Accepted, host.Send("f", id, new Said(random.Next(5) == 0 ? "again" : "word")));
            accepted.Add((id, host.Now));
            if (random.Next(6) == 0)
            {
                Assert.Equal(SendOutcome.Repeated, host.Send("f", id, new Said("doubled")));
            }
        }

        host.Send("f", "end", new Said("end"));
        accepted.Add(("end", host.Now));
        host.SweepUntil(host.Now.AddMinutes(15));

        Assert.True(host.Info("f").State == FlowState.Completed, $"Seed {seed}: {host.Info("f")}");
        var seen = host.Result<Seen>("f").Marks;
        Assert.True(
            accepted.Select(command => command.Id).SequenceEqual(seen.Where(mark => mark.Command is not null).Select(mark => mark.Command!)),
            $"Seed {seed}: read {string.Join(' ', seen.Select(mark => mark.Command ?? "date"))}");
        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.True(pair.First.Now <= pair.Second.Now, $"Seed {seed}: the clock went back."));
        foreach (var (mark, place) in seen.Select((mark, place) => (mark, place)).Where(found => found.mark.Reached is not null))
        {
            Assert.True(mark.Now >= mark.Reached, $"Seed {seed}: {mark.Now:O} is below the date {mark.Reached:O}.");
            var read = seen.Take(place).Count(earlier => earlier.Command is not null);
            Assert.True(
                read >= accepted.Count(command => command.At < mark.Reached),
                $"Seed {seed}: a command accepted before {mark.Reached:O} was read after it.");
        }
    }

    /// <summary>Writes down everything it reads, with its clock; every date is followed by another.</summary>
    private static class Witness
    {
        public const string Name = "Witness";

        public static FlowDefinition Flow { get; } = FlowDefinition.Of<Seen, Seen>(Name, Watch);

        private static async Task<Seen> Watch(IFlow flow, Seen seen)
        {
            while (true)
            {
                var received = await flow.Next<Said>(seen.Until);
                seen = received is null
                    ? new Seen(flow.Now.AddMinutes(2), [.. seen.Marks, new Mark(null, flow.Now, seen.Until)])
                    : seen with { Marks = [.. seen.Marks, new Mark(received.CommandId, flow.Now, null)] };
                switch (received?.Body.Word)
                {
                    case "again":
                        flow.Restart(seen with { Until = flow.Now.AddSeconds(45) });
                        return seen;
                    case "end":
                        return seen;
                    default:
                        break;
                }
            }
        }
    }

    /// <param name="Until">The next date, UTC.</param>
    /// <param name="Marks">What was seen so far.</param>
    private sealed record Seen(DateTimeOffset Until, IReadOnlyList<Mark> Marks);

    /// <param name="Command">The command that was read.</param>
    /// <param name="Now">The flow's clock at it.</param>
    /// <param name="Reached">Or the date that was reported as reached.</param>
    private sealed record Mark(string? Command, DateTimeOffset Now, DateTimeOffset? Reached);
}
