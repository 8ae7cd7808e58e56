using Workflows.Activities.PersonalData;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Disputes;

/// <summary>
/// Puts the names and texts of parties into the case in which they go on. Written there first and taken away here last, so
/// whatever dies between leaves nobody without a name.
/// </summary>
public sealed class PeopleOfCases(PersonalDataTable personal) : IActivityHandler<MovePeople, DisputeFact>
{
    public async Task<DisputeFact> Run(MovePeople request, CancellationToken cancellation)
    {
        var people = await personal.GetParties(request.From, cancellation);
        var matter = new Matter(request.Place, request.Category, request.OpenedAt);
        foreach (var text in request.Texts)
        {
            if (await personal.GetText(request.From, text.Id, cancellation) is { } words)
            {
                await personal.PutText(request.To, text.As, words, cancellation);
            }
        }

        // Whoever is gone was moved by an earlier attempt, or erased.
        foreach (var (party, _, id, stays) in request.Parties)
        {
            if (people.FirstOrDefault(known => known.PartyId == party) is { } person)
            {
                await personal.PutParties(request.To, matter, [person with { PartyId = id }], cancellation);
                if (!stays)
                {
                    await personal.Remove(request.From, person, cancellation);
                }
            }
        }

        return new DisputeFact.PeopleMoved(request.To);
    }
}
