using Microsoft.AspNetCore.DataProtection;
using Workflows.Activities.Attachments;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Attachments;

public sealed class CaseFilesTests : IAsyncDisposable
{
    private const string Case = "D2026-00001";
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private readonly SqliteTables tables;
    private readonly FileBlobs blobs;
    private readonly PersonalDataTable people;
    private readonly CaseFiles files;

    public CaseFilesTests()
    {
        tables = SqliteTables.Open(folder.File("tables.db"));
        blobs = new FileBlobs(folder.File("blobs"));
        IDataProtectionProvider keys = DataKeys.Open(folder.File("keys"));
        people = new PersonalDataTable(tables, keys);
        files = new CaseFiles(blobs, people, keys);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        blobs.Dispose();
        await tables.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_file_comes_back_as_it_was_put_and_its_store_holds_neither_name_nor_content()
    {
        var (file, content) = await Put("c1");

        Assert.Equal(file, await files.Find(Case, file.Id, Stop));
        Assert.Equal(content, await files.Read(Case, file, Stop));
        var blob = Assert.Single(await Names());
        Assert.Equal($"files/{Case}/{file.Id}", blob);
        Assert.True((await blobs.Get(blob, Stop))!.Content.Span.IndexOf(content) < 0);
        Assert.Equal($"file {file.Id}", file.ToString());
    }

    [Fact]
    public async Task The_same_command_has_the_same_file_and_another_content_under_it_is_refused()
    {
        var (file, content) = await Put("c1");
        await files.Put(Case, file, content, Stop);
        var other = Samples.Pdf;

        await Assert.ThrowsAsync<BlobExistsException>(() => files.Put(Case, file with { Sha256 = CaseFiles.Sha256(other) }, other, Stop));
        Assert.Equal(file.Id, await files.IdOf(Case, "c1", Stop));
        Assert.NotEqual(file.Id, await files.IdOf("D2026-00002", "c1", Stop));
        Assert.Matches("^f-[0-9a-f]{32}$", file.Id);
    }

    [Fact]
    public async Task A_file_copied_to_another_case_does_not_open_there()
    {
        var (file, _) = await Put("c1");
        var blob = (await blobs.Get($"files/{Case}/{file.Id}", Stop))!;
        await blobs.Put($"files/D2026-00002/{file.Id}", blob.Content, blob.ContentType, once: true, Stop);

        await Assert.ThrowsAsync<PersonalDataKeyException>(() => files.Read("D2026-00002", file, Stop));
    }

    [Fact]
    public async Task The_sweep_removes_what_no_case_knows_once_it_is_old_and_leaves_the_rest()
    {
        var (kept, _) = await Put("kept");
        var (orphan, _) = await Put("orphan");
        Task<IReadOnlySet<string>?> Known(string id) => Task.FromResult<IReadOnlySet<string>?>(id == Case ? new HashSet<string> { kept.Id } : null);

        Assert.Equal(0, await files.Sweep(Monday, Known, Stop));
        Assert.Equal(1, await files.Sweep(Monday.AddTicks(1), Known, Stop));
        Assert.Equal(0, await files.Sweep(Monday.AddTicks(1), Known, Stop));

        Assert.Equal([$"files/{Case}/{kept.Id}"], await Names());
        Assert.Null(await files.Find(Case, orphan.Id, Stop));
    }

    [Fact]
    public async Task A_case_that_cannot_be_read_now_keeps_its_files_and_an_erased_one_loses_what_was_left()
    {
        var (file, _) = await Put("c1");
        static Task<IReadOnlySet<string>?> Unknown(string id) => Task.FromResult<IReadOnlySet<string>?>(null);
        Assert.Equal(0, await files.Sweep(Monday.AddDays(9), Unknown, Stop));

        await people.Erase(Case, Stop);

        Assert.Equal(1, await files.Sweep(Monday.AddDays(-9), Unknown, Stop));
        Assert.Null(await files.Read(Case, file, Stop));
    }

    [Fact]
    public async Task A_case_made_anonymous_has_no_people_no_files_and_one_entry_about_it()
    {
        var accesses = new AccessJournal(tables);
        var anonymisation = new Anonymisation(people, files, accesses);
        var lin = new PartyData("p1", "林阿妹", "13800001234");
        await people.PutParties(Case, new Matter("350322103203", "neighbours", Monday), [lin], Stop);
        var code = await people.Codes.Issue(Case, "p1", Stop);
        await Put("c1");
        Assert.False(await anonymisation.IsDone(Case, Stop));

        for (var tried = 0; tried < 2; tried++)
        {
            await anonymisation.Run(Case, new Occasion(Monday, Occasion.Clock, Occasion.Clock, "erase"), "retention is over.", "保存期限届满。", Stop);
        }

        Assert.True(await anonymisation.IsDone(Case, Stop));
        Assert.Empty(await people.GetParties(Case, Stop));
        Assert.Null(await people.Codes.Whose(code, Stop));
        Assert.Empty((await people.Index.Find(PersonalKey.Phone, lin.Phone!, 10, null, Stop)).Parties);
        Assert.Empty(await Names());
        Assert.Equal(["Erased"], (await accesses.Read(Case, Stop)).Select(entry => entry.Line.What));
    }

    private async Task<(StoredFile File, byte[] Content)> Put(string commandId)
    {
        byte[] content = [.. Samples.Pdf, .. "与林阿妹有关"u8];
        var id = await files.IdOf(Case, commandId, Stop);
        var file = new StoredFile(id, "林阿妹的收据.pdf", "application/pdf", content.Length, CaseFiles.Sha256(content), "350322103203", Monday);
        await files.Put(Case, file, content, Stop);
        return (file, content);
    }

    private async Task<List<string>> Names()
    {
        var names = new List<string>();
        await foreach (var name in blobs.List("", Stop))
        {
            names.Add(name);
        }

        return names;
    }
}
