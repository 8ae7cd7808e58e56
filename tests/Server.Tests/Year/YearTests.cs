using System.Globalization;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;

namespace Workflows.Server.Tests.Year;

/// <summary>
/// A year of a county's disputes on the embedded engine. <c>WORKFLOWS_TEST_DISPUTES</c> says how many: 500 when not set,
/// which takes less than a minute on two cores; 10,000 are a county's real year and take a quarter of an hour of processor.
/// <c>WORKFLOWS_TEST_SEED</c> repeats a run that failed.
/// </summary>
public sealed class YearTests
{
    private const int DisputesUsual = 500;
    private const int SeedUsual = 20250102;
    private const int DaysOfRegistration = 365;

    /// <summary>
    /// A total term is three months; a case may stand still for half a year and be taken up again twice. Whatever still runs
    /// here has gone wrong.
    /// </summary>
    private const int DaysMax = DaysOfRegistration + 1000;

    [Fact]
    public async Task A_year_of_disputes_passes_no_deadline_in_silence_and_ends_every_case()
    {
        var seed = Setting("WORKFLOWS_TEST_SEED", SeedUsual);
        try
        {
            await Live(seed, Setting("WORKFLOWS_TEST_DISPUTES", DisputesUsual));
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            throw new InvalidOperationException($"The year with WORKFLOWS_TEST_SEED={seed} went wrong: {failed.Message}", failed);
        }
    }

    private static async Task Live(int seed, int disputes)
    {
        var random = new Random(seed);
        var first = LocalTime.Day("2025-01-02");
        await using var year = await YearOfDisputes.Open(LocalTime.Local("2025-01-02 08:00"));
        var people = new YearPeople(random, year.Rules.Current);
        var ties = new YearTies(random, year.Rules.Current, people.NewId);
        var registered = 0;
        var day = 0;
        do
        {
            var date = first.AddDays(day);
            await year.Until(At(date, 9));
            for (var due = (int)((long)disputes * Math.Min(day + 1, DaysOfRegistration) / DaysOfRegistration); registered < due; registered++)
            {
                await year.Register(people.Registers(year.Clock.GetUtcNow()));
            }

            await Act(year, people, ties, At(date, 10));
            await Act(year, people, ties, At(date, 15));
            await year.Until(At(date.AddDays(1), 1));
            Assert.Equal("", string.Join("\n", await year.Blocked()));
            YearChecks.Day(year);
            YearTieChecks.Mediators(year);
            YearTieChecks.Moves(year);
            if (day % 7 == 0)
            {
                await YearChecks.Month(year, date);
                await YearTieChecks.People(year);
                await Chains(year, random);
            }

            day++;
        }
        while (day < DaysOfRegistration || (day < DaysMax && year.Cases.Values.Any(one => !one.State.Ended)));

        Assert.Equal(disputes, year.Cases.Values.Count(one => one.Registered.SplitFrom is null));
        Assert.Empty(year.Cases.Values.Where(one => !one.State.Ended).Select(one => one.State.Id));
        await year.Until(At(first.AddDays(DaysMax + 10), 12));
        var happened = year.Cases.Values.SelectMany(one => one.Journal).Select(entry => entry.Line.What).ToHashSet(StringComparer.Ordinal);
        Assert.Subset(happened, YearChecks.Lively.ToHashSet(StringComparer.Ordinal));
        var notices = year.Notices.Values.ToLookup(notice => notice.Case);
        foreach (var one in year.Cases.Values)
        {
            YearChecks.Levels(one, year.Cases);
            YearTieChecks.Quiet(one);
            YearChecks.Notices(one, [.. notices[one.State.Id]]);
            Assert.Null(Journal.FirstBroken(one.Journal));
        }

        await YearTieChecks.People(year);
        for (var month = new DateOnly(2025, 1, 1); month < first.AddDays(DaysMax); month = month.AddMonths(1))
        {
            await YearChecks.Month(year, month);
        }
    }

    private static async Task Act(YearOfDisputes year, YearPeople people, YearTies ties, DateTimeOffset at)
    {
        await year.Until(at);
        await Tie(year, ties);
        var today = year.Rules.Current.Calendar.LocalDate(at);
        List<(string Id, string By, DisputeFact Fact)> said = [];
        HashSet<string> units = new(StringComparer.Ordinal);
        foreach (var one in Alive(year))
        {
            if (people.Act(one, at) is not var (by, fact))
            {
                continue;
            }

            // Two plans of one instant can both pass the edge, so a unit makes one at a time.
            if (!IsAppointment(fact))
            {
                said.Add((one.State.Id, by, fact));
            }
            else if (units.Add(one.State.Handler) && await year.Let(one.State, fact, today) is { } let)
            {
                said.Add((one.State.Id, by, let));
            }
        }

        foreach (var (id, by, fact) in said)
        {
            await year.Say(id, by, fact);
        }
    }

    /// <summary>One after the other: what one case says to another must not depend on who is faster.</summary>
    private static async Task Tie(YearOfDisputes year, YearTies ties)
    {
        var places = year.Cases.Values.Select(one => one.State).ToLookup(state => state.Place);
        List<Dispute> open = [.. year.Cases.Values.Select(one => one.State).Where(state => state.Outcome is null)];
        foreach (var one in Alive(year))
        {
            if (ties.Act(one.State, [.. places[one.State.Place]], open) is var (by, fact))
            {
                if (fact is DisputeFact.MergeAsked { Into: var into } && one.State.Outcome is null)
                {
                    fact = new DisputeFact.MergeAsked(into, await year.SameOf(one.State.Id, into));
                }

                await year.Say(one.State.Id, by, fact);
                await year.Idle();
            }
        }
    }

    private static List<YearCase> Alive(YearOfDisputes year) => [.. year.Cases.Values.Where(one => one.Version > 0 && !one.State.Ended)];

    private static bool IsAppointment(DisputeFact fact) => fact is DisputeFact.SessionPlanned or DisputeFact.SessionMoved or DisputeFact.SessionHeld { Mediators: not null }
        or DisputeFact.MediatorsNamed or DisputeFact.MediatorChosen or DisputeFact.AvoidanceAsked or DisputeFact.AvoidanceDecided or DisputeFact.ConflictDeclared;

    /// <summary>A few cases as they lie in the store: their chains hold, and they are what was heard of them.</summary>
    private static async Task Chains(YearOfDisputes year, Random random)
    {
        var all = year.Cases.Values.ToList();
        for (var sample = 0; sample < Math.Min(5, all.Count); sample++)
        {
            var one = all[random.Next(all.Count)];
            var kept = await year.Store.Journal(one.State.Id, TestContext.Current.CancellationToken);
            Assert.Null(Journal.FirstBroken(kept));
            Assert.Equal(one.Journal.Select(entry => entry.Hash), kept.Select(entry => entry.Hash));
        }
    }

    private static DateTimeOffset At(DateOnly date, int hour) =>
        LocalTime.Local(string.Create(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd} {hour:D2}:00"));

    private static int Setting(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
