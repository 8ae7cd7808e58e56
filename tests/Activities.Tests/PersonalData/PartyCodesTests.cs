using System.Text;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.PersonalData;

public sealed class PartyCodesTests : IAsyncDisposable
{
    private const string Case = "D2026-00001";

    private static readonly PartyData Lin = new("p1", "林阿妹", "13800001234", "350322199001011234");

    private static readonly Matter Ditch = new("350322103203", "neighbours", new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));

    private readonly TempFolder folder = new();
    private readonly SqliteTables tables;
    private readonly PersonalDataTable people;

    public PartyCodesTests()
    {
        Directory.CreateDirectory(folder.File("data"));
        tables = SqliteTables.Open(folder.File("data/tables.db"));
        people = Opened();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await tables.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_party_has_one_code_however_often_it_is_asked_for_and_by_whom()
    {
        var first = await people.Codes.Issue(Case, "p1", Stop);
        var atOnce = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Opened().Codes.Issue(Case, "p2", Stop)));

        Assert.Equal(first, await people.Codes.Issue(Case, "p1", Stop));
        Assert.Equal(first, await Opened().Codes.Find(Case, "p1", Stop));
        Assert.Single(atOnce.Distinct());
        Assert.NotEqual(first, atOnce[0]);
        Assert.Equal(new PartyOfCase(Case, "p1"), await people.Codes.Whose(PartyCode.Print(first).ToLowerInvariant(), Stop));
        Assert.Equal(new PartyOfCase(Case, "p2"), await people.Codes.Whose(atOnce[0], Stop));
    }

    [Fact]
    public async Task A_wrong_code_and_an_unknown_one_are_nobodys()
    {
        await people.Codes.Issue(Case, "p1", Stop);

        Assert.Null(await people.Codes.Whose(PartyCode.Draw(), Stop));
        Assert.Null(await people.Codes.Whose("2222-2222-222", Stop));
        Assert.Null(await people.Codes.Whose("", Stop));
        Assert.Null(await people.Codes.Find(Case, "p2", Stop));
    }

    [Fact]
    public async Task A_code_whose_hash_was_not_written_before_a_death_opens_after_the_next_issue()
    {
        var code = await people.Codes.Issue(Case, "p1", Stop);
        await Forgotten(code);
        Assert.Null(await people.Codes.Whose(code, Stop));

        Assert.Equal(code, await people.Codes.Issue(Case, "p1", Stop));
        Assert.NotNull(await people.Codes.Whose(code, Stop));
    }

    [Fact]
    public async Task Neither_a_code_nor_what_a_person_is_found_by_stands_readable_in_the_store()
    {
        await people.PutParties(Case, Ditch, [Lin], Stop);
        var code = await people.Codes.Issue(Case, "p1", Stop);

        await tables.DisposeAsync();

        Assert.True(Holds(Case));
        foreach (var text in (string[])[code, PartyCode.Print(code), Lin.Name, Lin.Phone!, Lin.IdentityNumber!])
        {
            Assert.False(Holds(text), text);
        }
    }

    [Fact]
    public async Task Other_keys_do_not_find_what_these_have_hashed()
    {
        await people.Codes.Issue(Case, "p1", Stop);
        var stranger = new PersonalDataTable(tables, DataKeys.Open(folder.File("other-keys")));

        await Assert.ThrowsAsync<PersonalDataKeyException>(() => stranger.Codes.Whose("2222-2222-222", Stop));
    }

    [Theory]
    [InlineData(PersonalKey.Name, "林阿妹")]
    [InlineData(PersonalKey.Name, "  林阿妹 ")]
    [InlineData(PersonalKey.Phone, "138 0000 1234")]
    [InlineData(PersonalKey.Phone, "+86 138-0000-1234")]
    [InlineData(PersonalKey.Phone, "１３８００００１２３４")]
    [InlineData(PersonalKey.IdentityNumber, "350322199001011234")]
    public async Task A_party_is_found_by_what_is_the_same_after_normalising(PersonalKey key, string value)
    {
        await people.PutParties(Case, Ditch, [Lin], Stop);

        Assert.Equal([new FoundParty(Case, "p1", Ditch)], (await people.Index.Find(key, value, 10, null, Stop)).Parties);
    }

    [Theory]
    [InlineData(PersonalKey.Name, "林阿")]
    [InlineData(PersonalKey.Name, "林阿妹妹")]
    [InlineData(PersonalKey.Phone, "1380000123")]
    [InlineData(PersonalKey.Phone, "林阿妹")]
    [InlineData(PersonalKey.IdentityNumber, "35032219900101123")]
    [InlineData(PersonalKey.Name, "13800001234")]
    public async Task A_part_of_a_value_or_another_kind_of_it_finds_nobody(PersonalKey key, string value)
    {
        await people.PutParties(Case, Ditch, [Lin], Stop);

        Assert.Empty((await people.Index.Find(key, value, 10, null, Stop)).Parties);
    }

    [Fact]
    public async Task A_small_x_of_an_identity_number_is_the_large_one()
    {
        await people.PutParties(Case, Ditch, [Lin with { IdentityNumber = "35032219900101123x" }], Stop);

        Assert.Single((await people.Index.Find(PersonalKey.IdentityNumber, "35032219900101123X", 10, null, Stop)).Parties);
    }

    [Fact]
    public async Task Everybody_of_one_name_is_found_page_by_page_in_the_order_of_the_cases()
    {
        for (var number = 1; number <= 5; number++)
        {
            await people.PutParties($"D2026-0000{number}", Ditch, [Lin], Stop);
        }

        var first = await people.Index.Find(PersonalKey.Name, Lin.Name, 3, null, Stop);
        var second = await people.Index.Find(PersonalKey.Name, Lin.Name, 3, first.Next, Stop);

        Assert.Equal(["D2026-00001", "D2026-00002", "D2026-00003"], first.Parties.Select(found => found.Case));
        Assert.Equal(["D2026-00004", "D2026-00005"], second.Parties.Select(found => found.Case));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task After_erasing_nobody_is_found_no_code_opens_and_what_is_others_stays()
    {
        await people.PutParties(Case, Ditch, [Lin, Lin with { PartyId = "p2" }], Stop);
        await people.PutParties("D2026-00002", Ditch, [Lin], Stop);
        var code = await people.Codes.Issue(Case, "p1", Stop);
        var other = await people.Codes.Issue("D2026-00002", "p1", Stop);

        await people.Erase(Case, Stop);
        await people.Erase(Case, Stop);

        Assert.Null(await people.Codes.Whose(code, Stop));
        Assert.Null(await people.Codes.Find(Case, "p1", Stop));
        Assert.NotNull(await people.Codes.Whose(other, Stop));
        foreach (var (key, value) in PersonalIndex.Known(Lin))
        {
            Assert.Equal(["D2026-00002"], (await people.Index.Find(key, value, 10, null, Stop)).Parties.Select(found => found.Case));
        }
    }

    private PersonalDataTable Opened() => new(tables, DataKeys.Open(folder.File("keys")));

    private async Task Forgotten(string code)
    {
        var row = await new KeyedHash(tables, DataKeys.Open(folder.File("keys"))).Of("party-code", code, Stop);
        Assert.NotNull(await tables.Get("PartyCodes", row[..2], row, Stop));
        await tables.Submit("PartyCodes", row[..2], [new TableOperation.Delete(row)], Stop);
    }

    private bool Holds(string text) => Directory.GetFiles(folder.File("data")).Any(file =>
        new[] { Encoding.UTF8, Encoding.Unicode }.Any(encoding => File.ReadAllBytes(file).AsSpan().IndexOf(encoding.GetBytes(text)) >= 0));
}
