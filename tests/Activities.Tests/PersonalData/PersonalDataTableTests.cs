using System.Text;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.PersonalData;

public sealed class PersonalDataTableTests : IAsyncDisposable
{
    private const string Case = "D-2026-000001";

    private static readonly PartyData Lin =
        new("p1", "林阿妹", "13800001234", "350322199001011234", "仙游县鲤城街道一号");

    private static readonly PartyData Chen = new("p2", "Chen Ayi");

    private readonly TempFolder folder = new();
    private readonly SqliteTables tables;
    private readonly PersonalDataTable people;

    public PersonalDataTableTests()
    {
        Directory.CreateDirectory(folder.File("data"));
        tables = SqliteTables.Open(folder.File("data/tables.db"));
        people = new PersonalDataTable(tables, DataKeys.Open(folder.File("keys")));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await tables.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Parties_and_texts_come_back_as_they_were_put()
    {
        await people.PutParty(Case, Lin with { Phone = null }, Stop);
        await people.PutParty(Case, Chen, Stop);
        await people.PutParty(Case, Lin, Stop);
        await people.PutText(Case, "summary", "林阿妹与邻居的纠纷", Stop);

        Assert.Equal([Lin, Chen], await people.GetParties(Case, Stop));
        Assert.Equal("林阿妹与邻居的纠纷", await people.GetText(Case, "summary", Stop));
        Assert.Null(await people.GetText(Case, "other", Stop));
        Assert.Empty(await people.GetParties("D-2026-000002", Stop));
    }

    [Fact]
    public async Task A_long_record_comes_back_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"第{i}句。"));

        await people.PutText(Case, "record", text, Stop);

        Assert.Equal(text, await people.GetText(Case, "record", Stop));
    }

    [Fact]
    public async Task A_text_that_fits_no_row_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => people.PutText(Case, "record", new string('句', 400_000), Stop));

    [Fact]
    public async Task No_file_of_the_store_holds_a_name_in_any_encoding()
    {
        await people.PutParty(Case, Lin, Stop);
        await people.PutText(Case, "summary", $"{Lin.Name} {Lin.Address}", Stop);

        AssertUnreadable();
        await tables.DisposeAsync();
        AssertUnreadable();
    }

    [Fact]
    public async Task Other_keys_give_an_error_that_names_the_case_and_the_cause()
    {
        await people.PutParty(Case, Lin, Stop);
        var stranger = new PersonalDataTable(tables, DataKeys.Open(folder.File("other-keys")));

        var error = await Assert.ThrowsAsync<PersonalDataKeyException>(() => stranger.GetParties(Case, Stop));

        Assert.Contains(Case, error.Message, StringComparison.Ordinal);
        Assert.Contains("key folder or key vault", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_folder_opens_what_an_earlier_process_wrote()
    {
        await people.PutParty(Case, Lin, Stop);

        var later = new PersonalDataTable(tables, DataKeys.Open(folder.File("keys")));

        Assert.Equal([Lin], await later.GetParties(Case, Stop));
    }

    [Fact]
    public async Task A_row_copied_to_another_case_does_not_open_there()
    {
        await people.PutParty(Case, Lin, Stop);
        var row = (await tables.Get("PersonalData", Case, "party:p1", Stop))!;
        await tables.Submit("PersonalData", "D-2026-000002", [new TableOperation.Insert(row.Row, row.Properties)], Stop);

        await Assert.ThrowsAsync<PersonalDataKeyException>(() => people.GetParties("D-2026-000002", Stop));
    }

    [Fact]
    public async Task Erasing_leaves_nothing_of_the_case_and_all_of_the_others()
    {
        for (var i = 0; i < 45; i++)
        {
            await people.PutParty(Case, Lin with { PartyId = $"p{i}" }, Stop);
        }

        await people.PutText(Case, "summary", "文字", Stop);
        await people.PutParty("D-2026-000002", Chen, Stop);
        var secret = (byte[])(await tables.Get("PersonalData", Case, "party:p7", Stop))!.Properties["Secret00"];
        Assert.True(StoreHolds(secret));

        await people.Erase(Case, Stop);
        await people.Erase(Case, Stop);

        Assert.Empty(await people.GetParties(Case, Stop));
        Assert.Null(await people.GetText(Case, "summary", Stop));
        Assert.Equal([Chen], await people.GetParties("D-2026-000002", Stop));
        await tables.DisposeAsync();
        Assert.False(StoreHolds(secret));
    }

    [Fact]
    public void A_printed_party_shows_its_id_only() => Assert.Equal("party p1", $"{Lin}");

    [Fact]
    public void The_key_folder_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(ownerOnly, File.GetUnixFileMode(folder.File("keys")));
    }

    private void AssertUnreadable()
    {
        // The search itself works: ids are not secret.
        Assert.True(StoreHolds(Encoding.UTF8.GetBytes(Case)));
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            foreach (var text in new[] { Lin.Name, Lin.Phone!, Lin.IdentityNumber!, Lin.Address! })
            {
                Assert.False(StoreHolds(encoding.GetBytes(text)));
            }
        }
    }

    private bool StoreHolds(byte[] bytes) => Directory.GetFiles(folder.File("data")).Any(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray().AsSpan().IndexOf(bytes) >= 0;
    });
}
