using Workflows.Activities.Disputes;
using Workflows.Activities.PersonalData;
using Workflows.Orchestrations.Disputes;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Disputes;

/// <summary>Names follow their parties into another case, however often it is begun.</summary>
public sealed class PeopleOfCasesTests : IDisposable
{
    private const string From = "D2025-00001";
    private const string To = "D2025-00002";
    private static readonly PartyData Lin = new("p1", "林阿妹", "13800001234");
    private static readonly PartyData Chen = new("p3", "陈阿意", "13800005678");
    private static readonly MovePeople Request = new(
        From,
        To,
        [new MovedParty("p1", To, "p1", Stays: true), new MovedParty("p3", To, "p2")],
        [new TextCopy("c1", "summary"), new TextCopy("erased", "gone")],
        "350322001001",
        "family",
        new DateTimeOffset(2025, 10, 9, 1, 0, 0, TimeSpan.Zero));

    private readonly TempFolder folder = new();
    private readonly PersonalDataTable people;

    public PeopleOfCasesTests() => people = new PersonalDataTable(new MemoryTables(), DataKeys.Open(folder.File("keys")));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Who_goes_is_found_there_only_and_who_stays_in_both_and_twice_is_as_once()
    {
        await people.PutParties(From, new Matter("350322001001", "neighbours", Request.OpenedAt.AddDays(-10)), [Lin, Chen], Stop);
        await people.PutText(From, "c1", "另一处排水口。", Stop);
        var code = await people.Codes.Issue(From, "p3", Stop);

        for (var run = 0; run < 2; run++)
        {
            Assert.Equal(new DisputeFact.PeopleMoved(To), await new PeopleOfCases(people).Run(Request, Stop));

            Assert.Equal([Lin], await people.GetParties(From, Stop));
            Assert.Equal([Lin, Chen with { PartyId = "p2" }], await people.GetParties(To, Stop));
            Assert.Equal([(To, "p2")], await Found(Chen.Name));
            Assert.Equal([(From, "p1"), (To, "p1")], await Found(Lin.Name));
            Assert.Equal("另一处排水口。", await people.GetText(To, "summary", Stop));
            Assert.Null(await people.GetText(To, "gone", Stop));
        }

        // The code stays known where it was given, and leads on from there.
        Assert.Equal(new PartyOfCase(From, "p3"), await people.Codes.Whose(code, Stop));
    }

    [Fact]
    public async Task One_that_died_between_the_two_cases_is_finished_by_the_next()
    {
        await people.PutParties(From, new Matter("350322001001", "neighbours", Request.OpenedAt), [Lin, Chen], Stop);
        await people.PutParty(To, Chen with { PartyId = "p2" }, Stop);

        await new PeopleOfCases(people).Run(Request, Stop);

        Assert.Equal([Lin], await people.GetParties(From, Stop));
        Assert.Equal(2, (await people.GetParties(To, Stop)).Count);
        Assert.Equal([(To, "p2")], await Found(Chen.Name));
    }

    private async Task<IEnumerable<(string, string)>> Found(string name) =>
        (await people.Index.Find(PersonalKey.Name, name, 10, cancellation: Stop)).Parties.Select(party => (party.Case, party.Party));
}
