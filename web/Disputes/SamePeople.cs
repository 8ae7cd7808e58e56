using Workflows.Activities.PersonalData;
using Workflows.Orchestrations.Disputes;

namespace Workflows.Web.Disputes;

/// <summary>
/// The persons who are in both of two cases, so that nobody becomes two when one case takes the other in: whom the caller
/// names, who stayed when one was split off from the other, and whose identity number, or name and telephone, are the same.
/// On different sides they stay two: who claims in one matter may answer in the other.
/// </summary>
internal static class SamePeople
{
    /// <param name="from">The case that is taken in, with what is known of its parties.</param>
    /// <param name="into">The case that takes it in.</param>
    /// <param name="named">Whom the caller names; never changed.</param>
    public static IReadOnlyList<SameParty> Of(
        (Dispute Case, IReadOnlyList<PartyData> People) from, (Dispute Case, IReadOnlyList<PartyData> People) into, IReadOnlyList<SameParty> named)
    {
        List<SameParty> same = [.. named];
        foreach (var party in from.Case.Parties.Where(party => !same.Any(pair => pair.Party == party.Id)))
        {
            if (into.Case.Parties.FirstOrDefault(other => other.Role == party.Role && !same.Any(pair => pair.Is == other.Id)
                && (Stayed(from.Case, party.Id, into.Case, other.Id) || Stayed(into.Case, other.Id, from.Case, party.Id) || AreOne(Find(from.People, party), Find(into.People, other)))) is { } there)
            {
                same.Add(new SameParty(party.Id, there.Id));
            }
        }

        return same;
    }

    private static bool Stayed(Dispute first, string party, Dispute split, string there) =>
        first.MovedParties?.Any(moved => moved.Stays && moved.Party == party && moved.Case == split.Id && moved.As == there) == true;

    private static bool AreOne(PartyData? one, PartyData? other) => one is not null && other is not null
        && (one.IdentityNumber is not null && other.IdentityNumber is not null
            ? Equal(PersonalKey.IdentityNumber, one.IdentityNumber, other.IdentityNumber)
            : one.Phone is not null && other.Phone is not null
                && Equal(PersonalKey.Phone, one.Phone, other.Phone) && Equal(PersonalKey.Name, one.Name, other.Name));

    private static bool Equal(PersonalKey key, string one, string other) =>
        PersonalIndex.Normal(key, one) is { Length: > 0 } normal && normal == PersonalIndex.Normal(key, other);

    private static PartyData? Find(IReadOnlyList<PartyData> people, Party party) => people.FirstOrDefault(person => person.PartyId == party.Id);
}
