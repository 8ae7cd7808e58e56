using System.Text;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;
using static Workflows.Testing.LocalTime;

namespace Workflows.Functions.Tests.Conformance;

/// <summary>
/// Twenty disputes from registration to the day on which nothing is left to follow, told by the flows in memory, by the
/// embedded engine and by the functions: all say the same to the same people on the same days.
/// </summary>
public sealed class DisputeTaleTests
{
    private const string Path = "tests/Functions.Tests/Golden/disputes.txt";

    public static TheoryData<string> Titles => [.. DisputeTales.All.Select(tale => tale.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task It_is_told_alike_by_every_host_and_ends_as_it_must(string title)
    {
        var tale = DisputeTales.All.Single(one => one.Title == title);

        var memory = await Tell(tale, (scenario, flows) => Task.FromResult<IFlowHost>(new MemoryFlowHost(scenario, flows)));
        var engine = await Tell(tale, async (scenario, flows) => await EngineFlowHost.Open(scenario, flows));
        var functions = await Tell(tale, (scenario, flows) => Task.FromResult<IFlowHost>(new FunctionsFlowHost(scenario, flows)));

        Assert.Equal(tale.End, memory.End);
        Assert.Equal(Told(tale, memory), Told(tale, engine));
        Assert.Equal(Told(tale, memory), Told(tale, functions));
    }

    [Fact]
    public async Task What_is_said_on_each_day_is_what_was_read_and_found_right()
    {
        var today = new StringBuilder();
        foreach (var tale in DisputeTales.All)
        {
            today.Append(Told(tale, await Tell(tale, (scenario, flows) => Task.FromResult<IFlowHost>(new MemoryFlowHost(scenario, flows)))));
        }

        Assert.Equal(Golden.Text(Path, today.ToString()), today.ToString());
    }

    [Fact]
    public void There_are_twenty_of_them() => Assert.Equal(20, DisputeTales.All.DistinctBy(tale => tale.Title).Count());

    private static async Task<TaleBook> Tell(DisputeTale tale, Func<Scenario, FlowTable, Task<IFlowHost>> open)
    {
        var book = new TaleBook();
        var played = CountyStories.Of(tale.Dispute.OpenedAt, host => Play(tale, host));
        var scenario = played with { Activities = book.Activities };
        await using var host = await open(scenario, new FlowTable(scenario.Flows));
        await scenario.Play(host);
        return book;
    }

    private static async Task Play(DisputeTale tale, IFlowHost host)
    {
        var tell = await CountyStories.Open(host, tale.Dispute);
        foreach (var act in tale.Acts)
        {
            await tell(Local(act.At), act.By, act.Fact);
        }

        await host.Until(Local("2026-06-30 18:00"));
    }

    private static string Told(DisputeTale tale, TaleBook book)
    {
        var text = new StringBuilder().Append("# ").Append(tale.Title).Append('\n');
        foreach (var line in book.Lines)
        {
            text.Append(line).Append('\n');
        }

        foreach (var refused in book.Refused)
        {
            text.Append("refused: ").Append(refused).Append('\n');
        }

        return text.Append("= ").Append(book.End).Append("\n\n").ToString();
    }
}
