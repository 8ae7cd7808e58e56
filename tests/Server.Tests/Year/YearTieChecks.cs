namespace Workflows.Server.Tests.Year;

/// <summary>What must hold every day of mediators, and of cases that were split or taken into others.</summary>
internal static class YearTieChecks
{
    private static readonly string[] AfterMerged = ["Closed", "HandedOn", "Linked", "Unlinked"];

    /// <summary>Nobody mediates two cases at one time.</summary>
    public static void Mediators(YearOfDisputes year)
    {
        var busy = year.Cases.Values.Select(one => one.State).Where(state => state.SessionPlans is not null)
            .SelectMany(state => state.SessionPlans!.SelectMany(plan => (plan.Mediators ?? state.Mediators ?? []).Select(mediator => (Mediator: mediator, Case: state.Id, Plan: plan))));
        foreach (var person in busy.GroupBy(entry => (entry.Mediator, entry.Plan.On)))
        {
            var plans = person.OrderBy(entry => entry.Plan.From).ToList();
            for (var index = 1; index < plans.Count; index++)
            {
                Assert.False(
                    plans[index].Plan.Overlaps(plans[index - 1].Plan),
                    $"{person.Key.Mediator} mediates {plans[index - 1].Case} {plans[index - 1].Plan} and {plans[index].Case} {plans[index].Plan} at one time.");
            }
        }
    }

    /// <summary>Every party that has moved is where it was said to go, or has gone on from there; and nobody comes from two places.</summary>
    public static void Moves(YearOfDisputes year)
    {
        HashSet<(string Case, string Party)> came = [];
        foreach (var state in year.Cases.Values.Select(one => one.State).Where(state => state.MovedParties is not null))
        {
            foreach (var moved in state.MovedParties!)
            {
                var there = year.Cases[moved.Case].State;
                Assert.True(
                    there.Parties.Any(party => party.Id == moved.As) || there.MovedParties?.Any(on => on.Party == moved.As) == true,
                    $"{moved.Party} of {state.Id} is lost on the way to {moved.Case}, where nobody is {moved.As}.");
                Assert.True(
                    moved.Stays || state.Outcome?.Case == moved.Case || !state.Parties.Any(party => party.Id == moved.Party),
                    $"{moved.Party} goes on in {moved.Case} and is a party of {state.Id} too.");
                Assert.True(
                    year.Same.Contains((state.Id, moved.Party)) || came.Add((moved.Case, moved.As)), $"{moved.As} of {moved.Case} has come twice.");
            }
        }
    }

    /// <summary>Everybody who was ever registered is in a case that goes on or in the last one of the line, once in each and with the name.</summary>
    public static async Task People(YearOfDisputes year)
    {
        var tied = year.Cases.Values.Select(one => one.State).Where(state => state.MovedParties is not null || state.Joined is not null || state.SplitFrom is not null).ToList();
        HashSet<string> found = [];
        foreach (var state in tied.Where(state => state.Outcome?.Case is null))
        {
            var names = await year.Names(state.Id);
            Assert.Equal(state.Parties.Select(party => party.Id).Order(StringComparer.Ordinal), names.Keys.Order(StringComparer.Ordinal));
            Assert.True(names.Values.Distinct().Count() == names.Count, $"{state.Id} has one person twice: {string.Join(", ", names)}.");
            found.UnionWith(names.Values);
        }

        foreach (var state in tied.Where(state => state.SplitFrom is null))
        {
            Assert.All(year.Cases[state.Id].Registered.Parties, party => Assert.Contains(YearOfDisputes.NameOf(state.Id, party.Id), found));
        }
    }

    /// <summary>A case that was taken into another does nothing more and says nothing more.</summary>
    public static void Quiet(YearCase one)
    {
        if (one.State.Outcome?.Case is null)
        {
            return;
        }

        var end = one.Journal.First(entry => entry.Line.What == "Merged").At;
        Assert.All(one.Journal.Where(entry => entry.At > end), entry => Assert.Contains(entry.Line.What, AfterMerged));
        Assert.True(one.State.Ended, $"{one.State.Id} has been taken in and goes on.");
    }
}
