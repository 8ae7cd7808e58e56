using System.Text;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;
using Workflows.Testing.Durable;

namespace Workflows.Orchestrations.Tests.Durable;

/// <summary>
/// Records of flows that were kept. A running case has such a history, and hosts compare it to the last byte: code that
/// cannot replay these, be it for a reworded sentence of the journal, blocks every case that runs. Before a release
/// they are recorded anew (see <see cref="Golden"/>) and the difference is read; after it a changed flow gets a new
/// version, or the cases are started again from their projections.
/// </summary>
public sealed class HistoriesTests
{
    private const string Folder = "tests/Orchestrations.Tests/Histories";

    [Theory]
    [InlineData("dispute-escalation.2025-11")]
    [InlineData("task-supervision.2025-11")]
    [InlineData("notice-delivery.2025-11")]
    public void A_history_that_was_recorded_still_replays(string name)
    {
        var history = Kept(name, () => Recorded(name));

        Assert.True(history.Events.Count > 4);
        Host().Replay(history);
    }

    [Fact]
    public void A_kept_history_of_code_that_started_the_notices_in_another_order_does_not_replay()
    {
        var history = Kept("other-order.2025-11", () =>
        {
            var good = Recorded("dispute-escalation.2025-11");
            List<HistoryEvent> events = [.. good.Events.Take(4)];
            var first = events.FindIndex(recorded => recorded.Asked.Contains("dispute-alert", StringComparison.Ordinal));
            (events[first], events[first + 1]) = (events[first + 1], events[first]);
            return good with { Events = events };
        });

        var mismatch = Assert.Throws<ReplayMismatchException>(() => Host().Replay(history));

        Assert.StartsWith("DisputeEscalation-XY-2025-000001 at 2: the record says start NoticeDelivery ", mismatch.Message, StringComparison.Ordinal);
        Assert.Contains("dispute-alert.1.1.zfw {", Before(mismatch.Message), StringComparison.Ordinal);
        Assert.Contains("dispute-alert.1.1.gaj {", After(mismatch.Message), StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_asks_for_less_than_the_record_says_does_not_replay()
    {
        var history = Kept("notice-delivery.2025-11", () => Recorded("notice-delivery.2025-11"));
        var longer = history with { Events = [.. history.Events, new HistoryEvent(history.Events[^1].Now, "next ")] };

        var mismatch = Assert.Throws<ReplayMismatchException>(() => Host().Replay(longer));

        Assert.EndsWith("the record says next , the code did nothing.", mismatch.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_reads_back_as_it_was_written()
    {
        var county = Stories.EveryLevelTriesAndFails();
        var flow = county.Flows.All[0];

        var back = History.Parse(Encoding.UTF8.GetBytes(flow.History.ToJson()));

        Assert.Equal(flow.History.ToJson(), back.ToJson());
        Host().Replay(back);
    }

    private static string Before(string message) => message[..message.IndexOf(", the code did ", StringComparison.Ordinal)];

    private static string After(string message) => message[message.IndexOf(", the code did ", StringComparison.Ordinal)..];

    private static InMemoryFlows Host() =>
        new(FlowCatalogue.All, new ActivityTable(), ReferenceCounty.Shelf, Tests.Disputes.Samples.Opened);

    private static History Kept(string name, Func<History> record)
    {
        var path = $"{Folder}/{name}.golden.json";
        var recording = Environment.GetEnvironmentVariable(Golden.Record) == "1";
        return History.Parse(Encoding.UTF8.GetBytes(Golden.Text(path, recording ? record().ToJson() : "")));
    }

    private static History Recorded(string name) => name switch
    {
        "dispute-escalation.2025-11" => Stories.Danger().Flows.All[0].History,
        "task-supervision.2025-11" => Stories.TaskIsReturned().Flows.All[0].History,
        "notice-delivery.2025-11" => Stories.UnreachableVillage().Flows.All[1].History,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
