using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;

namespace Workflows.Server.Tests.Year;

/// <summary>What ties cases: links, one taken into another of its place, one split off. Seeded.</summary>
internal sealed class YearTies(Random random, RuleSet rules, Func<string> newId)
{
    /// <summary>What is done about other cases in half a day; null for nothing.</summary>
    /// <param name="state">The case.</param>
    /// <param name="neighbours">The cases of its place, itself among them, ended or not.</param>
    /// <param name="open">Every open case.</param>
    public (string By, DisputeFact Fact)? Act(Dispute state, IReadOnlyList<Dispute> neighbours, IReadOnlyList<Dispute> open)
    {
        if (state is not { Outcome: null, Status: DisputeStatus.Offered or DisputeStatus.Mediating })
        {
            return null;
        }

        if (neighbours.Count > 1 && Of1000(25) && Any(neighbours) is var into && into.Id != state.Id && (into.Outcome is null || Of1000(100)))
        {
            return (into.Handler == state.Handler && Of1000(500) ? state.Handler : rules.Units.Duties.CountyCentre, new DisputeFact.MergeAsked(into.Id));
        }

        if (state is { Status: DisputeStatus.Mediating, Parties.Count: > 2 } && Of1000(25) && Split(state) is { } split)
        {
            return (state.Handler, split);
        }

        return random.Next(1000) switch
        {
            < 2 when Any(open) is var other => (state.Handler, new DisputeFact.LinkAsked(other.Id)),
            < 30 when state.Links is { } links => (state.Handler, new DisputeFact.UnlinkAsked(Any(links))),
            _ => null,
        };
    }

    /// <summary>One of a side that has more goes, and one of the other side is a party to both matters, or goes too.</summary>
    private DisputeFact.SplitAsked? Split(Dispute state)
    {
        var sides = state.Parties.GroupBy(party => party.Role).Select(side => side.Select(party => party.Id).ToList()).OrderByDescending(side => side.Count).ToList();
        if (sides.Count < 2)
        {
            return null;
        }

        var (gone, other) = (Any(sides[0]), Any(sides[1]));
        var both = sides[1].Count > 1 && Of1000(500);
        return new DisputeFact.SplitAsked(newId(), both ? [gone, other] : [gone], 2, both ? null : [other]);
    }

    private bool Of1000(int parts) => random.Next(1000) < parts;

    private T Any<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
