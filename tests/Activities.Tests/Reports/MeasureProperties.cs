using System.Globalization;
using CsCheck;
using Workflows.Activities.Cases;
using Workflows.Activities.Reports;
using Workflows.Activities.Storage;
using Workflows.Activities.Tests.Cases;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Reports;
using Workflows.Orchestrations.Units;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Reports;

/// <summary>Whatever becomes of the saves of cases on their way, every number is what a recount gives.</summary>
public sealed class MeasureProperties(ShippedRules shipped) : IClassFixture<ShippedRules>
{
    private static readonly Gen<(int[] Cases, int Chance)> GenRun = Gen.Select(
        Gen.Int[0, Histories.All.Count - 1].Array[1, 12].Select(cases => cases.Distinct().ToArray()), Gen.Int[0, int.MaxValue - 1]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_histories_end_in_every_way_and_some_are_open()
    {
        var told = Histories.All.Select(Histories.Told).ToList();

        Assert.Equal(["", "Failed", "Refused", "Settled", "Withdrawn"], told.Select(one => one.How ?? "").Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(told, one => one.WentUp);
        Assert.Contains(told, one => one.Missed);
        Assert.Contains(told, one => one.Ended is { } ended && ended.Month != one.Opened.Month);
    }

    [Fact]
    public void Numbers_are_a_recount_of_the_journals_however_saves_are_cut_off_repeated_and_mixed() => GenRun.Sample(
        run =>
        {
            var tables = new MemoryTables();
            var histories = run.Cases.Select(index => Histories.All[index]).ToList();
            new Saving(tables, Store, histories, new Random(run.Chance), overlaps: false).Run();
            Compare(tables, histories);
        },
        iter: 100);

    [Fact]
    public void Counts_follow_the_last_version_even_when_an_attempt_given_up_goes_on_beside_the_next() => GenRun.Sample(
        run =>
        {
            var tables = new MemoryTables();
            var histories = run.Cases.Select(index => Histories.All[index]).ToList();
            new Saving(tables, Store, histories, new Random(run.Chance), overlaps: true).Run();

            var report = new MeasureRecount(Store(tables)).Run(repair: false, Cancellation).GetAwaiter().GetResult();
            Assert.Equal((histories.Count, ""), (report.Cases, string.Join('\n', report.Differences)));
        },
        iter: 100);

    [Fact]
    public async Task A_recount_finds_what_is_wrong_and_mends_it()
    {
        var tables = new MemoryTables();
        var histories = Histories.All.Take(8).ToList();
        new Saving(tables, Store, histories, new Random(1), overlaps: false).Run();
        var page = await tables.Query("Counts", new RowRange(DisputeCounts.Opened), 3, cancellation: Cancellation);
        var foreign = new Dictionary<string, object> { ["Version"] = 1, ["Facts"] = page.Entities[1].Text("Facts") };
        await tables.Submit("Counts", DisputeCounts.Opened, [new TableOperation.Delete(page.Entities[0].Row)], Cancellation);
        await tables.Submit("Counts", DisputeCounts.Opened, [new TableOperation.Put(page.Entities[2].Row, foreign)], Cancellation);
        await tables.Submit("Counts", DisputeCounts.Ended, [new TableOperation.Put("2025-10-01.D2025-99999", foreign)], Cancellation);

        var recount = new MeasureRecount(Store(tables));
        Assert.Equal(3, (await recount.Run(repair: false, Cancellation)).Differences.Count);
        Assert.Equal(3, (await recount.Run(repair: true, Cancellation)).Differences.Count);
        Assert.Empty((await recount.Run(repair: false, Cancellation)).Differences);
        Compare(tables, histories);
    }

    [Fact]
    public async Task Cases_from_before_there_were_counts_are_counted_once_when_the_county_opens()
    {
        var tables = new MemoryTables();
        var histories = Histories.All.Take(8).ToList();
        var old = new CaseStore(tables);
        foreach (var save in histories.SelectMany(history => history))
        {
            await old.Run(save, Cancellation);
        }

        await new MeasureRecount(Store(tables)).FillOnce(tables, Cancellation);
        Compare(tables, histories);
    }

    private CaseStore Store(ITables tables) =>
        new(tables, DisputeCounts.Counting(DisputeEscalation.FlowName, shipped.Shelf.Current.Calendar.LocalDate));

    private void Compare(ITables tables, IReadOnlyList<IReadOnlyList<SaveCase>> histories)
    {
        var measures = new MonthlyMeasures(Store(tables), shipped.Shelf);
        var told = histories.Select(Histories.Told).ToList();
        for (var month = new DateOnly(2025, 8, 1); month < new DateOnly(2026, 8, 1); month = month.AddMonths(1))
        {
            var next = month.AddMonths(1);
            var ended = told.Where(one => one.Ended >= month && one.Ended < next).ToList();
            var settled = ended.Where(one => one.How == "Settled").ToList();
            var measured = measures.Of(month, cancellation: Cancellation).GetAwaiter().GetResult().ToDictionary(one => one.Measure.Id);
            var expected = new Dictionary<string, string>
            {
                ["opened"] = Number(told.Count(one => one.Opened >= month && one.Opened < next)),
                ["repeats"] = Number(told.Count(one => one.Opened >= month && one.Opened < next && IsRepeat(one, told))),
                ["ended"] = Number(ended.Count),
                ["settled"] = Number(settled.Count),
                ["settled-village"] = Number(settled.Count(one => one.Level == Level.Village)),
                ["settled-township"] = Number(settled.Count(one => one.Level == Level.Township)),
                ["settled-county"] = Number(settled.Count(one => one.Level == Level.County)),
                ["refused"] = Number(ended.Count(one => one.How == "Refused")),
                ["withdrawn"] = Number(ended.Count(one => one.How == "Withdrawn")),
                ["failed"] = Number(ended.Count(one => one.How == "Failed")),
                ["ended-after-going-up"] = Number(ended.Count(one => one.WentUp)),
                ["ended-after-missed-term"] = Number(ended.Count(one => one.Missed)),
                ["open"] = Number(told.Count(one => one.Opened < next && !(one.Ended < next))),
                ["settlement-rate"] = Share(settled.Count, ended.Count),
                ["missed-term-rate"] = Share(ended.Count(one => one.Missed), ended.Count),
                ["escalation-rate"] = Share(ended.Count(one => one.WentUp), ended.Count),
                ["days-to-settle"] = Share(settled.Sum(one => one.Ended!.Value.DayNumber - one.Opened.DayNumber), settled.Count),
            };
            foreach (var (id, number) in expected)
            {
                Assert.Equal($"{month:yyyy-MM} {id} {number}", $"{month:yyyy-MM} {id} {Text(measured[id])}");
            }
        }
    }

    private static bool IsRepeat(Told one, IReadOnlyList<Told> all) => all
        .Where(other => other.Place == one.Place && other.Category == one.Category && one.Opened.DayNumber - other.Opened.DayNumber <= 90)
        .Any(other => other.Opened < one.Opened || (other.Opened == one.Opened && string.CompareOrdinal(other.Id, one.Id) < 0));

    private static string Text(Measured measured) =>
        measured.Denominator is { } whole ? Share(measured.Numerator, whole) : Number(measured.Numerator);

    private static string Share(int part, int whole) => string.Create(CultureInfo.InvariantCulture, $"{part}/{whole}");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
