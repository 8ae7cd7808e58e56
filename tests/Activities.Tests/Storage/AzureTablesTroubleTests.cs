using Workflows.Activities.Storage;
using Workflows.Testing;
using static Workflows.Activities.Storage.TableOperation;

namespace Workflows.Activities.Tests.Storage;

/// <summary>What callers see of an account that throttles, hangs, cannot be reached, or whose answers get lost.</summary>
public sealed class AzureTablesTroubleTests(AzuriteServer azurite) : IAsyncLifetime
{
    private const string Table = "Troubles";
    private const string P = "partition";

    private const string Busy = "ServerBusy";

    private readonly Troubled network = new();
    private string connection = "";
    private AzureTables tables = null!;
    private AzureTables others = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        connection = await azurite.NewConnection();
        others = new AzureTables(AzureAccount.ByConnectionString(connection));
        await others.Submit(Table, P, [new Insert("there", Text("before"))], Stop);
        tables = new AzureTables(Account());
    }

    public ValueTask DisposeAsync() => default;

    public static TheoryData<string> Passing => ["throttled", "busy", "internal", "gateway", "hangs", "unreachable", "stranger", "broken", "lost", "lost in time"];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_trouble_that_passes_is_not_seen_by_readers(string trouble)
    {
        network.Ahead.Enqueue(Make(trouble));
        Assert.Equal("before", (await tables.Get(Table, P, "there", Stop))!.Text("Text"));
        Assert.Equal(2, network.Sent.Count);

        network.Ahead.Enqueue(Make(trouble));
        Assert.Single((await tables.Query(Table, new RowRange(P), 10, null, Stop)).Entities);
        Assert.Equal(4, network.Sent.Count);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_trouble_that_passes_is_not_seen_by_writers_and_their_write_is_done_once(string trouble)
    {
        await Troubling(trouble, new Insert("new", Text("1")));
        Assert.Equal("1", await Read("new"));

        await Troubling(trouble, new Replace("new", Text("2"), (await others.Get(Table, P, "new", Stop))!.ETag!));
        Assert.Equal("2", await Read("new"));

        await Troubling(trouble, new Put("new", Text("3")), new Insert("second", Text("1")), new Delete("there"), new Delete("none"));
        Assert.Equal("3", await Read("new"));
        Assert.Equal("1", await Read("second"));
        Assert.Null(await Read("there"));

        await Troubling(trouble, new Delete("none"), new Insert("third", Text("1")));
        Assert.Equal("1", await Read("third"));

        await Troubling(trouble, new Delete("new", (await others.Get(Table, P, "new", Stop))!.ETag));
        Assert.Null(await Read("new"));

        await Troubling(trouble, new Delete("second"));
        Assert.Null(await Read("second"));
    }

    [Fact]
    public async Task A_row_that_is_too_full_for_a_mark_is_known_by_its_content_when_its_answer_was_lost()
    {
        var full = Enumerable.Range(0, TableLimits.PropertiesMax).ToDictionary(i => $"P{i}", i => i == 0 ? (object)new byte[] { 1, 2 } : i);

        await Troubling("lost", new Insert("full", full));
        Assert.Equal(TableLimits.PropertiesMax, (await others.Get(Table, P, "full", Stop))!.Properties.Count);

        network.Ahead.Enqueue(Troubled.And(Troubled.NeverArrives, () => others.Submit(Table, P, [new Insert("other", new Dictionary<string, object>(full) { ["P1"] = 0 })], Stop)));
        await Assert.ThrowsAsync<StorageFailedException>(() => Submit(new Insert("other", full)));
    }

    [Fact]
    public async Task A_table_whose_making_was_not_answered_is_there_all_the_same()
    {
        network.Ahead.Enqueue((_, send) => send());
        network.Ahead.Enqueue(Troubled.AnswerIsLost);

        await tables.Submit("Unheard", P, [new Insert("r", Text("1"))], Stop);

        Assert.NotNull(await others.Get("Unheard", P, "r", Stop));
    }

    [Fact]
    public async Task After_a_lost_answer_somebody_else_who_wrote_the_same_is_not_taken_for_this_writer()
    {
        network.Ahead.Enqueue(Troubled.And(Troubled.NeverArrives, () => others.Submit(Table, P, [new Insert("lock", Text("mine"))], Stop)));

        var failure = await Assert.ThrowsAsync<StorageFailedException>(() => Submit(new Insert("lock", Text("mine"))));

        Assert.Contains("It may have been carried out.", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<TableConflictException>(() => Submit(new Insert("lock", Text("mine"))));
    }

    [Fact]
    public async Task A_write_that_was_done_and_then_changed_by_others_is_not_called_a_conflict()
    {
        network.Ahead.Enqueue(Troubled.And(Troubled.AnswerIsLost, () => others.Submit(Table, P, [new Put("new", Text("theirs"))], Stop)));

        await Assert.ThrowsAsync<StorageFailedException>(() => Submit(new Insert("new", Text("mine"))));

        Assert.Equal("theirs", await Read("new"));
    }

    [Fact]
    public async Task A_batch_is_known_by_any_of_its_rows()
    {
        network.Ahead.Enqueue(Troubled.And(Troubled.AnswerIsLost, () => others.Submit(Table, P, [new Put("a", Text("theirs"))], Stop)));

        await Submit(new Insert("a", Text("mine")), new Insert("b", Text("mine")));

        Assert.Equal("theirs", await Read("a"));
        Assert.Equal("mine", await Read("b"));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Throttling_says_that_nothing_was_done_so_a_conflict_after_it_is_a_conflict(int status)
    {
        network.Ahead.Enqueue(Troubled.And(Troubled.Refusal(status, Busy), () => others.Submit(Table, P, [new Insert("r", Text("theirs"))], Stop)));

        var conflict = await Assert.ThrowsAsync<TableConflictException>(() => Submit(new Insert("free", Text("x")), new Insert("r", Text("mine"))));

        Assert.Equal("r", conflict.Row);
        Assert.Null(await Read("free"));
    }

    [Fact]
    public async Task A_batch_that_fails_inside_an_answer_of_202_is_tried_again()
    {
        const string Body = "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\n"
            + "Content-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json;odata=minimalmetadata\r\n\r\n"
            + "{\"odata.error\":{\"code\":\"ServerBusy\",\"message\":{\"lang\":\"en-US\",\"value\":\"0:The server is busy.\"}}}\r\n--c--\r\n--b--\r\n";
        network.Ahead.Enqueue(Troubled.Answer(202, Body, ("Content-Type", "multipart/mixed; boundary=b")));

        await Submit(new Insert("new", Text("1")));

        Assert.Equal(2, network.Sent.Count);
        Assert.Equal("1", await Read("new"));
    }

    [Fact]
    public async Task An_account_that_stays_away_is_asked_so_often_and_then_the_caller_is_told()
    {
        network.Otherwise = () => Troubled.Refusal(503, Busy);

        var failure = await Assert.ThrowsAsync<StorageFailedException>(() => Submit(new Insert("secret-key", Text("x"))));

        Assert.Equal("Writing to table Troubles failed 4 times, at last with 503 ServerBusy. Nothing was written.", failure.Message);
        Assert.Equal(Troubled.Patience.TriesMax, network.Sent.Count);
        var read = await Assert.ThrowsAsync<StorageFailedException>(() => tables.Get(Table, P, "there", Stop));
        Assert.Equal("Reading a row of table Troubles failed 4 times, at last with 503 ServerBusy.", read.Message);
        network.Otherwise = () => Troubled.NeverArrives;
        var uncertain = await Assert.ThrowsAsync<StorageFailedException>(() => Submit(new Insert("secret-key", Text("x"))));
        Assert.Equal("Writing to table Troubles failed 4 times, at last with no connection. It may have been carried out.", uncertain.Message);
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again_and_shows_no_key_of_the_account()
    {
        network.Otherwise = () => Troubled.Refusal(403, "AuthorizationPermissionMismatch");

        var failure = await Assert.ThrowsAsync<StorageFailedException>(() => Submit(new Insert("r", Text("x"))));

        Assert.Equal("Writing to table Troubles was refused: 403 AuthorizationPermissionMismatch. Nothing was written.", failure.Message);
        Assert.Single(network.Sent);
        var key = connection.Split("AccountKey=")[1].Split(';')[0];
        Assert.DoesNotContain(key, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, new StorageOptions.Azure(Account(), "workflows").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_hour_of_retry_after_is_cut_to_the_longest_delay()
    {
        network.Ahead.Enqueue(Troubled.Refusal(429, Busy, ("Retry-After", "3600")));

        await Submit(new Insert("r", Text("1"))).WaitAsync(TimeSpan.FromSeconds(30), Stop);

        Assert.Equal("1", await Read("r"));
    }

    [Fact]
    public async Task A_caller_who_gives_up_while_the_account_throttles_has_written_nothing()
    {
        using var given = new CancellationTokenSource();
        network.Otherwise = () => Troubled.And(Troubled.Refusal(429, Busy), given.CancelAsync);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tables.Submit(Table, P, [new Insert("r", Text("x"))], given.Token));

        Assert.Single(network.Sent);
        Assert.Null(await Read("r"));
    }

    [Fact]
    public async Task A_caller_who_gives_up_in_flight_hears_what_became_of_his_write()
    {
        using var given = new CancellationTokenSource();
        network.Ahead.Enqueue(Troubled.And(Troubled.AnswerIsLost, given.CancelAsync));

        await tables.Submit(Table, P, [new Insert("r", Text("1"))], given.Token);

        Assert.Equal("1", await Read("r"));
    }

    [Fact]
    public async Task A_page_is_one_question_for_one_stretch_of_one_partition()
    {
        await others.Submit(Table, P, [.. Enumerable.Range(0, 50).Select(i => new Insert($"r{i:D2}", Text("x")))], Stop);

        var first = await tables.Query(Table, RowRange.Prefix(P, "r"), 20, null, Stop);
        var second = await tables.Query(Table, RowRange.Prefix(P, "r"), 20, first.Next, Stop);
        var third = await tables.Query(Table, RowRange.Prefix(P, "r"), 20, second.Next, Stop);

        Assert.Equal([20, 20, 10], [first.Entities.Count, second.Entities.Count, third.Entities.Count]);
        Assert.Null(third.Next);
        Assert.Equal(3, network.Sent.Count);
        Assert.All(network.Sent, request => Assert.Matches(@"^GET .*\$top=21&.*\$filter=PartitionKey eq 'partition' and RowKey g[et] 'r\d*' and RowKey lt 's'", request.Replace('+', ' ')));
    }

    [Fact]
    public async Task A_range_without_any_key_is_not_even_asked_for()
    {
        Assert.Empty((await tables.Query(Table, new RowRange(P, "b", "a"), 10, null, Stop)).Entities);

        Assert.Empty(network.Sent);
    }

    private static Dictionary<string, object> Text(string text) => new() { ["Text"] = text };

    private static Trouble Make(string trouble) => trouble switch
    {
        "throttled" => Troubled.Refusal(429, Busy, ("Retry-After", "0")),
        "busy" => Troubled.Refusal(503, Busy),
        "internal" => Troubled.Refusal(500, "OperationTimedOut"),
        "gateway" => Troubled.Answer(504),
        "hangs" => Troubled.Hangs,
        "unreachable" => Troubled.NoConnection,
        "broken" => Troubled.NeverArrives,
        "stranger" => Troubled.Stranger,
        "lost" => Troubled.AnswerIsLost,
        "lost in time" => Troubled.AnswerHangs,
        _ => throw new ArgumentOutOfRangeException(nameof(trouble)),
    };

    private AzureAccount Account() => AzureAccount.ByConnectionString(connection, Troubled.Patience, network);

    private Task Submit(params TableOperation[] operations) => tables.Submit(Table, P, operations, Stop);

    private async Task Troubling(string trouble, params TableOperation[] operations)
    {
        network.Ahead.Enqueue(Make(trouble));
        await Submit(operations);
        Assert.Empty(network.Ahead);
    }

    private async Task<string?> Read(string row) => (await others.Get(Table, P, row, Stop))?.Text("Text");
}
