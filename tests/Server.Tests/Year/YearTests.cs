using System.Globalization;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;

namespace Workflows.Server.Tests.Year;

/// <summary>
/// A year of a county's disputes on the embedded engine. <c>WORKFLOWS_TEST_DISPUTES</c> says how many: 800 when not set,
/// which takes about a minute on two shared cores; 10,000 are a county's real year and take a quarter of an hour.
/// <c>WORKFLOWS_TEST_SEED</c> repeats a run that failed.
/// </summary>
public sealed class YearTests
{
    private const int DisputesUsual = 800;
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

            await Act(year, people, At(date, 10));
            await Act(year, people, At(date, 15));
            await year.Until(At(date.AddDays(1), 1));
            Assert.Equal("", string.Join("\n", await year.Blocked()));
            YearChecks.Day(year);
            if (day % 7 == 0)
            {
                await YearChecks.Month(year, date);
                await Chains(year, random);
            }

            day++;
        }
        while (day < DaysOfRegistration || (day < DaysMax && year.Cases.Values.Any(one => !one.State.Ended)));

        Assert.Equal(disputes, year.Cases.Count);
        Assert.Empty(year.Cases.Values.Where(one => !one.State.Ended).Select(one => one.State.Id));
        await year.Until(At(first.AddDays(DaysMax + 10), 12));
        var happened = year.Cases.Values.SelectMany(one => one.Journal).Select(entry => entry.Line.What).ToHashSet(StringComparer.Ordinal);
        Assert.Subset(happened, YearChecks.Lively.ToHashSet(StringComparer.Ordinal));
        var notices = year.Notices.Values.ToLookup(notice => notice.Case);
        foreach (var one in year.Cases.Values)
        {
            YearChecks.Levels(one);
            YearChecks.Notices(one, [.. notices[one.State.Id]]);
            Assert.Null(Journal.FirstBroken(one.Journal));
        }

        for (var month = new DateOnly(2025, 1, 1); month < first.AddDays(DaysMax); month = month.AddMonths(1))
        {
            await YearChecks.Month(year, month);
        }
    }

    private static async Task Act(YearOfDisputes year, YearPeople people, DateTimeOffset at)
    {
        await year.Until(at);
        foreach (var one in year.Cases.Values.Where(one => one.Version > 0 && !one.State.Ended).ToList())
        {
            if (people.Act(one, at) is var (by, fact))
            {
                await year.Say(one.State.Id, by, fact);
            }
        }
    }

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
