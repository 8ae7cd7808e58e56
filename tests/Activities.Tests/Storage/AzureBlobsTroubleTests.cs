using System.Text;
using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Storage;

/// <summary>Blobs in an account that throttles, hangs, cannot be reached, or whose answers get lost.</summary>
public sealed class AzureBlobsTroubleTests(AzuriteServer azurite) : IAsyncLifetime
{
    private static readonly (string, string) Busy = ("x-ms-error-code", "ServerBusy");

    private readonly Troubled network = new();
    private AzureBlobs blobs = null!;
    private AzureBlobs others = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Passing => ["throttled", "busy", "hangs", "unreachable", "stranger", "lost", "lost in time"];

    public async ValueTask InitializeAsync()
    {
        var connection = await azurite.NewConnection();
        others = new AzureBlobs(AzureAccount.ByConnectionString(connection), "workflows");
        blobs = new AzureBlobs(AzureAccount.ByConnectionString(connection, Troubled.Patience, network), "workflows");
        await Put(others, "there", "before");
    }

    public ValueTask DisposeAsync() => default;

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_trouble_that_passes_is_not_seen(string trouble)
    {
        await Troubling(trouble, () => Put(blobs, "once", "1", once: true));
        Assert.Equal("1", await Read(others, "once"));

        await Troubling(trouble, () => Put(blobs, "often", "2"));
        Assert.Equal("2", await Read(others, "often"));

        await Troubling(trouble, async () => Assert.Equal("before", await Read(blobs, "there")));
        await Troubling(trouble, async () => Assert.Equal(["often", "once", "there"], await List()));
        await Troubling(trouble, () => blobs.Delete("there", Stop));
        Assert.Null(await Read(others, "there"));
    }

    [Fact]
    public async Task After_a_lost_answer_other_bytes_under_the_name_are_somebody_elses()
    {
        network.Ahead.Enqueue(Troubled.And(Troubled.NeverArrives, () => Put(others, "once", "theirs", once: true)));

        await Assert.ThrowsAsync<BlobExistsException>(() => Put(blobs, "once", "mine", once: true));

        Assert.Equal("theirs", await Read(others, "once"));
    }

    [Fact]
    public async Task An_account_that_stays_away_is_asked_so_often_and_then_the_caller_is_told()
    {
        network.Otherwise = () => Troubled.Answer(503, "", Busy);

        var failure = await Assert.ThrowsAsync<StorageFailedException>(() => Put(blobs, "a", "1"));

        Assert.Equal("Writing a blob failed 4 times, at last with 503 ServerBusy. Nothing was written.", failure.Message);
        Assert.Equal(Troubled.Patience.TriesMax, network.Sent.Count);
        await Assert.ThrowsAsync<StorageFailedException>(() => Read(blobs, "a"));
        await Assert.ThrowsAsync<StorageFailedException>(List);
    }

    [Fact]
    public async Task A_list_longer_than_one_answer_goes_on_after_a_trouble_where_it_was()
    {
        const int Many = 1_010;
        var names = Enumerable.Range(0, Many).Select(i => $"many/{i:D4}").ToArray();
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (name, _) => await Put(others, name, ""));
        network.Ahead.Enqueue((_, send) => send());
        network.Ahead.Enqueue(Make("lost"));

        var listed = new List<string>();
        await foreach (var name in blobs.List("many/", Stop))
        {
            listed.Add(name);
        }

        Assert.Equal(names, listed);
        Assert.Equal(3, network.Sent.Count);
    }

    private static Task Put(AzureBlobs to, string name, string text, bool once = false) =>
        to.Put(name, Encoding.UTF8.GetBytes(text), "text/plain", once, Stop);

    private static async Task<string?> Read(AzureBlobs from, string name) =>
        await from.Get(name, Stop) is { } blob ? Encoding.UTF8.GetString(blob.Content.Span) : null;

    private static Trouble Make(string trouble) => trouble switch
    {
        "throttled" => Troubled.Answer(429, "", Busy, ("Retry-After", "0")),
        "busy" => Troubled.Answer(503, "", Busy),
        "hangs" => Troubled.Hangs,
        "unreachable" => Troubled.NoConnection,
        "stranger" => Troubled.Stranger,
        "lost" => Troubled.AnswerIsLost,
        "lost in time" => Troubled.AnswerHangs,
        _ => throw new ArgumentOutOfRangeException(nameof(trouble)),
    };

    private async Task<string[]> List()
    {
        var names = new List<string>();
        await foreach (var name in blobs.List("", Stop))
        {
            names.Add(name);
        }

        return [.. names];
    }

    private async Task Troubling(string trouble, Func<Task> operation)
    {
        network.Ahead.Enqueue(Make(trouble));
        await operation();
        Assert.Empty(network.Ahead);
    }
}
