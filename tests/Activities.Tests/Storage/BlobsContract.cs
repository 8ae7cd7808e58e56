using System.Text;
using Workflows.Activities.Storage;

namespace Workflows.Activities.Tests.Storage;

/// <summary>What every adapter of <see cref="IBlobs"/> does. A derived class says how to open one.</summary>
public abstract class BlobsContract : IAsyncLifetime
{
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected IBlobs Blobs { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Blobs = await Open();

    public async ValueTask DisposeAsync()
    {
        await Close();
        CleanUp();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<IBlobs> Open();

    /// <summary>May be called twice.</summary>
    protected abstract Task Close();

    /// <summary>Removes what the test leaves behind.</summary>
    protected abstract void CleanUp();

    protected Task Put(string name, string text, bool once = false, string type = "text/plain") =>
        Blobs.Put(name, Encoding.UTF8.GetBytes(text), type, once, Stop);

    protected async Task<string?> Get(string name) =>
        await Blobs.Get(name, Stop) is { } blob ? Encoding.UTF8.GetString(blob.Content.Span) : null;

    protected async Task<string[]> List(string prefix)
    {
        var names = new List<string>();
        await foreach (var name in Blobs.List(prefix, Stop))
        {
            names.Add(name);
        }

        return [.. names];
    }

    [Fact]
    public async Task A_file_comes_back_with_its_bytes_and_type()
    {
        byte[] bytes = [0, 10, 13, 255];
        await Blobs.Put("reports/2026-10.docx", bytes, "application/octet-stream", false, Stop);

        var blob = (await Blobs.Get("reports/2026-10.docx", Stop))!;

        Assert.Equal(bytes, blob.Content.ToArray());
        Assert.Equal(("reports/2026-10.docx", "application/octet-stream"), (blob.Name, blob.ContentType));
    }

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        await Put("empty", "");

        Assert.Equal("", await Get("empty"));
    }

    [Fact]
    public async Task A_missing_file_is_null_and_deleting_it_is_fine()
    {
        Assert.Null(await Get("none/at/all"));
        await Blobs.Delete("none/at/all", Stop);
    }

    [Fact]
    public async Task Another_put_replaces_bytes_and_type()
    {
        await Put("a", "1");
        await Put("a", "2", type: "text/html; charset=utf-8");

        var blob = (await Blobs.Get("a", Stop))!;
        Assert.Equal("2"u8.ToArray(), blob.Content.ToArray());
        Assert.Equal("text/html; charset=utf-8", blob.ContentType);
    }

    [Fact]
    public async Task What_is_written_once_stays_and_the_same_bytes_again_are_fine()
    {
        await Put("a", "1", once: true);
        await Put("a", "1", once: true);

        await Assert.ThrowsAsync<BlobExistsException>(() => Put("a", "2", once: true));

        Assert.Equal("1", await Get("a"));
    }

    [Fact]
    public async Task Of_many_who_write_once_exactly_one_wins()
    {
        var wins = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(async () =>
        {
            try
            {
                await Put("a", $"{i}", once: true);
                return $"{i}";
            }
            catch (BlobExistsException)
            {
                return null;
            }
        })));

        Assert.Equal(Assert.Single(wins, w => w is not null), await Get("a"));
    }

    [Fact]
    public async Task A_deleted_name_is_free_again()
    {
        await Put("a", "1", once: true);
        await Blobs.Delete("a", Stop);

        Assert.Empty(await List(""));
        await Put("a", "2", once: true);
        Assert.Equal("2", await Get("a"));
    }

    [Fact]
    public async Task A_name_and_names_below_it_live_side_by_side()
    {
        await Put("a", "1");
        await Put("a/b", "2");
        await Put("a/b/c", "3");

        Assert.Equal(["1", "2", "3"], [await Get("a"), await Get("a/b"), await Get("a/b/c")]);
        Assert.Null(await Get("a/b/d"));
    }

    [Fact]
    public async Task Names_are_listed_by_prefix_in_ordinal_order()
    {
        string[] names = ["A", "a", "a-b", "a-b/c", "a.b", "a/b", "a/b-c", "a/b/c", "a0", "a_", "b/a"];
        foreach (var name in names.Reverse())
        {
            await Put(name, name);
        }

        Assert.Equal(names, await List(""));
        Assert.Equal(["a/b", "a/b-c", "a/b/c"], await List("a/"));
        Assert.Equal(["a/b", "a/b-c", "a/b/c"], await List("a/b"));
        Assert.Equal(["a/b/c"], await List("a/b/"));
        Assert.Empty(await List("c/d/"));
    }

    [Fact]
    public async Task Names_are_told_apart_by_case()
    {
        await Put("Case", "1");
        await Put("case", "2");

        Assert.Equal("1", await Get("Case"));
    }

    [Fact]
    public async Task A_name_has_at_most_1024_characters_in_parts_of_any_length()
    {
        string[] names =
            [new string('n', 1024), new string('n', 1000) + "/x", new string('n', 200), new string('n', 201) + "/x"];
        foreach (var name in names)
        {
            await Put(name, name);
        }

        Assert.Equal(names, await Task.WhenAll(names.Select(Get)));
        Assert.Equal(names.Order(StringComparer.Ordinal), await List("nn"));
        await Assert.ThrowsAsync<ArgumentException>(() => Put(new string('n', 1025), "x"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("a/./b")]
    [InlineData("a.")]
    [InlineData("a./b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("~incoming/a")]
    [InlineData("a\0b")]
    [InlineData("名称")]
    public async Task A_name_that_is_no_name_is_refused_everywhere(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Put(name, "x"));
        await Assert.ThrowsAsync<ArgumentException>(() => Get(name));
        await Assert.ThrowsAsync<ArgumentException>(() => Blobs.Delete(name, Stop));
    }

    [Fact]
    public async Task A_name_has_at_most_254_parts()
    {
        var name = string.Join('/', Enumerable.Repeat("n", 254));
        await Put(name, "x");

        Assert.Equal("x", await Get(name));
        await Assert.ThrowsAsync<ArgumentException>(() => Put(name + "/n", "x"));
    }

    [Theory]
    [InlineData("../")]
    [InlineData("a/../b")]
    [InlineData("/")]
    [InlineData("~")]
    public async Task A_prefix_of_no_name_is_refused(string prefix) =>
        await Assert.ThrowsAsync<ArgumentException>(() => List(prefix));

    [Theory]
    [InlineData("")]
    [InlineData("text/plain\nX: y")]
    public async Task A_content_type_is_one_line(string type) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Put("a", "x", type: type));
}
