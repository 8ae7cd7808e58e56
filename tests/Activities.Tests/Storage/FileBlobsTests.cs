using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Storage;

public sealed class FileBlobsTests : BlobsContract
{
    private readonly TempFolder folder = new();

    protected override Task<IBlobs> Open() => Task.FromResult<IBlobs>(new FileBlobs(folder.File("blobs")));

    protected override Task Close()
    {
        ((FileBlobs)Blobs).Dispose();
        return Task.CompletedTask;
    }

    protected override void CleanUp() => folder.Dispose();

    [Fact]
    public async Task Files_are_there_after_reopening_and_nothing_unfinished_is_left()
    {
        await Put("a/b", "1");
        await Close();

        using var again = new FileBlobs(folder.File("blobs"));

        Assert.NotNull(await again.Get("a/b", Stop));
        Assert.Empty(Directory.GetFiles(folder.File("blobs/~incoming")));
    }

    [Fact]
    public async Task An_operator_finds_the_bytes_after_two_lines()
    {
        await Put("a/b.txt", "content", type: "text/plain");

        Assert.Equal("workflows-blob 1\ntext/plain\ncontent", await File.ReadAllTextAsync(folder.File("blobs/a/b.txt~"), Stop));
    }

    [Fact]
    public async Task A_file_that_was_put_there_by_hand_is_not_taken_for_ours()
    {
        await File.WriteAllTextAsync(folder.File("blobs/a~"), "by hand", Stop);

        await Assert.ThrowsAsync<InvalidDataException>(() => Get("a"));
    }

    [Fact]
    public async Task What_a_crash_left_unfinished_is_cleared_away_a_day_later()
    {
        var unfinished = folder.File("blobs/~incoming/~1.tmp");
        await File.WriteAllTextAsync(unfinished, "half", Stop);
        using (new FileBlobs(folder.File("blobs")))
        {
            Assert.True(File.Exists(unfinished));
        }

        File.SetLastWriteTimeUtc(unfinished, DateTime.UtcNow.AddDays(-2));
        using (new FileBlobs(folder.File("blobs")))
        {
            Assert.False(File.Exists(unfinished));
        }
    }
}
