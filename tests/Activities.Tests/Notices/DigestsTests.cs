using CsCheck;
using Workflows.Activities.Notices;
using Workflows.Activities.Storage;
using Workflows.Activities.Tests.Cases;
using Workflows.Orchestrations.Notices;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Notices;

public sealed class DigestsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset At = new(2025, 9, 15, 1, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2025, 9, 16);

    private readonly TempFolder folder = new();
    private readonly SqliteTables tables;
    private readonly Digests digests;

    public DigestsTests()
    {
        tables = SqliteTables.Open(folder.File("tables.db"));
        digests = new Digests(tables);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await tables.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_notice_lies_in_the_digests_of_its_unit_and_of_its_copies()
    {
        Assert.Equal(["mzj 2025-09-16", "dcs 2025-09-16"], await Put("n1", "mzj", "dcs"));

        Assert.Equal(["n1"], await Close("mzj", Day));
        Assert.Equal(["n1"], await Close("dcs", Day));
        Assert.Empty(await Close("sfj", Day));
    }

    [Fact]
    public async Task After_the_digest_has_gone_out_a_notice_waits_for_the_next_one()
    {
        await Put("n1", "mzj");
        await Close("mzj", Day);

        Assert.Equal(["mzj 2025-09-17"], await Put("n2", "mzj"));
        Assert.Equal(["n1"], await Close("mzj", Day));
        Assert.Equal(["n2"], await Close("mzj", Day.AddDays(1)));
    }

    [Fact]
    public async Task A_notice_that_was_taken_stays_where_it_is_when_it_is_put_again()
    {
        await Put("n1", "mzj");
        await Close("mzj", Day);

        Assert.Equal(["mzj 2025-09-16"], await Put("n1", "mzj"));
        Assert.Equal(["n1"], await Close("mzj", Day));
    }

    [Fact]
    public async Task A_digest_of_more_than_a_batch_is_whole_and_in_the_order_of_decisions()
    {
        for (var number = 0; number < 250; number++)
        {
            await Put($"n{number:D3}", "mzj");
        }

        Assert.Equal(Enumerable.Range(0, 250).Select(number => $"n{number:D3}"), await Close("mzj", Day));
    }

    [Fact]
    public async Task Whoever_comes_while_two_close_the_same_digest_is_in_exactly_one()
    {
        using var both = new SemaphoreSlim(0);
        var places = Enumerable.Range(0, 120).Select(number => Task.Run(async () =>
        {
            if (number == 40)
            {
                both.Release(2);
            }

            return (Key: $"n{number:D3}", Place: await PutAtLast(digests, $"n{number:D3}", "mzj"));
        })).ToList();
        var closers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            await both.WaitAsync(Stop);
            return await Close("mzj", Day);
        })).ToList();

        var said = await Task.WhenAll(closers);
        var put = await Task.WhenAll(places);
        var later = await Close("mzj", Day.AddDays(1));

        Assert.Equal(said[0], said[1]);
        Assert.Equal(put.Select(one => one.Key).Order(), said[0].Concat(later).Order());
        Assert.All(put, one => Assert.Equal(said[0].Contains(one.Key) ? "mzj 2025-09-16" : "mzj 2025-09-17", one.Place));
    }

    [Fact]
    public void However_the_steps_of_closings_and_notices_are_mixed_whoever_was_told_to_be_in_a_digest_is_in_it() => Gen.Int[0, 3].Array[60].Sample(
        turns =>
        {
            var gate = new GatedTables(new MemoryTables());
            var mixed = new Digests(gate);
            List<Task<string[]>> closings = [Close(mixed, "mzj", Day), Close(mixed, "mzj", Day)];
            List<(string Key, Task<string> Place)> put = [("n1", PutAtLast(mixed, "n1", "mzj")), ("n2", PutAtLast(mixed, "n2", "mzj"))];
            for (var turn = 0; gate.Waiting > 0; turn++)
            {
                gate.Let(turn < turns.Length ? turns[turn] % gate.Waiting : 0);
            }

            Assert.All(closings, closing => Assert.True(closing.IsCompletedSuccessfully));
            Assert.All(put, one => Assert.True(one.Place.IsCompletedSuccessfully));
            var inIt = put.Where(one => one.Place.Result == "mzj 2025-09-16").Select(one => one.Key).ToArray();
            Assert.Equal(inIt, closings[0].Result);
            Assert.Equal(inIt, closings[1].Result);
        },
        iter: 1_000);

    private static async Task<string> PutAtLast(Digests into, string key, string unit)
    {
        for (; ; )
        {
            try
            {
                return (await Put(into, key, unit))[0];
            }
            catch (Exception closing) when (closing is MailUnavailableException or TableConflictException)
            {
                // As the flow's retries do.
            }
        }
    }

    private Task<string[]> Put(string key, string unit, params string[] copies) => Put(digests, key, unit, copies);

    private Task<string[]> Close(string unit, DateOnly day) => Close(digests, unit, day);

    private static async Task<string[]> Put(Digests into, string key, string unit, params string[] copies)
    {
        var fact = await into.Run(new GatherNotice(Notice(key, unit, copies), Day), Stop);
        return [.. Assert.IsType<DeliveryFact.Gathered>(fact).Places.Select(place => $"{place.Unit} {place.Day:yyyy-MM-dd}")];
    }

    private static async Task<string[]> Close(Digests of, string unit, DateOnly day) =>
        [.. (await of.Close(Digest.KeyOf(unit, day), Stop)).Select(notice => notice.Key)];

    private static Notice Notice(string key, string unit, IReadOnlyList<string> copies) =>
        new(key, "2023-3.T07.mzj", "r-1", "assignment-issued", unit, copies, At, Urgent: false, new Dictionary<string, string>());
}
